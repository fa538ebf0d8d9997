//! What a side may know of its own chain of command, in words: where the last order to a formation
//! stands, by what its headquarters is reached, whose directive it follows. For unit, formation, tree
//! and tooltip alike.

use super::{gauge, words};
use crate::{
    battle::{
        Authority, Directive, Message, OrderStatus,
        command::{BarrierState, Means, Standing},
    },
    gui::{
        intent::Intent,
        picture::chain::{Sign, Station, UnderWay},
        session::Session,
        theme::{self, Mark},
    },
    report::{self, place},
    scenario::{FormationId, Hours, Side, UnitId},
};
use bevy_egui::egui::{Label, Response, RichText, Ui};

/// Said wherever orders are given or followed under simplified command.
pub const SIMPLIFIED: &str =
    "Simplified command: orders to formations and directives arrive at once. The record says so.";

/// The mark of a sign.
pub fn mark(sign: Sign) -> Mark {
    match sign {
        Sign::OnItsWay => Mark::OnItsWay,
        Sign::Waits => Mark::Waits,
        Sign::Lost => Mark::LostOrder,
    }
}

/// Who gave an order, by name where the scenario names him.
pub fn who(session: &Session, side: Side, by: Authority) -> String {
    let scenario = session.scenario();
    match by {
        Authority::Doctrine => "as the battle began".to_owned(),
        Authority::Itself => "its own decision".to_owned(),
        Authority::Above => match scenario.side_file(side).superior.as_str() {
            "" => "the command above".to_owned(),
            name => name.to_owned(),
        },
        Authority::Command => scenario
            .stations(side)
            .find(|f| scenario.formation(*f).parent.is_none())
            .map(|top| scenario.formation(top))
            .map_or_else(
                || "the command".to_owned(),
                |top| match top.commander.split(" (").next() {
                    None | Some("") => top.name.clone(),
                    Some(name) => name.to_owned(),
                },
            ),
    }
}

/// What an order says.
pub fn says(session: &Session, message: &Message) -> String {
    match message {
        Message::Mission(mission) => super::formation::intended(session, mission),
        Message::Directive(directive) => wants(session, directive),
    }
}

/// What a directive says.
pub fn wants(session: &Session, directive: &Directive) -> String {
    report::directed(session.scenario(), directive)
}

/// Where the last order to a formation stands.
pub fn status(session: &Session, status: &OrderStatus) -> String {
    let scenario = session.scenario();
    let time = |hour: Hours| scenario.calendar().text(hour);
    match *status {
        OrderStatus::None => "none has been sent".to_owned(),
        OrderStatus::UnderWay {
            sent,
            next,
            legs,
            means,
            likely,
            garbled,
            ..
        } => {
            let further = match legs {
                0 | 1 => String::new(),
                n => format!(", the first of {n} still on its way"),
            };
            let again = if garbled {
                "; it came in garbled and is being asked for again"
            } else {
                ""
            };
            format!(
                "sent {}, on its way by {} to the headquarters of {}{further}; likely to arrive \
                 about {}{again}",
                time(sent),
                means.text(),
                scenario.formation(next).name,
                time(likely)
            )
        }
        OrderStatus::Waiting { start_at } => {
            format!("received; begins {}", time(start_at))
        }
        OrderStatus::Received { since } => format!("received, in force since {}", time(since)),
        OrderStatus::Lost { at } => format!("lost on its way, {}: no answer", time(at)),
    }
}

/// What is not plain about the last order to a unit's formation, in one line.
pub fn unsettled(session: &Session, formation: FormationId) -> Option<(Sign, String)> {
    let scenario = session.scenario();
    let chain = &session.picture.chain;
    let (of, sign) = chain.unsettled(scenario, formation)?;
    let text = status(session, chain.status.get(&of)?);
    let name = &scenario.formation(of).name;
    Some((sign, format!("Order to {name}: {text}")))
}

/// By what a headquarters is reached.
pub fn contact(session: &Session, station: &Station) -> String {
    let scenario = session.scenario();
    if station.left {
        return "it has left; no order goes out from it any more".to_owned();
    }
    let Some(above) = station.above else {
        return "the highest command of this battle".to_owned();
    };
    let name = &scenario.formation(above).name;
    let gone = session
        .picture
        .chain
        .stations
        .get(&above)
        .is_some_and(|a| !a.is_manned());
    let cut = if station.wire_cut {
        "; the wire is cut"
    } else {
        ""
    };
    match station.means {
        _ if !station.is_manned() => "nobody answers".to_owned(),
        _ if gone => format!("nobody above it: the headquarters of {name} is gone"),
        Some(Means::Wire) => format!("by wire with {name}"),
        Some(Means::Radio) => format!("by radio with {name}{cut}"),
        Some(Means::Runner) => format!("by runner from {name}{cut}"),
        Some(Means::Cut) | None => format!("cut off from {name}: out of contact"),
    }
}

