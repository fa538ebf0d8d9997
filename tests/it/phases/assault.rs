//! Assault: power, the exchange of fire and holding ground, on fights built by hand (model §3.1,
//! §3.2, §3.6). What happens on the map is in `ground_combat` and `yielding`.

use crate::support::Table;
use nanking::{
    battle::{
        Randomness, Term, Why,
        dice::Dice,
        engagement::{Combatant, Engagement, HourResult, Site},
        preview::{Preview, Prospect},
        unit::Condition,
    },
    scenario::{
        Branch, Hex, Rules, Scenario, Side, UnitId,
        forces::{TroopFigures, fnv64},
        map::WorksLevel,
    },
};
use std::sync::{Arc, LazyLock};

/// A scenario for its rules and its daylight.
static SCENARIO: LazyLock<Arc<Scenario>> = LazyLock::new(|| {
    Table::draw(&["....", "....", "...."])
        .unit(Side::Japan, "a", 800, (0, 1))
        .unit(Side::China, "b", 800, (3, 1))
        .build()
});

const WORKS: [WorksLevel; 4] = [
    WorksLevel::None,
    WorksLevel::Hasty,
    WorksLevel::Prepared,
    WorksLevel::Fortified,
];

fn rules() -> &'static Rules {
    SCENARIO.rules()
}

/// Expected values, so that nothing hangs on luck.
fn mean() -> Dice {
    Dice::new(0, Randomness::Expected)
}

fn infantry(id: u32, formed: u32) -> Combatant {
    Combatant {
        id: UnitId(id),
        key: fnv64(&format!("unit_{id}")),
        branch: Branch::Infantry,
        formed,
        quality: 1.0,
        figures: TroopFigures {
            weight: 1.0,
            cohesion: 0.9,
            killed_share_held: 0.28,
            killed_share_lost: 0.5,
            stand_scale: 1.0,
            surrender_scale: 1.0,
            drive: 0.5,
        },
        condition: Condition {
            cohesion: 0.9,
            fatigue: 0.0,
            supply: 1.0,
            ammunition: 1.0,
            suppression: 0.0,
            rounds: 0.0,
            isolated: false,
        },
        tanks: 0,
        anti_tank: 0,
        guns: 0,
        routed: false,
        withdrawing: false,
        obeys_to_the_last: false,
        recent_losses: 0,
        hazard: 0.0,
        carry: 0.0,
        share: 1.0,
        handicap: 1.0,
    }
}

/// An attack in daylight over one hexside of open ground.
fn plain() -> Engagement {
    Engagement {
        site: Site {
            at: Hex(7),
            hour: 0,
            hex_km: 1.0,
            assault: true,
            sides: 1,
            works: WorksLevel::None,
            terrain: 1.0,
            cover: false,
            shelter: (WorksLevel::None, false),
            uphill: false,
            gate: false,
            breached: false,
            stream: false,
            tanks_pass: true,
            light: 1.0,
            night: false,
            batteries: [0.0, 0.0],
            neighbours: 0,
            spared: false,
        },
        attackers: vec![infantry(0, 800)],
        defenders: vec![infantry(1, 800)],
    }
}

fn changed(change: impl FnOnce(&mut Engagement)) -> Engagement {
    let mut e = plain();
    change(&mut e);
    e
}

/// Attackers' and defenders' power.
fn powers(e: &Engagement) -> (f64, f64) {
    let (a, d) = e.powers(rules());
    (a.result, d.result)
}

fn hour(e: &Engagement) -> HourResult {
    e.resolve(rules(), &mean())
}

/// Rates of loss of attackers and defenders, before rounding to men.
fn rates(e: &Engagement) -> (f64, f64) {
    let r = hour(e);
    (r.attacker_why.result, r.defender_why.result)
}

fn odds(e: &Engagement) -> f64 {
    hour(e).hold.expect("an assault").result
}

fn term(why: &Why, wanted: Term) -> Option<f64> {
    why.terms
        .iter()
        .find(|(t, _)| *t == wanted)
        .map(|(_, value)| *value)
}

