//! The forecast is the resolver: with perfect information it has the distribution of the turn that
//! follows (architecture §2.9b, issue: total variation under 3 %). And it changes nothing.

use crate::support::{Table, altered, fly, hex, id, tell};
use nanking::{
    battle::{AirMission, Battle, Event, Randomness, Task, preview::Run, view::Barrage},
    scenario::{AirGroupId, Scenario, Side},
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

/// A battery, a scout who sees the target surely and counts it rightly, and the target in trenches.
fn shoot() -> Arc<Scenario> {
    Table::draw(&["...........", "........p..", "..........."])
        .battery(Side::Japan, "guns", (0, 1))
        .unit(Side::Japan, "scout", 60, (6, 1))
        .unit(Side::China, "b", 1000, (8, 1))
        .air(Side::Japan, "wing", 60.0)
        .depot(Side::Japan, (0, 0))
        .depot(Side::China, (10, 1))
        .rules(|r| {
            r.observation.recon = 1000.0;
            r.observation.strength_spread = 0.0;
        })
        .build()
}

/// Killed and wounded by shells in the second turn, beside what was foreseen: its mean, and whether
/// the loss lies within the span of all runs.
fn foreseen(seed: u64, orders: impl Fn(&mut Battle) -> Barrage) -> (f64, u32, bool) {
    let mut b = Battle::new(shoot(), seed, Randomness::Sampled);
    b.end_turn();
    let barrage = orders(&mut b);
    assert_eq!(barrage.men, 1000, "he is seen");
    let from = b.events().len();
    b.end_turn();
    let lost = b.events()[from..].iter().map(|l| match &l.event {
        Event::Shelled { casualties, .. } => *casualties,
        _ => 0,
    });
    let lost = lost.sum();
    let span = barrage.quantile(0.0)..=barrage.quantile(1.0);
    (barrage.mean(), lost, span.contains(&lost))
}

/// Means over many battles of what was foreseen and of what came, and the share within the span.
fn compared(orders: impl Fn(&mut Battle) -> Barrage) -> [f64; 3] {
    const BATTLES: u32 = 60;
    let mut sums = [0.0; 3];
    for seed in 0..BATTLES {
        let (mean, lost, within) = foreseen(u64::from(seed), &orders);
        for (sum, value) in
            sums.iter_mut()
                .zip([mean, f64::from(lost), f64::from(u32::from(within))])
        {
            *sum += value / f64::from(BATTLES);
        }
    }
    sums
}

#[test]
fn the_forecast_of_a_bombardment_is_what_the_hours_bring() {
    let [mean, lost, within] = compared(|b| {
        let (guns, target) = (id(b, "guns"), hex(b, TARGET_OF_GUNS));
        let barrage = b.view(Side::Japan).barrage(target, &[guns]).unwrap();
        assert_eq!(barrage.batteries, [guns]);
        assert_eq!((barrage.hours, barrage.observed), (4, 4));
        assert!(barrage.rounds > 100.0 && barrage.suppression > 0.0);
        tell(b, "guns", Task::Bombard { target });
        // Ordered, it is counted of itself, and not twice.
        assert_eq!(
            b.view(Side::Japan).barrage(target, &[guns]),
            Some(barrage.clone())
        );
        barrage
    });
    assert!(
        lost > 5.0 && (mean / lost - 1.0).abs() < 0.05,
        "{mean} {lost}"
    );
    assert!(within > 0.9, "{within}");
}

#[test]
fn the_forecast_of_a_raid_is_what_the_bombs_do() {
    let [mean, lost, within] = compared(|b| {
        let mission = AirMission::Bomb {
            target: hex(b, TARGET_OF_GUNS),
        };
        let view = b.view(Side::Japan);
        let outlook = view.flying(AirGroupId(0)).unwrap();
        assert!(outlook.hours > 0 && outlook.clear > 0.0 && outlook.not_before.is_none());
        let barrage = view.raid_forecast(AirGroupId(0), mission).unwrap();
        fly(b, "wing", mission);
        barrage
    });
    assert!(
        lost > 1.0 && (mean / lost - 1.0).abs() < 0.25,
        "{mean} {lost}"
    );
    assert!(within > 0.9, "{within}");
}

#[test]
fn nobody_known_there_means_nothing_to_forecast_but_rounds() {
    let b = Battle::new(shoot(), 1, Randomness::Sampled);
    let guns = id(&b, "guns");
    let view = b.view(Side::Japan);
    let empty = view.barrage(hex(&b, (4, 0)), &[guns]).unwrap();
    assert_eq!((empty.men, empty.quantile(1.0), &empty.why), (0, 0, &None));
    assert!(empty.rounds > 0.0);
    // Beyond its range the battery takes no part.
    let far = view.barrage(hex(&b, (10, 1)), &[guns]).unwrap();
    assert!(far.batteries.is_empty() && far.rounds == 0.0);
}

#[test]
fn guns_in_support_are_worth_what_the_fight_counts_them_for() {
    let b = Battle::new(shoot(), 1, Randomness::Sampled);
    let view = b.view(Side::Japan);
    let backing = view.backing(id(&b, "guns"), hex(&b, (7, 1))).unwrap();
    let rules = b.scenario().rules();
    let bonus = rules.power.support_bonus / rules.power.support_batteries;
    assert!((backing.batteries - 1.0).abs() < 1e-9);
    assert!((backing.factor - 1.0 - bonus).abs() < 1e-9);
    assert!(view.backing(id(&b, "scout"), hex(&b, (7, 1))).is_none());
}

const TARGET_OF_GUNS: (u16, u16) = (8, 1);
