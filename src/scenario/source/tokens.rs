//! RON as a flat sequence of tokens: brackets, commas, colons, texts and words. Comments, white
//! space and `#![...]` attributes are passed over. Never recursive and never fails: what is not
//! closed reaches to the end of the text.

use super::Span;

/// Kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scenario) enum Kind {
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A string or character.
    Text,
    /// A name or number.
    Word,
}

/// A token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scenario) struct Token {
    pub kind: Kind,
    pub span: Span,
}

/// The tokens of a text, one after the other.
pub(in crate::scenario) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Of a text.
    pub fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// Passes over `n` bytes, and on to the next character's beginning.
    fn skip(&mut self, n: usize) {
        self.at = (self.at + n).min(self.text.len());
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    /// Passes over everything up to and with `end`.
    fn skip_past(&mut self, end: &str) {
        self.at = self.text[self.at..]
            .find(end)
            .map_or(self.text.len(), |i| self.at + i + end.len());
    }

    /// Passes over a block comment; these may contain others.
    fn skip_block(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.text.len() {
            if self.rest().starts_with(b"/*") {
                depth += 1;
                self.skip(2);
            } else if self.rest().starts_with(b"*/") {
                depth -= 1;
                self.skip(2);
                if depth == 0 {
                    return;
                }
            } else {
                self.skip(1);
            }
        }
    }

    /// Passes over a text whose opening quote is the next byte.
    fn skip_quoted(&mut self, quote: u8) {
        self.skip(1);
        while let Some(byte) = self.rest().first() {
            if *byte == b'\\' {
                self.skip(1);
                self.skip(1);
            } else {
                self.skip(1);
                if *byte == quote {
                    return;
                }
            }
        }
    }

    /// Number of bytes before the quote and of `#`, if a raw text begins here.
    fn raw_text(&self) -> Option<(usize, usize)> {
        let rest = self.rest();
        let prefix = match rest {
            [b'r', ..] => 1,
            [b'b', b'r', ..] => 2,
            _ => return None,
        };
        let hashes = rest[prefix..].iter().take_while(|b| **b == b'#').count();
        (rest.get(prefix + hashes) == Some(&b'"')).then_some((prefix + hashes, hashes))
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let start = self.at;
            let kind = match self.rest() {
                [] => return None,
                [b'/', b'/', ..] => {
                    self.skip_past("\n");
                    continue;
                }
                [b'/', b'*', ..] => {
                    self.skip_block();
                    continue;
                }
                [b'#', b'!', b'[', ..] => {
                    self.skip_past("]");
                    continue;
                }
                [b'(' | b'[' | b'{', ..] => Kind::Open,
                [b')' | b']' | b'}', ..] => Kind::Close,
                [b',', ..] => Kind::Comma,
                [b':', ..] => Kind::Colon,
                [quote @ (b'"' | b'\''), ..] => {
                    self.skip_quoted(*quote);
                    return Some(Token {
                        kind: Kind::Text,
                        span: (start, self.at),
                    });
                }
                [b'b', quote @ (b'"' | b'\''), ..] => {
                    self.skip(1);
                    self.skip_quoted(*quote);
                    return Some(Token {
                        kind: Kind::Text,
                        span: (start, self.at),
                    });
                }
                _ => {
                    if let Some((prefix, hashes)) = self.raw_text() {
                        self.skip(prefix + 1);
                        self.skip_past(&format!("\"{}", "#".repeat(hashes)));
                        return Some(Token {
                            kind: Kind::Text,
                            span: (start, self.at),
                        });
                    }
                    let length = self.text[start..]
                        .find(|c: char| c.is_whitespace() || "()[]{},:\"'".contains(c))
                        .unwrap_or(self.text.len() - start);
                    // A comment may follow a word without a space.
                    let word = &self.text[start..start + length];
                    let length = [word.find("//"), word.find("/*")]
                        .into_iter()
                        .flatten()
                        .min()
                        .unwrap_or(length);
                    if length == 0 {
                        // White space.
                        self.skip(1);
                        continue;
                    }
                    self.skip(length);
                    return Some(Token {
                        kind: Kind::Word,
                        span: (start, self.at),
                    });
                }
            };
            self.skip(1);
            return Some(Token {
                kind,
                span: (start, self.at),
            });
        }
    }
}
