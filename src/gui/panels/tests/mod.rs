//! Tests of the panels without a window: every panel for every seat, what clicks ask for, and what
//! one side must not be told.

mod asked;
mod boats;
mod command;
pub mod desk;
mod fire;
pub mod lesson;
mod staff;
mod telling;

use super::{card, end_turn, orders, playback_bar, top, tree, unit};
use crate::{
    battle::route::Pathfinder,
    battle::{Event, Task},
    gui::{
        clockwork::carry_out,
        intent::{ArmedTask, Intent, SidePanel},
        playback::Playback,
        session::{Seat, Session},
        tabletop::Tabletop,
    },
    scenario::{FormationId, Hex, Side, UnitId},
};
use bevy_egui::egui::Ui;
use desk::{Desk, texts};
use lesson::{SEATS, assault, end_turn as play, order, place, session, unit as unit_of};

const SMALL: [f32; 2] = [1280.0, 720.0];
const LARGE: [f32; 2] = [1600.0, 1000.0];

fn selecting(session: &Session, unit: UnitId) -> Tabletop {
    Tabletop {
        unit: Some(unit),
        hex: session.picture.counter(unit).map(|c| c.hex),
        ..Tabletop::default()
    }
}

/// Tables that show each panel, dialog and card at least once.
fn tables(session: &mut Session) -> Vec<Tabletop> {
    let scenario = session.scenario().clone();
    let all = [
        SidePanel::Tree,
        SidePanel::Orders,
        SidePanel::Events,
        SidePanel::Help,
    ];
    let mut tables: Vec<Tabletop> = (0..scenario.units().len() as u32)
        .map(|i| selecting(session, UnitId(i)))
        .collect();
    tables.extend((0..scenario.formations().len() as u32).map(|i| Tabletop {
        formation: Some(FormationId(i)),
        ..Tabletop::default()
    }));
    for table in &mut tables {
        table.panels = all.into_iter().collect();
    }
    let mut wanderer = Pathfinder::default();
    let hexes = [place(session, "village"), place(session, "bridge")];
    for hex in hexes {
        let mut table = Tabletop {
            hex: Some(hex),
            confirming_end: true,
            message: Some("A message.".to_owned()),
            ..Tabletop::default()
        };
        carry_out(Intent::OpenCard(hex), session, &mut table, &mut wanderer);
        tables.push(table);
    }
    tables.extend((0..session.events.len().min(400)).map(|index| Tabletop {
        fought: Some(index),
        ..Tabletop::default()
    }));
    tables.push(Tabletop {
        fought: Some(usize::MAX),
        unit: Some(UnitId(u32::MAX)),
        playback: Some(Playback::new(
            &scenario,
            &session.before,
            &session.picture,
            &session.turn_events,
            session.seat(),
        )),
        ..Tabletop::default()
    });
    tables
}

#[test]
fn every_panel_can_be_shown_to_every_seat() {
    for seat in SEATS {
        let mut session = session(seat);
        play(&mut session);
        let tables = tables(&mut session);
        for size in [SMALL, LARGE] {
            let desk = Desk::new(size);
            for table in &tables {
                let items = desk.read(&|ui| super::show(ui, &session, table).0);
                assert!(texts(&items).contains(&"Menu"), "{seat:?}");
            }
        }
    }
}

#[test]
fn a_fight_fought_can_be_read_by_every_seat_that_saw_it() {
    let mut both = session(Seat::Both);
    let index = assault(&mut both);
    let table = Tabletop {
        fought: Some(index),
        ..Tabletop::default()
    };
    let desk = Desk::new(SMALL);
    let items = desk.read(&|ui| card::show(ui.ctx(), &both, &table));
    let all = texts(&items).join("\n");
    for part in ["Log-odds", "Chance in this hour", "Roll", "Enemy power"] {
        assert!(all.contains(part), "{part}: {all}");
    }
    assert!(
        all.contains("They held") || all.contains("They gave way"),
        "{all}"
    );
    assert!(
        all.contains("Without \"")
            || all.contains("At even power")
            || all.contains("No single circumstance")
    );
    let closed = desk.click("Close", &|ui| card::show(ui.ctx(), &both, &table));
    assert_eq!(closed, [Intent::Close]);
}

