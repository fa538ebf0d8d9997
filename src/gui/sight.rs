//! Which ground is observed: from the selected unit, hex or formation, or by one's whole side. What
//! counts as seen is decided by the rule that directs the guns. Made anew only when the question
//! changes.

use super::{
    session::{Seat, Session},
    tabletop::Tabletop,
};
use crate::scenario::{FormationId, Hex, Hours, Side, UnitId};

/// Whose eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// Those of a unit where it stands.
    Unit(UnitId, Hex),
    /// Those of anybody who stood in a hex.
    Hex(Hex),
    /// Those of a formation's units.
    Formation(FormationId),
    /// Those of everybody whom the seat commands or sees.
    All,
}

/// What is seen, hex by hex.
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    /// From where.
    pub eyes: Eyes,
    hour: Hours,
    /// For each side asked for: is a hex seen?
    pub fields: Vec<(Side, Vec<bool>)>,
}

/// From where the ground is looked at.
pub fn eyes(session: &Session, table: &Tabletop) -> Eyes {
    let stands = |unit| Some(Eyes::Unit(unit, session.picture.counter(unit)?.hex));
    let chosen = table.unit.and_then(stands);
    let hex = || table.hex.map(Eyes::Hex);
    chosen
        .or_else(|| table.formation.map(Eyes::Formation))
        .or_else(hex)
        .unwrap_or(Eyes::All)
}

/// What is to be shown now; `before` if the question is still the same, or cannot be answered while
/// the battle is away.
pub fn sight(session: &Session, table: &Tabletop, before: Option<Sight>) -> Option<Sight> {
    let eyes = eyes(session, table);
    let hour = session.picture.hour;
    let same = |s: &Sight| s.eyes == eyes && s.hour == hour;
    if before.as_ref().is_some_and(same) {
        return before;
    }
    let Some(battle) = session.battle() else {
        return before;
    };
    let grid = &session.scenario().map().grid;
    let fields = from(session, eyes)
        .into_iter()
        .map(|(side, mut stand)| {
            stand.retain(|hex| hex.index() < grid.len());
            stand.sort_unstable();
            stand.dedup();
            let view = battle.view(side);
            let seen = |hex: Hex| stand.contains(&hex) || view.overlooked_from(&stand, hex);
            (side, grid.hexes().map(seen).collect())
        })
        .collect();
    Some(Sight { eyes, hour, fields })
}

/// Where the watchers stand, by side.
fn from(session: &Session, eyes: Eyes) -> Vec<(Side, Vec<Hex>)> {
    let scenario = session.scenario();
    let counters = || session.picture.counters.iter().filter(|c| c.men > 0);
    let one = match session.seat() {
        Seat::Side(side) => side,
        Seat::Both | Seat::Watch => Side::China,
    };
    match eyes {
        Eyes::Unit(unit, hex) => vec![(scenario.unit(unit).side, vec![hex])],
        Eyes::Hex(hex) => vec![(one, vec![hex])],
        Eyes::Formation(formation) => {
            let under = |unit: UnitId| scenario.is_under(scenario.unit(unit).formation, formation);
            let stand = counters().filter(|c| under(c.id)).map(|c| c.hex).collect();
            vec![(scenario.formation(formation).side, stand)]
        }
        Eyes::All => Side::ALL
            .into_iter()
            .filter(|side| session.seat().sees(*side))
            .map(|side| {
                let own = counters().filter(|c| c.side == side);
                (side, own.map(|c| c.hex).collect())
            })
            .collect(),
    }
}
