//! Fire and the torch. The article: "the fires that blazed out of control on Zijinshan were visible
//! even from Zhonghua Gate"; all structures within one to two kilometres of the city and near roads
//! within sixteen were set on fire, to deny the Japanese shelter and supplies.

use crate::support::{Table, altered, events, hex, shelved, state, tell};
use nanking::{
    battle::{Battle, Char, Event, Randomness, Spark, Task, Term, WhyKind, blaze},
    scenario::{Hex, Side, Terrain, file::Belt},
};

/// A battery, an observer on a height, and men on the ground drawn in the middle.
fn range(ground: char) -> Table {
    let row = format!("....{ground}{ground}...");
    let edge = format!("m...{ground}{ground}...");
    Table::draw(&[&edge, &row, &edge])
        .battery(Side::Japan, "guns", (0, 1))
        .unit(Side::China, "b", 900, (4, 1))
}

fn kindled(b: &Battle) -> Vec<(Hex, Spark)> {
    events(b, |e| match e {
        Event::Kindled { at, spark, .. } => Some((*at, *spark)),
        _ => None,
    })
}

fn shelled(table: Table, turns: u32, seed: u64) -> Battle {
    let mut b = table.battle(seed);
    let target = hex(&b, (4, 1));
    tell(&mut b, "guns", Task::Bombard { target });
    for _ in 0..turns {
        b.end_turn();
    }
    b
}

#[test]
fn shells_set_woods_and_houses_on_fire_and_never_wet_ground() {
    // The article: the city under bombings and fires.
    let hot = |r: &mut nanking::scenario::Rules| r.blaze.shells = 1.0;
    for (ground, burns) in [('m', true), ('c', true), ('w', false), ('.', false)] {
        let fires: Vec<(Hex, Spark)> = (0..6)
            .flat_map(|seed| kindled(&shelled(range(ground).rules(hot), 2, seed)))
            .collect();
        assert_eq!(!fires.is_empty(), burns, "{ground}");
        assert!(fires.iter().any(|(_, s)| *s == Spark::Shells) == burns);
    }
}

#[test]
fn without_shells_fighting_or_the_torch_nothing_burns() {
    let fires = |fire: bool, rate: f64| -> usize {
        (0..20)
            .map(|seed| {
                let mut b = range('m').rules(|r| r.blaze.shells = rate).battle(seed);
                let target = hex(&b, (4, 1));
                if fire {
                    tell(&mut b, "guns", Task::Bombard { target });
                }
                b.end_turn();
                b.end_turn();
                kindled(&b).len()
            })
            .sum()
    };
    assert!(fires(true, 0.3) > 5);
    assert_eq!(fires(false, 0.3), 0, "nobody fires, nothing burns");
    assert_eq!(fires(true, 0.0), 0, "shells that do not kindle");
}

#[test]
fn an_assault_in_a_wood_may_set_it_on_fire_and_says_why() {
    let run = |rate: f64| {
        let mut b = Table::draw(&["....", ".mm.", "...."])
            .unit(Side::Japan, "a", 900, (0, 1))
            .unit(Side::China, "b", 900, (1, 1))
            .rules(|r| {
                r.blaze.assault = rate;
                r.hold.base = -40.0;
            })
            .battle(5);
        let target = hex(&b, (1, 1));
        tell(&mut b, "a", Task::Assault { target });
        b.end_turn();
        b
    };
    assert!(kindled(&run(0.0)).is_empty());
    let b = run(1.0);
    assert_eq!(kindled(&b)[0].1, Spark::Assault);
    let why = events(&b, |e| match e {
        Event::Kindled { why, .. } => Some(*why.clone()),
        _ => None,
    });
    assert_eq!(why[0].kind, WhyKind::Kindling);
    assert!(why[0].roll.unwrap() < why[0].probability.unwrap());
}

#[test]
fn fire_spreads_from_wood_to_wood_burns_out_and_does_not_come_back() {
    // The article: the fires that blazed out of control on Zijinshan.
    let start = Table::draw(&["......", ".mmmm.", "......"])
        .unit(Side::Japan, "a", 100, (0, 0))
        .unit(Side::China, "b", 100, (5, 2))
        .rules(|r| {
            r.blaze.spread = 1.0;
            r.blaze.burns_out = 1.0;
        })
        .battle(1);
    let mut b = altered(&start, |s| s.blaze.set(hex(&start, (1, 1)), Char::Burning));
    let mut burning = vec![];
    for _ in 0..5 {
        b.end_turn();
        burning.push(b.fires().to_vec());
    }
    let at = |c| hex(&b, (c, 1));
    assert_eq!(burning[0], vec![at(2)], "one hex a turn along the ridge");
    assert_eq!(burning[1], vec![at(3)]);
    assert_eq!(burning[2], vec![at(4)]);
    assert_eq!(burning[3], vec![], "open ground beyond does not burn");
    for c in 1..5 {
        assert_eq!(b.char()[at(c).index()], Char::Burnt);
    }
}

