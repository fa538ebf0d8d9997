//! Tournaments of commanders: two of them against each other over scenarios and seeds, both on either
//! side of each. How well a commander did is read from who holds what at the end and how many men each
//! side has left.
//!
//! This measures commanders, for whoever writes or calibrates them. It says nothing about a battle, its
//! sides or the people in it, and no player is ever shown it: there are no points in the game.

use super::{
    cast::Known,
    each, stats,
    stopwatch::{Spent, Timed},
};
use crate::{
    battle::{Battle, Bin, Randomness},
    commander::{Commander, drive},
    report::history::brought_out,
    scenario::{Scenario, Side},
};
use std::{cell::Cell, fmt::Write as _, num::NonZeroUsize, rc::Rc, sync::Arc};

/// How much counts what. Both parts lie between -1 and 1 before they are weighed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Yardstick {
    /// Weight of the objectives: the worth (to the side measured) of those it holds, less the worth of
    /// those the enemy holds, as a share of the worth of all.
    pub objectives: f64,
    /// Weight of the men: the share of one's own men who are formed, still to come, or away with their
    /// units, less the enemy's share.
    pub men: f64,
}

impl Default for Yardstick {
    /// Ground counts twice as much as men: a battle is fought for something, and a commander who keeps
    /// his men by giving everything up has not done better than one who holds.
    fn default() -> Self {
        Self {
            objectives: 1.0,
            men: 0.5,
        }
    }
}

impl Yardstick {
    /// How well a side stands in a battle. Worth is as the scenario has it at the start, whatever its
    /// events made of it since.
    pub fn measure(&self, scenario: &Scenario, battle: &Battle, side: Side) -> f64 {
        self.objectives * ground(scenario, battle, side)
            + self.men * (kept(battle, side) - kept(battle, side.enemy()))
    }
}

/// Share of the worth of all objectives that a side holds, less what the enemy holds.
fn ground(scenario: &Scenario, battle: &Battle, side: Side) -> f64 {
    let (mut sum, mut all) = (0.0, 0.0);
    for objective in scenario.objectives() {
        let worth = objective.worth[side.index()];
        all += worth;
        match battle.tenure(objective.place).and_then(|t| t.holder) {
            Some(holder) if holder == side => sum += worth,
            Some(_) => sum -= worth,
            None => {}
        }
    }
    if all > 0.0 { sum / all } else { 0.0 }
}

/// Share of a side's men who are formed, still to come, or away with their units.
fn kept(battle: &Battle, side: Side) -> f64 {
    let men = battle.men(side);
    let kept = men.formed() + men.men(Bin::NotArrived) + brought_out(battle, side);
    f64::from(kept) / f64::from(men.total().max(1))
}

/// A game of a tournament, measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Bout {
    /// How well each side stood at the end, by [`Side::index`].
    pub stands: [f64; 2],
    /// Digest of the last state.
    pub digest: String,
}

/// Two games of the same scenario and seed, with the sides swapped.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Seed of both.
    pub seed: u64,
    /// The first commander as China and the second as Japan; then the other way round.
    pub bouts: [Bout; 2],
}

impl Pair {
    /// How much better the first commander did than the second in the same seats, both seats together:
    /// above 0 it won the pair, at 0 it is a tie.
    pub fn difference(&self) -> f64 {
        let [one, two] = &self.bouts;
        let (china, japan) = (Side::China.index(), Side::Japan.index());
        (one.stands[china] - two.stands[china]) + (two.stands[japan] - one.stands[japan])
    }
}

/// Differences this small come from the order of additions.
const NOTHING: f64 = 1e-9;

/// Wins, ties and differences of some pairs, from the first commander's point of view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tally {
    /// Pairs played.
    pub pairs: usize,
    /// Pairs that the first commander won.
    pub won: usize,
    /// Pairs that the second won.
    pub lost: usize,
    /// Mean difference.
    pub mean: f64,
    /// Half the width of its 95 % interval; `None` for fewer than two pairs.
    pub half_width: Option<f64>,
}

impl Tally {
    /// Of some pairs.
    pub fn of<'a>(pairs: impl Iterator<Item = &'a Pair>) -> Self {
        let differences: Vec<f64> = pairs.map(Pair::difference).collect();
        let count = |wanted: fn(f64) -> bool| differences.iter().filter(|d| wanted(**d)).count();
        let n = differences.len();
        Self {
            pairs: n,
            won: count(|d| d > NOTHING),
            lost: count(|d| d < -NOTHING),
            mean: differences.iter().sum::<f64>() / n.max(1) as f64,
            half_width: stats::mean_interval(&differences).map(|(_, half)| half),
        }
    }

    /// Pairs that neither won.
    pub fn ties(&self) -> usize {
        self.pairs - self.won - self.lost
    }

    /// Share of all pairs that the first commander won; a tie is not won.
    pub fn rate(&self) -> f64 {
        self.won as f64 / self.pairs.max(1) as f64
    }
}

/// A tournament played.
pub struct Tournament {
    /// Its scenarios.
    pub scenarios: Vec<Arc<Scenario>>,
    /// The two commanders.
    pub between: [Known; 2],
    /// By what they were measured.
    pub yardstick: Yardstick,
    /// Pairs of each scenario, in order of seed.
    pub pairs: Vec<Vec<Pair>>,
    /// Time spent, by commander and [`Side::index`]. Differs from run to run; all else does not.
    pub spent: [[Spent; 2]; 2],
}

