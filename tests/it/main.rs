//! All tests in one binary: one link instead of ten.

mod architecture;
mod broken;
mod cli;
mod commander;
mod forces;
mod map;
mod phases;
mod records;
mod report;
mod support;
