//! One test binary: its modules are the tests.

mod broken;
mod map;
