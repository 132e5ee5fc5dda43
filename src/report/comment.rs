//! The one comment on a pull request: what merging will do, and what to mend before.

use super::{
    Report,
    links::{Links, Stage},
    markdown,
    phrase::count,
    tally,
};
use crate::model::{escape::truncate_chars, issue::BODY_LIMIT};

/// By this first line the comment is found again.
pub const MARKER: &str = "<!-- followthrough-comment:1 -->";

/// Room for the table of items, in characters; what stays of [`BODY_LIMIT`] is for findings and the rest.
const ITEMS_BUDGET: usize = 25_000;
const FINDINGS_BUDGET: usize = 30_000;
const LEFT_BUDGET: usize = 2_000;

/// The comment as Markdown, marker first, within GitHub's limit.
///
/// # Guarantees
/// Text from documents notifies nobody and references no issue (see [`crate::model::escape`]). The same report
/// gives the same bytes, and how many days an item is late is left out, so that the comment is not edited daily. Where
/// issues were opened before the merge, the comment says what there is, and not what this run did: the next one, which
/// has nothing to do, says the same.
#[must_use]
pub fn markdown(report: &Report<'_>) -> String {
    let links = Links::of(report, Stage::Comment);
    let mut text = format!("{MARKER}\n### Action items\n\n{}\n", headline(report));
    let items = match report.outcomes {
        Some(_) => markdown::standing_table(report, &links, ITEMS_BUDGET),
        None => markdown::items_table(report, &links, ITEMS_BUDGET),
    };
    for part in [
        items,
        markdown::findings(report, &links, FINDINGS_BUDGET),
        markdown::notices(report) + &markdown::left(report, &links, LEFT_BUDGET),
        markdown::SIGNATURE.to_owned(),
    ] {
        if !part.is_empty() {
            text.push('\n');
            text.push_str(&part);
        }
    }
    truncate_chars(
        &text,
        BODY_LIMIT,
        "\n… cut here: GitHub takes no longer comment.\n",
    )
}

fn headline(report: &Report<'_>) -> String {
    let tally = report.tally();
    let well = if report.findings.is_empty() {
        " Nothing to mend. ✅"
    } else {
        ""
    };
    if report.outcomes.is_some() {
        let issues = count(tally::standing(report).len(), "action item");
        return format!(
            "**{issues}** of this pull request with an issue. If it is closed without merging, they are closed as not planned.{well}"
        );
    }
    let deeds = tally.preview();
    if !deeds.is_empty() {
        return format!("Merging this **{deeds}**.{well}");
    }
    if tally.items == 0 {
        let read = count(tally.documents, "postmortem");
        return format!("Merging this opens no issue: there is no action item in {read}.{well}");
    }
    format!("Merging this changes nothing: {}.{well}", tally.stock())
}
