//! What of a turn one's side observed. The one place that decides which events a seat is shown, for
//! the list of events and for playback alike; it never looks at the battle itself.

use crate::{
    battle::{Event, Logged},
    gui::session::{Seat, Session},
    report::sentence::told_to,
    scenario::{Hex, Scenario, Side, UnitId},
};

/// Is this event shown to whoever sits at the window?
pub fn observed(session: &Session, logged: &Logged) -> bool {
    observed_by(session.scenario(), session.seat(), &logged.event)
}

/// Is this event shown to a seat? A side observes its own units, the fights they are in, enemies it
/// sights or drives off, its own shelled men, places, the city and the turns; whoever sees both
/// sides is shown everything.
pub fn observed_by(scenario: &Scenario, seat: Seat, event: &Event) -> bool {
    let Seat::Side(own) = seat else {
        return true;
    };
    let mine = |unit: UnitId| side_of(scenario, unit) == Some(own);
    match event {
        Event::TurnBegan { .. }
        | Event::TurnEnded { .. }
        | Event::Place { .. }
        | Event::LineReached { .. }
        | Event::CityLost { .. }
        | Event::Ended { .. }
        // Aircraft, smoke and ships are seen by all.
        | Event::Raided { .. }
        | Event::Kindled { .. }
        | Event::BurntOut { .. }
        | Event::Razed { .. }
        | Event::RiverClosed { .. }
        | Event::Crossed(..)
        | Event::Swam(..)
        | Event::BoatsTaken(..)
        // What is done to the wall can be seen and heard from both its sides.
        | Event::GateBarricaded { .. }
        | Event::GateOpened { .. }
        | Event::WallDamaged { .. }
        | Event::Breached { .. }
        | Event::BreachWidened { .. }
        | Event::BridgeBuilt { .. }
        | Event::SmokeLaid { .. }
        | Event::PartySent { .. }
        | Event::Lodged { .. }
        | Event::LodgementReinforced { .. }
        | Event::LodgementEnded { .. }
        // A unit gives way or breaks off in face of the other side, which sees it go.
        | Event::Yielded { .. } => true,
        Event::Arrived { unit, .. }
        | Event::Moved { unit, .. }
        | Event::Contact { unit, .. }
        | Event::Blocked { unit, .. }
        | Event::Men { unit, .. }
        | Event::PostureChanged { unit, .. }
        | Event::BrokeOff { unit, .. }
        | Event::Rallied { unit }
        | Event::Left { unit, .. }
        | Event::Fired { unit, .. }
        | Event::Drafted { unit, .. }
        | Event::LostInFog { unit, .. }
        | Event::StruckBack { unit, .. }
        | Event::MinesStruck { unit, .. }
        | Event::MinesCleared { unit, .. }
        | Event::SupplyLine { unit, .. } => mine(*unit),
        Event::Happened { .. }
        | Event::Acted { .. }
        | Event::Asked { .. }
        | Event::Decided { .. } => told_to(scenario, event, own),
        Event::OrderTaken { side, .. } | Event::OrderLapsed { side, .. } => *side == own,
        Event::MissionGiven { formation, .. } => scenario
            .formations()
            .get(formation.0 as usize)
            .is_some_and(|f| f.side == own),
        Event::Command(event) => event.side(scenario) == own,
        Event::CrowdFormed(c)
        | Event::CrowdMoved(c)
        | Event::CrowdMerged(c)
        | Event::CrowdCounted(c) => c.side == own,
        Event::Sighted { by, .. } => *by == own,
        Event::Shelled { side, .. } => *side == own,
        Event::Fought {
            attackers,
            defenders,
            ..
        } => attackers.iter().chain(defenders).any(|u| mine(*u)),
        // The loss of empty ground is not noticed; that of ground fought for is.
        Event::HexTaken { by, by_assault, .. } => *by == own || *by_assault,
    }
}

/// Whose a unit is; `None` if there is no such unit.
pub fn side_of(scenario: &Scenario, unit: UnitId) -> Option<Side> {
    scenario.units().get(unit.0 as usize).map(|u| u.side)
}

/// Where an event happened, if it happened somewhere.
pub fn whereabouts(scenario: &Scenario, event: &Event) -> Option<Hex> {
    match event {
        Event::Arrived { at, .. }
        | Event::Sighted { at, .. }
        | Event::Shelled { at, .. }
        | Event::Contact { at, .. }
        | Event::Blocked { at, .. }
        | Event::Fought { at, .. }
        | Event::Yielded { at, .. }
        | Event::BrokeOff { at, .. }
        | Event::Kindled { at, .. }
        | Event::BurntOut { at }
        | Event::Drafted { at, .. }
        | Event::GateBarricaded { at, .. }
        | Event::GateOpened { at, .. }
        | Event::WallDamaged { at, .. }
        | Event::Breached { at, .. }
        | Event::BreachWidened { at, .. }
        | Event::BridgeBuilt { at, .. }
        | Event::SmokeLaid { at, .. }
        | Event::LostInFog { at, .. }
        | Event::PartySent { at, .. }
        | Event::Lodged { at, .. }
        | Event::LodgementReinforced { at, .. }
        | Event::LodgementEnded { at, .. }
        | Event::StruckBack { at, .. }
        | Event::MinesStruck { at, .. }
        | Event::MinesCleared { at, .. }
        | Event::Left { at, .. } => Some(*at),
        Event::CrowdFormed(c)
        | Event::CrowdMoved(c)
        | Event::CrowdMerged(c)
        | Event::CrowdCounted(c) => Some(c.at),
        Event::Crossed(c) => Some(c.at),
        Event::Swam(s) => Some(s.at),
        Event::BoatsTaken(b) => Some(b.at),
        Event::Moved { to, .. } => Some(*to),
        Event::Fired { target, .. } | Event::Raided { target, .. } => Some(*target),
        Event::Razed { hexes, .. } => hexes.first().copied(),
        Event::HexTaken { hex, .. } => Some(*hex),
        Event::Place { place, .. } => scenario
            .map()
            .places
            .get(usize::from(*place))
            .map(|p| p.centre),
        Event::LineReached { line, .. }
        | Event::RiverClosed {
            anchorage: line, ..
        } => scenario
            .map()
            .features
            .get(usize::from(*line))
            .and_then(|f| f.hexes.first().copied()),
        Event::MissionGiven { mission, .. } => Some(mission.objective),
        Event::Command(event) => event.whereabouts(),
        Event::CityLost { .. } => scenario
            .city()
            .and_then(|city| scenario.map().places.get(city.centre))
            .map(|p| p.centre),
        Event::Happened { .. }
        | Event::Acted { .. }
        | Event::Asked { .. }
        | Event::Decided { .. }
        | Event::TurnBegan { .. }
        | Event::OrderTaken { .. }
        | Event::OrderLapsed { .. }
        | Event::Men { .. }
        | Event::PostureChanged { .. }
        | Event::Rallied { .. }
        | Event::SupplyLine { .. }
        | Event::Ended { .. }
        | Event::TurnEnded { .. } => None,
    }
}
