//! A unit with what its formation is to do: what layer 2 decides about.

use super::reason::{Motive, Wear};
use crate::{
    battle::{FormationMission, Posture, SideView, Task, view::OwnUnit},
    scenario::{Branch, FormationId, Hex, Unit, map::Mover},
};

/// Cohesion below which a unit is taken out of the fight, and above which it goes back.
const COHESION: (f64, f64) = (0.45, 0.62);
/// Fatigue above which it is, and below which it goes back.
const FATIGUE: (f64, f64) = (0.65, 0.45);
/// Ammunition.
const AMMUNITION: (f64, f64) = (0.15, 0.35);

/// Hours blocked after which a unit looks for another way.
const BLOCKED_HOURS: u32 = 4;

/// One of the side's own units on the map.
#[derive(Clone, Copy)]
pub(super) struct Charge<'v> {
    /// Its state.
    pub(super) own: &'v OwnUnit,
    /// What it is.
    pub(super) unit: &'v Unit,
    /// Where it stands.
    pub(super) at: Hex,
    /// How it moves.
    pub(super) mover: Mover,
    /// The formation that carries the mission.
    pub(super) formation: FormationId,
    /// What that is to do.
    pub(super) mission: FormationMission,
}

impl<'v> Charge<'v> {
    /// All units that can take orders, in order of number.
    pub(super) fn all(
        view: &'v SideView<'_>,
        missions: &[(FormationId, FormationMission)],
    ) -> Vec<Self> {
        view.own_units()
            .iter()
            .filter_map(|own| {
                let at = own.hex?;
                let unit = view.scenario().unit(own.id);
                let i = missions
                    .binary_search_by_key(&unit.formation, |m| m.0)
                    .ok()?;
                let ready = own.posture != Posture::Routed && own.strength.present() > 0;
                ready.then_some(Self {
                    own,
                    unit,
                    at,
                    mover: Mover::of(unit.branch),
                    formation: unit.formation,
                    mission: missions[i].1,
                })
            })
            .collect()
    }

    /// Men present.
    pub(super) fn men(&self) -> u32 {
        self.own.strength.present()
    }

    /// Infantry and others who carry a fight, alone if need be.
    pub(super) fn fights(&self) -> bool {
        self.unit.branch.can_assault()
    }

    /// Arms that go with others' assaults, never alone.
    pub(super) fn assists(&self) -> bool {
        matches!(self.unit.branch, Branch::Engineer | Branch::Armour)
    }

    /// Power: men, weighted by kind, training and condition.
    pub(super) fn power(&self, view: &SideView<'_>) -> f64 {
        let k = &self.own.condition;
        f64::from(self.own.strength.formed())
            * view.scenario().figures(self.own.id).weight
            * self.unit.quality_factor()
            * (0.3 + 0.7 * k.cohesion)
            * (0.3 + 0.7 * k.ammunition)
    }

    /// Can it be asked to attack? A unit that has been taken out to rest must have recovered.
    pub(super) fn is_fit(&self) -> bool {
        self.worn().is_none()
    }

    /// What keeps it from the fight: the same limits.
    pub(super) fn worn(&self) -> Option<Motive> {
        let k = &self.own.condition;
        let resting = self.own.task == Task::Rest;
        let limit = |pair: (f64, f64)| if resting { pair.1 } else { pair.0 };
        let motive = |by, level, limit| Some(Motive::Worn { by, level, limit });
        if self.own.strength.formed() == 0 {
            motive(Wear::Empty, 0.0, 0.0)
        } else if k.cohesion < limit(COHESION) {
            motive(Wear::Cohesion, k.cohesion, COHESION.1)
        } else if k.fatigue > limit(FATIGUE) {
            motive(Wear::Fatigue, k.fatigue, FATIGUE.1)
        } else if k.ammunition < limit(AMMUNITION) {
            motive(Wear::Ammunition, k.ammunition, AMMUNITION.1)
        } else {
            None
        }
    }

    /// Share of its first strength still in the ranks.
    pub(super) fn left(&self) -> f64 {
        f64::from(self.own.strength.formed()) / f64::from(self.unit.men.max(1))
    }

    /// Has it been blocked so long that it should try something else?
    pub(super) fn is_stuck(&self) -> bool {
        self.own.blocked_hours >= BLOCKED_HOURS
    }

    /// Is its present task to attack this hex?
    pub(super) fn attacks(&self, hex: Hex) -> bool {
        self.own.task == Task::Assault { target: hex }
    }
}
