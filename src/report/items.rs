//! Action items as a table for people and as CSV for spreadsheets.

use super::{Report, Tally, columns::aligned};
use crate::{
    document::Document,
    model::{
        escape::{terminal_line, truncate_line},
        item::{ActionItem, Due, Owner},
    },
};

/// Longest text in a column of words, in characters.
const CELL_WIDTH: usize = 60;

/// The items in aligned columns, with a heading.
#[must_use]
pub fn table(report: &Report<'_>) -> String {
    let heading = ["PLACE", "ACTION", "OWNER", "DUE", "STATUS", "LINK"].map(str::to_owned);
    let mut rows = vec![heading.to_vec()];
    for (document, item) in all(report) {
        let path = terminal_line(&document.path);
        let mut row = vec![format!("{path}:{}:{}", item.line, document.column_of(item))];
        let [action, owner, due, status, link] = cells(item).map(|cell| terminal_line(&cell));
        row.extend([action, owner, due, status].map(|cell| truncate_line(&cell, CELL_WIDTH)));
        // A link is copied or clicked, so it stays whole.
        row.push(link);
        rows.push(row);
    }
    let stock = stock(report);
    if rows.len() == 1 {
        return if report.documents.is_empty() {
            "No postmortem was read\n".to_owned()
        } else {
            format!("No action items: {stock}\n")
        };
    }
    format!("{}\n{stock}\n", aligned(&rows, ""))
}

/// The items as CSV (RFC 4180), with a heading. Owners stand without their `@`. Cells that a spreadsheet would run as
/// a formula start with `'` (<https://owasp.org/www-community/attacks/CSV_Injection>), and `@` is one of the signs.
#[must_use]
pub fn csv(report: &Report<'_>) -> String {
    let mut text = String::from("file,line,column,action,owner,due,status,link\r\n");
    for (document, item) in all(report) {
        let column = document.column_of(item);
        let mut row = vec![
            document.path.clone(),
            item.line.to_string(),
            column.to_string(),
        ];
        let [action, _, due, status, link] = cells(item);
        let owners: Vec<&str> = item.owner_list().iter().map(Owner::name).collect();
        row.extend([action, owners.join(", "), due, status, link]);
        let row: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&row.join(","));
        text.push_str("\r\n");
    }
    text
}

/// The sum of it, by the documents alone.
fn stock(report: &Report<'_>) -> String {
    let overdue = all(report)
        .filter(|(_, item)| item.due_date().is_some_and(|due| due < report.today))
        .filter(|(_, item)| !item.stated_status().is_settled())
        .count();
    Tally {
        overdue,
        ..report.tally()
    }
    .stock()
}

fn all<'a>(report: &Report<'a>) -> impl Iterator<Item = (&'a Document, &'a ActionItem)> {
    report
        .documents
        .iter()
        .flat_map(|document| document.items.iter().map(move |item| (document, item)))
}

/// Action, owner, due date, status and link; a full date as ISO, all else as written.
pub(super) fn cells(item: &ActionItem) -> [String; 5] {
    let due = item.due.as_ref().map(|due| match due.value {
        Due::On(date) => date.to_string(),
        Due::Derived { date, .. } => format!("{date} ({})", due.text),
        Due::Ambiguous { .. } | Due::Unreadable => due.text.clone(),
    });
    [
        item.action.clone(),
        item.owners
            .as_ref()
            .map(|owners| owners.text.clone())
            .unwrap_or_default(),
        due.unwrap_or_default(),
        item.status
            .as_ref()
            .map(|status| status.text.clone())
            .unwrap_or_default(),
        item.link()
            .map(|link| link.text.clone())
            .unwrap_or_default(),
    ]
}

fn quoted(cell: &str) -> String {
    let cell = terminal_line(cell);
    // Some spreadsheets take the wide forms for the signs.
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let guard = if cell.starts_with(signs) { "'" } else { "" };
    if cell.contains(['"', ',']) {
        return format!("\"{guard}{}\"", cell.replace('"', "\"\""));
    }
    format!("{guard}{cell}")
}
