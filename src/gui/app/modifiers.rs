//! Ctrl, Shift and Alt as they were when each key went down. `bevy_egui` gives all keys of a frame the
//! state at its end; where frames are long (a software renderer), Ctrl+Space would be heard as Space.

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
pub struct Held(Modifiers);

/// Gives each key of this frame the modifiers of its own moment.
pub fn give_each_key_its_own(
    mut held: ResMut<Held>,
    mut keyboard: MessageReader<KeyboardInput>,
    mut lost: MessageReader<KeyboardFocusLost>,
    mut inputs: Query<&mut EguiInput>,
) {
    if lost.read().next().is_some() {
        held.0 = Modifiers::NONE;
    }
    let mut keys = Vec::new();
    for message in keyboard.read() {
        let down = message.state == ButtonState::Pressed;
        follow(&mut held.0, &message.logical_key, down);
        if let Some(key) = bevy_to_egui_key(&message.logical_key) {
            keys.push((key, down, held.0));
        }
    }
    if keys.is_empty() {
        return;
    }
    for mut input in &mut inputs {
        correct(&mut input.events, &keys);
    }
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
