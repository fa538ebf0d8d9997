//! Event to plain English sentence.
//!
//! Each event has one sentence, from the event and the scenario's names alone. Sober: men are
//! killed and wounded, units give way; nobody is crushed and nothing is glorious.

mod agreement;
mod command;
mod conditions;
mod escape;
mod happenings;
mod orders;
mod siege;

pub use conditions::{condition, reasons};
pub use happenings::{acted, ending, told_to};
pub(in crate::report) use orders::{errand, flight, intended};

use super::{
    estimate::{estimate, told},
    grouped, place,
};
use crate::{
    battle::{Bin, Cause, Deed, End, Event, Logged, Obstacle, PlaceState, Posture, Spark},
    scenario::{Hex, Hours, Scenario, Side, SideId, UnitId},
};

/// The sentence for an event, as whoever sees both sides knows it.
pub fn sentence(scenario: &Scenario, event: &Event) -> String {
    sentence_seen_by(scenario, event, None)
}

/// The sentence for an event as one side saw it, with the other side's losses as estimates; as
/// [`sentence`] has it if `seen_by` is none.
pub fn sentence_seen_by(scenario: &Scenario, event: &Event, seen_by: Option<Side>) -> String {
    let text = worded(scenario, event, seen_by);
    match agreement::subject(event) {
        Some(unit) => agreement::agree(text, &scenario.unit(unit).name),
        None => text,
    }
}

