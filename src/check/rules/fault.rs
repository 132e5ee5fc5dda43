//! Fault and blame, given to people.

rule! {
    /// Somebody is said to be at fault.
    ///
    /// # What it checks
    ///
    /// People and teams that are "at fault", "to blame", "responsible for the outage" or "held accountable", "our bad",
    /// "her mistake". Page faults, `git blame` and a query that is responsible for the load are something else.
    ///
    /// # Why it matters
    ///
    /// Fault is a question for courts. Asked in a postmortem, it turns the people who know most into the accused, and
    /// what they know stays with them.
    ///
    /// # Example
    ///
    /// ```markdown
    /// The reviewer was at fault.
    /// ```
    ///
    /// # How to fix it
    ///
    /// Tell what the checks showed, and what they could not show.
    ///
    /// ```markdown
    /// The change passed every check there was; none of them ran with the data of production.
    /// ```
    FAULT: "BLAME003", "fault", Warning, words "fault.yml"
}
