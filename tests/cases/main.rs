//! Runs the real binary on every folder of cases, and compares what it wrote and said.

#![allow(
    clippy::unwrap_used,
    reason = "test code: a surprise shall stop the test where it happens"
)]

mod folder;
mod verdict;

use std::{
    env,
    num::NonZero,
    path::{Path, PathBuf},
    thread,
};

use folder::{Case, Tree};

const UPDATE: &str = "UPDATE_CASES=1 cargo test --test cases";

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// What is wrong with a case, or nothing; in update mode its expectations are rewritten instead.
fn judge(case: &Case, update: bool) -> Vec<String> {
    let outcome = match case.run() {
        Ok(outcome) => outcome,
        Err(wrong) => return vec![wrong],
    };
    let mut wrong = outcome.broken_promises();
    let expected = case.expectations();
    let actual = outcome.as_expectations(&expected);
    if update {
        case.rewrite(&expected, &actual);
    } else {
        wrong.extend(verdict::differences(&expected, &actual));
    }
    wrong
}

fn complaints(cases: &[&Case], update: bool) -> Vec<String> {
    let of_case = |case: &&Case| {
        let wrong = judge(case, update).into_iter();
        let name = case.name();
        wrong
            .map(|wrong| format!("── {name}: {wrong}"))
            .collect::<Vec<_>>()
    };
    cases.iter().flat_map(of_case).collect()
}

#[test]
fn every_case_ends_as_its_folder_says() {
    let update = env::var_os("UPDATE_CASES").is_some();
    let only = env::var("CASE").ok();
    let all = Case::all_in(&cases());
    let chosen: Vec<&Case> = all
        .iter()
        .filter(|case| only.as_ref().is_none_or(|only| case.name().contains(only)))
        .collect();
    assert!(!chosen.is_empty(), "no case of that name");
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let wrong: Vec<String> = thread::scope(|scope| {
        let shares = chosen.chunks(chosen.len().div_ceil(workers));
        let started: Vec<_> = shares
            .map(|share| scope.spawn(|| complaints(share, update)))
            .collect();
        let ended = started.into_iter();
        ended.flat_map(|share| share.join().unwrap()).collect()
    });
    assert!(
        wrong.is_empty(),
        "\n{}\n\nWhere the new behaviour is right, rewrite the expectations with\n    {UPDATE}\nand read the \
         difference before you commit it.\n",
        wrong.join("\n")
    );
}

fn tree(files: &[(&str, &str)]) -> Tree {
    files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect()
}

#[test]
fn an_expected_file_that_nothing_writes_is_wrong() {
    let wrong = verdict::differences(&tree(&[("expected/a.md", "text\n")]), &tree(&[]));
    assert_eq!(wrong.len(), 1);
    assert!(wrong[0].contains("expected/a.md is not used"), "{wrong:?}");
}

#[test]
fn a_file_that_nobody_expected_is_wrong() {
    let wrong = verdict::differences(&tree(&[]), &tree(&[("expected/a.md", "text\n")]));
    assert_eq!(wrong.len(), 1);
    assert!(wrong[0].contains("expected/a.md is missing"), "{wrong:?}");
}

#[test]
fn a_line_ending_is_a_difference_that_can_be_seen() {
    let wrong = verdict::differences(
        &tree(&[("expected/a.md", "one\r\ntwo")]),
        &tree(&[("expected/a.md", "one\ntwo")]),
    );
    assert_eq!(wrong.len(), 1);
    assert!(wrong[0].contains("-one␍"), "{wrong:?}");
}
