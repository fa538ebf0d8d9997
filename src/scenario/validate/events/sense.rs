//! Can events come to pass? Those whose hours never come, whose conditions exclude each other, that
//! wait on each other, and pairs that undo each other at the same hour are found before the battle.
//!
//! What is reported is certain. What is not reported may still never happen: whether a place falls is
//! for the battle to say.

use super::index::Index;
use crate::scenario::{
    events::{Act, Action, Condition, DecisionId, Events, HappeningId, When},
    validate::findings::Findings,
};
use std::collections::{BTreeMap, BTreeSet};

/// Later than all hours. What lies after the end of the battle is told as a warning, not as an event
/// that can never happen.
const FAR: u32 = u32::MAX;

/// Hours in which a condition may hold: the first, and the first after them.
type Window = (u32, u32);

/// Finds what makes no sense. `paths` are those of the events' rows.
pub(super) fn check(events: &Events, paths: &[String], index: &Index, findings: &mut Findings) {
    let mut barred = BTreeSet::new();
    for (i, event) in events.list.iter().enumerate().filter(|(_, e)| e.enabled) {
        let when = format!("{}.when", paths[i]);
        let (from, until) = window(&event.when, FAR);
        if from >= until {
            barred.insert(i);
            findings.error(
                &when,
                format!(
                    "the event `{}` can never happen: no hour meets its conditions",
                    event.id
                ),
                "its times exclude each other",
            );
        } else if let Some(why) = excluded(&event.when) {
            barred.insert(i);
            findings.error(
                &when,
                format!("the event `{}` can never happen: {why}", event.id),
                "take one of the two out, or write `Any` instead of `All`",
            );
        }
    }
    waiting(events, paths, &barred, findings);
    opposed(events, paths, FAR, findings);
    after_the_city(events, paths, index, findings);
}

fn window(when: &When, end: u32) -> Window {
    let all = (0, end);
    match when {
        Condition::At(h) => (h.0, h.0 + 1),
        Condition::After(h) => (h.0, end),
        Condition::Before(h) => (0, h.0.min(end)),
        Condition::Between(a, b) => (a.0, b.0.min(end)),
        Condition::Turn { from, until } => (
            (from - 1).saturating_mul(4),
            until.saturating_mul(4).min(end),
        ),
        Condition::All(list) => list
            .iter()
            .map(|c| window(c, end))
            .fold(all, |a, b| (a.0.max(b.0), a.1.min(b.1))),
        Condition::Any(list) => hull(list.iter().map(|c| window(c, end)).collect()),
        Condition::AtLeast(n, list) => {
            let mut open: Vec<Window> = list.iter().map(|c| window(c, end)).collect();
            open.retain(|w| w.0 < w.1);
            if open.len() < *n as usize {
                (0, 0)
            } else {
                hull(open)
            }
        }
        Condition::Not(one) => match &**one {
            Condition::After(h) => (0, h.0.min(end)),
            Condition::Before(h) => (h.0, end),
            _ => all,
        },
        _ => all,
    }
}

fn hull(windows: Vec<Window>) -> Window {
    windows
        .into_iter()
        .filter(|w| w.0 < w.1)
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
        .unwrap_or((0, 0))
}

/// Conditions that must all hold together.
fn together(when: &When) -> Vec<&When> {
    match when {
        Condition::All(list) => list.iter().flat_map(together).collect(),
        other => vec![other],
    }
}

/// Why conditions that must hold together cannot.
fn excluded(when: &When) -> Option<&'static str> {
    use Condition as C;
    let list = together(when);
    for (i, a) in list.iter().enumerate() {
        for b in &list[i + 1..] {
            let why = match (a, b) {
                (
                    C::Held { place, by },
                    C::Held {
                        place: p,
                        by: other,
                        ..
                    },
                ) if place == p && by != other => "both sides would hold the same place",
                (C::Light(a), C::Light(b)) if a != b => "it cannot be so light and so dark at once",
                (
                    C::Decided { decision, option },
                    C::Decided {
                        decision: d,
                        option: o,
                    },
                ) if decision == d && option != o => "a decision is taken in one way only",
                (x, C::Not(y)) | (C::Not(y), x) if **y == **x => {
                    "it asks for a condition and for its opposite"
                }
                _ => continue,
            };
            return Some(why);
        }
    }
    None
}

/// What has come about when nothing more can.
#[derive(Default)]
struct Reached {
    events: BTreeSet<usize>,
    decisions: BTreeSet<DecisionId>,
    flags: BTreeSet<u16>,
}

