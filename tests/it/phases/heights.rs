//! Heights as eyes of the guns. The article: from the vantage point of Peak 2 guns brought down a large
//! part of the wall at Zhongshan Gate; fire from atop Yuhuatai the wall at Zhonghua Gate; Chunhuazhen
//! would put Japanese artillery within range of the city; no artillery on the south slope of Zijinshan.

use crate::support::{Table, altered, events, hex, refusal, shelved, state, tell};
use nanking::{
    battle::{Battle, Event, Randomness, Refusal, Strength, Task, Term, strength::Bin},
    scenario::{Branch, Hex, Scenario, Side, UnitId, map::file::Zone},
};
use std::sync::Arc;

/// Guns far off in the west, an observer, a target: is the fall of shot seen?
fn seen(drawing: &[&str], eyes: (u16, u16), wall: bool) -> bool {
    let t = Table::draw(drawing)
        .battery(Side::Japan, "guns", (0, 1))
        .unit(Side::Japan, "eyes", 300, eyes)
        .unit(Side::China, "b", 900, (8, 1));
    let t = if wall {
        t.wall((8, 0), (9, 2)).gate("gate", (8, 1), (7, 1))
    } else {
        t
    };
    let mut b = t.expected();
    let target = hex(&b, (8, 1));
    tell(&mut b, "guns", Task::Bombard { target });
    // What the layer of observed ground shows is what the guns will find.
    let view = b.view(Side::Japan);
    let (spotted, from_there) = (
        view.spotted(target)[0],
        view.overlooked_from(&[hex(&b, eyes)], target),
    );
    b.end_turn();
    let observed = events(&b, |e| match e {
        Event::Fired { observed, .. } => Some(*observed),
        _ => None,
    })[0];
    assert_eq!([spotted, from_there], [observed; 2]);
    observed
}

const PLAIN: &[&str] = &["..........", "..........", ".........."];
const HEIGHT: &[&str] = &["..h.......", "..h.......", "..h......."];

#[test]
fn on_the_plain_one_sees_three_km_and_from_a_height_six() {
    // The article: Yuhuatai and the peaks of Zijinshan, two key high points; Zijinshan dominates the
    // horizon.
    assert!(seen(PLAIN, (5, 1), false));
    assert!(!seen(PLAIN, (4, 1), false));
    assert!(seen(HEIGHT, (2, 1), false), "six km");
    assert!(!seen(
        &["h.........", "h.........", "h........."],
        (0, 1),
        false
    ));
}

#[test]
fn behind_a_wall_only_a_height_sees() {
    // The article: from the vantage point of Peak 2 a torrent of artillery fire fell at Zhongshan Gate.
    let before = |drawing, eyes| seen(drawing, eyes, true);
    assert!(!before(PLAIN, (6, 1)), "two km before the wall");
    assert!(!before(PLAIN, (7, 1)), "under it");
    assert!(before(HEIGHT, (2, 1)));
}

/// The campaign with one Japanese battalion put on a hex in daylight, everybody else off the map.
fn alone(scenario: &Arc<Scenario>, at: Hex) -> Battle {
    let start = Battle::new(scenario.clone(), 1, Randomness::Expected);
    altered(&start, |s| {
        s.clock.hour.0 = 4;
        for u in &mut s.units {
            u.position.hex = None;
        }
        let eyes = scenario.unit_by_id("jp_33i_1").expect("a battalion").0 as usize;
        s.units[eyes].position.hex = Some(at);
        s.units[eyes].strength = Strength::all_in(Bin::Formed, 700);
    })
}

fn sees(scenario: &Arc<Scenario>, from: &str, gate: &str) -> bool {
    let map = scenario.map();
    let place = |id: &str| map.places[map.place(id).unwrap_or_else(|| panic!("{id}"))].centre;
    alone(scenario, place(from)).sees_fall_of_shot(Side::Japan, place(gate))
}

