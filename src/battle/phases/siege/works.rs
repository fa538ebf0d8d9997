//! Engineers at work: charges at a wall, footbridges, barricades cleared, breaches widened, mines
//! taken up; and smoke, which any foot can make. A party with explosives needs the dark, fog or
//! smoke, and in fog it can lose its way: so did the one that was to blow up Zhonghua Gate in the
//! night of 11 to 12 December (article).

use crate::{
    battle::{
        clock::{Clock, Sky},
        dice::{Dice, Purpose, RollKey},
        event::{Cause, Event, EventLog, Phase},
        ground::{Field, Roster, Stage},
        order::{Deed, Task},
        parts::{self, UnitPartsReadOnlyItem, Units},
        phases::losses,
        rampart::{moat_bars, wall_hexes},
        unit::Posture,
    },
    scenario::{Branch, Hex, Scenario, Side, SideId, UnitId, calendar::HOURS_PER_TURN},
};
use bevy_ecs::system::{Res, ResMut};

/// A unit with such a task.
struct Hands {
    id: UnitId,
    key: u64,
    side: Side,
    at: Hex,
    formed: u32,
    engineers: bool,
    task: Task,
}

/// An hour of it.
pub fn labour(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    mut field: ResMut<Field>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let sky = clock.sky(scenario);
    let all: Vec<Hands> = parts::all(&units)
        .filter_map(|u| hands(scenario, &clock, &u))
        .collect();
    for h in all {
        let done = match h.task {
            // A wall of a city that is lost keeps nobody out any more.
            Task::Siege { .. } if field.city_lost.is_some() => continue,
            Task::Siege { deed, side } => {
                let Some((inner, outer)) = wall_hexes(scenario, side) else {
                    continue;
                };
                let before = h.at == outer && field.control[inner.index()] == Some(h.side.enemy());
                match deed {
                    Deed::Breach if h.engineers && before => {
                        charge(
                            scenario, &clock, &dice, &sky, &roster, &mut field, &mut units,
                            &mut log, &h, side, inner,
                        );
                        false
                    }
                    Deed::Bridge if h.engineers && (h.at == outer || h.at == inner) => {
                        bridge(scenario, &mut field, &mut log, &h, side, outer)
                    }
                    Deed::Open if h.engineers && (h.at == outer || h.at == inner) => {
                        open(scenario, &mut field, &mut log, &h, side, inner)
                    }
                    Deed::Smoke if h.at == outer || h.at == inner => {
                        smoke(scenario, &clock, &mut field, &mut log, &h, side, outer);
                        false
                    }
                    _ => false,
                }
            }
            Task::ClearMines { target } => {
                clear(scenario, &clock, &dice, &mut field, &mut log, &h, target)
            }
            _ => false,
        };
        if done {
            parts::write(&mut units, &roster, h.id).mission.task = Task::Hold;
        }
    }
}

fn hands(scenario: &Scenario, clock: &Clock, u: &UnitPartsReadOnlyItem) -> Option<Hands> {
    let id = u.identity.id;
    let at = u.position.hex?;
    let tasked = matches!(u.mission.task, Task::Siege { .. } | Task::ClearMines { .. });
    let ready = tasked
        && scenario.unit(id).gun_class.is_none()
        && u.mission.start_at.is_none_or(|h| h <= clock.hour)
        && u.stance.posture == Posture::Holding
        && u.strength.formed() > 0;
    ready.then_some(Hands {
        id,
        key: u.identity.key,
        side: u.identity.side,
        at,
        formed: u.strength.formed(),
        engineers: u.identity.branch == Branch::Engineer,
        task: u.mission.task,
    })
}

/// Charges at the wall, or a breach made wider.
fn charge(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    sky: &Sky,
    roster: &Roster,
    field: &mut Field,
    units: &mut Units,
    log: &mut EventLog,
    h: &Hands,
    side: SideId,
    inner: Hex,
) {
    let rules = &scenario.rules().siege;
    let smoke = field.rampart(side).in_smoke(clock.hour);
    let hidden = sky.night || sky.fog || smoke || sky.light <= rules.dark_light;
    if !hidden || field.city_lost.is_some() {
        return;
    }
    if sky.fog && strays(scenario, clock, dice, log, h, side) {
        return;
    }
    let rampart = field.rampart_mut(side);
    if rampart.breach > 0 {
        rampart.labour[2] += 1;
        if rampart.labour[2] >= HOURS_PER_TURN && rampart.breach < rules.breach_widest {
            rampart.labour[2] = 0;
            rampart.breach += 1;
            let steps = rampart.breach;
            log.push(
                Phase::Siege,
                Event::BreachWidened {
                    wall: side,
                    at: inner,
                    unit: h.id,
                    steps,
                },
            );
        }
    } else {
        let company = (f64::from(h.formed) / rules.company_men).min(1.0);
        rampart.charges += company / f64::from(HOURS_PER_TURN);
    }
    let key = RollKey {
        turn: clock.turn().0,
        purpose: Purpose::ChargeLoss,
        unit: h.key,
        salt: RollKey::salt(clock.hour_in_turn(), inner.0, 0),
    };
    let figures = scenario.figures(h.id);
    let mut u = parts::write(units, roster, h.id);
    let expected = rules.attempt_losses / f64::from(HOURS_PER_TURN);
    let lost = dice.round(key, expected, &mut u.ledger.carry).min(h.formed);
    losses::strike(
        dice,
        clock,
        inner,
        &mut u,
        lost,
        figures.killed_share_held,
        Cause::Ground,
        Phase::Siege,
        log,
    );
}