impl Reached {
    /// Could a condition hold, as far as other events go?
    fn allows(&self, when: &When) -> bool {
        match when {
            Condition::Fired { event, .. } => self.events.contains(&usize::from(event.0)),
            Condition::Flag(flag) => self.flags.contains(flag),
            Condition::Decided { decision, .. } => self.decisions.contains(decision),
            Condition::All(list) => list.iter().all(|c| self.allows(c)),
            Condition::Any(list) => list.iter().any(|c| self.allows(c)),
            Condition::AtLeast(n, list) => {
                list.iter().filter(|c| self.allows(c)).count() >= *n as usize
            }
            _ => true,
        }
    }

    fn take(&mut self, events: &Events, actions: &[Act]) {
        for action in actions {
            match action {
                Action::SetFlag(flag) => {
                    self.flags.insert(*flag);
                }
                Action::Decision(id) if self.decisions.insert(*id) => {
                    for option in &events.decision(*id).options {
                        self.take(events, &option.then);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Events that wait on what never comes.
fn waiting(events: &Events, paths: &[String], barred: &BTreeSet<usize>, findings: &mut Findings) {
    let mut reached = Reached::default();
    loop {
        let before = reached.events.len();
        for (i, event) in events.list.iter().enumerate() {
            let open = event.enabled && !barred.contains(&i) && !reached.events.contains(&i);
            if open && reached.allows(&event.when) {
                reached.events.insert(i);
                reached.take(events, &event.then);
            }
        }
        if reached.events.len() == before {
            break;
        }
    }
    let makers = makers(events);
    for (i, event) in events.list.iter().enumerate() {
        if !event.enabled || barred.contains(&i) || reached.events.contains(&i) {
            continue;
        }
        let when = format!("{}.when", paths[i]);
        let awaited = awaited(&event.when, &reached, &makers);
        let name = |n: usize| format!("`{}`", events.list[n].id);
        if let Some(ring) = ring(i, events, &reached, &makers) {
            let names: Vec<String> = ring.iter().map(|n| name(*n)).collect();
            findings.error(
                when,
                format!(
                    "the event `{}` can never happen: {} wait on each other",
                    event.id,
                    names.join(", ")
                ),
                "let one of them happen by itself",
            );
        } else {
            let names: Vec<String> = awaited.iter().map(|n| name(*n)).collect();
            findings.error(
                when,
                format!(
                    "the event `{}` can never happen: it waits on {}",
                    event.id,
                    names.join(", ")
                ),
                "that is not enabled, or can never happen itself",
            );
        }
    }
}

/// Which events bring about what: flags and decisions.
#[derive(Default)]
struct Makers {
    flags: BTreeMap<u16, BTreeSet<usize>>,
    decisions: BTreeMap<DecisionId, BTreeSet<usize>>,
}

fn makers(events: &Events) -> Makers {
    let mut makers = Makers::default();
    for (i, event) in events.list.iter().enumerate() {
        let mut made = Reached::default();
        made.take(events, &event.then);
        for flag in made.flags {
            makers.flags.entry(flag).or_default().insert(i);
        }
        for decision in made.decisions {
            makers.decisions.entry(decision).or_default().insert(i);
        }
    }
    makers
}

/// The events on which a condition waits in vain.
fn awaited(when: &When, reached: &Reached, makers: &Makers) -> BTreeSet<usize> {
    if reached.allows(when) {
        return BTreeSet::new();
    }
    match when {
        Condition::Fired {
            event: HappeningId(n),
            ..
        } => BTreeSet::from([usize::from(*n)]),
        Condition::Flag(flag) => makers.flags.get(flag).cloned().unwrap_or_default(),
        Condition::Decided { decision, .. } => {
            makers.decisions.get(decision).cloned().unwrap_or_default()
        }
        Condition::All(list) | Condition::Any(list) | Condition::AtLeast(_, list) => list
            .iter()
            .flat_map(|c| awaited(c, reached, makers))
            .collect(),
        _ => BTreeSet::new(),
    }
}

/// The events on the way from one back to itself, if it waits on itself in the end.
fn ring(from: usize, events: &Events, reached: &Reached, makers: &Makers) -> Option<Vec<usize>> {
    let mut came: BTreeMap<usize, usize> = BTreeMap::new();
    let mut ring = vec![from];
    while let Some(at) = ring.pop() {
        for next in awaited(&events.list[at].when, reached, makers) {
            if next == from {
                let mut way = vec![at];
                let mut back = at;
                while back != from {
                    back = came[&back];
                    way.push(back);
                }
                way.reverse();
                return Some(way);
            }
            if let std::collections::btree_map::Entry::Vacant(entry) = came.entry(next) {
                entry.insert(at);
                ring.push(next);
            }
        }
    }
    None
}

/// What an action decides, and how: two of one kind at one hour must agree.
fn stake(action: &Act) -> Option<(String, String)> {
    Some(match action {
        Action::Barricade(gate) => (format!("the same gate {gate}"), "shut".to_owned()),
        Action::OpenGate(gate) => (format!("the same gate {gate}"), "open".to_owned()),
        Action::SetFlag(flag) => (format!("the same flag {flag}"), "set".to_owned()),
        Action::ClearFlag(flag) => (format!("the same flag {flag}"), "down".to_owned()),
        Action::NoFireZones { side, kept } => {
            (format!("the no-fire zones of {side:?}"), kept.to_string())
        }
        Action::Crossings { side, open } => (format!("the boats of {side:?}"), open.to_string()),
        Action::ScorchedEarth { side, on } => {
            (format!("the scorched earth of {side:?}"), on.to_string())
        }
        Action::Doctrine { of, set } => (format!("the doctrine of {of:?}"), format!("{set:?}")),
        Action::Mission {
            formation,
            task,
            place,
        } => (
            format!("the mission of formation {}", formation.0),
            format!("{task:?} {place}"),
        ),
        Action::Order { unit, task } => (
            format!("the orders of unit {}", unit.0),
            format!("{task:?}"),
        ),
        Action::StaffBreakout { side, on } => (format!("the breakout of {side:?}"), on.to_string()),
        Action::Wire { formation, whole } => (
            format!("the wire of formation {}", formation.0),
            whole.to_string(),
        ),
        Action::Radio { formation, on } => (
            format!("the radio of formation {}", formation.0),
            on.to_string(),
        ),
        Action::Barrier { unit, on } => (format!("the barrier troops {}", unit.0), on.to_string()),
        Action::Arrival { unit, when } => (
            format!("the arrival of unit {}", unit.0),
            format!("{when:?}"),
        ),
        Action::Leader { formation, name } => (
            format!("the leader of formation {}", formation.0),
            name.clone(),
        ),
        Action::AirGroup {
            group,
            sorties_per_day,
        } => (
            format!("the sorties of group {}", group.0),
            sorties_per_day.to_string(),
        ),
        Action::Rate { rule, value } => (
            format!("the rule `{}`", rule.rate().name),
            value.to_string(),
        ),
        Action::Objective { place, side, worth } => (
            format!("the worth of place {place} to {side:?}"),
            worth.to_string(),
        ),
        _ => return None,
    })
}

/// The kind of thing, without its number.
fn kind(stake: &str) -> &str {
    stake
        .rsplit_once(' ')
        .filter(|(_, n)| n.parse::<u32>().is_ok())
        .map_or(stake, |(kind, _)| kind)
}

/// Events that act at one fixed hour, and against each other.
fn opposed(events: &Events, paths: &[String], end: u32, findings: &mut Findings) {
    let mut done: BTreeMap<(u32, String), (usize, String)> = BTreeMap::new();
    let mut rows: Vec<usize> = (0..events.list.len()).collect();
    // In the order of the file, so that the later row is the one reported.
    rows.sort_by_key(|i| (paths[*i].len(), paths[*i].clone()));
    for i in rows {
        let event = &events.list[i];
        let (from, until) = window(&event.when, end);
        if !event.enabled || from + 1 != until {
            continue;
        }
        for action in &event.then {
            let Some((what, how)) = stake(action) else {
                continue;
            };
            let hour = from + event.delay;
            match done.get(&(hour, what.clone())) {
                Some((first, other)) if *other != how => findings.error(
                    format!("{}.then", paths[i]),
                    format!(
                        "`{}` and `{}` decide {} at the same hour, and differently",
                        events.list[*first].id,
                        event.id,
                        kind(&what)
                    ),
                    "let one of them happen at another hour, or leave one out",
                ),
                Some(_) => {}
                None => {
                    done.insert((hour, what), (i, how));
                }
            }
        }
    }
}

/// Nothing inside the wall is acted on once the city is lost.
fn after_the_city(events: &Events, paths: &[String], index: &Index, findings: &mut Findings) {
    let Some(map) = index.map() else {
        return;
    };
    for (i, event) in events.list.iter().enumerate() {
        if !together(&event.when).contains(&&Condition::CityLost) {
            continue;
        }
        for (k, action) in event.then.iter().enumerate() {
            let place = match action {
                Action::Mission { place, .. }
                | Action::Mines { place, .. }
                | Action::Fire(place) => Some(*place),
                Action::Order { task, .. } => task.place().copied(),
                Action::Barricade(gate) | Action::OpenGate(gate) => map
                    .gates
                    .get(usize::from(*gate))
                    .and_then(|g| u16::try_from(g.place).ok()),
                _ => None,
            };
            let inside =
                place.is_some_and(|p| map.at(map.places[usize::from(p)].centre).inside_wall);
            if inside {
                findings.error(
                    format!("{}.then[{k}]", paths[i]),
                    format!(
                        "`{}` happens when the city is lost and acts inside its walls",
                        event.id
                    ),
                    "from then on nothing inside the walls is simulated; tell it in words",
                );
            }
        }
    }
}
