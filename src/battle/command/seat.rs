//! Where headquarters are: with their own staff's unit if they have one, else with the largest unit
//! under them, until it is gone. Wires are cut by fire, by moving, and by the enemy; they are mended in time.

use super::{Authority, Chain, Directive, DirectiveKind, Headquarters, Standing};
use crate::{
    battle::{
        dice::{Purpose, RollKey},
        event::{CommandEvent, Event, EventLog, Phase, Severed},
        ground::Roster,
        parts::{self, Units},
        snapshot::UnitState,
    },
    scenario::{Branch, FormationId, Hex, Hours, Scenario, Side, UnitId, forces::fnv64},
};
use bevy_ecs::system::ResMut;

/// Headquarters when a battle begins, in order of formation; with no states of units they are nowhere.
pub(in crate::battle) fn opening(scenario: &Scenario, units: &[UnitState]) -> Vec<Headquarters> {
    let here = |id: UnitId| {
        let u = units.get(id.0 as usize)?;
        u.position.hex.map(|hex| (hex, u.strength.present()))
    };
    let mut all: Vec<Headquarters> = (0..scenario.formations().len() as u32)
        .map(|i| headquarters(scenario, FormationId(i), here))
        .collect();
    for i in 0..all.len() {
        let above = scenario
            .station_above(FormationId(i as u32))
            .and_then(|f| all[f.0 as usize].seat);
        all[i].laid = [all[i].seat, above];
    }
    all
}

fn headquarters(
    scenario: &Scenario,
    id: FormationId,
    here: impl Fn(UnitId) -> Option<(Hex, u32)>,
) -> Headquarters {
    let permitted = scenario
        .doctrine(scenario.formation(id).side)
        .withdrawal_permitted;
    let kind = if permitted {
        DirectiveKind::MayWithdraw
    } else {
        DirectiveKind::HoldToTheDeath
    };
    let staff = scenario.staff(id);
    let with = (scenario.is_station(id) && !staff.off_map)
        .then(|| choose(scenario, id, &here))
        .flatten();
    Headquarters {
        with,
        seat: with.and_then(&here).map(|(hex, _)| hex),
        left: false,
        wire: staff.wire,
        laid: [None; 2],
        isolated: false,
        standing: Standing {
            directive: Directive {
                kind,
                towards: None,
            },
            by: Authority::Doctrine,
            issued: Hours(0),
            received: Hours(0),
            from: Hours(0),
            begun: false,
        },
        conflict_until: Hours(0),
    }
}

/// The unit a headquarters goes with.
fn choose(
    scenario: &Scenario,
    id: FormationId,
    here: impl Fn(UnitId) -> Option<(Hex, u32)>,
) -> Option<UnitId> {
    (0..scenario.units().len() as u32)
        .map(UnitId)
        .filter_map(|unit| {
            let known = scenario.unit(unit);
            if known.side != scenario.formation(id).side || !scenario.is_under(known.formation, id)
            {
                return None;
            }
            let (_, men) = here(unit)?;
            let own = known.formation == id;
            let staff = own && known.branch == Branch::Headquarters;
            (men > 0).then_some(((staff, own && !known.branch.is_fixed(), men), unit))
        })
        .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, unit)| unit)
}

