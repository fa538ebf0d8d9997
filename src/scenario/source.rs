//! Where things stand in a RON text: an outline of its values with their positions, kept beside
//! serde, which forgets them.
//!
//! One pass over the tokens, without recursion, so that no text can overflow the stack. Tolerant:
//! a broken text still gets an outline, as far as its brackets can be followed. It must never
//! judge a text; what is right and wrong is said by `ron` and by [`super::validate`].

mod tokens;

use std::collections::BTreeMap;
pub(in crate::scenario) use tokens::{Kind, Tokens};

/// A byte range of a text.
pub type Span = (usize, usize);

/// Brackets in brackets a file may have; the deepest honest file needs about ten.
pub const MAX_DEPTH: usize = 64;

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Field(String),
    Item(usize),
}

#[derive(Clone, Debug, PartialEq)]
struct Node {
    parent: usize,
    step: Option<Step>,
    value: Span,
    name: Option<Span>,
}

/// The values of a text and where they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    nodes: Vec<Node>,
    inside: BTreeMap<(usize, Step), usize>,
}

/// An open bracket while the text is read.
struct Frame {
    node: usize,
    items: usize,
    /// `Some(...)`: stands for its content, so that paths need not name it.
    transparent: bool,
    field: Option<Span>,
    held: Option<Span>,
}

impl Outline {
    /// Reads a text. Never fails; a text with errors gives a smaller outline.
    pub fn of(text: &str) -> Self {
        let mut outline = Self {
            nodes: vec![Node {
                parent: 0,
                step: None,
                value: (0, text.len()),
                name: None,
            }],
            inside: BTreeMap::new(),
        };
        let mut open = vec![Frame {
            node: 0,
            items: 0,
            transparent: true,
            field: None,
            held: None,
        }];
        for token in Tokens::of(text) {
            let depth = open.len();
            let Some(frame) = open.last_mut() else { break };
            match token.kind {
                Kind::Word | Kind::Text => {
                    // Two words running: a comma was forgotten after a field's value.
                    if frame.field.is_some() && frame.held.is_some() {
                        outline.close_value(text, frame);
                    }
                    frame.held = Some(token.span);
                }
                Kind::Colon => frame.field = frame.held.take(),
                Kind::Comma => {
                    outline.close_value(text, frame);
                    frame.items += 1;
                }
                Kind::Open => {
                    let name = frame.held.take();
                    let start = name.map_or(token.span.0, |n| n.0);
                    let node = outline.begin(text, frame, (start, text.len()));
                    open.push(Frame {
                        node,
                        items: 0,
                        transparent: name.is_some_and(|(a, b)| &text[a..b] == "Some"),
                        field: None,
                        held: None,
                    });
                }
                Kind::Close if depth > 1 => {
                    outline.close_value(text, frame);
                    let (node, transparent) = (frame.node, frame.transparent);
                    open.pop();
                    let value = &mut outline.nodes[node].value;
                    if !transparent || value.1 == text.len() {
                        value.1 = token.span.1;
                    }
                }
                Kind::Close => {}
            }
        }
        while let Some(mut frame) = open.pop() {
            outline.close_value(text, &mut frame);
        }
        outline
    }

    fn close_value(&mut self, text: &str, frame: &mut Frame) {
        if let Some(span) = frame.held.take() {
            self.begin(text, frame, span);
        }
        frame.field = None;
    }

    /// The node of a value that begins in an open bracket.
    fn begin(&mut self, text: &str, frame: &Frame, value: Span) -> usize {
        if frame.transparent && frame.field.is_none() && frame.items == 0 {
            self.nodes[frame.node].value = value;
            return frame.node;
        }
        let step = match frame.field {
            Some((a, b)) => Step::Field(text[a..b].trim_matches('"').to_owned()),
            None => Step::Item(frame.items),
        };
        let node = self.nodes.len();
        self.nodes.push(Node {
            parent: frame.node,
            step: Some(step.clone()),
            value,
            name: frame.field,
        });
        self.inside.entry((frame.node, step)).or_insert(node);
        node
    }

    /// Where the value at a path such as `units[12].start` stands; if the text has no such value,
    /// the nearest one around it.
    pub fn find(&self, path: &str) -> Span {
        let mut at = 0;
        for step in steps(path) {
            match self.inside.get(&(at, step)) {
                Some(node) => at = *node,
                None => break,
            }
        }
        self.nodes[at].value
    }

    /// Path of the innermost value at a byte of the text, and its span.
    pub fn path_at(&self, byte: usize) -> (String, Span) {
        let innermost = self
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, n)| {
                let from = n.name.map_or(n.value.0, |name| name.0);
                from <= byte && byte < n.value.1.max(from + 1)
            })
            .min_by_key(|(i, n)| (n.value.1.saturating_sub(n.value.0), usize::MAX - i))
            .map_or(0, |(i, _)| i);
        (self.path_of(innermost), self.nodes[innermost].value)
    }

    fn path_of(&self, node: usize) -> String {
        let mut steps = Vec::new();
        let mut at = node;
        while let Some(step) = &self.nodes[at].step {
            steps.push(step);
            at = self.nodes[at].parent;
        }
        let mut path = String::new();
        for step in steps.iter().rev() {
            match step {
                Step::Field(name) if path.is_empty() => path.push_str(name),
                Step::Field(name) => {
                    path.push('.');
                    path.push_str(name);
                }
                Step::Item(n) => path.push_str(&format!("[{n}]")),
            }
        }
        path
    }
}

fn steps(path: &str) -> impl Iterator<Item = Step> + '_ {
    path.split(['.', '[']).filter(|s| !s.is_empty()).map(|s| {
        match s.strip_suffix(']').map(str::parse) {
            Some(Ok(n)) => Step::Item(n),
            _ => Step::Field(s.to_owned()),
        }
    })
}

