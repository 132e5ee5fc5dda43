//! Items that were late before the incident happened.

use crate::{
    check::{Context, Found, quoted},
    document::Document,
};

rule! {
    /// An open action item was due before the incident.
    ///
    /// # What it checks
    ///
    /// The due date of every item that is not settled lies on or after the day of the incident, which is read
    /// from the summary, the title or the file's name.
    ///
    /// # Why it matters
    ///
    /// It is nearly always last year's number in a date written in January. Such an item is reported as months
    /// late on the day on which it is promised, and people learn to overlook the report.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Incident Summary
    ///
    /// - **Date**: 2024-01-08
    ///
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 2023-02-01 | Not Started |
    /// ```
    ///
    /// # How to fix it
    ///
    /// Correct the year. Where the item is older than the incident and was repeated here, link its issue and
    /// agree on a new day.
    ///
    /// ```markdown
    /// ## Incident Summary
    ///
    /// - **Date**: 2024-01-08
    ///
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 2024-02-01 | Not Started |
    /// ```
    PAST_DUE_AT_BIRTH: "FOLLOW004", "past-due-at-birth", Warning, Some(check)
}

fn check(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    let Some(incident) = document.date() else {
        return;
    };
    for (_, item) in context.open_items(document) {
        let (Some(due), Some(day)) = (&item.due, item.due_date()) else {
            continue;
        };
        if day < incident {
            found.add(
                due.span,
                format!(
                    "{} was due on {day}, before the incident of {incident}",
                    quoted(&item.action)
                ),
                "Correct the year, or agree on a new day",
            );
        }
    }
}
