//! Episodes of the article that several rules make together: a vanguard thrown back and the main force
//! that cracks the line, units that come too late, an advance without guns, men cut off in a wall and
//! their division's guns, recruits on a gate, the ring round the city, the hours of light.

use crate::support::{Table, altered, events, hex, id, place_of, plan, shelved, state, tell};
use nanking::{
    battle::{Event, Task, clock, rampart::Lodgement},
    commander::{Commander, General, drive},
    scenario::{
        Branch, Calendar, Hours, Side, UnitId, file::StartFile, forces::PlanTask, map::file::Zone,
    },
};

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// A regiment in works on the road; a vanguard before it, and the main force a day's march behind or
/// not there at all.
fn key_point(main_force: bool) -> Table {
    let rows = [
        "..........",
        "..........",
        "......f...",
        "..........",
        "..........",
    ];
    let road: Vec<(u16, u16)> = (0..10).map(|c| (c, 2)).collect();
    let mut t = Table::draw(&rows)
        .road(&road)
        .unit(Side::China, "regiment", 1200, (6, 2))
        .unit(Side::Japan, "vanguard", 600, (3, 2))
        .depot(Side::China, (9, 2))
        .depot(Side::Japan, (0, 2))
        .place("key_point", (6, 2))
        .doctrine(Side::China, |d| d.withdrawal_permitted = false)
        .doctrine(Side::Japan, |d| d.aggression = 1.0);
    if main_force {
        for i in 0..5 {
            t = t.unit_with(Side::Japan, &format!("main_{i}"), 800, (0, 2), |u| {
                u.start = StartFile::Arrives {
                    place: format!("at_main_{i}"),
                    at: "1937-12-06T05:00".into(),
                    between: None,
                };
            });
        }
    }
    t.scenario.formations[0].plan = vec![plan("key_point", PlanTask::Hold)];
    t.scenario.formations[1].plan = vec![plan("key_point", PlanTask::Seize)];
    t
}

/// The hour at which the key point falls, if it does within three days.
fn falls(table: Table, seed: u64) -> Option<u32> {
    let mut b = table.battle(seed);
    let target = hex(&b, (6, 2));
    let mut pair: [Box<dyn Commander>; 2] =
        [Box::new(General::default()), Box::new(General::default())];
    for _ in 0..18 {
        drive(&mut b, &mut pair);
    }
    b.events().iter().find_map(|l| match l.event {
        Event::HexTaken {
            hex,
            by: Side::Japan,
            ..
        } if hex == target => Some(l.hour.0),
        _ => None,
    })
}

#[test]
fn a_vanguard_that_comes_piecemeal_is_repulsed_and_the_line_cracks_when_the_main_force_comes() {
    // The article: at Chunhuazhen the 51st Division repeatedly repulsed attacks before cracking on
    // December 8 when the main force of the Shanghai Expeditionary Army arrived.
    let seeds = 0..20;
    let alone: Vec<Option<u32>> = seeds.clone().map(|s| falls(key_point(false), s)).collect();
    let together: Vec<Option<u32>> = seeds.map(|s| falls(key_point(true), s)).collect();
    let fell = |list: &[Option<u32>]| list.iter().flatten().count();
    assert!(fell(&alone) <= 4, "to a vanguard alone: {alone:?}");
    assert!(fell(&together) >= 14, "to the main force: {together:?}");
    // Twenty hours until the main force comes on to the map.
    let early = together.iter().flatten().filter(|h| **h < 20).count();
    assert!(early <= 4, "before it came: {together:?}");
}

#[test]
fn a_unit_due_where_the_enemy_already_stands_comes_on_beside_him_or_waits() {
    // The article: key Chinese units slated to be deployed at the eastern gates were not yet in
    // position when the enemy came.
    let late = |room: bool| {
        let rows: &[&str] = if room {
            &[".....", ".....", "....."]
        } else {
            &["~~~~~", "~.~~.", "~~~~~"]
        };
        let mut b = Table::draw(rows)
            .unit(Side::Japan, "early", 800, (1, 1))
            .unit(Side::China, "there", 300, (4, 1))
            .unit_with(Side::China, "late", 600, (1, 1), |u| {
                u.start = StartFile::Arrives {
                    place: "at_late".into(),
                    at: "1937-12-05T17:00".into(),
                    between: None,
                };
            })
            .battle(1);
        for _ in 0..4 {
            b.end_turn();
        }
        place_of(&b, "late")
    };
    assert_ne!(late(true), Some((1, 1)), "not into the enemy's hex");
    let place = late(true).expect("beside him");
    assert!(place.0 <= 3, "{place:?}");
    assert_eq!(late(false), None, "no way in: it waits");
}

