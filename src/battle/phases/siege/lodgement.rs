//! Lodgements: men cut off in a breach or on the wall. They give no ground, for there is none behind
//! them; they are counterattacked, helped by their own division's guns, and hold until they are
//! relieved or none is left. At Guanghua Gate 80 of 88 were lost, and it held (article).

use crate::{
    battle::{
        armour,
        blaze::Blaze,
        clock::{Clock, Sky},
        dice::Dice,
        engagement::{Combatant, Engagement, HourResult, Site},
        event::{Cause, Event, EventLog, LodgementEnd, Phase},
        ground::{Field, Occupancy, Roster, Stage},
        order::Task,
        parts::{self, Units},
        phases::{assault, losses},
        rampart::{Lodgement, boats, room_to_storm, wall_hexes},
        unit::Posture,
        works,
    },
    scenario::{Hex, Scenario, SideId, UnitId, calendar::HOURS_PER_TURN, map::WorksLevel},
};
use bevy_ecs::system::{Res, ResMut};

/// An hour of every lodgement.
pub fn hold(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    occupancy: Res<Occupancy>,
    blaze: Res<Blaze>,
    mut field: ResMut<Field>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let sky = clock.sky(scenario);
    let all: Vec<(SideId, Lodgement)> = field.lodgements().collect();
    for (side, mut l) in all {
        let Some((inner, outer)) = wall_hexes(scenario, side) else {
            continue;
        };
        if field.is_silent(scenario, inner) {
            continue;
        }
        let end = ended(scenario, &roster, &field, &units, &mut l, inner, outer);
        let end = end.or_else(|| {
            fight(
                scenario, &clock, &dice, &sky, &roster, &occupancy, &blaze, &mut units, &mut log,
                inner, &mut l,
            );
            (l.men == 0).then_some(LodgementEnd::Destroyed)
        });
        if let Some(end) = end {
            field.rampart_mut(side).lodgement = None;
            log.push(
                Phase::Assault,
                Event::LodgementEnded {
                    unit: l.unit,
                    wall: side,
                    at: inner,
                    men: l.men,
                    end,
                },
            );
            continue;
        }
        reinforce(
            scenario, &clock, &roster, &occupancy, &field, &units, &mut log, side, inner, outer,
            &mut l,
        );
        field.rampart_mut(side).lodgement = Some(l);
    }
}

/// Is it over otherwise than by fighting: the gate taken, or the unit before it gone?
fn ended(
    scenario: &Scenario,
    roster: &Roster,
    field: &Field,
    units: &Units,
    l: &mut Lodgement,
    inner: Hex,
    outer: Hex,
) -> Option<LodgementEnd> {
    let u = parts::read(units, roster, l.unit);
    l.men = l.men.min(u.strength.formed());
    if field.control[inner.index()] == Some(scenario.unit(l.unit).side) {
        return Some(LodgementEnd::Relieved);
    }
    if l.men == 0 {
        return Some(LodgementEnd::Destroyed);
    }
    let stands = u.position.hex == Some(outer) && u.stance.posture != Posture::Routed;
    (!stands).then_some(LodgementEnd::GivenUp)
}

/// Those who fight the lodgement: who is told to strike it if anyone is, else the hex's garrison, at
/// the intensity of mere contact.
fn besiegers(
    scenario: &Scenario,
    roster: &Roster,
    occupancy: &Occupancy,
    units: &Units,
    inner: Hex,
    l: &Lodgement,
) -> (bool, Vec<UnitId>) {
    let map = scenario.map();
    let enemy = scenario.unit(l.unit).side.enemy();
    let around = map.grid.neighbours(inner).map(|(_, n)| n);
    let mut strikers: Vec<UnitId> = around
        .filter(|n| map.at(*n).inside_wall)
        .chain([inner])
        .filter(|h| occupancy.side(*h) == Some(enemy))
        .flat_map(|h| occupancy.units(h))
        .filter(|id| {
            let u = parts::read(units, roster, *id);
            u.mission.task == Task::Counterattack { target: inner }
                && u.stance.posture == Posture::Attacking
                && u.strength.formed() > 0
        })
        .collect();
    strikers.sort_unstable();
    if !strikers.is_empty() {
        return (true, strikers);
    }
    let garrison = if occupancy.side(inner) == Some(enemy) {
        occupancy.units(inner).collect()
    } else {
        Vec::new()
    };
    (false, garrison)
}

