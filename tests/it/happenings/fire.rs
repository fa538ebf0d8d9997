//! When events happen, and what their actions do.

use super::{event, hours, plain};
use crate::support::{Table, altered, hex, id, place_of, state, tell};
use nanking::{
    battle::{Battle, Bin, Event, Order, Posture, Randomness, Task},
    report,
    scenario::{
        Hours, Side, TurnNo,
        events::{Action, file::EventFile},
        map::file::Zone,
    },
};

fn play(battle: &mut Battle, turns: u32) {
    for _ in 0..turns {
        battle.end_turn();
    }
}

#[test]
fn an_event_happens_in_the_hour_in_which_its_conditions_begin_to_hold_and_once() {
    let mut b = plain(vec![event("noon", r#"After("1937-12-05T12:00")"#, &[])]).battle(1);
    play(&mut b, 4);
    assert_eq!(hours(&b, "noon"), [3]);
}

#[test]
fn one_that_may_repeat_waits_until_its_conditions_hold_anew() {
    let mut night = event("night", "HourOfDay(from: 20, until: 6)", &[]);
    night.once = false;
    let mut b = plain(vec![night]).battle(1);
    play(&mut b, 12);
    assert_eq!(hours(&b, "night"), [11, 35]);
}

#[test]
fn a_delay_lets_the_conditions_pass_and_keeps_what_was_found() {
    let mut late = event("late", r#"At("1937-12-05T11:00")"#, &[]);
    late.delay = 5;
    let mut b = plain(vec![late]).battle(1);
    play(&mut b, 3);
    assert_eq!(hours(&b, "late"), [7]);
    let found = b.events().iter().find_map(|l| match &l.event {
        Event::Happened { found, .. } => Some(found.clone()),
        _ => None,
    });
    assert!(found.expect("it happened")[0].held);
}

#[test]
fn a_chance_is_the_same_whenever_the_conditions_come_to_hold() {
    let fires = |from: &str, seed: u64| {
        let mut e = event("maybe", &format!("After(\"1937-12-05T{from}:00\")"), &[]);
        e.chance = 0.5;
        let mut b = plain(vec![e]).battle(seed);
        play(&mut b, 4);
        !hours(&b, "maybe").is_empty()
    };
    let early: Vec<bool> = (0..20).map(|seed| fires("10", seed)).collect();
    let late: Vec<bool> = (0..20).map(|seed| fires("18", seed)).collect();
    assert_eq!(early, late);
    assert!(early.contains(&true) && early.contains(&false));
}

#[test]
fn an_event_that_is_not_enabled_never_happens() {
    let mut off = event("off", r#"After("1937-12-05T10:00")"#, &[]);
    off.enabled = false;
    let mut b = plain(vec![off]).battle(1);
    play(&mut b, 3);
    assert!(hours(&b, "off").is_empty());
}

#[test]
fn conditions_are_told_with_what_was_found() {
    let when = r#"All([
        After("1937-12-05T10:00"),
        Strength(of: Unit("a"), men: AtLeast(100)),
        Any([Held(place: "middle", by: China), Near(of: Side(Japan), place: "west", km: 1)]),
        Not(Light(Night)),
    ])"#;
    let mut b = plain(vec![event("why", when, &[])]).battle(1);
    play(&mut b, 1);
    let (event, found) = b
        .events()
        .iter()
        .find_map(|l| match &l.event {
            Event::Happened { event, found } => Some((*event, found.clone())),
            _ => None,
        })
        .expect("it happened");
    let held: Vec<bool> = found.iter().map(|f| f.held).collect();
    assert_eq!(held, [true, true, false, true, false]);
    assert_eq!(found[1].measured, Some(500.0));
    let why = report::sentence::reasons(b.scenario(), event, &found);
    assert!(why[1].contains("100 or more formed men: 500"), "{why:?}");
    assert!(why[4].contains("not: it is night"), "{why:?}");
    let all =
        report::chronicle::chronicle(b.scenario(), b.events(), report::chronicle::Weight::Major);
    assert!(
        all.iter().any(|l| l.contains("The event why: It is told.")),
        "{all:?}"
    );
    let bulletin = report::bulletin(b.scenario(), TurnNo(1), b.events(), &[]);
    assert!(bulletin.text([0, 0]).contains("formed men: 500"));
}

#[test]
fn places_taken_and_held_are_conditions() {
    let events = vec![
        event("held", r#"Held(place: "middle", by: Japan)"#, &[]),
        event("taken", r#"Captured(place: "west", by: Japan)"#, &[]),
        event("own", r#"Held(place: "west", by: Japan)"#, &[]),
    ];
    let mut b = plain(events).battle(1);
    let to = hex(&b, (5, 1));
    tell(&mut b, "a", Task::March { to, forced: true });
    play(&mut b, 4);
    assert_eq!(place_of(&b, "a"), Some((5, 1)));
    assert_eq!(hours(&b, "held").len(), 1);
    assert_eq!(hours(&b, "own"), [0], "it stood there from the start");
    assert!(
        hours(&b, "taken").is_empty(),
        "what one had one does not take"
    );
}

#[test]
fn doctrine_changes_for_a_formation_and_the_battle_goes_on_the_same_from_a_snapshot() {
    let change = r#"Doctrine(of: Formation("china"), set: (hold_to_death: Some(1.0)))"#;
    let mut b = plain(vec![event(
        "order",
        r#"After("1937-12-05T12:00")"#,
        &[change],
    )])
    .battle(1);
    let of = |b: &Battle| {
        let formation = b.scenario().formation_by_id("china").expect("there");
        b.scenario().doctrine_of(formation).clone()
    };
    play(&mut b, 1);
    assert_eq!(of(&b).hold_to_death, 1.0);
    assert_eq!(b.scenario().doctrine(Side::China).hold_to_death, 0.5);
    let mut copy = altered(&b, |_| {});
    assert_eq!(of(&copy).hold_to_death, 1.0);
    play(&mut b, 2);
    play(&mut copy, 2);
    assert_eq!(b.digest(), copy.digest());
}

#[test]
fn a_mission_stands_over_the_plan_and_goes_through_the_gate_of_orders() {
    let mission = r#"Mission(formation: "japan", task: Seize, place: "east")"#;
    let mut b = plain(vec![event(
        "go",
        r#"After("1937-12-05T10:00")"#,
        &[mission],
    )])
    .battle(1);
    play(&mut b, 2);
    let japan = b.scenario().formation_by_id("japan").expect("there");
    let given = b.view(Side::Japan).mission(japan).expect("a mission");
    assert_eq!(given.objective, hex(&b, (8, 1)));
    assert_eq!(b.scenario().plan(japan).len(), 1);
}

#[test]
fn an_order_of_an_event_replaces_the_sides_own_and_lapses_if_it_is_not_legal() {
    let march = r#"Order(unit: "a", task: March("middle"))"#;
    let shell = r#"Order(unit: "b", task: Bombard("west"))"#;
    let mut b = plain(vec![event(
        "go",
        r#"At("1937-12-05T09:00")"#,
        &[march, shell],
    )])
    .battle(1);
    play(&mut b, 1);
    tell(&mut b, "a", Task::Rest);
    play(&mut b, 1);
    assert_eq!(place_of(&b, "a"), Some((5, 1)));
    let lapsed = b.events().iter().filter(|l| {
        matches!(
            l.event,
            Event::OrderLapsed {
                side: Side::China,
                ..
            }
        )
    });
    assert_eq!(lapsed.count(), 1, "infantry has no guns to shell with");
}

#[test]
fn an_arrival_is_put_off_or_called_off() {
    let table = |then: &str| {
        let mut t = plain(vec![event("news", r#"At("1937-12-05T09:00")"#, &[then])]);
        t = t.unit_with(Side::Japan, "late", 300, (1, 3), |u| {
            u.start = nanking::scenario::file::StartFile::Arrives {
                place: "at_late".into(),
                at: "1937-12-05T17:00".into(),
                between: None,
            };
        });
        let mut b = t.battle(1);
        play(&mut b, 6);
        state(&b, "late").strength.formed()
    };
    assert_eq!(
        table(r#"Arrival(unit: "late", when: At("1937-12-06T05:00"))"#),
        300
    );
    assert_eq!(
        table(r#"Arrival(unit: "late", when: At("1937-12-07T05:00"))"#),
        0
    );
    assert_eq!(table(r#"Arrival(unit: "late", when: Never)"#), 0);
}

#[test]
fn a_unit_called_away_leaves_by_an_exit_and_takes_no_other_orders() {
    let away = r#"Departure(unit: "b", towards: "east")"#;
    let mut t = plain(vec![event("away", r#"At("1937-12-05T09:00")"#, &[away])]);
    t = t
        .zone(Zone::Exit, &[(9, 3)])
        .unit(Side::China, "stays", 100, (9, 0));
    let mut b = t.battle(1);
    play(&mut b, 2);
    if b.position(id(&b, "b")).is_some() {
        let order = Order::Unit {
            unit: id(&b, "b"),
            task: Task::Hold,
            start_at: None,
        };
        let refused = b.order(Side::China, order).expect_err("it is leaving");
        assert!(refused.to_string().contains("called away"), "{refused}");
    }
    play(&mut b, 4);
    assert_eq!(b.position(id(&b, "b")), None);
    assert_eq!(b.men(Side::China).men(nanking::battle::Bin::Escaped), 500);
}

#[test]
fn rules_leaders_and_air_groups_change_from_the_hour_on() {
    let then = [
        r#"Rate(rule: "hold.order", value: -1.5)"#,
        r#"Leader(formation: "japan", name: "A new commander")"#,
        r#"AirGroup(group: "wing", sorties_per_day: 0)"#,
        "NoFireZones(side: Japan, kept: true)",
        r#"Objective(place: "east", side: Japan, worth: 9)"#,
    ];
    let mut t = plain(vec![event("change", r#"At("1937-12-05T10:00")"#, &then)]);
    t = t.air(Side::Japan, "wing", 10.0);
    t.scenario
        .objectives
        .push(nanking::scenario::file::ObjectiveFile {
            place: "east".into(),
            china: 1.0,
            japan: 1.0,
            source: super::SOURCE.into(),
            confidence: nanking::scenario::Confidence::Low,
        });
    let mut b = t.zone(Zone::NoFire, &[(5, 1)]).battle(1);
    let before = b.scenario().rules().hold.order;
    let target = hex(&b, (5, 1));
    assert!(!b.scenario().keeps_fire_from(Side::Japan, target));
    play(&mut b, 1);
    let s = b.scenario();
    assert_ne!(before, -1.5);
    assert_eq!(s.rules().hold.order, -1.5);
    let japan = s.formation_by_id("japan").expect("there");
    assert_eq!(s.formation(japan).commander, "A new commander");
    assert_eq!(s.air()[0].sorties_per_day, 0.0);
    assert!(s.keeps_fire_from(Side::Japan, target));
    assert_eq!(s.objectives()[0].worth[Side::Japan.index()], 9.0);
}

#[test]
fn gates_are_shut_and_cleared_and_a_place_burns() {
    let then = [r#"Barricade("west_gate")"#, r#"Fire("town")"#];
    let later = [r#"OpenGate("west_gate")"#];
    let mut t = Table::draw(&[
        "..........",
        "..cc......",
        "..........",
        "..........",
        "..........",
    ])
    .wall((4, 1), (8, 3))
    .gate("west_gate", (4, 2), (3, 2))
    .place("town", (2, 3))
    .unit(Side::China, "b", 500, (5, 2))
    .unit(Side::Japan, "a", 500, (0, 0));
    t.scenario.events = vec![
        event("shut", r#"At("1937-12-05T09:00")"#, &then),
        event("open", r#"At("1937-12-05T14:00")"#, &later),
    ];
    let mut b = t.battle(1);
    let gate = b.scenario().map().gates[0].side;
    play(&mut b, 1);
    assert!(b.view(Side::China).rampart(gate).barricaded);
    let town = hex(&b, (2, 3));
    let kindled = b
        .events()
        .iter()
        .any(|l| l.hour == Hours(0) && matches!(l.event, Event::Kindled { at, .. } if at == town));
    assert!(kindled);
    play(&mut b, 1);
    assert!(!b.view(Side::China).rampart(gate).barricaded);
}

/// Boats at the first crossing, by owner: of whoever comes, and of the formation `china`.
fn boats(battle: &Battle) -> (u32, u32) {
    let of = |owned: bool| {
        battle
            .berths()
            .iter()
            .filter(move |b| b.owner.is_some() == owned)
    };
    (
        of(false).map(|b| b.boats).sum(),
        of(true).map(|b| b.boats).sum(),
    )
}

#[test]
fn boats_come_and_go_and_those_that_are_not_there_do_not_go() {
    // The article: hardly any boats were left in the harbour.
    let kept = [("junk", 10, None), ("junk", 5, Some("china"))];
    let then = [
        r#"Boats(at: "pier_0", kind: "junk", more: -30)"#,
        r#"Boats(at: "pier_0", kind: "launch", owner: Some("china"), more: 2)"#,
    ];
    let mut t = plain(vec![event("word", r#"At("1937-12-05T10:00")"#, &then)]);
    t = t.crossing(Side::China, (8, 2), (8, 3), &kept);
    let mut b = t.battle(1);
    assert_eq!(boats(&b), (10, 5));
    play(&mut b, 1);
    assert_eq!(boats(&b), (0, 7));
    let told: Vec<String> = b
        .events()
        .iter()
        .filter(|l| matches!(l.event, Event::Acted { .. }))
        .map(|l| report::sentence(b.scenario(), &l.event))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("10 junks: sent away from"), "{told:?}");
    assert!(
        told[1].starts_with("2 steam launches, kept for"),
        "{told:?}"
    );
}

#[test]
fn while_a_scenario_closes_the_water_no_boat_puts_off_though_no_ship_is_there() {
    let close = r#"Crossings(side: China, open: false)"#;
    let open = r#"Crossings(side: China, open: true)"#;
    let across = |events: Vec<EventFile>| {
        let mut t = plain(events);
        t = t
            .crossing(Side::China, (8, 2), (8, 3), &[("junk", 60, None)])
            .doctrine(Side::China, |d| d.withdrawal_permitted = true);
        let b = t.battle(1);
        let at = hex(&b, (8, 2));
        let unit = id(&b, "b").0 as usize;
        let mut b = altered(&b, |s| s.units[unit].position.hex = Some(at));
        tell(&mut b, "b", Task::Embark { at });
        play(&mut b, 2);
        state(&b, "b").strength.men(Bin::Escaped)
    };
    let shut = || event("shut", "Turn(from: 1, until: 1)", &[close]);
    let again = event("again", r#"At("1937-12-05T12:00")"#, &[open]);
    assert_eq!(across(Vec::new()), 500);
    assert_eq!(across(vec![shut()]), 0);
    assert!(across(vec![shut(), again]) > 0);
}

#[test]
fn marked_lanes_spare_their_owners_in_flight_by_night() {
    // The article: the 66th and 83rd Corps ran into their own minefield in the night.
    let struck = |then: &[&str]| {
        let mut t = Table::draw(&[".......", ".......", "......."])
            .place("north", (3, 2))
            .place("middle", (3, 1))
            .place("south", (3, 0))
            .depot(Side::Japan, (0, 1))
            .depot(Side::China, (6, 1))
            .unit(Side::China, "b", 1000, (2, 1))
            .unit(Side::Japan, "a", 900, (1, 1))
            .rules(|r| r.hold.base = 60.0);
        t.scenario.events = vec![event("lay", r#"After("1937-12-06T01:00")"#, then)];
        let b = t.battle(1);
        let unit = id(&b, "b").0 as usize;
        let mut b = altered(&b, |s| {
            s.units[unit].condition.cohesion = 0.3;
            s.units[unit].stance.posture = Posture::Routed;
            s.clock.hour = Hours(16);
        });
        let target = hex(&b, (2, 1));
        tell(&mut b, "a", Task::Assault { target });
        play(&mut b, 1);
        b.events()
            .iter()
            .any(|l| matches!(l.event, Event::MinesStruck { fleeing: true, .. }))
    };
    let mines = ["north", "middle", "south"].map(|at| format!("Mines(place: \"{at}\", of: China)"));
    let mut then: Vec<&str> = mines.iter().map(String::as_str).collect();
    assert!(struck(&then));
    then.push(r#"Lanes(of: China, near: "middle", km: 2)"#);
    assert!(!struck(&then));
}

#[test]
fn the_battle_ends_in_the_hour_an_event_ends_it() {
    let end = r#"EndBattle(text: "Both sides go home.")"#;
    let mut b = plain(vec![event("end", r#"At("1937-12-05T14:00")"#, &[end])]).battle(1);
    play(&mut b, 5);
    let end = b.end().expect("it is over");
    assert_eq!(b.hour(), Hours(6), "in the second hour of the second turn");
    assert_eq!(
        report::ending(b.scenario(), Some(end)),
        "Both sides go home."
    );
    let ended = b
        .events()
        .iter()
        .filter(|l| matches!(l.event, Event::Ended { .. }));
    assert_eq!(ended.count(), 1);
}

#[test]
fn a_directive_of_an_event_is_received_and_a_headquarters_that_leaves_sends_no_more() {
    use nanking::battle::{CommandEvent, DirectiveKind};
    let then = [
        r#"Directive(to: Side(China), kind: HoldToTheDeath)"#,
        r#"HeadquartersLeaves("japan")"#,
    ];
    let mut b = plain(vec![event("word", r#"At("1937-12-05T10:00")"#, &then)]).battle(1);
    let china = b.scenario().formation_by_id("china").expect("there");
    let japan = b.scenario().formation_by_id("japan").expect("there");
    let standing = |b: &Battle| {
        b.view(Side::China)
            .directive(china)
            .map(|s| s.directive.kind)
    };
    assert_ne!(standing(&b), Some(DirectiveKind::HoldToTheDeath));
    play(&mut b, 1);
    assert_eq!(standing(&b), Some(DirectiveKind::HoldToTheDeath));
    let left = b.events().iter().any(|l| match &l.event {
        Event::Command(event) => {
            matches!(**event, CommandEvent::HeadquartersLeft { formation, .. } if formation == japan)
        }
        _ => false,
    });
    assert!(left);
}

#[test]
fn flags_link_events() {
    let events = vec![
        event("a", r#"At("1937-12-05T11:00")"#, &[r#"SetFlag("seen")"#]),
        event(
            "b",
            r#"All([Flag("seen"), Fired(event: "a", hours_ago: 4)])"#,
            &[],
        ),
    ];
    let mut b = plain(events).battle(1);
    play(&mut b, 3);
    assert_eq!((hours(&b, "a"), hours(&b, "b")), (vec![2], vec![6]));
}

#[test]
fn without_its_events_a_scenario_is_as_if_it_had_none() {
    use nanking::scenario::{Options, Scenario, events::Events};
    let options = Options {
        no_events: true,
        ..Options::default()
    };
    let scenario = plain(vec![event("a", "Turn(from: 1, until: 2)", &[])]).build();
    let without = Scenario::load(scenario.texts(), scenario.path(), &options).expect("valid");
    assert_eq!(*without.events(), Events::default());
    let mut with_none = plain(Vec::new()).battle(3);
    let mut b = Battle::new(std::sync::Arc::new(without), 3, Randomness::Sampled);
    play(&mut b, 3);
    play(&mut with_none, 3);
    assert_eq!(b.digest(), with_none.digest());
}

#[test]
fn every_action_has_a_sentence() {
    let texts: Vec<String> = nanking::scenario::events::reference::ACTIONS
        .iter()
        .map(|e| e.name().to_owned())
        .collect();
    let scenario = super::reference::examples();
    for event in &scenario.events().list {
        for act in &event.then {
            let text = report::sentence::acted(&scenario, act);
            assert!(text.ends_with(['.', ')', '?']), "{text}");
        }
        let text = report::sentence::condition(&scenario, &event.when);
        assert!(!text.is_empty());
    }
    assert!(texts.len() > 20);
    let ends = |a: &Action<_>| {
        matches!(
            a,
            Action::<nanking::scenario::events::Known>::EndBattle { .. }
        )
    };
    assert!(
        scenario
            .events()
            .list
            .iter()
            .any(|e| e.then.iter().any(ends))
    );
}
