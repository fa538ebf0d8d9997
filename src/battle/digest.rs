//! The digest of a battle's state: a fixed hash of canonical bytes, and the sorted readable dump
//! that is compared when two runs differ.

use super::{air::AirMission, order::Task, snapshot::Snapshot, strength::Bin};
use crate::scenario::{Scenario, Side};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// A digest of the state after a turn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 16]);

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom("a digest is 32 hexadecimal digits");
        if text.len() != 32 || !text.is_ascii() {
            return Err(wrong());
        }
        let mut bytes = [0; 16];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| wrong())?;
        }
        Ok(Self(bytes))
    }
}

/// Hashes what the rules of the next turn depend on.
pub fn digest(s: &Snapshot) -> Digest {
    let mut h = blake3::Hasher::new();
    let mut bytes: Vec<u8> = Vec::with_capacity(64 * 1024);
    let mut put = |x: u64| bytes.extend_from_slice(&x.to_le_bytes());
    put(s.dice.seed());
    put(u64::from(s.dice.stream()));
    put(s.dice.randomness() as u64);
    put(u64::from(s.clock.hour.0));
    put(u64::from(s.clock.fog));
    put(match s.field.city_lost {
        None => u64::MAX,
        Some((hour, side)) => u64::from(hour) * 2 + side as u64,
    });
    for (hex, load) in &s.field.traffic {
        put(u64::from(hex.0) << 32 | u64::from(load.to_bits()));
    }
    for (side, lines) in s.field.lines_reached.iter().enumerate() {
        put(lines.len() as u64);
        lines
            .iter()
            .for_each(|line| put(u64::from(*line) * 2 + side as u64));
    }
    for mission in &s.air.0 {
        let kind = match mission {
            AirMission::Rest => 0,
            AirMission::Bomb { .. } => 1,
            AirMission::Interdict { .. } => 2,
        };
        put(kind << 16 | mission.target().map_or(0, |h| u64::from(h.0)));
    }
    for (anchorage, side) in s.river.closed() {
        put(u64::from(*anchorage) * 2 + *side as u64);
    }
    flight(s, &mut put);
    for (side, r) in &s.field.ramparts {
        put(u64::from(side.0));
        for x in [
            r.damage,
            r.battered[0],
            r.battered[1],
            r.charges,
            r.hazard,
            f64::from(r.passing),
        ] {
            put(x.to_bits());
        }
        let flags = [r.barricaded, r.opened, r.bridged].map(u64::from);
        put(flags[0] | flags[1] << 1 | flags[2] << 2 | u64::from(r.breach) << 8);
        r.labour.iter().for_each(|hours| put(u64::from(*hours)));
        put(u64::from(r.smoke_until) << 32 | u64::from(r.party));
        put(r.lodgement.map_or(u64::MAX, |l| {
            u64::from(l.unit.0) << 32 | u64::from(l.men) << 1 | u64::from(l.by_ladder)
        }));
        put(r.lodgement.map_or(0, |l| u64::from(l.since.0)));
    }
    for mines in &s.field.mines {
        put(u64::from(mines.hex.0) << 2 | (mines.of as u64) << 1 | u64::from(mines.known));
        if mines.lanes {
            put(1);
        }
    }
    for commission in &s.commissions {
        put(commission.mission.map_or(u64::MAX, |m| {
            let posture = m.posture as u64;
            u64::from(m.objective.0) << 8 | posture << 1 | u64::from(m.may_withdraw)
        }));
        put(u64::from(commission.since.0));
        put(commission.pending.map_or(u64::MAX, |(m, hour)| {
            let flags = (m.posture as u64) << 1 | u64::from(m.may_withdraw);
            u64::from(hour.0) << 32 | u64::from(m.objective.0) << 8 | flags
        }));
    }
    for hq in &s.headquarters {
        hq.digest(&mut put);
    }
    s.signals.digest(&mut put);
    for u in &s.units {
        for bin in Bin::ALL {
            put(u64::from(u.strength.men(bin)));
        }
        put(u.position.hex.map_or(u64::MAX, |h| u64::from(h.0)));
        put(u.position.towards.map_or(u64::MAX, |h| u64::from(h.0)));
        let c = &u.condition;
        for x in [
            u.position.progress,
            c.cohesion,
            c.fatigue,
            c.supply,
            c.ammunition,
            c.suppression,
            c.rounds,
            u.ledger.day_km,
            u.ledger.hazard,
            u.ledger.carry,
            u.ledger.carry_killed,
        ] {
            put(x.to_bits());
        }
        put(u64::from(u.ledger.gathering));
        put(u64::from(c.isolated));
        put(u.stance.posture as u64);
        put(u.stance.entrenched as u64);
        put(u64::from(u.stance.idle_turns));
        put(match u.stance.obeys_to_the_last {
            None => 0,
            Some(false) => 1,
            Some(true) => 2,
        });
        put(task_code(u.mission.task));
        put(u.mission.start_at.map_or(u64::MAX, |h| u64::from(h.0)));
        put(u64::from(u.mission.since.0));
        put(u64::from(u.position.since.0) << 1 | u64::from(u.position.taken));
        put(u64::from(u.ledger.in_contact));
        put(u64::from(u.ledger.marched));
        for l in u.ledger.losses {
            put(u64::from(l));
        }
        put(u64::from(u.ledger.blocked_hours));
        put(u.mission.route.len() as u64);
        u.mission.route.iter().for_each(|h| put(u64::from(h.0)));
    }
    for t in &s.tenures {
        put(t.holder.map_or(2, |side| side as u64) * 2 + u64::from(t.contested));
    }
    h.update(&bytes);
    bytes.clear();
    bytes.extend(s.field.control.iter().map(|c| match c {
        None => 0u8,
        Some(Side::China) => 1,
        Some(Side::Japan) => 2,
    }));
    bytes.extend(s.blaze.all().iter().map(|c| *c as u8));
    for f in &s.field.forage {
        bytes.extend_from_slice(&f.to_bits().to_le_bytes());
    }
    for (side, unit, c) in Side::ALL.into_iter().flat_map(|side| {
        s.intelligence
            .of(side)
            .iter()
            .map(move |(unit, c)| (side, unit, c))
    }) {
        bytes.push(side as u8);
        bytes.extend_from_slice(&unit.0.to_le_bytes());
        bytes.extend_from_slice(&c.hex.0.to_le_bytes());
        bytes.extend_from_slice(&c.men.to_le_bytes());
        bytes.extend_from_slice(&c.seen.0.to_le_bytes());
    }
    bytes.extend_from_slice(&s.course.bytes());
    h.update(&bytes);
    let mut short = [0; 16];
    short.copy_from_slice(&h.finalize().as_bytes()[..16]);
    Digest(short)
}

