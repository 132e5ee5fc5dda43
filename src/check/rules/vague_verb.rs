//! Promises without an end.

use crate::check::explained;

rule! {
    /// An action item begins with a verb that has no end.
    ///
    /// # What it checks
    ///
    /// Action items that begin with investigate, consider, look into, explore, discuss, improve, review, evaluate,
    /// figure out, understand, continue or keep an eye, and that name no measure, no document and no decision to reach.
    /// Items with notes below them are left alone.
    ///
    /// # Why it matters
    ///
    /// An item must be bounded: one can tell when it is done. "Investigate" is done after a minute or never, so it
    /// stays open until nobody remembers what it was about.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Investigate alerting for queue growth (Owner: SRE, due 2024-02-01)
    /// ```
    ///
    /// # How to fix it
    ///
    /// Name the outcome, and how to see that it is there. Where the outcome is open, a decision or a page is one.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Page the on-call when the queue grows for 10 minutes (Owner: SRE, due 2024-02-01)
    /// ```
    VAGUE_VERB: "ACT003", "vague-verb", Warning, words "vague_verb.yml", explained::judge
}
