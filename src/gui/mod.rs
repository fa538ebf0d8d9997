//! The window: a Bevy app with egui panels. It reads everything and changes a battle only through
//! [`session::Session`], which alone calls `order`, `retract` and `end_turn`.
//!
//! Bevy draws the ground (meshes made once from the map's features); egui draws counters, overlays
//! and panels. Panels are functions from what is shown to what is wanted ([`intent::Intent`]) and
//! can be tested without a window.

pub mod app;
pub mod board;
pub mod clockwork;
pub mod counters;
pub mod foresight;
pub mod intent;
pub mod panels;
pub mod picture;
pub mod playback;
pub mod screens;
pub mod session;
pub mod shell;
pub mod sight;
pub mod storage;
pub mod tabletop;
pub mod theme;

use crate::{
    commander::Level,
    scenario::{Options, Side},
};
use bevy::prelude::*;

/// What the window shows.
#[derive(States, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// Start screen: scenario, side, strength, seed, load.
    #[default]
    Menu,
    /// The battle: planning, resolution, playback.
    Battle,
    /// Result and epilogue.
    Result,
}

/// How the window is opened.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// Scenario path or name; none: the start screen chooses.
    pub scenario: Option<String>,
    /// Seat taken at once; none: the start screen asks.
    pub seat: Option<session::Seat>,
    /// Seed.
    pub seed: Option<u64>,
    /// Estimates of strength and switches to open with.
    pub options: Options,
    /// Levels of computer commanders to open with.
    pub levels: Vec<(Side, Level)>,
    /// Leave after so many frames and print frame times (for measuring).
    pub frames: Option<u32>,
}
