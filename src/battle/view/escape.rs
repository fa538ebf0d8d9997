//! What a side may know of collapse and escape: its crowds, those of the enemy close to its own men,
//! its boats and what they would carry, ground where nothing is ordered any more.

use super::SideView;
use crate::{
    battle::{
        crowd::{self, Crowd},
        ferry::{self, Berth, Ferries, Loading, Water},
        navy,
        order::Task,
        phases::morale,
        strength::Bin,
    },
    scenario::{FormationId, Hex, river::Crossing},
};

/// Who presses on the boats of a crossing that are kept by nobody, and what these would carry.
#[derive(Clone, Debug, PartialEq)]
pub struct Press {
    /// Soldiers in a crowd there.
    pub crowd: u32,
    /// Men of units that embark there by order.
    pub embarking: u32,
    /// Would they be loaded in panic?
    pub panic: bool,
    /// What an hour of the boats would bring.
    pub loading: Loading,
}

/// How near an enemy crowd must come to one's own formed men to be seen, km.
const SEEN_KM: f64 = 2.0;

impl<'a> SideView<'a> {
    /// Is a hex inside the walls, or in the Safety Zone, of a city that is lost?
    pub fn is_silent(&self, hex: Hex) -> bool {
        self.field().is_silent(self.scenario(), hex)
    }

    /// Crowds of one's own side, and those of the other that one's own men see; in order of number.
    pub fn crowds(&self) -> Vec<&'a Crowd> {
        crowd::all(self.world())
            .filter(|c| c.size() > 0 && (c.side == self.side || self.is_close(c.at)))
            .collect()
    }

    fn is_close(&self, hex: Hex) -> bool {
        let grid = &self.scenario().map().grid;
        let reach = (SEEN_KM / grid.hex_km()).round() as u32;
        self.own_units().iter().any(|u| {
            u.strength.men(Bin::Formed) > 0
                && u.hex.is_some_and(|at| grid.distance(at, hex) <= reach)
        })
    }

    /// Crossings of one's own side, with their numbers.
    pub fn crossings(&self) -> impl Iterator<Item = (u16, &'a Crossing)> + '_ {
        (0..)
            .zip(self.scenario().crossings())
            .filter(|(_, c)| c.side == self.side)
    }

    /// Boats at one's own crossings.
    pub fn berths(&self) -> impl Iterator<Item = &'a Berth> + '_ {
        self.world()
            .resource::<Ferries>()
            .berths()
            .iter()
            .filter(|b| {
                self.scenario()
                    .crossings()
                    .get(usize::from(b.crossing))
                    .is_some_and(|c| c.side == self.side)
            })
    }

    /// Has the city been lost?
    pub fn city_lost(&self) -> bool {
        self.field().city_lost.is_some()
    }

    /// Does a formation of one's own, or one above it, keep boats at a crossing?
    pub fn keeps_boats(&self, formation: FormationId, crossing: u16) -> bool {
        let ferries = self.world().resource::<Ferries>();
        ferries.keeps_boats(self.scenario(), crossing, formation)
    }

    /// May units of a formation leave by a crossing: have they permission to withdraw, or boats of
    /// their own there?
    pub fn may_embark(&self, formation: FormationId, crossing: u16) -> bool {
        let scenario = self.scenario();
        let own = scenario.formation(formation).side == self.side;
        own && (self.may_withdraw(formation) || self.keeps_boats(formation, crossing))
    }

    /// May units of a formation of one's own fall back without being told?
    pub fn may_withdraw(&self, formation: FormationId) -> bool {
        let above = |f: &FormationId| self.scenario().formation(*f).parent;
        let mission = std::iter::successors(Some(formation), above).find_map(|f| {
            let commission = self.commission(f)?;
            Some((commission.mission?, commission.since))
        });
        self.directive(formation)
            .is_some_and(|standing| morale::permits(mission, standing, self.hour()))
    }

    /// What the boats open to a formation at a crossing would carry in an hour of so many men, in
    /// order, as far as one knows the enemy: the function that the hour itself uses.
    pub fn ferry(&self, crossing: u16, formation: FormationId, men: u32) -> Option<Loading> {
        let scenario = self.scenario();
        let (_, place) = self.crossings().find(|(number, _)| *number == crossing)?;
        let ferries = self.world().resource::<Ferries>();
        let water = self.water(crossing)?;
        let owned = ferries
            .at(crossing)
            .filter_map(|b| b.owner)
            .find(|owner| scenario.is_under(formation, *owner));
        let mut seats = owned.map_or(0.0, |owner| ferries.seats(scenario, crossing, Some(owner)));
        if self.may_withdraw(formation) {
            seats += ferries.seats(scenario, crossing, None);
        }
        Some(ferry::load(
            scenario,
            place.hex,
            &water,
            seats,
            f64::from(men),
            false,
        ))
    }

    /// What bears on one of one's own crossings in the hour to come, as far as one knows the enemy.
    pub fn water(&self, crossing: u16) -> Option<Water> {
        let scenario = self.scenario();
        let (_, place) = self.crossings().find(|(number, _)| *number == crossing)?;
        let ferries = self.world().resource::<Ferries>();
        let hour = self.hour();
        let seen = ferry::seen(scenario, self.field(), ferries, hour.0, place, |hex| {
            self.enemy_men(hex) > 0
        });
        Some(Water {
            night: self.sky(hour).night,
            ships: self.known_ships(place),
            ..seen
        })
    }

    /// Who presses on the boats that nobody keeps at a crossing, and what they would carry in the
    /// hour to come. `None` if nobody waits there, or there are no such boats.
    pub fn press(&self, crossing: u16) -> Option<Press> {
        let scenario = self.scenario();
        let (_, place) = self.crossings().find(|(number, _)| *number == crossing)?;
        let water = self.water(crossing)?;
        let seats = self
            .world()
            .resource::<Ferries>()
            .seats(scenario, crossing, None);
        let there = || self.own_units().iter().filter(|u| u.hex == Some(place.hex));
        let formed = there().map(|u| u.strength.formed()).sum();
        let embarks = Task::Embark { at: place.hex };
        let embarking = there()
            .filter(|u| u.task == embarks && self.may_withdraw(scenario.unit(u.id).formation))
            .map(|u| u.strength.present())
            .sum();
        let crowd = crowd::all(self.world())
            .filter(|c| c.side == self.side && c.at == place.hex)
            .map(Crowd::size)
            .sum();
        if seats <= 0.0 || crowd + embarking == 0 {
            return None;
        }
        let panic = ferry::in_panic(scenario, crowd, formed);
        let waiting = f64::from(crowd + embarking);
        Some(Press {
            crowd,
            embarking,
            panic,
            loading: ferry::load(scenario, place.hex, &water, seats, waiting, panic),
        })
    }

    /// Enemy ships, as known, whose guns bar a crossing.
    fn known_ships(&self, crossing: &Crossing) -> u32 {
        let scenario = self.scenario();
        self.enemies()
            .iter()
            .filter(|e| scenario.unit(e.id).branch == crate::scenario::Branch::Naval)
            .filter(|e| e.contact.men > 0 && navy::bars(scenario, e.contact.hex, crossing.hex))
            .count() as u32
    }
}
