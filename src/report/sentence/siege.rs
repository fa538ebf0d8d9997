//! Sentences of the siege: walls, gates, parties, lodgements, mines.

use super::counted;
use crate::{
    battle::{Deed, Event, LodgementEnd},
    scenario::{Hex, Scenario, SideId, UnitId},
};

/// The sentence for an event of the siege; empty for any other.
pub(super) fn sentence(scenario: &Scenario, event: &Event) -> String {
    let unit = |id: UnitId| scenario.unit(id).name.as_str();
    let at = |hex: Hex| scenario.map().describe(hex);
    let gate = |gate: u16| {
        let gates = &scenario.map().gates;
        gates
            .get(usize::from(gate))
            .map_or("a gate", |g| g.name.as_str())
    };
    match event {
        Event::GateBarricaded { gate: g, .. } => {
            format!("{} is barricaded with sandbags and concrete.", gate(*g))
        }
        Event::GateOpened {
            gate: g, unit: id, ..
        } => {
            format!("{} clears the barricade of {}.", unit(*id), gate(*g))
        }
        Event::WallDamaged { at: hex, .. } => format!("The wall at {} is damaged.", at(*hex)),
        Event::Breached {
            at: hex, by, steps, ..
        } => {
            let what = if *steps == 1 {
                "makes a hole in the wall"
            } else {
                "brings down more of the wall"
            };
            format!("The {} side {what} at {}.", by.adjective(), at(*hex))
        }
        Event::BreachWidened {
            at: hex, unit: id, ..
        } => format!("{} widens the breach at {}.", unit(*id), at(*hex)),
        Event::BridgeBuilt {
            at: hex, unit: id, ..
        } => format!(
            "{} lays a footbridge over the moat at {}.",
            unit(*id),
            at(*hex)
        ),
        Event::SmokeLaid {
            at: hex, unit: id, ..
        } => format!("{} lays smoke before the wall at {}.", unit(*id), at(*hex)),
        Event::LostInFog {
            unit: id, at: hex, ..
        } => format!(
            "A party of {} with explosives loses its way in the fog at {}.",
            unit(*id),
            at(*hex)
        ),
        Event::PartySent {
            unit: id,
            at: hex,
            ladder,
            men,
            lost,
            held,
            ..
        } => {
            let how = if *ladder {
                "over the wall with a ladder"
            } else {
                "through the breach"
            };
            let end = if *held {
                "the others hold on"
            } else {
                "the others come back"
            };
            format!(
                "{} of {} go {how} at {}: {lost} killed and wounded, {end}.",
                counted(*men, "man"),
                unit(*id),
                at(*hex)
            )
        }
        Event::Lodged {
            unit: id,
            at: hex,
            men,
            ..
        } => format!(
            "{} of {} hold out on the wall at {}.",
            counted(*men, "man"),
            unit(*id),
            at(*hex)
        ),
        Event::LodgementReinforced {
            unit: id,
            at: hex,
            men,
            ..
        } => format!(
            "{} more of {} join those on the wall at {}.",
            counted(*men, "man"),
            unit(*id),
            at(*hex)
        ),
        Event::LodgementEnded {
            unit: id,
            at: hex,
            men,
            end,
            ..
        } => match end {
            LodgementEnd::Relieved => format!(
                "The {} of {} on the wall at {} are relieved.",
                counted(*men, "man"),
                unit(*id),
                at(*hex)
            ),
            LodgementEnd::GivenUp => format!(
                "{} gives up its foothold on the wall at {}.",
                unit(*id),
                at(*hex)
            ),
            LodgementEnd::Destroyed => format!(
                "Of the men of {} on the wall at {} none is left.",
                unit(*id),
                at(*hex)
            ),
        },
        Event::StruckBack { unit: id, at: hex } => {
            format!("{} counterattacks at {}.", unit(*id), at(*hex))
        }
        Event::MinesStruck {
            unit: id,
            at: hex,
            men,
            fleeing,
        } => {
            let flight = if *fleeing { " in flight by night" } else { "" };
            format!(
                "{} runs into mines{flight} at {}: {} killed and wounded.",
                unit(*id),
                at(*hex),
                counted(*men, "man")
            )
        }
        Event::MinesCleared { unit: id, at: hex } => {
            format!("{} clears the mines at {}.", unit(*id), at(*hex))
        }
        _ => String::new(),
    }
}

/// A deed at the wall, as an order says it.
pub(super) fn errand(scenario: &Scenario, deed: Deed, side: SideId) -> String {
    let map = scenario.map();
    let wall = map.sides.get(side.index()).and_then(|s| s.wall);
    let place = wall.map_or_else(|| "an unknown place".to_owned(), |hex| map.describe(hex));
    match deed {
        Deed::Breach => format!("breach the wall at {place}"),
        Deed::Bridge => format!("bridge the moat at {place}"),
        Deed::Escalade => format!("scale the wall at {place} with a picked party"),
        Deed::Smoke => format!("lay smoke before the wall at {place}"),
        Deed::Open => format!("clear the barricade at {place}"),
    }
}
