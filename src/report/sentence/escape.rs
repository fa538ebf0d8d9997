//! Sentences of collapse and escape. Plain: what became of soldiers, and that civilians were among
//! the crowds, never how many.

use super::{counted, men_seen};
use crate::{
    battle::{Crossed, CrowdAt, Event, Swam},
    report::{estimate::told, place},
    scenario::{Hex, Scenario, Side},
};

/// The sentence for an event of collapse and escape.
pub(super) fn sentence(scenario: &Scenario, event: &Event, seen_by: Option<Side>) -> String {
    let at = |hex: Hex| place::placed(scenario.map(), "at", hex);
    let soldiers = |c: &CrowdAt| soldiers(c.men, c.side, seen_by);
    match event {
        Event::CrowdFormed(c) => {
            let (have, make) = if c.men == 1 {
                ("has left his unit", "makes")
            } else {
                ("have left their units", "make")
            };
            // The article tells of civilians in the masses that fled, not beside every handful of men.
            let others = if c.men >= CROWD {
                "; civilians flee with them"
            } else {
                ""
            };
            format!(
                "{} {have} {} and {make} for the river{others}.",
                soldiers(c),
                at(c.at)
            )
        }
        Event::CrowdMoved(c) => format!("A crowd with {} is {}.", soldiers(c), at(c.at)),
        Event::CrowdMerged(c) => {
            format!("A crowd with {} meets another {}.", soldiers(c), at(c.at))
        }
        Event::CrowdCounted(c) if c.men == 0 => {
            format!("No soldiers are left in the crowd {}.", at(c.at))
        }
        Event::CrowdCounted(c) => format!("In the crowd {} there are {}.", at(c.at), soldiers(c)),
        Event::Crossed(c) => crossed(scenario, c, seen_by),
        Event::Swam(s) => swam(scenario, s, seen_by),
        Event::BoatsTaken(b) => format!(
            "{} fall into {} hands {}.",
            counted(b.boats, "boat"),
            b.by.adjective(),
            at(b.at)
        ),
        _ => String::new(),
    }
}

/// Soldiers in one place among whom the text says that there are civilians.
const CROWD: u32 = 100;

fn soldiers(men: u32, side: Side, seen_by: Option<Side>) -> String {
    let told = men_seen(men, side, seen_by);
    let number = told.split(" m").next().unwrap_or(&told);
    let noun = if number == "1" { "soldier" } else { "soldiers" };
    format!("{number} {} {noun}", side.adjective())
}

fn crossed(scenario: &Scenario, c: &Crossed, seen_by: Option<Side>) -> String {
    let boats = match c.owner {
        Some(owner) => format!("The boats of {}", scenario.formation(owner).name),
        None if c.panic => "Overcrowded boats".to_owned(),
        None => "Boats".to_owned(),
    };
    let number = |n: u32| told(n, c.side, seen_by);
    let mut fates = Vec::new();
    if c.drowned > 0 {
        fates.push(format!("drowned: {}", number(c.drowned)));
    }
    if c.turned_back > 0 {
        fates.push(format!("back on the bank: {}", number(c.turned_back)));
    }
    if c.boats_lost > 0 {
        fates.push(format!("boats lost: {}", c.boats_lost));
    }
    let fates = if fates.is_empty() {
        String::new()
    } else {
        format!(" ({})", fates.join("; "))
    };
    format!(
        "{boats} bring {} across the river {}{fates}.",
        men_seen(c.across, c.side, seen_by),
        place::placed(scenario.map(), "at", c.at)
    )
}

fn swam(scenario: &Scenario, s: &Swam, seen_by: Option<Side>) -> String {
    let number = |n: u32| told(n, s.side, seen_by);
    format!(
        "Soldiers take to the river {} on logs and timber (drowned: {}; got across: {}).",
        place::placed(scenario.map(), "at", s.at),
        number(s.drowned),
        number(s.across)
    )
}
