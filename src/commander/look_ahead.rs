//! Looking ahead: courses of action are played some turns against the enemy as the side knows him, and
//! the one that leaves it best off is chosen. It never sees the battle, only what its side may assume of
//! it, on dice of its own; and it counts turns, never time, so that it decides alike on every machine.

use super::{
    Commander, Idle,
    course::Course,
    desk::Desk,
    general::General,
    mission::held,
    reason::{Choice, Motive, Subject},
};
use crate::{
    battle::{Battle, SideView},
    scenario::{Hex, Scenario, Side},
};
use std::sync::Arc;

/// Samples of luck for each course and reply.
const SAMPLES: u32 = 3;
/// Objectives at which a main effort is weighed.
const EFFORTS: usize = 1;
/// So many standard errors are taken off what a course promises beyond the doctrine: that much may be
/// luck.
const RISK: f64 = 0.7;
/// Enemies further from every own unit than this, in km, do not matter in the turns played.
const IN_REACH_KM: f64 = 12.0;
/// Weight of ground against men.
const GROUND: f64 = 1.0;
const MEN: f64 = 0.5;

/// What was chosen, and what else was weighed.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    /// The course of action.
    pub(super) course: Course,
    turns: u32,
    gain: f64,
    weighed: Vec<(Course, f64)>,
}

impl Chosen {
    /// Notes why.
    pub(super) fn note(&self, desk: &mut Desk) {
        if !desk.explains() {
            return;
        }
        for (course, score) in &self.weighed {
            desk.lay(Subject::Side, Choice::Course(*course), *score, None);
        }
        let motive = Motive::PlayedAhead {
            turns: self.turns,
            gain: self.gain,
        };
        let chosen = Choice::Course(self.course);
        desk.explain(Subject::Side, None, chosen, motive, true);
    }
}

/// The course of action for the turn to come, if this commander looks ahead and there is something to
/// look at.
pub(super) fn choose(general: &General, view: &SideView<'_>) -> Option<Chosen> {
    let turns = general.level().skill().horizon_turns;
    if turns == 0 || view.is_over() || !in_reach(view) {
        return None;
    }
    // What events are to come is not known.
    let scenario = Arc::new(view.scenario().uneventful());
    let night = (0..turns * crate::scenario::calendar::HOURS_PER_TURN)
        .any(|h| view.sky(crate::scenario::Hours(view.hour().0 + h)).night);
    let mut courses = Course::all(&efforts(view), night).into_iter();
    let plain = courses.next()?;
    let doctrine = played(general, view, &scenario, plain, turns);
    let mut weighed = vec![(plain, 0.0)];
    weighed.extend(courses.map(|course| {
        let played = played(general, view, &scenario, course, turns);
        (course, gain(&played, &doctrine))
    }));
    // Of equals the first, which is the doctrine.
    let (course, gain) = weighed
        .iter()
        .copied()
        .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    Some(Chosen {
        course,
        turns,
        gain,
        weighed,
    })
}

/// Is a known enemy close enough to matter?
fn in_reach(view: &SideView<'_>) -> bool {
    let grid = &view.scenario().map().grid;
    let own: Vec<Hex> = view.own_hexes().collect();
    view.enemy_hexes().any(|(enemy, _)| {
        own.iter()
            .any(|hex| f64::from(grid.distance(*hex, enemy)) * grid.hex_km() <= IN_REACH_KM)
    })
}

/// The objectives that the side wants most and does not hold, most wanted first.
fn efforts(view: &SideView<'_>) -> Vec<Hex> {
    let scenario = view.scenario();
    let side = view.side();
    let mut wanted: Vec<(f64, Hex)> = scenario
        .objectives()
        .iter()
        .filter(|o| !held(view, o.place, side))
        .map(|o| {
            let centre = scenario.map().places[o.place].centre;
            (o.worth[side.index()], centre)
        })
        .filter(|(worth, _)| *worth > 0.0)
        .collect();
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    wanted.truncate(EFFORTS);
    wanted.into_iter().map(|(_, hex)| hex).collect()
}

/// How much better off a course leaves the side than its doctrine, with the enemy's same replies and the
/// same luck; less what may be chance.
fn gain(course: &[f64], doctrine: &[f64]) -> f64 {
    let n = course.len().max(1) as f64;
    let pairs = || course.iter().zip(doctrine).map(|(a, b)| a - b);
    let mean = pairs().sum::<f64>() / n;
    let spread = pairs().map(|d| (d - mean) * (d - mean)).sum::<f64>() / n;
    mean - RISK * (spread / n).sqrt()
}

/// How well off a course leaves the side, for each of the enemy's replies and each sample of luck.
fn played(
    general: &General,
    view: &SideView<'_>,
    scenario: &Arc<Scenario>,
    course: Course,
    turns: u32,
) -> Vec<f64> {
    let side = view.side();
    let mut results = Vec::new();
    for strikes_back in [false, true] {
        for sample in 0..SAMPLES {
            let mut battle = Battle::restore(Arc::clone(scenario), view.assume(sample));
            let before = standing(&battle, scenario, side);
            let mut own = general.on_course(course);
            let mut enemy: Box<dyn Commander> = if strikes_back {
                Box::new(General::imagined())
            } else {
                Box::new(Idle)
            };
            for _ in 0..turns {
                if battle.end().is_some() {
                    break;
                }
                battle.planned(side, |view| own.orders(view));
                battle.planned(side.enemy(), |view| enemy.orders(view));
                battle.end_turn();
            }
            results.push(standing(&battle, scenario, side) - before);
        }
    }
    results
}

/// How well off a side is: the worth to it of what it holds less what the enemy holds, as a share of
/// all, and its men in the ranks less the enemy's.
fn standing(battle: &Battle, scenario: &Scenario, side: Side) -> f64 {
    let (mut ground, mut all) = (0.0, 0.0);
    for objective in scenario.objectives() {
        let worth = objective.worth[side.index()];
        all += worth;
        match battle.tenure(objective.place).and_then(|t| t.holder) {
            Some(holder) if holder == side => ground += worth,
            Some(_) => ground -= worth,
            None => {}
        }
    }
    let share = |side| {
        let men = battle.men(side);
        f64::from(men.formed()) / f64::from(men.total().max(1))
    };
    let ground = if all > 0.0 { ground / all } else { 0.0 };
    GROUND * ground + MEN * (share(side) - share(side.enemy()))
}
