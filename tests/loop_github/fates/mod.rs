//! What becomes of links, documents and branches: every fate that the README promises a behaviour for, one file a group.

mod documents;
mod duplicates;
mod issues;
mod leftovers;
mod proposals;
mod repositories;

use super::*;

const ACTION: &str = "Add memory monitoring";
const OTHER: &str = "Update testing suite";
const COMMIT: &str = "graphql createCommitOnBranch";

/// Brings everything up to date, and checks that the run after that has nothing left to do.
#[track_caller]
fn swept(github: &GitHub) -> Outcome {
    let run = Runner::schedule(github).run();
    let writes = github.take_writes();
    Runner::schedule(github).run();
    let again = github.take_writes();
    assert!(
        again.is_empty(),
        "{writes:?}, and again {again:?}:\n{}",
        run.said()
    );
    run
}

/// Puts `text` on `main` in the place of the postmortem, and runs the push.
#[track_caller]
fn push(github: &GitHub, text: &str) -> Outcome {
    let before = github.world().head("main");
    github.world().push("main", &[(PATH, text)]);
    Runner::push(github, &before).run()
}

/// The issue `number` has changed: the event's run.
#[track_caller]
fn event(github: &GitHub, action: &str, number: u64) -> Outcome {
    let issue = github.world().issue_json(number);
    Runner::issues(github, action, &issue).run()
}

/// The annotations of the row that holds `needle`.
#[track_caller]
fn told_at(github: &GitHub, run: &Outcome, needle: &str) -> Vec<String> {
    let line = line_of(&document(github), needle);
    let at = run
        .annotations()
        .into_iter()
        .filter(|one| one.line() == line);
    at.map(|one| one.data.clone()).collect()
}

/// Text of the postmortem with the row that holds `needle` replaced by `rows`.
#[track_caller]
fn with_row(text: &str, needle: &str, rows: impl Fn(&str) -> String) -> String {
    let mut found = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        if line.starts_with('|') && line.contains(needle) {
            found += 1;
            rows(line)
        } else {
            line.to_owned()
        }
    });
    let text = lines.collect();
    assert_eq!(found, 1, "rows that hold {needle:?}");
    text
}
