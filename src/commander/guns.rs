//! Guns: behind the front and within range; in support of an assault, or shelling what the infantry
//! faces, and batteries that have given themselves away; silent when short of shells. Ships sail to
//! their station and shell what they reach.

use super::{
    attack::Blow,
    charge::Charge,
    desk::Desk,
    flow::Flows,
    march::{go_on, rest},
    reason::Motive,
    siege::Front,
    table::{NEAR, Table},
};
use crate::{
    battle::{MissionPosture, Task, order::check},
    scenario::{Branch, FormationId, Hex},
};

/// Share of the first stock below which guns fire only in support of an assault.
const THRIFT: f64 = 0.3;
/// How much more a gunner is worth as a target than a rifleman.
const GUNS: u32 = 3;
/// Units of guns that take one target.
const A_TARGET: usize = 2;
/// Units of guns that batter one stretch of wall.
const A_WALL: usize = 4;

/// Fire missions already given, so that not all fire at one hex.
#[derive(Clone, Debug, Default)]
pub(super) struct FirePlan(Vec<Hex>);

impl FirePlan {
    fn load(&self, hex: Hex) -> usize {
        self.0.iter().filter(|h| **h == hex).count()
    }
}

/// A unit of guns.
pub(super) fn serve(
    table: &mut Table<'_, '_>,
    desk: &mut Desk,
    flows: &Flows,
    blows: &[Blow],
    walls: &[Front],
    fire: &mut FirePlan,
    c: &Charge<'_>,
) {
    let moves = !c.unit.branch.is_fixed() && c.unit.branch != Branch::Naval;
    if c.own.in_contact && moves {
        rest(table, desk, c, Motive::AtTheGuns);
        return;
    }
    if let Some(to) = station(table, c)
        && desk.give(table, c, Task::March { to, forced: true }, Motive::Station)
    {
        return;
    }
    let (mission, silent) = target(table, desk, blows, walls, fire, c);
    if let Some((task, hex, motive)) = mission
        && desk.give(table, c, task, motive)
    {
        fire.0.push(hex);
        return;
    }
    if !moves || c.is_stuck() {
        desk.give(table, c, Task::Hold, silent);
        return;
    }
    match c.mission.posture {
        MissionPosture::Attack | MissionPosture::Reserve
            if flows.cost(c.mission.objective, c.at) > 2.0
                && flows.cost(c.mission.objective, c.at).is_finite() =>
        {
            go_on(table, desk, flows, c, NEAR);
        }
        MissionPosture::Attack => {
            desk.give(table, c, Task::Hold, silent);
        }
        _ => super::hold::man(table, desk, c),
    }
}

/// Ships go to their station before they fire: the water nearest to their objective, unless they lie
/// there or cannot get on.
fn station(table: &Table<'_, '_>, c: &Charge<'_>) -> Option<Hex> {
    if c.unit.branch != Branch::Naval || c.is_stuck() {
        return None;
    }
    let grid = &table.map.grid;
    let passage = table.view.passage();
    grid.within(c.mission.objective, 3)
        .into_iter()
        .filter(|h| passage.connected(c.mover, c.at, *h))
        .min_by_key(|h| (grid.distance(*h, c.mission.objective), *h))
        .filter(|to| grid.distance(c.at, *to) > 1)
}

/// A fire mission, its hex, and why.
type Fire = (Task, Hex, Motive);

