//! Playback of a turn, hour by hour, from the events one's side observed: where units are drawn at
//! a minute, which fights and fires are under way, and the sentences to read meanwhile.
//!
//! Built once from a turn's events; reads neither battle nor clock. Time comes in by
//! [`Playback::advance`].

mod collapse;
pub mod crowds;
mod observed;
pub mod signs;
mod track;

pub use observed::{observed, observed_by, side_of, whereabouts};

use super::{picture::Picture, session::Seat};
use crate::{
    battle::{Event, Logged, Phase},
    report::{self, chronicle::Weight},
    scenario::{Hex, Hours, Scenario, Side, UnitId, calendar::HOURS_PER_TURN},
};
use collapse::Leaving;
use crowds::Bodies;
use signs::Sign;
use std::collections::{BTreeMap, BTreeSet};
use track::Track;

/// Minutes of the battle that pass in a second at speed 1: an hour in two and a half seconds.
const MINUTES_PER_SECOND: f64 = 24.0;

/// Speeds offered.
pub const SPEEDS: [f32; 5] = [0.5, 1.0, 2.0, 4.0, 8.0];

/// Minutes of the hour taken by what a phase of it wrote: (from, to). Happenings and sightings come
/// first, then fire, the marches, the fights and what follows from them, as in the turn itself.
fn window(phase: Phase) -> (f64, f64) {
    match phase {
        Phase::Arrivals | Phase::Command | Phase::Happenings | Phase::Observation => (0.0, 2.0),
        Phase::Bombardment => (2.0, 20.0),
        Phase::Movement => (4.0, 40.0),
        Phase::Escape => (20.0, 40.0),
        Phase::Siege => (40.0, 42.0),
        Phase::Assault => (42.0, 52.0),
        Phase::Morale => (52.0, 58.0),
        Phase::Supply | Phase::Verdict => (58.0, 60.0),
    }
}

/// A fight is shown so many minutes before anybody gives way in it.
const FIGHT_BEFORE: f64 = 10.0;

/// A sign stays so many minutes, to be read.
const SIGN_STAYS: f64 = 30.0;

/// Something to be drawn for a while.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Flash {
    /// Shells fall here.
    Fire {
        /// Km.
        at: [f64; 2],
    },
    /// A fight over this hex.
    Fight {
        /// Km.
        at: [f64; 2],
        /// An assault, or fire across the line.
        assault: bool,
        /// Who attacks.
        attacker: Side,
    },
    /// Something done at the wall, by aircraft, fire or ships, with its word.
    Sign(Sign),
    /// A unit gives way.
    Retreat {
        /// Km.
        from: [f64; 2],
        /// Km; the same as `from` if nobody saw where to.
        to: [f64; 2],
        /// Whose.
        side: Side,
    },
}

#[derive(Clone, Debug, PartialEq)]
struct Timed<T> {
    begin: f64,
    end: f64,
    what: T,
}

/// A turn being played back.
#[derive(Clone, Debug, Default)]
pub struct Playback {
    first: Hours,
    length: f64,
    minute: f64,
    speed: f64,
    paused: bool,
    tracks: BTreeMap<UnitId, Track>,
    bodies: Bodies,
    flashes: Vec<Timed<Flash>>,
    sentences: Vec<(f64, Weight, String)>,
}

impl Playback {
    /// A turn to be played back from its beginning. `before` is the picture before the turn,
    /// `after` the one after it (which enemies have been lost from sight); `events` are the turn's.
    pub fn new(
        scenario: &Scenario,
        before: &Picture,
        after: &Picture,
        events: &[Logged],
        seat: Seat,
    ) -> Self {
        let first = before.hour;
        let mut playback = Self {
            first,
            length: f64::from(HOURS_PER_TURN) * 60.0,
            minute: 0.0,
            speed: 1.0,
            ..Self::default()
        };
        let mut reel = Reel {
            scenario,
            seat,
            tracks: BTreeMap::new(),
            bodies: Bodies::before(before, scenario.map()),
            leaving: Leaving::default(),
            flashes: Vec::new(),
            yielded: BTreeSet::new(),
        };
        for c in &before.counters {
            reel.appear(c.id, f64::NEG_INFINITY, c.hex);
        }
        let shown: Vec<&Logged> = events
            .iter()
            .filter(|l| observed_by(scenario, seat, &l.event))
            .collect();
        let times = times(&shown, first);
        for (logged, time) in shown.iter().zip(&times) {
            reel.take(logged, *time);
            let weight = report::weight(scenario, &logged.event);
            if weight > Weight::Routine {
                let own = match seat {
                    Seat::Side(side) => Some(side),
                    Seat::Both | Seat::Watch => None,
                };
                let sentence = report::sentence_seen_by(scenario, &logged.event, own);
                playback.sentences.push((time.0, weight, sentence));
            }
        }
        // Who is no longer known at the end was lost from sight; when, the events do not tell.
        let last_hour = playback.length - 60.0;
        for (id, track) in &mut reel.tracks {
            let theirs = side_of(scenario, *id).is_some_and(|side| !seat.sees(side));
            if theirs && after.counter(*id).is_none() {
                track.vanish(last_hour);
            }
        }
        playback.tracks = reel.tracks;
        playback.bodies = reel.bodies;
        playback.flashes = reel.flashes;
        playback.sentences.sort_by(|a, b| a.0.total_cmp(&b.0));
        playback
    }