#[test]
fn the_worked_example_of_yuhuatai_comes_out_as_printed() {
    // The article: progress on Yuhuatai was slow and casualties were heavy.
    // Model §3.16: two battalions over two hexsides against the north hex, 11 December 09-13.
    // Its arms bonus of 1.2 is given to the guns alone, for its losses count wire and pillboxes in
    // full, as they are without engineers.
    let mut rules = rules().clone();
    rules.power.arms_guns = 0.2;
    let attacker = |id| {
        let mut c = infantry(id, 850);
        c.condition.cohesion = 0.95;
        c
    };
    let mut defender = infantry(3, 1800);
    defender.figures.weight = 0.75;
    defender.quality = 0.8;
    defender.condition.cohesion = 0.85;
    defender.obeys_to_the_last = true;
    let example = changed(|e| {
        e.site.sides = 2;
        e.site.works = WorksLevel::Fortified;
        e.site.terrain = 1.3;
        e.site.batteries = [2.0, 0.0];
        e.attackers = vec![attacker(1), attacker(2)];
        e.defenders = vec![defender];
    });
    let (attack, defence) = example.powers(&rules);
    assert!((attack.base - 1430.0).abs() < 1.0, "{attack:?}");
    assert!((attack.result - 2069.0).abs() < 2.0, "{attack:?}");
    assert!((defence.base - 1440.0).abs() < 1.0, "{defence:?}");
    assert!((defence.result - 773.0).abs() < 1.0, "{defence:?}");

    let mut late = example.clone();
    late.defenders[0].recent_losses = 84;
    let hold = late.resolve(&rules, &mean()).hold.expect("an assault");
    let close = |t: Term, printed: f64| {
        let value = term(&hold, t).expect("a term of the example");
        assert!((value - printed).abs() < 0.006, "{t:?}: {value}");
    };
    close(Term::Ratio, 0.24);
    close(Term::CohesionLost, 0.38);
    close(Term::RecentLosses, 0.56);
    close(Term::HoldOrder, -1.0);
    assert!((hold.result + 2.92).abs() < 0.01, "{hold:?}");
    let in_the_turn = late.yield_in_four_hours(&rules);
    assert!((in_the_turn - 0.05).abs() < 0.003, "{in_the_turn}");

    let scenario = Table::draw(&["....", "....", "...."])
        .unit(Side::Japan, "a", 800, (0, 1))
        .unit(Side::China, "b", 800, (3, 1))
        .rules(|r| r.power.arms_guns = 0.2)
        .build();
    let prospect = Prospect {
        engagement: example,
        obedience: None,
    };
    let run = Preview::run(&scenario, &prospect, &mean(), 1).runs[0];
    assert_eq!(run.yielded, None);
    // The example is one step of four hours; in four steps each side's fire slackens a little.
    assert!((104..=112).contains(&run.attacker_losses), "{run:?}");
    assert!((80..=87).contains(&run.defender_losses), "{run:?}");
}

#[test]
fn the_stronger_an_attack_the_less_it_loses_and_the_more_it_does() {
    let mut before = rates(&changed(|e| e.attackers[0].quality = 0.2));
    for quality in [0.4, 0.6, 0.8, 1.0] {
        let now = rates(&changed(|e| e.attackers[0].quality = quality));
        assert_eq!(now.0, before.0, "the defenders' fire is the same");
        assert!(now.1 > before.1);
        before = now;
    }
    let alone = changed(|e| e.site.sides = 6);
    let helped = changed(|e| {
        e.site.sides = 6;
        e.attackers.push(infantry(2, 800));
    });
    let share = |e: &Engagement| {
        let men: u32 = e.attackers.iter().map(|c| c.formed).sum();
        f64::from(hour(e).attacker_losses.iter().sum::<u32>()) / f64::from(men)
    };
    assert!(share(&helped) < share(&alone));
}

#[test]
fn splitting_a_unit_in_two_gains_nothing() {
    for (sides, men) in [(1, 500), (1, 1000), (1, 3000), (3, 3000)] {
        let whole = changed(|e| {
            e.site.sides = sides;
            e.attackers = vec![infantry(0, men)];
            e.defenders = vec![infantry(1, men)];
        });
        let split = changed(|e| {
            e.site.sides = sides;
            e.attackers = vec![infantry(0, men / 2), infantry(2, men / 2)];
            e.defenders = vec![infantry(1, men / 2), infantry(3, men / 2)];
        });
        let (a, b) = (powers(&whole), powers(&split));
        assert!((a.0 / b.0 - 1.0).abs() < 1e-12, "{a:?} {b:?}");
        assert!((a.1 / b.1 - 1.0).abs() < 1e-12, "{a:?} {b:?}");
        let (a, b) = (rates(&whole), rates(&split));
        assert!((a.0 / b.0 - 1.0).abs() < 1e-12 && (a.1 / b.1 - 1.0).abs() < 1e-12);
        let lost = |e: &Engagement| hour(e).attacker_losses.iter().sum::<u32>();
        assert!(lost(&whole).abs_diff(lost(&split)) <= 1);
    }
}

