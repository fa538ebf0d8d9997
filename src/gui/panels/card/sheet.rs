//! The part that the card before and the card after a fight share: two parties with their factors,
//! and the list that says whether the defenders give way.

use crate::{
    battle::{Term, Why},
    gui::{
        panels::{gauge, words},
        theme::{self, Mark},
    },
    report::grouped,
    scenario::{Scenario, Side, UnitId},
};
use bevy_egui::egui::{
    Align, Frame, Label, Layout, Pos2, Rect, Response, RichText, Sense, Stroke, StrokeKind, Ui,
    vec2,
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
            Some(men) => format!("{}, {} men", unit.name, grouped(*men)),
            None => unit.name.clone(),
        };
        ui.add(Label::new(&text).truncate()).on_hover_text(text);
    }
    if let Some(power) = party.power {
        gauge::heading(ui, "Power");
        line(
            ui,
            Term::MenEngaged.label(),
            &format!("{:.0}", power.base),
            &source(scenario, Term::MenEngaged),
        );
        factors(ui, scenario, power);
        sum(ui, "power", &format!("{:.0}", power.result));
    }
    gauge::heading(ui, "Losses of the hour");
    line(
        ui,
        "at even power",
        &format!("{:.2} %", party.loss.base * 100.0),
        &format!(
            "Share of the engaged men killed or wounded in an hour, before all factors.\nSource: {}",
            scenario.rules().fire.source
        ),
    );
    factors(ui, scenario, party.loss);
    sum(
        ui,
        "of the engaged",
        &format!("{:.2} %", party.loss.result * 100.0),
    );
}

fn factors(ui: &mut Ui, scenario: &Scenario, why: &Why) {
    for (term, factor) in &why.terms {
        line(
            ui,
            term.label(),
            &format!("x{factor:.2}"),
            &source(scenario, *term),
        );
    }
}

/// Shows the log-odds of giving way as signed lines, and the probability they come to.
pub fn hold(ui: &mut Ui, scenario: &Scenario, why: &Why) {
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
    for (term, log_odds) in &why.terms {
        line(
            ui,
            term.label(),
            &format!("{log_odds:+.2}"),
            &source(scenario, *term),
        );
    }
    sum(ui, "log-odds", &format!("{:+.2}", why.result));
    if let Some(p) = why.probability {
        line(
            ui,
            "chance in this hour",
            &format!("{:.1} %", p * 100.0),
            "One hour's share of the probability within four hours that the log-odds give.",
        );
    }
}

/// Shows where a roll fell: a scale from 0 to 1 with the chance as filled part and the roll as tick.
pub fn roll(ui: &mut Ui, probability: f64, roll: f64) -> Response {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width() - 4.0, 16.0), Sense::hover());
    let bar = rect.shrink2(vec2(0.0, 3.0));
    let x = |share: f64| bar.min.x + bar.width() * share.clamp(0.0, 1.0) as f32;
    let painter = ui.painter();
    painter.rect_filled(bar, 0.0, theme::FIELD);
    let chance = Rect::from_min_max(bar.min, Pos2::new(x(probability), bar.max.y));
    painter.rect_filled(chance, 0.0, theme::SELECTED);
    painter.rect_stroke(bar, 0.0, Stroke::new(1.0, theme::RULE), StrokeKind::Inside);
    painter.line_segment(
        [
            Pos2::new(x(roll), rect.min.y),
            Pos2::new(x(roll), rect.max.y),
        ],
        Stroke::new(2.0, theme::INK),
    );
    response.on_hover_text(format!(
        "Filled: the chance, {probability:.3}. Tick: the roll, {roll:.3}. They give way if the \
         roll is below the chance."
    ))
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

fn source(scenario: &Scenario, term: Term) -> String {
    format!(
        "{}.\nSource of the rule: {}",
        words::capital(term.label()),
        term.source(scenario.rules())
    )
}
