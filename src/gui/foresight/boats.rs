//! What embarking would bring, before it is ordered: how many of the unit cross in an hour, in which
//! boats, who waits there besides, how many boats sink and how many men are intercepted. Every figure
//! comes from the function that the hour itself uses.

use super::{Foreseen, percent};
use crate::{
    battle::{SideView, ferry, view::Embarkation},
    report::grouped,
    scenario::{Hex, UnitId},
};

/// Hours beyond which nobody counts them.
const LONG: f64 = 99.0;

/// What embarking at a hex would bring a unit.
pub fn embark(view: &SideView<'_>, unit: UnitId, at: Hex) -> Foreseen {
    let crossing = ferry::crossing_at(view.scenario(), view.side(), at);
    let told = crossing.and_then(|(number, _)| {
        let told = view.embarkation(unit, number)?;
        Some((number, told))
    });
    let Some((number, told)) = told else {
        return Foreseen::default();
    };
    let mut lines = vec![crossing_of(&told)];
    lines.push(boats(view, number, &told));
    if told.before + told.crowd > 0 {
        lines.push(queue(&told));
    }
    lines.push(danger(&told));
    let there = view.own(unit).and_then(|u| u.hex) == Some(at);
    if !there {
        lines.push("It goes there first; this is how things stand there now.".to_owned());
    }
    Foreseen::of(lines, Some(told.loading.why))
}

/// The chief thing: how many come across in an hour, and how long it takes.
fn crossing_of(told: &Embarkation) -> String {
    let across = told.loading.afloat * told.safe();
    if told.water.closed {
        return "Nobody crosses here: the landing over there is lost or closed.".to_owned();
    }
    if told.seats.iter().sum::<f64>() <= 0.0 {
        return "No boats are left there that would take it.".to_owned();
    }
    let all = f64::from(told.men);
    let hour = if across < 0.5 {
        "hardly any men".to_owned()
    } else {
        format!("about {} men", grouped(across.round() as u32))
    };
    let own = if told.before + told.crowd > 0 && told.panic {
        " of all who wait"
    } else {
        ""
    };
    let queue = if told.panic {
        f64::from(told.men + told.before + told.crowd)
    } else {
        f64::from(told.men + told.before)
    };
    let hours = queue / told.loading.afloat.max(0.01);
    let long = if hours > LONG {
        format!("; its {} men would wait for days", grouped(told.men))
    } else if hours <= 1.0 && across >= all * 0.5 {
        format!(" of {}", grouped(told.men))
    } else {
        format!(
            "; its {} men are over in about {} hours",
            grouped(told.men),
            hours.ceil()
        )
    };
    format!("Across in an hour{own}: {hour}{long}.")
}

fn boats(view: &SideView<'_>, number: u16, told: &Embarkation) -> String {
    let kinds = &view.scenario().rules().escape.boats;
    let [kept, open] = told.seats;
    let there: Vec<String> = view
        .berths()
        .filter(|b| b.crossing == number && b.boats > 0)
        .filter(|b| match b.owner {
            Some(_) => kept > 0.0,
            None => open > 0.0,
        })
        .filter_map(|b| {
            let kind = kinds.get(usize::from(b.kind))?;
            Some(format!("{} x {}", b.boats, kind.name))
        })
        .collect();
    let whose = match (kept > 0.0, open > 0.0) {
        (true, false) => ", kept for its formation",
        (true, true) => ", some of them kept for its formation",
        _ => "",
    };
    let list = if there.is_empty() {
        "none".to_owned()
    } else {
        there.join(", ")
    };
    format!(
        "Boats: {list}{whose}; seats for {} men an hour.",
        grouped((kept + open).round() as u32)
    )
}

/// Who waits there besides.
fn queue(told: &Embarkation) -> String {
    let mut parts = Vec::new();
    if told.before > 0 {
        parts.push(format!("{} men of other units", grouped(told.before)));
    }
    if told.crowd > 0 {
        parts.push(format!(
            "a crowd of about {}, civilians among them",
            grouped(told.crowd)
        ));
    }
    let how = if told.panic {
        "boats are loaded in panic"
    } else {
        "formed units go first, in order"
    };
    format!("Also waiting there: {}; {how}.", parts.join(" and "))
}

fn danger(told: &Embarkation) -> String {
    let sinking = if told.panic {
        format!(
            "Boats that sink under too many: {}",
            percent(told.loading.sinking)
        )
    } else {
        "Loaded in order, no boat sinks".to_owned()
    };
    let by: Vec<&str> = [
        (told.water.ships > 0, "by ships"),
        (told.water.under_fire, "by fire from the bank"),
    ]
    .into_iter()
    .filter_map(|(is, who)| is.then_some(who))
    .collect();
    let night = if told.water.night { " by night" } else { "" };
    let met = if by.is_empty() {
        "no enemy is known to bar the water".to_owned()
    } else {
        format!(
            "intercepted {}{night}: {} of those afloat",
            by.join(" and "),
            percent(told.loading.intercepted)
        )
    };
    format!("{sinking}; {met}.")
}