    /// Lets time pass, in seconds before the screen.
    pub fn advance(&mut self, seconds: f64) {
        if !self.paused && seconds.is_finite() && seconds > 0.0 {
            let minutes = seconds * MINUTES_PER_SECOND * self.speed;
            self.minute = (self.minute + minutes).min(self.length);
        }
    }

    /// Runs on, or pauses.
    pub fn play_pause(&mut self) {
        self.paused = !self.paused;
    }

    /// Is it paused?
    pub fn paused(&self) -> bool {
        self.paused
    }

    /// Sets the speed, 0.5 to 8.
    pub fn set_speed(&mut self, speed: f32) {
        if speed.is_finite() {
            self.speed = f64::from(speed.clamp(SPEEDS[0], SPEEDS[SPEEDS.len() - 1]));
        }
    }

    /// The speed.
    pub fn speed(&self) -> f32 {
        self.speed as f32
    }

    /// To the end at once.
    pub fn skip(&mut self) {
        self.minute = self.length;
    }

    /// Is all played?
    pub fn done(&self) -> bool {
        self.minute >= self.length
    }

    /// The hour being played.
    pub fn hour(&self) -> Hours {
        let last = (self.length / 60.0 - 1.0).max(0.0);
        Hours(self.first.0 + (self.minute / 60.0).floor().min(last) as u32)
    }

    /// Minute of that hour, 0 to 60.
    pub fn minute_of_hour(&self) -> u32 {
        let hours = f64::from(self.hour().0 - self.first.0);
        (self.minute - hours * 60.0) as u32
    }

    /// Share of the turn played, 0 to 1.
    pub fn share(&self) -> f32 {
        if self.length > 0.0 {
            (self.minute / self.length) as f32
        } else {
            1.0
        }
    }

    /// Where units are drawn now, km east and north of the map's south-west corner. Units not seen
    /// are left out.
    pub fn positions(&self) -> BTreeMap<UnitId, [f64; 2]> {
        self.tracks
            .iter()
            .filter_map(|(id, track)| Some((*id, track.at(self.minute)?)))
            .collect()
    }

    /// Crowds as they are now.
    pub fn crowds(&self) -> impl Iterator<Item = crowds::Shown> + '_ {
        self.bodies.shown(self.minute)
    }

    /// What is to be drawn over the map now, each with its share of time passed, 0 to 1.
    pub fn flashes(&self) -> impl Iterator<Item = (Flash, f32)> + '_ {
        self.flashes
            .iter()
            .filter(|f| f.begin <= self.minute && self.minute < f.end)
            .map(|f| {
                let share = (self.minute - f.begin) / (f.end - f.begin).max(1.0);
                (f.what, share as f32)
            })
    }

    /// Sentences of the hour so far, oldest first.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        let begin = f64::from(self.hour().0 - self.first.0) * 60.0;
        self.sentences
            .iter()
            .filter(move |(at, ..)| *at >= begin && *at <= self.minute)
            .map(|(_, _, text)| text.as_str())
    }

    /// The sentence to read now: of the last hour the one that matters most, the latest of equals;
    /// in a quiet hour the last one before it.
    pub fn headline(&self) -> Option<&str> {
        let so_far = || self.sentences.iter().filter(|(at, ..)| *at <= self.minute);
        so_far()
            .filter(|(at, ..)| *at > self.minute - 60.0)
            .max_by_key(|(_, weight, _)| *weight)
            .or_else(|| so_far().next_back())
            .map(|(_, _, text)| text.as_str())
    }
}

/// Begin and end of each event, minutes of the turn: several steps of one unit in one phase of an
/// hour share its window.
fn times(events: &[&Logged], first: Hours) -> Vec<(f64, f64)> {
    let step = |l: &Logged| match &l.event {
        Event::Moved { unit, .. } => Some((*unit, l.hour, l.phase)),
        _ => None,
    };
    let mut steps: BTreeMap<(UnitId, Hours, Phase), (u32, u32)> = BTreeMap::new();
    for l in events {
        if let Some(key) = step(l) {
            steps.entry(key).or_default().1 += 1;
        }
    }
    events
        .iter()
        .map(|l| {
            let hour = f64::from(l.hour.0.saturating_sub(first.0)) * 60.0;
            let (from, to) = window(l.phase);
            let (from, to) = match step(l).and_then(|key| steps.get_mut(&key)) {
                Some((taken, all)) => {
                    let slot = (to - from) / f64::from(*all).max(1.0);
                    let begin = from + slot * f64::from(*taken);
                    *taken += 1;
                    (begin, begin + slot)
                }
                None => (from, to),
            };
            (hour + from, hour + to)
        })
        .collect()
}

