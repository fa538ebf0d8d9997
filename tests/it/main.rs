//! All tests in one binary: one link instead of ten.

mod forces;
mod map;
