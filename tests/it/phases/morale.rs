//! Morale: wear, rout and rally, dissolution, breaking off (model §3.4, §3.8, §3.9).

use crate::support::{Table, events, hex, id, place_of, refusal, state, tell, with_unit};
use nanking::{
    battle::{
        Battle, Cause, Event, FormationMission, MissionPosture, Order, Posture, Refusal, Strength,
        Task,
        strength::Bin,
        unit::Condition,
        wear::{HourSpent, wear},
    },
    scenario::{Branch, Hours, Rules, Side},
};

fn rules() -> Rules {
    Table::draw(&["."]).rules
}

fn fit() -> Condition {
    Condition {
        cohesion: 0.5,
        fatigue: 0.3,
        supply: 1.0,
        ammunition: 0.5,
        suppression: 0.0,
        rounds: 0.0,
        isolated: false,
    }
}

/// What an hour changes in a condition.
fn hour(before: Condition, spent: HourSpent) -> Condition {
    let mut after = before;
    wear(&rules(), &mut after, &spent);
    after
}

/// Cohesion gained or lost in an hour.
fn shift(before: Condition, spent: HourSpent) -> f64 {
    hour(before, spent).cohesion - before.cohesion
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} instead of {b}");
}

/// Marched: neither at rest nor in a fight, the state from which other effects are told.
fn busy() -> HourSpent {
    HourSpent {
        moved_km: 1.0,
        ..HourSpent::default()
    }
}

#[test]
fn losses_take_cohesion_in_proportion_to_the_share_lost() {
    for share in [0.0, 0.02, 0.1] {
        let spent = HourSpent {
            loss_share: share,
            ..busy()
        };
        close(shift(fit(), spent), -1.75 * share);
    }
}

#[test]
fn each_burden_takes_its_part_of_cohesion() {
    let quarter = |per_turn: f64| per_turn / 4.0;
    let fought = HourSpent {
        fought: true,
        ..busy()
    };
    close(shift(fit(), fought), -quarter(0.02));
    let pinned = Condition {
        suppression: 0.6,
        ..fit()
    };
    close(shift(pinned, busy()), -quarter(0.05 * 0.6));
    let cut_off = Condition {
        isolated: true,
        ..fit()
    };
    close(shift(cut_off, busy()), -quarter(0.04));
    for (seen, counted) in [(1, 1.0), (2, 2.0), (5, 2.0)] {
        let spent = HourSpent {
            routed_neighbours: seen,
            ..busy()
        };
        close(shift(fit(), spent), -quarter(0.06 * counted));
    }
    let won = HourSpent {
        victorious: true,
        ..busy()
    };
    close(shift(fit(), won), 0.02);
}

#[test]
fn rest_out_of_contact_restores_cohesion_and_contact_does_not() {
    close(shift(fit(), HourSpent::default()), 0.03 / 4.0);
    let watched = HourSpent {
        in_contact: true,
        ..HourSpent::default()
    };
    close(shift(fit(), watched), 0.0);
}

#[test]
fn cohesion_and_fatigue_stay_between_nothing_and_all() {
    let worst = HourSpent {
        loss_share: 1.0,
        fought: true,
        moved_km: 200.0,
        routed_neighbours: 9,
        ..HourSpent::default()
    };
    let after = hour(fit(), worst);
    assert_eq!((after.cohesion, after.fatigue), (0.0, 1.0));
    let fresh = Condition {
        cohesion: 1.0,
        fatigue: 0.0,
        ..fit()
    };
    let after = hour(fresh, HourSpent::default());
    assert_eq!((after.cohesion, after.fatigue), (1.0, 0.0));
}

#[test]
fn marching_and_fighting_tire_and_the_hungry_rest_worse() {
    close(hour(fit(), busy()).fatigue - 0.3, 0.0125);
    let fought = HourSpent {
        fought: true,
        ..HourSpent::default()
    };
    close(hour(fit(), fought).fatigue - 0.3, 0.02);
    close(hour(fit(), HourSpent::default()).fatigue - 0.3, -0.02);
    let hungry = Condition {
        supply: 0.0,
        ..fit()
    };
    close(hour(hungry, HourSpent::default()).fatigue - 0.3, -0.01);
}

/// Two units far apart with lines of supply.
fn apart() -> Table {
    Table::draw(&["............", "............", "............"])
        .unit(Side::Japan, "a", 800, (1, 1))
        .unit(Side::China, "b", 800, (10, 1))
        .depot(Side::Japan, (0, 1))
        .depot(Side::China, (11, 1))
}

fn near() -> Table {
    apart().unit(Side::Japan, "c", 800, (9, 1))
}

