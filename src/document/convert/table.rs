//! Lays out tables: a header, dashes as wide as it, and one line for each row.

use unicode_width::UnicodeWidthStr;

use super::{super::edit_column::LINK_HEADER, row::Cells};

/// A header, and the cell of each row below it.
pub(super) type Column<'a> = (&'a str, fn(&Cells) -> &str);

/// The columns of action, owner, due date and status, with one for codes and one for links where a row has such.
pub(super) fn columns<'a, 'r, I: Iterator<Item = &'r Cells>>(
    headers: &[&'a str],
    rows: impl Fn() -> I,
) -> Vec<Column<'a>> {
    const CELLS: [fn(&Cells) -> &str; 4] = [
        |row| &row.action,
        |row| &row.owner,
        |row| &row.due,
        |row| &row.status,
    ];
    let mut columns: Vec<Column<'_>> = headers.iter().copied().zip(CELLS).collect();
    let code: Column<'_> = ("#", |row| &row.code);
    let link: Column<'_> = (LINK_HEADER, |row| &row.link);
    let is_filled = |column: Column<'_>| rows().any(|row| !(column.1)(row).is_empty());
    if is_filled(code) {
        columns.insert(0, code);
    }
    if is_filled(link) {
        columns.push(link);
    }
    columns
}

/// The lines of a table.
pub(super) fn lines(columns: &[Column<'_>], rows: &[Cells]) -> Vec<String> {
    let headers = columns.iter().map(|(header, _)| *header);
    let dashes = headers.clone().map(|header| "-".repeat(header.width() + 2));
    let mut lines = vec![
        line(headers),
        format!("|{}|", dashes.collect::<Vec<_>>().join("|")),
    ];
    let cells = |row| columns.iter().map(move |(_, cell)| cell(row));
    lines.extend(rows.iter().map(|row| line(cells(row))));
    lines
}

fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells = cells.map(|cell| format!(" {cell}{}|", if cell.is_empty() { "" } else { " " }));
    format!("|{}", cells.collect::<String>())
}
