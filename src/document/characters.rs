//! The bytes of one paragraph or cell, and where each of them stands in the document.

use std::ops::Range;

use crate::model::span::Span;

/// Source bytes of one paragraph or cell, escapes of pipes undone.
pub(super) struct Characters {
    pub(super) bytes: Vec<u8>,
    pub(super) starts: Vec<usize>,
    pub(super) ends: Vec<usize>,
}

impl Characters {
    pub(super) fn new(text: &str, lines: &[Span], cell: bool) -> Self {
        let mut source = Self {
            bytes: Vec::new(),
            starts: Vec::new(),
            ends: Vec::new(),
        };
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                source.push(b'\n', line.start, line.start);
            }
            let bytes = line.of(text).as_bytes();
            let mut at = 0;
            while at < bytes.len() {
                let escaped = cell && bytes[at] == b'\\' && bytes.get(at + 1) == Some(&b'|');
                let width = if escaped { 2 } else { 1 };
                source.push(
                    bytes[at + width - 1],
                    line.start + at,
                    line.start + at + width,
                );
                at += width;
            }
        }
        source
    }

    fn push(&mut self, byte: u8, start: usize, end: usize) {
        self.bytes.push(byte);
        self.starts.push(start);
        self.ends.push(end);
    }

    pub(super) fn at(&self, index: usize) -> Option<u8> {
        self.bytes.get(index).copied()
    }

    pub(super) fn text(&self, range: Range<usize>) -> String {
        String::from_utf8_lossy(self.bytes.get(range).unwrap_or_default()).into_owned()
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        match (
            self.starts.get(range.start),
            self.ends.get(range.end.wrapping_sub(1)),
        ) {
            (Some(start), Some(end)) if range.start < range.end => Span::new(*start, *end),
            _ => Span::empty(self.starts.get(range.start).copied().unwrap_or(0)),
        }
    }
}
