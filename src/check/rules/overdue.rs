//! Promises whose day has passed.

use chrono::NaiveDate;

use crate::{
    check::{Context, Found, quoted},
    document::Document,
    model::item::ActionItem,
};

rule! {
    /// An open action item is past its due date.
    ///
    /// # What it checks
    ///
    /// Items with a readable due date before today, in the configured time zone, that are neither done nor
    /// decided against. Where the item's issue is known, the issue says whether it is done. Due today is not late.
    ///
    /// # Why it matters
    ///
    /// The same incident comes back through the gap that everybody agreed to close. Two weeks after a postmortem
    /// hardly anybody opens it again, so the document has to speak up by itself.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 2024-02-01 | In Progress |
    /// ```
    ///
    /// # How to fix it
    ///
    /// Finish it and close its issue; or agree on a new day; or decide against it, openly.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 2024-02-01 | Done |
    /// ```
    OVERDUE: "FOLLOW007", "overdue", Warning, Some(check)
}

fn check(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    for (_, item) in context.open_items(document) {
        let (Some(due), Some(day)) = (&item.due, item.due_date()) else {
            continue;
        };
        if day < context.today {
            found.add(due.span, late(item, day), REMEDY);
        }
    }
}

/// What to do about an item that is late.
pub const REMEDY: &str =
    "Finish it, agree on a new day, or decide against it and set its status to Won't Do";

/// That `item`, due on `day`, is late. The number of days is left out: the finding stays the same from one day to
/// the next.
#[must_use]
pub fn late(item: &ActionItem, day: NaiveDate) -> String {
    let owner = item
        .owners
        .as_ref()
        .map(|owners| format!(" ({})", owners.text))
        .unwrap_or_default();
    format!(
        "{}{owner} was due on {day} and is not done",
        quoted(&item.action)
    )
}