#[test]
fn units_meant_for_the_eastern_gates_are_on_their_way_when_the_gates_are_reached() {
    // The article: the speed of Japan's earlier advance played in their favor, as key Chinese units
    // slated to be deployed here were not yet in position.
    let scenario = shelved("guanghua_gate_1937");
    let assault = Calendar::parse("1937-12-10T05:00").expect("a time");
    let assault = scenario.calendar().hour_of(assault);
    let late: u32 = scenario
        .units()
        .iter()
        .filter(|u| u.side == Side::China && u.start_hour > assault)
        .map(|u| u.men)
        .sum();
    assert!(late > 1_000, "{late} men under way");
}

/// A regiment on a slope, a battalion with its guns before it, a battery behind, fresh shells.
fn slope(restrained: bool) -> Table {
    let t = Table::draw(&["........", "........", "......h.", "........", "........"])
        .battery(Side::Japan, "guns", (0, 2))
        .battery(Side::Japan, "more_guns", (1, 3))
        .unit_with(Side::Japan, "a", 800, (5, 2), |u| u.guns = 2)
        .unit_with(Side::Japan, "b", 800, (5, 1), |u| u.guns = 2)
        .unit(Side::China, "c", 900, (6, 2))
        .depot(Side::Japan, (0, 0))
        .depot(Side::China, (7, 2))
        .zone(Zone::NoFire, &[(6, 2)]);
    if restrained {
        t.restrained(Side::Japan)
    } else {
        t
    }
}

#[test]
fn an_advance_without_its_guns_is_slower_and_bloodier() {
    // The article: advancing along the south side of Zijinshan was no easier, as Matsui had forbidden
    // his men from using artillery there.
    let fight = |restrained: bool, seed: u64| {
        let mut b = slope(restrained).battle(seed);
        let target = hex(&b, (6, 2));
        let mut hours = 60.0;
        for turn in 0..15 {
            for unit in ["a", "b"] {
                tell(&mut b, unit, Task::Assault { target });
            }
            for unit in ["guns", "more_guns"] {
                if !restrained {
                    tell(&mut b, unit, Task::Support { target });
                }
            }
            b.end_turn();
            if b.position(id(&b, "c")) != Some(target) {
                hours = f64::from(turn * 4 + 4);
                break;
            }
        }
        let lost = b.men(Side::Japan).casualties();
        (hours, f64::from(lost))
    };
    let all =
        |restrained| -> (Vec<f64>, Vec<f64>) { (0..60).map(|s| fight(restrained, s)).unzip() };
    let ((slow, bloody), (quick, cheap)) = (all(true), all(false));
    let (slow, quick) = (mean(&slow), mean(&quick));
    assert!(slow > quick + 1.0, "{slow} h against {quick} h");
    let (bloody, cheap) = (mean(&bloody), mean(&cheap));
    assert!(bloody > cheap * 1.05, "{bloody} men against {cheap}");
}

const INNER: (u16, u16) = (3, 3);
const OUTER: (u16, u16) = (2, 3);

/// Eighty-eight men in a breach, and those who strike at them: with tanks or without, with the guns of
/// their own division or without.
fn left_of_88(guns: bool, tanks: bool, seed: u64) -> f64 {
    let t = Table::draw(&[
        "........", "........", "........", "........", "........", "........",
    ])
    .wall((3, 1), (6, 4))
    .gate("gate", INNER, OUTER)
    .barricaded()
    .unit(Side::China, "garrison", 800, INNER)
    .unit_with(Side::China, "company", 120, (4, 3), |u| {
        u.branch = Branch::Armour;
        u.tanks = if tanks { 8 } else { 0 };
    })
    .unit(Side::Japan, "storm", 800, OUTER)
    .battery(Side::Japan, "guns", (0, 2))
    .battery(Side::Japan, "more_guns", (0, 4))
    .depot(Side::Japan, (0, 3))
    .depot(Side::China, (6, 3))
    .rules(|r| r.hold.base = -60.0);
    let b = t.battle(seed);
    let side = b.scenario().map().gates[0].side;
    let unit = id(&b, "storm");
    let mut b = altered(&b, |s| {
        let rampart = s.field.ramparts.entry(side).or_default();
        rampart.breach = 1;
        rampart.lodgement = Some(Lodgement {
            unit,
            men: 88,
            since: Hours(0),
            by_ladder: false,
        });
    });
    let target = hex(&b, INNER);
    for unit in ["garrison", "company"] {
        tell(&mut b, unit, Task::Counterattack { target });
    }
    if guns {
        for unit in ["guns", "more_guns"] {
            tell(&mut b, unit, Task::Support { target });
        }
    }
    b.end_turn();
    let rampart = b.view(Side::Japan).rampart(side);
    f64::from(rampart.lodgement.map_or(0, |l| l.men))
}