/// Every hour: headquarters go with their units; those whose unit is gone are lost, and the next
/// senior officer takes over elsewhere.
pub(in crate::battle) fn take_seats(mut chain: Chain, units: Units, mut log: ResMut<EventLog>) {
    let phase = Phase::Happenings;
    let scenario = chain.stage.0.clone();
    for formation in Side::ALL.into_iter().flat_map(|s| scenario.stations(s)) {
        if chain.headquarters(formation).left || scenario.staff(formation).off_map {
            continue;
        }
        let with = chain.headquarters(formation).with;
        let now = with.and_then(|id| here(&units, &chain.roster, id));
        if let (Some(_), None) = (with, now) {
            let hq = chain.headquarters_mut(formation);
            hq.with = None;
            if let Some(at) = hq.seat.take() {
                let lost = CommandEvent::HeadquartersLost { formation, at };
                log.push(phase, Event::Command(Box::new(lost)));
                chain.lose_orders_at(&mut log, phase, formation);
                chain.set_wire(&mut log, phase, formation, false, Severed::Left);
            }
        }
        let found = now.map(|(hex, _)| hex).or_else(|| {
            let next = choose(&scenario, formation, |id| here(&units, &chain.roster, id))?;
            let hq = chain.headquarters_mut(formation);
            hq.with = Some(next);
            here(&units, &chain.roster, next).map(|(hex, _)| hex)
        });
        let isolated = chain
            .headquarters(formation)
            .with
            .is_some_and(|id| parts::read(&units, &chain.roster, id).condition.isolated);
        let hq = chain.headquarters_mut(formation);
        let came = hq.seat.is_none();
        hq.seat = found;
        hq.isolated = isolated;
        if came && hq.wire {
            hq.laid = [found, None];
        }
    }
    part_wires(&mut chain, &scenario, &mut log);
}

/// Wires do not follow headquarters that move, and lead to none that is cut off.
fn part_wires(chain: &mut Chain, scenario: &Scenario, log: &mut EventLog) {
    let map = scenario.map();
    let reach = scenario.rules().command.new_wire_km / map.grid.hex_km();
    let gone = |was: Option<Hex>, is: Option<Hex>| match (was, is) {
        (Some(a), Some(b)) => f64::from(map.grid.distance(a, b)) > reach,
        _ => false,
    };
    for formation in Side::ALL.into_iter().flat_map(|s| scenario.stations(s)) {
        let hq = chain.headquarters(formation);
        let above = scenario
            .station_above(formation)
            .and_then(|f| chain.headquarters(f).seat);
        let by = if gone(hq.laid[0], hq.seat) || gone(hq.laid[1], above) {
            Severed::Left
        } else if hq.isolated {
            Severed::Enemy
        } else {
            continue;
        };
        chain.set_wire(log, Phase::Happenings, formation, false, by);
    }
}

fn here(units: &Units, roster: &Roster, id: UnitId) -> Option<(Hex, u32)> {
    let u = parts::read(units, roster, id);
    let men = u.strength.present();
    u.position.hex.filter(|_| men > 0).map(|hex| (hex, men))
}

/// Every turn: wires of headquarters under fire may be cut, broken ones are mended.
pub(in crate::battle) fn mend_lines(mut chain: Chain, units: Units, mut log: ResMut<EventLog>) {
    let phase = Phase::Command;
    let scenario = chain.stage.0.clone();
    let rules = &scenario.rules().command;
    for formation in Side::ALL.into_iter().flat_map(|s| scenario.stations(s)) {
        let Some(above) = scenario.station_above(formation) else {
            continue;
        };
        if !scenario.staff(formation).wire {
            continue;
        }
        let under_fire = |chain: &Chain, f: FormationId| {
            chain.headquarters(f).with.is_some_and(|id| {
                parts::read(&units, &chain.roster, id).condition.suppression >= rules.under_fire
            })
        };
        let hq = chain.headquarters(formation);
        let key = RollKey {
            turn: chain.clock.turn().0,
            purpose: Purpose::Line,
            unit: fnv64(&scenario.formation(formation).text_id),
            salt: 0,
        };
        let roll = chain.dice.uniform(key);
        if hq.wire {
            let fire = under_fire(&chain, formation) || under_fire(&chain, above);
            if fire && roll < rules.line_cut {
                chain.set_wire(&mut log, phase, formation, false, Severed::Fire);
            }
        } else if !hq.isolated
            && hq.seat.is_some()
            && !chain.headquarters(above).left
            && roll < rules.line_mended
        {
            chain.set_wire(&mut log, phase, formation, true, Severed::Left);
        }
    }
}
