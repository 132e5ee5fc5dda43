//! Promises that hide in sentences.

use super::no_action_items;
use crate::{
    check::{Context, Found},
    document::{Document, Problem, ProblemKind},
};

rule! {
    /// An action section holds sentences and no item.
    ///
    /// # What it checks
    ///
    /// The section of action items has a table or a list in which each promise stands by itself. A section that
    /// says that there is nothing to do, and lists of finished work, are left alone. Only the first such section of a
    /// document is told of.
    ///
    /// # Why it matters
    ///
    /// A promise in the middle of a paragraph has no owner, no date and no issue, and nothing here can follow it.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// We plan to add memory monitoring and want to look at the test suite as well.
    /// ```
    ///
    /// # How to fix it
    ///
    /// One row or one bullet for each promise.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Add memory monitoring | SRE Team | 2024-02-01 | Not Started |
    /// | Test checkout with a full heap | Dev Team | 2024-02-15 | Not Started |
    /// ```
    ACTIONS_ONLY_AS_PROSE: "STRUCT008", "actions-only-as-prose", Info, Some(check)
}

fn check(document: &Document, _: &Context<'_>, found: &mut Found<'_>) {
    let first = document.problems.iter().find(|problem| {
        problem.kind == ProblemKind::ProseOnly
            && !no_action_items::says_so(prose(document, problem))
    });
    if let Some(problem) = first {
        found.add(
            problem.span,
            "The action items are sentences, so none of them can be followed",
            "Give each promise a row or a bullet of its own, with owner and due date",
        );
    }
}

/// What stands under the heading that the problem points to.
fn prose<'a>(document: &'a Document, problem: &Problem) -> &'a str {
    document
        .sections
        .iter()
        .find(|section| section.heading_span == problem.span)
        .map_or(problem.span, |section| section.body)
        .of(&document.text)
}
