//! Commanders.
