//! Files that are no text.

rule! {
    /// A file cannot be read as a postmortem.
    ///
    /// # What it checks
    ///
    /// Every file that was named or found is there, is a file, can be opened, and holds UTF-8 text. The other
    /// files are still checked.
    ///
    /// # Why it matters
    ///
    /// A file that is silently skipped looks like a postmortem without any problem.
    ///
    /// # Example
    ///
    /// ```text
    /// followthrough check postmortems/2024-01-08-checkout-down.docx
    /// ```
    ///
    /// # How to fix it
    ///
    /// Correct the path; save the file as UTF-8; or, where it is no postmortem, name it under
    /// `postmortems: { exclude: [...] }`.
    FILE_UNREADABLE: "FILE001", "file-unreadable", Error, None
}
