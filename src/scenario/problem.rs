//! Problems found in a file, each with its place.
/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be played.
    Error,
    /// It can, but look at it.
    Warning,
}
/// One problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// File name.
    pub file: String,
    /// Place in the file as a path such as `units[12].start`.
    pub path: String,
    /// Byte range in the file's text, if known.
    pub span: Option<(usize, usize)>,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What is allowed, or what to do.
    pub help: String,
}
