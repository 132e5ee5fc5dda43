//! Postmortems that promise nothing.

use std::sync::LazyLock;

use memchr::memchr2_iter;
use regex::Regex;

use crate::{
    check::{Context, Found},
    document::{Document, ProblemKind},
    model::config::SectionKind,
};

rule! {
    /// A postmortem promises nothing, and does not say that it means to.
    ///
    /// # What it checks
    ///
    /// The document has at least one action item, or says in words that there is none ("No action items", "None").
    /// Where the section itself is missing and required, `section-missing` says so, and this rule stays silent.
    ///
    /// # Why it matters
    ///
    /// What went wrong will go wrong again unless something changes. Deciding that nothing shall change is fine;
    /// then readers need to see that it was decided and not forgotten.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | [Action] | [Owner] | YYYY-MM-DD | Not Started |
    /// ```
    ///
    /// # How to fix it
    ///
    /// Add an item, or say why there is none.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// No action items: the failing system is switched off in March.
    /// ```
    NO_ACTION_ITEMS: "STRUCT011", "no-action-items", Warning, Some(check)
}

fn check(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    let is_told_otherwise = document.problems.iter().any(|problem| {
        matches!(
            problem.kind,
            ProblemKind::ProseOnly | ProblemKind::TornTable
        )
    });
    if !document.items.is_empty() || is_told_otherwise || says_so(&document.text) {
        return;
    }
    let mut sections = document
        .sections
        .iter()
        .filter(|section| section.kind == Some(SectionKind::ActionItems));
    let first = sections.clone().next();
    let is_required = context
        .config
        .required
        .sections
        .contains(&SectionKind::ActionItems);
    if sections.any(|section| says_none(section.body.of(&document.text)))
        || (first.is_none() && is_required)
    {
        return;
    }
    found.add(
        first.map(|section| section.heading_span),
        "There is no action item",
        "Add one with owner and due date, or write “No action items” and why",
    );
}

/// Whether `text` says somewhere that there is nothing to do.
pub(super) fn says_so(text: &str) -> bool {
    static NONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^(?i-u)(?:no (?:(?:further|new|open|additional|outstanding|specific|immediate|more) )*(?:action|follow[- ]?up|to-?do)s?(?: items?| points?| actions?)?|nothing (?:further |more |else |left )?to (?:do|follow up))\b",
        )
        .ok()
    });
    let bytes = text.as_bytes();
    let begins = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')
            && matches!(
                bytes.get(at + 1..at + 3),
                Some([b'o' | b'O', b' ' | b't' | b'T'])
            )
    };
    // The pattern is tried where one of its first words begins, since it takes long to search a text for it.
    says_none(text)
        || NONE.as_ref().is_some_and(|none| {
            let mut starts = memchr2_iter(b'n', b'N', bytes).filter(begins);
            starts.any(|at| none.is_match(&text[at..]))
        })
}

/// Whether all of `text` is a word for none.
fn says_none(text: &str) -> bool {
    let trimmed = text.trim_matches(|c: char| !c.is_alphanumeric());
    // Longer than the longest of the words, and little of a whole document.
    let words: String = trimmed
        .chars()
        .take(16)
        .flat_map(char::to_lowercase)
        .collect();
    matches!(
        words.as_str(),
        "none" | "n/a" | "na" | "nothing" | "keine" | "aucune" | "ninguna" | "なし" | "无"
    ) || words.starts_with("none ")
        || words.starts_with("none:")
        || words.starts_with("n/a ")
}