#[test]
fn a_unit_that_has_lost_its_cohesion_routs_and_takes_no_orders() {
    let start = near().expected();
    let mut b = with_unit(&start, "b", |u| u.condition.cohesion = 0.19);
    b.end_turn();
    assert_eq!(state(&b, "b").stance.posture, Posture::Routed);
    let refused = refusal(&mut b, "b", Task::Hold);
    assert!(matches!(refused, Refusal::Routed { .. }), "{refused}");
    let steady = with_unit(&start, "b", |u| u.condition.cohesion = 0.40);
    let mut steady = steady;
    steady.end_turn();
    assert_eq!(state(&steady, "b").stance.posture, Posture::Holding);
}

#[test]
fn men_in_flight_run_from_enemies_within_two_kilometres() {
    let start = near().expected();
    let run = |from: (u16, u16)| {
        let at = hex(&start, from);
        let mut b = with_unit(&start, "b", |u| {
            u.stance.posture = Posture::Routed;
            u.condition.cohesion = 0.1;
            u.position.hex = Some(at);
        });
        let mut b = {
            // Not in the hour in which it came there.
            b.end_turn();
            b
        };
        b.end_turn();
        place_of(&b, "b").expect("on the map")
    };
    // The enemy stands at column 9.
    let at = run((7, 1));
    assert!(at.0 < 7 || at.1 != 1, "it ran: {at:?}");
    assert_eq!(run((5, 1)), (5, 1), "four kilometres away it stays");
}

#[test]
fn a_routed_unit_rallies_at_rest_and_not_before_the_enemy() {
    let start = apart().expected();
    let mut b = with_unit(&start, "b", |u| {
        u.stance.posture = Posture::Routed;
        u.condition.cohesion = 0.345;
    });
    b.end_turn();
    let rallied = events(&b, |e| match e {
        Event::Rallied { unit } => Some(*unit),
        _ => None,
    });
    assert_eq!(rallied, vec![id(&b, "b")]);
    assert_eq!(state(&b, "b").stance.posture, Posture::Holding);
    let mut low = with_unit(&start, "b", |u| {
        u.stance.posture = Posture::Routed;
        u.condition.cohesion = 0.25;
    });
    low.end_turn();
    assert_eq!(state(&low, "b").stance.posture, Posture::Routed);
}

#[test]
fn rout_spreads_to_neighbours() {
    let start = apart().unit(Side::China, "d", 400, (9, 1)).expected();
    let calm = {
        let mut b = with_unit(&start, "d", |u| u.condition.cohesion = 0.8);
        b.end_turn();
        state(&b, "d").condition.cohesion
    };
    let shaken = {
        let b = with_unit(&start, "d", |u| u.condition.cohesion = 0.8);
        let mut b = with_unit(&b, "b", |u| {
            u.stance.posture = Posture::Routed;
            u.condition.cohesion = 0.1;
        });
        b.end_turn();
        state(&b, "d").condition.cohesion
    };
    close(calm - shaken, 0.06);
}

#[test]
fn stragglers_find_back_at_rest() {
    let start = apart().expected();
    let mut b = with_unit(&start, "b", |u| {
        u.strength = Strength::all_in(Bin::Disordered, 400);
        u.strength.add(&Strength::all_in(Bin::Formed, 400));
    });
    b.end_turn();
    let waiting = state(&b, "b").strength.men(Bin::Disordered);
    assert!(waiting.abs_diff(300) <= 2, "a quarter in a turn: {waiting}");
}

/// Where men go who leave a unit that comes apart.
fn dissolved(b: &Battle, unit: &str) -> Vec<Bin> {
    let unit = id(b, unit);
    let mut bins = events(b, |e| match e {
        Event::Men {
            unit: u,
            to,
            cause: Cause::Dissolution,
            ..
        } if *u == unit => Some(*to),
        _ => None,
    });
    bins.sort_unstable();
    bins.dedup();
    bins
}

#[test]
fn a_unit_that_comes_apart_in_open_country_loses_men_to_disorder() {
    let mut b = with_unit(&apart().expected(), "b", |u| u.condition.cohesion = 0.3);
    b.end_turn();
    assert_eq!(dissolved(&b, "b"), vec![Bin::Disordered]);
}

#[test]
fn next_to_the_enemy_they_are_captured() {
    let start = near().rules(|r| r.fire.intensity_contact = 0.0).expected();
    let mut b = with_unit(&start, "b", |u| u.condition.cohesion = 0.3);
    b.end_turn();
    assert_eq!(dissolved(&b, "b"), vec![Bin::Captured]);
}

#[test]
fn inside_the_city_they_cast_off_their_uniforms() {
    let start = Table::draw(&[".......", ".......", ".......", ".......", "......."])
        .wall((3, 1), (5, 3))
        .gate("gate", (3, 2), (2, 2))
        .unit(Side::China, "b", 900, (4, 2))
        .unit(Side::Japan, "far", 300, (0, 0))
        .expected();
    assert_eq!(place_of(&start, "b"), Some((4, 2)));
    let mut b = with_unit(&start, "b", |u| u.condition.cohesion = 0.3);
    b.end_turn();
    assert_eq!(dissolved(&b, "b"), vec![Bin::Hidden]);
}

