//! Events of the scenario in words: what happened, why, what was done, asked and decided.

use super::{
    capital,
    conditions::{number, verb},
    place_name,
};
use crate::{
    battle::{Event, Origin},
    report::grouped,
    scenario::{
        Scenario, Side,
        events::{
            Act, Action, Arriving, Command, DecisionId, HappeningId, Intent, UnitTask, Voice,
        },
    },
};

/// The sentence for such an event.
pub(super) fn sentence(scenario: &Scenario, event: &Event) -> String {
    match event {
        Event::Happened { event, .. } => {
            let known = scenario.events().happening(*event);
            if known.narration.is_empty() {
                format!("{}.", known.title)
            } else {
                format!("{}: {}", known.title, known.narration)
            }
        }
        Event::Acted { act, .. } => acted(scenario, act),
        Event::Asked { decision, until } => {
            let known = scenario.events().decision(*decision);
            format!(
                "The {} command is asked: {} It has until {} to answer.",
                known.side.adjective(),
                known.question,
                scenario.calendar().text(*until)
            )
        }
        Event::Decided {
            decision,
            option,
            lapsed,
        } => {
            let known = scenario.events().decision(*decision);
            let option = &known.options[usize::from(*option)];
            if *lapsed {
                format!(
                    "The {} command gives no answer in time: {}",
                    known.side.adjective(),
                    option.text
                )
            } else {
                format!(
                    "The {} command decides: {}",
                    known.side.adjective(),
                    option.text
                )
            }
        }
        _ => String::new(),
    }
}

/// Does a side learn of such an event? What happens is known to both unless the scenario says whom it
/// is told to; what a command is told, asked or ordered is known to it alone.
pub fn told_to(scenario: &Scenario, event: &Event, side: Side) -> bool {
    let events = scenario.events();
    let open = |id: HappeningId| events.happening(id).known_to.is_none_or(|s| s == side);
    match event {
        Event::Happened { event, .. } => open(*event),
        Event::Acted { origin, act } => {
            let origin = match origin {
                Origin::Event(event) => open(*event),
                Origin::Decision { decision, .. } => events.decision(*decision).side == side,
            };
            origin && whose(scenario, act).is_none_or(|s| s == side)
        }
        Event::Asked { decision, .. } | Event::Decided { decision, .. } => {
            events.decision(*decision).side == side
        }
        _ => true,
    }
}

/// The side whose own affair an action is.
fn whose(scenario: &Scenario, act: &Act) -> Option<Side> {
    Some(match act {
        Action::Doctrine {
            of: Command::Side(side),
            ..
        }
        | Action::Directive {
            to: Command::Side(side),
            ..
        }
        | Action::StaffBreakout { side, .. }
        | Action::News { side, .. }
        | Action::Objective { side, .. }
        | Action::NoFireZones { side, .. }
        | Action::Crossings { side, .. }
        | Action::ScorchedEarth { side, .. }
        | Action::Mines { of: side, .. }
        | Action::Lanes { of: side, .. }
        | Action::Message { to: side, .. } => *side,
        Action::Doctrine {
            of: Command::Formation(id),
            ..
        }
        | Action::Directive {
            to: Command::Formation(id),
            ..
        }
        | Action::Mission { formation: id, .. }
        | Action::HeadquartersLeaves(id)
        | Action::HeadquartersMoves { formation: id, .. }
        | Action::Wire { formation: id, .. }
        | Action::Radio { formation: id, .. }
        | Action::Leader { formation: id, .. } => scenario.formation(*id).side,
        Action::Order { unit, .. }
        | Action::Arrival { unit, .. }
        | Action::Departure { unit, .. }
        | Action::Barrier { unit, .. } => scenario.unit(*unit).side,
        Action::Boats { at, .. } => scenario.crossings()[usize::from(*at)].side,
        Action::AirGroup { group, .. } => scenario.air()[usize::from(group.0)].side,
        Action::Decision(id) => scenario.events().decision(*id).side,
        Action::SetFlag(_)
        | Action::ClearFlag(_)
        | Action::Rate { .. }
        | Action::Barricade(_)
        | Action::OpenGate(_)
        | Action::Fire(_)
        | Action::Narration(_)
        | Action::HistoricalNote { .. }
        | Action::EndBattle { .. } => return None,
    })
}

