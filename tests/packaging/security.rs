//! The threat model and the table of guarantees name tests that exist.

use std::{collections::BTreeSet, fs, path::Path};

use super::text;

const PAGE: &str = ".github/SECURITY.md";

/// The names of all tests: functions of the sources below an attribute `test`, or inside of `proptest!`, which has the same.
fn tests() -> BTreeSet<String> {
    let mut folders = vec!["src", "tests"]
        .into_iter()
        .map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .collect::<Vec<_>>();
    let mut names = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                names.extend(tests_of(&fs::read_to_string(path).unwrap()));
            }
        }
    }
    names
}

fn tests_of(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_test = false;
    for line in source.lines().map(str::trim) {
        is_test |= line == "#[test]" || line.starts_with("#[tokio::test");
        let function = line.trim_start_matches("async ").strip_prefix("fn ");
        if let (true, Some((name, _))) = (is_test, function.and_then(|rest| rest.split_once('('))) {
            names.push(name.to_owned());
            is_test = false;
        }
    }
    names
}

/// First cell and named tests of each row of the table `name`.
fn rows(name: &str) -> Vec<(String, Vec<String>)> {
    let page = text(PAGE);
    let (_, rest) = page.split_once(&format!("<!-- {name} -->\n")).unwrap();
    let (table, _) = rest.split_once(&format!("<!-- /{name} -->")).unwrap();
    let rows = table.lines().skip(2).map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let held_by = cells.last().unwrap().split("<br>");
        let names = held_by.map(|name| name.trim_matches('`').to_owned());
        (cells[0].to_owned(), names.collect())
    });
    rows.collect()
}

#[test]
fn every_threat_and_every_guarantee_names_tests_that_exist() {
    let tests = tests();
    for table in ["threats", "guarantees"] {
        for (first, names) in rows(table) {
            assert!(!names.is_empty(), "{first}");
            for name in names {
                assert!(tests.contains(&name), "{PAGE}, `{first}`: no test {name:?}");
            }
        }
    }
}

#[test]
fn the_ten_guarantees_stand_in_the_readme_and_have_tests_with_their_numbers() {
    let readme = text("README.md");
    let rows = rows("guarantees");
    assert_eq!(rows.len(), 10);
    for (number, (guarantee, names)) in (1..).zip(rows) {
        let (label, words) = guarantee.split_once(", ").unwrap();
        assert_eq!(label, format!("G{number}"));
        let promised = format!("{number}. **{label}, {words}.**");
        assert!(readme.contains(&promised), "{promised}");
        let tag = format!("g{number}_");
        for name in names {
            assert!(name.contains(&tag), "{label} is not in {name}");
        }
    }
}
