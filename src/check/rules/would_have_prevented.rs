//! What would have prevented it.

use crate::{
    check::{Context, wording::Hit},
    document::Document,
    model::config::{Level, SectionKind},
};

rule! {
    /// Another course of events is imagined.
    ///
    /// # What it checks
    ///
    /// "Would have prevented", "would not have happened", "if only", "had we known". In the section of action items such
    /// a sentence gives the reason for an item, and is left alone.
    ///
    /// # Why it matters
    ///
    /// A story of what did not happen is easy to tell, and hides the one that did. It makes one missing piece look like
    /// the whole explanation.
    ///
    /// # Example
    ///
    /// ```markdown
    /// A canary stage would have prevented the outage.
    /// ```
    ///
    /// # How to fix it
    ///
    /// Tell what happened, and make the idea an action item.
    ///
    /// ```markdown
    /// The release went to all regions at once.
    /// ```
    WOULD_HAVE_PREVENTED: "HIND002", "would-have-prevented", Warning, words "would_have_prevented.yml", judge
}

fn judge(hit: &Hit<'_>, document: &Document, _: &Context<'_>) -> Level {
    let mut sections = document.sections.iter();
    let is_reason = sections.any(|section| {
        section.kind == Some(SectionKind::ActionItems) && section.body.contains(hit.span)
    });
    if is_reason { Level::Off } else { Level::Error }
}