/// An answer to a question, as an order says it.
pub(super) fn answered(scenario: &Scenario, decision: DecisionId, option: u16) -> String {
    let known = scenario.events().decision(decision);
    let text = known
        .options
        .get(usize::from(option))
        .map_or("an unknown answer", |o| &o.text);
    format!("Answer to \"{}\": {text}", known.question)
}

/// How an event or decision ends the battle, in its own words.
pub fn ending(scenario: &Scenario, origin: Origin) -> String {
    let events = scenario.events();
    let acts = match origin {
        Origin::Event(event) => &events.happening(event).then,
        Origin::Decision { decision, option } => {
            &events.decision(decision).options[usize::from(option)].then
        }
    };
    acts.iter()
        .find_map(|act| match act {
            Action::EndBattle { text } => Some(text.clone()),
            _ => None,
        })
        .unwrap_or_else(|| "The battle ends.".to_owned())
}

/// What an action does, as a sentence.
pub fn acted(scenario: &Scenario, act: &Act) -> String {
    let place = |place: &u16| place_name(scenario, *place);
    let gate = |gate: &u16| scenario.map().gates[usize::from(*gate)].name.as_str();
    let time = |hour: &crate::scenario::Hours| scenario.calendar().text(*hour);
    match act {
        Action::Doctrine { of, set } => {
            let whose = match of {
                Command::Side(side) => format!("the {} command", side.adjective()),
                Command::Formation(id) => scenario.formation(*id).name.clone(),
            };
            let changes: Vec<String> = set
                .shares()
                .into_iter()
                .filter_map(|(name, share)| Some(format!("{} {}", words(name), share?)))
                .collect();
            format!("New instructions for {whose}: {}.", changes.join(", "))
        }
        Action::Mission {
            formation,
            task,
            place: at,
        } => format!(
            "New plan for {}: {} at {}.",
            scenario.formation(*formation).name,
            verb(*task),
            place(at)
        ),
        Action::Order { unit, task } => {
            let what = match task {
                UnitTask::Hold => "hold".to_owned(),
                UnitTask::Rest => "rest".to_owned(),
                UnitTask::March(to) => format!("march to {}", place(to)),
                UnitTask::Assault(at) => format!("attack {}", place(at)),
                UnitTask::Withdraw(to) => format!("withdraw to {}", place(to)),
                UnitTask::Bombard(at) => format!("shell {}", place(at)),
                UnitTask::Support(at) => format!("support the fight for {}", place(at)),
            };
            format!("{} is to {what}.", scenario.unit(*unit).name)
        }
        Action::Objective {
            place: at, side, ..
        } => format!(
            "{} changes its worth to the {} command.",
            place(at),
            side.adjective()
        ),
        Action::Arrival { unit, when } => {
            let when = match when {
                Arriving::Now => "comes now".to_owned(),
                Arriving::At(hour) => format!("is to come on {}", time(hour)),
                Arriving::Never => "does not come".to_owned(),
            };
            format!("{} {when}.", scenario.unit(*unit).name)
        }
        Action::Departure { unit, towards } => format!(
            "{} is called away and leaves by way of {}.",
            scenario.unit(*unit).name,
            place(towards)
        ),
        Action::Directive {
            to,
            kind,
            towards,
            notice,
            by,
        } => {
            let from = match by {
                Voice::Command => "Directive",
                Voice::Above => "Directive from above",
            };
            let whom = match to {
                Command::Side(side) => format!("all {} units", side.adjective()),
                Command::Formation(id) => scenario.formation(*id).name.clone(),
            };
            let what = match kind {
                Intent::HoldToTheDeath => "not one step back",
                Intent::Delay => "delay the enemy",
                Intent::MayWithdraw => "ground may be given without orders",
                Intent::Withdraw => "withdraw in order",
                Intent::BreakOut => "break out",
            };
            let towards = towards
                .as_ref()
                .map_or_else(String::new, |p| format!(", towards {}", place(p)));
            let when = match notice {
                0 => String::new(),
                hours => format!(", in {hours} hours"),
            };
            format!("{from} to {whom}: {what}{towards}{when}.")
        }
        Action::StaffBreakout { side, on } => format!(
            "When the city is given up is {} the {} staff.",
            if *on { "left to" } else { "no longer left to" },
            side.adjective()
        ),
        Action::HeadquartersLeaves(id) => {
            format!(
                "The headquarters of {} leaves.",
                scenario.formation(*id).name
            )
        }
        Action::HeadquartersMoves { formation, to } => format!(
            "The headquarters of {} goes to {}.",
            scenario.formation(*formation).name,
            place(to)
        ),
        Action::Wire { formation, whole } => format!(
            "The wire to {} is {}.",
            scenario.formation(*formation).name,
            if *whole { "mended" } else { "cut" }
        ),
        Action::Radio { formation, on } => format!(
            "{} has {} radio.",
            scenario.formation(*formation).name,
            if *on { "a" } else { "no" }
        ),
        Action::News { side, from } => format!(
            "News spreads among the {} units from {} that all is lost.",
            side.adjective(),
            place(from)
        ),
        Action::Barrier { unit, on } => format!(
            "{} {}.",
            scenario.unit(*unit).name,
            if *on {
                "stops all who go back"
            } else {
                "lets everyone pass"
            }
        ),
        Action::Leader { formation, name } => {
            format!(
                "{} now leads {}.",
                name,
                scenario.formation(*formation).name
            )
        }
        Action::NoFireZones { side, kept } => {
            if *kept {
                format!(
                    "The {} command keeps its fire off the ground it has named.",
                    side.adjective()
                )
            } else {
                format!(
                    "The {} command no longer keeps its fire off any ground but the Safety Zone.",
                    side.adjective()
                )
            }
        }
        Action::Barricade(at) => format!("{} is shut.", gate(at)),
        Action::OpenGate(at) => format!("{} is cleared.", gate(at)),
        Action::Boats {
            at,
            kind,
            owner,
            more,
        } => {
            let kinds = &scenario.rules().escape.boats;
            let kind = kinds.get(usize::from(*kind)).map_or("boat", |k| &k.name);
            let plural = match more.unsigned_abs() {
                1 => "",
                _ if kind.ends_with(['s', 'x', 'h']) => "es",
                _ => "s",
            };
            let owner = owner.map_or_else(String::new, |id| {
                format!(", kept for {}", scenario.formation(id).name)
            });
            let what = if *more < 0 {
                "sent away from"
            } else {
                "brought to"
            };
            format!(
                "{} {kind}{plural}{owner}: {what} {}.",
                grouped(more.unsigned_abs()),
                scenario.map().places[scenario.crossings()[usize::from(*at)].place].name
            )
        }
        Action::Crossings { side, open } => format!(
            "The boats of the {} side {}.",
            side.adjective(),
            if *open {
                "put off again"
            } else {
                "put off no more"
            }
        ),
        Action::ScorchedEarth { side, on } => format!(
            "The {} side {} to burn down what stands before the enemy.",
            side.adjective(),
            if *on { "begins" } else { "ceases" }
        ),
        Action::Mines { place: at, of } => {
            format!("The {} side lays mines at {}.", of.adjective(), place(at))
        }
        Action::Lanes { of, near, .. } => format!(
            "The {} side marks lanes through its minefields near {}.",
            of.adjective(),
            place(near)
        ),
        Action::Fire(at) => format!("{} catches fire.", capital(place(at))),
        Action::AirGroup {
            group,
            sorties_per_day,
        } => format!(
            "{} flies {} sorties on a clear day.",
            scenario.air()[usize::from(group.0)].name,
            number(*sorties_per_day)
        ),
        Action::Rate { rule, value } => {
            format!("{} is now {value}.", capital(rule.rate().text))
        }
        Action::SetFlag(flag) => noted(scenario, *flag, true),
        Action::ClearFlag(flag) => noted(scenario, *flag, false),
        Action::Message { to, text } => {
            format!("To the {} command: {text}", to.adjective())
        }
        Action::Narration(text) => text.clone(),
        Action::HistoricalNote { text, source, .. } => format!("{text} Source: {source}."),
        Action::Decision(id) => {
            let known = scenario.events().decision(*id);
            format!(
                "The {} command is asked: {}",
                known.side.adjective(),
                known.question
            )
        }
        Action::EndBattle { text } => text.clone(),
    }
}

fn noted(scenario: &Scenario, flag: u16, set: bool) -> String {
    let flags = &scenario.events().flags;
    let name = flags.get(usize::from(flag)).map_or("?", |f| f);
    let not = if set { "" } else { " no more" };
    format!("\"{}\" is so{not}.", name.replace('_', " "))
}

fn words(name: &str) -> String {
    name.replace('_', " ")
}
