//! Open items that nobody has promised.

use crate::check::absent;

rule! {
    /// An open action item names no owner.
    ///
    /// # What it checks
    ///
    /// Every item that is not settled has somebody in its owner cell, after `Owner:`, or as an `@login`. A
    /// placeholder (`-`, `???`, `TBD`) is nobody. An owner for the whole document (`owner:` in the front matter)
    /// owns every item that names none. Items that are done or decided against are left alone. Where a table has
    /// no owner column, or no item of a list names anybody, one finding speaks for all of them.
    ///
    /// # Why it matters
    ///
    /// What everybody should do, nobody does. Items without an owner are the ones that stay undone, and an issue
    /// without an assignee reaches nobody's list.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | TBD | 2024-02-01 | Not Started |
    /// ```
    ///
    /// # How to fix it
    ///
    /// Name a team, a role or a login. The configuration maps names to logins (`owners:`), so that the issue is
    /// assigned as well.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 2024-02-01 | Not Started |
    /// ```
    OWNER_MISSING: "FOLLOW001", "owner-missing", Warning, Some(absent::owner)
}