/// Beginnings of the lines of a text: turns bytes to lines and columns and back.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Of a text.
    pub fn of(text: &str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(i, _)| i + 1))
            .collect();
        Self { starts }
    }

    /// Line and column of a byte, both from 1; columns count characters.
    pub fn position(&self, text: &str, byte: usize) -> (usize, usize) {
        let byte = floor_char(text, byte);
        let line = self.starts.partition_point(|s| *s <= byte);
        let start = self.starts[line - 1];
        (line, text[start..byte].chars().count() + 1)
    }

    /// The byte at a line and column, both from 1; the nearest if there is none.
    pub fn byte(&self, text: &str, line: usize, column: usize) -> usize {
        let Some(start) = self.starts.get(line.saturating_sub(1)) else {
            return text.len();
        };
        text[*start..]
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(text.len(), |(i, _)| start + i)
    }
}

/// The byte, or the beginning of the character it lies in.
fn floor_char(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// Where the name of a text's root stands: `Scenario` in `Scenario(...)`.
pub fn root_name(text: &str) -> Option<Span> {
    let mut tokens = Tokens::of(text);
    let name = tokens.next().filter(|t| t.kind == Kind::Word)?;
    tokens.next().filter(|t| t.kind == Kind::Open)?;
    Some(name.span)
}

/// Where the first token stands, after white space and comments; `None` in an empty text.
pub fn first_token(text: &str) -> Option<Span> {
    Tokens::of(text).next().map(|token| token.span)
}

/// What a text has that no parser should see, or that RON allows and we do not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Danger {
    /// More than [`MAX_DEPTH`] brackets in brackets, at this one.
    Deep(Span),
    /// A number that is infinite or not a number.
    NotFinite(Span),
}

/// Most dangers listed.
const MOST: usize = 100;

/// Looks for dangers before a recursive parser reads the text. Brackets too deep end the search.
pub fn dangers(text: &str) -> Vec<Danger> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut tokens = Tokens::of(text).peekable();
    while let Some(token) = tokens.next() {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Word if tokens.peek().is_none_or(|next| next.kind != Kind::Colon) => {
                let word = &text[token.span.0..token.span.1];
                let number: Option<f64> = word.replace('_', "").parse().ok();
                if found.len() < MOST && number.is_some_and(|n| !n.is_finite()) {
                    found.push(Danger::NotFinite(token.span));
                }
            }
            _ => {}
        }
        if depth > MAX_DEPTH {
            found.push(Danger::Deep(token.span));
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "// head ( [\nThing(a: 1, b: [\"x)\", (c: Some((d: -2.5)))],\n  e: At(\"q\"), f: Some(3), g: r#\"\"(\"#, h: 'x')";

    fn value(path: &str) -> &'static str {
        let (a, b) = Outline::of(TEXT).find(path);
        &TEXT[a..b]
    }

    #[test]
    fn paths_lead_to_values() {
        assert_eq!(value("a"), "1");
        assert_eq!(value("b[0]"), "\"x)\"");
        assert_eq!(value("b[1].c.d"), "-2.5");
        assert_eq!(value("b[1].c"), "(d: -2.5)");
        assert_eq!(value("e"), "At(\"q\")");
        assert_eq!(value("e[0]"), "\"q\"");
        assert_eq!(value("f"), "3");
        assert_eq!(value("g"), "r#\"\"(\"#");
        assert_eq!(value("h"), "'x'");
        assert!(value("").starts_with("Thing(") && value("").ends_with(')'));
    }

    #[test]
    fn a_path_that_does_not_exist_leads_to_the_value_around_it() {
        assert_eq!(value("b[1].c.nothing"), "(d: -2.5)");
        assert_eq!(value("e.place"), "At(\"q\")");
    }

    #[test]
    fn bytes_lead_back_to_paths() {
        let outline = Outline::of(TEXT);
        let at = TEXT.find("-2.5").unwrap();
        assert_eq!(outline.path_at(at).0, "b[1].c.d");
        assert_eq!(outline.path_at(at - 3).0, "b[1].c.d", "on the field's name");
    }

    #[test]
    fn a_text_begins_with_the_name_of_its_root() {
        let (a, b) = root_name(TEXT).unwrap();
        assert_eq!(&TEXT[a..b], "Thing");
        assert_eq!(root_name("(a: 1)"), None);
        assert_eq!(root_name("// Thing(\n"), None);
    }

    #[test]
    fn columns_count_characters() {
        let text = "ab\n中文x\n";
        let lines = Lines::of(text);
        assert_eq!(lines.position(text, text.find('x').unwrap()), (2, 3));
        assert_eq!(lines.byte(text, 2, 3), text.find('x').unwrap());
        assert_eq!(lines.position(text, 4), (2, 1), "inside a character");
    }

    #[test]
    fn depth_counts_brackets_and_not_texts() {
        let deep = "[".repeat(MAX_DEPTH + 1);
        assert!(matches!(dangers(&deep)[..], [Danger::Deep((64, 65))]));
        assert!(dangers(&format!("\"{deep}\" // {deep}\n/* {deep} */")).is_empty());
        assert!(dangers(&"[".repeat(MAX_DEPTH)).is_empty());
    }

    #[test]
    fn numbers_without_end_are_seen() {
        assert!(matches!(
            dangers("(inf: 1, b: inf, c: 1e999, d: -NaN, e: 1e30, f: \"inf\")")[..],
            [
                Danger::NotFinite((12, 15)),
                Danger::NotFinite((20, 25)),
                Danger::NotFinite((30, 34))
            ]
        ));
    }
}
