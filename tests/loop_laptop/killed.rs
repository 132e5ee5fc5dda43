//! A run that is killed while it writes files leaves nothing that the next run does not mend.

use super::*;

fn rows() -> String {
    let rows = (1..=8)
        .map(|n| format!("| Promise number {n} | Dev Team | 2024-02-0{n} | Not Started |\n"));
    postmortem(&rows.collect::<String>())
}

/// What a laptop holds, but for two things that no run trips over: the half-written file of a killed run, under a
/// name that nothing reads, and the last number given, which the next issue sets right.
fn held(laptop: &Laptop) -> String {
    let files = laptop.snapshot().into_iter();
    let files = files.filter(|(path, _)| {
        let name = path.rsplit('/').next().unwrap_or_default();
        !name.starts_with(".followthrough-") && name != "last-number"
    });
    let texts = files.map(|(path, bytes)| format!("{path}\n{}\n", String::from_utf8_lossy(&bytes)));
    texts.collect()
}

/// Fails with the lines that differ.
#[track_caller]
fn assert_same(left: &str, right: &str, case: &str) {
    let difference = similar::TextDiff::from_lines(right, left);
    assert!(left == right, "{case}:\n{}", difference.unified_diff());
}

#[test]
fn g1_a_run_killed_after_any_issue_and_a_healthy_one_end_as_a_run_that_was_not() {
    let healthy = laptop(&rows());
    healthy.run(&["sync"]).expect_code(0);
    let expected = held(&healthy);
    for issue in [1, 2, 5, 8] {
        let case = format!("killed after issue {issue}");
        let laptop = laptop(&rows());
        let file = laptop
            .root()
            .join(format!(".followthrough/issues/{issue}.md"));
        // A run that ends by itself in between is a place to go on from as well.
        laptop.kill_when(&["sync"], || file.exists());
        laptop.run(&["sync"]).expect_code(0);
        assert_same(&held(&laptop), &expected, &case);
        laptop.run(&["sync"]).expect_code(0);
        assert_same(&held(&laptop), &expected, &case);
    }
}
