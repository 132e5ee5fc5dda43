//! The same promise twice.

use std::collections::BTreeMap;

use crate::{
    check::{Context, Found, quoted},
    document::Document,
};

rule! {
    /// A document promises the same twice.
    ///
    /// # What it checks
    ///
    /// Open action items whose text is that of an earlier item of the same document; case, blanks and punctuation do
    /// not count. Two items that are linked to one issue are one item in two places, and no finding.
    ///
    /// # Why it matters
    ///
    /// Each of them gets an issue of its own. Two people do the work, or each waits for the other.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Limit the queue of the importer (Owner: SRE, due 2024-02-01)
    /// - Limit the queue of the importer (Owner: SRE, due 2024-02-01)
    /// ```
    ///
    /// # How to fix it
    ///
    /// Keep one, or say what makes them different.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Limit the queue of the importer (Owner: SRE, due 2024-02-01)
    /// - Limit the queue of the exporter (Owner: SRE, due 2024-02-01)
    /// ```
    DUPLICATE_IN_DOCUMENT: "ACT006", "duplicate-in-document", Info, Some(check)
}

fn check(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (index, item) in document.items.iter().enumerate() {
        let words = words(&item.action);
        if words.is_empty() {
            continue;
        }
        let earlier = *first.entry(words).or_insert(index);
        let earlier_item = &document.items[earlier];
        let issue = item.tracking_link().map(|link| &link.target);
        let is_one =
            issue.is_some() && issue == earlier_item.tracking_link().map(|link| &link.target);
        if earlier == index || is_one || context.is_settled(document, index) {
            continue;
        }
        let line = earlier_item.line;
        let (what, way) = if context.is_settled(document, earlier) {
            (
                "stands as finished",
                "Delete this one, or say what is left to do",
            )
        } else {
            (
                "stands",
                "Keep one of them, or say what makes them different",
            )
        };
        let message = format!("{} {what} in line {line} already", quoted(&item.action));
        found.add(item.action_span, message, way);
    }
}

/// The words of a text in small letters.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}
