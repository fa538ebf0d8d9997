//! Conditions of events in words, and why an event happened.

use super::place_name;
use crate::{
    battle::Finding,
    report::grouped,
    scenario::{
        PlanTask, Scenario,
        events::{Condition, Daylight, Force, HappeningId, Known, Limit, When},
    },
};

/// Why an event happened: each of its conditions in words, with what was found.
pub fn reasons(scenario: &Scenario, event: HappeningId, found: &[Finding]) -> Vec<String> {
    let leaves = scenario.events().happening(event).when.leaves();
    found
        .iter()
        .filter_map(|finding| {
            let leaf = leaves.get(usize::from(finding.leaf))?;
            let mut text = condition(scenario, leaf);
            if let (Some(x), false) = (finding.measured, matches!(leaf, Condition::Chance(_))) {
                text = format!("{text}: {}", number(x));
            }
            Some(if finding.held {
                text
            } else {
                format!("not: {text}")
            })
        })
        .collect()
}

pub(super) fn number(x: f64) -> String {
    if x.fract() == 0.0 && (0.0..1e9).contains(&x) {
        grouped(x as u32)
    } else {
        format!("{x:.2}")
    }
}

/// A condition in words.
pub fn condition(scenario: &Scenario, when: &When) -> String {
    let time = |hour: &crate::scenario::Hours| scenario.calendar().text(*hour);
    let place = |place: &u16| place_name(scenario, *place);
    let list = |list: &[When]| -> String {
        let parts: Vec<String> = list.iter().map(|c| condition(scenario, c)).collect();
        parts.join("; ")
    };
    match when {
        Condition::At(h) => format!("it is {}", time(h)),
        Condition::After(h) => format!("it is {} or later", time(h)),
        Condition::Before(h) => format!("it is before {}", time(h)),
        Condition::Between(a, b) => format!("it is between {} and {}", time(a), time(b)),
        Condition::HourOfDay { from, until } => {
            format!("the hour of the day is from {from}:00 to {until}:00")
        }
        Condition::Turn { from, until } => format!("it is turn {from} to {until}"),
        Condition::Held { place: p, by } => format!("{} is in {} hands", place(p), by.adjective()),
        Condition::Captured { place: p, by } => {
            format!("the {} side has taken {}", by.adjective(), place(p))
        }
        Condition::Contested { place: p, by } => {
            format!("{} is contested by the {} side", place(p), by.adjective())
        }
        Condition::CityLost => "the city is lost".to_owned(),
        Condition::Strength { of, men } => {
            format!("{} has {} formed men", force(scenario, of), bound(*men))
        }
        Condition::ShareLeft { of, share } => {
            format!("{} of {} is left", bound(*share), force(scenario, of))
        }
        Condition::Losses { of, men } => format!(
            "{} has lost {} killed and wounded",
            force(scenario, of),
            bound(*men)
        ),
        Condition::Cohesion { of, mean } => {
            format!("cohesion of {} is {}", force(scenario, of), bound(*mean))
        }
        Condition::Supply { of, mean } => {
            format!("supply of {} is {}", force(scenario, of), bound(*mean))
        }
        Condition::CutOff { of, share } => {
            format!("{} of {} is cut off", bound(*share), force(scenario, of))
        }
        Condition::OnMap(of) => format!("{} is on the map", force(scenario, of)),
        Condition::Near { of, place: p, km } => {
            format!("{} is within {km} km of {}", force(scenario, of), place(p))
        }
        Condition::OrderReceived { formation, task } => format!(
            "{} has its order to {}",
            scenario.formation(*formation).name,
            verb(*task)
        ),
        Condition::Flag(flag) => {
            let flags = &scenario.events().flags;
            let name = flags.get(usize::from(*flag)).map_or("?", |f| f);
            format!("\"{}\" is so", name.replace('_', " "))
        }
        Condition::Fired { event, hours_ago } => {
            let title = &scenario.events().happening(*event).title;
            if *hours_ago == 0 {
                format!("\"{title}\" has happened")
            } else {
                format!("\"{title}\" happened {hours_ago} hours ago or more")
            }
        }
        Condition::Decided { decision, option } => {
            let option = &scenario.events().decision(*decision).options[usize::from(*option)];
            format!("it was decided: {}", option.text.trim_end_matches('.'))
        }
        Condition::Light(light) => match light {
            Daylight::Day => "it is day".to_owned(),
            Daylight::HalfLight => "it is dawn or dusk".to_owned(),
            Daylight::Night => "it is night".to_owned(),
        },
        Condition::Fog => "there is fog".to_owned(),
        Condition::Chance(p) => format!("by a chance of {:.0} % an hour", p * 100.0),
        Condition::All(all) => format!("all of these: {}", list(all)),
        Condition::Any(any) => format!("one of these: {}", list(any)),
        Condition::Not(one) => format!("not: {}", condition(scenario, one)),
        Condition::AtLeast(n, of) => format!("{n} of these: {}", list(of)),
    }
}

fn bound(limit: Limit) -> String {
    match limit {
        Limit::AtLeast(x) => format!("{} or more", number(x)),
        Limit::AtMost(x) => format!("{} or less", number(x)),
    }
}

fn force(scenario: &Scenario, of: &Force<Known>) -> String {
    match of {
        Force::Side(side) => format!("the {} side", side.adjective()),
        Force::Formation(id) => scenario.formation(*id).name.clone(),
        Force::Unit(id) => scenario.unit(*id).name.clone(),
    }
}

pub(super) fn verb(task: PlanTask) -> &'static str {
    match task {
        PlanTask::Seize => "attack",
        PlanTask::Hold => "hold",
        PlanTask::Delay => "delay",
        PlanTask::Reserve => "stand in reserve",
        PlanTask::Withdraw => "withdraw",
    }
}
