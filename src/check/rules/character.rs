//! Words for what somebody is like.

rule! {
    /// A person's character is given as the explanation.
    ///
    /// # What it checks
    ///
    /// Words that judge people: careless, negligent, reckless, sloppy, lazy, stupid, complacent, "lack of attention",
    /// "rookie mistake". Lazy loading and the like are something else.
    ///
    /// # Why it matters
    ///
    /// Nobody comes to work to be careless. The word closes the question of why a careful person did this, and
    /// tells everybody else what will be written about them.
    ///
    /// # Example
    ///
    /// ```markdown
    /// Due to a lack of attention the flag was left on.
    /// ```
    ///
    /// # How to fix it
    ///
    /// Leave the judgement out, and describe the conditions.
    ///
    /// ```markdown
    /// The flag is one of 40 on the page, and nothing shows that it is on after the release.
    /// ```
    CHARACTER: "BLAME002", "character", Error, words "character.yml"
}
