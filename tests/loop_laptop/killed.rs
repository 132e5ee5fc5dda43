//! A run that is killed while it writes files leaves nothing that the next run does not mend.

use std::fs::{self, File};

use regex::{Captures, Regex};

use super::*;

fn rows() -> String {
    let rows = (1..=8)
        .map(|n| format!("| Promise number {n} | Dev Team | 2024-02-0{n} | Not Started |\n"));
    postmortem(&rows.collect::<String>())
}

/// What a laptop holds, with the issues numbered from 1 on: a number that was given and whose issue was not made is
/// never given again.
fn held(laptop: &Laptop) -> String {
    let files = laptop.snapshot();
    let given = |path: &str| {
        path.rsplit_once("issues/")?
            .1
            .strip_suffix(".md")?
            .parse()
            .ok()
    };
    let mut numbers: Vec<u64> = files.keys().filter_map(|path| given(path)).collect();
    numbers.sort_unstable();
    let number = Regex::new(r"(#|issues/|number: |last-number\n)([0-9]+)").unwrap();
    let texts = files
        .iter()
        .map(|(path, bytes)| format!("{path}\n{}\n", String::from_utf8_lossy(bytes)));
    let texts: Vec<String> = texts
        .map(|text| {
            let rank = |found: &Captures<'_>| {
                let number: u64 = found[2].parse().unwrap();
                let rank = numbers.iter().position(|other| *other == number);
                format!("{}{}", &found[1], rank.map_or(0, |rank| rank + 1))
            };
            number.replace_all(&text, rank).into_owned()
        })
        .collect();
    texts.concat()
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
        laptop.kill_when(&["sync"], &[], || file.exists());
        laptop.run(&["sync"]).expect_code(0);
        assert_same(&held(&laptop), &expected, &case);
        laptop.run(&["sync"]).expect_code(0);
        assert_same(&held(&laptop), &expected, &case);
    }
}

/// A file as a run makes it while it writes another one.
fn unfinished(laptop: &Laptop, folder: &str, name: &str) -> std::path::PathBuf {
    let path = format!("{folder}/.followthrough-{name}.tmp");
    laptop.write(&path, b"half a fi");
    laptop.root().join(path)
}

#[test]
fn what_a_killed_run_left_is_removed_and_what_another_run_writes_is_not() {
    let laptop = laptop(&rows());
    let left: Vec<_> = ["postmortems", ".followthrough", ".followthrough/issues"]
        .map(|folder| unfinished(&laptop, folder, "Ab3dEf9h"))
        .into();
    let busy = unfinished(&laptop, "postmortems", "bUsy0000");
    let lock = File::open(&busy).unwrap();
    lock.lock().unwrap();
    let foreign = unfinished(&laptop, "postmortems", "somebody-s-own");
    laptop.run(&["plan"]).expect_code(0);
    assert!(
        left.iter().all(|path| path.exists()),
        "a plan writes nothing"
    );
    laptop.run(&["sync"]).expect_code(0);
    for path in &left {
        assert!(!path.exists(), "{}", path.display());
    }
    assert!(busy.exists() && foreign.exists());
    drop(lock);
    laptop.run(&["sync"]).expect_code(0);
    assert!(!busy.exists() && foreign.exists());
}

#[test]
fn the_number_of_an_issue_that_a_killed_run_made_is_not_given_again() {
    for issue in [1, 3, 7] {
        let laptop = laptop(&rows());
        let file = |number: u64| {
            let path = format!(".followthrough/issues/{number}.md");
            laptop.root().join(path)
        };
        laptop.kill_when(&["sync"], &[], || file(issue).exists());
        let last = (issue..=8).rev().find(|number| file(*number).exists());
        let last = last.expect("the issue at which the run was killed");
        fs::remove_file(file(last)).unwrap();
        // A run that ended before it was killed has linked the issue, which is then lost.
        laptop.run(&["sync"]);
        assert!(!file(last).exists(), "#{last} was given again");
    }
}
