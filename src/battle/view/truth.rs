//! The forecast with perfect information.

use super::true_combatant;
use crate::{
    battle::{
        Battle, armour,
        blaze::Blaze,
        clock::Clock,
        dice::Dice,
        engagement::Engagement,
        ground::Occupancy,
        phases::assault,
        preview::{Preview, Prospect},
        unit::{Position, Stance},
        works,
    },
    scenario::{Hex, UnitId, map::WorksLevel},
};

impl Battle {
    /// Forecast with perfect information: for both-sides views, and to test that preview and
    /// resolution agree. `None` if nobody is there to fight, or to be fought.
    pub fn preview_true(&self, attackers: &[UnitId], target: Hex, runs: u32) -> Option<Preview> {
        let mut ids: Vec<(UnitId, Hex)> = attackers
            .iter()
            .filter_map(|id| Some((*id, self.position(*id)?)))
            .filter(|(_, at)| crate::battle::ground::can_fight_across(&self.scenario, target, *at))
            .collect();
        ids.sort_unstable();
        let occupancy = self.world.resource::<Occupancy>();
        let there: Vec<UnitId> = occupancy.units(target).collect();
        if ids.is_empty() || there.is_empty() {
            return None;
        }
        let from: Vec<Hex> = ids.iter().map(|(_, h)| *h).collect();
        let entrenched = there
            .iter()
            .filter_map(|id| {
                Some((
                    self.strength(*id).formed(),
                    self.component::<Stance>(*id)?.entrenched,
                ))
            })
            .max()
            .map_or(WorksLevel::None, |(_, level)| level);
        let taken = there.iter().any(|id| {
            self.component::<Position>(*id)
                .is_some_and(|p| assault::settling(p, self.hour()))
        });
        let clock = *self.world.resource::<Clock>();
        let mut site = assault::site(
            &self.scenario,
            clock.hour,
            &clock.sky(&self.scenario),
            target,
            &from,
            entrenched,
            taken,
            [0.0; 2],
        );
        let side = self.scenario.unit(there[0]).side;
        works::beside(&self.scenario, &mut site, &from, |h| {
            occupancy.formed_of(h, side) > 0
        });
        site.spared = self.scenario.keeps_fire_from(side.enemy(), target);
        self.world
            .resource::<Blaze>()
            .settle(&self.scenario, &mut site);
        let hold = self.scenario.doctrine(side).hold_to_death;
        let permitted = self.scenario.doctrine(side).withdrawal_permitted;
        let engagement = Engagement {
            site,
            attackers: ids
                .iter()
                .filter_map(|(id, from)| {
                    let c = true_combatant(self, *id)?;
                    Some(armour::fit(&self.scenario, target, Some(*from), c))
                })
                .collect(),
            defenders: there
                .iter()
                .filter_map(|id| true_combatant(self, *id))
                .map(|c| armour::fit(&self.scenario, target, None, c))
                .collect(),
        };
        Some(Preview::run(
            &self.scenario,
            &Prospect {
                engagement,
                obedience: (!permitted).then_some(hold),
            },
            self.world.resource::<Dice>(),
            runs,
        ))
    }
}
