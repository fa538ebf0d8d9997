//! Pairs of the same seed: one thing is taken out of a scenario, and what changes is what the article
//! says it did. Luck hangs on seed and unit ids, so that a pair meets the same luck where it is alike.
//! Thirty pairs; bounds that leave room for calibration.

use crate::games::{Draft, each, play};
use nanking::{
    battle::Event,
    scenario::{Branch, Calendar, Scenario, Side, UnitId},
};
use std::{ops::RangeInclusive, sync::Arc};

const SEEDS: RangeInclusive<u64> = 1..=30;

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The hour of the first event of a kind in each game, or the end of the scenario's time.
fn first(
    scenario: &Arc<Scenario>,
    seeds: RangeInclusive<u64>,
    wanted: impl Fn(&Event) -> bool + Sync,
) -> Vec<f64> {
    let last = f64::from(scenario.turns() * 4);
    each(seeds, |seed| {
        let b = play(scenario, seed, |_| {});
        let hour = b.events().iter().find(|l| wanted(&l.event)).map(|l| l.hour);
        hour.map_or(last, |h| f64::from(h.0))
    })
}

#[test]
fn without_the_no_fire_order_the_south_slope_of_zijinshan_falls_earlier() {
    // The article: advancing along the south side of Zijinshan was no easier, since Matsui had
    // forbidden his men from using artillery there.
    let falls = |ordered: bool| {
        // The campaign to the night in which the city was lost.
        let draft = Draft::of("nanking_1937").scenario(|draft| {
            draft.turns = 48;
            if !ordered {
                draft.sides.japan.engagement = None;
            }
        });
        let scenario = draft.load();
        let map = scenario.map();
        // Where the slope was defended.
        let position = map.places[map.place("linggu_temple").expect("a place")].centre;
        assert_eq!(scenario.keeps_fire_from(Side::Japan, position), ordered);
        // A few hours beside the chances of a whole campaign: twice as many pairs.
        first(
            &scenario,
            1..=60,
            |event| matches!(event, Event::HexTaken { hex, by: Side::Japan, .. } if *hex == position),
        )
    };
    let (bound, free) = (falls(true), falls(false));
    let pairs = || bound.iter().zip(&free);
    let earlier = pairs().filter(|(b, f)| f < b).count();
    let later = pairs().filter(|(b, f)| f > b).count();
    let (bound, free) = (mean(&bound), mean(&free));
    assert!(free < bound, "{free} h against {bound} h");
    assert!(earlier > later + 2, "{earlier} pairs against {later}");
}

#[test]
fn without_engineers_the_first_breach_comes_later() {
    // The article: Japanese engineers and artillerymen closing in on Guanghua Gate managed to blow a
    // hole in the wall.
    let name = "guanghua_gate_1937";
    let breach = |event: &Event| matches!(event, Event::Breached { .. });
    let with = first(&Draft::of(name).load(), SEEDS, breach);
    let without = Draft::of(name).scenario(|draft| {
        for unit in &mut draft.units {
            if unit.branch == Branch::Engineer {
                unit.branch = Branch::Infantry;
            }
        }
    });
    let without = first(&without.load(), SEEDS, breach);
    let (with, without) = (mean(&with), mean(&without));
    assert!(with + 6.0 < without, "{with} h against {without} h");
}

/// Mean supply of the attackers' men within 16 km of the city, from 8 to 11 December.
fn attackers_supply(scenario: &Arc<Scenario>) -> Vec<f64> {
    let map = scenario.map();
    let centre = scenario.city().expect("a city").centre;
    let centre = map.places[centre].centre;
    let from = scenario
        .calendar()
        .hour_of(Calendar::parse("1937-12-08T05:00").expect("a time"));
    each(SEEDS, |seed| {
        let (mut men, mut sum) = (0.0, 0.0);
        play(scenario, seed, |b| {
            if b.hour() < from {
                return;
            }
            for (i, unit) in scenario.units().iter().enumerate() {
                let id = UnitId(i as u32);
                let (Some(at), Some(state)) = (b.position(id), b.unit(id)) else {
                    continue;
                };
                let km = f64::from(map.grid.distance(at, centre)) * map.grid.hex_km();
                if unit.side == Side::Japan && km <= 16.0 {
                    let present = f64::from(state.strength.present());
                    men += present;
                    sum += present * state.condition.supply;
                }
            }
        });
        sum / f64::max(men, 1.0)
    })
}

#[test]
fn without_scorched_earth_the_attackers_are_better_supplied() {
    // The article: to deny the invaders any shelter or supplies, Tang adopted a strategy of scorched
    // earth on December 7.
    let shorter = || Draft::of("nanking_1937").scenario(|draft| draft.turns = 36);
    let burnt = attackers_supply(&shorter().load());
    let spared = shorter().scenario(|draft| draft.scorched_earth.clear());
    let spared = attackers_supply(&spared.load());
    let better = burnt.iter().zip(&spared).filter(|(b, s)| s > b).count();
    let (burnt, spared) = (mean(&burnt), mean(&spared));
    assert!(spared > burnt + 0.01, "{spared} against {burnt}");
    assert!(better >= 24, "in {better} of 30 pairs");
}
