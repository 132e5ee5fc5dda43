//! Promises that would fit any incident.

use crate::check::explained;

rule! {
    /// An action item says neither what nor where.
    ///
    /// # What it checks
    ///
    /// Action items that are nothing but "add monitoring", "improve tests" or "fix the bug that caused the incident".
    /// One more word that says what or where is enough: "add memory monitoring".
    ///
    /// # Why it matters
    ///
    /// Months later the owner has to ask what was meant, and by then nobody knows. Two people would build two
    /// different things, and neither could say that it is done.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Add monitoring (Owner: SRE, due 2024-02-01)
    /// ```
    ///
    /// # How to fix it
    ///
    /// Say what and where.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Alert when the memory of the importer stays above 90 % (Owner: SRE, due 2024-02-01)
    /// ```
    UNSPECIFIC: "ACT004", "unspecific", Warning, words "unspecific.yml", explained::judge
}
