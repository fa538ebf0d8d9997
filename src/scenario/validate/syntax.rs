//! From text to a draft, or what is wrong with its RON, in words for people.

use super::{findings::Findings, names};
use crate::scenario::source::{self, Danger, Lines, MAX_DEPTH, Outline, Span};
use ron::error::Error;
use serde::de::DeserializeOwned;

/// Reads a text whose root is a `T`, which it must call by the name `kind`. What is wrong goes to
/// `findings`.
pub(super) fn read<T: DeserializeOwned>(
    text: &str,
    kind: &str,
    findings: &mut Findings,
) -> Option<T> {
    let mut deep = false;
    for danger in source::dangers(text) {
        match danger {
            Danger::Deep(at) => {
                deep = true;
                findings.error_at(
                    at,
                    format!("more than {MAX_DEPTH} brackets are open here"),
                    "is a bracket not closed?",
                );
            }
            Danger::NotFinite(at) => findings.error_at(
                at,
                format!("`{}` is not a finite number", short(&text[at.0..at.1])),
                "write a number such as 1 or 2.5",
            ),
        }
    }
    if deep {
        return None;
    }
    match source::root_name(text) {
        Some((from, to)) if &text[from..to] == kind => {}
        Some(at) => {
            findings.error_at(
                at,
                format!("the file begins with `{}`", short(&text[at.0..at.1])),
                format!("a file of this kind begins with `{kind}(`"),
            );
            return None;
        }
        None => {
            let first = source::first_token(text).unwrap_or_default();
            findings.error_at(
                first,
                "the file does not say what it is",
                format!("begin with `{kind}(`"),
            );
            return None;
        }
    }
    // Brackets were counted above; this limit covers whatever else the parser nests.
    match ron::Options::default()
        .with_recursion_limit(2 * MAX_DEPTH)
        .from_str(text)
    {
        Ok(draft) => Some(draft),
        Err(error) => {
            explain(text, &error, findings);
            None
        }
    }
}

fn short(word: &str) -> String {
    if word.chars().count() <= 40 {
        return word.to_owned();
    }
    word.chars().take(37).chain("...".chars()).collect()
}

/// The word that stands at a byte.
fn word_at(text: &str, byte: usize) -> &str {
    let rest = text.get(byte..).unwrap_or("");
    let end = rest
        .find(|c: char| c.is_whitespace() || ",()[]{}".contains(c))
        .unwrap_or(rest.len());
    &rest[..end]
}