#[test]
fn peak_2_looks_on_zhongshan_gate_and_yuhuatai_on_zhonghua_gate() {
    // The article: from Peak 2 a torrent of fire at Zhongshan Gate; well aimed fire from atop Yuhuatai on
    // the wall at Zhonghua Gate.
    let scenario = shelved("nanking_1937");
    assert!(sees(&scenario, "zijinshan_peak2", "gate_zhongshan"));
    let map = scenario.map();
    let yuhuatai = &map.places[map.place("yuhuatai").unwrap()];
    let gate = map.places[map.place("gate_zhonghua").unwrap()].centre;
    let from = |hex: Hex| alone(&scenario, hex).sees_fall_of_shot(Side::Japan, gate);
    assert!(
        yuhuatai.hexes.iter().all(|h| from(*h)),
        "every knoll of Yuhuatai"
    );
    // From the plain outside nobody sees what falls behind the wall.
    for (place, gate) in [
        ("gate_zhonghua", "gate_zhonghua"),
        ("gate_guanghua", "gate_guanghua"),
        ("gate_zhongshan", "gate_zhongshan"),
    ] {
        let outer = map.gates.iter().find(|g| g.id == place).unwrap().outer;
        let inner = map.places[map.place(gate).unwrap()].centre;
        let plain = alone(&scenario, outer).sees_fall_of_shot(Side::Japan, inner);
        let high = map.at(outer).height_m - map.at(inner).height_m >= 20;
        assert_eq!(plain, high, "{place}");
    }
}

#[test]
fn from_chunhuazhen_only_the_long_guns_reach_the_city() {
    // The article: Chunhuazhen would put Japanese artillery in range of the city.
    let scenario = shelved("nanking_1937");
    let map = scenario.map();
    let from = map.places[map.place("chunhuazhen").unwrap()].centre;
    let nearest = map
        .grid
        .hexes()
        .filter(|h| map.at(*h).inside_wall)
        .map(|h| f64::from(map.grid.distance(from, h)) * map.grid.hex_km())
        .fold(f64::INFINITY, f64::min);
    assert!((12.0..18.0).contains(&nearest), "{nearest} km");
    let reach: Vec<&str> = scenario
        .rules()
        .guns
        .iter()
        .filter(|g| g.range_km >= nearest)
        .map(|g| g.id.as_str())
        .collect();
    assert_eq!(reach, ["gun_100"]);
    // And the attackers have such guns.
    let has = |class: &str| {
        scenario.units().iter().any(|u| {
            u.side == Side::Japan
                && u.gun_class
                    .is_some_and(|c| scenario.rules().guns[c].id == class)
        })
    };
    assert!(has("gun_100") && has("howitzer_150") && has("field_75"));
}

fn slope(restrained: bool) -> Table {
    let t = Table::draw(&["..........", "..........", ".........."])
        .battery(Side::Japan, "guns", (0, 1))
        .unit_with(Side::Japan, "a", 800, (5, 1), |u| u.guns = 2)
        .unit(Side::China, "b", 800, (6, 1))
        .zone(Zone::NoFire, &[(6, 1)])
        .rules(|r| r.hold.base = -40.0);
    if restrained {
        t.restrained(Side::Japan)
    } else {
        t
    }
}

#[test]
fn where_fire_is_forbidden_guns_neither_shell_nor_support_nor_go_with_the_infantry() {
    // The article: Matsui had forbidden his men from using artillery on the south side of Zijinshan.
    let mut b = slope(true).expected();
    let target = hex(&b, (6, 1));
    for task in [Task::Bombard { target }, Task::Support { target }] {
        let refused = refusal(&mut b, "guns", task);
        assert!(matches!(refused, Refusal::Forbidden { .. }), "{refused}");
    }
    let combined = |restrained: bool| {
        let b = slope(restrained).expected();
        let a = b.scenario().unit_by_id("a").unwrap();
        let (attack, _) = b
            .preview_true(&[a], hex(&b, (6, 1)), 1)
            .map(|p| (p.attack, p.defence))
            .unwrap();
        attack.terms.iter().any(|(t, _)| *t == Term::CombinedArms)
    };
    assert!(combined(false), "regimental guns help");
    assert!(!combined(true), "and are silent where it is forbidden");
}