#[test]
fn men_lodged_in_a_wall_are_saved_by_the_guns_of_their_division_and_pressed_by_tanks() {
    // The article: the Chinese brought up reinforcements, including tanks; the battalion was only saved
    // from annihilation by timely bursts of concentrated artillery fire from the rest of its division.
    let left = |guns, tanks| {
        let all: Vec<f64> = (0..40).map(|s| left_of_88(guns, tanks, s)).collect();
        mean(&all)
    };
    let (alone, saved, pressed) = (left(false, false), left(true, false), left(false, true));
    assert!(saved > alone, "{saved} with guns, {alone} without");
    assert!(pressed < alone, "{pressed} before tanks, {alone} without");
}

#[test]
fn recruits_hold_a_position_worse_than_as_many_trained_men() {
    // The article: barely trained recruits atop Zhonghua Gate; an excess of untrained and
    // inexperienced troops was a major cause of the defeat.
    let chance = |recruits: u32| {
        let b = Table::draw(&["....", "....", "...."])
            .unit(Side::Japan, "a", 800, (1, 1))
            .unit_with(Side::China, "b", 800, (2, 1), |u| {
                u.quality = 7;
                u.recruits = recruits;
            })
            .expected();
        let a = id(&b, "a");
        let p = b.preview_true(&[a], hex(&b, (2, 1)), 1).expect("a fight");
        let hold = p.hold.expect("an assault");
        (hold.result, p.attacker_loss.result)
    };
    let (trained, raw) = (chance(0), chance(800));
    assert!(raw.0 > trained.0 + 0.3, "log-odds {} {}", raw.0, trained.0);
    assert!(raw.1 < trained.1, "and they hurt the attacker less");
}

#[test]
fn the_fresh_men_of_the_2nd_army_come_up_the_river_while_the_battle_goes_on() {
    // The article: an additional 14,000 fresh soldiers were brought in from Hankou to fill the ranks
    // of the 2nd Army.
    let scenario = shelved("nanking_1937");
    let army = scenario
        .formations()
        .iter()
        .position(|f| f.text_id == "cn_2ag")
        .expect("the 2nd Army");
    let army = nanking::scenario::FormationId(army as u32);
    let fresh: Vec<&nanking::scenario::Unit> =
        scenario.units().iter().filter(|u| u.fresh > 0).collect();
    assert_eq!(fresh.iter().map(|u| u.fresh).sum::<u32>(), 14_000);
    assert!(fresh.iter().all(|u| scenario.is_under(u.formation, army)));
    let late: u32 = fresh
        .iter()
        .filter(|u| u.start_hour.0 > 0)
        .map(|u| u.men)
        .sum();
    assert!(late > 3_000, "{late} of them arrive after the first hour");
}

#[test]
fn two_detachments_go_round_the_city_to_its_back() {
    // The article: the Kunisaki Detachment to cross the Yangtze in the south and occupy Pukou, the
    // Yamada Detachment on the far north route to take Mufushan.
    let scenario = shelved("nanking_1937");
    let map = scenario.map();
    let city = map.places[map.place("xinjiekou").expect("the centre")].centre;
    let [cx, cy] = map.grid.centre(city);
    for (detachment, goal, side) in [
        ("kunisaki", "pukou", [-1.0, 0.0]),
        ("yamada", "mufushan", [1.0, 0.0]),
    ] {
        let found: Vec<UnitId> = (0..scenario.units().len() as u32)
            .map(UnitId)
            .filter(|u| {
                let of = scenario.unit(*u).formation;
                let mut names = std::iter::successors(Some(of), |f| scenario.formation(*f).parent)
                    .map(|f| scenario.formation(f).name.to_lowercase());
                names.any(|n| n.contains(detachment))
            })
            .collect();
        assert!(!found.is_empty(), "{detachment}");
        for unit in found {
            let row = scenario.unit(unit);
            let [x, _] = map.grid.centre(row.start_hex);
            assert!((x - cx) * side[0] > 0.0, "{} {x} {cx} {cy}", row.text_id);
            let last = scenario.plan(row.formation).last().expect("a plan");
            assert_eq!(map.places[last.place].id, goal, "{}", row.text_id);
        }
    }
}

