//! Thirty pairs of the same seed: the way out of the city with one thing otherwise. What is otherwise is
//! what an author or a player can make so: an answer to a decision, barrier troops told to let people
//! pass, orders that arrive. No result is set; bounds leave room for calibration.

use crate::games::{Draft, each, play};
use nanking::{
    battle::{Battle, Bin, Event},
    scenario::{
        Scenario, Side, UnitId,
        events::{
            Action, Written,
            file::{EventFile, Weight},
        },
        file::ScenarioFile,
    },
};
use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

const SEEDS: std::ops::RangeInclusive<u64> = 1..=30;
/// A crowd of so many has come to the harbour.
const CROWD: u32 = 1_000;
/// Fewer men than this are no unit any more.
const UNIT: u32 = 100;

/// What became of the garrison in a game.
#[derive(Clone, Copy, Debug)]
struct Fate {
    /// Men brought out with their units.
    formed_out: f64,
    /// Men shot by their own side.
    shot: f64,
    /// The hour by which a crowd had come to the harbour; the end of the scenario's time if none did.
    crowd_hour: f64,
    /// Units in being when the breakout was ordered that came to their end without ever having been sent
    /// off: destroyed in place.
    in_place: f64,
    /// Was the breakout ordered?
    ordered: bool,
}

fn fate(scenario: &Arc<Scenario>, seed: u64) -> Fate {
    let own: Vec<UnitId> = (0..scenario.units().len() as u32)
        .map(UnitId)
        .filter(|u| scenario.unit(*u).side == Side::China)
        .collect();
    let mut ordered = None;
    let mut standing: Vec<UnitId> = Vec::new();
    let mut sent_off: BTreeSet<UnitId> = BTreeSet::new();
    let b = play(scenario, seed, |b| {
        if ordered.is_none() {
            ordered = breakout(b);
            let there = own.iter().filter(|u| b.strength(**u).present() >= UNIT);
            standing = there.copied().collect();
        }
        let view = b.view(Side::China);
        for unit in own.iter().filter(|u| b.strength(**u).present() > 0) {
            let directive = view.directive(scenario.unit(*unit).formation);
            if directive.is_some_and(|s| s.begun && s.moves(b.hour())) {
                sent_off.insert(*unit);
            }
        }
    });
    let ended = |unit: &&UnitId| {
        let men = b.strength(**unit);
        let lost = men.men(Bin::Captured) + men.men(Bin::Hidden) + men.men(Bin::Killed);
        men.present() < UNIT && men.men(Bin::Escaped) < lost
    };
    let untold = standing.iter().filter(|u| !sent_off.contains(*u));
    Fate {
        formed_out: brought_out(&b),
        shot: f64::from(b.men(Side::China).men(Bin::OwnSideShot)),
        crowd_hour: f64::from(crowd_hour(&b)),
        in_place: untold.filter(ended).count() as f64,
        ordered: ordered.is_some(),
    }
}

/// The hour at which the breakout was ordered.
fn breakout(b: &Battle) -> Option<u32> {
    let events = b.scenario().events();
    b.events().iter().find_map(|l| match &l.event {
        Event::Happened { event, .. } if events.happening(*event).id == "breakout_order" => {
            Some(l.hour.0)
        }
        _ => None,
    })
}

fn brought_out(b: &Battle) -> f64 {
    let men = |event: &Event| match event {
        Event::Men {
            unit,
            from: Bin::Formed | Bin::Disordered,
            to: Bin::Escaped,
            men,
            ..
        } if b.scenario().unit(*unit).side == Side::China => *men,
        _ => 0,
    };
    f64::from(b.events().iter().map(|l| men(&l.event)).sum::<u32>())
}

/// The hour by which so many men had come to the harbour of Xiaguan in crowds.
fn crowd_hour(b: &Battle) -> u32 {
    let scenario = b.scenario();
    let map = scenario.map();
    let pier = map.places[map.place("xiaguan").expect("a place")].centre;
    let mut come = 0;
    b.events()
        .iter()
        .find_map(|l| match &l.event {
            Event::CrowdMoved(c) | Event::CrowdFormed(c) if c.at == pier => {
                come += c.men;
                (come >= CROWD).then_some(l.hour.0)
            }
            _ => None,
        })
        .unwrap_or(scenario.turns() * 4)
}

fn fates(scenario: &Arc<Scenario>) -> Vec<Fate> {
    each(SEEDS, |seed| fate(scenario, seed))
}

/// The campaign as it stands, with the city given up as in history: by an order that comes a day later.
fn as_it_stands() -> &'static [Fate] {
    static FATES: OnceLock<Vec<Fate>> = OnceLock::new();
    FATES.get_or_init(|| fates(&otherwise(|_| {}).load()))
}

/// The campaign with something otherwise. Chiang's order is prepared for, as in history, unless that
/// is what is changed.
fn otherwise(change: impl FnOnce(&mut ScenarioFile)) -> Draft {
    Draft::of("nanking_1937").scenario(|file| {
        answer(file, "abandon", "prepare");
        change(file);
    })
}

