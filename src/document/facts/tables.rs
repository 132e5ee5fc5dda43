//! Reads tables of facts: cells with their texts, and columns by their headers.

use crate::{
    document::{
        Source,
        fold::{fold, without_brackets},
        inline::Inline,
        rows::{Cells, trim},
        tables::row_span,
    },
    model::span::Span,
};

/// A table as written.
pub(super) struct Table {
    pub(super) header: Vec<Inline>,
    pub(super) rows: Vec<Row>,
}

/// A body row.
pub(super) struct Row {
    pub(super) span: Span,
    pub(super) cells: Vec<Inline>,
}

impl Table {
    /// Reads the table that is the block `block`.
    pub(super) fn read(source: &Source<'_>, block: usize) -> Option<Self> {
        let mut rows = source.outline.children(block).map(|row| {
            let span = row_span(source, source.outline.blocks[row].span);
            let cells = Cells::split(source.text, span).spans;
            let read =
                |cell: Span| Inline::cell(source.text, trim(source.text, cell), &source.references);
            Row {
                span,
                cells: cells.into_iter().map(read).collect(),
            }
        });
        let header = rows.next()?.cells;
        Some(Self {
            header,
            rows: rows.collect(),
        })
    }

    /// The first column whose header is in the list, or begins with a phrase of it.
    pub(super) fn column(&self, source: &Source<'_>, list: &str) -> Option<usize> {
        self.header
            .iter()
            .position(|header| is_header(source, list, &header.text))
    }
}

/// Whether the header is in the list, or begins with a phrase of it.
pub(super) fn is_header(source: &Source<'_>, list: &str, header: &str) -> bool {
    let bare = without_brackets(header);
    source.vocabulary.listed(list, &fold(&bare))
        || source.vocabulary.listed(list, &fold(header))
        || source
            .vocabulary
            .begins_with(
                list,
                bare.trim_start_matches(|c: char| !c.is_alphanumeric()),
            )
            .is_some()
}
