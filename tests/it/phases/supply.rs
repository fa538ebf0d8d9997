//! Supply: the line, the land, ammunition, shells, digging (model §3.10).

use crate::support::{Table, events, hex, id, state, tell, with_unit};
use nanking::{
    battle::{Battle, Event, Posture, Task, ground::Field, phases::supply},
    scenario::{
        Side,
        map::{Terrain, WorksLevel, file::FeatureKind},
    },
};

const ROW: &[&str] = &["..........", "..........", ".........."];

fn quiet() -> Table {
    Table::draw(ROW)
        .unit(Side::Japan, "a", 1000, (3, 1))
        .unit(Side::China, "far", 300, (9, 1))
        .depot(Side::Japan, (0, 1))
        .depot(Side::China, (9, 0))
}

/// Whose lines were cut (true) or restored (false).
fn lines(b: &Battle, unit: &str) -> Vec<bool> {
    let unit = id(b, unit);
    events(b, |e| match e {
        Event::SupplyLine { unit: u, cut } if *u == unit => Some(*cut),
        _ => None,
    })
}

fn cost(b: &Battle, side: Side, at: (u16, u16)) -> f32 {
    b.view(side).supply_cost(hex(b, at))
}

#[test]
fn a_line_costs_what_the_way_costs() {
    let b = quiet().expected();
    assert_eq!(cost(&b, Side::Japan, (0, 1)), 0.0);
    assert_eq!(
        cost(&b, Side::Japan, (3, 1)),
        6.0,
        "three hexes of open ground"
    );
    let road: Vec<(u16, u16)> = (0..=3).map(|c| (c, 1)).collect();
    let b = quiet().road(&road).expected();
    assert_eq!(cost(&b, Side::Japan, (3, 1)), 3.0, "and of road");
}

#[test]
fn a_line_brings_less_the_longer_it_is() {
    let b = quiet().expected();
    let line = |km| supply::line(b.scenario(), km);
    assert_eq!(line(0.0), 1.0);
    assert!((line(40.0) - libm::exp(-1.0)).abs() < 1e-12);
    assert_eq!(line(f32::INFINITY), 0.0);
}

#[test]
fn stores_go_a_quarter_of_the_way_to_what_line_and_land_bring() {
    let mut b = with_unit(&quiet().expected(), "a", |u| u.condition.supply = 0.4);
    b.end_turn();
    let brought = libm::exp(-6.0 / 40.0);
    let target = (brought + 0.6 * 0.7f64).min(1.0);
    let s = state(&b, "a").condition.supply;
    assert!((s - (0.4 + 0.25 * (target - 0.4))).abs() < 1e-6, "{s}");
}

/// The unit's line runs through a gap that an enemy's zone can close.
fn gap() -> Table {
    Table::draw(&["...~~.....", "..........", "...~~....."])
        .unit(Side::Japan, "a", 1000, (7, 1))
        .depot(Side::Japan, (0, 1))
        .unit(Side::China, "b", 600, (3, 1))
        .depot(Side::China, (9, 2))
}

#[test]
fn enemies_on_the_line_cut_it_and_their_going_restores_it() {
    // The article: encirclement and annihilation.
    let mut b = gap().expected();
    b.end_turn();
    assert!(state(&b, "a").condition.isolated);
    assert_eq!(lines(&b, "a"), vec![true]);
    assert!(cost(&b, Side::Japan, (7, 1)).is_infinite());
    let home = hex(&b, (9, 2));
    let mut b = with_unit(&b, "b", |u| u.position.hex = Some(home));
    b.end_turn();
    assert!(!state(&b, "a").condition.isolated);
    assert_eq!(lines(&b, "a"), vec![false]);
}

#[test]
fn a_zone_of_control_cuts_a_line_unless_friends_stand_in_it() {
    let run = |friends: &[(u16, u16)]| {
        let mut t = Table::draw(&["..........", "~~~....~~~", "~~~~~~~~~~"])
            .unit(Side::Japan, "a", 1000, (7, 2))
            .depot(Side::Japan, (0, 2))
            // South of the strip between the waters: its zone covers all ways through.
            .unit(Side::China, "b", 600, (4, 1))
            .depot(Side::China, (5, 1));
        for (i, at) in friends.iter().enumerate() {
            t = t.unit(Side::Japan, &format!("friend_{i}"), 200, *at);
        }
        let mut b = t.rules(|r| r.fire.intensity_contact = 0.0).expected();
        b.end_turn();
        state(&b, "a").condition.isolated
    };
    assert!(run(&[]), "the strip is one hex wide and under the zone");
    assert!(run(&[(4, 2)]), "half of the way is still barred");
    assert!(!run(&[(4, 2), (5, 2)]));
}

