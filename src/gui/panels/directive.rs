//! The part of a formation's panel that gives a directive: what the command wants of everyone under
//! it, where to, from when on; what stands for the coming turn, and how long it is likely to be on its
//! way. What greys the button is the check that would refuse the order.

use super::{command, gauge, place_box, words};
use crate::{
    battle::{
        Authority, Directive, DirectiveKind, Message, Order, OrderId, OrderStatus, command::Means,
    },
    gui::{intent::Intent, session::Session, theme},
    report,
    scenario::{FormationId, Hex, Hours, Side},
};
use bevy_egui::egui::{Id, Label, RichText, Ui};
use std::collections::BTreeMap;

/// What is being written, kept while the panel is open.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    kind: DirectiveKind,
    towards: Option<Hex>,
    start_at: Option<Hours>,
    search: String,
}

/// The kinds in the order offered, with their names and what they mean.
const KINDS: [(DirectiveKind, &str, &str); 5] = [
    (
        DirectiveKind::HoldToTheDeath,
        "Hold to the last",
        "Not one step back: units hold longer and lose more men; nobody has leave to go back.",
    ),
    (
        DirectiveKind::Delay,
        "Delay",
        "Hold while that costs little; units may fall back.",
    ),
    (
        DirectiveKind::MayWithdraw,
        "May fall back",
        "Units may fall back without being told.",
    ),
    (
        DirectiveKind::Withdraw,
        "Withdraw",
        "All formations fall back in order, to a place or each by its own way out.",
    ),
    (
        DirectiveKind::BreakOut,
        "Break out",
        "All formations break out of the encirclement, towards a place or each by its own way out.",
    ),
];

/// To whom a directive goes that is given to a formation: to its headquarters and all under it; to
/// all of the side, if that is the only one at the top.
fn addressee(session: &Session, chosen: FormationId) -> Option<FormationId> {
    let scenario = session.scenario();
    let chosen = scenario.station(chosen);
    let side = scenario.formation(chosen).side;
    let mut tops = scenario
        .stations(side)
        .filter(|f| scenario.formation(*f).parent.is_none());
    let only = tops.next() == Some(chosen) && tops.next().is_none();
    (!only).then_some(chosen)
}

/// Shows what stands and what can be given.
pub fn show(ui: &mut Ui, session: &Session, chosen: FormationId, wanted: &mut Vec<Intent>) {
    let scenario = session.scenario();
    let side = scenario.formation(chosen).side;
    let to = addressee(session, chosen);
    gauge::heading(ui, "Directive");
    let stations = stations(session, side, to);
    let whom = match (to, stations.len()) {
        (None, _) => "To all formations of the side.".to_owned(),
        (Some(to), n) => {
            let name = &scenario.formation(to).name;
            let many = if n > 1 {
                format!(" and all under it: {n} headquarters")
            } else {
                String::new()
            };
            format!("To the headquarters of {name}{many}.")
        }
    };
    ui.add(Label::new(RichText::new(whom).color(theme::PENCIL)).wrap());
    if stations.len() > 1 {
        for line in abroad(session, side, &stations) {
            ui.add(Label::new(line).wrap());
        }
    }
    if let Some((id, order)) = written(session, to) {
        standing(ui, session, id, &order, wanted);
    }
    let key = Id::new(("directive", chosen.0));
    let mut draft: Draft = ui
        .data(|d| d.get_temp(key))
        .unwrap_or_else(|| opening(session, chosen));
    let before = draft.clone();
    ui.horizontal_wrapped(|ui| {
        for (kind, name, about) in KINDS {
            if gauge::toggle(ui, draft.kind == kind, name, about) {
                draft.kind = kind;
            }
        }
    });
    if draft.kind.moves() {
        place_box::place(
            ui,
            session,
            "directive towards",
            &mut draft.towards,
            &mut draft.search,
            Some("each by its own way out"),
        );
    }
    place_box::start_hour(ui, session, "directive begins", &mut draft.start_at);
    let directive = Directive {
        kind: draft.kind,
        towards: draft.towards.filter(|_| draft.kind.moves()),
    };
    if draft != before {
        ui.data_mut(|d| d.insert_temp(key, draft.clone()));
    }
    let order = Order::Directive {
        to,
        directive,
        start_at: draft.start_at,
    };
    let refusal = super::tasks::reason(session, side, &order, false);
    if refusal.is_none() {
        for line in expected(session, side, &stations, draft.start_at) {
            ui.add(Label::new(RichText::new(line).small()).wrap());
        }
        if let Some(warning) = leaving(session, side, to, draft.kind) {
            command::alarm(ui, None, warning);
        }
    }
    let about = "A directive tells everyone what is wanted of them, whatever their missions. It \
                 travels from headquarters to headquarters.";
    if gauge::button(ui, "Give the directive", refusal.as_deref(), about) {
        wanted.push(Intent::Direct {
            side,
            to,
            directive,
            start_at: draft.start_at,
        });
    }
}

