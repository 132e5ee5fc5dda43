//! Sentences that call something the root cause.

use crate::check::cause;

rule! {
    /// Something is called the root cause.
    ///
    /// # What it checks
    ///
    /// Sentences in which something "was the root cause". Questions, doubts and negations are left alone. In a document
    /// that lists at least two contributing factors or causes the finding is an info.
    ///
    /// # Why it matters
    ///
    /// Outages of complex systems need several things to come together. The one that is called the root cause is the
    /// one at which the search stopped, and the others are there still, waiting for the next trigger.
    ///
    /// # Example
    ///
    /// ```markdown
    /// The database query was the root cause.
    /// ```
    ///
    /// # How to fix it
    ///
    /// Name what contributed: technical, process, communication and documentation factors.
    ///
    /// ```markdown
    /// Multiple factors contributed: an unbounded query, no cache in front of it, and no alert on slow queries.
    /// ```
    WAS_THE_ROOT_CAUSE: "CAUSE002", "was-the-root-cause", Warning, words "was_the_root_cause.yml", cause::judge
}