fn worded(scenario: &Scenario, event: &Event, seen_by: Option<Side>) -> String {
    let unit = |id: UnitId| scenario.unit(id).name.as_str();
    let at = |hex: Hex| place::placed(scenario.map(), "at", hex);
    let point = |hex: Hex| place::point(scenario.map(), hex);
    match event {
        Event::TurnBegan { turn, fog } => {
            let fog = if *fog { ", with morning fog" } else { "" };
            format!("Turn {} begins{fog}.", turn.0)
        }
        Event::Arrived { unit: id, at: hex } => {
            format!("{} comes onto the map {}.", unit(*id), at(*hex))
        }
        Event::OrderTaken { order, .. } => orders::ordered(scenario, order),
        Event::OrderLapsed { order, .. } => format!(
            "Cannot be carried out any more: {}",
            orders::ordered(scenario, order)
        ),
        Event::MissionGiven { formation, mission } => format!(
            "{}: {}.",
            scenario.formation(*formation).name,
            orders::intended(scenario, mission)
        ),
        Event::Command(event) => command::told(scenario, event),
        Event::Sighted {
            by,
            unit: id,
            at: hex,
        } => format!(
            "{} is seen by the {} side {}.",
            unit(*id),
            by.adjective(),
            at(*hex)
        ),
        Event::Fired {
            unit: id,
            target,
            rounds,
            observed,
        } => format!(
            "{} fires {} {}, {}.",
            unit(*id),
            counted(*rounds, "round"),
            at(*target),
            if *observed { "observed" } else { "unobserved" }
        ),
        Event::Shelled {
            at: hex,
            side,
            casualties,
            ..
        } => format!(
            "Shelling {}: {} {} killed and wounded.",
            place::placed(scenario.map(), "of", *hex),
            told(*casualties, *side, seen_by),
            side.adjective()
        ),
        Event::Raided {
            group,
            target,
            sorties,
            roads,
            ..
        } => format!(
            "{} flies {} against {}{}.",
            scenario.air()[usize::from(group.0)].name,
            if *sorties == 1 {
                "1 sortie".to_owned()
            } else {
                format!("{} sorties", grouped(*sorties))
            },
            if *roads { "the roads about " } else { "" },
            point(*target)
        ),
        Event::Kindled { at: hex, spark, .. } => {
            let from = match spark {
                Spark::Shells => ", under the shells",
                Spark::Assault => ", in the fighting",
                Spark::Razing => ", where houses were razed",
                Spark::Neighbour => ", from the fire beside it",
                Spark::Happening => "",
            };
            format!("Fire breaks out {}{from}.", at(*hex))
        }
        Event::BurntOut { at: hex } => format!("The fire {} has burnt out.", at(*hex)),
        Event::Razed { by, hexes } => format!(
            "The {} side burns down what stands on {} square kilometres of ground before the enemy; \
             those who lived there flee.",
            by.adjective(),
            grouped(square_km(scenario, hexes.len()))
        ),
        Event::RiverClosed { anchorage, by } => format!(
            "{} ships close the river: {}.",
            by.adjective(),
            line_name(scenario, *anchorage)
        ),
        Event::Drafted {
            unit: id,
            at: hex,
            men,
        } => format!(
            "{} joined by {} {}.",
            unit(*id),
            if *men == 1 {
                "1 recruit".to_owned()
            } else {
                format!("{} recruits", grouped(*men))
            },
            at(*hex)
        ),
        Event::Moved { unit: id, from, to } => {
            format!(
                "{} moves from {} to {}.",
                unit(*id),
                point(*from),
                point(*to)
            )
        }
        Event::Contact {
            unit: id, enemy_at, ..
        } => {
            format!(
                "{} comes up against the enemy {}.",
                unit(*id),
                at(*enemy_at)
            )
        }
        Event::Blocked {
            unit: id,
            at: hex,
            by,
        } => {
            format!("{} is held up {}: {}.", unit(*id), at(*hex), obstacle(*by))
        }
        Event::Men {
            unit: id,
            from,
            to,
            men,
            cause,
        } => format!(
            "{}: {} {} ({}).",
            unit(*id),
            men_seen(*men, scenario.unit(*id).side, seen_by),
            fate(*from, *to),
            because(*cause)
        ),
        Event::Fought {
            at: hex,
            attacker,
            assault,
            attacker_losses,
            defender_losses,
            ..
        } => {
            let what = if *assault {
                format!("Assault {}", place::placed(scenario.map(), "on", *hex))
            } else {
                format!("Fire across the line {}", at(*hex))
            };
            let lost = [*attacker_losses, *defender_losses];
            format!("{what}: {}.", fallen(*attacker, lost, seen_by))
        }
        Event::PostureChanged { unit: id, posture } => {
            format!("{} {}.", unit(*id), stance(*posture))
        }
        Event::Yielded {
            unit: id,
            at: hex,
            routed,
            cut_off,
        } => {
            let (how, out) = match (cut_off, routed) {
                (true, _) => ("is overrun", ", with no way out"),
                (_, true) => ("gives way in disorder", ""),
                _ => ("gives way", ""),
            };
            format!("{} {how} {}{out}.", unit(*id), at(*hex))
        }
        Event::BrokeOff { unit: id, at: hex } => {
            format!("{} breaks off the fight {}.", unit(*id), at(*hex))
        }
        Event::Rallied { unit: id } => format!("{} rallies.", unit(*id)),
        Event::Left {
            unit: id,
            at: hex,
            escaped: true,
        } => {
            format!("{} leaves the map {}.", unit(*id), at(*hex))
        }
        Event::Left {
            unit: id,
            at: hex,
            escaped: false,
        } => {
            format!("{} ceases to exist as a unit {}.", unit(*id), at(*hex))
        }
        Event::HexTaken {
            hex,
            by,
            by_assault,
        } => format!(
            "{} passes to the {} side{}.",
            capital(&point(*hex)),
            by.adjective(),
            if *by_assault { " after an assault" } else { "" }
        ),
        Event::Place { place, by, state } => {
            let name = capital(place_name(scenario, *place));
            match state {
                PlaceState::Contested => {
                    format!("{name} is contested by the {} side.", by.adjective())
                }
                PlaceState::Captured => format!("{name} is in {} hands.", by.adjective()),
            }
        }
        Event::LineReached { line, by } => {
            let line = line_name(scenario, *line);
            // Works are dug by those who hold the city; when they are lost, their builders may come
            // up to them from outside.
            let built = scenario.city().map(|city| city.held_by);
            if built == Some(*by) {
                format!(
                    "The {} side fights for works of the {line} in {} hands.",
                    by.adjective(),
                    by.enemy().adjective()
                )
            } else {
                format!(
                    "The {} side has come up to the works of the {line}.",
                    by.adjective()
                )
            }
        }
        Event::SupplyLine {
            unit: id,
            cut: true,
        } => {
            format!("{} is cut off from its supply.", unit(*id))
        }
        Event::SupplyLine {
            unit: id,
            cut: false,
        } => {
            format!("{} has a line of supply again.", unit(*id))
        }
        Event::GateBarricaded { .. }
        | Event::GateOpened { .. }
        | Event::WallDamaged { .. }
        | Event::Breached { .. }
        | Event::BreachWidened { .. }
        | Event::BridgeBuilt { .. }
        | Event::SmokeLaid { .. }
        | Event::LostInFog { .. }
        | Event::PartySent { .. }
        | Event::Lodged { .. }
        | Event::LodgementReinforced { .. }
        | Event::LodgementEnded { .. }
        | Event::StruckBack { .. }
        | Event::MinesStruck { .. }
        | Event::MinesCleared { .. } => siege::sentence(scenario, event),
        Event::CrowdFormed(..)
        | Event::CrowdMoved(..)
        | Event::CrowdMerged(..)
        | Event::CrowdCounted(..)
        | Event::Crossed(..)
        | Event::Swam(..)
        | Event::BoatsTaken(..) => escape::sentence(scenario, event, seen_by),
        Event::Happened { .. }
        | Event::Acted { .. }
        | Event::Asked { .. }
        | Event::Decided { .. } => happenings::sentence(scenario, event),
        Event::CityLost { by } => format!("The city is lost to the {} side.", by.adjective()),
        Event::Ended { end } => match end {
            End::CityLost => "The battle ends with the loss of the city.".to_owned(),
            End::TimeUp => "The battle ends with the last turn.".to_owned(),
            End::Happening(origin) => ending(scenario, *origin),
            End::NobodyLeft(side) => format!(
                "The battle ends: no formed {} troops are left on the map.",
                side.adjective()
            ),
        },
        Event::TurnEnded { turn } => format!("Turn {} ends.", turn.0),
    }
}

