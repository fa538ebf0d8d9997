//! Fights as they really stand: units with their true state, and the forecast with perfect
//! information that the resolution must agree with.

use crate::{
    battle::{
        Battle, armour,
        blaze::Blaze,
        clock::Clock,
        dice::Dice,
        drafts,
        engagement::{Combatant, Engagement, Site},
        ground::{Field, Occupancy},
        preview::{Preview, Prospect},
        rampart,
        unit::{Condition, Ledger, Position, Posture, Stance},
        works,
    },
    scenario::{Hex, UnitId, map::WorksLevel},
};

/// A unit as it would go into a fight: the truth.
pub(in crate::battle) fn true_combatant(battle: &Battle, id: UnitId) -> Option<Combatant> {
    let scenario = &battle.scenario;
    let fixed = scenario.unit(id);
    let stance = battle.component::<Stance>(id)?;
    let ledger = battle.component::<Ledger>(id)?;
    Some(Combatant {
        id,
        key: fixed.key,
        branch: fixed.branch,
        formed: battle.strength(id).formed(),
        quality: drafts::quality(fixed, &battle.strength(id)),
        figures: scenario.figures(id).clone(),
        condition: *battle.component::<Condition>(id)?,
        tanks: armour::manned(fixed, battle.strength(id).formed()),
        anti_tank: fixed.anti_tank,
        guns: fixed.guns,
        routed: stance.posture == Posture::Routed,
        withdrawing: stance.posture == Posture::Withdrawing,
        obeys_to_the_last: stance.obeys_to_the_last == Some(true),
        recent_losses: ledger.losses.iter().sum(),
        hazard: ledger.hazard,
        carry: ledger.carry,
        share: 1.0,
        handicap: scenario.handicap_factor(fixed.side),
    })
}

/// Shares of the men of those who can get at a hex; the others are left out.
pub(super) fn storm_shares(battle: &Battle, target: Hex, ids: &mut Vec<(UnitId, Hex)>) -> Vec<f64> {
    let arms = |id: UnitId| {
        let branch = battle.scenario.unit(id).branch;
        (branch, battle.strength(id).formed())
    };
    let field = battle.world.resource::<Field>();
    rampart::storm_shares(&battle.scenario, field, target, ids, arms)
}

/// Attackers of a hex as they go at it, each with the share of its men that finds room.
pub(super) fn storming(
    battle: &Battle,
    target: Hex,
    ids: &[(UnitId, Hex)],
    shares: &[f64],
) -> Vec<Combatant> {
    ids.iter()
        .zip(shares)
        .filter_map(|((id, from), share)| {
            let whole = Combatant {
                share: *share,
                ..true_combatant(battle, *id)?
            };
            Some(armour::fit(&battle.scenario, target, Some(*from), whole))
        })
        .collect()
}

impl Battle {
    /// Forecast with perfect information: for both-sides views, and to test that preview and
    /// resolution agree. `None` if nobody is there to fight, or to be fought.
    pub fn preview_true(&self, attackers: &[UnitId], target: Hex, runs: u32) -> Option<Preview> {
        let field = self.world.resource::<Field>();
        let mut ids: Vec<(UnitId, Hex)> = attackers
            .iter()
            .filter_map(|id| Some((*id, self.position(*id)?)))
            .filter(|(_, at)| {
                crate::battle::ground::can_fight_across(&self.scenario, field, target, *at)
            })
            .collect();
        ids.sort_unstable();
        let shares = storm_shares(self, target, &mut ids);
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
                .is_some_and(|p| works::settling(p, self.hour()))
        });
        let clock = *self.world.resource::<Clock>();
        let mut site = Site::of(
            &self.scenario,
            field,
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
        let doctrine = self
            .scenario
            .doctrine_of(self.scenario.unit(there[0]).formation);
        let hold = doctrine.hold_to_death;
        let station = self
            .scenario
            .station(self.scenario.unit(there[0]).formation);
        let permitted = self
            .view(side)
            .headquarters(station)
            .is_some_and(|hq| hq.standing.permits(self.hour()));
        let engagement = Engagement {
            site,
            attackers: storming(self, target, &ids, &shares),
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