/// The directive that a headquarters follows, with who gave it.
pub fn standing(session: &Session, side: Side, standing: &Standing) -> String {
    let time = |hour: Hours| session.scenario().calendar().text(hour);
    let what = wants(session, &standing.directive);
    let by = who(session, side, standing.by);
    let from = if standing.from > session.picture.hour {
        format!(", from {} on", time(standing.from))
    } else {
        String::new()
    };
    match standing.by {
        Authority::Doctrine => format!("{what}{from} ({by})"),
        _ => format!("{what}{from} ({by}, {})", time(standing.issued)),
    }
}

/// An order on its way.
pub fn on_its_way(session: &Session, side: Side, order: &UnderWay) -> String {
    let calendar = session.scenario().calendar();
    let from = order.start_at.map_or_else(String::new, |hour| {
        format!(", from {} on", calendar.text(hour))
    });
    let again = if order.garbled {
        "; garbled, asked for again"
    } else {
        ""
    };
    format!(
        "{}{from} ({}, sent {}): on its way by {} to the headquarters of {}; likely to arrive about \
         {}{again}",
        words::capital(&says(session, &order.message)),
        who(session, side, order.by),
        calendar.text(order.sent),
        order.means.text(),
        session.scenario().formation(order.next).name,
        calendar.text(order.likely)
    )
}

/// Until when a headquarters' men are at odds, in a line.
pub fn at_odds(session: &Session, until: Hours) -> String {
    format!(
        "Its directives contradict each other: its men are at odds until {}, and lose cohesion.",
        session.scenario().calendar().text(until)
    )
}

/// A line that needs attention.
pub fn alarm(ui: &mut Ui, mark: Option<Mark>, text: String) {
    noted(ui, mark, RichText::new(text).color(theme::ATTENTION));
}

/// A line with a mark before it.
fn noted(ui: &mut Ui, mark: Option<Mark>, text: RichText) -> Response {
    let line = |ui: &mut Ui| {
        // Room for the bar by which the panel is scrolled.
        ui.set_max_width((ui.available_width() - 8.0).max(40.0));
        if let Some(mark) = mark {
            mark.show(ui);
        }
        ui.add(Label::new(text).wrap());
    };
    ui.horizontal_top(line).response
}

fn simplified(ui: &mut Ui, session: &Session) {
    if session.scenario().simplified_command() {
        let text = RichText::new(SIMPLIFIED).color(theme::PENCIL);
        ui.add(Label::new(text).wrap());
    }
}

/// The part of a unit's panel about what it has been told, and by what it is reached.
pub fn of_unit(ui: &mut Ui, session: &Session, unit: UnitId, wanted: &mut Vec<Intent>) {
    let scenario = session.scenario();
    let fixed = scenario.unit(unit);
    let chain = &session.picture.chain;
    let Some(station) = chain.station(scenario, fixed.formation) else {
        return;
    };
    gauge::heading(ui, "Orders from above");
    simplified(ui, session);
    if let Some(barrier) = chain.barriers.iter().find(|b| b.unit == unit) {
        barrier_row(ui, session, barrier);
    }
    orders(ui, session, fixed.formation);
    let head = scenario.station(fixed.formation);
    if head != fixed.formation
        && gauge::link(
            ui,
            &format!("Headquarters: {}", scenario.formation(head).name),
            "Orders to its formation go to this headquarters; click to select it.",
        )
    {
        wanted.push(Intent::SelectFormation(head));
    }
    reached(ui, session, station);
}

/// The part of a formation's panel about its headquarters, the order in force and those on their way.
pub fn of_formation(
    ui: &mut Ui,
    session: &Session,
    formation: FormationId,
    wanted: &mut Vec<Intent>,
) {
    let scenario = session.scenario();
    let chain = &session.picture.chain;
    let Some(station) = chain.station(scenario, formation) else {
        return;
    };
    gauge::heading(ui, "Command");
    simplified(ui, session);
    seat(ui, session, formation, station, wanted);
    reached(ui, session, station);
    let mut under_way = chain.on_their_way(scenario, formation).peekable();
    if under_way.peek().is_some() {
        ui.label(RichText::new("on its way").color(theme::PENCIL))
            .on_hover_text(travel(session));
    } else {
        orders(ui, session, formation);
    }
    for order in under_way {
        let contradicts = contradicts(&station.standing, order);
        let text = on_its_way(session, station.side, order);
        noted(ui, Some(Mark::OnItsWay), RichText::new(text));
        if contradicts {
            let text = format!(
                "It contradicts what {} told them.",
                who(session, station.side, station.standing.by)
            );
            alarm(ui, None, text);
        }
    }
}

/// Would a directive on its way contradict the one in force: two superiors who want different things?
fn contradicts(standing: &Standing, order: &UnderWay) -> bool {
    let superior = |by| matches!(by, Authority::Command | Authority::Above);
    match order.message {
        Message::Directive(directive) => {
            superior(standing.by)
                && superior(order.by)
                && standing.by != order.by
                && standing.directive.kind != directive.kind
        }
        Message::Mission(_) => false,
    }
}

