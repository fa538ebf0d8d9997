//! Nanking 1937.
pub mod scenario;
