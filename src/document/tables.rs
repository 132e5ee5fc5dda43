//! Decides which tables hold action items, and reads their rows.

use super::{
    ActionTable, Column, Problem, ProblemKind, Source,
    blocks::Kind,
    cell_notes,
    columns::{Row, columns, is_listed, note_link_column, widest},
    inline::Inline,
    items::{self, Context, Draft},
    links, owners,
    rows::{Cells, agree, is_cut_in_code, trim},
    sections::Sections,
    statuses,
};
use crate::model::{
    config::SectionKind,
    item::{Due, Form, StatusWord, Written},
    link::Link,
    span::Span,
    status::Status,
};

/// A table of action items with what was read from it.
pub(super) struct Read {
    pub(super) table: ActionTable,
    pub(super) drafts: Vec<Draft>,
    pub(super) problem: Option<Problem>,
}

/// Reads the table that is the block `block`; `number` is its index among the action tables.
pub(super) fn read(
    source: &Source<'_>,
    sections: &Sections,
    block: usize,
    number: usize,
) -> Option<Read> {
    let this = &source.outline.blocks[block];
    let Kind::Table(width) = this.kind else {
        return None;
    };
    let scope = sections.action_head(block);
    if this.quoted || scope.is_none() && tells_a_story(sections, block) {
        return None;
    }
    let headers = headers(source, block)?;
    if scope.is_none() && !may_hold_promises(source, &headers) {
        return None;
    }
    let (rows, torn) = split_rows(source, block, width);
    let mut rows = rows.into_iter();
    let (header_span, _) = rows.next()?;
    let mut columns = columns(source, &headers, scope.is_some());
    columns.resize(width, None);
    let rows: Vec<Row> = rows
        .enumerate()
        .map(|(index, (span, cells))| Row {
            index,
            span,
            cells: inlines(source, &cells),
            places: cells.spans,
        })
        .collect();
    if !is_action_table(source, sections, block, &headers, &mut columns, &rows) {
        return None;
    }
    note_link_column(source, &mut columns, &rows);
    let drafts = rows
        .iter()
        .filter_map(|row| item(source, &columns, row, number))
        .collect();
    Some(Read {
        table: ActionTable {
            span: Span::new(header_span.start, this.span.end.max(header_span.end)),
            header: header_span,
            columns,
            torn: torn.is_some(),
        },
        drafts,
        problem: torn.map(|span| Problem {
            kind: ProblemKind::TornTable,
            span,
            detail: "a | seems to stand where no cell ends".into(),
        }),
    })
}

/// The header cells of a table.
fn headers(source: &Source<'_>, block: usize) -> Option<Vec<Inline>> {
    let row = source.outline.children(block).next()?;
    let span = row_span(source, source.outline.blocks[row].span);
    Some(inlines(source, &Cells::split(source.text, span)))
}

/// Whether a table outside the sections of promises may be one of promises, by its header.
fn may_hold_promises(source: &Source<'_>, headers: &[Inline]) -> bool {
    !is_listed(source, headers, "time-columns")
        && !is_listed(source, headers, "date-columns")
        && is_listed(source, headers, "sure-action-columns")
}

/// The rows of a table and their cells, the header first; and the first row that is split with doubt.
fn split_rows(
    source: &Source<'_>,
    block: usize,
    width: usize,
) -> (Vec<(Span, Cells)>, Option<Span>) {
    let mut rows = Vec::new();
    let mut torn = None;
    for child in source.outline.children(block) {
        let row = &source.outline.blocks[child];
        let Kind::Row { cells: theirs, .. } = &row.kind else {
            continue;
        };
        let span = row_span(source, row.span);
        let cells = Cells::split(source.text, span);
        if !agree(source, &cells, theirs, width) || is_cut_in_code(source, span, &cells) {
            torn.get_or_insert(span);
        }
        rows.push((span, cells));
    }
    (rows, torn)
}

