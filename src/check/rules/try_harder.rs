//! Promises to be a better person.

rule! {
    /// Somebody is asked to try harder.
    ///
    /// # What it checks
    ///
    /// Action items that ask for care, attention or memory: "be more careful", "remember to", "double-check before",
    /// "make sure everyone". Prose as well, where it says that somebody needs to be more careful.
    ///
    /// # Why it matters
    ///
    /// Nobody was careless on purpose, so nobody can promise to be careful. The system stays as it is, and the next
    /// tired person meets the same trap. Nobody can tell either when such an item is done.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Sarah needs to be more careful (Owner: @sarah, due 2024-02-01)
    /// ```
    ///
    /// # How to fix it
    ///
    /// Build what catches the slip: a check, a guard, a safer default.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Refuse releases whose configuration does not parse (Owner: @sarah, due 2024-02-01)
    /// ```
    TRY_HARDER: "ACT001", "try-harder", Error, words "try_harder.yml"
}
