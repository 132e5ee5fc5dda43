//! Lays out tables: a header, dashes as wide as it, and one line for each row.

use unicode_width::UnicodeWidthStr;

use super::row::Cells;

/// The lines of a table; `headers` are those of action, owner, due date, status, and of the link where there is one.
pub(super) fn lines(headers: &[&str], rows: &[Cells]) -> Vec<String> {
    let dashes = headers.iter().map(|header| "-".repeat(header.width() + 2));
    let mut lines = vec![
        line(headers),
        format!("|{}|", dashes.collect::<Vec<_>>().join("|")),
    ];
    lines.extend(rows.iter().map(|row| {
        let cells = [&row.action, &row.owner, &row.due, &row.status, &row.link];
        let cells: Vec<&str> = cells.iter().map(|cell| cell.as_str()).collect();
        line(&cells[..headers.len()])
    }));
    lines
}

fn line(cells: &[&str]) -> String {
    let cells = cells
        .iter()
        .map(|cell| format!(" {cell}{}|", if cell.is_empty() { "" } else { " " }));
    format!("|{}", cells.collect::<String>())
}