/// Does the party lose its way in the fog? Drawn once a turn; told in the first hour of the fog.
fn strays(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    log: &mut EventLog,
    h: &Hands,
    side: SideId,
) -> bool {
    let key = RollKey {
        turn: clock.turn().0,
        purpose: Purpose::LostInFog,
        unit: h.key,
        salt: u64::from(side.0),
    };
    let rules = scenario.rules();
    let (lost, _) = dice.chance(key, rules.siege.fog_lost, &mut 0.0);
    let first = clock.hour_in_turn() == 0
        || scenario.calendar().hour_of_day(clock.hour) == rules.weather.fog_from;
    if lost && first {
        let (unit, wall, at) = (h.id, side, h.at);
        log.push(Phase::Siege, Event::LostInFog { unit, wall, at });
    }
    lost
}

fn bridge(
    scenario: &Scenario,
    field: &mut Field,
    log: &mut EventLog,
    h: &Hands,
    side: SideId,
    outer: Hex,
) -> bool {
    if !moat_bars(scenario, field, side) {
        return true;
    }
    let rampart = field.rampart_mut(side);
    rampart.labour[0] += 1;
    let done = rampart.labour[0] >= HOURS_PER_TURN * scenario.rules().siege.bridge_turns;
    if done {
        rampart.labour[0] = 0;
        rampart.bridged = true;
        log.push(
            Phase::Siege,
            Event::BridgeBuilt {
                wall: side,
                at: outer,
                unit: h.id,
            },
        );
    }
    done
}

fn open(
    scenario: &Scenario,
    field: &mut Field,
    log: &mut EventLog,
    h: &Hands,
    side: SideId,
    inner: Hex,
) -> bool {
    let gate = scenario.map().sides[side.index()].gate;
    let ours = field.control[inner.index()] == Some(h.side);
    let rampart = field.rampart_mut(side);
    let (Some(gate), true, true) = (gate, ours, rampart.barricaded && !rampart.opened) else {
        return true;
    };
    rampart.labour[1] += 1;
    let done = rampart.labour[1] >= HOURS_PER_TURN * scenario.rules().siege.opening_turns;
    if done {
        rampart.labour[1] = 0;
        rampart.opened = true;
        log.push(
            Phase::Siege,
            Event::GateOpened {
                gate,
                at: inner,
                unit: h.id,
            },
        );
    }
    done
}

fn smoke(
    scenario: &Scenario,
    clock: &Clock,
    field: &mut Field,
    log: &mut EventLog,
    h: &Hands,
    side: SideId,
    outer: Hex,
) {
    let rampart = field.rampart_mut(side);
    let before = rampart.in_smoke(clock.hour);
    rampart.smoke_until = clock.hour.0 + scenario.rules().siege.smoke_hours.max(1);
    if !before {
        log.push(
            Phase::Siege,
            Event::SmokeLaid {
                wall: side,
                at: outer,
                unit: h.id,
            },
        );
    }
}

/// Mines are taken up, with a chance a turn.
fn clear(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    field: &mut Field,
    log: &mut EventLog,
    h: &Hands,
    target: Hex,
) -> bool {
    let near = scenario.map().grid.distance(h.at, target) <= 1;
    if !h.engineers || !near || field.mines(target).is_none() {
        return true;
    }
    if clock.hour_in_turn() + 1 < HOURS_PER_TURN {
        return false;
    }
    let key = RollKey {
        turn: clock.turn().0,
        purpose: Purpose::Mines,
        unit: h.key,
        salt: RollKey::salt(4, target.0, 0),
    };
    let (cleared, _) = dice.chance(key, scenario.rules().siege.mine_clearing, &mut 0.0);
    if cleared {
        field.mines.retain(|m| m.hex != target);
        let (unit, at) = (h.id, target);
        log.push(Phase::Siege, Event::MinesCleared { unit, at });
    }
    cleared
}
