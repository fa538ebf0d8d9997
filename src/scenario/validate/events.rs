//! Events and decisions: names, numbers, sources; and in [`sense`], whether they can come to pass.

mod actions;
mod boats;
mod conditions;
mod index;
pub(super) mod script;
mod sense;

use super::{findings::Findings, formations::Order, ground::Ground, header::Clock, names};
use crate::scenario::{
    AirGroup,
    events::{
        Action, Choice, Decision, Events, Happening, Written,
        file::{DecisionFile, EventFile, OptionFile},
    },
    file::ScenarioFile,
    forces::fnv64,
    rules::Rules,
};
use index::Index;

/// Most actions of one event or option.
const MOST_ACTIONS: usize = 50;
/// Hours within which a decision may be due: orders are written once a turn, so not sooner.
const DEADLINE: (f64, f64) = (4.0, 480.0);
/// Longest delay, hours.
const DELAY: f64 = 480.0;

/// What events refer to.
pub(super) struct Context<'a> {
    pub order: &'a Order<'a>,
    pub ground: &'a Ground<'a>,
    pub clock: Option<&'a Clock>,
    pub air: &'a [AirGroup],
    pub rules: Option<&'a Rules>,
}

/// Finds all problems of the events.
pub(super) fn check(file: &ScenarioFile, context: &Context, findings: &mut Findings) -> Events {
    let table = &file.events;
    let ids = names::check_ids(
        findings,
        "events",
        "event",
        table.iter().map(|e| e.id.as_str()),
    );
    let asked = decisions(table);
    let index = Index::new(file, context, ids, &asked);
    double_decisions(&asked, findings);
    let mut built: Vec<(String, Option<Happening>)> = table
        .iter()
        .enumerate()
        .map(|(i, draft)| {
            let path = format!("events[{i}]");
            let event = event(draft, &path, &index, findings);
            (path, event)
        })
        .collect();
    let decided: Option<Vec<Decision>> = asked
        .iter()
        .map(|(path, draft)| decision(draft, path, &index, findings))
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    built.sort_by(|a, b| {
        let id = |e: &(String, Option<Happening>)| e.1.as_ref().map(|e| e.id.clone());
        id(a).cmp(&id(b))
    });
    let sound = !table.is_empty() && built.iter().all(|(_, e)| e.is_some());
    let (Some(mut decisions), true) = (decided, sound) else {
        return Events::default();
    };
    decisions.sort_by(|a, b| a.id.cmp(&b.id));
    let (paths, list): (Vec<String>, Vec<Happening>) = built
        .into_iter()
        .filter_map(|(path, event)| Some((path, event?)))
        .unzip();
    let flags = index.flags.iter().map(|f| (*f).to_owned()).collect();
    let events = Events {
        list,
        decisions,
        flags,
    };
    if index.hours > 0 && !doubled(&events) {
        sense::check(&events, &paths, &index, findings);
    }
    events
}

/// With two of one name nothing can be said of either.
fn doubled(events: &Events) -> bool {
    events.list.windows(2).any(|w| w[0].id == w[1].id)
        || events.decisions.windows(2).any(|w| w[0].id == w[1].id)
}

/// All decisions, with their paths; those that options lead to among them.
fn decisions(table: &[EventFile]) -> Vec<(String, &DecisionFile)> {
    let mut found = Vec::new();
    for (i, event) in table.iter().enumerate() {
        gather(&event.then, &format!("events[{i}].then"), &mut found);
    }
    found
}

fn gather<'a>(
    actions: &'a [Action<Written>],
    path: &str,
    found: &mut Vec<(String, &'a DecisionFile)>,
) {
    for (k, action) in actions.iter().enumerate() {
        if let Action::Decision(draft) = action {
            let path = format!("{path}[{k}][0]");
            for (n, option) in draft.options.iter().enumerate() {
                gather(&option.then, &format!("{path}.options[{n}].then"), found);
            }
            found.push((path, draft));
        }
    }
}

