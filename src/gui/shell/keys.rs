//! Keys of the battle screen.

use crate::{
    battle::Task,
    gui::{
        board::camera::BoardCamera,
        intent::{Intent, Layer, SidePanel},
        session::Session,
        tabletop::Tabletop,
    },
};
use bevy_egui::egui::{InputState, Key, Modifiers, vec2};

/// Points a press of an arrow key moves the map.
const STEP: f32 = 60.0;

/// Intents of the keys pressed in this frame. Arrow keys move the camera at once.
pub fn pressed(
    input: &mut InputState,
    session: &Session,
    table: &Tabletop,
    camera: &mut BoardCamera,
) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let mut on = |modifiers: Modifiers, key: Key, intent: Intent| {
        if input.consume_key(modifiers, key) {
            wanted.push(intent);
        }
    };
    let none = Modifiers::NONE;
    let ctrl = Modifiers::COMMAND;
    on(ctrl, Key::Space, Intent::EndTurn { confirmed: false });
    on(ctrl, Key::Z, Intent::Undo);
    on(ctrl, Key::Y, Intent::Redo);
    on(ctrl, Key::S, Intent::Save);
    on(Modifiers::SHIFT, Key::N, Intent::NextUnit(false));
    on(none, Key::N, Intent::NextUnit(true));
    on(none, Key::U, Intent::Undo);
    on(none, Key::R, Intent::Redo);
    on(none, Key::A, Intent::NextAir);
    on(none, Key::Escape, Intent::Close);
    on(none, Key::G, Intent::Toggle(Layer::Grid));
    on(none, Key::T, Intent::Panel(SidePanel::Tree));
    on(none, Key::O, Intent::Panel(SidePanel::Orders));
    on(none, Key::E, Intent::Panel(SidePanel::Events));
    on(none, Key::C, Intent::Panel(SidePanel::Chronicle));
    on(none, Key::F1, Intent::Panel(SidePanel::Help));
    on(none, Key::Num1, Intent::Toggle(Layer::Counters));
    on(none, Key::Num2, Intent::Toggle(Layer::Names));
    on(none, Key::Num3, Intent::Toggle(Layer::Grid));
    on(none, Key::Num4, Intent::Toggle(Layer::Control));
    on(none, Key::Num5, Intent::Toggle(Layer::Works));
    on(none, Key::Num6, Intent::Toggle(Layer::Sight));
    on(none, Key::Num7, Intent::Toggle(Layer::Command));
    on(none, Key::Plus, Intent::Zoom(1.25));
    on(none, Key::Equals, Intent::Zoom(1.25));
    on(none, Key::Minus, Intent::Zoom(0.8));
    on(none, Key::Num0, Intent::FitMap);
    if table.confirming_end {
        on(none, Key::Enter, Intent::EndTurn { confirmed: true });
    }
    if table.playback.is_some() {
        on(none, Key::Space, Intent::PlayPause);
        on(none, Key::Enter, Intent::Skip);
    } else if let Some(unit) = table.unit
        && session.seat().commands(session.scenario().unit(unit).side)
    {
        let hold = Intent::Order {
            unit,
            task: Task::Hold,
            start_at: None,
        };
        on(none, Key::Space, hold);
        let by_hand = !session.hands().has_unit(unit);
        on(none, Key::H, Intent::TakeOver { unit, by_hand });
    }
    let arrows = [
        (Key::ArrowLeft, vec2(STEP, 0.0)),
        (Key::ArrowRight, vec2(-STEP, 0.0)),
        (Key::ArrowUp, vec2(0.0, STEP)),
        (Key::ArrowDown, vec2(0.0, -STEP)),
    ];
    for (key, delta) in arrows {
        if input.consume_key(none, key) {
            camera.pan(delta);
        }
    }
    wanted
}
