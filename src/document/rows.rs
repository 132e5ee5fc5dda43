//! Splits the line of a table row into its cells, with the bytes of each.

use super::{Source, inline::Inline};
use crate::model::span::Span;

/// The cells of one row as written: short rows have fewer, long rows more than the table has columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cells {
    /// Between the pipes, padding included.
    pub(super) spans: Vec<Span>,
    /// Whether a pipe closes the row.
    pub(super) closed: bool,
    /// After the last visible byte of the row.
    pub(super) end: usize,
}

impl Cells {
    /// Splits the row that begins at `row.start` and ends before its line ending.
    pub(super) fn split(text: &str, row: Span) -> Self {
        let line = row.of(text);
        let visible = line.trim_end_matches(BLANKS);
        let end = row.start + visible.len();
        let bytes = visible.as_bytes();
        let indent = visible.len() - visible.trim_start_matches(BLANKS).len();
        let mut from = if bytes.get(indent) == Some(&b'|') {
            indent + 1
        } else {
            indent
        };
        let mut spans = Vec::new();
        // NOTE: a pipe behind a backslash never separates in cmark-gfm, however many backslashes there are.
        for (at, byte) in bytes.iter().enumerate().skip(from) {
            if *byte == b'|' && (at == 0 || bytes[at - 1] != b'\\') {
                spans.push(Span::new(row.start + from, row.start + at));
                from = at + 1;
            }
        }
        let closed = from == bytes.len() && !spans.is_empty();
        if from < bytes.len() {
            spans.push(Span::new(row.start + from, end));
        }
        Self { spans, closed, end }
    }
}

/// What Markdown takes for padding in a row.
pub(super) const BLANKS: [char; 4] = [' ', '\t', '\u{b}', '\u{c}'];

/// The bytes of a cell without its padding; an empty cell gives an empty span inside it.
pub(super) fn trim(text: &str, cell: Span) -> Span {
    unpadded(text, cell)
        .unwrap_or_else(|| Span::empty(cell.start + usize::from(cell.end - cell.start > 1)))
}

/// The bytes of a part of a line without the blanks around it; nothing where there is nothing else.
pub(super) fn unpadded(text: &str, part: Span) -> Option<Span> {
    let raw = part.of(text).as_bytes();
    let is_text = |byte: &u8| !BLANKS.contains(&char::from(*byte));
    let first = raw.iter().position(is_text)?;
    let last = raw.iter().rposition(is_text)?;
    Some(Span::new(part.start + first, part.start + last + 1))
}

/// Whether our cells are those of the Markdown parser.
pub(super) fn agree(source: &Source<'_>, ours: &Cells, theirs: &[Span], width: usize) -> bool {
    ours.spans
        .iter()
        .zip(theirs)
        .take(width)
        .all(|(ours, theirs)| {
            trim(source.text, *ours).of(source.text) == theirs.of(source.text).trim_matches(BLANKS)
        })
}

/// Whether a pipe that ends a cell stands in what would be code, were the row no table. Markdown cuts there, and
/// whoever wrote the row did not mean it.
pub(super) fn is_cut_in_code(source: &Source<'_>, row: Span, cells: &Cells) -> bool {
    let is_odd = |cell: &Span| cell.of(source.text).matches('`').count() % 2 == 1;
    if !cells.spans.iter().any(is_odd) {
        return false;
    }
    let whole = Inline::paragraph(source.text, &[row], &source.references);
    let cuts = |code: &str| {
        code.match_indices('|')
            .any(|(at, _)| !code[..at].ends_with('\\'))
    };
    whole
        .code
        .iter()
        .any(|code| cuts(&whole.text[code.clone()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str) -> Vec<&str> {
        Cells::split(row, Span::new(0, row.len()))
            .spans
            .iter()
            .map(|span| trim(row, *span).of(row))
            .collect()
    }

    #[test]
    fn outer_pipes_may_be_missing() {
        assert_eq!(cells("| a | b |"), ["a", "b"]);
        assert_eq!(cells("a | b"), ["a", "b"]);
        assert_eq!(cells("|a|b  "), ["a", "b"]);
        assert_eq!(cells("a | | "), ["a", ""]);
    }

    #[test]
    fn an_escaped_pipe_does_not_separate() {
        assert_eq!(cells(r"| a \| b | `c \| d` |"), [r"a \| b", r"`c \| d`"]);
        assert_eq!(cells(r"| a \\| b |"), [r"a \\| b"]);
    }

    #[test]
    fn an_empty_cell_is_a_place_inside_it() {
        let row = "| a |  | c |";
        let split = Cells::split(row, Span::new(0, row.len()));
        assert_eq!(trim(row, split.spans[1]), Span::empty(6));
        assert!(split.closed);
    }
}