#[test]
fn steady_units_do_not_come_apart_and_isolation_doubles_it() {
    // The article: hard-pressed and surrounded defenders; the garrison disintegrated.
    let run = |cohesion: f64, isolated: bool| {
        let start = apart().rules(|r| {
            r.morale.rejoin = 0.0;
            r.morale.isolated = 0.0;
        });
        let mut b = with_unit(&start.expected(), "b", |u| {
            u.condition.cohesion = cohesion;
            u.condition.isolated = isolated;
        });
        b.end_turn();
        800 - state(&b, "b").strength.formed()
    };
    assert_eq!(run(0.75, true), 0);
    let (one, two) = (run(0.3, false), run(0.3, true));
    assert!(one > 20 && two.abs_diff(2 * one) <= 3, "{one} {two}");
    assert!(run(0.1, false) > run(0.3, false), "the looser the faster");
}

#[test]
fn a_unit_with_nobody_left_leaves_the_map() {
    let start = near().expected();
    let mut b = with_unit(&start, "b", |u| {
        u.strength = Strength::all_in(Bin::Wounded, 800);
    });
    b.end_turn();
    assert_eq!(place_of(&b, "b"), None);
    let left = events(&b, |e| match e {
        Event::Left { unit, escaped, .. } => Some((*unit, *escaped)),
        _ => None,
    });
    assert_eq!(left, vec![(id(&b, "b"), false)]);
}

/// A defender who loses about a tenth of its men in the first hours.
fn bleeding(permitted: bool, posture: Option<MissionPosture>, lethality: f64) -> Battle {
    let mut b = near()
        .doctrine(Side::China, |d| d.withdrawal_permitted = permitted)
        .rules(|r| {
            r.hold.base = -60.0;
            r.fire.lethality_per_day = lethality;
        })
        .expected();
    let target = hex(&b, (10, 1));
    tell(&mut b, "c", Task::Assault { target });
    if let Some(posture) = posture {
        let formation = b.scenario().formation_by_id("china").expect("the army");
        let mission = FormationMission {
            objective: target,
            posture,
            may_withdraw: posture == MissionPosture::Delay,
        };
        b.order(
            Side::China,
            Order::Formation {
                formation,
                mission,
                start_at: None,
            },
        )
        .expect("legal");
    }
    b.end_turn();
    b
}

fn broke_off(b: &Battle) -> bool {
    let all = events(b, |e| match e {
        Event::BrokeOff { unit, .. } => Some(*unit),
        _ => None,
    });
    assert!(all.iter().all(|u| *u == id(b, "b")));
    !all.is_empty()
}

#[test]
fn a_unit_that_may_lets_go_when_a_position_costs_too_much() {
    assert!(broke_off(&bleeding(true, None, 1.0)));
    assert!(
        !broke_off(&bleeding(false, None, 1.0)),
        "not without permission"
    );
    assert!(!broke_off(&bleeding(true, None, 0.2)), "not for little");
}

#[test]
fn who_delays_lets_go_sooner_than_who_holds() {
    let delay = bleeding(false, Some(MissionPosture::Delay), 0.4);
    assert!(broke_off(&delay));
    assert_ne!(place_of(&delay, "b"), Some((10, 1)));
    let hold = bleeding(true, Some(MissionPosture::Hold), 0.4);
    assert!(
        !broke_off(&hold),
        "the mission takes back what doctrine permits"
    );
}

#[test]
fn men_fall_out_on_a_night_march_off_the_road() {
    let march = |road: bool, hour: u32| {
        let mut t = apart();
        if road {
            let way: Vec<(u16, u16)> = (0..=8).map(|c| (c, 1)).collect();
            t = t.road(&way);
        }
        let mut b = crate::support::altered(&t.expected(), |s| s.clock.hour = Hours(hour));
        let to = hex(&b, (6, 1));
        tell(&mut b, "a", Task::March { to, forced: true });
        b.end_turn();
        state(&b, "a").strength.men(Bin::Disordered)
    };
    let (day, night_road, night) = (march(false, 0), march(true, 12), march(false, 12));
    assert!(day <= 1 && night_road <= 3, "{day} {night_road}");
    assert!(night > 20, "{night}");
}

#[test]
fn a_fixed_battery_does_not_run() {
    let start = apart()
        .unit_with(Side::China, "fort", 100, (8, 1), |u| {
            u.branch = Branch::Fortress;
            u.guns = 2;
            u.gun_class = Some("fortress".into());
        })
        .unit(Side::Japan, "c", 800, (7, 1))
        .expected();
    let mut b = with_unit(&start, "fort", |u| {
        u.stance.posture = Posture::Routed;
        u.condition.cohesion = 0.0;
    });
    b.end_turn();
    assert_eq!(place_of(&b, "fort"), Some((8, 1)));
}
