//! Walks over a text, piece by piece.

/// A text and a place in it.
#[derive(Clone)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    pub(super) const fn text(&self) -> &'t str {
        self.text
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn back_to(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn skip(&mut self, length: usize) {
        self.at += length;
    }

    /// Passes over blanks.
    pub(super) fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Takes one of the characters, where it is next.
    pub(super) fn one_of(&mut self, wanted: &[char]) -> Option<char> {
        let next = self.peek().filter(|c| wanted.contains(c))?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Takes a text, where it is next, whatever its case.
    pub(super) fn text_ahead(&mut self, wanted: &str) -> bool {
        let ahead = self.rest().get(..wanted.len());
        let is_next = ahead.is_some_and(|ahead| ahead.eq_ignore_ascii_case(wanted));
        if is_next {
            self.at += wanted.len();
        }
        is_next
    }

    /// Takes a whole number, and tells how many digits it has.
    pub(super) fn number(&mut self) -> Option<(u32, usize)> {
        let rest = self.rest();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..digits].parse().ok()?;
        self.at += digits;
        Some((number, digits))
    }

    /// Takes a run of letters.
    pub(super) fn word(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        self.at += end;
        (end > 0).then(|| &rest[..end])
    }
}
