//! The command line: files and terminal on one side, the library on the other. The only part of
//! the program that touches the file system.

pub mod check;
pub mod shelf;
