//! What of a siege is shown at its place while a turn is played back: for each kind of event a short
//! word and a point. Knows events and map only.

use super::side_of;
use crate::{
    battle::{CommandEvent, Event, event::LodgementEnd, rampart::wall_hexes},
    scenario::{Hex, Scenario, Side, SideId},
};

/// Fewer men than these in a crowd or on the water have no sign.
const MANY: u32 = 50;

/// What a sign looks like besides its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A ring.
    Ring,
    /// An aeroplane.
    Plane,
    /// Flames.
    Flames,
    /// A gap in the wall.
    Gap,
    /// Dots that part: men who leave.
    Scatter,
    /// A boat.
    Boat,
    /// A flag: a headquarters.
    Flag,
}

/// A sign at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sign {
    /// Km.
    pub at: [f64; 2],
    /// What it is, in a word or two.
    pub word: &'static str,
    /// Whose doing, if it is somebody's.
    pub side: Option<Side>,
    /// Its shape.
    pub shape: Shape,
}

/// The signs of an event; none for those that are shown otherwise, or not at all.
pub fn signs(scenario: &Scenario, event: &Event) -> Vec<Sign> {
    let grid = &scenario.map().grid;
    let of = |unit: &crate::scenario::UnitId| side_of(scenario, *unit);
    let hex = |hex: &Hex, word, side, shape| {
        let at = grid.centre(*hex);
        vec![Sign {
            at,
            word,
            side,
            shape,
        }]
    };
    let wall = |wall: &SideId, word, side, shape| {
        let Some((inner, outer)) = wall_hexes(scenario, *wall) else {
            return Vec::new();
        };
        let (a, b) = (grid.centre(inner), grid.centre(outer));
        let at = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
        vec![Sign {
            at,
            word,
            side,
            shape,
        }]
    };
    let ring = Shape::Ring;
    match event {
        Event::Raided {
            target, by, roads, ..
        } => {
            let word = if *roads { "roads raided" } else { "bombed" };
            hex(target, word, Some(*by), Shape::Plane)
        }
        Event::Kindled { at, .. } => hex(at, "fire", None, Shape::Flames),
        Event::Razed { by, hexes } => hexes
            .iter()
            .flat_map(|at| hex(at, "razed", Some(*by), ring))
            .collect(),
        Event::RiverClosed { anchorage, by } => scenario
            .map()
            .features
            .get(usize::from(*anchorage))
            .and_then(|f| f.hexes.first())
            .map_or_else(Vec::new, |at| hex(at, "river closed", Some(*by), ring)),
        Event::Drafted { unit, at, .. } => hex(at, "recruits", of(unit), ring),
        Event::GateBarricaded { gate, at } | Event::GateOpened { gate, at, .. } => {
            let shut = matches!(event, Event::GateBarricaded { .. });
            let word = if shut {
                "gate barricaded"
            } else {
                "gate cleared"
            };
            match scenario.map().gates.get(usize::from(*gate)) {
                Some(gate) => wall(&gate.side, word, None, ring),
                None => hex(at, word, None, ring),
            }
        }
        Event::WallDamaged { wall: w, by, .. } => wall(w, "wall damaged", Some(*by), ring),
        Event::Breached { wall: w, by, .. } => wall(w, "breach", Some(*by), Shape::Gap),
        Event::BreachWidened { wall: w, unit, .. } => {
            wall(w, "breach widened", of(unit), Shape::Gap)
        }
        Event::BridgeBuilt { wall: w, unit, .. } => wall(w, "footbridge", of(unit), ring),
        Event::SmokeLaid { wall: w, unit, .. } => wall(w, "smoke", of(unit), ring),
        Event::LostInFog { unit, at, .. } => hex(at, "lost in the fog", of(unit), ring),
        Event::PartySent {
            unit,
            wall: w,
            ladder,
            held,
            ..
        } => {
            let word = match (ladder, held) {
                (true, true) => "over the wall",
                (true, false) => "ladder party beaten",
                (false, true) => "into the breach",
                (false, false) => "storm party beaten",
            };
            wall(w, word, of(unit), ring)
        }
        Event::Lodged { unit, wall: w, .. } => wall(w, "foothold", of(unit), ring),
        Event::LodgementReinforced { unit, wall: w, .. } => {
            wall(w, "foothold reinforced", of(unit), ring)
        }
        Event::LodgementEnded {
            unit, wall: w, end, ..
        } => {
            let word = match end {
                LodgementEnd::Destroyed => "foothold lost",
                _ => "foothold ended",
            };
            wall(w, word, of(unit), ring)
        }
        Event::StruckBack { unit, at } => hex(at, "counterattack", of(unit), ring),
        Event::MinesStruck { at, unit, .. } => hex(at, "mines", of(unit), ring),
        Event::MinesCleared { at, unit } => hex(at, "mines cleared", of(unit), ring),
        // A few men are no sign of anything.
        Event::CrowdFormed(c) if c.men < MANY => Vec::new(),
        Event::Crossed(c) if c.across + c.drowned + c.turned_back < MANY => Vec::new(),
        Event::Swam(s) if s.across + s.drowned < MANY => Vec::new(),
        Event::CrowdFormed(c) => hex(&c.at, "a crowd forms", Some(c.side), Shape::Scatter),
        Event::Crossed(c) => {
            let word = match (c.boats_lost > 0 || c.drowned > 0, c.across > 0) {
                (true, _) => "boats sink",
                (false, true) => "boats cross",
                (false, false) => "boats turned back",
            };
            hex(&c.at, word, Some(c.side), Shape::Boat)
        }
        Event::Swam(s) => hex(&s.at, "men in the water", Some(s.side), Shape::Boat),
        Event::BoatsTaken(b) => hex(&b.at, "boats taken", Some(b.by), Shape::Boat),
        Event::Command(event) => {
            let side = Some(event.side(scenario));
            let told = match **event {
                CommandEvent::HeadquartersLost { .. } => ("headquarters lost", Shape::Flag),
                CommandEvent::HeadquartersLeft { .. } => ("headquarters leaves", Shape::Flag),
                CommandEvent::BarrierShot { .. } => ("barrier fires", ring),
                CommandEvent::BarrierBroken { .. } => ("barrier run down", Shape::Scatter),
                _ => return Vec::new(),
            };
            let (word, shape) = told;
            let at = event.whereabouts();
            at.map_or_else(Vec::new, |at| hex(&at, word, side, shape))
        }
        Event::CityLost { by } => scenario
            .city()
            .and_then(|city| scenario.map().places.get(city.centre))
            .map_or_else(Vec::new, |place| {
                hex(&place.centre, "the city is lost", Some(*by), ring)
            }),
        _ => Vec::new(),
    }
}