/// The computer answers a question in this way.
fn answer(file: &mut ScenarioFile, decision: &str, option: &str) {
    fn within(acts: &mut [Action<Written>], decision: &str, option: &str) {
        for act in acts {
            let Action::Decision(asked) = act else {
                continue;
            };
            let meant = asked.id == decision;
            for o in &mut asked.options {
                if meant {
                    o.weight = Weight {
                        base: f64::from(u8::from(o.id == option)),
                        aggression: 0.0,
                        hold_to_death: 0.0,
                        counterattack: 0.0,
                        loss_tolerance: 0.0,
                    };
                }
                within(&mut o.then, decision, option);
            }
        }
    }
    for event in &mut file.events {
        within(&mut event.then, decision, option);
    }
}

/// An event of these texts.
fn event(id: &str, when: &str, then: &[&str]) -> EventFile {
    EventFile {
        known_to: Some(Side::China),
        ..crate::happenings::event(id, when, then)
    }
}

/// Means of both, and in how many pairs the second is larger and smaller.
fn compared(one: &[Fate], other: &[Fate], of: impl Fn(&Fate) -> f64) -> (f64, f64, usize, usize) {
    let mean = |list: &[Fate]| list.iter().map(&of).sum::<f64>() / list.len() as f64;
    let pairs = || one.iter().zip(other).map(|(a, b)| (of(a), of(b)));
    let more = pairs().filter(|(a, b)| b > a).count();
    let less = pairs().filter(|(a, b)| b < a).count();
    (mean(one), mean(other), more, less)
}

#[test]
fn a_withdrawal_ordered_on_11_december_brings_out_more_formed_men() {
    // The article: Kasahara argues that an orderly withdrawal may have been possible if Tang had
    // carried it out on December 11.
    let withdrawn = fates(&otherwise(|file| answer(file, "abandon", "withdraw")).load());
    let (late, early, more, less) = compared(as_it_stands(), &withdrawn, |f| f.formed_out);
    assert!(early > late + 2_000.0, "{early} men against {late}");
    assert!(more > less + 8, "{more} pairs against {less}");
}

#[test]
fn boats_kept_at_xiaguan_bring_out_more_formed_men() {
    // The article: there were hardly any boats remaining in the harbor.
    let kept = fates(&otherwise(|file| answer(file, "boats", "keep")).load());
    let away = fates(&otherwise(|file| answer(file, "boats", "away")).load());
    let (without, with, more, less) = compared(&away, &kept, |f| f.formed_out);
    assert!(with > without + 500.0, "{with} men against {without}");
    assert!(more > less + 8, "{more} pairs against {less}");
}

#[test]
fn without_barrier_troops_nobody_is_shot_and_the_crowd_is_at_the_harbour_earlier() {
    // The article: roughly 1,000 soldiers were shot by members of their own army; the crowd broke
    // through to the harbor only when a tank unit had burst the blockade.
    let open = fates(
        &otherwise(|file| {
            let none = event(
                "a_free_way",
                r#"At("1937-12-05T05:00")"#,
                &[r#"Barrier(unit: "cn_36d_bar", on: false)"#],
            );
            file.events.push(none);
        })
        .load(),
    );
    let (shot, fewer, ..) = compared(as_it_stands(), &open, |f| f.shot);
    assert!(fewer < 0.1 * shot, "{fewer} men against {shot}");
    let (barred, free, later, earlier) = compared(as_it_stands(), &open, |f| f.crowd_hour);
    assert!(free < barred - 1.0, "hour {free} against {barred}");
    assert!(earlier > later + 5, "{earlier} pairs against {later}");
}

#[test]
fn an_order_to_break_out_that_reaches_everyone_leaves_fewer_units_to_be_destroyed_in_place() {
    // The article: with many units there was no contact; they never received the order and continued to
    // hold their positions. Those who did receive it rarely slipped through either: as many men are
    // brought out as before, and no more is claimed here.
    let heard = fates(
        &otherwise(|file| {
            // From the order on, whatever is sent arrives within the hour.
            let rates: Vec<String> = ["wire", "radio", "runner", "cut"]
                .iter()
                .map(|by| format!("Rate(rule: \"command.{by}_hours\", value: 0.02)"))
                .chain([r#"Rate(rule: "command.garbled", value: 0.0)"#.to_owned()])
                .collect();
            let then: Vec<&str> = rates.iter().map(String::as_str).collect();
            let all = event(
                "every_order_arrives",
                r#"Fired(event: "breakout_order")"#,
                &then,
            );
            file.events.push(all);
        })
        .load(),
    );
    let ordered = |list: &[Fate]| -> Vec<Fate> {
        let both = as_it_stands().iter().zip(&heard).zip(list);
        both.filter(|((a, b), _)| a.ordered && b.ordered)
            .map(|(_, f)| *f)
            .collect()
    };
    let (lost, kept, more, less) =
        compared(&ordered(as_it_stands()), &ordered(&heard), |f| f.in_place);
    assert!(kept < 0.8 * lost, "{kept} units against {lost}");
    assert!(less > more + 8, "{less} pairs against {more}");
}
