//! Due dates that name no single day.

use super::torn_table;
use crate::{
    check::{Context, Found, quoted},
    document::Document,
    model::item::{Basis, Due},
};

rule! {
    /// The due date of an open action item names no single day.
    ///
    /// # What it checks
    ///
    /// Dates of an item that is not settled: dates that are two days depending on who reads them (`03/04/2024`),
    /// days that do not exist (`2024-02-30`), days without a year (`5 March`, read as the first one since the incident),
    /// and words (`next sprint`, `soon`). Nothing is guessed: of a period that has a name (`Q3 2026`) the last day counts,
    /// and a time (`in 2 weeks`) is counted from the day of the incident.
    ///
    /// # Why it matters
    ///
    /// `03/04/2024` is the third of April for half of the world and the fourth of March for the other half, and a
    /// reminder a month late is none. "Next sprint" means something else every two weeks.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 03/04/2024 | Not Started |
    /// ```
    ///
    /// # How to fix it
    ///
    /// Write year, month, day. A team that always writes days first, or months first, can say so once in the
    /// configuration: `reading: { date-order: day-first }`.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 2024-04-03 | Not Started |
    /// ```
    DUE_UNREADABLE: "FOLLOW003", "due-unreadable", Warning, Some(check)
}

fn check(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    for (_, item) in context.open_items(document) {
        let Some(due) = item
            .due
            .as_ref()
            .filter(|_| !torn_table::is_torn_row(document, item))
        else {
            continue;
        };
        let written = quoted(&due.text);
        match &due.value {
            Due::On(_) => {}
            Due::Derived { date, from } => {
                if *from == Basis::NoYear {
                    found.add(
                        due.span,
                        format!("{written} names no year, and is read as {date}"),
                        format!("Write {date}, or the day that was meant"),
                    );
                }
            }
            Due::Ambiguous {
                day_first,
                month_first,
            } => found.add(
                due.span,
                format!(
                    "{written} is {} or {}, depending on who reads it",
                    day_first.format("%-d %B %Y"),
                    month_first.format("%-d %B %Y"),
                ),
                format!(
                    "Write {day_first} or {month_first}, or set `reading.date-order` in the configuration"
                ),
            ),
            Due::Unreadable => found.add(
                due.span,
                format!("{written} names no day, so nobody can tell when this is late"),
                "Write the day as YYYY-MM-DD",
            ),
        }
    }
}
