//! Promises to change people.

rule! {
    /// An action item wants people to change.
    ///
    /// # What it checks
    ///
    /// Action items that begin with reminding, training, educating, telling or encouraging people, with raising
    /// awareness, or with making sure that everyone knows. To train a classifier is something else.
    ///
    /// # Why it matters
    ///
    /// A reminder fades within weeks, and the next new colleague never got it. The item looks done on the day it is
    /// sent, and the system is as it was.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Remind the team to follow the runbook (Owner: SRE, due 2024-02-01)
    /// ```
    ///
    /// # How to fix it
    ///
    /// Let a machine do it or check it. Where people must learn, name what will exist in the end.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Put the runbook's steps into the rollback script (Owner: SRE, due 2024-02-01)
    /// ```
    PERSON_DIRECTED: "ACT002", "person-directed", Warning, words "person_directed.yml"
}
