//! The page of a run in GitHub's job summary: what was done, what is late, what was left and why.

use std::fmt::Write as _;

use super::{
    Report,
    links::{Links, Stage},
    markdown,
    phrase::{self, count},
    tally::Tense,
};
use crate::{
    check::rules,
    model::{escape::code_block, finding::Finding},
};

/// Room for each list, in characters. GitHub drops a summary beyond 1 MiB, and a character takes up to four bytes.
const LIST_BUDGET: usize = 30_000;

/// Bytes of a patch that are shown.
const PATCH_LIMIT: usize = 300_000;

/// The summary as Markdown, within GitHub's limit of 1 MiB.
///
/// Where a run was made, late items stand in their table and not among the findings once more.
///
/// # Guarantees
/// Text from documents stays text (see [`crate::model::escape`]).
#[must_use]
pub fn markdown(report: &Report<'_>) -> String {
    let links = Links::of(report, Stage::Summary);
    let mut text = format!("## Postmortem action items\n\n{}\n", headline(report));
    let late = |heading: &str, items: &[_]| match items {
        [] => String::new(),
        items => format!(
            "### {heading}\n\n{}",
            markdown::late_table(report, items, &links, LIST_BUDGET)
        ),
    };
    let told_elsewhere = |finding: &&Finding| {
        report.outcomes.is_some()
            && finding.rule == rules::OVERDUE.id
            && !report.plan.overdue.is_empty()
    };
    let others: Vec<Finding> = report
        .findings
        .iter()
        .filter(|finding| !told_elsewhere(finding))
        .cloned()
        .collect();
    let other = Report {
        findings: &others,
        ..*report
    };
    let items = markdown::items_table(report, &links, LIST_BUDGET);
    let heading = if report.outcomes.is_some() {
        "Done"
    } else {
        "To do"
    };
    for part in [
        late("⚠️ Overdue", &report.plan.overdue),
        late("Due soon", &report.plan.due_soon),
        titled(heading, items),
        titled("Findings", markdown::findings(&other, &links, LIST_BUDGET)),
        titled(
            "Notes",
            markdown::notices(report) + &markdown::left(report, &links, LIST_BUDGET),
        ),
        report.patch.map(patch).unwrap_or_default(),
    ] {
        if !part.is_empty() {
            text.push('\n');
            text.push_str(&part);
        }
    }
    text
}

fn titled(heading: &str, body: String) -> String {
    if body.is_empty() {
        return body;
    }
    format!("### {heading}\n\n{body}")
}

fn headline(report: &Report<'_>) -> String {
    let tally = report.tally();
    let tense = if report.outcomes.is_some() {
        Tense::Past
    } else {
        Tense::Present
    };
    let deeds = tally.deeds(tense);
    let stock = tally.stock();
    if tally.is_quiet() && report.plan.conflicts.is_empty() {
        return format!("Everything is up to date: {stock}.");
    }
    let mut told = match (deeds.as_str(), tense) {
        ("", _) => "Nothing was done".to_owned(),
        (deeds, Tense::Past) => format!("**{}**", phrase::capitalised(deeds)),
        (deeds, Tense::Present) => format!("A sync **{deeds}**"),
    };
    for (number, what) in [
        (tally.failed, "failed"),
        (tally.postponed, "left for the next run"),
    ] {
        if number > 0 {
            let _ = write!(told, "; **{} {what}**", count(number, "change"));
        }
    }
    if tally.unplaceable > 0 {
        let _ = write!(
            told,
            "; **{} without a place for a link**",
            count(tally.unplaceable, "item")
        );
    }
    format!("{told}. {}.", phrase::capitalised(&stock))
}

fn patch(patch: &str) -> String {
    if patch.is_empty() {
        return String::new();
    }
    let intro = "### Changes to apply\n\nNothing was written to the postmortems. ";
    if patch.len() > PATCH_LIMIT {
        return format!(
            "{intro}The patch is too long to be shown here: run `followthrough sync` in a checkout.\n"
        );
    }
    format!(
        "{intro}Save this as `followthrough.patch` and run `git apply followthrough.patch`:\n\n{}",
        code_block(patch, "diff")
    )
}