#[test]
fn more_men_than_a_hexside_has_room_for_bring_less_than_their_number() {
    let power = |men, sides| {
        powers(&changed(|e| {
            e.site.sides = sides;
            e.attackers = vec![infantry(0, men)];
        }))
        .0
    };
    assert!(power(200, 1) / power(100, 1) > 1.97, "room enough");
    let crowded = power(3400, 1) / power(1700, 1);
    assert!(crowded > 1.0 && crowded < 1.5, "{crowded}");
    assert!(
        power(1700, 2) > 1.2 * power(1700, 1),
        "two sides, more room"
    );
    // On a hexside half as long, half the men have the same share of the room.
    let half = powers(&changed(|e| {
        e.site.hex_km = 0.5;
        e.attackers = vec![infantry(0, 850)];
    }));
    assert!((half.0 / power(1700, 1) - 0.5).abs() < 1e-12);
}

#[test]
fn works_cover_the_defender_and_cost_the_attacker() {
    // The article: trenches, barbed wire and pillboxes of the Fukuo Line.
    let by_works = WORKS.map(|level| changed(|e| e.site.works = level));
    let rates = by_works.each_ref().map(rates);
    assert!(rates.windows(2).all(|w| w[1].0 >= w[0].0), "{rates:?}");
    assert!(rates.windows(2).all(|w| w[1].1 < w[0].1), "{rates:?}");
    assert!(rates[3].0 > 1.5 * rates[0].0, "wire and pillboxes");
    let odds = by_works.each_ref().map(odds);
    assert!(odds.windows(2).all(|w| w[1] <= w[0]), "{odds:?}");
    assert!(odds[3] < odds[0]);
}

#[test]
fn engineers_open_fortified_works_and_nothing_else() {
    let works = |level, branch| {
        let e = changed(|e| {
            e.site.works = level;
            let mut second = infantry(2, 100);
            second.branch = branch;
            e.attackers.push(second);
        });
        term(&hour(&e).attacker_why, Term::Works).unwrap_or(1.0)
    };
    for level in WORKS {
        let (with, without) = (
            works(level, Branch::Engineer),
            works(level, Branch::Infantry),
        );
        if level == WorksLevel::Fortified {
            assert!(with < without, "{with} {without}");
        } else {
            assert_eq!(with, without);
        }
    }
}

#[test]
fn hills_streams_and_gates_cost_the_attacker() {
    let open = plain();
    let base = rates(&open).0;
    let harder: [fn(&mut Site); 3] = [|s| s.uphill = true, |s| s.stream = true, |s| s.gate = true];
    let mut before = base;
    for make in harder {
        let rate = rates(&changed(|e| make(&mut e.site))).0;
        assert!(rate > before, "each is dearer than the one before");
        before = rate;
    }
    let wall = changed(|e| e.site.gate = true);
    assert!(rates(&wall).1 < 0.5 * rates(&open).1, "the parapet");
    assert!(odds(&wall) < odds(&open) - 0.7);
    assert!(odds(&changed(|e| e.site.uphill = true)) < odds(&open));
}

#[test]
fn woods_and_houses_cover_the_defender() {
    let (open, cover) = (plain(), changed(|e| e.site.cover = true));
    assert_eq!(rates(&open).0, rates(&cover).0);
    assert!(rates(&cover).1 < rates(&open).1);
    assert!(odds(&changed(|e| e.site.terrain = 1.4)) < odds(&open));
}

