//! Why a commander decided as it did, in one plain sentence: from the reason and the scenario's names
//! alone. Every figure in it is one that decided.

use super::{grouped, place, sentence};
use crate::{
    commander::Course,
    commander::reason::{Choice, Motive, Need, Reason, Subject, Wear, Weighed},
    scenario::{Hex, Hours, Scenario},
};

/// Whom a reason is about, by name.
pub fn subject(scenario: &Scenario, subject: Subject) -> String {
    match subject {
        Subject::Side => "The command".to_owned(),
        Subject::Decision(id) => scenario.events().decision(id).question.clone(),
        Subject::Formation(id) => scenario.formation(id).name.clone(),
        Subject::Unit(id) => scenario.unit(id).name.clone(),
        Subject::Air(id) => scenario.air()[usize::from(id.0)].name.clone(),
    }
}

/// What is to be done, as an errand: `attack Yuhuatai`.
pub fn choice(scenario: &Scenario, about: Subject, choice: Choice) -> String {
    match choice {
        Choice::Task(task) => sentence::errand(scenario, &task),
        Choice::Mission(mission) => sentence::intended(scenario, &mission),
        Choice::Air(mission) => sentence::flight(scenario, &mission),
        Choice::Directive(directive) => sentence::directed(scenario, &directive),
        Choice::Course(course) => of_action(scenario, &course),
        Choice::Answer(option) => match about {
            Subject::Decision(id) => {
                let options = &scenario.events().decision(id).options;
                let option = options.get(usize::from(option));
                option.map_or_else(|| "no answer".to_owned(), |o| format!("answer: {}", o.text))
            }
            _ => "answer".to_owned(),
        },
    }
}

/// A course of action in words.
fn of_action(scenario: &Scenario, course: &Course) -> String {
    if course.is_doctrine() {
        return "to act by its doctrine".to_owned();
    }
    let mut parts = Vec::new();
    match course.boldness {
        b if b > 0.0 => parts.push("to act more boldly than its doctrine".to_owned()),
        b if b < 0.0 => parts.push("to act more warily than its doctrine".to_owned()),
        _ => {}
    }
    if course.by_night {
        parts.push("to attack by night as by day".to_owned());
    }
    if let Some(hex) = course.effort {
        let at = place::placed(scenario.map(), "at", hex);
        parts.push(format!("a main effort {at}"));
    }
    parts.join(", ")
}

/// The whole reason: who is to do what, and why.
pub fn sentence_of(scenario: &Scenario, reason: &Reason) -> String {
    let who = subject(scenario, reason.subject);
    let what = choice(scenario, reason.subject, reason.chosen);
    let why = motive(scenario, &reason.motive);
    match reason.subject {
        Subject::Decision(_) => format!("{who} {}; {why}.", capital(&what)),
        Subject::Side if matches!(reason.chosen, Choice::Course(_)) => {
            format!("{who} chooses {what}: {why}.")
        }
        Subject::Side => format!("{who} directs all to {what}: {why}."),
        _ => format!("{who} is to {what}: {why}."),
    }
}

/// What else was weighed, with its score: `attack Niushoushan (8 %), rest (0.21)`. Empty if nothing was.
pub fn others(scenario: &Scenario, reason: &Reason) -> String {
    each_other(scenario, reason).join(", ")
}

/// What else was weighed, best first, each with its score.
pub fn each_other(scenario: &Scenario, reason: &Reason) -> Vec<String> {
    reason
        .others
        .iter()
        .map(|w| weighed(scenario, reason.subject, w))
        .collect()
}

