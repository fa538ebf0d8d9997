//! Milestones: when which place was first reached, contested and taken, and by whom. What tables,
//! JSON output and comparison with history say on places comes from this one list.

use crate::{
    battle::{Event, Logged, PlaceState},
    scenario::{Hex, Hours, Scenario, Side, TurnNo},
};
use std::collections::{BTreeMap, BTreeSet};

/// A place is meant by a contact this near to it, km.
pub const NEAR_KM: f64 = 2.0;

/// What happened to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MilestoneKind {
    /// A side first met the enemy there; for a line: somebody first stood before it.
    Contact,
    /// A side entered or attacked it.
    Contested,
    /// A side controls all of it.
    Captured,
}

impl MilestoneKind {
    /// Stable key, as in the JSON output.
    pub fn key(self) -> &'static str {
        match self {
            MilestoneKind::Contact => "contact",
            MilestoneKind::Contested => "contested",
            MilestoneKind::Captured => "captured",
        }
    }
}

/// A place or a line of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// Index of a place.
    Place(u16),
    /// Feature index of a line.
    Line(u16),
}

impl Where {
    /// Its stable id.
    pub fn id(self, scenario: &Scenario) -> &str {
        let map = scenario.map();
        match self {
            Where::Place(i) => map.places.get(usize::from(i)).map_or("", |p| &p.id),
            Where::Line(i) => map.features.get(usize::from(i)).map_or("", |f| &f.id),
        }
    }

    /// Its name.
    pub fn name(self, scenario: &Scenario) -> &str {
        match self {
            Where::Place(i) => super::sentence::place_name(scenario, i),
            Where::Line(i) => super::sentence::line_name(scenario, i),
        }
    }
}

/// Something that happened to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Milestone {
    /// When.
    pub hour: Hours,
    /// What.
    pub kind: MilestoneKind,
    /// To which place or line.
    pub place: Where,
    /// By whom.
    pub by: Side,
}

impl Milestone {
    /// The turn of its hour.
    pub fn turn(&self) -> TurnNo {
        self.hour.turn()
    }
}

/// All milestones in order of time.
pub fn milestones(scenario: &Scenario, events: &[Logged]) -> Vec<Milestone> {
    let mut found = Watch::new(scenario).read(scenario, events);
    found.sort_unstable();
    found
}

/// Finds milestones while a battle goes on.
///
/// The core takes stock of places at the end of a turn; the hour of a capture is that in which the
/// last hex of the place was taken.
#[derive(Clone, Debug)]
pub struct Watch {
    near: BTreeMap<Hex, u16>,
    met: BTreeSet<(Side, u16)>,
    lines: BTreeSet<u16>,
    taken: BTreeMap<(Hex, Side), Hours>,
}

impl Watch {
    /// Before the first event.
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            near: nearest(scenario),
            met: BTreeSet::new(),
            lines: BTreeSet::new(),
            taken: BTreeMap::new(),
        }
    }

    /// The milestones in further events.
    pub fn read(&mut self, scenario: &Scenario, events: &[Logged]) -> Vec<Milestone> {
        events
            .iter()
            .filter_map(|logged| self.note(scenario, logged))
            .collect()
    }

    fn note(&mut self, scenario: &Scenario, logged: &Logged) -> Option<Milestone> {
        let hour = logged.hour;
        let milestone = |hour, kind, place, by| Milestone {
            hour,
            kind,
            place,
            by,
        };
        match &logged.event {
            Event::Contact { unit, enemy_at, .. } => {
                let by = scenario.unit(*unit).side;
                let place = *self.near.get(enemy_at)?;
                self.met
                    .insert((by, place))
                    .then(|| milestone(hour, MilestoneKind::Contact, Where::Place(place), by))
            }
            // Whoever falls back from it and comes again does not reach it for the first time.
            Event::LineReached { line, by } => self
                .lines
                .insert(*line)
                .then(|| milestone(hour, MilestoneKind::Contact, Where::Line(*line), *by)),
            Event::HexTaken { hex, by, .. } => {
                self.taken.insert((*hex, *by), hour);
                None
            }
            Event::Place { place, by, state } => {
                let (kind, hour) = match state {
                    PlaceState::Contested => (MilestoneKind::Contested, hour),
                    PlaceState::Captured => {
                        let hexes = scenario.map().places.get(usize::from(*place));
                        let last = hexes
                            .iter()
                            .flat_map(|p| &p.hexes)
                            .filter_map(|h| self.taken.get(&(*h, *by)).copied())
                            .max();
                        (MilestoneKind::Captured, last.unwrap_or(hour))
                    }
                };
                Some(milestone(hour, kind, Where::Place(*place), *by))
            }
            _ => None,
        }
    }
}

/// The hour from which the city counted as lost, if it was.
pub fn city_lost(events: &[Logged]) -> Option<(Hours, Side)> {
    events.iter().find_map(|l| match l.event {
        // Found at the end of a turn's last hour.
        Event::CityLost { by } => Some((Hours(l.hour.0 + 1), by)),
        _ => None,
    })
}

/// The place nearest to each hex, within [`NEAR_KM`]: the more important of two equally near.
fn nearest(scenario: &Scenario) -> BTreeMap<Hex, u16> {
    let map = scenario.map();
    let reach = (NEAR_KM / map.grid.hex_km()) as u32;
    let mut best: BTreeMap<Hex, (u32, u8, u16)> = BTreeMap::new();
    for (index, place) in (0_u16..).zip(&map.places) {
        for own in &place.hexes {
            for hex in map.grid.within(*own, reach) {
                let offer = (map.grid.distance(*own, hex), place.rank, index);
                let held = best.entry(hex).or_insert(offer);
                *held = (*held).min(offer);
            }
        }
    }
    best.into_iter().map(|(h, (_, _, i))| (h, i)).collect()
}
