//! Event to plain English sentence.
//!
//! Each event has one sentence, from the event and the scenario's names alone. Sober: men are
//! killed and wounded, units give way; nobody is crushed and nothing is glorious.

mod siege;

use super::grouped;
use crate::{
    battle::{
        AirMission, Bin, Cause, Deed, End, Event, FormationMission, MissionPosture, Obstacle,
        Order, PlaceState, Posture, Spark, Task,
    },
    scenario::{Hex, Scenario, SideId, UnitId},
};

/// The sentence for an event.
pub fn sentence(scenario: &Scenario, event: &Event) -> String {
    let unit = |id: UnitId| scenario.unit(id).name.as_str();
    let at = |hex: Hex| scenario.map().describe(hex);
    match event {
        Event::TurnBegan { turn, fog } => {
            let fog = if *fog { ", with morning fog" } else { "" };
            format!("Turn {} begins{fog}.", turn.0)
        }
        Event::Arrived { unit: id, at: hex } => {
            format!("{} comes onto the map at {}.", unit(*id), at(*hex))
        }
        Event::OrderTaken { order, .. } => ordered(scenario, order),
        Event::OrderLapsed { order, .. } => format!(
            "Cannot be carried out any more: {}",
            ordered(scenario, order)
        ),
        Event::MissionGiven { formation, mission } => format!(
            "{}: {}.",
            scenario.formation(*formation).name,
            intended(scenario, mission)
        ),
        Event::Sighted {
            by,
            unit: id,
            at: hex,
        } => format!(
            "{} is seen by the {} side at {}.",
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
            "{} fires {} at {}, {}.",
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
            "Shelling of {}: {} {} killed and wounded.",
            at(*hex),
            grouped(*casualties),
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
            at(*target)
        ),
        Event::Kindled { at: hex, spark, .. } => {
            let from = match spark {
                Spark::Shells => "under the shells",
                Spark::Assault => "in the fighting",
                Spark::Razing => "where houses were razed",
                Spark::Neighbour => "from the fire beside it",
            };
            format!("Fire breaks out at {}, {from}.", at(*hex))
        }
        Event::BurntOut { at: hex } => format!("The fire at {} has burnt out.", at(*hex)),
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
            "{} joined by {} at {}.",
            unit(*id),
            if *men == 1 {
                "1 recruit".to_owned()
            } else {
                format!("{} recruits", grouped(*men))
            },
            at(*hex)
        ),
        Event::Moved { unit: id, from, to } => {
            format!("{} moves from {} to {}.", unit(*id), at(*from), at(*to))
        }
        Event::Contact {
            unit: id, enemy_at, ..
        } => {
            format!(
                "{} comes up against the enemy at {}.",
                unit(*id),
                at(*enemy_at)
            )
        }
        Event::Blocked {
            unit: id,
            at: hex,
            by,
        } => {
            format!(
                "{} cannot go on at {}: {}.",
                unit(*id),
                at(*hex),
                obstacle(*by)
            )
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
            counted(*men, "man"),
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
                format!("Assault on {}", at(*hex))
            } else {
                format!("Fire across the line at {}", at(*hex))
            };
            format!(
                "{what}: {} {} and {} {} killed and wounded.",
                grouped(*attacker_losses),
                attacker.adjective(),
                grouped(*defender_losses),
                attacker.enemy().adjective()
            )
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
            let how = match (cut_off, routed) {
                (true, _) => "is overrun, with no way out",
                (_, true) => "gives way in disorder",
                _ => "gives way",
            };
            format!("{} {how} at {}.", unit(*id), at(*hex))
        }
        Event::BrokeOff { unit: id, at: hex } => {
            format!("{} breaks off the fight at {}.", unit(*id), at(*hex))
        }
        Event::Rallied { unit: id } => format!("{} rallies.", unit(*id)),
        Event::Left {
            unit: id,
            at: hex,
            escaped: true,
        } => {
            format!("{} leaves the map at {}.", unit(*id), at(*hex))
        }
        Event::Left {
            unit: id,
            at: hex,
            escaped: false,
        } => {
            format!("{} ceases to exist as a unit at {}.", unit(*id), at(*hex))
        }
        Event::HexTaken {
            hex,
            by,
            by_assault,
        } => format!(
            "{} passes to the {} side{}.",
            at(*hex),
            by.adjective(),
            if *by_assault { " after an assault" } else { "" }
        ),
        Event::Place { place, by, state } => {
            let name = place_name(scenario, *place);
            match state {
                PlaceState::Contested => {
                    format!("{name} is contested by the {} side.", by.adjective())
                }
                PlaceState::Captured => format!("{name} is in {} hands.", by.adjective()),
            }
        }
        Event::LineReached { line, by } => format!(
            "The {} side stands before {}.",
            by.adjective(),
            line_name(scenario, *line)
        ),
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
        Event::CityLost { by } => format!("The city is lost to the {} side.", by.adjective()),
        Event::Ended { end } => match end {
            End::CityLost => "The battle ends with the loss of the city.".to_owned(),
            End::TimeUp => "The battle ends with the last turn.".to_owned(),
            End::NobodyLeft(side) => format!(
                "The battle ends: no formed {} troops are left on the map.",
                side.adjective()
            ),
        },
        Event::TurnEnded { turn } => format!("Turn {} ends.", turn.0),
    }
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

