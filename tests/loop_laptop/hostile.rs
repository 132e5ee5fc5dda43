//! Hostile text and hostile links on somebody's own machine: a clone of a repository that nobody looked through.

use std::{fs, os::unix::fs::symlink};

use super::{
    support::{
        hostile::{assert_harmless_body, assert_harmless_print, borrowed, postmortems},
        protocol,
    },
    *,
};

/// A laptop with every hostile postmortem.
fn attacked() -> Laptop {
    let files = postmortems();
    let config = (".github/followthrough.yml", "issues: {max-new: 100}\n");
    let files: Vec<(&str, &[u8])> = borrowed(&files)
        .into_iter()
        .chain([config])
        .map(|(path, text)| (path, text.as_bytes()))
        .collect();
    Laptop::new(&files)
}

#[test]
fn g5_no_format_commands_a_runner_or_steers_a_terminal() {
    let laptop = attacked();
    for arguments in [
        &["check"][..],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["check", "--format", "github"],
        &["items"],
        &["items", "--format", "json"],
        &["items", "--format", "csv"],
        &["plan"],
        &["plan", "--format", "json"],
    ] {
        let run = laptop.run(arguments);
        // Lines of CSV end as RFC 4180 wants it.
        assert_harmless_print(&run.stdout.replace("\r\n", "\n"));
        assert_harmless_print(&run.stderr);
        if arguments != ["check", "--format", "github"] {
            assert_eq!(protocol::commands(&run.stdout), [], "{arguments:?}");
        }
        if arguments.contains(&"json") || arguments.contains(&"sarif") {
            serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap();
        }
    }
}

#[test]
fn g5_the_embedded_tracker_s_issues_are_harmless_and_read_back() {
    let laptop = attacked();
    assert_harmless_print(&laptop.run(&["sync"]).stdout);
    let files = laptop.snapshot();
    let issues = files.iter().filter(|(path, _)| {
        path.starts_with(".followthrough/issues/") && path.rsplit('.').next() == Some("md")
    });
    let mut count = 0;
    for (path, bytes) in issues {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let (front, body) = text
            .strip_prefix("---\n")
            .unwrap()
            .split_once("\n---\n\n")
            .unwrap();
        assert!(
            front.lines().all(|line| line.contains(": ")),
            "{path}\n{front}"
        );
        assert_harmless_body(body);
        count += 1;
    }
    assert!(count > 20, "{count}");
    let run = laptop.run(&["sync"]);
    let after = laptop.snapshot();
    let changed: Vec<&String> = after
        .iter()
        .filter(|(path, bytes)| files.get(*path) != Some(*bytes))
        .map(|(path, _)| path)
        .collect();
    assert!(
        changed.is_empty() && after.len() == files.len(),
        "{changed:?}\n{}",
        run.said()
    );
}

#[test]
fn g5_the_items_stay_one_line_of_csv_each_and_no_cell_is_a_formula() {
    let run = attacked().run(&["items", "--format", "csv"]);
    let rows: Vec<&str> = run.stdout.split("\r\n").collect();
    assert!(rows.iter().all(|row| !row.contains(['\n', '\r'])));
    for row in &rows {
        for cell in row.split(',') {
            let cell = cell.trim_start_matches('"');
            assert!(!cell.starts_with(['=', '@', '＠']), "{row}");
        }
    }
}

/// A secret outside of the repository.
const SECRET: &str = "state: hunter2\nfail-on: [hunter2\n";

#[test]
fn a_link_out_of_the_repository_is_neither_read_nor_written() {
    let laptop = laptop(&founding());
    let away = tempfile::tempdir().unwrap();
    let secret = away.path().join("secret.md");
    fs::write(&secret, format!("{SECRET}{}", founding())).unwrap();
    let inside = |path: &str| laptop.root().join(path);
    symlink(&secret, inside("postmortems/2024-02-02-linked.md")).unwrap();
    symlink(away.path(), inside("postmortems/folder")).unwrap();
    let run = laptop.run(&["items"]);
    assert!(
        !run.said().contains("linked") && !run.said().contains("folder"),
        "{}",
        run.said()
    );
    for named in [
        "postmortems/2024-02-02-linked.md",
        "postmortems/folder",
        "../secret.md",
    ] {
        let run = laptop.run(&["sync", named]);
        assert_eq!(run.code, 2, "{named}\n{}", run.said());
        assert!(!run.said().contains("hunter2"), "{}", run.said());
    }
    assert_eq!(
        fs::read_to_string(&secret).unwrap(),
        format!("{SECRET}{}", founding())
    );
}

#[test]
fn a_configuration_that_is_a_link_out_of_the_repository_is_refused_unread() {
    let laptop = laptop(&founding());
    let away = tempfile::tempdir().unwrap();
    let secret = away.path().join("secret.yml");
    fs::write(&secret, SECRET).unwrap();
    fs::create_dir(laptop.root().join(".github")).unwrap();
    symlink(&secret, laptop.root().join(".github/followthrough.yml")).unwrap();
    let run = laptop.run(&["check"]).expect_code(2);
    assert!(!run.said().contains("hunter2"), "{}", run.said());
    assert!(run.said().contains("outside"), "{}", run.said());
}

#[test]
fn an_issue_folder_that_is_a_link_out_of_the_repository_is_not_written_to() {
    let laptop = laptop(&founding());
    let away = tempfile::tempdir().unwrap();
    symlink(away.path(), laptop.root().join(".followthrough")).unwrap();
    let run = laptop.run(&["sync"]);
    assert_ne!(run.code, 0, "{}", run.said());
    assert_eq!(fs::read_dir(away.path()).unwrap().count(), 0);
}
