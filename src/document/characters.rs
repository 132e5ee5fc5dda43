//! The text of one paragraph or cell, and where each byte of it stands in the document.

use std::ops::Range;

use super::places::Places;
use crate::model::span::Span;

/// The text of one paragraph or cell, escapes of pipes undone.
#[derive(Default)]
pub(super) struct Characters {
    pub(super) all: String,
    pub(super) places: Places,
}

impl Characters {
    pub(super) fn new(text: &str, lines: &[Span], cell: bool) -> Self {
        let mut source = Self::default();
        source
            .all
            .reserve_exact(lines.iter().map(|line| line.end + 1 - line.start).sum());
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                source.all.push('\n');
                source.places.push_for(1, Span::empty(line.start));
            }
            if cell {
                source.push_cell(line.of(text), line.start);
            } else {
                source.push(line.of(text), line.start);
            }
        }
        source
    }

    /// Adds the text of a cell, in which a backslash before a pipe is no part of the text.
    fn push_cell(&mut self, text: &str, start: usize) {
        let mut from = 0;
        for (at, _) in text.match_indices("\\|") {
            self.push(&text[from..at], start + from);
            self.all.push('|');
            self.places
                .push_for(1, Span::new(start + at, start + at + 2));
            from = at + 2;
        }
        self.push(&text[from..], start + from);
    }

    fn push(&mut self, text: &str, start: usize) {
        self.all.push_str(text);
        self.places.push_copy(text.len(), start);
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.all.as_bytes()
    }

    pub(super) fn at(&self, index: usize) -> Option<u8> {
        self.bytes().get(index).copied()
    }

    pub(super) fn text(&self, range: Range<usize>) -> &str {
        self.all.get(range).unwrap_or_default()
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.places.span(range)
    }
}
