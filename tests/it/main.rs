//! All tests in one binary: one link instead of ten.

mod broken;
mod conservation;
mod determinism;
mod events;
mod forces;
mod map;
mod phases;
mod preview;
mod retelling;
mod schedule;
mod snapshot;
mod support;
