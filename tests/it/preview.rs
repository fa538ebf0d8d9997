//! The forecast is the resolver: with perfect information it has the distribution of the turn that
//! follows (architecture §2.9b, issue: total variation under 3 %). And it changes nothing.

use crate::support::{Table, altered, hex, id, tell};
use nanking::{
    battle::{Battle, Event, Randomness, Task, preview::Run},
    scenario::{Scenario, Side},
};
use std::{collections::BTreeMap, sync::Arc};

/// A fight of two against one, of the kind the tests of movement do not have: nobody moves.
fn fight() -> Arc<Scenario> {
    Table::draw(&[".....", "..p..", "....."])
        .unit(Side::Japan, "a", 900, (1, 1))
        .unit(Side::Japan, "c", 700, (2, 2))
        .unit(Side::China, "b", 800, (2, 1))
        .depot(Side::Japan, (0, 1))
        .depot(Side::China, (4, 1))
        .doctrine(Side::China, |d| {
            d.withdrawal_permitted = false;
            d.hold_to_death = 0.6;
        })
        .rules(|r| r.hold.base = -1.4)
        .build()
}

const TARGET: (u16, u16) = (2, 1);

/// What the turn brought: the same figures as one run of the forecast.
fn resolved(scenario: &Arc<Scenario>, seed: u64) -> Run {
    let mut b = Battle::new(Arc::clone(scenario), seed, Randomness::Sampled);
    let target = hex(&b, TARGET);
    for unit in ["a", "c"] {
        tell(&mut b, unit, Task::Assault { target });
    }
    b.end_turn();
    let mut run = Run {
        yielded: None,
        attacker_losses: 0,
        defender_losses: 0,
    };
    for logged in b.events() {
        match &logged.event {
            // After the position is lost a pursuit may bring other fights, not forecast.
            Event::Fought {
                assault: true,
                attacker_losses,
                defender_losses,
                ..
            } if run.yielded.is_none() => {
                run.attacker_losses += attacker_losses;
                run.defender_losses += defender_losses;
            }
            Event::Yielded { .. } => run.yielded = Some(logged.hour.0 + 1),
            _ => {}
        }
    }
    run
}

/// Half the sum of the differences between two samples' shares of each class.
fn distance(one: &[Run], other: &[Run], class: impl Fn(&Run) -> (Option<u32>, usize)) -> f64 {
    let mut shares: BTreeMap<_, (f64, f64)> = BTreeMap::new();
    for run in one {
        shares.entry(class(run)).or_default().0 += 1.0 / one.len() as f64;
    }
    for run in other {
        shares.entry(class(run)).or_default().1 += 1.0 / other.len() as f64;
    }
    shares.values().map(|(a, b)| (a - b).abs()).sum::<f64>() / 2.0
}

#[test]
fn the_forecast_has_the_distribution_of_the_turn() {
    let scenario = fight();
    let b = Battle::new(Arc::clone(&scenario), 99_999, Randomness::Sampled);
    let attackers = [id(&b, "a"), id(&b, "c")];
    // Many more runs than turns: what differs is then the chance of the one sample.
    let forecast = b
        .preview_true(&attackers, hex(&b, TARGET), 30_000)
        .expect("a fight");
    let turns: Vec<Run> = (0..6000).map(|seed| resolved(&scenario, seed)).collect();
    let yields = turns.iter().filter(|r| r.yielded.is_some()).count() as f64 / turns.len() as f64;
    assert!((0.2..0.8).contains(&yields), "worth forecasting: {yields}");
    assert!((forecast.taken() - yields).abs() < 0.02);

    let thirds = [1.0 / 3.0, 2.0 / 3.0].map(|q| forecast.losses(q));
    let bucket = |value: u32, a: u32, b: u32| usize::from(value > a) + usize::from(value > b);
    let by_attackers = distance(&forecast.runs, &turns, |r| {
        (
            r.yielded,
            bucket(r.attacker_losses, thirds[0].0, thirds[1].0),
        )
    });
    let by_defenders = distance(&forecast.runs, &turns, |r| {
        (
            r.yielded,
            bucket(r.defender_losses, thirds[0].1, thirds[1].1),
        )
    });
    assert!(by_attackers < 0.03, "{by_attackers}");
    assert!(by_defenders < 0.03, "{by_defenders}");
}

#[test]
fn the_forecast_does_not_use_the_battles_own_dice() {
    // If it did, its first run would be the turn that follows, seed by seed.
    let scenario = fight();
    let mut same = 0;
    for seed in 0..60 {
        let b = Battle::new(Arc::clone(&scenario), seed, Randomness::Sampled);
        let attackers = [id(&b, "a"), id(&b, "c")];
        let forecast = b
            .preview_true(&attackers, hex(&b, TARGET), 1)
            .expect("a fight");
        same += u32::from(forecast.runs[0] == resolved(&scenario, seed));
    }
    assert!(same < 6, "{same} of 60");
}

#[test]
fn forecasts_change_nothing() {
    let scenario = fight();
    let mut b = Battle::new(scenario, 3, Randomness::Sampled);
    b.end_turn();
    let (digest, state, events) = (b.digest(), b.snapshot(), b.events().len());
    let attackers = [id(&b, "a"), id(&b, "c")];
    let target = hex(&b, TARGET);
    b.preview_true(&attackers, target, 50).expect("a fight");
    b.view(Side::Japan)
        .preview(&attackers, target, 50)
        .expect("he is seen");
    b.view(Side::Japan)
        .odds(&attackers, target)
        .expect("he is seen");
    b.view(Side::Japan).assume(1);
    assert_eq!((b.digest(), b.events().len()), (digest, events));
    assert_eq!(b.snapshot(), state);
}

#[test]
fn a_forecast_repeats_itself() {
    let b = Battle::new(fight(), 3, Randomness::Sampled);
    let attackers = [id(&b, "a"), id(&b, "c")];
    let run = || b.preview_true(&attackers, hex(&b, TARGET), 40);
    assert_eq!(run(), run());
}

#[test]
fn nobody_to_fight_is_no_forecast() {
    let b = Battle::new(fight(), 3, Randomness::Sampled);
    let attackers = [id(&b, "a")];
    assert!(b.preview_true(&attackers, hex(&b, (0, 2)), 10).is_none());
    assert!(b.preview_true(&[], hex(&b, TARGET), 10).is_none());
    // Nobody is known before the first hour.
    let view = b.view(Side::Japan);
    assert!(view.preview(&attackers, hex(&b, TARGET), 10).is_none());
}

#[test]
fn a_forecast_of_what_is_seen_uses_no_truth_that_is_not_seen() {
    let start = Battle::new(fight(), 3, Randomness::Sampled);
    let mut b = start;
    b.end_turn();
    let attackers = [id(&b, "a"), id(&b, "c")];
    let target = hex(&b, TARGET);
    let unit = id(&b, "b").0 as usize;
    let worse = altered(&b, |s| {
        let u = &mut s.units[unit];
        u.condition.cohesion = 0.5;
        u.condition.ammunition = 0.0;
        u.stance.obeys_to_the_last = Some(true);
        u.ledger.losses = [300, 0, 0, 0];
        u.strength = nanking::battle::Strength::all_in(nanking::battle::strength::Bin::Formed, 50);
    });
    let seen = |b: &Battle| b.view(Side::Japan).preview(&attackers, target, 30);
    assert_eq!(seen(&b), seen(&worse));
    let odds = |b: &Battle| b.view(Side::Japan).odds(&attackers, target);
    assert_eq!(odds(&b), odds(&worse));
}