/// The sentence for the hours of one assault, oldest first: its hours, and its losses in one sum.
pub fn assaults_seen_by(scenario: &Scenario, hours: &[&Logged], seen_by: Option<Side>) -> String {
    let (Some(first), Some(last)) = (hours.first(), hours.last()) else {
        return String::new();
    };
    let Event::Fought { at, attacker, .. } = &last.event else {
        return sentence_seen_by(scenario, &last.event, seen_by);
    };
    if hours.len() == 1 {
        return sentence_seen_by(scenario, &last.event, seen_by);
    }
    let mut lost = [0; 2];
    for logged in hours {
        if let Event::Fought {
            attacker_losses,
            defender_losses,
            ..
        } = &logged.event
        {
            lost[0] += attacker_losses;
            lost[1] += defender_losses;
        }
    }
    let clock = |hour: u32| {
        let time = scenario.calendar().at(Hours(hour));
        time.strftime("%H:%M").to_string()
    };
    format!(
        "Assault {}, {} to {}: {}.",
        place::placed(scenario.map(), "on", *at),
        clock(first.hour.0),
        clock(last.hour.0 + 1),
        fallen(*attacker, lost, seen_by)
    )
}

/// Killed and wounded of the attacker and the defender.
fn fallen(attacker: Side, [own, other]: [u32; 2], seen_by: Option<Side>) -> String {
    let enemy = attacker.enemy();
    format!(
        "{} {} and {} {} killed and wounded",
        told(own, attacker, seen_by),
        attacker.adjective(),
        told(other, enemy, seen_by),
        enemy.adjective()
    )
}