fn explain(text: &str, error: &ron::error::SpannedError, findings: &mut Findings) {
    let lines = Lines::of(text);
    let start = lines.byte(text, error.span.start.line, error.span.start.col);
    // The parser's cursor may still stand on the white space before the word it refused.
    let blank = text[start..].len() - text[start..].trim_start().len();
    let start = if start + blank < text.len() {
        start + blank
    } else {
        start
    };
    let end = lines.byte(text, error.span.end.line, error.span.end.col);
    let outline = Outline::of(text);
    let (path, around) = outline.path_at(start.min(text.len().saturating_sub(1)));
    let what = if path.is_empty() {
        "the file".to_owned()
    } else {
        format!("`{path}`")
    };
    let at = (start, end.max(start));
    let found = short(word_at(text, start));
    let (at, message, help): (Span, String, String) = match &error.code {
        Error::NoSuchStructField {
            expected,
            found,
            outer,
        } => (
            at,
            format!("unknown field `{}`{}", short(found), inside(outer)),
            allowed(found, expected),
        ),
        Error::NoSuchEnumVariant {
            expected,
            found,
            outer,
        } => (
            at,
            format!("unknown value `{}`{}", short(found), inside(outer)),
            allowed(found, expected),
        ),
        // Reported where the struct ends; a reader looks for it where the struct begins.
        Error::MissingStructField { field, outer } => (
            around,
            format!("the field `{field}` is missing{}", inside(outer)),
            format!("add `{field}: ...`"),
        ),
        Error::DuplicateStructField { field, .. } => (
            at,
            format!("the field `{field}` is there twice"),
            "keep one of them".to_owned(),
        ),
        Error::ExpectedDifferentStructName { expected, found } => (
            at,
            format!(
                "`{}` stands where {} belongs",
                short(found),
                plain(expected)
            ),
            format!("write `(` and its fields, or `{}(`", plain(expected)),
        ),
        Error::ExpectedNamedStructLike(_) | Error::ExpectedStructLike => {
            wrong(at, &what, "a `(` with fields", &found)
        }
        Error::ExpectedString => wrong(at, &what, "a text in double quotes", &found),
        Error::ExpectedFloat => wrong(at, &what, "a number", &found),
        Error::ExpectedInteger => wrong(at, &what, "a whole number", &found),
        Error::ExpectedBoolean => wrong(at, &what, "`true` or `false`", &found),
        Error::ExpectedOption => wrong(at, &what, "`Some(...)` or `None`", &found),
        Error::ExpectedArray => wrong(at, &what, "a list `[...]`", &found),
        // The cursor is behind the sign.
        Error::IntegerOutOfBounds => (
            around,
            format!(
                "`{}` does not fit in {what}",
                short(&text[around.0..around.1])
            ),
            "a whole number, not negative, is expected".to_owned(),
        ),
        Error::ExpectedComma if text[start..].starts_with('.') => (
            around,
            format!("{what} has a decimal point"),
            "a whole number is expected".to_owned(),
        ),
        Error::ExpectedComma => (
            at,
            "a comma is missing before this, or a bracket or quotation mark is not closed"
                .to_owned(),
            match outline
                .path_at(text[..start].trim_end().len().saturating_sub(1))
                .0
            {
                before if before.is_empty() => "values are parted by commas".to_owned(),
                before => format!("the value of `{before}` ends here"),
            },
        ),
        Error::Eof => (
            (text.trim_end().len(), text.len()),
            "the text ends too early".to_owned(),
            "is a bracket or a quotation mark not closed?".to_owned(),
        ),
        Error::UnclosedBlockComment => {
            let opened = text[..start].rfind("/*").unwrap_or(start);
            (
                (opened, end),
                "this comment is not closed".to_owned(),
                "it ends with `*/`".to_owned(),
            )
        }
        Error::TrailingCharacters => (
            (start, text.trim_end().len().max(start)),
            "the file goes on after its end".to_owned(),
            "everything stands inside the first pair of brackets".to_owned(),
        ),
        Error::ExpectedMapColon => (
            at,
            "a colon is missing here".to_owned(),
            "fields are written `name: value`".to_owned(),
        ),
        Error::ExpectedDifferentLength { expected, found } => (
            around,
            format!("{what} has {found} values"),
            format!("expected is {expected}"),
        ),
        Error::InvalidValueForType { expected, found } => (
            at,
            format!("{what} is {}", short(found)),
            format!("expected is {expected}"),
        ),
        other => (at, format!("in {what}: {other}"), String::new()),
    };
    findings.error_at(at, message, help);
}

fn wrong(at: Span, what: &str, expected: &str, found: &str) -> (Span, String, String) {
    let found = if found.is_empty() {
        String::new()
    } else {
        format!(", not `{found}`")
    };
    (
        at,
        format!("{what} must be {expected}{found}"),
        format!("write {expected}"),
    )
}

fn inside(outer: &Option<String>) -> String {
    outer
        .as_ref()
        .map_or_else(String::new, |o| format!(" in {}", plain(o)))
}

/// Type names end in `File` in the program, not in the files.
fn plain(name: &str) -> &str {
    name.strip_suffix("File").unwrap_or(name)
}

fn allowed(found: &str, expected: &[&str]) -> String {
    let list = names::list(expected);
    match names::nearest(found, expected) {
        Some(near) => format!("did you mean `{near}`? allowed: {list}"),
        None => format!("allowed: {list}"),
    }
}
