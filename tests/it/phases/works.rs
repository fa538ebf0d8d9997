//! Field works and tanks. The article: Yuhuatai, "a fortress of interlocking pillboxes and trenches";
//! defenders concentrated on small patches of high ground were easy to outflank and surround; armoured
//! vehicles at Jiangjunshan and Niushoushan; a fleet of tanks on the road past the wetlands.

use crate::support::{Table, events, hex, id, shelved, tell};
use nanking::{
    battle::{Battle, Event, Task, Term},
    scenario::{Branch, Side, Terrain},
};

/// The attackers' loss and the defenders' yielding, with their terms, in the first hour of an assault.
fn terms(b: &Battle, which: &str) -> Vec<(Term, f64)> {
    events(b, |e| match e {
        Event::Fought {
            assault: true,
            attacker_why,
            hold,
            ..
        } => Some(match which {
            "loss" => attacker_why.terms.clone(),
            _ => hold.as_ref().unwrap().terms.clone(),
        }),
        _ => None,
    })
    .remove(0)
}

fn term(list: &[(Term, f64)], wanted: Term) -> Option<f64> {
    list.iter().find(|(t, _)| *t == wanted).map(|(_, x)| *x)
}

/// An attack on the middle of three works, the others manned or not.
fn line(manned: bool, facing_back: bool) -> Battle {
    let t = Table::draw(&[".....", ".....", ".....", "....."])
        .works_away_from((2, 2), (2, 3))
        .unit(Side::Japan, "a", 800, (2, 1))
        .unit(Side::China, "b", 800, (2, 2));
    let t = if facing_back {
        t.works_away_from((1, 2), (1, 0))
            .works_away_from((3, 2), (3, 0))
    } else {
        t.works_away_from((1, 2), (1, 3))
            .works_away_from((3, 2), (3, 3))
    };
    let t = if manned {
        t.unit(Side::China, "l", 300, (1, 2))
            .unit(Side::China, "r", 300, (3, 2))
    } else {
        t
    };
    let mut b = t.rules(|r| r.hold.base = -40.0).expected();
    let target = hex(&b, (2, 2));
    tell(&mut b, "a", Task::Assault { target });
    b.end_turn();
    b
}

#[test]
fn manned_works_beside_the_one_attacked_fire_on_the_attackers() {
    // The article: Yuhuatai was built like a fortress of interlocking pillboxes and trenches.
    let share = |b: Battle| term(&terms(&b, "loss"), Term::NeighbourWorks);
    let helped = share(line(true, false)).expect("interlocking fire");
    assert!(helped > 1.3 && helped <= 1.7 + 1e-9, "{helped}");
    assert_eq!(share(line(false, false)), None, "nobody mans them");
    assert_eq!(share(line(true, true)), None, "they face the other way");
}

#[test]
fn men_bunched_on_one_height_are_attacked_from_all_sides_and_hold_worse_than_in_a_line() {
    // The article: the strategy of concentrating the defenders on small patches of relatively high ground
    // made them easy to outflank and surround.
    // Six attacking battalions; three defending ones on one knoll, or abreast with no way round.
    let flank = |bunched: bool| {
        let (rows, posts): (&[&str], [(u16, u16); 3]) = if bunched {
            (&[".....", ".....", "..h..", ".....", "....."], [(2, 2); 3])
        } else {
            (
                &["~~~~~", "~...~", "~hhh~", "~...~", "~~~~~"],
                [(1, 2), (2, 2), (3, 2)],
            )
        };
        let mut t = Table::draw(rows);
        for (name, at) in ["b", "c", "d"].iter().zip(posts) {
            t = t.unit(Side::China, name, 600, at);
        }
        let froms: &[(u16, u16)] = if bunched {
            &[(1, 2), (3, 2), (1, 1), (2, 1), (1, 3), (2, 3)]
        } else {
            &[(1, 1), (2, 1), (3, 1)]
        };
        for (i, at) in froms.iter().enumerate() {
            t = t.unit(Side::Japan, &format!("a{i}"), 600, *at);
        }
        let mut b = t.expected();
        let target = hex(&b, (2, 2));
        for i in 0..froms.len() {
            let unit = format!("a{i}");
            let next = {
                let at = b.position(id(&b, &unit)).unwrap();
                b.scenario().map().grid.distance(at, target) == 1
            };
            if next {
                tell(&mut b, &unit, Task::Assault { target });
            }
        }
        b.end_turn();
        term(&terms(&b, "hold"), Term::Flank).unwrap_or(0.0)
    };
    let (bunched, abreast) = (flank(true), flank(false));
    assert!(bunched >= 1.5, "{bunched}");
    assert!(abreast <= 0.1, "{abreast}");
}

