//! Human error as an explanation.

rule! {
    /// Human error is given as the explanation.
    ///
    /// # What it checks
    ///
    /// Sentences that explain something with a human, operator or engineer error, or say that something was due to user
    /// error. To prevent, reduce or expect errors is no finding, and neither is a rate of user errors.
    ///
    /// # Why it matters
    ///
    /// People err every day, in any system. An explanation that holds for every incident explains none, and leaves
    /// nothing to mend but people.
    ///
    /// # Example
    ///
    /// ```markdown
    /// The outage came from human error during the move of the accounts.
    /// ```
    ///
    /// # How to fix it
    ///
    /// Say what made the action look right at the time, and what let it through.
    ///
    /// ```markdown
    /// The two consoles look the same, and neither asks before it deletes an account that is in use.
    /// ```
    HUMAN_ERROR: "BLAME001", "human-error", Error, words "human_error.yml"
}
