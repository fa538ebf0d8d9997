//! Nanking 1937.
pub mod cli;
pub mod scenario;