#[test]
fn the_order_binds_the_side_that_gave_it_and_can_be_switched_off() {
    // The article: Matsui's deep conviction that no damage should come to the two mausoleums, his own
    // order.
    let mut free = slope(false).expected();
    let target = hex(&free, (6, 1));
    tell(&mut free, "guns", Task::Support { target });
    let mut b = slope(true)
        .battery(Side::China, "theirs", (9, 1))
        .expected();
    tell(&mut b, "theirs", Task::Support { target });
    let campaign = shelved("nanking_1937");
    let map = campaign.map();
    let tomb = map.places[map.place("sunyatsen_mausoleum").unwrap()].centre;
    assert!(campaign.keeps_fire_from(Side::Japan, tomb));
    assert!(!campaign.keeps_fire_from(Side::China, tomb));
}

#[test]
fn guns_that_fire_give_themselves_away_and_can_be_answered() {
    // The article: gun emplacements among the works of the Fukuo Line.
    let run = |flash: f64| {
        let mut b = Table::draw(&["..........", "..........", ".........."])
            .battery(Side::China, "theirs", (0, 1))
            .battery(Side::Japan, "ours", (8, 2))
            .unit(Side::Japan, "eyes", 300, (8, 1))
            .rules(|r| {
                r.bombardment.flash = flash;
                r.observation.recon = 0.0;
            })
            .battle(2);
        let target = hex(&b, (8, 1));
        tell(&mut b, "theirs", Task::Bombard { target });
        b.end_turn();
        let known: Vec<UnitId> = b.view(Side::Japan).enemies().iter().map(|e| e.id).collect();
        (b, known)
    };
    assert!(run(0.0).1.is_empty());
    let (mut b, known) = run(1.0);
    assert_eq!(known, vec![b.scenario().unit_by_id("theirs").unwrap()]);
    // A battery under fire serves its guns more slowly.
    let target = hex(&b, (0, 1));
    tell(&mut b, "ours", Task::Bombard { target });
    let fired = |b: &Battle, unit: &str| -> u32 {
        let unit = b.scenario().unit_by_id(unit).unwrap();
        events(b, |e| match e {
            Event::Fired {
                unit: u, rounds, ..
            } if *u == unit => Some(*rounds),
            _ => None,
        })
        .iter()
        .sum()
    };
    let before = fired(&b, "theirs");
    b.end_turn();
    let answered = fired(&b, "theirs") - before;
    assert!(state(&b, "theirs").condition.suppression > 0.0);
    assert!(answered < before, "{answered} after {before}");
}

#[test]
fn the_computer_answers_batteries_that_have_been_located() {
    use nanking::commander::{Commander, General};
    let mut b = Table::draw(&["..........", "..........", ".........."])
        .battery(Side::China, "theirs", (0, 1))
        .unit_with(Side::Japan, "ours", 120, (8, 2), |u| {
            u.branch = Branch::HeavyArtillery;
            u.guns = 4;
            u.gun_class = Some("howitzer_150".into());
        })
        .unit(Side::Japan, "eyes", 300, (8, 1))
        .rules(|r| {
            r.bombardment.flash = 1.0;
            r.observation.recon = 0.0;
        })
        .battle(2);
    let target = hex(&b, (8, 1));
    tell(&mut b, "theirs", Task::Bombard { target });
    b.end_turn();
    let ours = b.scenario().unit_by_id("ours").unwrap();
    let target = hex(&b, (0, 1));
    let orders = General::default().orders(&b.view(Side::Japan));
    let wanted = nanking::battle::Order::Unit {
        unit: ours,
        task: Task::Bombard { target },
        start_at: None,
    };
    assert!(orders.contains(&wanted), "{orders:?}");
}
