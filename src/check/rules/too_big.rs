//! Promises that are several.

rule! {
    /// An action item may be more than one piece of work.
    ///
    /// # What it checks
    ///
    /// Action items of more than 140 characters, and those that join two verbs by "and". An explanation behind a colon,
    /// a dash or in brackets does not count.
    ///
    /// # Why it matters
    ///
    /// Half of it gets done, and the item can be neither closed nor left open with good conscience.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Add a limit to the queue of the importer and rewrite the retry loop of the exporter
    /// ```
    ///
    /// # How to fix it
    ///
    /// Split it.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Add a limit to the queue of the importer
    /// - Rewrite the retry loop of the exporter
    /// ```
    TOO_BIG: "ACT007", "too-big", Info, words "too_big.yml"
}