impl Tournament {
    /// Plays the seeds 1, 2, ... of each scenario, two games each, on so many threads.
    pub fn of(
        scenarios: Vec<Scenario>,
        between: [Known; 2],
        seeds: u64,
        yardstick: Yardstick,
        threads: NonZeroUsize,
    ) -> Self {
        let scenarios: Vec<Arc<Scenario>> = scenarios.into_iter().map(Arc::new).collect();
        let seeds = usize::try_from(seeds).unwrap_or(usize::MAX);
        let mut spent = [[Spent::default(); 2]; 2];
        let mut pairs = Vec::with_capacity(scenarios.len());
        for scenario in &scenarios {
            let played = each(seeds, threads, |index| {
                pair(scenario, between, index as u64 + 1, &yardstick)
            });
            let mut of_scenario = Vec::with_capacity(played.len());
            for (pair, times) in played {
                for (sum, part) in spent.iter_mut().flatten().zip(times.iter().flatten()) {
                    *sum += *part;
                }
                of_scenario.push(pair);
            }
            pairs.push(of_scenario);
        }
        Self {
            scenarios,
            between,
            yardstick,
            pairs,
            spent,
        }
    }

    /// Over all scenarios.
    pub fn tally(&self) -> Tally {
        Tally::of(self.pairs.iter().flatten())
    }
}

/// Plays both games of a seed. Time spent is by commander and side.
fn pair(
    scenario: &Arc<Scenario>,
    between: [Known; 2],
    seed: u64,
    yardstick: &Yardstick,
) -> (Pair, [[Spent; 2]; 2]) {
    let mut spent = [[Spent::default(); 2]; 2];
    // Who sits where: by side, the number of the commander.
    let bouts = [[0, 1], [1, 0]].map(|seats| {
        let clocked = seats.map(|who: usize| Timed::of(between[who].make()));
        let [(china, of_china), (japan, of_japan)] = clocked;
        let mut pair: [Box<dyn Commander>; 2] = [Box::new(china), Box::new(japan)];
        let bout = bout(scenario, &mut pair, seed, yardstick);
        let read = |watch: &Rc<Cell<Spent>>| watch.get();
        for (side, time) in [read(&of_china), read(&of_japan)].into_iter().enumerate() {
            spent[seats[side]][side] += time;
        }
        bout
    });
    (Pair { seed, bouts }, spent)
}

fn bout(
    scenario: &Arc<Scenario>,
    commanders: &mut [Box<dyn Commander>; 2],
    seed: u64,
    yardstick: &Yardstick,
) -> Bout {
    let mut battle = Battle::new(Arc::clone(scenario), seed, Randomness::Sampled);
    while battle.end().is_none() {
        drive(&mut battle, commanders);
    }
    Bout {
        stands: Side::ALL.map(|side| yardstick.measure(scenario, &battle, side)),
        digest: battle.digest().to_string(),
    }
}

/// The result as Markdown: the same whatever the threads.
pub fn report(tournament: &Tournament) -> String {
    let [first, second] = tournament.between;
    let weights = &tournament.yardstick;
    let mut text = format!(
        "Each pair is two games of one seed with the sides swapped. A side's standing at the end is {} \
         times the share of the objectives' worth that it holds, less the enemy's, plus {} times the \
         share of its men who are formed, still to come or away with their units, less the enemy's. \
         Who did better in the same seats, both together, won the pair. This measures commanders, not \
         battles, and is shown to no player.\n\n",
        weights.objectives, weights.men
    );
    let _ = writeln!(
        text,
        "| scenario | pairs | {} | {} | ties | {} won | 95 % interval | mean difference | 95 % \
         interval |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|",
        first.name, second.name, first.name
    );
    for (scenario, pairs) in tournament.scenarios.iter().zip(&tournament.pairs) {
        text.push_str(&row(&scenario.file().title, &Tally::of(pairs.iter())));
    }
    if tournament.scenarios.len() > 1 {
        text.push_str(&row("all", &tournament.tally()));
    }
    text
}

fn row(name: &str, tally: &Tally) -> String {
    let rate = stats::share_interval(tally.won, tally.pairs).map_or_else(
        || "-".to_owned(),
        |(low, high)| format!("{:.0} % to {:.0} %", low * 100.0, high * 100.0),
    );
    let mean = tally.half_width.map_or_else(
        || "-".to_owned(),
        |half| format!("{:.3} to {:.3}", tally.mean - half, tally.mean + half),
    );
    format!(
        "| {name} | {} | {} | {} | {} | {:.1} % | {rate} | {:.3} | {mean} |\n",
        tally.pairs,
        tally.won,
        tally.lost,
        tally.ties(),
        tally.rate() * 100.0,
        tally.mean,
    )
}

/// Time spent, as Markdown: differs from machine to machine and from run to run.
pub fn times(tournament: &Tournament) -> String {
    let mut text =
        String::from("| commander | as | side-turns | mean ms a side-turn |\n|---|---|--:|--:|\n");
    for (known, sides) in tournament.between.iter().zip(&tournament.spent) {
        for (side, spent) in Side::ALL.into_iter().zip(sides) {
            let mean = spent
                .mean_ms()
                .map_or_else(|| "-".to_owned(), |ms| format!("{ms:.3}"));
            let _ = writeln!(
                text,
                "| {} | {} | {} | {mean} |",
                known.name,
                side.key(),
                spent.turns
            );
        }
    }
    text
}
