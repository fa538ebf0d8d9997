//! What may be known beside the units: the air groups of the sides that a seat sees, and where ships
//! bar the river.

use crate::{
    battle::{AirMission, Battle, air::Outlook},
    gui::session::Seat,
    scenario::{AirGroupId, Hex, Side},
};
use std::collections::BTreeSet;

/// An air group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wing {
    /// Which.
    pub id: AirGroupId,
    /// Whose.
    pub side: Side,
    /// The mission in force.
    pub mission: AirMission,
    /// Whether it flies in the turn to come.
    pub outlook: Outlook,
}

/// The river.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct River {
    /// Water that ships bar to those who would cross, and whose they are.
    pub barred: BTreeSet<(Hex, Side)>,
    /// Anchorages (feature indices) that are closed, and by whose ships.
    pub closed: BTreeSet<(u16, Side)>,
}

/// Air groups of the sides that a seat sees, in order of number.
pub(super) fn wings(battle: &Battle, seat: Seat) -> Vec<Wing> {
    let groups = battle.scenario().air();
    let mut wings: Vec<Wing> = Side::ALL
        .into_iter()
        .filter(|side| seat.sees(*side))
        .flat_map(|side| {
            let view = battle.view(side);
            let given: Vec<_> = view.air_groups().map(|(id, _, m)| (id, m)).collect();
            let ids = (0..groups.len()).map(|i| AirGroupId(i as u16));
            ids.filter_map(|id| {
                let mission = given.iter().find(|(g, _)| *g == id);
                Some(Wing {
                    id,
                    side,
                    mission: mission.map_or(AirMission::Rest, |(_, m)| *m),
                    outlook: view.flying(id)?,
                })
            })
            .collect::<Vec<_>>()
        })
        .collect();
    wings.sort_by_key(|w| w.id);
    wings
}

/// The river as a seat knows it.
pub(super) fn river(battle: &Battle, seat: Seat) -> River {
    let mut river = River::default();
    for side in Side::ALL.into_iter().filter(|side| seat.sees(*side)) {
        let view = battle.view(side);
        // Each side's own ships from its own view; the other's as reported, unless it is seen too.
        let told = |of: Side| of == side || !seat.sees(of);
        let barred = view.barred_water();
        river
            .barred
            .extend(barred.into_iter().filter(|(_, of)| told(*of)));
        river.closed.extend(view.closed_river().iter().copied());
    }
    river
}
