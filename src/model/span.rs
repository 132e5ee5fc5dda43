//! Places in a document: byte spans, and the lines and columns that people read.

use std::ops::Range;

use serde::Serialize;

/// A half-open range of bytes in one document. Both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to and without `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The place between two bytes.
    #[must_use]
    pub const fn empty(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Whether no byte lies inside.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies inside, borders included.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The text that the span cuts out; empty where the span does not fit `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A place as people read it: both numbers count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Finds lines in a text without walking it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Places inside of long lines, and how many characters of its line stand before each.
    inside: Vec<(usize, usize)>,
}

/// Bytes of a line in which characters are counted one by one.
const STRIDE: usize = 2_000;

impl Default for LineIndex {
    /// The line of an empty text.
    fn default() -> Self {
        Self::new("")
    }
}

impl LineIndex {
    /// Notes where each line of `text` starts. Lines end at `\n`, `\r\n` or a lone `\r`, as in `CommonMark`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        // About as many as lines of prose need.
        let mut starts = Vec::with_capacity(bytes.len() / 40 + 1);
        let mut inside = Vec::new();
        let mut start = 0;
        starts.push(0);
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                count_inside(text, start..at, &mut inside);
                start = at + 1;
                starts.push(start);
            }
        }
        count_inside(text, start..bytes.len(), &mut inside);
        Self { starts, inside }
    }

    /// The line, from 1, in which the byte `offset` lies.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).max(1)
    }

    /// First byte of `line` (from 1), where there is such a line.
    #[must_use]
    pub fn start(&self, line: usize) -> Option<usize> {
        self.starts.get(line.checked_sub(1)?).copied()
    }

    /// Line and column of the byte `offset` of `text`, the text that the index was made from.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line(offset);
        let start = self.starts[line - 1];
        let next = self.inside.partition_point(|(place, _)| *place <= offset);
        let (from, counted) = next
            .checked_sub(1)
            .map(|mark| self.inside[mark])
            .filter(|(place, _)| *place > start)
            .unwrap_or((start, 0));
        let rest = Span::new(from, offset.min(text.len())).of(text);
        Position {
            line,
            column: counted + rest.chars().count() + 1,
        }
    }

    /// The bytes of `line` (from 1), without its line ending; empty for a line that does not exist.
    #[must_use]
    pub fn span(&self, text: &str, line: usize) -> Span {
        let Some(start) = line.checked_sub(1).and_then(|index| self.starts.get(index)) else {
            return Span::empty(text.len());
        };
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        let whole = Span::new(*start, end).of(text);
        Span::new(*start, start + whole.trim_end_matches(['\r', '\n']).len())
    }

    /// How many lines there are; a text that ends in a line ending has an empty last one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

/// Counts the characters of a long line, stride by stride.
fn count_inside(text: &str, line: Range<usize>, inside: &mut Vec<(usize, usize)>) {
    let mut from = line.start;
    let mut counted = 0;
    while line.end - from > STRIDE {
        let mut to = from + STRIDE;
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        counted += text[from..to].chars().count();
        inside.push((to, counted));
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_long_lines_are_counted_like_those_of_short_ones() {
        let text = format!("é\n{}\nend", "aé支🙂".repeat(STRIDE));
        let lines = LineIndex::new(&text);
        let offsets = text.char_indices().map(|(at, _)| at).step_by(97);
        for offset in offsets.chain([text.len()]) {
            let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
            let column = text[start..offset].chars().count() + 1;
            assert_eq!(lines.position(&text, offset).column, column, "{offset}");
        }
    }

    #[test]
    fn lines_end_at_every_kind_of_line_ending() {
        let text = "a\r\nb\rc\nd";
        let lines = LineIndex::new(text);
        let read: Vec<&str> = (1..=lines.count())
            .map(|line| lines.span(text, line).of(text))
            .collect();
        assert_eq!(read, ["a", "b", "c", "d"]);
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "x\n完了 |";
        let lines = LineIndex::new(text);
        assert_eq!(
            lines.position(text, text.len() - 1),
            Position { line: 2, column: 4 }
        );
    }

    #[test]
    fn a_line_that_does_not_exist_is_empty() {
        let lines = LineIndex::new("a");
        assert!(lines.span("a", 0).is_empty());
        assert!(lines.span("a", 9).is_empty());
    }
}