fn fight(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    sky: &Sky,
    roster: &Roster,
    occupancy: &Occupancy,
    blaze: &Blaze,
    units: &mut Units,
    log: &mut EventLog,
    inner: Hex,
    l: &mut Lodgement,
) {
    let (strikes, who) = besiegers(scenario, roster, occupancy, units, inner, l);
    if who.is_empty() {
        return;
    }
    let side = scenario.unit(l.unit).side;
    let one = |id: UnitId| parts::combatant(scenario, &parts::read(units, roster, id), 1.0);
    let attackers: Vec<Combatant> = who
        .into_iter()
        .map(|id| armour::fit(scenario, inner, None, one(id)))
        .collect();
    let mut lodged = one(l.unit);
    lodged.formed = l.men;
    lodged.condition.isolated = true;
    lodged.tanks = 0;
    let enemy = side.enemy();
    let from: Vec<Hex> = attackers
        .iter()
        .filter_map(|c| parts::read(units, roster, c.id).position.hex)
        .collect();
    let mut site = Site {
        at: inner,
        hour: clock.hour.0,
        hex_km: scenario.map().grid.hex_km(),
        assault: strikes,
        sides: 1,
        // Rubble and the vaults of a gate.
        works: WorksLevel::Prepared,
        terrain: 1.0,
        cover: false,
        shelter: (WorksLevel::Prepared, true),
        uphill: false,
        gate: false,
        breached: false,
        stream: false,
        tanks_pass: true,
        light: sky.light,
        night: sky.night,
        batteries: [
            assault::batteries_on(scenario, roster, units, enemy, inner),
            assault::batteries_on(scenario, roster, units, side, inner),
        ],
        neighbours: 0,
        spared: scenario.keeps_fire_from(enemy, inner),
    };
    works::beside(scenario, &mut site, &from, |h| {
        occupancy.formed_of(h, side) > 0
    });
    blaze.settle(scenario, &mut site);
    let engagement = Engagement {
        site,
        attackers,
        defenders: vec![lodged],
    };
    let mut result = engagement.resolve(scenario.rules(), dice);
    // There is nowhere to give way to.
    result.hold = None;
    charge(
        scenario,
        clock,
        dice,
        roster,
        units,
        log,
        inner,
        &engagement,
        &result,
        l,
    );
}

/// Both sides' losses.
fn charge(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    roster: &Roster,
    units: &mut Units,
    log: &mut EventLog,
    inner: Hex,
    e: &Engagement,
    r: &HourResult,
    l: &mut Lodgement,
) {
    let lost = r.defender_losses.first().copied().unwrap_or(0).min(l.men);
    let attacker_losses: u32 = r.attacker_losses.iter().sum();
    if e.site.assault || lost + attacker_losses > 0 {
        log.push(
            Phase::Assault,
            Event::Fought {
                at: inner,
                attacker: scenario.unit(l.unit).side.enemy(),
                attackers: e.attackers.iter().map(|c| c.id).collect(),
                defenders: vec![l.unit],
                assault: e.site.assault,
                attacker_losses,
                defender_losses: lost,
                attacker_why: Box::new(r.attacker_why.clone()),
                defender_why: Box::new(r.defender_why.clone()),
                hold: None,
            },
        );
    }
    let all = e.attackers.iter().zip(r.attacker_losses.iter().copied());
    for (c, count) in all.chain(e.defenders.iter().zip([lost])) {
        let figures = scenario.figures(c.id);
        let mut u = parts::write(units, roster, c.id);
        u.ledger.fought |= e.site.assault && c.id != l.unit;
        let share = if c.id == l.unit {
            figures.killed_share_lost
        } else {
            figures.killed_share_held
        };
        losses::strike(
            dice,
            clock,
            inner,
            &mut u,
            count,
            share,
            Cause::Ground,
            Phase::Assault,
            log,
        );
    }
    l.men -= lost;
}

/// More men get through at the turn's end, once the way is wide enough.
fn reinforce(
    scenario: &Scenario,
    clock: &Clock,
    roster: &Roster,
    occupancy: &Occupancy,
    field: &Field,
    units: &Units,
    log: &mut EventLog,
    side: SideId,
    inner: Hex,
    outer: Hex,
    l: &mut Lodgement,
) {
    if clock.hour_in_turn() + 1 < HOURS_PER_TURN {
        return;
    }
    let engineers = super::parties::engineers_in(roster, units, occupancy, outer);
    let room = scenario
        .map()
        .grid
        .direction(outer, inner)
        .and_then(|d| room_to_storm(scenario, field, outer, d, boats(scenario, engineers)));
    let formed = parts::read(units, roster, l.unit).strength.formed();
    let most = scenario.rules().siege.lodgement_most.min(formed);
    let Some(room) = room.filter(|_| l.men < most) else {
        return;
    };
    let men = (most - l.men).min(room as u32);
    if men > 0 {
        l.men += men;
        log.push(
            Phase::Assault,
            Event::LodgementReinforced {
                unit: l.unit,
                wall: side,
                at: inner,
                men,
            },
        );
    }
}
