//! Parties: picked men over the wall with a ladder, or the first through a fresh breach. What they
//! gain is a lodgement. At noon on 12 December six men crossed the moat at Zhonghua Gate in a small
//! boat and climbed the wall on a bamboo ladder; five were killed, the last held on (article).

use crate::{
    battle::{
        blaze::Blaze,
        clock::Clock,
        dice::{Dice, Purpose, RollKey},
        event::{Cause, Event, EventLog, Phase},
        eyes,
        ground::{Field, Occupancy, Roster, Stage},
        order::{Deed, Task},
        parts::{self, UnitPartsReadOnlyItem, Units},
        phases::losses,
        rampart::{Lodgement, moat_bars, room_to_storm, wall_hexes},
        unit::Posture,
        why::{Term, Why, WhyKind},
    },
    scenario::{Branch, Hex, Scenario, SideId, UnitId},
};
use bevy_ecs::system::{Res, ResMut};
use std::collections::BTreeMap;

/// Least and most men of a picked party.
pub const PARTY: (u32, u32) = (6, 100);

/// How a party goes and what meets it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Venture {
    /// Over a ladder (true) or through a breach.
    pub ladder: bool,
    /// The defenders' training times cohesion, not suppressed: 0 none, 1 the best.
    pub defenders: f64,
    /// In smoke.
    pub smoke: bool,
    /// Heights close by are in the attacker's hands.
    pub overlooked: bool,
}

/// Why a party gains a foothold or not: log-odds (model §3.13).
pub fn party_why(scenario: &Scenario, at: Hex, v: &Venture) -> Why {
    let rules = &scenario.rules().siege;
    let mut why = Why::product(WhyKind::Party, at, rules.party_base);
    why.plus(
        Term::Defenders,
        rules.party_defenders * (1.0 - v.defenders.clamp(0.0, 1.0)),
    );
    if v.smoke {
        why.plus(Term::Smoke, rules.party_smoke);
    }
    if v.overlooked {
        why.plus(Term::Overlooked, rules.party_overlook);
    }
    if !v.ladder {
        why.plus(Term::Breach, rules.party_breach);
    }
    why.probability = Some(crate::battle::engagement::logistic(why.result));
    why
}

/// Training times cohesion of a stack, by men: `(men, quality, cohesion, suppression)` of each unit.
pub fn steadiness(stack: impl Iterator<Item = (u32, f64, f64, f64)>) -> f64 {
    let (mut men, mut sum) = (0.0, 0.0);
    for (formed, quality, cohesion, suppression) in stack {
        men += f64::from(formed);
        sum += f64::from(formed) * quality * (0.3 + 0.7 * cohesion) * (1.0 - suppression);
    }
    if men > 0.0 { sum / men } else { 0.0 }
}

/// Parties that are due this hour: one a hexside and turn, from the largest unit told to go.
pub fn go(
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
    let mut due: BTreeMap<SideId, (u32, u64, UnitId, bool)> = BTreeMap::new();
    for u in parts::all(&units) {
        let Some((side, ladder)) = venture(scenario, &clock, &field, &u) else {
            continue;
        };
        let candidate = (u.strength.formed(), u.identity.key, u.identity.id, ladder);
        let best = due.entry(side).or_insert(candidate);
        if candidate > *best {
            *best = candidate;
        }
    }
    for (side, (_, _, id, ladder)) in due {
        let Some((inner, outer)) = wall_hexes(scenario, side) else {
            continue;
        };
        let enemy = scenario.unit(id).side.enemy();
        let engineers = engineers_in(&roster, &units, &occupancy, outer);
        let wet = moat_bars(scenario, &field, side) && engineers == 0;
        if occupancy.formed_of(inner, enemy) == 0 || wet {
            continue;
        }
        send(
            scenario, &clock, &dice, &roster, &occupancy, &blaze, &mut field, &mut units, &mut log,
            side, inner, id, ladder,
        );
    }
}

/// Formed engineers in a hex.
pub fn engineers_in(roster: &Roster, units: &Units, occupancy: &Occupancy, hex: Hex) -> u32 {
    occupancy
        .units(hex)
        .map(|id| parts::read(units, roster, id))
        .filter(|u| u.identity.branch == Branch::Engineer)
        .map(|u| u.strength.formed())
        .sum()
}

