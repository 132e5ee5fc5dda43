//! Decides what the columns of a table of action items hold: by the words of the header, else by the cells.

use super::{Column, Source, fold::fold, inline::Inline, links};
use crate::model::span::Span;

/// A body row and its cells.
pub(super) struct Row {
    pub(super) index: usize,
    pub(super) span: Span,
    pub(super) cells: Vec<Inline>,
    /// The bytes of the cells.
    pub(super) places: Vec<Span>,
}

/// Whether one of the headers is in a list of words.
pub(super) fn is_listed(source: &Source<'_>, headers: &[Inline], list: &str) -> bool {
    headers
        .iter()
        .any(|header| source.vocabulary.listed(list, &fold(&header.text)))
}

/// What the columns hold, by the words of the header; each meaning is given once, to the first.
pub(super) fn columns(
    source: &Source<'_>,
    headers: &[Inline],
    in_section: bool,
) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    for header in headers {
        let text = header.text.as_str();
        let column = source.vocabulary.column(text);
        columns.push(column.filter(|column| !columns.contains(&Some(*column))));
    }
    // "Item | Action" and the like: the surer of two words for the action wins.
    let sure = |index: usize| {
        source
            .vocabulary
            .listed("sure-action-columns", &fold(&headers[index].text))
    };
    let action = columns
        .iter()
        .position(|column| *column == Some(Column::Action));
    if let Some(weak) = action.filter(|action| !sure(*action))
        && let Some(strong) = (0..headers.len()).find(|index| sure(*index))
    {
        columns[weak] = None;
        columns[strong] = Some(Column::Action);
    }
    if in_section {
        note_date_column(source, headers, &mut columns);
    }
    columns
}

/// A plain date is a due date where no other column is, and where it stands behind the action: before it, it
/// tells when the row was written.
fn note_date_column(source: &Source<'_>, headers: &[Inline], columns: &mut [Option<Column>]) {
    if columns.contains(&Some(Column::Due)) {
        return;
    }
    let action = columns
        .iter()
        .position(|column| *column == Some(Column::Action));
    let date = headers.iter().enumerate().find(|(index, header)| {
        let is_behind = action.is_none_or(|action| action < *index);
        columns[*index].is_none()
            && is_behind
            && source
                .vocabulary
                .listed("date-columns", &fold(&header.text))
    });
    if let Some((index, _)) = date {
        columns[index] = Some(Column::Due);
    }
}

/// The unnamed column with the most text: the action column of a table whose header does not say.
pub(super) fn widest(columns: &[Option<Column>], rows: &[Row]) -> Option<usize> {
    let length = |index: usize| -> usize {
        rows.iter()
            .filter_map(|row| row.cells.get(index))
            .map(|cell| cell.text.len())
            .sum()
    };
    (0..columns.len())
        .filter(|index| columns[*index].is_none())
        .max_by_key(|index| (length(*index), std::cmp::Reverse(*index)))
}

/// A column without a known header whose cells hold nothing but tracking links is the link column.
pub(super) fn note_link_column(source: &Source<'_>, columns: &mut [Option<Column>], rows: &[Row]) {
    if columns.contains(&Some(Column::Link)) {
        return;
    }
    let holds_links = |index: usize| {
        let filled = rows.iter().filter_map(|row| row.cells.get(index));
        let mut filled = filled
            .filter(|cell| !source.vocabulary.is_placeholder(&cell.text))
            .peekable();
        filled.peek().is_some()
            && filled.all(|cell| {
                let found = links::find(cell, source.vocabulary);
                found.iter().any(|found| found.link.target.is_tracking())
            })
    };
    if let Some(index) =
        (0..columns.len()).find(|index| columns[*index].is_none() && holds_links(*index))
    {
        columns[index] = Some(Column::Link);
    }
}
