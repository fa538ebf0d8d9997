//! The part that the card before and the card after a fight share: two parties with their factors,
//! and the list that says whether the defenders give way.

use crate::{
    battle::{Term, Why, WhyKind},
    gui::{
        panels::{gauge, words},
        theme::{self, Mark},
    },
    report::{estimate::rounded, grouped},
    scenario::{Scenario, Side, UnitId},
};
use bevy_egui::egui::{
    Align, Color32, Frame, Label, Layout, Pos2, Rect, Response, RichText, Sense, Shape, Stroke,
    StrokeKind, Ui, pos2, vec2,
};

/// Width of each of the three columns.
pub const COLUMN: f32 = 264.0;

/// Height of a line.
pub const LINE: f32 = 14.0;

/// One party to a fight.
pub struct Party<'a> {
    /// Heading.
    pub title: &'static str,
    /// Whose.
    pub side: Side,
    /// Its units, with men as far as known.
    pub units: Vec<(UnitId, Option<u32>)>,
    /// Its power, where it has been worked out.
    pub power: Option<&'a Why>,
    /// Its losses of the hour.
    pub loss: &'a Why,
    /// Is this the enemy of whoever reads, so that its state is assumed?
    pub estimated: bool,
}

/// Shows a party in a column.
pub fn party(ui: &mut Ui, scenario: &Scenario, party: &Party<'_>) {
    Frame::new()
        .fill(theme::side_ground(party.side))
        .inner_margin(4.0)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                Mark::Of(party.side).show(ui);
                ui.label(
                    RichText::new(format!("{} ({})", party.title, party.side.adjective())).strong(),
                );
            });
        });
    for (id, men) in &party.units {
        let Some(unit) = scenario.units().get(id.0 as usize) else {
            continue;
        };
        let text = match men {
            Some(men) if party.estimated => {
                format!("{}, about {} men", unit.name, grouped(rounded(*men)))
            }
            Some(men) => format!("{}, {} men", unit.name, grouped(*men)),
            None => unit.name.clone(),
        };
        ui.add(Label::new(&text).truncate()).on_hover_text(text);
    }
    if let Some(power) = party.power {
        let title = if party.estimated {
            "Power, estimated"
        } else {
            "Power"
        };
        gauge::heading(ui, title);
        let number = |n: f64| {
            if party.estimated {
                format!("about {}", grouped(rounded(n.round().max(0.0) as u32)))
            } else {
                format!("{n:.0}")
            }
        };
        line(
            ui,
            label(Term::MenEngaged),
            &number(power.base),
            &source(scenario, Term::MenEngaged),
        );
        factors(ui, scenario, power, party.estimated);
        sum(ui, "power", &number(power.result));
    }
    let title = if party.estimated {
        "Losses of the hour, estimated"
    } else {
        "Losses of the hour"
    };
    gauge::heading(ui, title);
    line(
        ui,
        "at even power",
        &percent(party.loss.base, party.estimated),
        &format!(
            "Share of the engaged men killed or wounded in an hour, before all factors.\nSource: {}",
            scenario.rules().fire.source
        ),
    );
    factors(ui, scenario, party.loss, party.estimated);
    sum(
        ui,
        "of the engaged",
        &percent(party.loss.result, party.estimated),
    );
}

/// A share in percent; an estimate has no decimals.
fn percent(share: f64, estimated: bool) -> String {
    if !estimated {
        format!("{:.2} %", share * 100.0)
    } else if share > 0.0 && share < 0.005 {
        "under 1 %".to_owned()
    } else {
        format!("about {:.0} %", share * 100.0)
    }
}

/// What can only be assumed of an enemy: his state, as against his ground, arms and numbers.
fn assumed(term: Term) -> bool {
    matches!(
        term,
        Term::Cohesion
            | Term::Fatigue
            | Term::Supply
            | Term::Ammunition
            | Term::Suppression
            | Term::CohesionLost
            | Term::RecentLosses
    )
}

/// The terms of a list; of an enemy, those that are assumed stand last, under a heading.
fn terms(
    ui: &mut Ui,
    scenario: &Scenario,
    why: &Why,
    estimated: bool,
    show: impl Fn(f64) -> String,
) {
    let apart = |term: Term| estimated && assumed(term);
    for (term, value) in why.terms.iter().filter(|(t, _)| !apart(*t)) {
        line(ui, label(*term), &show(*value), &source(scenario, *term));
    }
    if why.terms.iter().any(|(t, _)| apart(*t)) {
        gauge::heading(ui, "Not known: estimated of the enemy");
        for (term, value) in why.terms.iter().filter(|(t, _)| apart(*t)) {
            line(ui, label(*term), &show(*value), &source(scenario, *term));
        }
    }
}

fn factors(ui: &mut Ui, scenario: &Scenario, why: &Why, estimated: bool) {
    terms(ui, scenario, why, estimated, |factor| {
        format!("x{factor:.2}")
    });
}