#[test]
fn a_ring_round_men_starves_them_and_makes_them_give_way() {
    // The article: encirclement and annihilation; hard-pressed and surrounded defenders.
    let after = |ring: bool| {
        let mut t = Table::draw(&[".......", ".......", ".......", ".......", "......."])
            .unit(Side::China, "b", 900, (3, 2))
            .depot(Side::China, (6, 2))
            .rules(|r| {
                r.fire.intensity_contact = 0.0;
                r.supply.forage = 0.0;
            });
        let around: &[(u16, u16)] = if ring {
            &[(1, 2), (5, 2), (2, 4), (4, 4), (2, 0), (4, 0)]
        } else {
            &[(1, 2)]
        };
        for (i, at) in around.iter().enumerate() {
            t = t.unit(Side::Japan, &format!("a{i}"), 700, *at);
        }
        let mut b = t.expected();
        for _ in 0..4 {
            b.end_turn();
        }
        state(&b, "b").condition
    };
    let (free, cut) = (after(false), after(true));
    assert!(!free.isolated && cut.isolated);
    assert!(
        cut.supply < free.supply - 0.1,
        "{} {}",
        cut.supply,
        free.supply
    );
    assert!(
        cut.cohesion < free.cohesion,
        "{} {}",
        cut.cohesion,
        free.cohesion
    );
}

#[test]
fn at_thirty_two_degrees_north_night_falls_at_five_in_december() {
    // The article: an evening, a night and a dawn decided episodes; after sunset on December 12 the
    // fires of Zijinshan were seen from Zhonghua Gate.
    let scenario = shelved("nanking_1937");
    let sky = |time: &str| {
        let hour = scenario
            .calendar()
            .hour_of(Calendar::parse(time).expect("a time"));
        clock::sky(&scenario, hour, false)
    };
    assert_eq!(sky("1937-12-12T12:00").light, 1.0);
    assert!(sky("1937-12-12T18:00").night && sky("1937-12-12T05:00").night);
    assert!(!sky("1937-12-12T16:00").night && !sky("1937-12-12T08:00").night);
    let dusk = sky("1937-12-12T17:00").light;
    assert!(dusk < 1.0 && dusk > sky("1937-12-12T20:00").light, "{dusk}");
    let foggy = |time: &str| {
        let hour = scenario
            .calendar()
            .hour_of(Calendar::parse(time).expect("a time"));
        clock::sky(&scenario, hour, true).fog
    };
    assert!(foggy("1937-12-12T06:00") && !foggy("1937-12-12T14:00"));
}

#[test]
fn shells_pin_men_in_pillboxes_whom_they_hardly_hurt() {
    // The article: a fortress of interlocking pillboxes and trenches, shelled by field and heavy guns.
    let mut b = Table::draw(&["...........", "........f..", "..........."])
        .battery(Side::Japan, "guns", (0, 1))
        .battery(Side::Japan, "more_guns", (1, 2))
        .unit(Side::Japan, "eyes", 200, (5, 1))
        .unit(Side::China, "b", 1000, (8, 1))
        .expected();
    let target = hex(&b, (8, 1));
    for unit in ["guns", "more_guns"] {
        tell(&mut b, unit, Task::Bombard { target });
    }
    b.end_turn();
    let shelled = events(&b, |e| match e {
        Event::Shelled {
            casualties,
            suppression,
            ..
        } => Some((*casualties, *suppression)),
        _ => None,
    });
    let lost: u32 = shelled.iter().map(|s| s.0).sum();
    let pinned = shelled.iter().map(|s| s.1).fold(0.0, f64::max);
    assert!(lost <= 10, "{lost} of 1,000");
    assert!(pinned > 0.05, "{pinned}");
}

#[test]
fn the_texts_tell_who_was_driven_out_by_the_burning_and_who_fed_the_columns() {
    // The article: refugees from rural villages burned down by their own government's scorched earth
    // policies; food bought or looted from civilians along the way.
    let text = include_str!("../../../scenarios/texts/nanking_1937_background.md");
    assert!(text.contains("the villages, which the retreating army burned along the roads"));
    assert!(text.contains("bought or looted their food from the people on their way"));
}
