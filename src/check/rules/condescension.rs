//! Words that make the past look simple.

rule! {
    /// A word makes what happened look simple.
    ///
    /// # What it checks
    ///
    /// "Obviously", "of course", "everyone knows", "common sense", "simply forgot", "in hindsight". Most of them are
    /// harmless, so the rule is off by default.
    ///
    /// # Why it matters
    ///
    /// Those who did not know read that they could have known. They will not ask next time.
    ///
    /// # Example
    ///
    /// ```markdown
    /// Obviously the limit was too low for the new region.
    /// ```
    ///
    /// # How to fix it
    ///
    /// Leave the word out.
    ///
    /// ```markdown
    /// The limit was too low for the new region, and nothing compared the two.
    /// ```
    CONDESCENSION: "HIND003", "condescension", Off, words "condescension.yml"
}
