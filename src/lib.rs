//! Nanking 1937.
pub mod battle;
pub mod cli;
pub mod commander;
#[cfg(feature = "gui")]
pub mod gui;
pub mod record;
pub mod scenario;
