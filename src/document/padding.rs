//! Pads cells as their table does.

use unicode_width::UnicodeWidthStr;

use super::{
    Source,
    edit_table::RowChange,
    rows::{BLANKS, Cells, trim},
};
use crate::model::{edit::Edit, span::Span};

/// The edits of one row: cells with their padding, and the cells that it lacks.
pub(super) fn row_edits(
    source: &Source<'_>,
    widths: &[usize],
    row: Span,
    cells: &Cells,
    change: RowChange,
) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut inside = change.inside;
    inside.sort_by_key(|edit| (edit.span.start, edit.span.end));
    for (index, cell) in cells.spans.iter().enumerate() {
        let here: Vec<&Edit> = inside
            .iter()
            .filter(|edit| cell.contains(edit.span))
            .collect();
        let last = index + 1 == cells.spans.len() && !cells.closed;
        if !here.is_empty() {
            edits.push(cell_edit(
                source,
                *cell,
                &here,
                last,
                widths.get(index).copied().unwrap_or(0),
            ));
        }
    }
    if let Some(width) = change.missing.keys().next_back() {
        let mut tail = String::new();
        for column in cells.spans.len()..=*width {
            let value = change.missing.get(&column).map_or("", String::as_str);
            tail.push_str(&cell_text(value, 0, cells.closed));
        }
        let at = cells.end.max(row.start);
        edits.push(Edit {
            span: Span::empty(at),
            new: tail,
        });
    }
    edits
}

/// The widths of the columns that are padded to one: header and dashes are as wide. 0 for the others.
pub(super) fn widths(source: &Source<'_>, table: &super::ActionTable) -> Vec<usize> {
    let cells = |row: Span| Cells::split(source.text, row).spans;
    let header = cells(table.header);
    let dashes = cells(delimiter(source, table.header));
    let width = |cell: &Span| cell.of(source.text).width();
    header
        .iter()
        .zip(&dashes)
        .map(|(header, dashes)| {
            if width(header) == width(dashes) {
                width(dashes)
            } else {
                0
            }
        })
        .collect()
}

/// One more cell at the right end of a row, padded to `width` columns.
pub(super) fn cell_text(value: &str, width: usize, closed: bool) -> String {
    let padding = " ".repeat(width.saturating_sub(value.width()));
    if closed {
        format!(" {value}{padding} |")
    } else {
        format!(" | {value}").trim_end_matches(BLANKS).to_owned()
    }
}

/// One cell with its inner edits, padded as it was where the text fits.
pub(super) fn cell_edit(
    source: &Source<'_>,
    cell: Span,
    edits: &[&Edit],
    last: bool,
    column: usize,
) -> Edit {
    let content = trim(source.text, cell);
    let mut new = String::new();
    let mut at = content.start;
    for edit in edits {
        new.push_str(Span::new(at, edit.span.start).of(source.text));
        new.push_str(&edit.new);
        at = edit.span.end;
    }
    new.push_str(Span::new(at, content.end).of(source.text));
    let new = new.trim_matches(BLANKS);
    let whole = cell.of(source.text).width();
    if content.is_empty() {
        let padding = whole.saturating_sub(new.width() + 1).max(1);
        let padding = if last { 0 } else { padding };
        return Edit {
            span: cell,
            new: format!(" {new}{}", " ".repeat(padding)),
        };
    }
    let before = Span::new(cell.start, content.start).of(source.text).width();
    let old = Span::new(content.end, cell.end).of(source.text).width();
    let padding = if last {
        0
    } else if old == 0 {
        usize::from(new.ends_with('\\'))
    } else if column > 0 && whole >= column {
        column.saturating_sub(before + new.width()).max(1)
    } else if old == 1 {
        1
    } else {
        whole.saturating_sub(before + new.width()).max(1)
    };
    Edit {
        span: Span::new(content.start, cell.end),
        new: format!("{new}{}", " ".repeat(padding)),
    }
}

/// The line of dashes below the header.
pub(super) fn delimiter(source: &Source<'_>, header: Span) -> Span {
    let line = source
        .lines
        .span(source.text, source.lines.line(header.start) + 1);
    let raw = line.of(source.text);
    let bare = raw.trim_start_matches(BLANKS);
    Span::new(line.start + raw.len() - bare.len(), line.end)
}
