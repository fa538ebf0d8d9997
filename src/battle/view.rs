//! What one side may know: its own units exactly, the other's as seen and estimated. Players and
//! computer commanders see this and nothing else.

use super::{
    Battle, Contact, Course, Snapshot,
    air::AirMission,
    armour,
    blaze::Blaze,
    clock::{Sky, sky},
    dice::Dice,
    engagement::{Combatant, Engagement, Site},
    ground::{Field, Roster, SupplyReach, Tenure, zone_of_control},
    intelligence::Intelligence,
    order::{FormationMission, Task},
    phases::movement,
    preview::{Preview, Prospect},
    rampart,
    route::Pathfinder,
    strength::{Bin, Strength},
    unit::{Commission, Ledger, Mission, Position, Posture, Stance},
    works,
};
use crate::scenario::{
    FormationId, Hex, Hours, Scenario, Side, UnitId,
    map::{Mover, Passage, WorksLevel},
};
use bevy_ecs::world::World;
use std::{collections::BTreeMap, sync::Arc};

mod assumed;
mod command;
mod escape;
mod fire;
mod own;
mod siege;
mod theatre;
mod truth;

pub use command::Link;
pub use escape::Press;
pub use fire::{Backing, Barrage};
pub use own::OwnUnit;

use assumed::{assumed_combatant, assumed_condition};
use own::{OwnParts, own_unit};
use truth::{storm_shares, storming};

/// An enemy unit as known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownEnemy {
    /// Which.
    pub id: UnitId,
    /// Where, how strong, when seen.
    pub contact: Contact,
}

/// What one side may know.
pub struct SideView<'a> {
    battle: &'a Battle,
    field: &'a Field,
    side: Side,
    own: Vec<OwnUnit>,
    index: Vec<u32>,
    enemies: Vec<KnownEnemy>,
    enemy_men: BTreeMap<Hex, u32>,
    own_men: BTreeMap<Hex, u32>,
}

const NOT_OURS: u32 = u32::MAX;

impl<'a> SideView<'a> {
    pub(in crate::battle) fn new(battle: &'a Battle, side: Side) -> Self {
        let scenario = &battle.scenario;
        let mut own = Vec::new();
        let mut index = vec![NOT_OURS; scenario.units().len()];
        let mut own_men: BTreeMap<Hex, u32> = BTreeMap::new();
        let mut states = battle.world.try_query::<OwnParts>();
        let roster = battle.world.resource::<Roster>();
        for (i, unit) in scenario.units().iter().enumerate() {
            if unit.side != side {
                continue;
            }
            let id = UnitId(i as u32);
            let parts = states
                .as_mut()
                .and_then(|s| s.get(&battle.world, roster.units[i]).ok());
            if let Some(state) = parts.map(|parts| own_unit(id, parts)) {
                if let Some(hex) = state.hex {
                    *own_men.entry(hex).or_default() += state.strength.present();
                }
                index[i] = own.len() as u32;
                own.push(state);
            }
        }
        let enemies: Vec<KnownEnemy> = battle
            .world
            .resource::<Intelligence>()
            .of(side)
            .iter()
            .map(|(id, contact)| KnownEnemy {
                id: *id,
                contact: *contact,
            })
            .collect();
        let mut enemy_men: BTreeMap<Hex, u32> = BTreeMap::new();
        for e in &enemies {
            *enemy_men.entry(e.contact.hex).or_default() += e.contact.men;
        }
        Self {
            battle,
            field: battle.world.resource(),
            side,
            own,
            index,
            enemies,
            enemy_men,
            own_men,
        }
    }