fn barrier_row(ui: &mut Ui, session: &Session, barrier: &BarrierState) {
    let now = session.picture.hour;
    let value = match (barrier.broken, barrier.on) {
        (true, _) => "run down".to_owned(),
        (false, false) => "told to stop nobody".to_owned(),
        (false, true) if barrier.from > now => {
            format!(
                "from {} on",
                session.scenario().calendar().text(barrier.from)
            )
        }
        (false, true) => "stops those who go back without leave".to_owned(),
    };
    let rules = &session.scenario().rules().command;
    let about = format!(
        "Barrier troops fire on men of their own army within {} km who go back without permission.\n\
         Source of the rule: {}",
        rules.barrier_km, rules.source
    );
    gauge::row(ui, "barrier", &value, &about);
}

/// How orders travel, with the source of the figures.
fn travel(session: &Session) -> String {
    let rules = &session.scenario().rules().command;
    format!(
        "Orders to formations travel from headquarters to headquarters: on the mean {} h a leg by \
         wire, {} by radio, {} by runner, {} through the enemy. Until one arrives the old one stands.\n\
         Source of the rule: {}",
        rules.wire_hours, rules.radio_hours, rules.runner_hours, rules.cut_hours, rules.source
    )
}

fn orders(ui: &mut Ui, session: &Session, formation: FormationId) {
    let chain = &session.picture.chain;
    let about = travel(session);
    match unsettled(session, formation) {
        Some((sign, text)) => {
            noted(ui, Some(mark(sign)), RichText::new(text)).on_hover_text(about);
        }
        None => {
            if let Some(known) = chain.status.get(&formation) {
                let text = match known {
                    OrderStatus::None => "none of its own".to_owned(),
                    known => status(session, known),
                };
                gauge::row(ui, "last order", &text, &about);
            }
        }
    }
}

fn reached(ui: &mut Ui, session: &Session, station: &Station) {
    let text = contact(session, station);
    let chain = &session.picture.chain;
    let above = station.above.and_then(|f| chain.stations.get(&f));
    let alone = above.is_some_and(|a| !a.is_manned());
    if station.is_out_of_contact() || !station.is_manned() || alone {
        alarm(ui, Some(Mark::OutOfContact), words::capital(&text));
    } else {
        gauge::row(
            ui,
            "reached",
            &text,
            "By what an order comes to its headquarters from the one above. Key 7 shows all of them.",
        );
    }
    gauge::row(
        ui,
        "directive",
        &standing(session, station.side, &station.standing),
        "What the command wants of everyone under this headquarters, whatever their missions.",
    );
    if let Some(until) = station.at_odds {
        alarm(ui, None, at_odds(session, until));
    }
}

fn seat(
    ui: &mut Ui,
    session: &Session,
    formation: FormationId,
    station: &Station,
    wanted: &mut Vec<Intent>,
) {
    let scenario = session.scenario();
    let calendar = scenario.calendar();
    let head = scenario.station(formation);
    if head != formation
        && gauge::link(
            ui,
            &format!("Headquarters: {}", scenario.formation(head).name),
            "Orders to it go to this headquarters; click to select it.",
        )
    {
        wanted.push(Intent::SelectFormation(head));
    }
    match (station.seat, station.with) {
        (Some(hex), with) => {
            let unit = with.map_or_else(String::new, |unit| {
                format!(", with {}", scenario.unit(unit).name)
            });
            let text = format!("Sits {}{unit}", place::placed(scenario.map(), "at", hex));
            if gauge::link(ui, &text, "Where its headquarters is; click to look there.") {
                wanted.push(Intent::LookAt(hex));
            }
        }
        (None, _) if station.off_map => {
            ui.label("Its headquarters lies outside the map.");
        }
        (None, _) if station.gone.is_none() => {
            ui.label("Its headquarters is not on the map yet.");
        }
        (None, _) => {}
    }
    if let Some(gone) = station.gone {
        let when = calendar.text(gone.hour);
        let text = match (gone.left, station.seat) {
            (true, _) => format!("Its headquarters left on {when}."),
            (false, None) => format!("Its headquarters was lost, or left the map, on {when}."),
            (false, Some(_)) => format!(
                "Its staff was lost, or left the map, on {when}; the next officer has taken over."
            ),
        };
        alarm(ui, Some(Mark::OutOfContact), text);
    }
}

/// Names of formations, so many at most.
pub fn listed(session: &Session, formations: &[FormationId], most: usize) -> String {
    let scenario = session.scenario();
    let names: Vec<&str> = formations
        .iter()
        .take(most)
        .map(|f| scenario.formation(*f).name.as_str())
        .collect();
    let mut text = names.join(", ");
    if formations.len() > most {
        text.push_str(&format!(" and {} more", formations.len() - most));
    }
    text
}
