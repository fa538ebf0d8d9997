//! Supply: lines traced from the sources, ground razed, stores eaten and brought, the land foraged,
//! works dug, fires spread
//! (model §3.10, §3.6). Foraging is what an army far from its depots does to eat: food bought or
//! taken from civilians. It is an effect of supply; no order asks for it and nothing rewards it.
//!
//! Reads: positions, control, sources. Writes: supply reach, conditions, forage stocks,
//! entrenchment. Order by unit number.

use crate::{
    battle::{
        blaze,
        clock::Clock,
        event::{Event, EventLog, Phase},
        ground::{Field, Occupancy, Stage, SupplyReach, opposite_hexes},
        order::Task,
        parts::{self, Units},
        rampart,
        route::Pathfinder,
        scorch,
        turn::TurnSystems,
        unit::Posture,
    },
    scenario::{
        Direction, Hex, Scenario, Side,
        map::{Mover, WorksLevel},
    },
};
use bevy_ecs::{
    resource::Resource,
    schedule::{IntoScheduleConfigs, Schedule},
    system::{Res, ResMut},
};

/// Adds the phase to the turn.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems(
        (trace_lines, scorch::raze, sustain, dig, blaze::burn)
            .chain()
            .in_set(TurnSystems::Supply),
    );
}

/// Furthest cost a line of supply is traced, km: beyond it the line brings under 1 %.
const FURTHEST_KM: f32 = 190.0;

/// What the last trace of each side went through, by [`Side::index`]: the next has only to mend what
/// has changed. It spares work and is no state; without it, as after a restoration, all is traced.
#[derive(Resource, Default)]
pub struct LastTrace([Option<Country>; 2]);

/// What lines of supply are traced through.
struct Country {
    sources: Vec<(Hex, f32)>,
    /// By hex.
    bars: Vec<Bar>,
    /// Hexes that are not open, some of them twice.
    barred: Vec<Hex>,
}

/// What stops a line of supply in a hex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bar {
    /// Nothing.
    Open,
    /// The enemy's zone of control: it goes no further.
    Zone,
    /// The enemy.
    Held,
}

fn trace_lines(
    stage: Res<Stage>,
    clock: Res<Clock>,
    field: Res<Field>,
    occupancy: Res<Occupancy>,
    mut reach: ResMut<SupplyReach>,
    mut last: ResMut<LastTrace>,
    mut pathfinder: ResMut<Pathfinder>,
) {
    for side in Side::ALL {
        let now = Country::of(&stage.0, &clock, &field, &occupancy, side);
        let cost_km = &mut reach.cost_km[side.index()];
        let last = &mut last.0[side.index()];
        match last {
            Some(before) => {
                now.retrace(&stage.0, &field, &mut pathfinder, side, before, cost_km);
            }
            None => *cost_km = now.trace(&stage.0, &field, &mut pathfinder, side),
        }
        *last = Some(now);
    }
}

/// Cost from each hex to the nearest source of a side, not through enemies or their zones of
/// control unless friends stand there.
pub fn trace(
    scenario: &Scenario,
    clock: &Clock,
    field: &Field,
    occupancy: &Occupancy,
    pathfinder: &mut Pathfinder,
    side: Side,
) -> Vec<f32> {
    Country::of(scenario, clock, field, occupancy, side).trace(scenario, field, pathfinder, side)
}

impl Country {
    fn of(
        scenario: &Scenario,
        clock: &Clock,
        field: &Field,
        occupancy: &Occupancy,
        side: Side,
    ) -> Self {
        let enemy = side.enemy();
        let sources = scenario
            .supply()
            .iter()
            .filter(|s| {
                s.side == side
                    && s.from <= clock.hour
                    && field.control[s.hex.index()] != Some(enemy)
                    && occupancy.side(s.hex) != Some(enemy)
                    && !(s.magazine
                        && field
                            .city_lost
                            .is_some_and(|(hour, _)| hour <= clock.hour.0))
            })
            .map(|s| (s.hex, s.cost_km as f32))
            .collect();
        // Where enemies stand nothing passes; in their zones it stops, unless friends stand there.
        let mut bars = vec![Bar::Open; scenario.map().grid.len()];
        let mut barred = Vec::new();
        for hex in occupancy.occupied() {
            if occupancy.side(hex) == Some(enemy) {
                bars[hex.index()] = Bar::Held;
                barred.push(hex);
            }
            if occupancy.formed_of(hex, enemy) > 0 {
                for n in opposite_hexes(scenario, field, hex) {
                    if occupancy.formed_of(n, side) == 0 {
                        bars[n.index()] = bars[n.index()].max(Bar::Zone);
                        barred.push(n);
                    }
                }
            }
        }
        Self {
            sources,
            bars,
            barred,
        }
    }

    fn trace(
        &self,
        scenario: &Scenario,
        field: &Field,
        pathfinder: &mut Pathfinder,
        side: Side,
    ) -> Vec<f32> {
        pathfinder.field(
            &scenario.map().grid,
            scenario.passage(),
            Mover::Foot,
            &self.sources,
            FURTHEST_KM,
            |hex| self.is_open(hex),
            |from, to, direction| self.step(scenario, field, side, from, to, direction),
        )
    }

