//! A battle fought by the computer on both sides, with or without a record, and how its course and
//! result are told in the terminal.

use super::failure::Failure;
use crate::{
    battle::{Battle, EventId, Logged, Randomness},
    commander::{Commander, Level, for_side},
    record::Recorder,
    report::{self, Diary, Watch},
    scenario::{Options, Scenario, Side, TurnNo, validate},
    shelf::Shelf,
};
use std::{io::Write, sync::Arc};

/// Loads a scenario by path or name.
///
/// # Errors
/// [`Failure::File`] and [`Failure::Scenario`].
pub fn load(path_or_name: &str, options: &Options) -> Result<Scenario, Failure> {
    let (files, name) = Shelf::open(path_or_name)?;
    let examined = validate::examine(&*files, &name, options);
    examined.built.ok_or(Failure::Scenario {
        problems: examined.problems,
        texts: examined.texts,
    })
}

/// A battle with the computer on both sides, recorded turn by turn.
pub struct Fight {
    battle: Battle,
    commanders: [Box<dyn Commander>; 2],
    recorder: Recorder,
    refused: usize,
    diaries: [Diary; 2],
    pages: [String; 2],
}

impl Fight {
    /// Sets it up.
    pub fn new(scenario: Scenario, seed: u64, levels: [Level; 2]) -> Self {
        let mut notes = vec!["computer against computer".to_owned()];
        notes.extend(report::switches(&scenario));
        notes.extend(report::commanded(levels));
        let commanders = Side::ALL
            .map(|side| -> Box<dyn Commander> { for_side(&scenario, side, levels[side.index()]) });
        let battle = Battle::new(Arc::new(scenario), seed, Randomness::Sampled);
        Self {
            recorder: Recorder::new(&battle, notes),
            battle,
            commanders,
            refused: 0,
            diaries: Default::default(),
            pages: Default::default(),
        }
    }

    /// The battle.
    pub fn battle(&self) -> &Battle {
        &self.battle
    }

    /// From now on the staffs keep diaries.
    pub fn explain(&mut self) {
        for commander in &mut self.commanders {
            commander.explain(true);
        }
    }

    /// The page of a side's diary for the turn last fought; empty if it keeps none.
    pub fn page(&self, side: Side) -> &str {
        &self.pages[side.index()]
    }

    /// The record so far.
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// Orders of the computer that were not legal; there should be none.
    pub fn refused(&self) -> usize {
        self.refused
    }

    /// Fights a turn: both sides plan from the same state, then it is resolved and recorded.
    pub fn turn(&mut self) {
        for side in Side::ALL {
            let commander = &mut self.commanders[side.index()];
            let refused = self.battle.planned(side, |view| commander.orders(view));
            self.refused += refused.len();
            let reasons = commander.reasons();
            self.pages[side.index()] = if reasons.is_empty() {
                String::new()
            } else {
                let (scenario, hour) = (self.battle.scenario(), self.battle.hour());
                self.diaries[side.index()].page(scenario, side, hour, reasons)
            };
        }
        self.recorder.end_turn(&mut self.battle);
    }
}

/// Tells the course of a battle turn by turn.
#[derive(Debug)]
pub struct Telling {
    next: EventId,
    watch: Watch,
    so_far: [u32; 2],
}

impl Telling {
    /// From where a battle stands.
    pub fn from(battle: &Battle) -> Self {
        Self {
            next: battle.next_event(),
            watch: Watch::new(battle.scenario()),
            so_far: [0; 2],
        }
    }

    /// Writes the bulletin of the turn just fought.
    ///
    /// # Errors
    /// When `out` fails.
    pub fn turn(
        &mut self,
        battle: &Battle,
        turn: TurnNo,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let scenario = battle.scenario();
        let events: &[Logged] = battle.events_since(self.next);
        let milestones = self.watch.read(scenario, events);
        let bulletin = report::bulletin(scenario, turn, events, &milestones);
        for (sum, lost) in self.so_far.iter_mut().zip(bulletin.casualties) {
            *sum += lost;
        }
        self.next = battle.next_event();
        write!(out, "{}", bulletin.text(self.so_far))?;
        Ok(())
    }
}

/// Writes what is fought: title, estimates of strength, seed.
///
/// # Errors
/// When `out` fails.
pub fn announce(battle: &Battle, out: &mut dyn Write) -> Result<(), Failure> {
    let scenario = battle.scenario();
    let file = scenario.file();
    writeln!(out, "{}  {}", file.title, file.title_zh)?;
    for side in Side::ALL {
        let id = scenario.strength(side);
        let estimate = scenario
            .side_file(side)
            .strengths
            .iter()
            .find(|s| s.id == id);
        writeln!(
            out,
            "{}: {} men on the map or due (estimate: {})",
            report::named(scenario, side),
            report::grouped(battle.men(side).total()),
            estimate.map_or(id, |s| &s.name)
        )?;
    }
    for switch in report::switches(scenario) {
        writeln!(out, "Played with {switch}.")?;
    }
    writeln!(
        out,
        "From {}, {} turns of four hours at most; seed {}.",
        scenario.calendar().text(TurnNo(1).first_hour()),
        scenario.turns(),
        battle.seed()
    )?;
    if scenario.simplified_command() {
        writeln!(
            out,
            "Simplified command: orders to formations arrive at once."
        )?;
    }
    if scenario.no_events() {
        writeln!(out, "Without the scenario's events and decisions.")?;
    }
    writeln!(out)?;
    Ok(())
}

/// Writes the result.
///
/// # Errors
/// When `out` fails.
pub fn conclude(battle: &Battle, out: &mut dyn Write) -> Result<(), Failure> {
    let scenario = battle.scenario();
    let events = battle.events();
    let milestones = report::milestones(scenario, events);
    let comparisons = report::compare(scenario, battle);
    writeln!(
        out,
        "\n{} {}\n",
        scenario.calendar().text(battle.hour()),
        report::ending(scenario, battle.end())
    )?;
    writeln!(
        out,
        "{}",
        report::tables::captures(scenario, &milestones, events)
    )?;
    writeln!(out, "{}", report::tables::men(battle))?;
    if battle.end().is_some()
        && let Some(outcome) = report::outcome(battle)
    {
        writeln!(out, "{}", report::tables::outcome(&outcome))?;
    }
    let history = report::tables::history(scenario, &comparisons);
    if !history.is_empty() {
        writeln!(out, "{history}")?;
    }
    writeln!(
        out,
        "Seed {}, {} turns, digest {}.",
        battle.seed(),
        battle.hour().0 / crate::scenario::calendar::HOURS_PER_TURN,
        battle.digest()
    )?;
    if battle.end().is_some()
        && let Some(text) = report::epilogue::epilogue(scenario)
    {
        writeln!(out, "\n{text}")?;
    }
    Ok(())
}
