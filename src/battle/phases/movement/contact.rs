//! Contact: who has come up against formed enemies, at the end of an hour's movement.

use crate::battle::{
    event::{Event, EventLog, Phase},
    ground::{Field, Occupancy, Stage, opponents},
    parts::{self, Units},
};
use crate::scenario::Hex;
use bevy_ecs::system::{Res, ResMut};

/// Marks units adjacent to formed enemies, and logs new contacts.
pub(super) fn note(
    stage: Res<Stage>,
    field: Res<Field>,
    occupancy: Res<Occupancy>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    for mut u in parts::all_mut(&mut units) {
        let id = u.identity.id;
        let before = u.ledger.in_contact;
        let silent = |hex: Hex| field.is_silent(&stage.0, hex);
        let enemy_at = u.position.hex.filter(|at| !silent(*at)).and_then(|at| {
            let enemy = u.identity.side.enemy();
            let acts = |n: Hex| occupancy.formed_of(n, enemy) > 0 && !silent(n);
            opponents(&stage.0, &field, at, acts)
                .next()
                .map(|n| (at, n))
        });
        u.ledger.in_contact = enemy_at.is_some();
        if let (Some((at, enemy_at)), false) = (enemy_at, before) {
            log.push(
                Phase::Movement,
                Event::Contact {
                    unit: id,
                    at,
                    enemy_at,
                },
            );
        }
    }
}
