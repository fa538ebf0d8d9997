//! Battles played by hand through the real interface: start screen, orders with mouse and keys, end
//! of turn, playback, save, load, result and epilogue; and the record of each comes out the same.

use super::*;
use crate::{
    battle::{AirMission, Digest, Order, Task},
    gui::{session::Seat, sight::Eyes},
    record,
    scenario::{Side, UnitId},
};

const LARGE: [f32; 2] = [1600.0, 1000.0];
const SMALL: [f32; 2] = [1280.0, 720.0];

/// Chooses scenario and side on the start screen and begins.
fn begin(size: [f32; 2], scenario: &str, side: &str) -> Window {
    let mut window = Window::open(size, &Opening::default());
    window.click(scenario);
    window.click(side);
    window.click("Start");
    if window.shows("Begin the battle") {
        window.click("Begin the battle");
    }
    assert_eq!(
        window.shell.screen(),
        Screen::Battle,
        "{:?}",
        window.texts()
    );
    window
}

/// Selects the next unit without an order and orders it by right clicks on the map until one is
/// taken. True if a unit took an order.
fn order_next(window: &mut Window, step: [i32; 2]) -> bool {
    let before = window.session().picture.orders.len();
    window.press(Modifiers::NONE, Key::N);
    let Some(unit) = window.table.unit else {
        return false;
    };
    let hex = window
        .session()
        .picture
        .counter(unit)
        .expect("on the map")
        .hex;
    let here = window.find(hex);
    let px = window.camera.hex_px().max(4.0);
    for times in [3.0, 2.0, 1.0] {
        let at = pos2(
            here.x + step[0] as f32 * px * times,
            here.y + step[1] as f32 * px * times,
        );
        if !window.camera.viewport.shrink(12.0).contains(at) {
            continue;
        }
        window.click_at(at, PointerButton::Secondary);
        if window.table.card.is_some() {
            window.press(Modifiers::NONE, Key::Escape);
        }
        if window.session().picture.orders.len() > before {
            return true;
        }
    }
    false
}

/// The save that was written last, and the digest to which it replays.
fn replayed(window: &Window) -> Digest {
    use crate::gui::storage::Storage;
    let name = window.storage.list_saves().expect("saves")[0].name.clone();
    let text = window.storage.read(&name).expect("the save");
    let record = record::Record::read(&text).expect("a record");
    let digest = record.digest();
    record::verify(record).expect("it comes out the same");
    digest
}

fn digest(window: &Window) -> Digest {
    window.session().battle().expect("at rest").digest()
}

/// Six turns with orders of one's own, one of them taken back and given again; saved, left, resumed
/// and gone on with.
fn six_turns(size: [f32; 2], side: Side, seat: &str, step: [i32; 2]) {
    let mut window = begin(size, "The Battle of Nanking", seat);
    assert_eq!(window.session().seat(), Seat::Side(side));
    let mut by_hand = 0;
    for turn in 1..=6 {
        assert_eq!(window.session().picture.turn.0, turn);
        by_hand += (0..4).filter(|_| order_next(&mut window, step)).count();
        let orders = window.session().picture.orders.clone();
        if !orders.is_empty() {
            window.press(Modifiers::NONE, Key::U);
            assert_eq!(window.session().picture.orders.len(), orders.len() - 1);
            window.press(Modifiers::NONE, Key::R);
            let tasks = |orders: &[(crate::battle::OrderId, Side, Order)]| {
                orders.iter().map(|o| o.2).collect::<Vec<_>>()
            };
            assert_eq!(tasks(&window.session().picture.orders), tasks(&orders));
        }
        if turn % 2 == 0 {
            window.click("Staff orders");
        }
        window.end_turn();
    }
    assert!(by_hand >= 8, "only {by_hand} orders by hand were taken");
    let reached = digest(&window);
    assert_eq!(replayed(&window), reached, "the autosave");
    let more = order_next(&mut window, step);
    let standing = window.session().picture.orders.len();
    window.press(CTRL, Key::S);
    assert!(window.shows("Saved as"), "{:?}", window.texts());
    window.click("Menu");
    assert_eq!(window.shell.screen(), Screen::Menu);
    window.click("Resume");
    assert_eq!(window.shell.screen(), Screen::Battle);
    assert_eq!(digest(&window), reached);
    assert_eq!(window.session().picture.orders.len(), standing, "{more}");
    window.end_turn();
    assert_eq!(replayed(&window), digest(&window));
}

#[test]
fn the_campaign_is_played_six_turns_as_china() {
    six_turns(LARGE, Side::China, "(Chinese)", [1, 0]);
}

#[test]
fn the_campaign_is_played_six_turns_as_japan() {
    six_turns(SMALL, Side::Japan, "(Japanese)", [-1, 0]);
}

/// A short battle to its end, with at least one order by hand a turn while units are idle; then the
/// result, from which the epilogue (where there is one) must be opened before it can be left.
fn to_the_end(seat: &str, step: [i32; 2]) {
    let mut window = begin(SMALL, "Lesson: a village", seat);
    for _ in 0..100 {
        if window.shell.screen() == Screen::Result {
            break;
        }
        order_next(&mut window, step);
        window.end_turn();
    }
    assert_eq!(window.shell.screen(), Screen::Result);
    assert!(window.session().picture.over);
    assert_eq!(replayed(&window), digest(&window));
    window.click("Back to the start screen");
    assert_eq!(window.shell.screen(), Screen::Menu);
}

