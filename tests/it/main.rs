//! All tests in one binary: one link instead of ten.

mod broken;
mod commander;
mod forces;
mod map;
mod phases;
mod support;