    /// Makes of the costs through the country as it was `before` those through this one.
    fn retrace(
        &self,
        scenario: &Scenario,
        field: &Field,
        pathfinder: &mut Pathfinder,
        side: Side,
        before: &Country,
        cost_km: &mut [f32],
    ) {
        let (grid, passage) = (&scenario.map().grid, scenario.passage());
        let barred = self.barred.iter().chain(&before.barred).copied();
        let mut changed: Vec<Hex> = barred
            .filter(|h| self.bars[h.index()] != before.bars[h.index()])
            .collect();
        // Gates and breaches open and close: they are looked at every time.
        let gates = scenario.map().gates.iter().map(|gate| gate.side);
        for side in gates.chain(field.ramparts.keys().copied()) {
            changed.extend(grid.side_hexes(side).into_iter().flat_map(|(a, b)| [a, b]));
        }
        changed.extend(self.sources.iter().chain(&before.sources).map(|s| s.0));
        pathfinder.mend(
            cost_km,
            &changed,
            grid,
            passage,
            Mover::Foot,
            &self.sources,
            FURTHEST_KM,
            |hex| self.is_open(hex),
            |from, to, direction| self.step(scenario, field, side, from, to, direction),
        );
    }

    fn is_open(&self, hex: Hex) -> bool {
        self.bars[hex.index()] == Bar::Open
    }

    /// A step towards the source: what it costs more than ground and road, if it can be made.
    fn step(
        &self,
        scenario: &Scenario,
        field: &Field,
        side: Side,
        from: Hex,
        to: Hex,
        direction: Direction,
    ) -> Option<f32> {
        let free = self.bars[from.index()] != Bar::Held
            && (!scenario.passage().at_wall(to)
                || rampart::is_open(scenario, field, from, direction, side, Mover::Foot));
        free.then_some(0.0)
    }
}

/// What a line of supply of this cost brings, 0 to 1.
pub fn line(scenario: &Scenario, cost_km: f32) -> f64 {
    libm::exp(-f64::from(cost_km) / scenario.rules().supply.line_km)
}

fn sustain(
    stage: Res<Stage>,
    reach: Res<SupplyReach>,
    mut field: ResMut<Field>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let rules = &scenario.rules().supply;
    for mut u in parts::all_mut(&mut units) {
        let id = u.identity.id;
        let Some(at) = u.position.hex else {
            continue;
        };
        let cost = reach.cost_km[u.identity.side.index()][at.index()];
        let brought = line(scenario, cost);
        let cut = !cost.is_finite();
        if cut != u.condition.isolated {
            u.condition.isolated = cut;
            log.push(Phase::Supply, Event::SupplyLine { unit: id, cut });
        }
        let land = scenario
            .rules()
            .terrain(scenario.map().at(at).terrain)
            .forage;
        let stock = &mut field.forage[at.index()];
        let forage = rules.forage * land * f64::from(*stock);
        let eaten = rules.forage_use * f64::from(u.strength.present()) / 1000.0;
        if brought < 1.0 && land > 0.0 {
            // Only what the line does not bring is taken from the land.
            *stock = (f64::from(*stock) - eaten * (1.0 - brought)).max(0.0) as f32;
        }
        let target = (brought + forage).min(1.0);
        let s = u.condition.supply;
        u.condition.supply = (s + rules.adjust * (target - s)).clamp(0.0, 1.0);
        u.condition.ammunition = (u.condition.ammunition + rules.ammo_resupply * brought).min(1.0);
        let fixed = scenario.unit(id);
        if let Some(class) = fixed.gun_class {
            let class = &scenario.rules().guns[class];
            let full = class.stock * f64::from(fixed.guns);
            let brings = class.resupply_per_day * f64::from(fixed.guns) / 6.0 * brought;
            u.condition.rounds = (u.condition.rounds + brings).min(full.max(u.condition.rounds));
        }
    }
}

/// Units that stay put improve their works: two idle turns a level, six to fortify (model §3.6).
fn dig(stage: Res<Stage>, mut units: Units) {
    let rules = &stage.0.rules().hold;
    for mut u in parts::all_mut(&mut units) {
        let digs = u.position.hex.is_some()
            && matches!(
                u.mission.task,
                Task::Hold
                    | Task::Bombard { .. }
                    | Task::Support { .. }
                    | Task::Counterattack { .. }
                    | Task::Siege { .. }
            )
            && u.stance.posture == Posture::Holding
            // Men under attack do not dig: more than one in a hundred lost in the turn.
            && u.ledger.losses.iter().sum::<u32>() * 100 <= u.strength.present();
        if !digs {
            u.stance.idle_turns = 0;
            continue;
        }
        u.stance.idle_turns += 1;
        let (needed, next) = match u.stance.entrenched {
            WorksLevel::None => (rules.entrench_turns, WorksLevel::Hasty),
            WorksLevel::Hasty => (rules.entrench_turns, WorksLevel::Prepared),
            WorksLevel::Prepared => (rules.entrench_turns_fortified, WorksLevel::Fortified),
            WorksLevel::Fortified => continue,
        };
        if u.stance.idle_turns >= needed {
            u.stance.entrenched = next;
            u.stance.idle_turns = 0;
        }
    }
}
