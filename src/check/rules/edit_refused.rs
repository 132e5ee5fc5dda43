//! Rows that could not be written to without changing something else.

rule! {
    /// A row was left as it is, because writing to it could have changed something else.
    ///
    /// # What it checks
    ///
    /// Before a link or a status is written, the new text is read again. Where anything but the intended cell,
    /// box or link would read differently, the edit is not made.
    ///
    /// # Why it matters
    ///
    /// A postmortem belongs to the people who wrote it. A tool that damages one row is switched off for all.
    ///
    /// # Example
    ///
    /// ```markdown
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % `| SRE Team | 2024-02-01 | Not Started |
    /// ```
    ///
    /// # How to fix it
    ///
    /// Give the row as many cells as the header has, and write a `|` that belongs to the text as `\|`. Until
    /// then, its issue holds the status.
    EDIT_REFUSED: "FOLLOW010", "edit-refused", Warning, None
}
