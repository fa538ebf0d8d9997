//! What the person at the window has set for good.

use crate::commander::Level;
use serde::{Deserialize, Serialize};

/// Settings. They never change a battle in hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Show the background before the first battle.
    pub background_first: bool,
    /// The background has been read.
    pub background_read: bool,
    /// End turns without asking about idle formations.
    pub never_ask: bool,
    /// When a turn is ended, the staff first orders all units that are not taken over.
    pub staff_at_end: bool,
    /// Levels of the computer's commanders last chosen, Chinese and Japanese.
    pub levels: [Level; 2],
    /// Size of everything on the screen, 1 is as designed.
    pub interface_scale: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            background_first: true,
            background_read: false,
            never_ask: false,
            staff_at_end: false,
            levels: [Level::default(); 2],
            interface_scale: 1.0,
        }
    }
}

impl Settings {
    /// Reads settings. What cannot be read is as at the first start, since settings are not worth
    /// an error.
    pub fn parse(text: &str) -> Self {
        let mut settings: Self = ron::Options::default()
            .with_recursion_limit(16)
            .from_str(text)
            .unwrap_or_default();
        if !settings.interface_scale.is_finite() {
            settings.interface_scale = 1.0;
        }
        settings.interface_scale = settings.interface_scale.clamp(0.75, 2.0);
        settings
    }

    /// Writes them.
    pub fn text(&self) -> String {
        // A struct of plain values can always be written.
        ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new()).unwrap_or_default()
    }
}