fn double_decisions(asked: &[(String, &DecisionFile)], findings: &mut Findings) {
    for (i, (path, draft)) in asked.iter().enumerate() {
        names::check_id(findings, &format!("{path}.id"), &draft.id);
        if let Some((first, _)) = asked[..i].iter().find(|(_, d)| d.id == draft.id) {
            findings.error(
                format!("{path}.id"),
                format!("the decision `{}` is there twice", draft.id),
                format!("the first is {first}; each needs an id of its own"),
            );
        }
    }
}

fn event(
    draft: &EventFile,
    path: &str,
    index: &Index,
    findings: &mut Findings,
) -> Option<Happening> {
    findings.source(path, &draft.source);
    let title = format!("{path}.title");
    findings.text(title, &draft.title, "say in a few words what happens");
    if !(draft.chance > 0.0 && draft.chance <= 1.0) {
        findings.error(
            format!("{path}.chance"),
            format!("a chance of {}", draft.chance),
            "above 0, at most 1; to leave an event out write `enabled: false`",
        );
    }
    let delay = f64::from(draft.delay);
    findings.within(format!("{path}.delay"), delay, 0.0, DELAY);
    if draft.then.is_empty() && draft.narration.trim().is_empty() {
        findings.warning(
            path,
            format!("the event `{}` does nothing and tells nothing", draft.id),
            "give it actions (`then`) or a `narration`",
        );
    }
    let when = conditions::check(&draft.when, &format!("{path}.when"), index, findings);
    let then = actions::check(&draft.then, &format!("{path}.then"), index, findings);
    Some(Happening {
        id: draft.id.clone(),
        key: fnv64(&draft.id),
        title: draft.title.clone(),
        when: when?,
        chance: draft.chance,
        once: draft.once,
        delay: draft.delay,
        then: then?,
        enabled: draft.enabled,
        known_to: draft.known_to,
        narration: draft.narration.clone(),
        source: draft.source.clone(),
        confidence: draft.confidence,
    })
}

fn decision(
    draft: &DecisionFile,
    path: &str,
    index: &Index,
    findings: &mut Findings,
) -> Option<Decision> {
    findings.source(path, &draft.source);
    let question = format!("{path}.question");
    findings.text(question, &draft.question, "say what is to be decided");
    let deadline = f64::from(draft.deadline);
    findings.within(format!("{path}.deadline"), deadline, DEADLINE.0, DEADLINE.1);
    if draft.options.len() < 2 {
        findings.error(
            format!("{path}.options"),
            format!("the decision `{}` leaves no choice", draft.id),
            "give it two options or more",
        );
    }
    let known: Vec<&str> = names::check_ids(
        findings,
        &format!("{path}.options"),
        "option",
        draft.options.iter().map(|o| o.id.as_str()),
    );
    let otherwise = format!("{path}.otherwise");
    findings.refer(otherwise, "option", &draft.otherwise, &known)?;
    let at = draft.options.iter().position(|o| o.id == draft.otherwise)?;
    let options: Vec<Option<Choice>> = draft
        .options
        .iter()
        .enumerate()
        .map(|(n, o)| option(o, &format!("{path}.options[{n}]"), index, findings))
        .collect();
    Some(Decision {
        id: draft.id.clone(),
        key: fnv64(&draft.id),
        side: draft.side,
        question: draft.question.clone(),
        deadline: draft.deadline,
        otherwise: u16::try_from(at).ok()?,
        options: options.into_iter().collect::<Option<_>>()?,
        source: draft.source.clone(),
        confidence: draft.confidence,
    })
}

fn option(
    draft: &OptionFile,
    path: &str,
    index: &Index,
    findings: &mut Findings,
) -> Option<Choice> {
    findings.source(path, &draft.source);
    findings.text(format!("{path}.text"), &draft.text, "write the answer out");
    for (name, number) in draft.weight.numbers() {
        findings.within(format!("{path}.weight.{name}"), number, -1000.0, 1000.0);
    }
    let then = actions::check(&draft.then, &format!("{path}.then"), index, findings)?;
    Some(Choice {
        id: draft.id.clone(),
        text: draft.text.clone(),
        weight: draft.weight,
        then,
        source: draft.source.clone(),
        confidence: draft.confidence,
    })
}
