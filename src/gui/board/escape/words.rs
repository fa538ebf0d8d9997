//! Crowds and boats in a hex in words, for tooltip and panel.

use crate::{
    gui::{
        panels::words as terms,
        picture::escape::{Crowd, Harbour},
        session::Session,
    },
    report::{grouped, place},
    scenario::{FormationId, Hex},
};

/// What is to be known of every crowd.
pub const CIVILIANS: &str =
    "Civilians are among them. They are not simulated, and are in no number here";

/// What is to be known of ground on which nothing is simulated any more.
pub const SILENT: &str = "Since the city was lost nothing is simulated here: no deaths, no captures, \
     no orders. What happened here is no part of a game; it is told after the battle";

/// That nothing is simulated in a hex any more, if that is so.
pub fn silence(session: &Session, hex: Hex) -> Option<&'static str> {
    let silent = &session.picture.escape.silent;
    silent.contains(&hex).then_some(SILENT)
}

/// What there is to say of a hex.
pub fn words(session: &Session, hex: Hex) -> Vec<String> {
    let escape = &session.picture.escape;
    let mut lines = Vec::new();
    let mut crowds = 0;
    for crowd in escape.crowds_at(hex) {
        lines.push(told(session, crowd));
        crowds += 1;
    }
    if crowds > 0 {
        lines.push(CIVILIANS.to_owned());
    }
    for harbour in &escape.harbours {
        if harbour.at == hex {
            boats(session, harbour, &mut lines);
        } else if harbour.landing == hex {
            let map = session.scenario().map();
            let from = place::placed(map, "from", harbour.at);
            lines.push(format!("Boats {from} land here"));
        }
    }
    lines
}

/// A crowd: how many, and where they go.
fn told(session: &Session, crowd: &Crowd) -> String {
    let map = session.scenario().map();
    let about = if crowd.exact { "" } else { "about " };
    let at_harbour = session
        .picture
        .escape
        .harbours
        .iter()
        .any(|h| h.at == crowd.at && h.side == crowd.side);
    let going = match crowd.way.last() {
        Some(goal) => format!("; they make for {}", place::point(map, *goal)),
        None if at_harbour => "; they wait for boats".to_owned(),
        None if crowd.exact => "; they see no way on".to_owned(),
        None => String::new(),
    };
    format!(
        "A crowd: {about}{} {} soldiers who have left their units{going}",
        grouped(crowd.men),
        crowd.side.adjective()
    )
}

/// A harbour: its boats, what bears on the crossing, and who presses on the boats.
fn boats(session: &Session, harbour: &Harbour, lines: &mut Vec<String>) {
    let scenario = session.scenario();
    let landing = place::placed(scenario.map(), "to", harbour.landing);
    let mut owners: Vec<Option<FormationId>> = harbour.berths.iter().map(|b| b.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    if harbour.boats() == 0 {
        lines.push(format!("No boats {landing} are left"));
    }
    for owner in owners {
        let list: Vec<String> = harbour
            .berths
            .iter()
            .filter(|b| b.owner == owner && b.boats > 0)
            .map(|b| {
                let kind = scenario.rules().escape.boats.get(usize::from(b.kind));
                counted(b.boats, kind.map_or("boat", |k| k.name.as_str()))
            })
            .collect();
        if list.is_empty() {
            continue;
        }
        let whose = match owner {
            Some(owner) => format!(
                "Boats {landing}, kept by {}",
                scenario.formation(owner).name
            ),
            None => format!("Boats {landing}, for whoever comes"),
        };
        lines.push(format!("{whose}: {}", list.join(", ")));
    }
    let water = &harbour.water;
    if water.closed {
        lines.push("Nobody lands over there any more: the crossing is closed".to_owned());
    }
    if water.ships > 0 {
        let enemy = terms::capital(harbour.side.enemy().adjective());
        lines.push(format!("{enemy} ships bar the crossing"));
    }
    if water.under_fire {
        lines.push("Enemies near a bank fire on the boats".to_owned());
    }
    let Some(press) = &harbour.press else {
        return;
    };
    let mut waiting = Vec::new();
    if press.crowd > 0 {
        waiting.push(format!("{} soldiers in a crowd", grouped(press.crowd)));
    }
    if press.embarking > 0 {
        waiting.push(format!("{} men of units", grouped(press.embarking)));
    }
    let how = if press.panic {
        "the boats are loaded in panic"
    } else {
        "the boats are loaded in order"
    };
    lines.push(format!("Waiting: {}; {how}", waiting.join(", ")));
    let loading = &press.loading;
    let mut hour = vec![format!(
        "{} get into boats",
        grouped(loading.afloat.round().max(0.0) as u32)
    )];
    for (share, what) in [
        (loading.sinking, "of the boats sink under too many"),
        (loading.intercepted, "of the men are stopped on the water"),
    ] {
        if share >= 0.005 {
            hour.push(format!("{:.0} % {what}", share * 100.0));
        }
    }
    lines.push(format!(
        "In an hour, as far as is known: {}",
        hour.join(", ")
    ));
}

/// `3 steam launches`, `1 junk`.
fn counted(n: u32, kind: &str) -> String {
    let ending = match n {
        1 => "",
        _ if kind.ends_with("ch") || kind.ends_with('s') => "es",
        _ => "s",
    };
    format!("{} {kind}{ending}", grouped(n))
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn boats_are_counted_in_english() {
        let kinds = [(1, "junk"), (120, "junk"), (3, "steam launch")];
        let told = kinds.map(|(n, kind)| counted(n, kind));
        assert_eq!(told, ["1 junk", "120 junks", "3 steam launches"]);
    }
}