#[test]
fn a_source_in_enemy_hands_feeds_nobody() {
    let mut b = quiet().unit(Side::China, "b", 400, (1, 1)).expected();
    let source = hex(&b, (0, 1));
    b = with_unit(&b, "b", |u| u.position.hex = Some(source));
    b.end_turn();
    assert!(state(&b, "a").condition.isolated);
}

#[test]
fn nothing_is_brought_over_water_or_a_wall() {
    let b = Table::draw(&["...~......", "...~......", "...~......"])
        .unit(Side::Japan, "a", 1000, (5, 1))
        .unit(Side::China, "far", 300, (9, 1))
        .depot(Side::Japan, (0, 1))
        .expected();
    assert!(cost(&b, Side::Japan, (5, 1)).is_infinite());
    let walled = |gate: bool| {
        let mut t = Table::draw(&[".......", ".......", ".......", ".......", "......."])
            .wall((3, 1), (5, 3))
            .unit(Side::China, "a", 400, (4, 2))
            .unit(Side::Japan, "far", 300, (0, 0))
            .depot(Side::China, (0, 4));
        if gate {
            t = t.gate("west_gate", (3, 2), (2, 2));
        }
        let b = t.control(Side::China, (3, 2), 0.0).expected();
        cost(&b, Side::China, (4, 2))
    };
    assert!(walled(false).is_infinite());
    assert!(walled(true).is_finite());
}

fn forage(b: &Battle, at: (u16, u16)) -> f64 {
    f64::from(b.world().resource::<Field>().forage[hex(b, at).index()])
}

#[test]
fn the_land_is_eaten_up_by_those_whom_the_line_does_not_feed() {
    // The article: marching well ahead of their supply lines they had to purchase or loot their food from
    // civilians along the way.
    let run = |depot: bool, men: u32| {
        let mut t = Table::draw(ROW).unit(Side::Japan, "a", men, (3, 1)).unit(
            Side::China,
            "far",
            300,
            (9, 1),
        );
        if depot {
            t = t.depot(Side::Japan, (3, 1));
        }
        let mut b = t.expected();
        b.end_turn();
        b.end_turn();
        1.0 - forage(&b, (3, 1))
    };
    assert!((run(false, 1000) - 2.0 * 0.15).abs() < 1e-6);
    assert!((run(false, 2000) - 2.0 * 0.30).abs() < 1e-6);
    assert_eq!(run(true, 1000), 0.0, "at the depot nothing is taken");
}

#[test]
fn a_stalled_column_starves_and_the_land_has_a_bottom() {
    // The article: marching well ahead of their supply lines they lived off the land.
    let mut b = Table::draw(ROW)
        .unit(Side::Japan, "a", 2000, (3, 1))
        .unit(Side::China, "far", 300, (9, 1))
        .expected();
    let mut before = 1.0;
    for turn in 0..12 {
        b.end_turn();
        let s = state(&b, "a").condition.supply;
        assert!((0.0..=1.0).contains(&s) && (0.0..=1.0).contains(&forage(&b, (3, 1))));
        if turn > 3 {
            assert!(s < before, "turn {turn}: {s}");
        }
        before = s;
    }
    assert!(before < 0.15, "{before}");
    assert_eq!(forage(&b, (3, 1)), 0.0);
}

#[test]
fn marsh_and_water_feed_nobody() {
    let b = Table::draw(&["ww...", "ww...", "ww..."])
        .unit(Side::Japan, "a", 1000, (0, 1))
        .unit(Side::China, "far", 300, (4, 1))
        .expected();
    let start = state(&b, "a").condition.supply;
    let mut b = b;
    b.end_turn();
    assert!((state(&b, "a").condition.supply - 0.75 * start).abs() < 1e-9);
    let rules = b.scenario().rules();
    assert_eq!(rules.terrain(Terrain::Water).forage, 0.0);
    assert_eq!(forage(&b, (0, 1)), 1.0, "nothing there to be eaten");
}

