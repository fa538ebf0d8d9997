//! Mines: what they do to those who come upon them. Their owner's men know the lanes by day and in
//! good order; attackers do not, and nobody does who flees at night: the 66th and 83rd Corps ran into
//! their own field in the night of 12 to 13 December (article).

use crate::{
    battle::{
        clock::Clock,
        dice::{Dice, Purpose, RollKey},
        event::{Cause, Event, EventLog, Phase},
        ground::{Field, Roster, Stage},
        parts::{self, Units},
        phases::losses,
        unit::Posture,
    },
    scenario::{Hex, UnitId},
};
use bevy_ecs::system::{Res, ResMut};

/// Men who came into mined hexes this hour. Read from the hour's events, so that every way of
/// getting there counts: march, assault, retreat, flight.
pub fn strike(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    mut field: ResMut<Field>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    if field.mines.is_empty() {
        return;
    }
    let scenario = &stage.0;
    let rules = &scenario.rules().siege;
    let night = clock.sky(scenario).night;
    let mut stepped: Vec<(UnitId, Hex, bool)> = log
        .all()
        .iter()
        .rev()
        .take_while(|l| l.hour == clock.hour)
        .filter_map(|l| match l.event {
            Event::Moved { unit, to, .. } => {
                field.mines(to)?;
                Some((unit, to, l.phase != Phase::Movement))
            }
            _ => None,
        })
        .collect();
    stepped.sort_unstable();
    for (unit, at, after_a_fight) in stepped {
        let Some(mines) = field.mines(at).copied() else {
            continue;
        };
        let mut u = parts::write(&mut units, &roster, unit);
        let stormed = u.position.hex == Some(at) && u.position.taken;
        let flees = (after_a_fight && !stormed)
            || u.stance.posture == Posture::Routed
            || (u.stance.posture == Posture::Withdrawing && u.ledger.in_contact);
        let owner = u.identity.side == mines.of;
        let blind = flees && night;
        // Where men of a side have gone before, the others follow their track, unless they storm.
        let tracked = mines.known && !stormed;
        let safe = owner && mines.lanes;
        if safe || ((owner || tracked) && !blind) {
            continue;
        }
        let (factor, shaken) = if blind {
            (rules.mine_flight, rules.mine_flight_cohesion)
        } else {
            (1.0, rules.mine_cohesion)
        };
        let key = RollKey {
            turn: clock.turn().0,
            purpose: Purpose::Mines,
            unit: u.identity.key,
            salt: RollKey::salt(clock.hour_in_turn(), at.0, 0),
        };
        let formed = u.strength.formed();
        let expected = f64::from(formed) * (rules.mine_losses * factor).min(1.0);
        let men = dice.round(key, expected, &mut u.ledger.carry).min(formed);
        losses::strike(
            &dice,
            &clock,
            at,
            &mut u,
            men,
            scenario.figures(unit).killed_share_lost,
            Cause::Mines,
            Phase::Morale,
            &mut log,
        );
        u.condition.cohesion = (u.condition.cohesion - shaken).max(0.0);
        log.push(
            Phase::Morale,
            Event::MinesStruck {
                unit,
                at,
                men,
                fleeing: blind,
            },
        );
        if !owner && let Some(m) = field.mines.iter_mut().find(|m| m.hex == at) {
            m.known = true;
        }
    }
}