#[test]
fn the_bar_at_the_top_fits_the_smallest_screen() {
    for seat in SEATS {
        let mut session = session(seat);
        play(&mut session);
        fits(&session, seat);
        session.end_turn();
        // Not taken back yet: the bar says that the turn is being worked out.
        assert!(session.busy());
        fits(&session, seat);
    }
}

fn fits(session: &Session, seat: Seat) {
    let table = Tabletop {
        message: Some("A long refusal that says why a unit cannot do what was asked. ".repeat(4)),
        ..Tabletop::default()
    };
    let desk = Desk::new(SMALL);
    let items = desk.read(&|ui| top::show(ui, session, &table));
    let buttons: Vec<_> = items.iter().filter(|i| i.clickable).collect();
    assert!(buttons.len() >= 10, "{:?}", texts(&items));
    for (i, a) in buttons.iter().enumerate() {
        for b in &buttons[i + 1..] {
            let both = a.rect.shrink(1.0).intersect(b.rect);
            assert!(!both.is_positive(), "{a:?} over {b:?}");
        }
    }
    for item in &items {
        assert!(desk.screen().contains_rect(item.rect), "{seat:?} {item:?}");
    }
}

#[test]
fn the_whole_card_lies_on_the_smallest_screen() {
    let mut session = session(Seat::Both);
    let fought = assault(&mut session);
    let attackers = match &session.events[fought].event {
        Event::Fought { attackers, at, .. } => (attackers[0], *at),
        other => panic!("{other:?}"),
    };
    let mut before = selecting(&session, attackers.0);
    let mut finder = Pathfinder::default();
    carry_out(
        Intent::OpenCard(attackers.1),
        &mut session,
        &mut before,
        &mut finder,
    );
    let after = Tabletop {
        fought: Some(fought),
        ..Tabletop::default()
    };
    for table in [before, after] {
        let desk = Desk::new(SMALL);
        let items = desk.read(&|ui| card::show(ui.ctx(), &session, &table));
        let close = items.iter().find(|i| i.text == "Close" && i.clickable);
        let close = close.unwrap_or_else(|| panic!("{:?}", texts(&items)));
        assert!(desk.screen().contains_rect(close.rect), "{close:?}");
        for item in items.iter().filter(|i| !i.text.is_empty()) {
            let across = item.rect.x_range();
            assert!(
                desk.screen().x_range().contains(across.min)
                    && desk.screen().x_range().contains(across.max),
                "{item:?}"
            );
        }
    }
}

#[test]
fn the_card_of_a_crowded_fight_lies_on_the_smallest_screen() {
    let mut session = lesson::campaign(8);
    let scenario = session.scenario().clone();
    let grid = &scenario.map().grid;
    let beside = |session: &Session, hex| -> Vec<UnitId> {
        grid.neighbours(hex)
            .flat_map(|(_, h)| session.picture.stack(h))
            .filter(|c| c.side == Side::Japan && scenario.unit(c.id).branch.can_assault())
            .map(|c| c.id)
            .collect()
    };
    let (target, attackers) = session
        .picture
        .counters
        .iter()
        .filter(|c| c.side == Side::China)
        .map(|c| (c.hex, beside(&session, c.hex)))
        .max_by_key(|(_, attackers)| attackers.len())
        .expect("Chinese units stand on the map");
    assert!(attackers.len() >= 5, "{attackers:?}");
    let mut table = selecting(&session, attackers[0]);
    let mut finder = Pathfinder::default();
    carry_out(
        Intent::OpenCard(target),
        &mut session,
        &mut table,
        &mut finder,
    );
    let desk = Desk::new(SMALL);
    let items = desk.read(&|ui| super::show(ui, &session, &table).0);
    let across = desk.screen().x_range();
    for name in attackers.iter().map(|id| &scenario.unit(*id).name) {
        let tick = items.iter().find(|i| i.clickable && i.text == *name);
        let tick = tick.unwrap_or_else(|| panic!("{name}: {:?}", texts(&items)));
        assert!(across.contains(tick.rect.min.x) && across.contains(tick.rect.max.x));
        assert!(tick.rect.height() < 30.0, "on one line: {tick:?}");
    }
    let close = items.iter().find(|i| i.text == "Close" && i.clickable);
    assert!(desk.screen().contains_rect(close.expect("a button").rect));
}

