//! Puts what a run has to tell where people and later steps look for it.
//!
//! Imports: model, host, tracker, report.

use std::path::Path;

use crate::{
    host::{HostError, disk, runner::Runner},
    report::{Report, comment, json, summary},
    tracker::{
        TrackerError,
        github::{Commented, GithubWriter},
    },
};

/// Name of the plan's file in the runner's folder for temporary files.
const PLAN: &str = "followthrough-plan.json";

/// Writes the summary and the outputs of the step; the plan goes into a file in `folder`, whose path is an output.
pub fn step(report: &Report<'_>, runner: &Runner, folder: Option<&Path>) -> Result<(), HostError> {
    runner.append_summary(&summary::markdown(report))?;
    let tally = report.tally();
    let updated = tally.updated + tally.statuses + tally.flagged + tally.unflagged + tally.labelled;
    for (name, value) in [
        ("items", tally.items),
        ("overdue", tally.overdue),
        ("findings", report.findings.len()),
        (
            "opened",
            if report.outcomes.is_some() {
                tally.opened
            } else {
                0
            },
        ),
        (
            "updated",
            if report.outcomes.is_some() {
                updated
            } else {
                0
            },
        ),
    ] {
        runner.set_output(name, &value.to_string())?;
    }
    let changed = report.outcomes.is_some() && !tally.is_quiet();
    runner.set_output("changed", if changed { "true" } else { "false" })?;
    let Some(folder) = folder else {
        return runner.set_output("plan", "");
    };
    disk::write(folder, PLAN, &json::plan(report))?;
    runner.set_output("plan", &folder.join(PLAN).to_string_lossy())
}

/// Keeps the one comment on pull request `number` up to date. With a token that may not comment nothing is
/// written; the host's words are returned.
pub async fn comment(
    report: &Report<'_>,
    writer: &GithubWriter,
    number: u64,
) -> Result<Option<String>, TrackerError> {
    let body = comment::markdown(report);
    Ok(
        match writer.put_comment(number, comment::MARKER, &body).await? {
            Commented::Unchanged { .. } | Commented::Written { .. } => None,
            Commented::ReadOnly(words) => Some(words),
        },
    )
}