#[test]
fn a_battle_is_played_to_its_end_as_china() {
    to_the_end("(Chinese)", [0, 1]);
}

#[test]
fn a_battle_is_played_to_its_end_as_japan() {
    to_the_end("(Japanese)", [-1, 0]);
}

#[test]
fn a_unit_is_ordered_to_each_task_that_its_kind_allows() {
    let mut window = begin(LARGE, "The Battle of Nanking", "(Chinese)");
    window.press(Modifiers::NONE, Key::N);
    let unit = window.table.unit.expect("a unit without an order");
    for (button, is) in [
        ("Hold", (|t| matches!(t, Task::Hold)) as fn(&Task) -> bool),
        ("Rest", |t| matches!(t, Task::Rest)),
    ] {
        window.click(button);
        let task = window.session().picture.order_of(unit).expect("ordered").1;
        assert!(is(&task), "{button}: {task:?}");
    }
    let hex = window
        .session()
        .picture
        .counter(unit)
        .expect("on the map")
        .hex;
    let target = a_hex_within_reach(&window, unit);
    assert_ne!(hex, target);
    for (button, is) in [
        (
            "March",
            (|t| matches!(t, Task::March { forced: false, .. })) as fn(&Task) -> bool,
        ),
        ("Forced march", |t| {
            matches!(t, Task::March { forced: true, .. })
        }),
        ("Withdraw", |t| matches!(t, Task::Withdraw { .. })),
    ] {
        window.click(button);
        let at = window.find(target);
        window.click_at(at, PointerButton::Primary);
        let task = window.session().picture.order_of(unit).expect("ordered").1;
        assert!(is(&task), "{button}: {task:?}, {:?}", window.table.message);
        assert!(!window.table.way.is_empty(), "{button}");
    }
}

#[test]
fn an_air_group_is_sent_by_hand_and_called_back() {
    let mut window = begin(LARGE, "The Battle of Nanking", "(Japanese)");
    window.press(Modifiers::NONE, Key::A);
    let group = window.table.air.expect("an air group");
    assert!(
        window.shows("It can fly in 3 of 4 hours"),
        "{:?}",
        window.texts()
    );
    let hex = window.session().scenario().map().places[0].centre;
    let at = window.find(hex);
    window.click_at(at, PointerButton::Secondary);
    let ordered = |window: &Window| window.session().picture.flight_of(group).map(|(_, m)| m);
    assert_eq!(ordered(&window), Some(AirMission::Bomb { target: hex }));
    window.click("Attack roads");
    let at = window.find(hex);
    window.click_at(at, PointerButton::Primary);
    assert_eq!(
        ordered(&window),
        Some(AirMission::Interdict { target: hex })
    );
    assert_eq!(window.session().picture.orders.len(), 1);
    window.click("Take back");
    assert_eq!(ordered(&window), None);
    window.click("Stay on the ground");
    assert_eq!(ordered(&window), Some(AirMission::Rest));
    window.press(Modifiers::NONE, Key::U);
    assert_eq!(ordered(&window), None);
    // The Safety Zone is no target, and the reason is told.
    let map = window.session().scenario().map().clone();
    let zone = map.grid.hexes().find(|h| map.at(*h).safety_zone).unwrap();
    let at = window.find(zone);
    window.click_at(at, PointerButton::Secondary);
    assert_eq!(ordered(&window), None);
    assert!(window.table.message.is_some());
    // The next one; and nobody sends what is not under his command.
    window.press(Modifiers::NONE, Key::A);
    assert!(window.table.air.is_some_and(|next| next > group));
    let mut window = begin(LARGE, "The Battle of Nanking", "(Chinese)");
    window.press(Modifiers::NONE, Key::A);
    assert_eq!(window.table.air, None);
}

#[test]
fn the_layer_of_observed_ground_follows_what_is_selected() {
    let mut window = begin(LARGE, "The Battle of Nanking", "(Chinese)");
    window.press(Modifiers::NONE, Key::Num6);
    window.settle();
    let seen = |window: &Window, hex: Hex| {
        let sight = window.table.sight.as_ref().expect("the layer is on");
        sight.fields.iter().any(|(_, field)| field[hex.index()])
    };
    let map = window.session().scenario().map().clone();
    let hex_of = |id: &str| map.gates.iter().find(|g| g.id == id).unwrap().inner;
    let zhonghua = hex_of("gate_zhonghua");
    assert!(seen(&window, zhonghua), "one's own men stand there");
    let place = |id: &str| map.places.iter().find(|p| p.id == id).unwrap().centre;
    let yuhuatai = place("yuhuatai");
    window.table.clear();
    window.table.hex = Some(yuhuatai);
    window.settle();
    let sight = window.table.sight.clone().expect("the layer is on");
    assert_eq!(sight.eyes, Eyes::Hex(yuhuatai));
    // The article: guns on Yuhuatai brought down the wall at Zhonghua Gate.
    assert!(seen(&window, zhonghua));
    assert!(!seen(&window, hex_of("gate_taiping")));
    window.press(Modifiers::NONE, Key::Num6);
    window.settle();
    assert!(window.table.sight.is_none());
}

fn a_hex_within_reach(window: &Window, unit: UnitId) -> Hex {
    let here = window
        .session()
        .picture
        .counter(unit)
        .expect("on the map")
        .hex;
    let free = |hex: &Hex| *hex != here && window.session().picture.stack(*hex).next().is_none();
    *window
        .table
        .reach
        .keys()
        .find(|h| free(h))
        .expect("somewhere to go")
}