/// What a new directive starts from: the one that is followed.
fn opening(session: &Session, chosen: FormationId) -> Draft {
    let chain = &session.picture.chain;
    let station = chain.station(session.scenario(), chosen);
    Draft {
        kind: station.map_or(DirectiveKind::Delay, |s| s.standing.directive.kind),
        towards: None,
        start_at: None,
        search: String::new(),
    }
}

/// Headquarters to which it goes.
fn stations(session: &Session, side: Side, to: Option<FormationId>) -> Vec<FormationId> {
    let scenario = session.scenario();
    let to = to.map(|f| scenario.station(f));
    scenario
        .stations(side)
        .filter(|f| to.is_none_or(|above| scenario.is_under(*f, above)))
        .collect()
}

/// Directives that have not come to everyone yet: to how many headquarters each is on its way, how
/// many follow it, and where it was lost.
fn abroad(session: &Session, side: Side, stations: &[FormationId]) -> Vec<String> {
    let chain = &session.picture.chain;
    let calendar = session.scenario().calendar();
    let mut sent: BTreeMap<(Hours, Authority, Directive), (usize, Hours)> = BTreeMap::new();
    for order in chain.under_way.iter().filter(|o| stations.contains(&o.to)) {
        if let Message::Directive(directive) = order.message {
            let at = sent.entry((order.sent, order.by, directive)).or_default();
            *at = (at.0 + 1, at.1.max(order.likely));
        }
    }
    let lost: Vec<FormationId> = stations
        .iter()
        .copied()
        .filter(|f| matches!(chain.status.get(f), Some(OrderStatus::Lost { .. })))
        .collect();
    let mut lines: Vec<String> = sent
        .into_iter()
        .map(|((issued, by, directive), (count, last))| {
            let follow = stations
                .iter()
                .filter_map(|f| chain.stations.get(f))
                .filter(|s| s.standing.issued == issued && s.standing.by == by)
                .filter(|s| s.standing.directive == directive)
                .count();
            format!(
                "{} ({}, {}): received by {follow}, on its way to {count} of {} headquarters, the \
                 last likely about {}.",
                words::capital(&command::wants(session, &directive)),
                command::who(session, side, by),
                calendar.text(issued),
                stations.len(),
                calendar.text(last)
            )
        })
        .collect();
    if !lost.is_empty() {
        lines.push(format!(
            "Lost on its way to {}.",
            command::listed(session, &lost, 4)
        ));
    }
    lines
}

/// The directive written for the coming turn.
fn written(session: &Session, to: Option<FormationId>) -> Option<(OrderId, Order)> {
    let orders = session.picture.orders.iter();
    orders
        .filter(|(_, _, order)| matches!(order, Order::Directive { to: t, .. } if *t == to))
        .map(|(id, _, order)| (*id, *order))
        .next()
}

fn standing(ui: &mut Ui, session: &Session, id: OrderId, order: &Order, wanted: &mut Vec<Intent>) {
    let Order::Directive {
        directive,
        start_at,
        ..
    } = order
    else {
        return;
    };
    let scenario = session.scenario();
    let from = start_at.map_or_else(String::new, |hour| {
        format!(", from {} on", scenario.calendar().text(hour))
    });
    ui.horizontal_wrapped(|ui| {
        let what = report::directed(scenario, directive);
        ui.label(format!("To be sent: {what}{from}"));
        let refusal = session.busy().then_some("the turn is being worked out");
        if gauge::button(ui, "Take back", refusal, "It has not been sent yet.") {
            wanted.push(Intent::Retract(id));
        }
    });
}

