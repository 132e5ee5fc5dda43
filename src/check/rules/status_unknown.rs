//! Status words that mean nothing to the tool.

use super::torn_table;
use crate::{
    check::{Context, Found, enumerated, quoted},
    document::Document,
    model::{item::StatusWord, status::Status},
};

rule! {
    /// The status of an action item is no word that is known.
    ///
    /// # What it checks
    ///
    /// What is written in the status cell is a word of the built-in vocabulary, in several languages and with or
    /// without an emoji, or one of the configuration. An empty cell is no finding: it means not started.
    ///
    /// # Why it matters
    ///
    /// An item whose status cannot be read counts as open, is reported as late, and its cell is not written to.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 2024-02-01 | Halfway-ish |
    /// ```
    ///
    /// # How to fix it
    ///
    /// Write one of the usual words, or teach the tool yours: `reading: { status-words: { in-progress: [Halfway-ish] } }`.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 2024-02-01 | In Progress |
    /// ```
    STATUS_UNKNOWN: "FOLLOW005", "status-unknown", Warning, Some(check)
}

fn check(document: &Document, _: &Context<'_>, found: &mut Found<'_>) {
    for item in &document.items {
        let Some(status) = &item.status else { continue };
        if status.value == StatusWord::Unknown && !torn_table::is_torn_row(document, item) {
            let words = Status::ALL.map(|status| status.to_string());
            found.add(
                status.span,
                format!("{} is no status that is known here", quoted(&status.text)),
                format!(
                    "Write {}, or add the word under `reading.status-words` in the configuration",
                    enumerated(&words).replace(" and ", " or ")
                ),
            );
        }
    }
}