#[test]
fn a_fire_spreads_no_farther_than_its_luck() {
    let spread = |rate: f64| -> usize {
        (0..40)
            .map(|seed| {
                let start = Table::draw(&["......", ".mmmm.", "......"])
                    .unit(Side::Japan, "a", 100, (0, 0))
                    .unit(Side::China, "b", 100, (5, 2))
                    .rules(|r| r.blaze.spread = rate)
                    .battle(seed);
                let mut b = altered(&start, |s| s.blaze.set(hex(&start, (2, 1)), Char::Burning));
                b.end_turn();
                kindled(&b).len()
            })
            .sum()
    };
    assert_eq!(spread(0.0), 0);
    // Two neighbours, forty battles, a chance of one in ten each.
    assert!((2..=16).contains(&spread(0.1)), "{}", spread(0.1));
}

#[test]
fn burning_and_burnt_woods_cover_nobody() {
    let cover = |char: Char| {
        let start = Table::draw(&["....", ".mm.", "...."])
            .unit(Side::Japan, "a", 900, (0, 1))
            .unit(Side::China, "b", 900, (1, 1))
            .rules(|r| r.hold.base = -40.0)
            .expected();
        let mut b = altered(&start, |s| s.blaze.set(hex(&start, (1, 1)), char));
        let target = hex(&b, (1, 1));
        tell(&mut b, "a", Task::Assault { target });
        b.end_turn();
        events(&b, |e| match e {
            Event::Fought { defender_why, .. } => Some(
                defender_why
                    .terms
                    .iter()
                    .any(|(term, _)| *term == Term::Cover),
            ),
            _ => None,
        })[0]
    };
    assert!(cover(Char::Whole));
    for char in [Char::Razed, Char::Burning, Char::Burnt] {
        assert!(!cover(char), "{char:?}");
    }
}

#[test]
fn a_fire_lights_the_night_for_those_near_it() {
    // The article: after sunset the fires on Zijinshan were visible even from Zhonghua Gate.
    let seen = |fire: Option<(u16, u16)>| {
        let start = Table::draw(&["h.......", "h.......", "h......."])
            .battery(Side::Japan, "guns", (0, 1))
            .unit(Side::China, "b", 900, (5, 1))
            .expected();
        let mut b = altered(&start, |s| {
            // 21:00.
            s.clock.hour.0 = 12;
            if let Some(at) = fire {
                s.blaze.set(hex(&start, at), Char::Burning);
            }
        });
        let target = hex(&b, (5, 1));
        tell(&mut b, "guns", Task::Bombard { target });
        b.end_turn();
        events(&b, |e| match e {
            Event::Fired { observed, .. } => Some(*observed),
            _ => None,
        })[0]
    };
    assert!(!seen(None), "nobody sees the fall of shot in the dark");
    assert!(seen(Some((6, 1))), "the fire beside them shows it");
    assert!(!seen(Some((2, 1))), "a fire far from them does not");
}

#[test]
fn the_safety_zone_does_not_burn_nor_the_city_once_it_is_lost() {
    let start = Table::draw(&["cc..", "cc..", "s..."])
        .unit(Side::Japan, "a", 100, (3, 0))
        .unit(Side::China, "b", 100, (3, 2))
        .wall((0, 1), (1, 2))
        .expected();
    let tinder = |at: (u16, u16), lost: bool| {
        let mut state = start.snapshot();
        state.field.city_lost = lost.then_some((0, Side::Japan));
        blaze::tinder(
            start.scenario(),
            &state.blaze,
            &state.field,
            hex(&start, at),
        )
    };
    assert_eq!(tinder((0, 0), false), 0.0);
    assert!(start.scenario().map().at(hex(&start, (0, 1))).inside_wall);
    assert!(tinder((0, 1), false) > 0.0);
    assert_eq!(tinder((0, 1), true), 0.0);
}

#[test]
fn zijinshan_is_woods_that_burn() {
    // The article: the fires that blazed out of control on Zijinshan.
    let scenario = shelved("nanking_1937");
    let map = scenario.map();
    for id in ["zijinshan_peak1", "zijinshan_peak2", "zijinshan_peak3"] {
        let hex = map.places[map.place(id).unwrap()].centre;
        assert_eq!(map.at(hex).terrain, Terrain::Mountain, "{id}");
        assert_eq!(scenario.rules().terrain(Terrain::Mountain).tinder, 1.0);
    }
}

/// A walled town in the west whose garrison burns the country before it, and an army in the east.
fn country() -> Table {
    Table::draw(&["c.........", "c.........", "c........."])
        .wall((0, 0), (0, 2))
        .unit(Side::China, "b", 500, (1, 1))
        .unit(Side::Japan, "a", 3000, (6, 1))
        .control(Side::China, (2, 1), 2.2)
        .control(Side::Japan, (7, 1), 2.2)
}

