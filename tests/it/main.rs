//! All tests in one binary: one link instead of ten.

mod architecture;
mod bands;
mod broken;
mod cli;
mod commander;
mod conservation;
mod determinism;
mod events;
mod forces;
mod games;
mod map;
mod paired;
mod phases;
mod points;
mod preconditions;
mod preview;
mod records;
mod report;
mod retelling;
mod scale;
mod scenarios;
mod schedule;
mod scripts;
mod snapshot;
mod study;
mod support;