/// What these guns fire at, if anything: support of an assault first; and why they are silent if they
/// do not.
fn target(
    table: &Table<'_, '_>,
    desk: &mut Desk,
    blows: &[Blow],
    walls: &[Front],
    fire: &FirePlan,
    c: &Charge<'_>,
) -> (Option<Fire>, Motive) {
    let Some(class) = c.unit.gun_class else {
        return (None, Motive::NoTarget);
    };
    let rules = &table.view.scenario().rules().guns[class];
    let rounds = c.own.condition.rounds;
    let reach = (rules.range_km / table.map.grid.hex_km()) as u32;
    let stock = rules.stock * f64::from(c.unit.guns);
    let saves = Motive::Saves { rounds, stock };
    if rounds < 1.0 {
        return (None, saves);
    }
    let near = |hex: Hex| table.map.grid.distance(c.at, hex) <= reach;
    let legal = |task: Task| {
        check(
            table.view,
            &crate::battle::Order::Unit {
                unit: c.own.id,
                task,
                start_at: None,
            },
        )
        .is_ok()
    };
    // Heavy guns are for walls first; the others when no assault wants them.
    let wall = || {
        walls
            .iter()
            .filter(|f| near(f.outer) && fire.load(f.outer) < A_WALL)
            .filter(|f| rounds >= THRIFT * stock && legal(Task::breach(f.side)))
            .map(|f| {
                let task = Task::breach(f.side);
                let again = u32::from(c.own.task == task) * 2;
                let damage = table.view.rampart(f.side).damage;
                let seen = u32::from(table.view.overlooks(f.inner)) * 2;
                (damage + f64::from(again + seen), task, f.outer, damage)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.2.cmp(&a.2)))
            .map(|(_, task, hex, damage)| (task, hex, Motive::Batters { damage }))
    };
    let heavy = rules.shell_kg >= table.view.scenario().rules().siege.heavy_shell_kg;
    // Men cut off on a wall live by their division's guns.
    let lodged = table
        .view
        .lodgements()
        .filter(|(_, l)| table.view.own(l.unit).is_some())
        .filter_map(|(side, _)| table.map.sides[side.index()].wall)
        .filter(|hex| near(*hex) && fire.load(*hex) < A_TARGET)
        .find(|target| legal(Task::Support { target: *target }));
    if let Some(target) = lodged {
        let mission = (Task::Support { target }, target, Motive::SupportsLodged);
        return (Some(mission), saves);
    }
    if heavy && let Some(mission) = wall() {
        return (Some(mission), saves);
    }
    let supported = blows
        .iter()
        .filter(|b| near(b.target) && fire.load(b.target) < A_TARGET)
        .map(|b| {
            let own = b
                .units
                .iter()
                .any(|u| kin(table, table.view.scenario().unit(*u).formation, c.formation));
            let score = b.chance * (1.0 - b.chance) * if own { 2.0 } else { 1.0 }
                / (1.0 + fire.load(b.target) as f64);
            desk.weigh(
                c.own.id,
                Task::Support { target: b.target },
                score,
                Some(b.chance),
            );
            (score, b.target, b.chance)
        })
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    if let Some((_, target, chance)) = supported
        && legal(Task::Support { target })
    {
        let motive = Motive::Supports { chance };
        return (Some((Task::Support { target }, target, motive)), saves);
    }
    if rounds < THRIFT * stock {
        return (None, saves);
    }
    if let Some(mission) = wall() {
        return (Some(mission), saves);
    }
    let shelled = table
        .view
        .enemy_hexes()
        .filter(|(hex, _)| {
            near(*hex)
                && fire.load(*hex) < A_TARGET
                && (faces_us(table, *hex) || table.gunners(*hex) > 0)
        })
        .filter(|(hex, _)| legal(Task::Bombard { target: *hex }))
        .map(|(hex, men)| {
            let cover = 1.0 + table.strength_of_ground(hex);
            let again = if c.own.task == (Task::Bombard { target: hex }) {
                1.2
            } else {
                1.0
            };
            // A battery that is silenced fires at nobody: worth more than as many riflemen.
            let gunners = table.gunners(hex);
            let worth = men + (GUNS - 1) * gunners;
            let score = again * f64::from(worth) / cover;
            desk.weigh(c.own.id, Task::Bombard { target: hex }, score, None);
            (score, hex, Motive::Shells { men, gunners })
        })
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, target, motive)| (Task::Bombard { target }, target, motive));
    (shelled, Motive::NoTarget)
}

/// Do own men stand next to it, who see the fall of shot?
fn faces_us(table: &Table<'_, '_>, hex: Hex) -> bool {
    table
        .map
        .grid
        .neighbours(hex)
        .any(|(_, n)| table.view.own_men(n) > 0)
}

/// Of one division, or of formations under one command at most two levels up?
fn kin(table: &Table<'_, '_>, a: FormationId, b: FormationId) -> bool {
    let scenario = table.view.scenario();
    let above = |f: FormationId| scenario.formation(f).parent;
    let line = |f: FormationId| [Some(f), above(f), above(f).and_then(above)];
    line(a)
        .into_iter()
        .flatten()
        .any(|f| line(b).contains(&Some(f)))
}
