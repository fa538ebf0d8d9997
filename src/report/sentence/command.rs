//! Sentences about command: orders on their way, directives, headquarters, barriers.

use super::{counted, orders};
use crate::{
    battle::{Authority, CommandEvent, Directive, DirectiveKind, Message, Severed},
    report::place,
    scenario::{FormationId, Hex, Hours, Scenario, UnitId},
};

pub(super) fn told(scenario: &Scenario, event: &CommandEvent) -> String {
    let name = |f: FormationId| scenario.formation(f).name.as_str();
    let unit = |u: UnitId| scenario.unit(u).name.as_str();
    let at = |hex: Hex| place::placed(scenario.map(), "at", hex);
    match event {
        CommandEvent::OrderSent {
            formation,
            message,
            start_at,
        } => format!(
            "An order goes out to {}: {}{}.",
            name(*formation),
            says(scenario, message),
            from(scenario, *start_at)
        ),
        CommandEvent::OrderPassed {
            formation,
            by,
            means,
        } => format!(
            "The order to {} has reached {} by {} and is passed on.",
            name(*formation),
            name(*by),
            means.text()
        ),
        CommandEvent::OrderGarbled { formation } => format!(
            "The order to {} arrives garbled; it is asked for again.",
            name(*formation)
        ),
        CommandEvent::OrderReceived {
            formation,
            message,
            hours,
            means,
        } => format!(
            "The order reaches {} by {}, {}: {}.",
            name(*formation),
            means.text(),
            match hours {
                0 => "within the hour".to_owned(),
                n => format!("{} after it was sent", counted(*n, "hour")),
            },
            says(scenario, message)
        ),
        CommandEvent::OrderLost {
            formation,
            message,
            at,
        } => format!(
            "The order to {} is lost with the headquarters of {}: {}.",
            name(*formation),
            name(*at),
            says(scenario, message)
        ),
        CommandEvent::LineCut { formation, by } => format!(
            "The wire to the headquarters of {} {}.",
            name(*formation),
            match by {
                Severed::Fire => "is cut by fire",
                Severed::Left => "does not reach its new place",
                Severed::Enemy => "is cut: the enemy stands about it",
            }
        ),
        CommandEvent::LineMended { formation } => {
            format!(
                "The headquarters of {} is on the wire again.",
                name(*formation)
            )
        }
        CommandEvent::HeadquartersLost { formation, at: hex } => {
            format!(
                "The headquarters of {} {} can no longer be reached.",
                name(*formation),
                at(*hex)
            )
        }
        CommandEvent::HeadquartersLeft { formation, at: hex } => format!(
            "The headquarters of {} leaves{}.",
            name(*formation),
            hex.map_or_else(String::new, |h| format!(
                " {}",
                place::placed(scenario.map(), "from", h)
            ))
        ),
        CommandEvent::DirectiveGiven {
            side,
            to,
            directive,
            start_at,
            by,
        } => {
            let superior = scenario.side_file(*side).superior.as_str();
            let who = match by {
                Authority::Above if superior.is_empty() => "The command above",
                Authority::Above => superior,
                _ => "The command",
            };
            let whom = to.map_or_else(
                || format!("all {} formations", side.adjective()),
                |f| name(f).to_owned(),
            );
            format!(
                "{who} directs {whom} to {}{}.",
                directed(scenario, directive),
                from(scenario, *start_at)
            )
        }
        CommandEvent::DirectivesContradict {
            formation,
            keeps_older,
            ..
        } => format!(
            "{} has received directives that contradict each other, and follows the {} one.",
            name(*formation),
            if *keeps_older { "older" } else { "newer" }
        ),
        CommandEvent::ActedAlone {
            formation,
            directive,
            ..
        } => format!(
            "{} hears that all is lost and decides, without an order, to {}.",
            name(*formation),
            directed(scenario, directive)
        ),
        CommandEvent::BarrierShot {
            barrier,
            unit: id,
            at: hex,
            men,
            turned_back,
            ..
        } => format!(
            "{} fire on {} {}: {} shot by their own side; the rest {}.",
            unit(*barrier),
            id.map_or_else(|| "a crowd of soldiers, civilians among them,", unit),
            at(*hex),
            counted(*men, "soldier"),
            if *turned_back {
                "are turned back"
            } else {
                "go through"
            }
        ),
        CommandEvent::BarrierBroken {
            barrier, at: hex, ..
        } => format!(
            "{} are run down by those who press on {}.",
            unit(*barrier),
            at(*hex)
        ),
    }
}

fn says(scenario: &Scenario, message: &Message) -> String {
    match message {
        Message::Mission(mission) => orders::intended(scenario, mission),
        Message::Directive(directive) => directed(scenario, directive),
    }
}

/// A directive, after "to".
pub(super) fn directed(scenario: &Scenario, directive: &Directive) -> String {
    let to = directive.towards.map_or_else(String::new, |hex| {
        format!(" {}", place::placed(scenario.map(), "to", hex))
    });
    match directive.kind {
        DirectiveKind::HoldToTheDeath => "hold, and not to take one step back".to_owned(),
        DirectiveKind::Delay => "hold while that costs little".to_owned(),
        DirectiveKind::MayWithdraw => "fall back where they must".to_owned(),
        DirectiveKind::Withdraw => format!("withdraw in order{to}"),
        DirectiveKind::BreakOut => format!("break out{to}"),
    }
}

pub(super) fn from(scenario: &Scenario, start_at: Option<Hours>) -> String {
    start_at.map_or_else(String::new, |hour| {
        format!(", from {} on", scenario.calendar().text(hour))
    })
}
