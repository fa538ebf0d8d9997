//! Ctrl, Shift and Alt as they were when each key went down. `bevy_egui` gives all keys of a frame the
//! state at its end; where frames are long (a software renderer), Ctrl+Space would be heard as Space.
//! It also tells egui of them in every frame, changed or not, and egui draws another frame after any
//! event: what is no news is left out, so that a window in which nothing moves rests.

use bevy::{
    input::{
        ButtonState,
        keyboard::{Key, KeyboardFocusLost, KeyboardInput},
    },
    prelude::*,
};
use bevy_egui::{
    EguiInput,
    egui::{self, Event, Modifiers},
    helpers::bevy_to_egui_key,
};

/// What is held down, from frame to frame.
#[derive(Resource, Default)]
pub struct Held {
    now: Modifiers,
    told: Option<Modifiers>,
}

/// Gives each key of this frame the modifiers of its own moment.
pub fn give_each_key_its_own(
    mut held: ResMut<Held>,
    mut keyboard: MessageReader<KeyboardInput>,
    mut lost: MessageReader<KeyboardFocusLost>,
    mut inputs: Query<&mut EguiInput>,
) {
    if lost.read().next().is_some() {
        held.now = Modifiers::NONE;
    }
    let mut keys = Vec::new();
    for message in keyboard.read() {
        let down = message.state == ButtonState::Pressed;
        follow(&mut held.now, &message.logical_key, down);
        if let Some(key) = bevy_to_egui_key(&message.logical_key) {
            keys.push((key, down, held.now));
        }
    }
    for mut input in &mut inputs {
        correct(&mut input.events, &keys);
        leave_out_no_news(&mut input.events, &mut held.told);
    }
}

fn leave_out_no_news(events: &mut Vec<Event>, told: &mut Option<Modifiers>) {
    events.retain(|event| match event {
        Event::ModifiersChanged(now) => told.replace(*now) != Some(*now),
        _ => true,
    });
}

fn follow(held: &mut Modifiers, key: &Key, down: bool) {
    match key {
        Key::Shift => held.shift = down,
        Key::Alt => held.alt = down,
        Key::Control => {
            held.ctrl = down;
            held.command = down && !cfg!(target_os = "macos") || held.mac_cmd;
        }
        Key::Super | Key::Meta if cfg!(target_os = "macos") => {
            held.mac_cmd = down;
            held.command = down;
        }
        _ => {}
    }
}

/// Both lists are in the order of time; keys that egui does not know are in neither.
fn correct(events: &mut [Event], keys: &[(egui::Key, bool, Modifiers)]) {
    let mut keys = keys.iter();
    for event in events {
        if let Event::Key {
            key,
            pressed,
            modifiers,
            ..
        } = event
            && let Some((.., own)) = keys.find(|(k, p, _)| k == key && p == pressed)
        {
            *modifiers = *own;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy_egui::egui::Key as EguiKey;

    #[test]
    fn what_is_no_news_of_the_modifiers_is_left_out() {
        let mut told = None;
        let mut left = |now| {
            let mut events = vec![Event::Copy, Event::ModifiersChanged(now)];
            leave_out_no_news(&mut events, &mut told);
            events.len() - 1
        };
        let told = [
            Modifiers::NONE,
            Modifiers::NONE,
            Modifiers::SHIFT,
            Modifiers::SHIFT,
            Modifiers::NONE,
        ]
        .map(&mut left);
        assert_eq!(told, [1, 0, 1, 0, 1]);
    }

    #[test]
    fn keys_of_one_frame_keep_the_modifiers_of_their_moment() {
        let mut held = Modifiers::NONE;
        let mut keys = Vec::new();
        for (key, egui_key, down) in [
            (Key::Control, None, true),
            (Key::Space, Some(EguiKey::Space), true),
            (Key::Space, Some(EguiKey::Space), false),
            (Key::Control, None, false),
            (Key::Space, Some(EguiKey::Space), true),
        ] {
            follow(&mut held, &key, down);
            if let Some(key) = egui_key {
                keys.push((key, down, held));
            }
        }
        let event = |pressed| Event::Key {
            key: EguiKey::Space,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        let mut events = [event(true), event(false), event(true)];
        correct(&mut events, &keys);
        let ctrl: Vec<bool> = events
            .iter()
            .map(|e| matches!(e, Event::Key { modifiers, .. } if modifiers.ctrl))
            .collect();
        assert_eq!(ctrl, [true, true, false]);
    }
}