/// The line of a row from where it begins.
pub(super) fn row_span(source: &Source<'_>, row: Span) -> Span {
    let line = source.lines.span(source.text, source.lines.line(row.start));
    Span::new(row.start, line.end.max(row.start))
}

fn inlines(source: &Source<'_>, cells: &Cells) -> Vec<Inline> {
    cells
        .spans
        .iter()
        .map(|cell| Inline::cell(source.text, trim(source.text, *cell), &source.references))
        .collect()
}

/// Whether the rows of a table that may hold promises do. Inside a section of promises, an action column is enough, or columns that
/// only promises have; outside one, an action-like column and owner, due date or a known status.
fn is_action_table(
    source: &Source<'_>,
    sections: &Sections,
    block: usize,
    headers: &[Inline],
    columns: &mut [Option<Column>],
    rows: &[Row],
) -> bool {
    let has = |columns: &[Option<Column>], column: Column| columns.contains(&Some(column));
    let tracked =
        has(columns, Column::Owner) || has(columns, Column::Due) || has(columns, Column::Status);
    if sections.action_head(block).is_some() {
        if is_listed(source, headers, "time-columns") && !tracked {
            return false;
        }
        if !has(columns, Column::Action) {
            let blank = headers.iter().all(|header| header.text.trim().is_empty());
            if !tracked && !blank && !has(columns, Column::Link) {
                return false;
            }
            let Some(widest) = widest(columns, rows) else {
                return false;
            };
            columns[widest] = Some(Column::Action);
        }
        return true;
    }
    if has(columns, Column::Owner) || has(columns, Column::Due) {
        return true;
    }
    columns
        .iter()
        .position(|column| *column == Some(Column::Status))
        .is_some_and(|status| {
            let words = rows.iter().filter_map(|row| row.cells.get(status));
            let known = words
                .filter(|cell| source.vocabulary.status(&cell.text).is_some())
                .count();
            known * 2 > rows.len()
        })
}

/// Whether a block stands in a section that tells what happened.
fn tells_a_story(sections: &Sections, block: usize) -> bool {
    sections.of_block[block].is_some_and(|head| {
        matches!(
            super::sections::kind(&sections.heads[head]),
            Some(
                SectionKind::Timeline
                    | SectionKind::Finished
                    | SectionKind::WentWell
                    | SectionKind::CouldBeImproved
            )
        )
    })
}

/// Reads one row; nothing where its action is empty or a placeholder.
fn item(source: &Source<'_>, columns: &[Option<Column>], row: &Row, table: usize) -> Option<Draft> {
    let vocabulary = source.vocabulary;
    let place = |wanted: Column| columns.iter().position(|column| *column == Some(wanted));
    let cell = |wanted: Column| place(wanted).and_then(|index| row.cells.get(index));
    let action = place(Column::Action)?;
    let (whole, at) = (row.cells.get(action)?, row.places.get(action)?);
    let parts = cell_notes::split(source, trim(source.text, *at), whole);
    let (action, notes) = parts
        .as_ref()
        .map_or((whole, &[][..]), |(first, notes)| (first, notes.as_slice()));
    if vocabulary.is_placeholder(&action.text) {
        return None;
    }
    let context = Context {
        links: links_beside(source, columns, row),
    };
    let mut of_action = links::find(action, vocabulary);
    of_action.retain(|found| {
        let is_beside = || {
            context
                .links
                .iter()
                .any(|link| link.text == found.link.text)
        };
        !found.link.target.is_tracking() || found.tracks(action) || is_beside()
    });
    let mut draft = items::of_text(source, action, &of_action, notes, context);
    if let Some(cell) = cell(Column::Status) {
        let read = statuses::cell(cell, &links::find(cell, vocabulary), vocabulary);
        draft.flagged = read.flag.is_some();
        draft.status = read.status.or(draft.status);
    }
    if draft.status.is_none() {
        draft.status = status_elsewhere(source, columns, row);
    }
    if let Some(cell) = cell(Column::Owner) {
        let text = items::unstruck(cell);
        draft.owners =
            owners::read(&text, cell.span(0..cell.text.len()), vocabulary).or(draft.owners);
    }
    if let Some(cell) = cell(Column::Due) {
        let due = items::due_of_cell(source, cell);
        let strayed = due
            .as_ref()
            .filter(|due| matches!(due.value, Due::Unreadable))
            .and_then(|_| statuses::cell(cell, &[], vocabulary).status)
            .filter(|status| status.value.known() == Some(Status::Done));
        draft.due = due.filter(|_| strayed.is_none()).or(draft.due);
        draft.status = draft.status.or(strayed);
    }
    let written =
        |cell: &&Inline| !vocabulary.is_placeholder(&cell.text) && !links::is_name(&cell.text);
    let all_struck = || row.cells.iter().filter(written).all(Inline::is_struck);
    if action.is_struck() && (draft.status.is_none() || all_struck()) {
        draft.status = Some(items::struck(draft.status.take(), action));
    }
    draft.span = row.span;
    draft.line = source.lines.line(row.span.start);
    draft.form = Form::Row {
        table,
        row: row.index,
    };
    Some(draft)
}

