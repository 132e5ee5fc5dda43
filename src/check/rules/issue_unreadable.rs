//! Links to issues that nobody can read.

rule! {
    /// The issue that an item links to is deleted or cannot be read.
    ///
    /// # What it checks
    ///
    /// Every issue that an action item links to is asked for its state. A deleted one, one in a repository that
    /// the token cannot see, and a number that never existed are reported. No new issue is opened for the item.
    ///
    /// # Why it matters
    ///
    /// The link is the item's identity: what cannot be read is neither done nor late, it is lost from sight.
    ///
    /// # Example
    ///
    /// ```markdown
    /// | Action | Owner | Due Date | Status | Issue |
    /// | --- | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 2024-02-01 | In Progress | #99999 |
    /// ```
    ///
    /// # How to fix it
    ///
    /// Correct the link; or remove it, and the next run opens a new issue; or, for an issue in another repository,
    /// give the run a token that can read it.
    ISSUE_UNREADABLE: "FOLLOW009", "issue-unreadable", Warning, None
}
