//! Promises that do not begin with what will be done.

rule! {
    /// An action item does not begin with a verb.
    ///
    /// # What it checks
    ///
    /// Action items that begin with we, the, a, there, need, should, more or better, or with somebody who should. A
    /// lead-in before a colon is fine.
    ///
    /// # Why it matters
    ///
    /// The first word of an item becomes the first word of its issue's title. A verb tells at a glance what there is to
    /// do; a wish tells that something is wrong.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Better alerting on memory pressure (Owner: SRE, due 2024-02-01)
    /// ```
    ///
    /// # How to fix it
    ///
    /// Begin with what will be done.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Alert on memory pressure before the kernel ends the process (Owner: SRE, due 2024-02-01)
    /// ```
    NOT_VERB_FIRST: "ACT005", "not-verb-first", Info, words "not_verb_first.yml"
}