/// Something that is good for the unit it is done to, by degrees.
type Merit = (&'static str, fn(&mut Combatant, f64));

const MERITS: [Merit; 7] = [
    ("quality", |c, x| c.quality = x),
    ("weapons", |c, x| c.figures.weight = x),
    ("cohesion", |c, x| c.condition.cohesion = x),
    ("supply", |c, x| c.condition.supply = x),
    ("ammunition", |c, x| c.condition.ammunition = x),
    ("rest", |c, x| c.condition.fatigue = 1.0 - x),
    ("calm", |c, x| c.condition.suppression = 1.0 - x),
];

#[test]
fn what_is_good_for_a_unit_never_hurts_it_at_the_same_luck() {
    let dice = Dice::new(11, Randomness::Sampled);
    let fate = |e: &Engagement| {
        let r = e.resolve(rules(), &dice);
        let hold = r.hold.expect("an assault").result;
        (r.attacker_why.result, r.defender_why.result, hold)
    };
    for (name, set) in MERITS {
        let with = |who: usize, x: f64| {
            fate(&changed(|e| match who {
                0 => set(&mut e.attackers[0], x),
                _ => set(&mut e.defenders[0], x),
            }))
        };
        for step in 0..10 {
            let (less, more) = (f64::from(step) / 10.0, f64::from(step + 1) / 10.0);
            let (a, b) = (with(0, less), with(0, more));
            assert!(b.0 <= a.0, "{name} costs the attacker men");
            assert!(b.1 > a.1, "{name} of the attacker does no harm");
            assert!(b.2 >= a.2, "{name} helps the enemy to hold");
            let (a, b) = (with(1, less), with(1, more));
            assert!(b.0 > a.0, "{name} of the defender does no harm");
            assert!(b.1 <= a.1, "{name} costs the defender men");
            assert!(b.2 <= a.2, "{name} makes the defender give way");
        }
    }
}

#[test]
fn guns_engineers_and_batteries_add_to_power_up_to_half() {
    let alone = powers(&plain()).0;
    let arms = powers(&changed(|e| {
        e.attackers[0].guns = 4;
        e.site.batteries[0] = 9.0;
        let mut sappers = infantry(2, 0);
        sappers.branch = Branch::Engineer;
        e.attackers.push(sappers);
    }))
    .0;
    assert!(
        (arms / alone - 1.1 * 1.25).abs() < 1e-9,
        "no men, no engineers"
    );
    let one = powers(&changed(|e| e.site.batteries[0] = 1.0)).0;
    assert!((one / alone - 1.1 * 1.125).abs() < 1e-9);
    assert_eq!(
        powers(&changed(|e| e.site.batteries[0] = 1.0)).1,
        powers(&plain()).1
    );
}

#[test]
fn attacks_from_more_sides_make_yielding_likelier() {
    // The article: positions that were easy to outflank and surround.
    let flank = |sides| {
        let e = changed(|e| e.site.sides = sides);
        term(&hour(&e).hold.expect("an assault"), Term::Flank).unwrap_or(0.0)
    };
    assert_eq!([flank(1), flank(2)], [0.0, 0.0]);
    assert!((flank(3) - 0.45).abs() < 1e-12);
    assert!((flank(6) - 1.8).abs() < 1e-12);
    let cut_off = changed(|e| e.defenders[0].condition.isolated = true);
    assert!((odds(&cut_off) - odds(&plain()) - 0.45).abs() < 1e-12);
}

#[test]
fn an_order_to_hold_that_is_obeyed_makes_yielding_unlikelier() {
    let held = changed(|e| e.defenders[0].obeys_to_the_last = true);
    assert!((odds(&plain()) - odds(&held) - rules().hold.order).abs() < 1e-12);
    // Half the men obey: half the effect.
    let half = changed(|e| {
        e.defenders = vec![infantry(1, 400), infantry(2, 400)];
        e.defenders[0].obeys_to_the_last = true;
    });
    assert!((odds(&plain()) - odds(&half) - rules().hold.order / 2.0).abs() < 1e-9);
}

#[test]
fn recent_losses_and_lost_cohesion_make_yielding_likelier() {
    let bled = changed(|e| e.defenders[0].recent_losses = 80);
    assert!(
        (odds(&bled) - odds(&plain()) - 1.2).abs() < 1e-9,
        "10 % lost"
    );
    let why = hour(&plain()).hold.expect("an assault");
    assert!((term(&why, Term::CohesionLost).unwrap_or(0.0) - 0.25).abs() < 1e-9);
}

#[test]
fn six_tanks_without_an_answer_on_passable_ground_count() {
    // The article: an abundance of tanks against men who had hammers.
    let tanks = |n: u32, guns: u32, pass: bool| {
        let e = changed(|e| {
            e.attackers[0].tanks = n;
            e.defenders[0].anti_tank = guns;
            e.site.tanks_pass = pass;
        });
        term(&hour(&e).hold.expect("an assault"), Term::Tanks)
    };
    assert_eq!(tanks(6, 0, true), Some(0.5));
    assert_eq!(tanks(5, 0, true), None);
    assert_eq!(tanks(6, 2, true), None);
    assert_eq!(tanks(6, 0, false), None);
}

#[test]
fn the_ratio_counts_no_further_than_ten_to_one() {
    let ratio = |quality| {
        let e = changed(|e| e.defenders[0].quality = quality);
        term(&hour(&e).hold.expect("an assault"), Term::Ratio).unwrap_or(0.0)
    };
    let limit = 0.75 * libm::log(10.0);
    assert!((ratio(0.001) - limit).abs() < 1e-9);
    assert!((ratio(100.0) + limit).abs() < 1e-9);
}

#[test]
fn one_hour_has_a_fourth_root_share_of_the_chance_of_four() {
    let e = plain();
    let p4 = e.yield_in_four_hours(rules());
    let p = hour(&e).hold.and_then(|w| w.probability).expect("rolled");
    assert!((1.0 - (1.0 - p).powi(4) - p4).abs() < 1e-12);
    let deserted = changed(|e| e.defenders[0].formed = 0);
    assert!(hour(&deserted).yields, "nobody is left to hold");
}

#[test]
fn a_night_attack_is_less_bloody_than_one_by_day_and_more_than_a_quarter() {
    // The article: after darkness fell on the battlefield the 58th Division was finally overwhelmed.
    let night = changed(|e| {
        e.site.light = 0.25;
        e.site.night = true;
    });
    let share = rates(&night).1 / rates(&plain()).1;
    assert!((share - 0.6).abs() < 1e-9, "{share}");
}

#[test]
fn contact_fire_is_small_and_moves_nobody() {
    let contact = changed(|e| e.site.assault = false);
    let r = hour(&contact);
    assert!(r.hold.is_none() && !r.yields);
    assert!(rates(&contact).1 < 0.1 * rates(&plain()).1);
    assert!(rates(&contact).1 > 0.0);
}

#[test]
fn men_in_flight_are_the_most_exposed() {
    let flight = changed(|e| e.defenders[0].routed = true);
    let rate = rates(&flight).1 / rates(&plain()).1;
    assert!((rate - rules().fire.routed).abs() < 1e-9);
}

#[test]
fn mere_contact_treats_both_sides_alike() {
    // Neither attacks; who stands in the hex of lower number must not matter.
    let (strong, weak) = (infantry(0, 1400), infantry(1, 600));
    let one = changed(|e| {
        e.site.assault = false;
        e.attackers = vec![strong.clone()];
        e.defenders = vec![weak.clone()];
    });
    let other = changed(|e| {
        e.site.assault = false;
        e.attackers = vec![weak];
        e.defenders = vec![strong];
    });
    let ((a, b), (c, d)) = (rates(&one), rates(&other));
    assert!(
        (a - d).abs() < 1e-12 && (b - c).abs() < 1e-12,
        "{a} {b} {c} {d}"
    );
}

#[test]
fn luck_changes_losses_but_not_their_mean() {
    let mean = rates(&plain());
    let n = 4000;
    let mut sum = (0.0, 0.0);
    for seed in 0..n {
        let r = plain().resolve(rules(), &Dice::new(seed, Randomness::Sampled));
        sum.0 += r.attacker_why.result / n as f64;
        sum.1 += r.defender_why.result / n as f64;
    }
    assert!((sum.0 / mean.0 - 1.0).abs() < 0.02, "{sum:?} {mean:?}");
    assert!((sum.1 / mean.1 - 1.0).abs() < 0.02, "{sum:?} {mean:?}");
}

#[test]
fn one_draw_of_luck_serves_a_fight_for_the_whole_turn() {
    let dice = Dice::new(5, Randomness::Sampled);
    let luck = |hour| {
        let e = changed(|e| e.site.hour = hour);
        term(&e.resolve(rules(), &dice).attacker_why, Term::Luck)
    };
    assert_eq!(luck(0), luck(3));
    assert_ne!(luck(0), luck(4));
}

#[test]
fn the_luck_of_a_contact_hangs_on_names_not_on_numbers() {
    // A variant that adds a unit shifts the numbers of all that follow it.
    let dice = Dice::new(5, Randomness::Sampled);
    let numbered = |shift: u32| {
        let e = changed(|e| {
            e.site.assault = false;
            e.attackers[0].id.0 += shift;
            e.defenders[0].id.0 += shift;
        });
        let r = e.resolve(rules(), &dice);
        (r.attacker_why.key, r.attacker_losses, r.defender_losses)
    };
    assert_eq!(numbered(0), numbered(1));
}
