//! Decisions that events put to a command: asked, answered by a click, taken back.

use super::{
    desk::{Desk, texts},
    lesson::{campaign, end_turn, session},
};
use crate::{
    battle::{Event, Order, route::Pathfinder},
    gui::{
        clockwork,
        intent::Intent,
        panels::decisions,
        session::{Seat, Session},
        tabletop::Tabletop,
    },
};
use bevy_egui::egui::{Key, Ui};

fn panel(session: &Session) -> impl Fn(&mut Ui) -> Vec<Intent> {
    move |ui: &mut Ui| decisions::show(ui.ctx(), session, &Tabletop::default())
}

#[test]
fn a_question_is_shown_answered_by_a_click_taken_back_and_carried_out() {
    // The article: scorched earth from 7 December; that it was weighed the evening before is ours.
    let mut session = campaign(10);
    let spare = "The houses are spared.";
    let desk = Desk::new([1280.0, 720.0]);
    let wanted = desk.click(spare, &panel(&session));
    let [intent @ Intent::Decide { .. }] = &wanted[..] else {
        panic!("{wanted:?}");
    };
    let (mut table, mut finder) = (Tabletop::default(), Pathfinder::default());
    clockwork::carry_out(intent.clone(), &mut session, &mut table, &mut finder);
    assert_eq!(table.message, None);
    assert!(
        session
            .picture
            .orders
            .iter()
            .any(|(_, _, o)| matches!(o, Order::Decide { .. }))
    );
    // Taken back, and given again.
    let wanted = desk.click("Take back", &panel(&session));
    for intent in wanted {
        clockwork::carry_out(intent, &mut session, &mut table, &mut finder);
    }
    assert!(session.picture.orders.is_empty());
    clockwork::carry_out(intent.clone(), &mut session, &mut table, &mut finder);
    end_turn(&mut session);
    let decided = session.events.iter().any(|l| {
        matches!(
            l.event,
            Event::Decided {
                option: 1,
                lapsed: false,
                ..
            }
        )
    });
    assert!(decided, "the answer was taken");
}

#[test]
fn a_question_is_answered_by_keys_alone_and_its_sources_stand_beside_it() {
    let session = campaign(10);
    let desk = Desk::new([1280.0, 720.0]);
    let show = panel(&session);
    let all = texts(&desk.read(&show)).join("\n");
    assert!(
        all.contains("Source: article (Tang's order of 7 December"),
        "{all}"
    );
    assert!(all.contains("Source: judgement: the choice that was not made"));
    let mut wanted = desk.press(Key::D, &show);
    wanted.extend(desk.press(Key::ArrowDown, &show));
    assert!(wanted.is_empty(), "{wanted:?}");
    let wanted = desk.press(Key::Enter, &show);
    assert!(
        matches!(wanted[..], [Intent::Decide { option: 1, .. }]),
        "{wanted:?}"
    );
    assert!(desk.press(Key::Enter, &show).is_empty(), "it has let go");
}

/// The longest question of the historical battle, with all that stands under it, on the smallest
/// screen.
#[test]
fn the_longest_question_lies_on_the_smallest_screen() {
    let session = campaign(10);
    let desk = Desk::new([1280.0, 720.0]);
    for item in desk.read(&panel(&session)) {
        assert!(desk.screen().contains_rect(item.rect), "{item:?}");
    }
}

#[test]
fn nothing_is_shown_where_nothing_is_asked() {
    let session = session(Seat::Both);
    let desk = Desk::new([1280.0, 720.0]);
    assert!(desk.read(&panel(&session)).is_empty());
}