#[test]
fn a_side_razes_the_ground_it_holds_before_the_wall_and_no_other() {
    // The article: all homes and structures within one to two kilometers of the city to be incinerated.
    let mut b = country()
        .scorched(Side::China, Belt::Wall { km: 6.0 }, 0.1, 1.0)
        .battle(1);
    let held: Vec<bool> = b
        .control()
        .iter()
        .map(|c| *c == Some(Side::China))
        .collect();
    b.end_turn();
    let map = b.scenario().map().clone();
    let state = b.snapshot();
    let mut razed = 0;
    for hex in map.grid.hexes() {
        let burned = b.char()[hex.index()] == Char::Razed;
        assert_eq!(
            burned,
            held[hex.index()] && !map.at(hex).inside_wall,
            "{}",
            map.grid.label(hex)
        );
        if burned {
            razed += 1;
            assert!(state.field.forage[hex.index()] <= 0.1);
        }
    }
    assert!(razed > 5, "{razed}");
    let told: usize = events(&b, |e| match e {
        Event::Razed { by, hexes } => Some((*by, hexes.len())),
        _ => None,
    })
    .iter()
    .map(|(by, n)| {
        assert_eq!(*by, Side::China);
        n
    })
    .sum();
    assert_eq!(told, razed);
    assert_eq!(
        nanking::report::sentence(
            b.scenario(),
            &Event::Razed {
                by: Side::China,
                hexes: vec![Hex(0); 10]
            }
        ),
        "The Chinese side burns down what stands on 9 square kilometres of ground before the enemy; \
         those who lived there flee."
    );
}

#[test]
fn along_roads_the_torch_reaches_farther_but_keeps_to_them() {
    // The article: and all homes and structures near roadways within sixteen kilometers.
    let b = {
        let mut b = Table::draw(&[
            "..........",
            "..........",
            "..........",
            "..........",
            "c.........",
            "c.........",
        ])
        .wall((0, 0), (0, 1))
        .road(&[
            (1, 1),
            (2, 1),
            (3, 1),
            (4, 1),
            (5, 1),
            (6, 1),
            (7, 1),
            (8, 1),
        ])
        .unit(Side::China, "b", 500, (1, 1))
        .unit(Side::Japan, "a", 300, (9, 5))
        .control(Side::China, (4, 2), 5.0)
        .scorched(
            Side::China,
            Belt::Roads {
                out_km: 6.0,
                beside_km: 1.0,
            },
            0.3,
            1.0,
        )
        .battle(1);
        b.end_turn();
        b
    };
    let razed = |at| b.char()[hex(&b, at).index()] == Char::Razed;
    assert!(razed((5, 1)) && razed((5, 2)), "on the road and beside it");
    assert!(!razed((5, 4)), "away from it");
    assert!(!razed((8, 1)), "too far from the town");
}

#[test]
fn scorched_ground_feeds_and_shelters_those_who_come_worse() {
    // The article: in order to deny the Japanese invaders any shelter or supplies.
    let run = |scorched: bool| {
        let table = country();
        let table = if scorched {
            table.scorched(Side::China, Belt::Wall { km: 6.0 }, 0.1, 1.0)
        } else {
            table
        };
        let start = table.expected();
        let mut b = altered(&start, |s| {
            // The army comes up to the ground in question, tired.
            for u in &mut s.units {
                u.condition.fatigue = 0.6;
            }
        });
        b.end_turn();
        let to = hex(&b, (3, 1));
        tell(&mut b, "a", Task::March { to, forced: true });
        for _ in 0..5 {
            b.end_turn();
        }
        let c = state(&b, "a").condition;
        (c.supply, c.fatigue)
    };
    let (burned, whole) = (run(true), run(false));
    assert!(burned.0 < whole.0 - 0.02, "{burned:?} {whole:?}");
    assert!(burned.1 > whole.1, "{burned:?} {whole:?}");
}

#[test]
fn the_historical_order_covers_the_suburbs_and_the_roads_in_the_attackers_path() {
    // The article: scorched earth from December 7 in the path of the Japanese.
    let scenario = shelved("nanking_1937");
    let map = scenario.map();
    let [wall, roads] = scenario.scorch() else {
        panic!("two belts")
    };
    let at = |id: &str| map.places[map.place(id).unwrap()].centre;
    assert!(wall.hexes.contains(&at("yuhuatai")));
    assert!(roads.hexes.contains(&at("chunhuazhen")) || roads.hexes.len() > 50);
    for hex in wall.hexes.iter().chain(&roads.hexes) {
        assert!(!map.at(*hex).inside_wall && !map.at(*hex).safety_zone);
    }
    assert!(!wall.hexes.contains(&at("pukou")) && !roads.hexes.contains(&at("pukou")));
    // 7 December 05:00 is the battle's 48th hour: nothing burns before.
    assert_eq!((wall.from.0, roads.from.0), (48, 48));
    let mut b = Battle::new(scenario.clone(), 1, Randomness::Sampled);
    for _ in 0..12 {
        b.end_turn();
    }
    let razed = |b: &Battle| b.char().iter().filter(|c| **c != Char::Whole).count();
    assert_eq!(razed(&b), 0);
    b.end_turn();
    assert!(razed(&b) > 10, "{}", razed(&b));
}