/// Twelve tanks with infantry attack a hex of some ground, by road or across it.
fn tanks(ground: char, road: bool, anti_tank: u32) -> Option<f64> {
    let row = format!("..{ground}.");
    let edge = "....".to_owned();
    let t = Table::draw(&[&edge, &row, &edge])
        .unit(Side::Japan, "a", 600, (1, 1))
        .unit_with(Side::Japan, "t", 150, (1, 1), |u| {
            u.branch = Branch::Armour;
            u.tanks = 12;
        })
        .unit_with(Side::China, "b", 800, (2, 1), |u| u.anti_tank = anti_tank);
    let t = if road {
        t.road(&[(0, 1), (1, 1), (2, 1), (3, 1)])
    } else {
        t
    };
    let mut b = t.rules(|r| r.hold.base = -40.0).expected();
    let target = hex(&b, (2, 1));
    for unit in ["a", "t"] {
        tell(&mut b, unit, Task::Assault { target });
    }
    b.end_turn();
    term(&terms(&b, "hold"), Term::Tanks)
}

#[test]
fn tanks_tell_on_hills_and_in_streets_against_men_without_an_answer() {
    // The article: armored vehicles charged Jiangjunshan and Niushoushan; men with hammers banged on
    // their roofs.
    assert_eq!(tanks('h', false, 0), Some(0.5), "as at Jiangjunshan");
    assert_eq!(tanks('c', false, 0), Some(0.5), "as in the streets");
    assert_eq!(
        tanks('h', false, 2),
        None,
        "guns answer them; hammers do not"
    );
}

#[test]
fn tanks_are_no_use_in_marsh_but_along_a_road_through_it() {
    // The article: through the wetlands south of Shuixi Gate, a drive on the gate with a fleet of tanks.
    assert_eq!(tanks('w', false, 0), None);
    assert_eq!(
        tanks('w', true, 0),
        Some(0.5),
        "as on the road to Shuixi Gate"
    );
}

#[test]
fn tanks_that_are_no_use_add_nothing_to_power_either() {
    let weight = |ground: &str| {
        let row = format!("..{ground}.");
        let b = Table::draw(&["....", &row, "...."])
            .unit(Side::Japan, "a", 600, (1, 1))
            .unit_with(Side::Japan, "t", 150, (1, 1), |u| {
                u.branch = Branch::Armour;
                u.tanks = 12;
            })
            .unit(Side::China, "b", 800, (2, 1))
            .expected();
        let ids = [id(&b, "a"), id(&b, "t")];
        let p = b.preview_true(&ids, hex(&b, (2, 1)), 1).unwrap();
        term(&p.attack.terms, Term::Weight)
    };
    assert!(weight(".").unwrap() > 1.2);
    assert_eq!(weight("w"), None, "men on foot");
}

#[test]
fn the_ground_of_the_historical_attacks_suits_the_tanks_or_not() {
    // The article: armored vehicles at Jiangjunshan and Niushoushan; Chinese tanks at Guanghua Gate.
    let scenario = shelved("nanking_1937");
    let map = scenario.map();
    let fights = |id: &str| {
        let hex = map.places[map.place(id).unwrap()].centre;
        nanking::battle::armour::fights_in(&scenario, hex)
    };
    assert!(fights("jiangjunshan") && fights("niushoushan") && fights("gate_guanghua"));
    assert!(!fights("zijinshan_peak2"));
    assert!(!scenario.rules().terrain(Terrain::Wetland).tanks);
    // The garrison has a company of tanks, whose orders lead it into the city.
    let company = scenario
        .units()
        .iter()
        .find(|u| u.side == Side::China && u.tanks > 0)
        .expect("Chinese tanks");
    let last = scenario.plan(company.formation).last().unwrap();
    assert!(
        map.at(map.places[last.place].centre).inside_wall,
        "{}",
        company.name
    );
    assert!(scenario.rules().terrain(Terrain::City).tanks);
}
