//! What somebody should have done.

rule! {
    /// What people did is measured by what is known only now.
    ///
    /// # What it checks
    ///
    /// "Should have", "could have" and "ought to have" about people and teams, and whatever "should have been" done.
    /// What could have been worse, what a system was designed to do, and questions are left alone.
    ///
    /// # Why it matters
    ///
    /// What did not happen cannot explain what happened. The sentence describes the wish of the writer and not the
    /// situation, in which people chose among what they saw.
    ///
    /// # Example
    ///
    /// ```markdown
    /// We should have caught this in review.
    /// ```
    ///
    /// # How to fix it
    ///
    /// Say what was not in place, and why the action made sense then. If it should be there, make it an action item.
    ///
    /// ```markdown
    /// Reviews show the diff alone, so the effect on the other region was not visible in it.
    /// ```
    SHOULD_HAVE: "HIND001", "should-have", Warning, words "should_have.yml"
}
