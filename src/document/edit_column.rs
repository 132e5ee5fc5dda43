//! Plans the column for links that a table gets where it has none.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use super::{
    Source,
    blocks::Kind,
    edit_table::RowChange,
    padding::{cell_text, delimiter, row_edits},
    rows::{BLANKS, Cells},
    tables,
};
use crate::model::{
    edit::{Edit, ItemEdit},
    span::Span,
};

/// The header of the column.
pub(super) const LINK_HEADER: &str = "Issue";

/// Adds the column for links: header, delimiter and every row.
pub(super) fn column(
    source: &Source<'_>,
    table: &super::ActionTable,
    widths: &[usize],
    rows: &mut [(ItemEdit, Span, Cells, RowChange)],
) -> Result<Vec<Edit>, String> {
    let width = table.columns.len();
    let block = table_at(source, table.header).ok_or("the table is not where it was")?;
    let every = rows_of(source, block);
    let delimiter = delimiter(source, table.header);
    let delimiter_cells = Cells::split(source.text, delimiter);
    let links = rows
        .iter()
        .filter_map(|(.., change)| change.missing.get(&width));
    let widest = links
        .map(|link| link.width())
        .fold(LINK_HEADER.len(), usize::max);
    let padded = if is_aligned(source, &every, delimiter) {
        widest
    } else {
        0
    };
    let mut edits = Vec::new();
    let mut changes: BTreeMap<Span, RowChange> = rows
        .iter_mut()
        .map(|(_, span, _, change)| (*span, std::mem::take(change)))
        .collect();
    for (index, (span, cells)) in every.iter().enumerate() {
        let mut change = changes.remove(span).unwrap_or_default();
        let link = change.missing.remove(&width);
        let value = if index == 0 {
            Some(LINK_HEADER.to_owned())
        } else {
            link
        };
        if let Some(excess) = cells.spans.get(width) {
            // GitHub hides what stands behind the last column; in front of it, the new cell keeps that hidden.
            edits.push(Edit {
                span: Span::empty(excess.start),
                new: cell_text(&value.unwrap_or_default(), padded, true),
            });
            edits.extend(row_edits(source, widths, *span, cells, change));
            continue;
        }
        let full = cells.spans.len() + change.missing.len() >= width;
        if value.is_none() && (!cells.closed || !full) {
            edits.extend(row_edits(source, widths, *span, cells, change));
            continue;
        }
        let new = tail(
            cells,
            width,
            &mut change,
            &value.unwrap_or_default(),
            padded,
        );
        edits.extend(row_edits(source, widths, *span, cells, change));
        edits.push(Edit {
            span: Span::empty(cells.end),
            new,
        });
    }
    edits.push(Edit {
        span: Span::empty(delimiter_cells.end),
        new: delimiter_text(source, &delimiter_cells, padded.max(LINK_HEADER.len())),
    });
    Ok(edits)
}

/// The rows of the table.
fn rows_of(source: &Source<'_>, block: usize) -> Vec<(Span, Cells)> {
    let rows = source.outline.children(block).map(|child| {
        let line = tables::row_span(source, source.outline.blocks[child].span);
        (line, Cells::split(source.text, line))
    });
    rows.collect()
}

/// The cells that a row lacks, and the one of the new column.
fn tail(cells: &Cells, width: usize, change: &mut RowChange, value: &str, padded: usize) -> String {
    let mut tail = String::new();
    for column in cells.spans.len()..width {
        let value = change.missing.remove(&column).unwrap_or_default();
        tail.push_str(&cell_text(&value, 0, cells.closed));
    }
    tail.push_str(&cell_text(value, padded, cells.closed));
    tail
}

/// The dashes of the new column, in the manner of the others.
fn delimiter_text(source: &Source<'_>, cells: &Cells, width: usize) -> String {
    let spaced = cells
        .spans
        .iter()
        .any(|cell| cell.of(source.text).starts_with(BLANKS));
    match (cells.closed, spaced) {
        (true, true) => format!(" {} |", "-".repeat(width)),
        (true, false) => format!("{}|", "-".repeat(width + 2)),
        (false, true) => format!(" | {}", "-".repeat(width)),
        (false, false) => format!("|{}", "-".repeat(width + 2)),
    }
}

/// Whether all rows end below each other.
fn is_aligned(source: &Source<'_>, rows: &[(Span, Cells)], delimiter: Span) -> bool {
    let width = |span: Span| span.of(source.text).trim_end_matches(BLANKS).width();
    let first = width(delimiter);
    rows.iter()
        .all(|(span, cells)| cells.closed && width(*span) == first)
}

/// The block of the table with this header.
fn table_at(source: &Source<'_>, header: Span) -> Option<usize> {
    let blocks = &source.outline.blocks;
    let is_it = |index: &usize| {
        let block = &blocks[*index];
        matches!(block.kind, Kind::Table(_))
            && block.span.start <= header.start
            && header.start < block.span.end
    };
    // Blocks stand in the order of the text, but for footnotes, which the parser moves to the end.
    let near = blocks.partition_point(|block| block.span.start <= header.start);
    (near.saturating_sub(4)..near)
        .rev()
        .find(is_it)
        .or_else(|| (0..blocks.len()).find(is_it))
}
