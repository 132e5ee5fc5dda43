//! Brings the Markdown of a paragraph, which may run over lines, into one cell of a table.

use super::super::{
    Source,
    inline::{Inline, References},
};
use crate::model::span::Span;

/// The lines of a paragraph as the text of a cell, without what `cuts` cover. Links, code and emphasis stay as written.
pub(super) fn of_lines(source: &Source<'_>, lines: &[Span], cuts: &[Span]) -> String {
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        let mut kept = String::new();
        let mut at = line.start;
        for cut in cuts
            .iter()
            .filter(|cut| cut.start < line.end && line.start < cut.end)
        {
            append(&mut kept, Span::new(at, cut.start.max(at)).of(source.text));
            at = at.max(cut.end.min(line.end));
        }
        append(&mut kept, Span::new(at, line.end).of(source.text));
        let broken = index + 1 < lines.len() && is_broken(source, *line);
        let end = kept.len() - usize::from(broken && kept.ends_with('\\'));
        append(&mut text, " ");
        append(&mut text, &kept[..end]);
        if broken {
            text.push_str("<br>");
        }
    }
    escaped(text.trim())
}

/// Adds a piece of text, without the blank that would double one or stand before punctuation.
fn append(text: &mut String, piece: &str) {
    let follows = text.is_empty() || text.ends_with(' ') || text.ends_with("<br>");
    let piece = if follows {
        piece.trim_start_matches(' ')
    } else {
        piece
    };
    if piece.starts_with(['.', ',', ';', ')']) {
        text.truncate(text.trim_end_matches(' ').len());
    }
    text.push_str(piece);
}

/// Whether a line ends in a hard line break.
fn is_broken(source: &Source<'_>, line: Span) -> bool {
    let raw = line.of(source.text);
    let slashes = raw.len() - raw.trim_end_matches('\\').len();
    let behind = source.text.get(line.end..).unwrap_or_default();
    !slashes.is_multiple_of(2) || behind.starts_with("  ")
}

/// The text with its pipes escaped, so that a table shows what a paragraph shows.
pub(super) fn escaped(text: &str) -> String {
    if !text.contains('|') {
        return text.to_owned();
    }
    let whole = Span::new(0, text.len());
    let inline = Inline::paragraph(text, &[whole], &References::new());
    let code: Vec<Span> = inline
        .code
        .iter()
        .map(|code| inline.span(code.clone()))
        .collect();
    let mut cell = String::with_capacity(text.len() + 8);
    let mut from = 0;
    for (at, _) in text.match_indices('|') {
        cell.push_str(&text[from..at]);
        from = at;
        let next = code.partition_point(|code| code.end <= at);
        let in_code = code.get(next).is_some_and(|code| code.start <= at);
        let before = &text[..at];
        let slashes = before.len() - before.trim_end_matches('\\').len();
        if in_code || slashes.is_multiple_of(2) {
            cell.push('\\');
        }
    }
    cell.push_str(&text[from..]);
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_stays_the_pipe_that_it_is() {
        for (text, cell) in [
            ("a | b", r"a \| b"),
            (r"a \| b", r"a \| b"),
            (r"a \\| b", r"a \\\| b"),
            ("`a|b` c|d", r"`a\|b` c\|d"),
            (r"`a\|b`", r"`a\\|b`"),
        ] {
            assert_eq!(escaped(text), cell);
            let shown = |text: &str, inline: Inline| (text.to_owned(), inline.text).1;
            let as_cell = Inline::cell(cell, Span::new(0, cell.len()), &References::new());
            let whole = Span::new(0, text.len());
            let as_text = Inline::paragraph(text, &[whole], &References::new());
            assert_eq!(shown(cell, as_cell), shown(text, as_text));
        }
    }
}