/// Tracks and flashes while they are being made.
struct Reel<'a> {
    scenario: &'a Scenario,
    seat: Seat,
    tracks: BTreeMap<UnitId, Track>,
    bodies: Bodies,
    leaving: Leaving,
    flashes: Vec<Timed<Flash>>,
    /// Units that gave way, with the hour.
    yielded: BTreeSet<(UnitId, Hours)>,
}

impl Reel<'_> {
    fn km(&self, hex: Hex) -> [f64; 2] {
        self.scenario.map().grid.centre(hex)
    }

    fn flash(&mut self, (begin, end): (f64, f64), what: Flash) {
        self.flashes.push(Timed { begin, end, what });
    }

    fn take(&mut self, logged: &Logged, time: (f64, f64)) {
        let map = self.scenario.map();
        self.bodies.take(&logged.event, time, map);
        let tracks = &self.tracks;
        let at = |unit: UnitId| tracks.get(&unit).and_then(Track::end);
        let placed = self
            .leaving
            .sign(self.scenario, &logged.event, logged.hour, &at);
        let told = signs::signs(self.scenario, &logged.event);
        for sign in told.into_iter().chain(placed) {
            // One of the last minutes is shown a little early, so that it can be read.
            let begin = time
                .0
                .min(f64::from(HOURS_PER_TURN) * 60.0 - 0.7 * SIGN_STAYS);
            self.flash((begin, begin + SIGN_STAYS), Flash::Sign(sign));
        }
        match &logged.event {
            Event::Arrived { unit, at } => self.appear(*unit, time.0, *at),
            Event::Sighted { unit, at, .. } => {
                // Whoever sees both sides follows the steps themselves.
                if matches!(self.seat, Seat::Side(_)) {
                    self.appear(*unit, time.0, *at);
                }
            }
            Event::Moved { unit, from, to } => {
                let (a, b) = (self.km(*from), self.km(*to));
                let retreat = self.yielded.contains(&(*unit, logged.hour));
                self.tracks
                    .entry(*unit)
                    .or_default()
                    .go(time.0, time.1, a, b);
                self.drive_off(*unit, b, time.1);
                if retreat && let Some(side) = side_of(self.scenario, *unit) {
                    self.flash(
                        time,
                        Flash::Retreat {
                            from: a,
                            to: b,
                            side,
                        },
                    );
                }
            }
            Event::Left { unit, .. } => self.vanish(*unit, time.1),
            Event::Yielded { unit, at, .. } => {
                let Some(side) = side_of(self.scenario, *unit) else {
                    return;
                };
                self.yielded.insert((*unit, logged.hour));
                if !self.seat.sees(side) {
                    let at = self.km(*at);
                    let retreat = Flash::Retreat {
                        from: at,
                        to: at,
                        side,
                    };
                    self.flash(time, retreat);
                    self.vanish(*unit, time.1);
                }
            }
            Event::Fired { target, .. } | Event::Raided { target, .. } => {
                let at = self.km(*target);
                self.flash(time, Flash::Fire { at });
            }
            Event::Shelled { at, .. } => {
                let at = self.km(*at);
                self.flash(time, Flash::Fire { at });
            }
            Event::Fought {
                at,
                attacker,
                assault,
                ..
            } => {
                let at = self.km(*at);
                let fight = Flash::Fight {
                    at,
                    assault: *assault,
                    attacker: *attacker,
                };
                self.flash((time.0 - FIGHT_BEFORE, time.1), fight);
            }
            _ => {}
        }
    }

    fn appear(&mut self, unit: UnitId, minute: f64, at: Hex) {
        let at = self.km(at);
        self.tracks.entry(unit).or_default().appear(minute, at);
    }

    fn vanish(&mut self, unit: UnitId, minute: f64) {
        if let Some(track) = self.tracks.get_mut(&unit) {
            track.vanish(minute);
        }
    }

    /// A unit enters a hex: enemies still drawn there from an old report are gone from it.
    fn drive_off(&mut self, unit: UnitId, at: [f64; 2], minute: f64) {
        if !matches!(self.seat, Seat::Side(_)) {
            return;
        }
        let side = side_of(self.scenario, unit);
        for (other, track) in &mut self.tracks {
            if side_of(self.scenario, *other) != side && track.end() == Some(at) {
                track.vanish(minute);
            }
        }
    }
}

#[cfg(test)]
mod tests;
