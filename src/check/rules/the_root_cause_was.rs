//! Sentences that tell what the root cause was.

use crate::check::cause;

rule! {
    /// One root cause is told.
    ///
    /// # What it checks
    ///
    /// Sentences of the form "the root cause was …". That it was found, is unknown, or was a combination of several
    /// things is no finding, and neither is a heading. In a document that lists at least two contributing factors or
    /// causes the finding is an info.
    ///
    /// # Why it matters
    ///
    /// Complex systems fail when several things come together. The one that is called the root cause is where the
    /// search stopped, and it is often the last thing that somebody did.
    ///
    /// # Example
    ///
    /// ```markdown
    /// The root cause was an unbounded queue in the importer.
    /// ```
    ///
    /// # How to fix it
    ///
    /// List what contributed: technical, process, communication and documentation factors.
    ///
    /// ```markdown
    /// Contributing factors: an unbounded queue in the importer, no alert on its length, and a runbook that did not
    /// mention it.
    /// ```
    THE_ROOT_CAUSE_WAS: "CAUSE001", "the-root-cause-was", Warning, words "the_root_cause_was.yml", cause::judge
}