#[test]
fn buttons_of_the_bar_ask_for_what_they_say() {
    let session = session(Seat::Side(Side::China));
    let table = Tabletop::default();
    let desk = Desk::new(SMALL);
    let show = |ui: &mut Ui| top::show(ui, &session, &table);
    let expected = [
        ("End turn", Intent::EndTurn { confirmed: false }),
        ("Undo", Intent::Undo),
        ("Redo", Intent::Redo),
        ("Staff orders", Intent::Delegate(true)),
        ("Forces", Intent::Panel(SidePanel::Tree)),
        ("Orders", Intent::Panel(SidePanel::Orders)),
        ("Events", Intent::Panel(SidePanel::Events)),
        ("Help", Intent::Panel(SidePanel::Help)),
        ("Save", Intent::Save),
        ("Menu", Intent::ToMenu),
    ];
    for (button, intent) in expected {
        assert_eq!(desk.click(button, &show), [intent], "{button}");
    }
}

#[test]
fn an_observer_gives_no_orders() {
    let session = session(Seat::Watch);
    let table = Tabletop::default();
    let desk = Desk::new(SMALL);
    let items = desk.read(&|ui| top::show(ui, &session, &table));
    let greyed = |text: &str| items.iter().any(|i| i.text == text && i.disabled);
    assert!(greyed("Undo") && greyed("Redo") && greyed("Staff orders"));
    assert!(!greyed("End turn"));
}

#[test]
fn losses_of_the_other_side_are_told_only_to_who_sees_both() {
    for (seat, unknown) in [
        (Seat::Side(Side::China), 1),
        (Seat::Side(Side::Japan), 1),
        (Seat::Both, 0),
        (Seat::Watch, 0),
    ] {
        let session = session(seat);
        let table = Tabletop::default();
        let items = Desk::new(SMALL).read(&|ui| top::show(ui, &session, &table));
        let told = items
            .iter()
            .filter(|i| i.text.contains("killed and wounded seen"))
            .count();
        assert_eq!(told, unknown, "{seat:?}");
    }
}

#[test]
fn a_units_buttons_order_it() {
    let session = session(Seat::Side(Side::Japan));
    let infantry = unit_of(&session, "column_1");
    let table = selecting(&session, infantry);
    let desk = Desk::new([300.0, 1400.0]);
    let show = |ui: &mut Ui| unit::show(ui, &session, &table);
    let hold = |task| Intent::Order {
        unit: infantry,
        task,
        start_at: None,
    };
    assert_eq!(desk.click("Hold", &show), [hold(Task::Hold)]);
    assert_eq!(desk.click("Rest", &show), [hold(Task::Rest)]);
    for (name, armed) in [
        ("March", ArmedTask::March),
        ("Forced march", ArmedTask::ForcedMarch),
        ("Assault", ArmedTask::Assault),
        ("Withdraw", ArmedTask::Withdraw),
    ] {
        assert_eq!(desk.click(name, &show), [Intent::Arm(armed)], "{name}");
    }
    assert_eq!(desk.click("Bombard", &show), [], "infantry has no guns");
    let items = desk.read(&show);
    let greyed = |text: &str| items.iter().any(|i| i.text == text && i.disabled);
    assert!(greyed("Bombard") && greyed("Support") && !greyed("Assault"));
}

