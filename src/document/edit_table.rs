//! Plans the bytes of edits in a table: status cells, link cells, and the column for links.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use super::{
    Column, Document, Source,
    blocks::Kind,
    edit::{Group, written},
    edit_list::replaced,
    inline::Inline,
    items::visible,
    links,
    rows::{BLANKS, Cells, trim},
    statuses, tables,
};
use crate::model::{
    edit::{Edit, ItemEdit},
    item::ActionItem,
    span::Span,
};

/// The header of the column that is added where a table has none for links.
const LINK_HEADER: &str = "Issue";

/// What changes in one row.
#[derive(Default)]
struct RowChange {
    /// Edits inside cells that are there.
    inside: Vec<Edit>,
    /// Cells that the row lacks, by column.
    missing: BTreeMap<usize, String>,
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
    let place = |wanted: Column| columns.iter().position(|column| *column == Some(wanted));
    let read = |index: usize| {
        let cell = trim(source.text, cells.spans[index]);
        (cell, Inline::cell(source.text, cell, &source.references))
    };
    if let Some(new) = &wish.status {
        let index = place(Column::Status).ok_or("the table has no status column")?;
        if index < cells.spans.len() {
            let (cell, inline) = read(index);
            change.inside.extend(status(source, cell, &inline, new));
        } else {
            change.missing.insert(index, escaped(new.trim()));
        }
    }
    let Some(new) = &wish.link else {
        return Ok(change);
    };
    let text = escaped(&written(new));
    let own = item
        .links
        .iter()
        .find(|link| link.target.is_tracking() && item.span.contains(link.span));
    if let Some(old) = own {
        let holder = (0..cells.spans.len()).find(|index| cells.spans[*index].contains(old.span));
        let (_, inline) = read(holder.ok_or("the row's link stands in no cell")?);
        let edit = replaced(source, &inline, old, new).map(|edit| Edit {
            new: escaped(&edit.new),
            ..edit
        });
        change
            .inside
            .extend(edit.filter(|edit| edit.span.of(source.text) != edit.new));
        return Ok(change);
    }
    match place(Column::Link) {
        Some(index) if index < cells.spans.len() => {
            let (cell, inline) = read(index);
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
        }
        Some(index) => {
            change.missing.insert(index, text);
        }
        None => {
            change.missing.insert(columns.len(), text);
        }
    }
    Ok(change)
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

/// The edits of one row: cells with their padding, and the cells that it lacks.
fn row_edits(
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
fn widths(source: &Source<'_>, table: &super::ActionTable) -> Vec<usize> {
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
fn cell_text(value: &str, width: usize, closed: bool) -> String {
    let padding = " ".repeat(width.saturating_sub(value.width()));
    if closed {
        format!(" {value}{padding} |")
    } else {
        format!(" | {value}").trim_end_matches(BLANKS).to_owned()
    }
}

/// One cell with its inner edits, padded as it was where the text fits.
fn cell_edit(source: &Source<'_>, cell: Span, edits: &[&Edit], last: bool, column: usize) -> Edit {
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

/// Adds the column for links: header, delimiter and every row.
fn column(
    source: &Source<'_>,
    table: &super::ActionTable,
    widths: &[usize],
    rows: &mut Vec<(ItemEdit, Span, Cells, RowChange)>,
) -> Result<Vec<Edit>, String> {
    let width = table.columns.len();
    let block = source
        .outline
        .blocks
        .iter()
        .position(|block| {
            matches!(block.kind, Kind::Table(_))
                && block.span.start <= table.header.start
                && table.header.start < block.span.end
        })
        .ok_or("the table is not where it was")?;
    let lines: Vec<(Span, Cells)> = source
        .outline
        .children(block)
        .map(|row| tables::row_span(source, source.outline.blocks[row].span))
        .map(|span| (span, Cells::split(source.text, span)))
        .collect();
    if lines.iter().any(|(_, cells)| cells.spans.len() > width) {
        return Err("a row has more cells than the header, so no column can be added".into());
    }
    let delimiter = delimiter(source, table.header);
    let delimiter_cells = Cells::split(source.text, delimiter);
    let links = rows
        .iter()
        .filter_map(|(.., change)| change.missing.get(&width));
    let widest = links
        .map(|link| link.width())
        .chain([LINK_HEADER.len()])
        .max()
        .unwrap_or(0);
    let padded = if is_aligned(source, &lines, delimiter) {
        widest
    } else {
        0
    };
    let mut edits = Vec::new();
    let mut changes: BTreeMap<Span, RowChange> = rows
        .iter_mut()
        .map(|(_, span, _, change)| (*span, std::mem::take(change)))
        .collect();
    for (index, (span, cells)) in lines.iter().enumerate() {
        let mut change = changes.remove(span).unwrap_or_default();
        let link = change.missing.remove(&width);
        let value = if index == 0 {
            Some(LINK_HEADER.to_owned())
        } else {
            link
        };
        let full = cells.spans.len() + change.missing.len() >= width;
        if value.is_none() && (!cells.closed || !full) {
            edits.extend(row_edits(source, widths, *span, cells, change));
            continue;
        }
        let mut tail = String::new();
        for column in cells.spans.len()..width {
            let value = change.missing.remove(&column).unwrap_or_default();
            tail.push_str(&cell_text(&value, 0, cells.closed));
        }
        tail.push_str(&cell_text(&value.unwrap_or_default(), padded, cells.closed));
        edits.extend(row_edits(source, widths, *span, cells, change));
        edits.push(Edit {
            span: Span::empty(cells.end),
            new: tail,
        });
    }
    edits.push(Edit {
        span: Span::empty(delimiter_cells.end),
        new: delimiter_text(source, &delimiter_cells, padded.max(LINK_HEADER.len())),
    });
    Ok(edits)
}

/// The line of dashes below the header.
fn delimiter(source: &Source<'_>, header: Span) -> Span {
    let line = source
        .lines
        .span(source.text, source.lines.line(header.start) + 1);
    let raw = line.of(source.text);
    let bare = raw.trim_start_matches(BLANKS);
    Span::new(line.start + raw.len() - bare.len(), line.end)
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
