//! Orders as sentences: what a unit, a formation or an air group is told to do. From the order and the
//! scenario's names alone.

use super::{command, siege};
use crate::{
    battle::{AirMission, FormationMission, MissionPosture, Order, Task},
    report::place,
    scenario::{Hex, Scenario},
};

pub(super) fn ordered(scenario: &Scenario, order: &Order) -> String {
    match order {
        Order::Formation {
            formation,
            mission,
            start_at,
        } => format!(
            "{} is ordered: {}{}.",
            scenario.formation(*formation).name,
            intended(scenario, mission),
            command::from(scenario, *start_at)
        ),
        Order::Directive {
            to,
            directive,
            start_at,
        } => format!(
            "{} directed to {}{}.",
            to.map_or("All are".to_owned(), |f| format!(
                "{} is",
                scenario.formation(f).name
            )),
            command::directed(scenario, directive),
            command::from(scenario, *start_at)
        ),
        Order::Decide { decision, option } => {
            super::happenings::answered(scenario, *decision, *option)
        }
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

pub(in crate::report) fn intended(scenario: &Scenario, mission: &FormationMission) -> String {
    let map = scenario.map();
    let point = place::point(map, mission.objective);
    let at = place::placed(map, "at", mission.objective);
    let leave = if mission.may_withdraw {
        ", free to fall back"
    } else {
        ""
    };
    match mission.posture {
        MissionPosture::Attack => format!("take {point}{leave}"),
        MissionPosture::Hold => format!("hold {point}{leave}"),
        MissionPosture::Delay => format!("delay the enemy {at}{leave}"),
        MissionPosture::Reserve => format!("stay in reserve {at}{leave}"),
        MissionPosture::Withdraw => format!("withdraw to {point}"),
    }
}

pub(in crate::report) fn errand(scenario: &Scenario, task: &Task) -> String {
    let point = |hex: &Hex| place::point(scenario.map(), *hex);
    match task {
        Task::Hold => "hold its position".to_owned(),
        Task::Rest => "rest".to_owned(),
        Task::March { to, forced: false } => format!("march to {}", point(to)),
        Task::March { to, forced: true } => format!("march to {} by forced marches", point(to)),
        Task::Assault { target } => format!("attack {}", point(target)),
        Task::Withdraw { to } => format!("withdraw to {}", point(to)),
        Task::Embark { at } => format!(
            "embark {} and cross",
            place::placed(scenario.map(), "at", *at)
        ),
        Task::Bombard { target } => format!("shell {}", point(target)),
        Task::Support { target } => {
            let at = place::placed(scenario.map(), "at", *target);
            format!("support the fight {at}")
        }
        Task::Counterattack { target } => format!(
            "strike back at once at enemies who come {}",
            place::placed(scenario.map(), "to", *target)
        ),
        Task::Siege { deed, side } => siege::errand(scenario, *deed, *side),
        Task::ClearMines { target } => format!(
            "clear the mines {}",
            place::placed(scenario.map(), "at", *target)
        ),
    }
}

pub(in crate::report) fn flight(scenario: &Scenario, mission: &AirMission) -> String {
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