/// Shows the log-odds of giving way as signed lines, and the probability they come to. `estimated`
/// if they are an enemy's before the fight.
pub fn hold(ui: &mut Ui, scenario: &Scenario, why: &Why, estimated: bool) {
    let rules = scenario.rules();
    line(
        ui,
        "to begin with",
        &format!("{:+.2}", why.base),
        &format!(
            "Log-odds of giving way within four hours at even power, all else plain.\nSource: {}",
            rules.hold.source
        ),
    );
    terms(ui, scenario, why, estimated, |log_odds| {
        format!("{log_odds:+.2}")
    });
    sum(ui, "log-odds", &format!("{:+.2}", why.result));
    if let Some(p) = why.probability {
        line(
            ui,
            "chance in this hour",
            &if estimated {
                percent(p, true)
            } else {
                format!("{:.1} %", p * 100.0)
            },
            "One hour's share of the probability within four hours that the log-odds give.",
        );
    }
}

/// Shows what a forecast starts from, its factors (or log-odds), and what they come to.
pub fn reasons(ui: &mut Ui, scenario: &Scenario, why: &Why) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.spacing_mut().interact_size.y = LINE;
        list(ui, scenario, why);
    });
}

fn list(ui: &mut Ui, scenario: &Scenario, why: &Why) {
    let sum_of = why.kind.is_sum();
    let (title, first) = match why.kind {
        WhyKind::Shelling => (
            "Share of the men hit in the first hour",
            "one shell of 75 mm",
        ),
        WhyKind::Breach => ("Hazard of a breach within the turn", "to begin with"),
        WhyKind::Party => ("Log-odds of a foothold", "to begin with"),
        _ => ("How it comes about", "to begin with"),
    };
    gauge::heading(ui, title);
    let begin = if sum_of {
        format!("{:+.2}", why.base)
    } else if why.kind == WhyKind::Shelling {
        format!("{:.4} %", why.base * 100.0)
    } else {
        format!("{:.2}", why.base)
    };
    line(ui, first, &begin, "What the list starts from.");
    for (term, value) in &why.terms {
        let shown = if sum_of {
            format!("{value:+.2}")
        } else if *term == Term::Rounds {
            format!("x{value:.0}")
        } else {
            format!("x{value:.2}")
        };
        line(ui, label(*term), &shown, &source(scenario, *term));
    }
    match (why.kind, why.probability) {
        (WhyKind::Shelling, _) => sum(
            ui,
            "of the men",
            &percent(1.0 - libm::exp(-why.result), false),
        ),
        (_, Some(p)) => sum(ui, "chance", &percent(p, false)),
        _ => sum(ui, "result", &format!("{:.2}", why.result)),
    }
}

/// Shows where a roll fell: a scale from 0 to 1 with the chance as filled part, the threshold that it
/// makes as a mark from above, and the roll as one from below.
pub fn roll(ui: &mut Ui, probability: f64, roll: f64) -> Response {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width() - 4.0, 22.0), Sense::hover());
    let bar = rect.shrink2(vec2(0.0, 6.0));
    let x = |share: f64| bar.min.x + bar.width() * share.clamp(0.0, 1.0) as f32;
    let painter = ui.painter();
    painter.rect_filled(bar, 0.0, theme::FIELD);
    let chance = Rect::from_min_max(bar.min, Pos2::new(x(probability), bar.max.y));
    painter.rect_filled(chance, 0.0, theme::SELECTED);
    painter.rect_stroke(bar, 0.0, Stroke::new(1.0, theme::RULE), StrokeKind::Inside);
    let mark = |share: f64, edge: f32, far: f32, colour: Color32| {
        let x = x(share);
        let near = if edge < far { bar.min.y } else { bar.max.y };
        let head = vec![pos2(x - 4.0, edge), pos2(x + 4.0, edge), pos2(x, near)];
        painter.line_segment([pos2(x, edge), pos2(x, far)], Stroke::new(2.0, colour));
        painter.add(Shape::convex_polygon(head, colour, Stroke::NONE));
    };
    mark(probability, rect.min.y, bar.max.y, theme::ATTENTION);
    mark(roll, rect.max.y, bar.min.y, theme::INK);
    let response = response.on_hover_text(
        "A scale from 0 to 100. They give way if the roll falls into the filled part, left of the \
         threshold.",
    );
    ui.label(
        RichText::new(format!(
            "Mark above: threshold, {:.1}. Below: roll, {:.1}.",
            probability * 100.0,
            roll * 100.0
        ))
        .small(),
    );
    response
}

/// A share with its bar and percent.
pub fn outcome(ui: &mut Ui, label: &str, share: f64, about: &str) {
    gauge::bar(ui, label, share, theme::PENCIL, about);
}

/// A named number, right-aligned; the tooltip tells its source.
pub fn line(ui: &mut Ui, label: &str, value: &str, about: &str) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(value).small().monospace());
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(words::capital(label)).small()).truncate());
            });
        });
    })
    .response
    .on_hover_text(about);
}

fn sum(ui: &mut Ui, label: &str, value: &str) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(value).small().monospace().strong());
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.label(RichText::new(words::capital(label)).small().strong());
            });
        });
    });
}

/// Name of a term. What the dice do to losses is no chance of anything.
fn label(term: Term) -> &'static str {
    match term {
        Term::Luck => "luck of the hour",
        other => other.label(),
    }
}

fn source(scenario: &Scenario, term: Term) -> String {
    format!(
        "{}.\nSource of the rule: {}",
        words::capital(label(term)),
        term.source(scenario.rules())
    )
}
