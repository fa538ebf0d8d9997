//! What embarking would bring one of one's own units: with those of one's own who wait at the pier
//! already, and a crowd that presses in on them. The boats, the water and the loading are those of the
//! hour itself ([`crate::battle::ferry`]).

use super::{OwnUnit, SideView};
use crate::{
    battle::{
        crowd::{self, Crowd},
        ferry::{self, Ferries, Loading, Water},
        order::Task,
    },
    scenario::{FormationId, UnitId},
};

/// What embarking would bring a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Embarkation {
    /// Its men who want to cross.
    pub men: u32,
    /// Men of one's own who wait there with the same order.
    pub before: u32,
    /// A crowd of one's own side there.
    pub crowd: u32,
    /// Does it take the boats, so that these are loaded in panic?
    pub panic: bool,
    /// Men whom the boats carry in an hour if all goes well: those that are kept for it, and those
    /// open to all.
    pub seats: [f64; 2],
    /// What bears on the crossing.
    pub water: Water,
    /// The hour's crossing of all who wait.
    pub loading: Loading,
}

impl Embarkation {
    /// Of the men who get into boats, the share that comes across.
    pub fn safe(&self) -> f64 {
        (1.0 - self.loading.sinking) * (1.0 - self.loading.intercepted)
    }
}

impl SideView<'_> {
    /// Men whom the boats open to a formation at a crossing carry in an hour if all goes well: in
    /// boats that it, or a formation above it, keeps; and in those of none, with leave to withdraw.
    fn seats(&self, crossing: u16, formation: FormationId) -> [f64; 2] {
        let scenario = self.scenario();
        let ferries = self.world().resource::<Ferries>();
        let kept = ferries
            .at(crossing)
            .filter_map(|b| b.owner)
            .find(|owner| scenario.is_under(formation, *owner))
            .map_or(0.0, |owner| ferries.seats(scenario, crossing, Some(owner)));
        let open = if self.may_withdraw(formation) {
            ferries.seats(scenario, crossing, None)
        } else {
            0.0
        };
        [kept, open]
    }

    /// What embarking at a crossing would bring one of one's own units, as far as one knows the enemy.
    pub fn embarkation(&self, unit: UnitId, crossing: u16) -> Option<Embarkation> {
        let scenario = self.scenario();
        let (_, place) = self.crossings().find(|(number, _)| *number == crossing)?;
        let own = self.own(unit)?;
        let formation = scenario.unit(unit).formation;
        let seats = self.seats(crossing, formation);
        let task = Task::Embark { at: place.hex };
        let there = |u: &&OwnUnit| u.id != unit && u.hex == Some(place.hex);
        let before = self
            .own_units()
            .iter()
            .filter(there)
            .filter(|u| u.task == task)
            .filter(|u| self.may_embark(scenario.unit(u.id).formation, crossing))
            .map(|u| u.strength.present())
            .sum();
        let others = self.own_units().iter().filter(there);
        let formed: u32 = others.map(|u| u.strength.formed()).sum();
        let crowd = crowd::all(self.world())
            .filter(|c| c.at == place.hex && c.side == self.side)
            .map(Crowd::size)
            .sum();
        // Boats that are kept carry their own men alone, and these in order.
        let pressing = if seats[0] > 0.0 { 0 } else { crowd };
        let panic = ferry::in_panic(scenario, pressing, formed + own.strength.formed());
        let men = own.strength.present();
        let waiting = f64::from(men + before + pressing);
        let water = self.water(crossing)?;
        let all = seats.iter().sum();
        Some(Embarkation {
            men,
            before,
            crowd,
            panic,
            seats,
            water,
            loading: ferry::load(scenario, place.hex, &water, all, waiting, panic),
        })
    }
}
