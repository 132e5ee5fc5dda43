//! Open items that are promised for no day.

use crate::check::absent;

rule! {
    /// An open action item has no due date.
    ///
    /// # What it checks
    ///
    /// Every item that is not settled has something in its due cell or after `Due:`. A placeholder (`-`, `TBD`,
    /// `YYYY-MM-DD`) is nothing. Items that are done or decided against are left alone. Where a table has no due
    /// column, or no item of a list has a date, one finding speaks for all of them.
    ///
    /// # Why it matters
    ///
    /// An item without a date is never late, so nobody is ever told about it. A date that proves wrong can be
    /// moved; that is a decision, and forgetting is not.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | TBD | Not Started |
    /// ```
    ///
    /// # How to fix it
    ///
    /// Agree on a day with the owner and write it as year, month, day.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 2024-02-01 | Not Started |
    /// ```
    DUE_MISSING: "FOLLOW002", "due-missing", Warning, Some(absent::due)
}