/// Where a unit is to send a party, and whether with a ladder.
fn venture(
    scenario: &Scenario,
    clock: &Clock,
    field: &Field,
    u: &UnitPartsReadOnlyItem,
) -> Option<(SideId, bool)> {
    let at = u.position.hex?;
    let grid = &scenario.map().grid;
    let (side, ladder) = match u.mission.task {
        Task::Siege {
            deed: Deed::Escalade,
            side,
        } => (side, true),
        // The first through a breach too narrow for an assault.
        Task::Assault { target } => (grid.side_id(at, grid.direction(at, target)?)?, false),
        _ => return None,
    };
    let ready = u.mission.start_at.is_none_or(|h| h <= clock.hour)
        && u.strength.formed() >= PARTY.0
        && field.city_lost.is_none()
        && matches!(u.stance.posture, Posture::Holding | Posture::Attacking);
    let (inner, outer) = wall_hexes(scenario, side)?;
    let rampart = field.rampart(side);
    let open = grid.direction(outer, inner).is_some_and(|d| {
        // Open, had one but boats: then it is no work for a party.
        room_to_storm(scenario, field, outer, d, 1.0).is_some()
    });
    let wanted = at == outer
        && field.control[inner.index()] == Some(u.identity.side.enemy())
        && rampart.lodgement.is_none()
        && rampart.party != clock.turn().0
        && if ladder {
            !open
        } else {
            rampart.breach > 0 && !open
        };
    (ready && wanted).then_some((side, ladder))
}

fn send(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    roster: &Roster,
    occupancy: &Occupancy,
    blaze: &Blaze,
    field: &mut Field,
    units: &mut Units,
    log: &mut EventLog,
    side: SideId,
    inner: Hex,
    id: UnitId,
    ladder: bool,
) {
    let rules = &scenario.rules().siege;
    let defenders = steadiness(occupancy.units(inner).map(|d| {
        let u = parts::read(units, roster, d);
        let k = u.condition;
        let quality = scenario.unit(d).quality_factor();
        (u.strength.formed(), quality, k.cohesion, k.suppression)
    }));
    let ours = scenario.unit(id).side;
    let smoke = field.rampart(side).in_smoke(clock.hour);
    // Smoke at the foot of the wall does not hide its top from the heights.
    let above = blaze.sky_over(scenario, inner, &clock.sky(scenario));
    let overlooked = eyes::observed(scenario, occupancy, ours, inner, &above);
    let venture = Venture {
        ladder,
        defenders,
        smoke,
        overlooked,
    };
    let mut why = party_why(scenario, inner, &venture);
    let key = |nth| RollKey {
        turn: clock.turn().0,
        purpose: Purpose::Party,
        unit: scenario.unit(id).key,
        salt: RollKey::salt(0, inner.0, nth),
    };
    let rampart = field.rampart_mut(side);
    rampart.party = clock.turn().0;
    let p = why.probability.unwrap_or(0.0);
    let (held, roll) = dice.chance(key(0), p, &mut rampart.hazard);
    why.roll = Some(roll);
    why.key = Some(key(0));
    let (size, shares) = if ladder {
        (rules.ladder_party, rules.ladder_losses)
    } else {
        (rules.storm_party, rules.breach_losses)
    };
    let figures = scenario.figures(id);
    let mut u = parts::write(units, roster, id);
    let men = size.clamp(PARTY.0, PARTY.1).min(u.strength.formed());
    let share = shares.0 + (shares.1 - shares.0) * dice.uniform(key(1));
    let lost = dice
        .round(key(2), f64::from(men) * share, &mut u.ledger.carry)
        .min(men.saturating_sub(u32::from(held)));
    losses::strike(
        dice,
        clock,
        inner,
        &mut u,
        lost,
        figures.killed_share_lost,
        Cause::Ground,
        Phase::Siege,
        log,
    );
    log.push(
        Phase::Siege,
        Event::PartySent {
            unit: id,
            wall: side,
            at: inner,
            ladder,
            men,
            lost,
            held,
            why: Box::new(why),
        },
    );
    if held {
        let men = men - lost;
        rampart.lodgement = Some(Lodgement {
            unit: id,
            men,
            since: clock.hour,
            by_ladder: ladder,
        });
        log.push(
            Phase::Siege,
            Event::Lodged {
                unit: id,
                wall: side,
                at: inner,
                men,
            },
        );
    }
}
