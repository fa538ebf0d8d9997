//! Nanking 1937.
pub mod battle;
pub mod scenario;
