//! Nanking 1937.
pub mod battle;
pub mod cli;
pub mod commander;
pub mod scenario;
