//! Puts what a run has to tell where it belongs: the outputs and the summary of the step, and the pull request.
//!
//! Imports: model, host, tracker, report.

use std::path::Path;

use crate::{
    host::{HostError, disk, runner::Runner},
    report::{Report, comment, json, outputs, summary},
    tracker::{
        TrackerError,
        github::{Commented, GithubWriter},
    },
};

/// Name of the file that holds the plan as JSON.
const PLAN_FILE: &str = "followthrough-plan.json";

/// Sets the outputs of the step. The plan is written into `folder`, the runner's folder for temporary files;
/// without one, the output `plan` is empty.
///
/// # Errors
/// A refusal of the system.
pub fn set_outputs(
    runner: &Runner,
    folder: Option<&Path>,
    report: &Report<'_>,
) -> Result<(), HostError> {
    for (name, value) in outputs::of(report) {
        runner.set_output(name, &value)?;
    }
    let path = match folder {
        None => String::new(),
        Some(folder) => {
            disk::write(folder, PLAN_FILE, &json::plan(report))?;
            folder.join(PLAN_FILE).to_string_lossy().into_owned()
        }
    };
    runner.set_output("plan", &path)
}

/// Appends the summary of the run to that of the job; off a runner, nothing happens.
///
/// # Errors
/// A refusal of the system.
pub fn add_summary(runner: &Runner, report: &Report<'_>) -> Result<(), HostError> {
    if !runner.has_summary() {
        return Ok(());
    }
    runner.append_summary(&summary::markdown(report))
}

/// Makes the run's one comment on the pull request `number` say what the report says; it is edited only where
/// that changes. A token that may not comment is no failure: see [`Commented::ReadOnly`].
///
/// # Errors
/// What the host refuses or fails to do.
pub async fn put_comment(
    writer: &GithubWriter,
    number: u64,
    report: &Report<'_>,
) -> Result<Commented, TrackerError> {
    let body = comment::markdown(report);
    writer.put_comment(number, comment::MARKER, &body).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{host::Environment, model::change::Plan};

    fn report(plan: &Plan) -> Report<'_> {
        Report {
            documents: &[],
            findings: &[],
            plan,
            outcomes: None,
            notices: &[],
            blob_url: "",
            patch: None,
            today: chrono::NaiveDate::default(),
        }
    }

    fn runner(folder: &Path) -> Runner {
        let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
        let pairs = [
            ("GITHUB_ACTIONS", "true".to_owned()),
            ("GITHUB_OUTPUT", file("output")),
            ("GITHUB_STEP_SUMMARY", file("summary")),
        ];
        Runner::new(&Environment::from_pairs(pairs, false).expect("an environment"))
    }

    #[test]
    fn the_step_gets_its_outputs_and_the_path_of_the_plan() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let plan = Plan::default();
        set_outputs(&runner(folder.path()), Some(folder.path()), &report(&plan)).expect("set");
        let told = std::fs::read_to_string(folder.path().join("output")).expect("outputs");
        for name in [
            "items", "opened", "updated", "overdue", "findings", "changed", "plan",
        ] {
            assert!(told.contains(&format!("{name}<<")), "{name} in {told}");
        }
        assert!(told.contains(PLAN_FILE));
        let json = std::fs::read_to_string(folder.path().join(PLAN_FILE)).expect("the plan");
        assert!(json.starts_with("{\"version\":1,\"changes\":[]"), "{json}");
    }

    #[test]
    fn the_summary_is_appended_and_nothing_is_written_off_a_runner() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let plan = Plan::default();
        add_summary(&runner(folder.path()), &report(&plan)).expect("written");
        let told = std::fs::read_to_string(folder.path().join("summary")).expect("the summary");
        assert!(told.starts_with("## Postmortem action items"), "{told}");
        add_summary(&Runner::default(), &report(&plan)).expect("nothing to do");
        set_outputs(&Runner::default(), None, &report(&plan)).expect("nothing to do");
    }
}
