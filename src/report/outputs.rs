//! The numbers that a step of a workflow passes on to the steps after it.

use std::collections::BTreeSet;

use super::{Report, tally};
use crate::{
    apply::Ending,
    model::change::{Change, ItemRef},
};

/// The outputs by name, but for the path of the plan: `items`, `opened`, `updated`, `overdue`, `findings`, `changed`.
///
/// `opened` and `updated` are what was done, or in a preview what would be; `updated` counts items whose row or issue changed,
/// without those that got their issue in this run. `changed` is `true` where an issue or a postmortem was written to.
#[must_use]
pub fn of(report: &Report<'_>) -> [(&'static str, String); 6] {
    let tally = report.tally();
    [
        ("items", tally.items.to_string()),
        ("opened", tally.opened.to_string()),
        ("updated", updated(report).to_string()),
        ("overdue", tally.overdue.to_string()),
        ("findings", report.findings.len().to_string()),
        ("changed", has_changed(report).to_string()),
    ]
}

fn updated(report: &Report<'_>) -> usize {
    let new: BTreeSet<&ItemRef> = report
        .plan
        .changes
        .iter()
        .filter(|change| matches!(change, Change::Open { .. }))
        .map(Change::item)
        .collect();
    tally::by_item(report)
        .iter()
        .filter(|item| !item.told.is_empty() && !new.contains(item.item))
        .count()
}

fn has_changed(report: &Report<'_>) -> bool {
    report
        .outcomes
        .unwrap_or_default()
        .iter()
        .any(|outcome| outcome.result == Ending::Done)
}
