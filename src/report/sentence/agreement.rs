//! Verbs that agree with the names of units: "Wulongshan batteries hold", not "holds".

use crate::{
    battle::{Event, Order},
    scenario::UnitId,
};

/// Last words of names that are plural.
const PLURAL: [&str; 7] = [
    "batteries",
    "elements",
    "engineers",
    "forces",
    "guns",
    "troops",
    "units",
];

/// Where the part of a name that says what it is ends.
const ENDS: [&str; 6] = [" (", " at ", " before ", " in ", " of ", " on "];

/// The unit whose name a sentence may begin with.
pub(super) fn subject(event: &Event) -> Option<UnitId> {
    match event {
        Event::Arrived { unit, .. }
        | Event::OrderTaken {
            order: Order::Unit { unit, .. },
            ..
        }
        | Event::Sighted { unit, .. }
        | Event::Fired { unit, .. }
        | Event::Moved { unit, .. }
        | Event::Contact { unit, .. }
        | Event::Blocked { unit, .. }
        | Event::PostureChanged { unit, .. }
        | Event::Yielded { unit, .. }
        | Event::BrokeOff { unit, .. }
        | Event::Rallied { unit }
        | Event::Left { unit, .. }
        | Event::SupplyLine { unit, .. }
        | Event::GateOpened { unit, .. }
        | Event::BreachWidened { unit, .. }
        | Event::BridgeBuilt { unit, .. }
        | Event::SmokeLaid { unit, .. }
        | Event::LodgementEnded { unit, .. }
        | Event::StruckBack { unit, .. }
        | Event::MinesStruck { unit, .. }
        | Event::MinesCleared { unit, .. } => Some(*unit),
        _ => None,
    }
}

/// Does a name stand for many?
fn plural(name: &str) -> bool {
    let head = ENDS
        .iter()
        .filter_map(|end| name.find(end))
        .min()
        .map_or(name, |at| &name[..at]);
    let last = head.rsplit(' ').next().unwrap_or(head).to_lowercase();
    PLURAL.contains(&last.as_str())
}

/// A sentence that begins with a name and a verb in the singular, with the verb as the name asks for.
pub(super) fn agree(text: String, name: &str) -> String {
    let Some(rest) = text
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix(' '))
        .filter(|_| plural(name))
    else {
        return text;
    };
    let (verb, more) = rest.split_once(' ').unwrap_or((rest, ""));
    let verb = match verb {
        "is" => "are",
        "has" => "have",
        "goes" => "go",
        "rallies." => "rally.",
        other => other.strip_suffix('s').unwrap_or(other),
    };
    format!("{name} {verb} {more}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::agree;

    #[test]
    fn a_verb_agrees_with_the_name_before_it() {
        for (name, before, after) in [
            ("88th Division", "gives way.", "gives way."),
            ("Wulongshan batteries", "gives way.", "give way."),
            (
                "48th Division divisional troops",
                "is cut off.",
                "are cut off.",
            ),
            (
                "Barrier troops on the Xiaguan road",
                "leaves the map.",
                "leave the map.",
            ),
            (
                "Anti-aircraft units (part)",
                "ceases to exist.",
                "cease to exist.",
            ),
            ("Guns of the column", "rallies.", "rally."),
            ("Battery of the column", "rallies.", "rallies."),
            (
                "Training Brigade engineers",
                "has a line of supply again.",
                "have a line of supply again.",
            ),
            (
                "88th Division",
                "counterattacks at Yuhuatai.",
                "counterattacks at Yuhuatai.",
            ),
        ] {
            assert_eq!(
                agree(format!("{name} {before}"), name),
                format!("{name} {after}")
            );
        }
    }
}