#[test]
fn guns_bombard_and_do_not_assault() {
    let session = session(Seat::Side(Side::Japan));
    let table = selecting(&session, unit_of(&session, "column_battery"));
    let desk = Desk::new([300.0, 1400.0]);
    let show = |ui: &mut Ui| unit::show(ui, &session, &table);
    assert_eq!(
        desk.click("Bombard", &show),
        [Intent::Arm(ArmedTask::Bombard)]
    );
    assert_eq!(
        desk.click("Support", &show),
        [Intent::Arm(ArmedTask::Support)]
    );
    assert_eq!(desk.click("Assault", &show), []);
}

#[test]
fn an_armed_task_is_let_go_by_a_second_click() {
    let session = session(Seat::Side(Side::Japan));
    let mut table = selecting(&session, unit_of(&session, "column_1"));
    table.armed = ArmedTask::March;
    let desk = Desk::new([300.0, 1400.0]);
    let wanted = desk.click("March", &|ui| unit::show(ui, &session, &table));
    assert_eq!(wanted, [Intent::Arm(ArmedTask::Fitting)]);
}

#[test]
fn the_other_sides_units_show_neither_buttons_nor_books() {
    let mut session = session(Seat::Both);
    assault(&mut session);
    let fresh = lesson::session(Seat::Side(Side::China));
    let enemy = unit_of(&fresh, "column_1");
    let table = selecting(&fresh, enemy);
    let items = Desk::new([300.0, 1400.0]).read(&|ui| unit::show(ui, &fresh, &table));
    let all = texts(&items);
    for hidden in ["Hold", "March", "cohesion", "order in force"] {
        assert!(!all.contains(&hidden), "{hidden}: {all:?}");
    }
}

#[test]
fn an_order_is_listed_and_can_be_taken_back() {
    let mut session = session(Seat::Side(Side::Japan));
    let to = place(&session, "bridge");
    order(&mut session, "column_1", Task::March { to, forced: false });
    let desk = Desk::new([300.0, 400.0]);
    let show = |ui: &mut Ui| orders::show(ui, &session, &Tabletop::default());
    let items = desk.read(&show);
    let sentence = "I Battalion of the column: march to";
    let listed = items.iter().any(|i| i.text.starts_with(sentence));
    assert!(listed, "{:?}", texts(&items));
    let id = session.picture.orders[0].0;
    assert_eq!(desk.click("x", &show), [Intent::Retract(id)]);
}

#[test]
fn the_tree_shows_the_sides_seen_and_finds_units() {
    for (seat, sides) in [(Seat::Side(Side::China), 1), (Seat::Both, 2)] {
        let session = session(seat);
        let lines = tree::lines(&session, &Default::default(), "", None);
        let shown = lines
            .iter()
            .filter(|l| matches!(l, tree::Line::Side(_)))
            .count();
        assert_eq!(shown, sides);
    }
    let session = session(Seat::Both);
    let lines = tree::lines(&session, &Default::default(), "battery", None);
    let battery = unit_of(&session, "column_battery");
    let units: Vec<_> = lines
        .iter()
        .filter_map(|l| match l {
            tree::Line::Unit(id, _) => Some(*id),
            _ => None,
        })
        .collect();
    assert_eq!(units, [battery]);
    assert!(tree::lines(&session, &Default::default(), "no such name", None).is_empty());
}

#[test]
fn a_click_in_the_tree_selects_and_looks_there() {
    let session = session(Seat::Side(Side::China));
    let table = Tabletop::default();
    let desk = Desk::new([268.0, 600.0]);
    let show = |ui: &mut Ui| tree::show(ui, &session, &table);
    let garrison = session.scenario().formation_by_id("garrison").unwrap();
    assert_eq!(
        desk.click("Garrison of the village", &show),
        [Intent::SelectFormation(garrison)]
    );
    assert_eq!(desk.click("+", &show), []);
    let unit = unit_of(&session, "garrison_1");
    let hex = session.picture.counter(unit).unwrap().hex;
    assert_eq!(
        desk.click("I Battalion of the garrison", &show),
        [Intent::SelectUnit(unit), Intent::LookAt(hex)]
    );
}

