//! Documents and issues that contradict each other.

rule! {
    /// Document and issue disagree about whether an item is done.
    ///
    /// # What it checks
    ///
    /// The status of an item is compared with that of its issue. Where a person changed the document since the two
    /// last agreed, such as to `Done` while the issue is open, nothing is changed on either side.
    ///
    /// # Why it matters
    ///
    /// The issue decides whether an item is done, because that is where people work. But a person who writes `Done`
    /// into the postmortem knows something too. Guessing would reopen finished work or bury unfinished work.
    ///
    /// # Example
    ///
    /// ```markdown
    /// | Action | Owner | Due Date | Status | Issue |
    /// | --- | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 2024-02-01 | Done | #12 (still open) |
    /// ```
    ///
    /// # How to fix it
    ///
    /// Close the issue where the item is done; set the status back where it is not. The next run brings the other
    /// side in line.
    STATUS_CONFLICT: "FOLLOW008", "status-conflict", Warning, None
}
