//! The decisions that scenario events have put to the commands at this seat: the question, until when,
//! and the answers, each with where it comes from. An answer is an order like any other: it is taken
//! when the turn goes on, and can be taken back until then.

use super::{gauge, words};
use crate::{
    battle::{Order, OrderId},
    gui::{intent::Intent, session::Session, tabletop::Tabletop, theme},
    scenario::{
        Hours, Side,
        events::{Decision, DecisionId},
    },
};
use bevy_egui::egui::{
    Align2, Button, Context, Key, Label, Modifiers, RichText, ScrollArea, Ui, Window, pos2, vec2,
};

/// Width of the text, points.
const WIDTH: f32 = 420.0;

/// Shows those that are open, if there are any, while orders can be given.
pub fn show(ctx: &Context, session: &Session, table: &Tabletop) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let open = open(session);
    if open.is_empty() || session.busy() || session.unseen() || table.playback.is_some() {
        return wanted;
    }
    let title = match open.len() {
        1 => "A decision is asked for".to_owned(),
        n => format!("{n} decisions are asked for"),
    };
    let height = (ctx.content_rect().height() * 0.56).max(160.0);
    // D goes to the first answer; arrows go on from there, Enter or Space answers, Esc lets go.
    let mut focus = !ctx.egui_wants_keyboard_input()
        && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::D));
    Window::new(RichText::new(title).strong())
        .id("decisions".into())
        .pivot(Align2::LEFT_TOP)
        .default_pos(pos2(300.0, 64.0))
        .collapsible(true)
        .auto_sized()
        .show(ctx, |ui| {
            ui.set_width(WIDTH);
            ScrollArea::vertical()
                .id_salt("decisions")
                .max_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for (nth, (id, decision, until)) in open.iter().enumerate() {
                        if nth > 0 {
                            ui.separator();
                        }
                        ui.push_id(id.0, |ui| {
                            let first = std::mem::take(&mut focus);
                            one(ui, session, *id, decision, *until, first, &mut wanted);
                        });
                    }
                });
        });
    wanted
}

/// What is asked of the commands that are played here, in order.
fn open(session: &Session) -> Vec<(DecisionId, &Decision, Hours)> {
    let Some(battle) = session.battle() else {
        return Vec::new();
    };
    Side::ALL
        .into_iter()
        .filter(|side| session.seat().commands(*side))
        .flat_map(|side| battle.view(side).open_decisions().collect::<Vec<_>>())
        .collect()
}

fn one(
    ui: &mut Ui,
    session: &Session,
    id: DecisionId,
    decision: &Decision,
    until: Hours,
    mut focus: bool,
    wanted: &mut Vec<Intent>,
) {
    let calendar = session.scenario().calendar();
    let sourced = |ui: &mut Ui, source: &str, confidence| {
        let text = format!("Source: {source} ({})", words::confidence(confidence));
        ui.add(Label::new(RichText::new(text).color(theme::PENCIL).small()).wrap());
    };
    ui.label(
        RichText::new(format!(
            "{} command, until {}",
            words::capital(decision.side.adjective()),
            calendar.text(until)
        ))
        .color(theme::PENCIL)
        .small(),
    );
    ui.add(Label::new(RichText::new(&decision.question).size(15.0)).wrap());
    sourced(ui, &decision.source, decision.confidence);
    ui.add_space(4.0);
    let given = answer(session, id);
    for (option, choice) in (0u16..).zip(&decision.options) {
        let chosen = given.is_some_and(|(_, o)| o == option);
        let button = Button::selectable(chosen, &choice.text)
            .wrap()
            .frame_when_inactive(true)
            .min_size(vec2(ui.available_width(), 0.0));
        let response = ui.add(button);
        if std::mem::take(&mut focus) {
            response.request_focus();
        }
        if response.clicked() {
            // So that keys are heard by the map again.
            response.surrender_focus();
            if !chosen {
                wanted.push(Intent::Decide {
                    side: decision.side,
                    decision: id,
                    option,
                });
            }
        }
        ui.indent(("source", option), |ui| {
            sourced(ui, &choice.source, choice.confidence);
        });
    }
    let note = match given {
        Some((order, _)) => {
            if gauge::button(ui, "Take back", None, "Leave it open for now.") {
                wanted.push(Intent::Retract(order));
            }
            "The answer is given when the turn goes on.".to_owned()
        }
        None => {
            let silence = decision.options.get(usize::from(decision.otherwise));
            format!(
                "D: answer by keyboard. Without an answer by then: {}",
                silence.map_or("", |choice| choice.text.as_str())
            )
        }
    };
    ui.add(Label::new(RichText::new(note).color(theme::PENCIL).small()).wrap());
}

/// The answer among the orders of the turn.
fn answer(session: &Session, id: DecisionId) -> Option<(OrderId, u16)> {
    session
        .picture
        .orders
        .iter()
        .find_map(|(order, _, what)| match *what {
            Order::Decide { decision, option } if decision == id => Some((*order, option)),
            _ => None,
        })
}