/// The links of the other cells: those of the link column and of the status column first.
fn links_beside(source: &Source<'_>, columns: &[Option<Column>], row: &Row) -> Vec<Link> {
    let mut cells: Vec<(Option<Column>, &Inline)> = columns
        .iter()
        .copied()
        .zip(&row.cells)
        .filter(|(column, _)| !matches!(column, Some(Column::Action | Column::Number)))
        .collect();
    cells.sort_by_key(|(column, _)| match column {
        Some(Column::Link) => 0,
        Some(Column::Status) => 1,
        _ => 2,
    });
    let found = cells
        .iter()
        .flat_map(|(_, cell)| links::find(cell, source.vocabulary));
    found.map(|found| found.link).collect()
}

/// A status word that stands in the cell of the link, or is the whole cell of a column for anything, such as notes.
fn status_elsewhere(
    source: &Source<'_>,
    columns: &[Option<Column>],
    row: &Row,
) -> Option<Written<StatusWord>> {
    columns
        .iter()
        .zip(&row.cells)
        .filter(|(column, _)| matches!(column, Some(Column::Link) | None))
        .find_map(|(column, cell)| {
            if column.is_none() {
                let status = source.vocabulary.status(&cell.text)?;
                let word =
                    statuses::written(cell, StatusWord::Known(status), items::visible(&cell.text));
                return (status != Status::NotStarted).then_some(word);
            }
            let linked = cell.links.iter().map(|link| &link.visible);
            let set_apart = cell.strong.iter().chain(linked).find_map(|words| {
                let status = source.vocabulary.status(&cell.text[words.clone()])?;
                Some(statuses::written(
                    cell,
                    StatusWord::Known(status),
                    words.clone(),
                ))
            });
            if let Some(word) = set_apart.or_else(|| loud_word(source, cell)) {
                return Some(word);
            }
            let read = statuses::cell(
                cell,
                &links::find(cell, source.vocabulary),
                source.vocabulary,
            )
            .status?;
            let is_work = !matches!(read.value.known(), Some(Status::NotStarted) | None);
            is_work.then_some(read)
        })
}

/// The last word in capitals that is a status: `n/a DONE`, `TODO`.
fn loud_word(source: &Source<'_>, cell: &Inline) -> Option<Written<StatusWord>> {
    let separates = |c: char| !c.is_ascii_alphanumeric();
    let mut start = 0;
    let mut last = None;
    for piece in cell.text.split_inclusive(separates) {
        let word = piece.trim_end_matches(separates);
        let range = start..start + word.len();
        start += piece.len();
        let is_loud = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        if is_loud && !cell.in_link(&range) {
            let status = source.vocabulary.status(word);
            last = status.map(|status| (status, range)).or(last);
        }
    }
    last.map(|(status, range)| statuses::written(cell, StatusWord::Known(status), range))
}