    fn world(&self) -> &'a World {
        &self.battle.world
    }

    fn field(&self) -> &'a Field {
        self.field
    }

    /// Whose view.
    pub fn side(&self) -> Side {
        self.side
    }

    /// The scenario: map, order of battle and rules are known to both.
    pub fn scenario(&self) -> &'a Arc<Scenario> {
        &self.battle.scenario
    }

    /// Cost of every step on the map.
    pub fn passage(&self) -> &'a Passage {
        self.battle.scenario.passage()
    }

    /// First hour of the turn to come.
    pub fn hour(&self) -> Hours {
        self.battle.hour()
    }

    /// Seed of the battle, for dice of one's own ([`Dice::aside`]).
    pub fn dice(&self) -> Dice {
        *self.world().resource::<Dice>()
    }

    /// Has the battle ended?
    pub fn is_over(&self) -> bool {
        self.battle.end().is_some()
    }

    /// Light and weather to expect in an hour; fog is not known beforehand.
    pub fn sky(&self, hour: Hours) -> Sky {
        sky(self.scenario(), hour, false)
    }

    /// Own units in order of number, on the map or not.
    pub fn own_units(&self) -> &[OwnUnit] {
        &self.own
    }

    /// An own unit; `None` if it is not one's own.
    pub fn own(&self, unit: UnitId) -> Option<&OwnUnit> {
        let i = *self.index.get(unit.0 as usize)?;
        self.own.get(i as usize)
    }

    /// Enemy units as known, in order of number.
    pub fn enemies(&self) -> &[KnownEnemy] {
        &self.enemies
    }

    /// Estimated formed enemies in a hex.
    pub fn enemy_men(&self, hex: Hex) -> u32 {
        self.enemy_men.get(&hex).copied().unwrap_or(0)
    }

    /// Hexes with known enemies and their estimated men, in order.
    pub fn enemy_hexes(&self) -> impl Iterator<Item = (Hex, u32)> + '_ {
        self.enemy_men.iter().map(|(h, m)| (*h, *m))
    }

    /// Own men in a hex, formed and disordered.
    pub fn own_men(&self, hex: Hex) -> u32 {
        self.own_men.get(&hex).copied().unwrap_or(0)
    }

    /// Hexes with own men, in order.
    pub fn own_hexes(&self) -> impl Iterator<Item = Hex> + '_ {
        let men = self.own_men.iter();
        men.filter(|(_, men)| **men > 0).map(|(hex, _)| *hex)
    }

    /// Most men who may be in a hex.
    pub fn stack_limit(&self) -> u32 {
        super::ground::stack_limit(self.scenario())
    }

    /// Who controls a hex, as the map table shows it.
    pub fn control(&self, hex: Hex) -> Option<Side> {
        self.field().control[hex.index()]
    }

    /// Who holds a place.
    pub fn tenure(&self, place: usize) -> Option<Tenure> {
        self.battle.tenure(place)
    }

    /// Cost in km from the nearest of one's own sources of supply; infinite where cut off.
    pub fn supply_cost(&self, hex: Hex) -> f32 {
        self.world().resource::<SupplyReach>().cost_km[self.side.index()][hex.index()]
    }

    /// The mission given to one of one's own formations itself.
    pub fn mission(&self, formation: FormationId) -> Option<FormationMission> {
        if self.scenario().formation(formation).side != self.side {
            return None;
        }
        let entity = *self
            .world()
            .resource::<super::ground::Roster>()
            .formations
            .get(formation.0 as usize)?;
        self.world().get::<Commission>(entity)?.mission
    }

    /// How a unit moves.
    pub fn mover(&self, unit: UnitId) -> Mover {
        Mover::of(self.scenario().unit(unit).branch)
    }

    /// Can one's own men step across this hexside, as far as walls and gates go?
    pub fn gate_open(&self, mover: Mover, from: Hex, to: Hex) -> bool {
        let scenario = self.scenario();
        let direction = scenario.map().grid.direction(from, to);
        direction
            .is_some_and(|d| rampart::is_open(scenario, self.field(), from, d, self.side, mover))
    }

    /// The way a unit would take, goal first, round enemies as known; `None` if there is none.
    pub fn route(&self, finder: &mut Pathfinder, unit: UnitId, to: Hex) -> Option<Vec<Hex>> {
        let at = self.own(unit)?.hex?;
        if at == to {
            return Some(Vec::new());
        }
        let scenario = self.scenario();
        let (field, mover) = (self.field(), self.mover(unit));
        let enemies = |hex: Hex| f64::from(self.enemy_men(hex));
        let zone = |hex: Hex| zone_of_control(scenario, field, hex, enemies);
        finder.route(
            &scenario.map().grid,
            scenario.passage(),
            mover,
            at,
            to,
            |a, b, d| {
                movement::step_extra(
                    scenario, field, self.side, mover, to, &enemies, &zone, a, b, d,
                )
            },
        )
    }

    /// Hexes a unit can get to within some hours, and the hours, round enemies as known. `minutes`
    /// gives the time of a step from its cost in km.
    pub fn reach(
        &self,
        finder: &mut Pathfinder,
        unit: UnitId,
        hours: f32,
        minutes: impl Fn(Hex, crate::scenario::Direction, f32) -> f64,
    ) -> BTreeMap<Hex, f32> {
        let Some(at) = self.own(unit).and_then(|u| u.hex) else {
            return BTreeMap::new();
        };
        let scenario = self.scenario();
        let (field, mover) = (self.field(), self.mover(unit));
        let enemies = |hex: Hex| f64::from(self.enemy_men(hex));
        let zone = |hex: Hex| zone_of_control(scenario, field, hex, enemies);
        finder.reach_within(
            &scenario.map().grid,
            scenario.passage(),
            mover,
            at,
            hours,
            |from, to, d, cost| {
                let extra = movement::step_extra(
                    scenario, field, self.side, mover, at, &enemies, &zone, from, to, d,
                )?;
                Some(minutes(from, d, cost + extra) as f32 / 60.0)
            },
        )
    }

    /// The fight that these units would have over a hex next turn, the enemy as known and staying.
    /// Units not adjacent to the hex are left out. `None` if nobody is there to fight, or to be
    /// fought.
    pub fn engagement(&self, attackers: &[UnitId], target: Hex) -> Option<Engagement> {
        let scenario = self.scenario();
        let mut ids: Vec<(UnitId, Hex)> = attackers
            .iter()
            .filter_map(|id| Some((*id, self.own(*id)?.hex?)))
            .filter(|(_, at)| super::ground::can_fight_across(scenario, self.field(), target, *at))
            .collect();
        ids.sort_unstable();
        let shares = storm_shares(self.battle, target, &mut ids);
        let defenders = self.known_stack(target);
        if ids.is_empty() || defenders.is_empty() {
            return None;
        }
        let from: Vec<Hex> = ids.iter().map(|(_, h)| *h).collect();
        let hour = self.hour();
        let sky = self.sky(hour);
        let entrenched = WorksLevel::Hasty;
        let mut site = Site::of(
            scenario,
            self.field(),
            hour,
            &sky,
            target,
            &from,
            entrenched,
            false,
            [self.batteries_for(target), 0.0],
        );
        works::beside(scenario, &mut site, &from, |h| self.enemy_men(h) > 0);
        site.spared = scenario.keeps_fire_from(self.side, target);
        self.world().resource::<Blaze>().settle(scenario, &mut site);
        Some(Engagement {
            site,
            attackers: storming(self.battle, target, &ids, &shares),
            defenders,
        })
    }

    fn batteries_for(&self, target: Hex) -> f64 {
        let standing = self.battle.standing(self.side);
        self.own
            .iter()
            .filter(|u| {
                let ordered = standing.iter().find_map(|(_, order)| match order {
                    super::Order::Unit { unit, task, .. } if *unit == u.id => Some(*task),
                    _ => None,
                });
                ordered.unwrap_or(u.task) == Task::Support { target } && u.condition.rounds >= 1.0
            })
            .map(|u| {
                f64::from(self.scenario().unit(u.id).guns)
                    / self.scenario().rules().power.battery_guns
            })
            .sum()
    }

    /// Known enemies in a hex as combatants, at their estimated strength and at the condition one
    /// expects of men not yet beaten.
    fn known_stack(&self, hex: Hex) -> Vec<Combatant> {
        self.enemies
            .iter()
            .filter(|e| e.contact.hex == hex && e.contact.men > 0)
            .map(|e| assumed_combatant(self.scenario(), e))
            .map(|c| armour::fit(self.scenario(), hex, None, c))
            .collect()
    }

    /// Forecast of an assault by these units on a hex over the turn to come: `runs` runs of the
    /// resolver on dice of its own.
    pub fn preview(&self, attackers: &[UnitId], target: Hex, runs: u32) -> Option<Preview> {
        let engagement = self.engagement(attackers, target)?;
        Some(Preview::run(
            self.scenario(),
            &Prospect {
                engagement,
                obedience: None,
            },
            &self.dice(),
            runs,
        ))
    }

    /// Probability that the enemy as known gives way within four hours, at the present odds: one
    /// evaluation of the resolver's own formula, for comparing many attacks.
    pub fn odds(&self, attackers: &[UnitId], target: Hex) -> Option<f64> {
        self.engagement(attackers, target)
            .map(|e| e.yield_in_four_hours(self.scenario().rules()))
    }

    /// A state to look ahead from: one's own as it is, enemies seen where and as strong as
    /// estimated, holding; enemies not seen left out of the board. Its dice are its own.
    pub fn assume(&self, key: u32) -> Snapshot {
        let mut state = self.battle.snapshot();
        let scenario = self.scenario();
        state.dice = state.dice.aside(key.wrapping_mul(2).wrapping_add(0x4000));
        for (i, unit) in scenario.units().iter().enumerate() {
            if unit.side == self.side {
                continue;
            }
            let id = UnitId(i as u32);
            let u = &mut state.units[i];
            let known = self.enemies.iter().find(|e| e.id == id);
            // Men one knows nothing of are off the board, as far as this state goes.
            u.strength = match known {
                Some(e) => Strength::all_in(Bin::Formed, e.contact.men.max(1)),
                None => Strength::all_in(Bin::Escaped, unit.men),
            };
            u.position = Position {
                hex: known.map(|e| e.contact.hex),
                progress: 0.0,
                towards: None,
                since: state.clock.hour,
                taken: false,
            };
            u.condition = assumed_condition(scenario, id);
            u.stance = Stance {
                posture: Posture::Holding,
                entrenched: WorksLevel::Hasty,
                idle_turns: 0,
                obeys_to_the_last: None,
            };
            u.mission = Mission {
                task: Task::Hold,
                start_at: None,
                route: Vec::new(),
                since: state.clock.hour,
            };
            u.ledger = Ledger::default();
        }
        // Of the other side's command one knows nothing.
        let opening = super::command::opening(scenario, &[]);
        for (i, formation) in scenario.formations().iter().enumerate() {
            if formation.side != self.side {
                state.commissions[i] = Commission::default();
                state.headquarters[i] = opening[i].clone();
            }
        }
        // What else would betray him: what he has seen and eaten, the dust of his columns, and how
        // much has happened in all.
        state.intelligence.keep_only(self.side);
        for (control, forage) in state.field.control.iter().zip(&mut state.field.forage) {
            if *control != Some(self.side) {
                *forage = 1.0;
            }
        }
        let own_men = &self.own_men;
        state
            .field
            .traffic
            .retain(|(hex, _)| own_men.contains_key(hex));
        for (group, mission) in scenario.air().iter().zip(&mut state.air.0) {
            if group.side != self.side {
                *mission = AirMission::Rest;
            }
        }
        let mine = self.side;
        state.field.mines.retain(|m| m.of == mine || m.known);
        // What events are to come, and what the other side was asked, is not known.
        state.course = Course::default();
        state.signals.keep_only(scenario, self.side);
        state.crowds.retain(|c| c.side == mine);
        let crossings = scenario.crossings();
        for berth in &mut state.ferries.berths {
            if crossings[usize::from(berth.crossing)].side != mine {
                berth.boats = 0;
            }
        }
        state.next_event = 0;
        state.reach = None;
        state.orders = Default::default();
        state
    }
}