/// Boats and crowds.
fn flight(s: &Snapshot, put: &mut impl FnMut(u64)) {
    for berth in &s.ferries.berths {
        let owner = berth.owner.map_or(0, |f| f.0 + 1);
        put(u64::from(berth.crossing) << 32 | u64::from(berth.kind));
        put(u64::from(owner) << 32 | u64::from(berth.boats));
    }
    for from in s.ferries.closed_from {
        put(from.map_or(u64::MAX, u64::from));
    }
    put(s.ferries.carry.to_bits());
    put(u64::from(s.next_crowd));
    for crowd in &s.crowds {
        put(u64::from(crowd.id.0) << 32 | u64::from(crowd.at.0) << 1 | crowd.side as u64);
        put(crowd.progress.to_bits());
        put(crowd.carry.to_bits());
        put(u64::from(crowd.told));
        crowd.route.iter().for_each(|h| put(u64::from(h.0)));
        for (unit, men) in &crowd.men {
            put(u64::from(unit.0) << 32 | u64::from(*men));
        }
    }
}

/// A task as a number.
fn task_code(task: Task) -> u64 {
    let (kind, place) = match task {
        Task::Hold => (0, 0),
        Task::Rest => (1, 0),
        Task::March { to, forced: false } => (2, u32::from(to.0)),
        Task::March { to, forced: true } => (3, u32::from(to.0)),
        Task::Assault { target } => (4, u32::from(target.0)),
        Task::Withdraw { to } => (5, u32::from(to.0)),
        Task::Bombard { target } => (6, u32::from(target.0)),
        Task::Support { target } => (7, u32::from(target.0)),
        Task::Counterattack { target } => (8, u32::from(target.0)),
        Task::ClearMines { target } => (9, u32::from(target.0)),
        Task::Embark { at } => (10, u32::from(at.0)),
        Task::Siege { deed, side } => (16 + deed as u64, side.0),
    };
    kind << 32 | u64::from(place)
}

/// The state as sorted readable text, a line a unit and place: what is compared when digests
/// differ.
pub fn dump(scenario: &Scenario, s: &Snapshot) -> String {
    let mut text = String::new();
    let map = scenario.map();
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "hour {} {} fog {} city_lost {:?}",
        s.clock.hour.0,
        scenario.calendar().iso(s.clock.hour),
        s.clock.fog,
        s.field.city_lost
    );
    for (unit, u) in scenario.units().iter().zip(&s.units) {
        let at = u.position.hex.map_or("-".to_owned(), |h| map.grid.label(h));
        let _ = write!(
            text,
            "unit {} at {at} {:?} {:?}",
            unit.text_id, u.stance.posture, u.mission.task
        );
        for bin in Bin::ALL {
            if u.strength.men(bin) > 0 {
                let _ = write!(text, " {} {}", bin.key(), u.strength.men(bin));
            }
        }
        let c = &u.condition;
        let _ = writeln!(
            text,
            " cohesion {:.6} fatigue {:.6} supply {:.6} ammunition {:.6} suppression {:.6} rounds {:.3} isolated {} works {:?}",
            c.cohesion,
            c.fatigue,
            c.supply,
            c.ammunition,
            c.suppression,
            c.rounds,
            c.isolated,
            u.stance.entrenched
        );
    }
    for (place, t) in map.places.iter().zip(&s.tenures) {
        let _ = writeln!(
            text,
            "place {} {:?} contested {}",
            place.id, t.holder, t.contested
        );
    }
    for crowd in &s.crowds {
        let _ = writeln!(
            text,
            "crowd {} {} at {} men {}",
            crowd.id.0,
            crowd.side.key(),
            map.grid.label(crowd.at),
            crowd.size()
        );
    }
    for berth in &s.ferries.berths {
        let _ = writeln!(text, "boats {berth:?}");
    }
    for fire in s.blaze.fires() {
        let _ = writeln!(text, "fire at {}", map.grid.label(*fire));
    }
    for (group, mission) in scenario.air().iter().zip(&s.air.0) {
        let _ = writeln!(text, "air {} {mission:?}", group.text_id);
    }
    for (side, r) in &s.field.ramparts {
        let _ = writeln!(text, "wall {} {r:?}", side.0);
    }
    s.course.dump(scenario, &mut text);
    for side in Side::ALL {
        let held = s.field.control.iter().filter(|c| **c == Some(side)).count();
        let _ = writeln!(text, "control {} {held} hexes", side.key());
        for (unit, c) in s.intelligence.of(side) {
            let _ = writeln!(
                text,
                "known_to {} {} at {} men {} seen {}",
                side.key(),
                scenario.unit(*unit).text_id,
                map.grid.label(c.hex),
                c.men,
                c.seen.0
            );
        }
    }
    text
}
