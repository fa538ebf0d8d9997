//! All tests in one binary: one link instead of ten.

mod architecture;
mod broken;
mod cli;
mod commander;
mod conservation;
mod determinism;
mod events;
mod forces;
mod map;
mod mending;
mod phases;
mod preview;
mod records;
mod report;
mod retelling;
mod scale;
mod scenarios;
mod schedule;
mod sieges;
mod snapshot;
mod study;
mod support;