/// When a directive is likely to arrive, and where it hardly will.
fn expected(
    session: &Session,
    side: Side,
    stations: &[FormationId],
    start_at: Option<Hours>,
) -> Vec<String> {
    let Some(battle) = session.battle() else {
        return Vec::new();
    };
    let view = battle.view(side);
    let chain = &session.picture.chain;
    let calendar = session.scenario().calendar();
    let cut: Vec<FormationId> = stations
        .iter()
        .copied()
        .filter(|f| {
            session.scenario().chain(*f).iter().any(|leg| {
                chain
                    .stations
                    .get(leg)
                    .is_some_and(|s| s.means == Some(Means::Cut))
            })
        })
        .collect();
    let at = |hours: f64| Hours(session.picture.hour.0 + hours.ceil() as u32);
    let hours: Vec<Hours> = stations
        .iter()
        .filter(|f| !cut.contains(f))
        .map(|f| at(view.delivery_hours(*f)))
        .collect();
    let mut lines = Vec::new();
    if let (Some(first), Some(last)) = (hours.iter().min(), hours.iter().max()) {
        lines.push(when(session, *first, *last));
        let late = start_at.map_or(0, |start| hours.iter().filter(|h| **h > start).count());
        if late > 0 {
            let hour = start_at.unwrap_or(*last);
            lines.push(format!(
                "It is likely to come to {late} of {} only after {}.",
                hours.len(),
                calendar.text(hour)
            ));
        }
    }
    if !cut.is_empty() {
        lines.push(format!(
            "Out of contact: {}.",
            command::listed(session, &cut, 4)
        ));
    }
    lines
}

/// "Likely to arrive" in words.
fn when(session: &Session, first: Hours, last: Hours) -> String {
    let calendar = session.scenario().calendar();
    let now = session.picture.hour;
    if last <= now {
        "It is in force as soon as the turn begins.".to_owned()
    } else if first == last {
        format!("Likely to arrive about {}.", calendar.text(last))
    } else if first <= now {
        format!("Likely to arrive between now and {}.", calendar.text(last))
    } else {
        format!(
            "Likely to arrive between {} and {}.",
            calendar.text(first),
            calendar.text(last)
        )
    }
}

/// When an order to a formation itself is likely to arrive.
pub fn arrival(session: &Session, formation: FormationId) -> Option<String> {
    let side = session.scenario().formation(formation).side;
    let view = session.battle()?.view(side);
    let hours = if view.delivers_at_once(formation) {
        0.0
    } else {
        view.delivery_hours(formation)
    };
    let hour = Hours(session.picture.hour.0 + hours.ceil() as u32);
    let chain = &session.picture.chain;
    let out = chain
        .station(session.scenario(), formation)
        .is_some_and(|s| s.is_out_of_contact());
    let about = when(session, hour, hour);
    Some(if out {
        format!("Out of contact: only a runner through the enemy can bring it. {about}")
    } else {
        about
    })
}

/// That the command itself leaves with a directive, where it has planned to.
fn leaving(
    session: &Session,
    side: Side,
    to: Option<FormationId>,
    kind: DirectiveKind,
) -> Option<String> {
    let plan = session.scenario().breakout(side)?;
    let hours = plan.leaves_after.filter(|_| plan.enabled)?;
    if to.is_some() || !kind.moves() {
        return None;
    }
    let when = match hours {
        0 => "as soon as it is given".to_owned(),
        n => format!("{n} hours after it"),
    };
    Some(format!(
        "With this directive the command leaves {when}, and no order goes out any more."
    ))
}

/// Formations of one's own whose orders for the coming turn begin at the same hour.
pub fn together(session: &Session, but: FormationId, hour: Hours) -> Option<String> {
    let scenario = session.scenario();
    let others: Vec<FormationId> = session
        .picture
        .orders
        .iter()
        .filter_map(|(_, _, order)| match order {
            Order::Formation {
                formation,
                start_at: Some(h),
                ..
            } if *h == hour && *formation != but => Some(*formation),
            _ => None,
        })
        .filter(|f| scenario.formation(*f).side == scenario.formation(but).side)
        .collect();
    (!others.is_empty()).then(|| {
        words::capital(&format!(
            "begins together with {}.",
            command::listed(session, &others, 4)
        ))
    })
}
