//! Sentences of collapse and escape. Plain: what became of soldiers, and that civilians were among
//! the crowds, never how many.

use super::{counted, men_seen};
use crate::{
    battle::{Crossed, CrowdAt, Event, Swam},
    report::place,
    scenario::{Hex, Scenario, Side},
};

/// The sentence for an event of collapse and escape.
pub(super) fn sentence(scenario: &Scenario, event: &Event, seen_by: Option<Side>) -> String {
    let at = |hex: Hex| place::placed(scenario.map(), "at", hex);
    let soldiers = |c: &CrowdAt| soldiers(c.men, c.side, seen_by);
    match event {
        Event::CrowdFormed(c) => format!(
            "{} have left their units {} and make for the river, in a crowd in which there are civilians too.",
            soldiers(c),
            at(c.at)
        ),
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
    let men = |n: u32| men_seen(n, c.side, seen_by);
    let mut text = format!(
        "{boats} bring {} across the river {}",
        men(c.across),
        place::placed(scenario.map(), "at", c.at)
    );
    if c.drowned > 0 {
        text += &format!("; {} drown", men(c.drowned));
    }
    if c.turned_back > 0 {
        text += &format!("; {} come back to the bank", men(c.turned_back));
    }
    if c.boats_lost > 0 {
        text += &format!("; {} lost", counted(c.boats_lost, "boat"));
    }
    text + "."
}

fn swam(scenario: &Scenario, s: &Swam, seen_by: Option<Side>) -> String {
    let men = |n: u32| men_seen(n, s.side, seen_by);
    format!(
        "Soldiers take to the river {} on logs and timber: {} drown, {} get across.",
        place::placed(scenario.map(), "at", s.at),
        men(s.drowned),
        men(s.across)
    )
}
