//! All integration tests in one program: one link instead of many.

mod broken;
mod forces;
mod map;