#[test]
fn an_assault_uses_a_tenth_of_a_unit_of_fire_in_a_turn_and_contact_a_fiftieth() {
    let run = |attack: bool| {
        let mut b = Table::draw(&[".....", ".....", "....."])
            .unit(Side::Japan, "a", 800, (1, 1))
            .unit(Side::China, "b", 800, (2, 1))
            .rules(|r| r.hold.base = -40.0)
            .expected();
        let before = state(&b, "a").condition.ammunition;
        if attack {
            let target = hex(&b, (2, 1));
            tell(&mut b, "a", Task::Assault { target });
        }
        b.end_turn();
        before - state(&b, "a").condition.ammunition
    };
    assert!((run(true) - 0.10).abs() < 1e-9);
    assert!((run(false) - 0.02).abs() < 1e-9);
}

#[test]
fn a_full_line_brings_a_fifth_of_a_unit_of_fire_in_a_turn() {
    let start = Table::draw(ROW)
        .unit(Side::Japan, "a", 1000, (0, 1))
        .unit(Side::China, "far", 300, (9, 1))
        .depot(Side::Japan, (0, 1))
        .expected();
    let mut b = with_unit(&start, "a", |u| u.condition.ammunition = 0.3);
    b.end_turn();
    assert!((state(&b, "a").condition.ammunition - 0.5).abs() < 1e-9);
    for _ in 0..4 {
        b.end_turn();
    }
    assert_eq!(
        state(&b, "a").condition.ammunition,
        1.0,
        "and no more than one"
    );
}

#[test]
fn shells_are_brought_up_to_the_stock_by_the_line_and_not_without() {
    // The article: the Japanese marched well ahead of most of their supply lines.
    let run = |depot: bool| {
        let mut t = Table::draw(ROW).battery(Side::Japan, "guns", (0, 1)).unit(
            Side::China,
            "far",
            300,
            (9, 1),
        );
        if depot {
            t = t.depot(Side::Japan, (0, 1));
        }
        let mut b = with_unit(&t.expected(), "guns", |u| u.condition.rounds = 300.0);
        b.end_turn();
        let first = state(&b, "guns").condition.rounds;
        b.end_turn();
        b.end_turn();
        (first, state(&b, "guns").condition.rounds)
    };
    // 60 rounds a gun and day for four guns: 40 in four hours; the stock is 4 x 90.
    assert_eq!(run(true), (340.0, 360.0));
    assert_eq!(run(false), (300.0, 300.0));
}

#[test]
fn works_grow_a_level_every_two_quiet_turns_and_take_six_to_fortify() {
    // The article: from November 20 the defenses were hurriedly bolstered; improvised, hastily
    // constructed.
    let mut b = quiet().expected();
    let mut levels = Vec::new();
    for _ in 0..11 {
        b.end_turn();
        levels.push(state(&b, "a").stance.entrenched);
    }
    use WorksLevel::*;
    assert_eq!(
        levels,
        vec![
            None, Hasty, Hasty, Prepared, Prepared, Prepared, Prepared, Prepared, Prepared,
            Fortified, Fortified
        ]
    );
}

#[test]
fn who_rests_or_marches_does_not_dig_and_who_leaves_digs_anew() {
    let mut b = quiet().expected();
    tell(&mut b, "a", Task::Rest);
    b.end_turn();
    b.end_turn();
    assert_eq!(state(&b, "a").stance.entrenched, WorksLevel::None);
    tell(&mut b, "a", Task::Hold);
    b.end_turn();
    b.end_turn();
    assert_eq!(state(&b, "a").stance.entrenched, WorksLevel::Hasty);
    let to = hex(&b, (4, 1));
    tell(&mut b, "a", Task::March { to, forced: false });
    b.end_turn();
    let a = state(&b, "a");
    assert_eq!(
        (a.stance.entrenched, a.stance.posture),
        (WorksLevel::None, Posture::Holding)
    );
}

#[test]
fn a_stream_lengthens_the_line_and_a_bridge_shortens_it() {
    let run = |road: bool| {
        let mut t = Table::draw(ROW)
            .line("stream", FeatureKind::Stream, &[(2, 2), (2, 1), (2, 0)])
            .unit(Side::Japan, "a", 500, (5, 1))
            .unit(Side::China, "far", 300, (9, 1))
            .depot(Side::Japan, (0, 1));
        if road {
            let way: Vec<(u16, u16)> = (0..=5).map(|c| (c, 1)).collect();
            t = t.road(&way);
        }
        cost(&t.expected(), Side::Japan, (5, 1))
    };
    assert_eq!(run(false), 13.0, "five hexes at 2, the stream 3");
    assert_eq!(run(true), 5.0);
}
