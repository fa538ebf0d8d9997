//! Before the wall: engineers bridge the moat and go at the gate, guns batter it, a party goes through
//! the first hole or over a ladder under smoke. Behind it: whoever is near strikes at men who have
//! lodged in it. Decides nothing about assaults on open ground.

use super::{
    charge::Charge,
    desk::Desk,
    march::friendly,
    reason::{Motive, Need},
    table::Table,
};
use crate::{
    battle::{Deed, MissionPosture, Task, rampart},
    scenario::{Branch, Hex, SideId},
};

/// Least chance of a foothold at which the most and the least aggressive command send a party.
const PARTY: (f64, f64) = (0.40, 0.75);
/// How far engineers are called to a wall, in km.
const CALL_KM: f64 = 5.0;
/// Steps of a breach beyond which it is wide enough.
const WIDE: u32 = 3;
/// Units that strike at a lodgement at once.
const STRIKERS: usize = 3;
/// Readiness to strike back from which a command has its reserves watch the line.
const WATCHFUL: f64 = 0.4;

/// A stretch of wall before which own men stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Front {
    /// The hexside.
    pub(super) side: SideId,
    /// The hex behind it.
    pub(super) inner: Hex,
    /// The hex before it.
    pub(super) outer: Hex,
}

/// Orders at walls, gates and mines. Returns the stretches that guns should batter.
pub(super) fn plan(
    table: &mut Table<'_, '_>,
    desk: &mut Desk,
    charges: &[Charge<'_>],
) -> Vec<Front> {
    strike_at_lodgements(table, desk, charges);
    let fronts = fronts(table, charges);
    let mut battered = Vec::new();
    for front in fronts {
        let state = table.view.rampart(front.side);
        work(table, desk, charges, front);
        if state.breach < WIDE {
            battered.push(front);
        }
    }
    for c in charges.iter().filter(|c| c.unit.branch == Branch::Engineer) {
        clear_the_way(table, desk, c);
    }
    battered
}

/// Gates and broken walls before attackers, the enemy's behind, in order of hexside.
fn fronts(table: &Table<'_, '_>, charges: &[Charge<'_>]) -> Vec<Front> {
    let view = table.view;
    let map = table.map;
    let mut found: Vec<Front> = Vec::new();
    for c in charges {
        if c.mission.posture != MissionPosture::Attack || !c.fights() {
            continue;
        }
        for (d, inner) in map.grid.neighbours(c.at) {
            if !view.passage().walled(c.at, d) || !map.at(inner).inside_wall {
                continue;
            }
            let Some(side) = map.grid.side_id(c.at, d) else {
                continue;
            };
            let gate = rampart::gate_on(view.scenario(), &map.sides[side.index()]);
            let ours = view.control(inner) != Some(view.side().enemy());
            let quiet = map.at(inner).safety_zone;
            if ours || quiet || !(gate || view.rampart(side).breach > 0) {
                continue;
            }
            found.push(Front {
                side,
                inner,
                outer: c.at,
            });
        }
    }
    found.sort_by_key(|f| f.side);
    found.dedup_by_key(|f| f.side);
    found
}

/// What those before a stretch of wall do about it.
fn work(table: &mut Table<'_, '_>, desk: &mut Desk, charges: &[Charge<'_>], front: Front) {
    let here: Vec<&Charge<'_>> = charges
        .iter()
        .filter(|c| c.at == front.outer && !c.unit.branch.is_guns() && c.is_fit())
        .filter(|c| c.mission.posture == MissionPosture::Attack)
        .collect();
    let view = table.view;
    let state = view.rampart(front.side);
    let wet = view.moat_bars(front.side);
    let direction = table.map.grid.direction(front.outer, front.inner);
    let engineers = view.engineers_at(front.outer);
    let open = direction.is_some_and(|d| view.room_to_storm(front.outer, d, engineers).is_some());
    let siege = |deed| Task::Siege {
        deed,
        side: front.side,
    };
    let sappers = here.iter().filter(|c| c.unit.branch == Branch::Engineer);
    let mut bridging = false;
    for c in sappers {
        if wet && !bridging {
            bridging = desk.give(table, c, siege(Deed::Bridge), Motive::Moat);
        } else if !open || (state.breach > 0 && state.breach < WIDE) {
            let motive = Motive::Wall { side: front.side };
            desk.give(table, c, siege(Deed::Breach), motive);
        }
    }
    if engineers == 0 && !open {
        call_engineers(table, desk, charges, front);
    }
    if open || state.lodgement.is_some() {
        return;
    }
    if !table.enemy(front.inner) && state.breach == 0 {
        // Nobody is seen behind it: up and in.
        return;
    }
    send_party(table, desk, &here, front);
}

/// The best unit sends a party through the hole or over the wall, if that promises enough; another
/// lays smoke if it takes that.
fn send_party(table: &mut Table<'_, '_>, desk: &mut Desk, here: &[&Charge<'_>], front: Front) {
    let view = table.view;
    let ladder = view.rampart(front.side).breach == 0;
    let chance = |smoke| {
        view.party_forecast(front.side, ladder, smoke)
            .and_then(|why| why.probability)
            .unwrap_or(0.0)
    };
    let least = PARTY.0 + (PARTY.1 - PARTY.0) * (1.0 - table.side_temper().aggression);
    let mut infantry: Vec<&&Charge<'_>> = here
        .iter()
        .filter(|c| !c.assists() && !desk.is_settled(c.own.id))
        .collect();
    infantry.sort_by(|a, b| {
        b.power(view)
            .total_cmp(&a.power(view))
            .then(a.own.id.cmp(&b.own.id))
    });
    let Some(first) = infantry.first() else {
        return;
    };
    let task = if ladder {
        Task::Siege {
            deed: Deed::Escalade,
            side: front.side,
        }
    } else {
        Task::Assault {
            target: front.inner,
        }
    };
    let party = |chance| Motive::Party { chance, least };
    let plain = chance(false);
    desk.weigh(first.own.id, task, plain, Some(plain));
    if plain >= least {
        desk.give(table, first, task, party(plain));
        return;
    }
    let Some(second) = infantry.get(1) else {
        return;
    };
    let smoked = chance(true);
    if smoked >= least && desk.give(table, first, task, party(smoked)) {
        let smoke = Task::Siege {
            deed: Deed::Smoke,
            side: front.side,
        };
        desk.give(table, second, smoke, Motive::Smoke { chance: smoked });
    }
}

/// The nearest engineers that are free come to the wall.
fn call_engineers(
    table: &mut Table<'_, '_>,
    desk: &mut Desk,
    charges: &[Charge<'_>],
    front: Front,
) {
    let reach = (CALL_KM / table.map.grid.hex_km()) as u32;
    let nearest = charges
        .iter()
        .filter(|c| {
            c.unit.branch == Branch::Engineer
                && c.mission.posture == MissionPosture::Attack
                && c.is_fit()
                && !c.own.in_contact
                && !desk.is_settled(c.own.id)
                && !matches!(c.own.task, Task::Siege { .. })
                && table.fits(front.outer, c.men())
        })
        .map(|c| (table.map.grid.distance(c.at, front.outer), c.own.id, c))
        .filter(|(away, ..)| (1..=reach).contains(away))
        .min_by_key(|(away, id, _)| (*away, *id));
    if let Some((_, _, c)) = nearest {
        let to = front.outer;
        desk.give(table, c, Task::March { to, forced: true }, Motive::Called);
    }
}

/// Engineers at a barricaded gate in own hands open it; at known mines of the enemy they take them
/// up. Not while the enemy is near.
fn clear_the_way(table: &mut Table<'_, '_>, desk: &mut Desk, c: &Charge<'_>) {
    if desk.is_settled(c.own.id) || c.own.in_contact || !c.is_fit() {
        return;
    }
    let view = table.view;
    let map = table.map;
    if c.mission.posture != MissionPosture::Attack {
        return;
    }
    let mined = view
        .known_mines()
        .find(|m| m.of != view.side() && map.grid.distance(m.hex, c.at) <= 1)
        .map(|m| m.hex)
        .filter(|h| friendly(table, *h, view.side()));
    if let Some(target) = mined
        && desk.give(table, c, Task::ClearMines { target }, Motive::Mined)
    {
        return;
    }
    let shut = map.grid.neighbours(c.at).find_map(|(d, _)| {
        let side = map.grid.side_id(c.at, d)?;
        let state = view.rampart(side);
        (state.barricaded && !state.opened).then_some(side)
    });
    if let Some(side) = shut {
        let deed = Deed::Open;
        desk.give(table, c, Task::Siege { deed, side }, Motive::Barricaded);
    }
}

/// Units at and next to an own hex in whose wall the enemy has lodged strike at him.
fn strike_at_lodgements(table: &mut Table<'_, '_>, desk: &mut Desk, charges: &[Charge<'_>]) {
    let view = table.view;
    let lodged: Vec<Hex> = view
        .lodgements()
        .filter(|(_, l)| view.own(l.unit).is_none())
        .filter_map(|(side, _)| table.map.sides[side.index()].wall)
        .collect();
    for target in lodged {
        let mut near: Vec<&Charge<'_>> = charges
            .iter()
            .filter(|c| {
                table.map.grid.distance(c.at, target) <= 1
                    && table.map.at(c.at).inside_wall
                    && c.fights()
                    && c.is_fit()
            })
            .collect();
        near.sort_by(|a, b| {
            b.power(view)
                .total_cmp(&a.power(view))
                .then(a.own.id.cmp(&b.own.id))
        });
        for c in near.into_iter().take(STRIKERS) {
            desk.give(table, c, Task::Counterattack { target }, Motive::Foothold);
        }
    }
}

/// What a unit before a wall waits for, if no way leads through it yet: engineers who are there or called.
pub(super) fn waits(
    table: &Table<'_, '_>,
    charges: &[Charge<'_>],
    c: &Charge<'_>,
) -> Option<Motive> {
    let view = table.view;
    let map = table.map;
    let (_, inner) = map.grid.neighbours(c.at).find(|(d, inner)| {
        view.passage().walled(c.at, *d)
            && map.at(*inner).inside_wall
            && !map.at(*inner).safety_zone
            && view.control(*inner) == Some(view.side().enemy())
            && !table.storms(c.at, *d)
    })?;
    let sapper = charges
        .iter()
        .filter(|e| e.unit.branch == Branch::Engineer)
        .filter(|e| e.at == c.at || e.own.task.goal() == Some(c.at))
        .min_by_key(|e| (map.grid.distance(e.at, c.at), e.own.id));
    let need = match sapper {
        Some(e) if e.at == c.at => Need::Way,
        other => Need::Engineers(other.map(|e| (e.own.id, None))),
    };
    let side = map.grid.side_id(c.at, map.grid.direction(c.at, inner)?)?;
    let ladder = view.rampart(side).breach == 0;
    let forecast = view.party_forecast(side, ladder, false)?;
    let chance = forecast.probability.unwrap_or(0.0);
    let least = PARTY.0 + (PARTY.1 - PARTY.0) * (1.0 - table.side_temper().aggression);
    Some(Motive::Waits {
        target: inner,
        chance,
        least,
        need,
    })
}

/// Has a unit men in a lodgement, which it may not leave alone?
pub(super) fn is_bound(table: &Table<'_, '_>, c: &Charge<'_>) -> bool {
    table.view.lodgements().any(|(_, l)| l.unit == c.own.id)
}

/// What a unit that holds its ground behind the line does: it watches the hardest-pressed own hex
/// next to it, to strike if that is lost; else it holds.
pub(super) fn watch(table: &Table<'_, '_>, c: &Charge<'_>) -> Task {
    let view = table.view;
    let temper = table.temper(c.formation);
    let ready = c.fights() && c.is_fit() && table.faced(c.at) == 0;
    if !ready || temper.counterattack < WATCHFUL {
        return Task::Hold;
    }
    let pressed = table
        .map
        .grid
        .neighbours(c.at)
        .filter(|(d, n)| {
            view.passage().fights(c.at, *d)
                && view.own_men(*n) > 0
                && table.faced(*n) > 0
                && !table.map.at(*n).safety_zone
        })
        .max_by(|(_, a), (_, b)| table.threat(*a).total_cmp(&table.threat(*b)).then(b.cmp(a)));
    pressed.map_or(Task::Hold, |(_, target)| Task::Counterattack { target })
}