#[test]
fn the_question_before_the_end_of_a_turn_offers_four_answers() {
    let session = session(Seat::Side(Side::Japan));
    let table = Tabletop {
        confirming_end: true,
        ..Tabletop::default()
    };
    let desk = Desk::new(SMALL);
    let show = |ui: &mut Ui| end_turn::show(ui.ctx(), &session, &table);
    let end = Intent::EndTurn { confirmed: true };
    assert_eq!(
        desk.click("Let the staff order them", &show),
        [Intent::Delegate(true), end.clone()]
    );
    assert_eq!(desk.click("End turn anyway", &show), [end]);
    assert_eq!(desk.click("Go back", &show), [Intent::Close]);
    assert_eq!(
        desk.click("do not ask again", &show),
        [Intent::NeverAsk(true)]
    );
}

/// A hex that a unit beside it can assault, with the card open. Men in flight, or not seen where they
/// stand, are in no forecast.
fn forecast(session: &mut Session) -> Option<(Hex, UnitId, Tabletop)> {
    let grid = &session.scenario().map().grid;
    let pairs: Vec<(Hex, UnitId)> = session
        .picture
        .counters
        .iter()
        .filter(|c| c.side == Side::China)
        .flat_map(|c| grid.neighbours(c.hex).map(|(_, h)| (c.hex, h)))
        .flat_map(|(target, h)| session.picture.stack(h).map(move |b| (target, b)))
        .filter(|(_, b)| {
            b.side == Side::Japan && session.scenario().unit(b.id).branch.can_assault()
        })
        .map(|(target, b)| (target, b.id))
        .collect();
    let mut wanderer = Pathfinder::default();
    pairs.into_iter().find_map(|(target, attacker)| {
        let mut table = selecting(session, attacker);
        let open = Intent::OpenCard(target);
        carry_out(open, session, &mut table, &mut wanderer);
        let forecast = table.card.as_ref().is_some_and(|c| c.preview.is_some());
        forecast.then_some((target, attacker, table))
    })
}

#[test]
fn the_card_before_an_assault_shows_odds_and_orders_units() {
    let mut session = session(Seat::Both);
    let (target, attacker, table) = (0..8)
        .find_map(|_| {
            assault(&mut session);
            forecast(&mut session)
        })
        .expect("in some turn of the attack both sides stand side by side");
    let desk = Desk::new(SMALL);
    let show = |ui: &mut Ui| card::show(ui.ctx(), &session, &table);
    let items = desk.read(&show);
    let all = texts(&items).join("\n");
    assert!(all.contains("Taken within the turn"), "{all}");
    for part in ["Power", "Log-odds", "Men who can engage", "held"] {
        assert!(all.contains(part), "{part}: {all}");
    }
    let wanted = desk.click("Order the assault", &show);
    assert!(wanted.contains(&Intent::OpenCard(target)), "{wanted:?}");
    assert!(wanted.iter().any(|w| matches!(
        w,
        Intent::Order { unit, task: Task::Assault { target: t }, .. } if *unit == attacker && *t == target
    )));
}

#[test]
fn playback_can_be_paused_sped_up_and_skipped() {
    let mut session = session(Seat::Side(Side::Japan));
    play(&mut session);
    let table = Tabletop {
        playback: Some(Playback::new(
            session.scenario(),
            &session.before,
            &session.picture,
            &session.turn_events,
            session.seat(),
        )),
        ..Tabletop::default()
    };
    let desk = Desk::new(SMALL);
    let show = |ui: &mut Ui| playback_bar::show(ui, &session, &table);
    assert_eq!(desk.click("Pause", &show), [Intent::PlayPause]);
    assert_eq!(desk.click("4x", &show), [Intent::Speed(4.0)]);
    assert_eq!(desk.click("Skip", &show), [Intent::Skip]);
}
