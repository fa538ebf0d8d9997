//! Problems found in a file, each with its place, and how they are written for people.
//!
//! Nothing here prints: texts are returned, and the command line decides where they go and
//! whether in colour.

use super::MemoryFiles;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource};
use std::fmt;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be played.
    Error,
    /// It can, but look at it.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
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

impl fmt::Display for Problem {
    /// One plain line: `file:line:column: error: message (help)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem {
            severity,
            file,
            line,
            column,
            message,
            help,
            ..
        } = self;
        write!(f, "{file}:{line}:{column}: {severity}: {message}")?;
        if !help.is_empty() {
            write!(f, " ({help})")?;
        }
        Ok(())
    }
}

impl Problem {
    /// Several lines with an excerpt of the file's text, if it is at hand.
    pub fn excerpt(&self, text: Option<&str>, colour: bool) -> String {
        let theme = if colour {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        // The renderer cannot print columns beyond 65,535, and nobody could read such a line.
        let text = text.filter(|t| self.longest_line(t) <= LONGEST);
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(false)
            .with_width(100);
        let shown = Shown {
            problem: self,
            source: text.map(|t| NamedSource::new(&self.file, t.to_owned())),
        };
        let mut out = String::new();
        match handler.render_report(&mut out, &shown) {
            Ok(()) => out,
            Err(_) => self.to_string(),
        }
    }

    /// Bytes of the longest line that an excerpt would show: the problem's own and its neighbours.
    fn longest_line(&self, text: &str) -> usize {
        text.split('\n')
            .skip(self.line.saturating_sub(3))
            .take(5)
            .map(str::len)
            .max()
            .unwrap_or(0)
    }
}

/// Longest line of an excerpt, bytes.
const LONGEST: usize = 4_000;

/// Most problems shown with an excerpt; further ones have their plain line only.
const EXCERPTS: usize = 25;

/// All problems for people: each as a plain line with its place, then its excerpt.
pub fn report(problems: &[Problem], texts: &MemoryFiles, colour: bool) -> String {
    let mut out = String::new();
    for (i, problem) in problems.iter().enumerate() {
        let text = texts.0.get(&problem.file).map(String::as_str);
        out.push_str(&problem.to_string());
        out.push('\n');
        if i < EXCERPTS && problem.span.is_some() && text.is_some() {
            out.push_str(&problem.excerpt(text, colour));
        }
        out.push('\n');
    }
    out
}

/// Longest excerpt marked; a whole file underlined helps nobody.
const MARKED: usize = 80;

/// A problem with its text, as miette wants it.
struct Shown<'a> {
    problem: &'a Problem,
    source: Option<NamedSource<String>>,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.problem, f)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.problem.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.problem.help.is_empty()).then(|| Box::new(&self.problem.help) as _)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.source.as_ref().map(|s| s as _)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let source = self.source.as_ref()?.inner();
        let (from, to) = self.problem.span?;
        let marked = source.get(from..to)?;
        // The first line of a value, so that a whole table is not printed.
        let length = marked
            .char_indices()
            .take(MARKED)
            .take_while(|(_, c)| *c != '\n')
            .last()
            .map_or(0, |(i, c)| i + c.len_utf8());
        let label = (!self.problem.path.is_empty()).then(|| self.problem.path.clone());
        Some(Box::new(std::iter::once(LabeledSpan::new(
            label, from, length,
        ))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_written_with_its_place_and_an_excerpt() {
        let problem = Problem {
            severity: Severity::Error,
            file: "a.ron".into(),
            path: "b".into(),
            span: Some((9, 12)),
            line: 2,
            column: 4,
            message: "b must not be 3.5".into(),
            help: "use 4".into(),
        };
        let text = "(a: 1,\nb: 3.5)".to_owned();
        let texts = MemoryFiles([("a.ron".to_owned(), text)].into());
        let out = report(&[problem], &texts, false);
        assert!(
            out.starts_with("a.ron:2:4: error: b must not be 3.5 (use 4)\n"),
            "{out}"
        );
        assert!(
            out.contains("b: 3.5)") && out.contains("help: use 4"),
            "{out}"
        );
        assert!(!out.contains('\u{1b}'), "no colour unless asked");
    }
}