fn weighed(scenario: &Scenario, about: Subject, weighed: &Weighed) -> String {
    let what = choice(scenario, about, weighed.choice);
    match weighed.forecast {
        Some(chance) => format!(
            "{what} (forecast {}, score {:.2})",
            percent(chance),
            weighed.score
        ),
        None => format!("{what} (score {:.2})", weighed.score),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// The clause that says why.
pub fn motive(scenario: &Scenario, motive: &Motive) -> String {
    let point = |hex: Hex| place::point(scenario.map(), hex);
    let when = |hour: Hours| scenario.calendar().text(hour);
    match motive {
        Motive::Plan { from } => format!("the plan says so from {}", when(*from)),
        Motive::Ahead { from } => format!(
            "the step before is done, and it goes on before its hour, {}",
            when(*from)
        ),
        Motive::InTime { from } => format!(
            "the plan says so from {}, and the order must be there by then",
            when(*from)
        ),
        Motive::Further => {
            "its plan is done, and no other objective in reach is so well worth the way".to_owned()
        }
        Motive::PlaceLost { lost } => format!(
            "{} is lost and out of reach, and this is the best place still held",
            point(*lost)
        ),
        Motive::MostWorth => {
            "it has no plan, and no other objective in reach is so well worth the way".to_owned()
        }
        Motive::MainEffort => "the main effort lies there".to_owned(),
        Motive::AtHand => "its time has not come".to_owned(),
        Motive::Directed => "a directive moves it".to_owned(),
        Motive::Forecast {
            chance,
            least,
            units,
        } => {
            let who = match units {
                1 => "alone".to_owned(),
                n => format!("{n} units together"),
            };
            format!(
                "forecast {} in four hours without guns, {who}; this command attacks from {}",
                percent(*chance),
                percent(*least)
            )
        }
        Motive::Waits {
            target,
            chance,
            least,
            need,
        } => waits(scenario, *target, *chance, *least, *need),
        Motive::Worn { by, level, limit } => worn(*by, *level, *limit),
        Motive::Panic => "men in flight near it would shake it".to_owned(),
        Motive::Best => "no place in reach is better".to_owned(),
        Motive::Queues => {
            "it can go no further before those in front do, and recovers meanwhile".to_owned()
        }
        Motive::Nearer { from_km, to_km } if from_km.is_finite() && to_km.is_finite() => format!(
            "{to_km:.0} km of way are left from there, {from_km:.0} km from where it stands"
        ),
        Motive::Nearer { .. } => "it lies on the way".to_owned(),
        Motive::Closer { gain } => {
            format!("it can attack better from there, as if it were {gain:.1} km nearer")
        }
        Motive::LooseEnd => "it belongs to the objective, and nobody has entered it".to_owned(),
        Motive::NoWay => "no way leads on".to_owned(),
        Motive::Blocked { hours } => format!("its way has been blocked for {hours} hours"),
        Motive::Lodged => {
            "its men have a foothold in the wall, and it does not leave them".to_owned()
        }
        Motive::Position { ground, away_km } if *away_km < 0.1 => {
            format!("its place to defend, ground {ground:.1}")
        }
        Motive::Position { ground, away_km } => format!(
            "the best ground of its position with room, {ground:.1}, {away_km:.1} km from the place \
             itself"
        ),
        Motive::Holds { ground } => format!("its position, ground {ground:.1}"),
        Motive::DrivenOff => "driven off its position, it digs in where it stands".to_owned(),
        Motive::Unmanned => "nobody stands at the place itself".to_owned(),
        Motive::Spread => "many stand in one hex, and works beside it are empty".to_owned(),
        Motive::Pressed { threat } => format!(
            "the enemy presses there, as strong as {} fresh men",
            grouped(threat.max(0.0) as u32)
        ),
        Motive::Back => "it is ordered back".to_owned(),
        Motive::Staff => "a headquarters out of contact does its work".to_owned(),
        Motive::Moat => "the moat bars the way".to_owned(),
        Motive::Wall { .. } => "no way is wide enough through the wall yet".to_owned(),
        Motive::Party { chance, least } => format!(
            "forecast of a foothold {}; this command sends a party from {}",
            percent(*chance),
            percent(*least)
        ),
        Motive::Smoke { chance } => {
            format!("under smoke the party's forecast is {}", percent(*chance))
        }
        Motive::Called => "no engineers are before the wall there".to_owned(),
        Motive::Mined => "mines lie there".to_owned(),
        Motive::Barricaded => "its gate is barricaded".to_owned(),
        Motive::Foothold => "the enemy has a foothold in the wall there".to_owned(),
        Motive::Station => "its station lies there".to_owned(),
        Motive::Supports { chance } => format!(
            "an assault is made there, with a forecast of {} without guns",
            percent(*chance)
        ),
        Motive::SupportsLodged => "men cut off on the wall live by its fire".to_owned(),
        Motive::Batters { damage } => {
            format!("the wall is to be breached; {} is done", percent(*damage))
        }
        Motive::Shells { men, gunners: 0 } => {
            format!("about {} of the enemy are there", grouped(*men))
        }
        Motive::Shells { men, gunners } => format!(
            "about {} of the enemy are there, gunners among them ({})",
            grouped(*men),
            grouped(*gunners)
        ),
        Motive::Saves { rounds, stock } => format!(
            "it saves its shells for assaults: {} of {} are left",
            grouped(rounds.max(0.0) as u32),
            grouped(stock.max(0.0) as u32)
        ),
        Motive::NoTarget => "nothing worth a shell is seen in reach".to_owned(),
        Motive::AtTheGuns => "the enemy is at the guns".to_owned(),
        Motive::Column { men } => format!(
            "about {} of the enemy are on the road behind his front",
            grouped(*men)
        ),
        Motive::PlayedAhead { turns, gain } => format!(
            "played {turns} turns ahead against the enemy as known, it leaves the side {:.1} % better \
             off than its doctrine alone",
            100.0 * gain
        ),
        Motive::Leaves => "the city is judged lost, and boats are there".to_owned(),
        Motive::SentOff => "it is sent off, and its way out leads over the river there".to_owned(),
        Motive::Gates { lost: 1 } => "the enemy is in one gate".to_owned(),
        Motive::Gates { lost } => format!("the enemy is in {lost} gates"),
        Motive::Weights { weight, sum } => {
            format!("its weight under the doctrine is {weight:.1} of {sum:.1}")
        }
        Motive::Script => "the scenario's script says so".to_owned(),
        Motive::OnItsWay => "the new order of its commander is not there yet".to_owned(),
        Motive::Given => "its commander gave it this mission".to_owned(),
    }
}

fn waits(scenario: &Scenario, target: Hex, chance: f64, least: f64, need: Need) -> String {
    let at = place::point(scenario.map(), target);
    let attack = format!("attacking {at} has a forecast of {}", percent(chance));
    match need {
        Need::Odds => format!("{attack}; this command attacks from {}", percent(least)),
        Need::Way => format!("{attack} until its engineers have made a way"),
        Need::Engineers(None) => format!("{attack} without engineers, and none are called"),
        Need::Engineers(Some((unit, hour))) => {
            let due = hour.map_or_else(String::new, |hour| {
                format!(", there about {}", scenario.calendar().text(hour))
            });
            let name = &scenario.unit(unit).name;
            format!("{attack} without engineers; {name} is on its way{due}")
        }
    }
}

fn worn(by: Wear, level: f64, limit: f64) -> String {
    let (what, verb) = match by {
        Wear::Empty => return "nobody is left in its ranks".to_owned(),
        Wear::Cohesion => ("cohesion", "from"),
        Wear::Fatigue => ("fatigue", "up to"),
        Wear::Ammunition => ("ammunition", "from"),
    };
    format!(
        "{what} is at {}, and it fights again {verb} {}",
        percent(level),
        percent(limit)
    )
}