/// A number of men of a side.
fn men_seen(men: u32, side: Side, seen_by: Option<Side>) -> String {
    if seen_by.is_none_or(|own| own == side) {
        counted(men, "man")
    } else {
        format!("{} men", estimate(men))
    }
}

/// With a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Name of a place by index.
pub fn place_name(scenario: &Scenario, place: u16) -> &str {
    scenario
        .map()
        .places
        .get(usize::from(place))
        .map_or("an unknown place", |p| &p.name)
}

/// Name of a defence line by feature index.
pub fn line_name(scenario: &Scenario, line: u16) -> &str {
    scenario
        .map()
        .features
        .get(usize::from(line))
        .map_or("an unknown line", |f| &f.name)
}

/// Area of so many hexes, whole square kilometres.
fn square_km(scenario: &Scenario, hexes: usize) -> u32 {
    let km = scenario.map().grid.hex_km();
    (hexes as f64 * km * km * crate::scenario::map::grid::ROW).round() as u32
}

/// A directive, as it stands after "to".
pub fn directed(scenario: &Scenario, directive: &crate::battle::Directive) -> String {
    command::directed(scenario, directive)
}

/// A deed at the wall, as an order says it.
pub fn errand_at_wall(scenario: &Scenario, deed: Deed, side: SideId) -> String {
    siege::errand(scenario, deed, side)
}

fn obstacle(by: Obstacle) -> &'static str {
    match by {
        Obstacle::Full => "the ground ahead is full",
        Obstacle::Traffic => "the road is full",
        Obstacle::Enemy => "the enemy bars the way",
        Obstacle::Gate => "the gate is not open to it",
        Obstacle::ZoneOfControl => "the enemy is too close",
        Obstacle::NoWay => "no way leads on",
    }
}

fn stance(posture: Posture) -> &'static str {
    match posture {
        Posture::Holding => "takes up a position",
        Posture::Marching => "is on the march",
        Posture::Attacking => "goes over to the attack",
        Posture::Withdrawing => "begins to withdraw",
        Posture::Routed => "is in flight",
    }
}

fn fate(from: Bin, to: Bin) -> &'static str {
    match (from, to) {
        (Bin::NotArrived, _) => "arrived",
        (Bin::Wounded, Bin::Captured) => "wounded and captured",
        (_, Bin::NotArrived) => "still on the way",
        (_, Bin::Formed) => "back in the ranks",
        (_, Bin::Disordered) => "out of the ranks",
        (_, Bin::Crowd) => "gone with a crowd",
        (_, Bin::Killed) => "killed",
        (_, Bin::OwnSideShot) => "shot by their own side",
        (_, Bin::Drowned) => "drowned",
        (_, Bin::Wounded) => "wounded",
        (_, Bin::Captured) => "captured or missing",
        (_, Bin::Escaped) => "escaped",
        (_, Bin::Hidden) => "in the city, out of uniform",
    }
}

fn because(cause: Cause) -> &'static str {
    match cause {
        Cause::Arrival => "arrival",
        Cause::Ground => "ground combat",
        Cause::Bombardment => "shelling",
        Cause::Retreat => "retreat",
        Cause::Rout => "flight",
        Cause::Overrun => "position overrun",
        Cause::March => "marching",
        Cause::Dissolution => "dissolution",
        Cause::Rally => "rallying",
        Cause::LeftTheMap => "left the map",
        Cause::CityLost => "loss of the city",
        Cause::Draft => "recruits joining",
        Cause::Mines => "mines",
        Cause::Barrier => "fire of barrier troops",
        Cause::Collapse => "units coming apart",
        Cause::Crossing => "boats",
        Cause::Sinking => "boats sunk",
        Cause::Swimming => "in the water",
    }
}

fn counted(n: u32, noun: &str) -> String {
    match (n, noun) {
        (1, _) => format!("1 {noun}"),
        (_, "man") => format!("{} men", grouped(n)),
        _ => format!("{} {noun}s", grouped(n)),
    }
}
