//! Command at the window: the layer on its key, a directive and a crossing ordered by hand.

use super::*;
use crate::{
    battle::{Order, Task},
    gui::{
        intent::{ArmedTask, Layer},
        session::Seat,
    },
    scenario::Side,
};

fn opened() -> Window {
    let opening = Opening {
        scenario: Some("nanking_1937".to_owned()),
        seat: Some(Seat::Side(Side::China)),
        seed: Some(3),
        ..Opening::default()
    };
    let window = Window::open([1600.0, 1000.0], &opening);
    assert_eq!(
        window.shell.screen(),
        Screen::Battle,
        "{:?}",
        window.texts()
    );
    window
}

#[test]
fn the_layer_of_headquarters_and_links_is_on_a_key_and_draws_more() {
    let mut window = opened();
    let bare = window.frame(Vec::new()).len();
    window.press(Modifiers::NONE, Key::Num7);
    assert!(window.table.layers.contains(&Layer::Command));
    let drawn = window.frame(Vec::new()).len();
    assert!(drawn > bare + 30, "{bare} shapes before, {drawn} with it");
    window.press(Modifiers::NONE, Key::Num7);
    assert!(!window.table.layers.contains(&Layer::Command));
}

#[test]
fn a_directive_is_given_by_hand_carried_out_saved_and_replayed() {
    let mut window = opened();
    let top = window
        .session()
        .scenario()
        .formation_by_id("cn_gf")
        .unwrap();
    window.table.clear();
    window.table.formation = Some(top);
    window.settle();
    // The panel is longer than the window: it is scrolled to what is clicked.
    let rect = window.camera.viewport;
    let panel = pos2(rect.right() + 150.0, rect.center().y);
    for _ in 0..30 {
        if window.visible("Give the directive") {
            break;
        }
        window.frame(vec![Event::PointerMoved(panel)]);
        window.frame(vec![Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, -60.0),
            phase: egui::TouchPhase::Move,
            modifiers: Modifiers::NONE,
        }]);
        window.settle();
    }
    window.click("May fall back");
    window.click("Give the directive");
    let given = |window: &Window| {
        let orders = window.session().picture.orders.clone();
        orders
            .iter()
            .filter(|(_, _, o)| matches!(o, Order::Directive { to: None, .. }))
            .count()
    };
    assert_eq!(given(&window), 1, "{:?}", window.table.message);
    window.press(Modifiers::NONE, Key::U);
    assert_eq!(given(&window), 0);
    window.press(Modifiers::NONE, Key::R);
    assert_eq!(given(&window), 1);
    window.end_turn();
    assert!(
        window
            .session()
            .picture
            .chain
            .stations
            .values()
            .any(|s| { s.standing.directive.kind == crate::battle::DirectiveKind::MayWithdraw })
    );
}

#[test]
fn a_crossing_is_ordered_by_a_click_on_the_pier() {
    let mut window = opened();
    let scenario = window.session().scenario().clone();
    let army = scenario.formation_by_id("cn_78c").unwrap();
    let own = window
        .session()
        .picture
        .counters
        .iter()
        .map(|c| c.id)
        .find(|u| scenario.is_under(scenario.unit(*u).formation, army))
        .expect("a unit of it");
    let kept = scenario
        .crossings()
        .iter()
        .find(|c| c.boats.iter().any(|(_, owner, _)| *owner == Some(army)))
        .expect("boats of its own")
        .hex;
    window.table.clear();
    window.table.unit = Some(own);
    window.settle();
    window.click("Embark");
    assert_eq!(window.table.armed, ArmedTask::Embark);
    let at = window.find(kept);
    window.click_at(at, PointerButton::Primary);
    let ordered = window.session().picture.order_of(own).map(|(_, t)| t);
    assert_eq!(
        ordered,
        Some(Task::Embark { at: kept }),
        "{:?}",
        window.table.message
    );
}
