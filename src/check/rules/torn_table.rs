//! Tables that are not what they seem.

use crate::{
    check::{Context, Found},
    document::{Document, ProblemKind},
    model::item::{ActionItem, Form},
};

rule! {
    /// A table of action items cannot be read with certainty, so nothing is written to it.
    ///
    /// # What it checks
    ///
    /// The table is split into cells twice, by the Markdown parser and by the reader that knows each cell's place
    /// in the file. Where the two disagree, its items are read but never edited.
    ///
    /// # Why it matters
    ///
    /// A status written into the wrong cell is worse than none.
    ///
    /// # Example
    ///
    /// A `|` that may be text or the border of a cell:
    ///
    /// ```text
    /// | Action | Owner |
    /// | --- | --- |
    /// | Alert when `a|b` stays above 90 % | SRE Team |
    /// ```
    ///
    /// # How to fix it
    ///
    /// Give each row as many cells as the header has, and write a `|` that belongs to the text as `\|`, in code too.
    TORN_TABLE: "STRUCT012", "torn-table", Warning, Some(check)
}

/// Whether the item is a row of such a table: what its cells say may belong to other cells.
pub(super) fn is_torn_row(document: &Document, item: &ActionItem) -> bool {
    match item.form {
        Form::Row { table, .. } => document.tables.get(table).is_some_and(|table| table.torn),
        Form::ListItem { .. } | Form::Heading { .. } => false,
    }
}

fn check(document: &Document, _: &Context<'_>, found: &mut Found<'_>) {
    for problem in &document.problems {
        if problem.kind == ProblemKind::TornTable {
            let detail = problem.detail.trim().trim_end_matches('.');
            found.add(
                problem.span,
                match detail {
                    "" => "This table cannot be read with certainty, so nothing is written to it".to_owned(),
                    _ => format!("This table cannot be read with certainty ({detail}), so nothing is written to it"),
                },
                "Give each row as many cells as the header has, and write a | that belongs to the text as \\|",
            );
        }
    }
}
