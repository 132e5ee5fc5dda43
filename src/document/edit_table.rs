//! Plans the bytes of edits in a table: status cells, link cells, and the column for links.

use std::collections::BTreeMap;

use super::{
    Column, Document, Source,
    edit::{Group, written},
    edit_column::column,
    edit_list::replaced,
    inline::Inline,
    items::visible,
    links,
    padding::{row_edits, widths},
    rows::{Cells, trim},
    statuses,
};
use crate::model::{
    edit::{Edit, IssueLink, ItemEdit},
    item::ActionItem,
    link::Link,
    span::Span,
};

/// What changes in one row.
#[derive(Default)]
pub(super) struct RowChange {
    /// Edits inside cells that are there.
    pub(super) inside: Vec<Edit>,
    /// Cells that the row lacks, by column.
    pub(super) missing: BTreeMap<usize, String>,
}

/// The edits of one table: a group per item, or one for all where a column is added.
pub(super) fn plan(
    source: &Source<'_>,
    document: &Document,
    table: usize,
    wishes: Vec<ItemEdit>,
    refused: &mut Vec<(usize, String)>,
) -> Vec<Group> {
    let Some(shape) = document.tables.get(table) else {
        return Vec::new();
    };
    let mut rows: Vec<(ItemEdit, Span, Cells, RowChange)> = Vec::new();
    for wish in wishes {
        let item = &document.items[wish.item];
        let cells = Cells::split(source.text, item.span);
        let change = if shape.torn {
            Err("the table could not be split into cells with certainty".to_owned())
        } else {
            change(source, &shape.columns, item, &cells, &wish)
        };
        match change {
            Ok(change) => rows.push((wish, item.span, cells, change)),
            Err(reason) => refused.push((wish.item, reason)),
        }
    }
    let widths = widths(source, shape);
    let width = shape.columns.len();
    if !rows
        .iter()
        .any(|(.., change)| change.missing.contains_key(&width))
    {
        return rows
            .into_iter()
            .map(|(wish, span, cells, change)| Group {
                edits: row_edits(source, &widths, span, &cells, change),
                wishes: vec![wish],
            })
            .collect();
    }
    match column(source, shape, &widths, &mut rows) {
        Ok(edits) => vec![Group {
            wishes: rows.into_iter().map(|(wish, ..)| wish).collect(),
            edits,
        }],
        Err(reason) => {
            refused.extend(
                rows.into_iter()
                    .map(|(wish, ..)| (wish.item, reason.clone())),
            );
            Vec::new()
        }
    }
}

/// What changes in the row of one item. A link that has no place yet goes to the column behind the last.
fn change(
    source: &Source<'_>,
    columns: &[Option<Column>],
    item: &ActionItem,
    cells: &Cells,
    wish: &ItemEdit,
) -> Result<RowChange, String> {
    if wish.checked.is_some() {
        return Err("a row of a table has no box to tick".into());
    }
    let mut change = RowChange::default();
    if let Some(new) = &wish.status {
        let index = columns
            .iter()
            .position(|column| *column == Some(Column::Status));
        let index = index.ok_or("the table has no status column")?;
        if let Some(cell) = cells.spans.get(index) {
            let cell = trim(source.text, *cell);
            let inline = Inline::cell(source.text, cell, &source.references);
            change.inside.extend(status(source, cell, &inline, new));
        } else {
            change.missing.insert(index, escaped(new.trim()));
        }
    }
    if let Some(new) = &wish.link {
        link(source, columns, item, cells, new, &mut change)?;
    }
    Ok(change)
}

/// Puts the link in the place of the row's old one, else into the column for links, else behind the last.
fn link(
    source: &Source<'_>,
    columns: &[Option<Column>],
    item: &ActionItem,
    cells: &Cells,
    new: &IssueLink,
    change: &mut RowChange,
) -> Result<(), String> {
    let text = escaped(&written(new));
    let tracked = |link: &&Link| link.target.is_tracking() && item.span.contains(link.span);
    if let Some(old) = item.links.iter().find(tracked) {
        let holder = cells.spans.iter().find(|cell| cell.contains(old.span));
        let cell = trim(
            source.text,
            *holder.ok_or("the row's link stands in no cell")?,
        );
        let inline = Inline::cell(source.text, cell, &source.references);
        if let Some(edit) = replaced(source, &inline, old, new) {
            let new = escaped(&edit.new);
            if edit.span.of(source.text) != new {
                change.inside.push(Edit { new, ..edit });
            }
        }
        return Ok(());
    }
    let column = columns
        .iter()
        .position(|column| *column == Some(Column::Link));
    let column = column.unwrap_or(columns.len());
    let Some(cell) = cells.spans.get(column).filter(|_| column < columns.len()) else {
        change.missing.insert(column, text);
        return Ok(());
    };
    let cell = trim(source.text, *cell);
    let inline = Inline::cell(source.text, cell, &source.references);
    change
        .inside
        .push(if source.vocabulary.is_placeholder(&inline.text) {
            Edit {
                span: cell,
                new: text,
            }
        } else {
            Edit {
                span: Span::empty(cell.end),
                new: format!(" {text}"),
            }
        });
    Ok(())
}

/// The edits inside a status cell: its words, and the flag behind them. What else stands there stays.
fn status(source: &Source<'_>, cell: Span, inline: &Inline, new: &str) -> Vec<Edit> {
    let wanted = statuses::flag(new, source.vocabulary);
    let word = new[..wanted.as_ref().map_or(new.len(), |flag| flag.start)].trim();
    let read = statuses::cell(
        inline,
        &links::find(inline, source.vocabulary),
        source.vocabulary,
    );
    let rest = visible(
        &inline.text[..read
            .flag
            .as_ref()
            .map_or(inline.text.len(), |flag| flag.start)],
    );
    let blank = rest.is_empty();
    let mut edits = Vec::new();
    if let Some(old) = &read.status {
        if super::fold::squeeze(word) != old.text {
            edits.push(Edit {
                span: whole_marks(source, cell, old.span),
                new: escaped(word),
            });
        }
    } else if !blank && source.vocabulary.is_placeholder(&inline.text[rest.clone()]) {
        edits.push(Edit {
            span: inline.span(rest),
            new: escaped(word),
        });
    } else if !word.is_empty() {
        let gap = if blank && read.flag.is_none() {
            ""
        } else {
            " "
        };
        edits.push(Edit {
            span: Span::empty(cell.start),
            new: format!("{}{gap}", escaped(word)),
        });
    }
    match (read.flag, wanted) {
        (Some(old), None) => edits.push(Edit {
            span: inline.span(old),
            new: String::new(),
        }),
        (None, Some(flag)) => edits.push(Edit {
            span: Span::empty(cell.end),
            new: format!(" {}", escaped(new[flag].trim())),
        }),
        _ => {}
    }
    edits
}

/// The span, widened to whole emphasis where it cuts through some: `**In** progress` cannot be replaced
/// in part.
fn whole_marks(source: &Source<'_>, cell: Span, words: Span) -> Span {
    const MARKS: [char; 4] = ['*', '_', '~', '`'];
    if !words.of(source.text).contains(MARKS) {
        return words;
    }
    let before = Span::new(cell.start, words.start).of(source.text);
    let after = Span::new(words.end, cell.end).of(source.text);
    let start = words.start - (before.len() - before.trim_end_matches(MARKS).len());
    let end = words.end + (after.len() - after.trim_start_matches(MARKS).len());
    Span::new(start, end)
}

/// A text as it may stand in a cell: pipes escaped, on one line.
fn escaped(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
        .replace("\\|", "|")
        .replace('|', "\\|")
}