fn ordered(scenario: &Scenario, order: &Order) -> String {
    match order {
        Order::Formation { formation, mission } => format!(
            "{} is ordered: {}.",
            scenario.formation(*formation).name,
            intended(scenario, mission)
        ),
        Order::Air { group, mission } => format!(
            "{} is ordered to {}.",
            scenario.air()[usize::from(group.0)].name,
            flight(scenario, mission)
        ),
        Order::Unit {
            unit,
            task,
            start_at,
        } => {
            let start = start_at.map_or_else(String::new, |hour| {
                format!(", from {} on", scenario.calendar().text(hour))
            });
            format!(
                "{} is ordered to {}{start}.",
                scenario.unit(*unit).name,
                errand(scenario, task)
            )
        }
    }
}

fn intended(scenario: &Scenario, mission: &FormationMission) -> String {
    let place = scenario.map().describe(mission.objective);
    let leave = if mission.may_withdraw {
        ", free to fall back"
    } else {
        ""
    };
    match mission.posture {
        MissionPosture::Attack => format!("take {place}{leave}"),
        MissionPosture::Hold => format!("hold {place}{leave}"),
        MissionPosture::Delay => format!("delay the enemy at {place}{leave}"),
        MissionPosture::Reserve => format!("stay in reserve at {place}{leave}"),
        MissionPosture::Withdraw => format!("withdraw to {place}{leave}"),
    }
}

fn errand(scenario: &Scenario, task: &Task) -> String {
    let at = |hex: &Hex| scenario.map().describe(*hex);
    match task {
        Task::Hold => "hold its position".to_owned(),
        Task::Rest => "rest".to_owned(),
        Task::March { to, forced: false } => format!("march to {}", at(to)),
        Task::March { to, forced: true } => format!("march to {} by forced marches", at(to)),
        Task::Assault { target } => format!("attack {}", at(target)),
        Task::Withdraw { to } => format!("withdraw to {}", at(to)),
        Task::Bombard { target } => format!("shell {}", at(target)),
        Task::Support { target } => format!("support the fight at {}", at(target)),
        Task::Counterattack { target } => {
            format!("strike back at once at enemies who come to {}", at(target))
        }
        Task::Siege { deed, side } => siege::errand(scenario, *deed, *side),
        Task::ClearMines { target } => format!("clear the mines at {}", at(target)),
    }
}

fn flight(scenario: &Scenario, mission: &AirMission) -> String {
    match mission {
        AirMission::Rest => "stay on the ground".to_owned(),
        AirMission::Bomb { target } => format!("bomb {}", scenario.map().describe(*target)),
        AirMission::Interdict { target } => {
            format!(
                "attack the roads about {}",
                scenario.map().describe(*target)
            )
        }
    }
}

/// Area of so many hexes, whole square kilometres.
fn square_km(scenario: &Scenario, hexes: usize) -> u32 {
    let km = scenario.map().grid.hex_km();
    (hexes as f64 * km * km * crate::scenario::map::grid::ROW).round() as u32
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
    }
}

fn counted(n: u32, noun: &str) -> String {
    match (n, noun) {
        (1, _) => format!("1 {noun}"),
        (_, "man") => format!("{} men", grouped(n)),
        _ => format!("{} {noun}s", grouped(n)),
    }
}
