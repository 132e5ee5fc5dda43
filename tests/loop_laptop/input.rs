//! Input that is odd works, input that is wrong is named with a way out, and neither hides the other files.

use super::{support::runner::Outcome, *};

const FLAWED: &str = "postmortems/flawed.md";

/// A laptop with a good postmortem and another file.
fn beside(path: &str, content: &[u8]) -> Laptop {
    Laptop::new(&[(PATH, founding().as_bytes()), (path, content)])
}

#[track_caller]
fn assert_said(run: &Outcome, words: &[&str]) {
    for word in words {
        assert!(run.said().contains(word), "{word:?} in\n{}", run.said());
    }
}

#[test]
fn a_check_of_a_complete_postmortem_is_fine() {
    laptop(&founding()).run(&["check"]).expect_code(0);
}

#[test]
fn a_check_names_place_remedy_and_source_line() {
    let text = postmortem("| Add an alarm | | 2024-06-01 | Not Started |\n");
    let laptop = laptop(&text);
    let run = laptop.run_with(&["check"], &[("NO_COLOR", "1")]);
    let line = documents::line_of(&text, "Add an alarm");
    assert_said(
        &run,
        &[&format!("{PATH}:{line}:"), "| Add an alarm | | 2024-06-01"],
    );
}

#[test]
fn an_ambiguous_date_is_a_finding_and_never_a_guess() {
    let laptop = laptop(&postmortem(
        "| Add an alarm | @alice | 03/04/2024 | Not Started |\n",
    ));
    let run = laptop.run(&["check"]);
    assert_said(&run, &["03/04/2024"]);
    let run = laptop.run(&["items", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    for guess in ["2024-03-04", "2024-04-03"] {
        assert_ne!(json["items"][0]["due"], guess);
    }
}

#[test]
fn line_ends_ragged_rows_escapes_and_a_missing_last_newline_survive() {
    let rows = "\
|Add memory monitoring|SRE Team|2024-02-01|In Progress
| Handle `a\\|b` and \\| too | Dev Team | 2024-02-15 | Not Started | extra |
| Short row |
";
    let text = postmortem(rows).replace('\n', "\r\n");
    let text = text.trim_end().to_owned();
    let laptop = laptop(&text);
    laptop.run(&["sync"]);
    let new = laptop.read(PATH);
    assert!(new.contains(&linked(1)), "{new}");
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    assert!(!new.ends_with('\n'));
    assert!(
        new.contains("| Handle `a\\|b` and \\| too | Dev Team | 2024-02-15 |"),
        "{new}"
    );
    assert_eq!(
        documents::outside_tables(&new),
        documents::outside_tables(&text)
    );
    let before = laptop.snapshot();
    laptop.run(&["sync"]);
    assert_eq!(laptop.snapshot(), before);
}

#[test]
fn a_table_in_a_code_fence_is_no_table() {
    let fenced = format!(
        "# Outage\n\n## Action Items\n\n```markdown\n{}```\n",
        documents::ROWS
    );
    let laptop = laptop(&fenced);
    laptop.run(&["sync"]);
    assert_eq!(laptop.read(PATH), fenced);
    assert_eq!(laptop.snapshot().len(), 1, "no issue is opened");
}

#[test]
fn empty_and_binary_files_hide_no_other() {
    for (content, name) in [
        (b"".as_slice(), "empty"),
        (b"\x00\xff\xfe\x01".as_slice(), "binary"),
    ] {
        let laptop = beside(FLAWED, content);
        let run = laptop.run(&["sync"]);
        assert_eq!(
            link(&laptop.read(PATH), "Add memory monitoring"),
            linked(1),
            "{name}"
        );
        assert_eq!(laptop.snapshot()[FLAWED], content, "{name}");
        if name == "binary" {
            assert_said(&run, &[FLAWED]);
            assert_ne!(run.code, 0);
        }
    }
}

#[test]
fn bad_front_matter_is_a_finding_and_the_rest_is_read() {
    let text = format!("---\ntitle: [unclosed\n---\n{}", founding());
    let laptop = laptop(&text);
    let run = laptop.run(&["check"]);
    assert_said(&run, &[PATH]);
    let run = laptop.run(&["items", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["items"].as_array().unwrap().len(), 2);
}

#[test]
fn a_missing_path_is_named_and_the_other_files_are_checked() {
    let laptop = laptop(&postmortem("| Add an alarm | | | Someday |\n"));
    let run = laptop
        .run(&["check", PATH, "postmortems/none.md"])
        .expect_code(2);
    assert_said(&run, &["postmortems/none.md", PATH]);
}

#[test]
fn a_directory_stands_for_the_postmortems_in_it() {
    let run = laptop(&founding())
        .run(&["items", "--format", "json", "postmortems"])
        .expect_code(0);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["items"].as_array().unwrap().len(), 2);
}

#[test]
fn templates_index_pages_and_ignored_files_are_left_alone() {
    let text = founding();
    let laptop = Laptop::new(&[
        ("postmortems/template.md", text.as_bytes()),
        ("postmortems/README.md", text.as_bytes()),
        ("postmortems/drafts/x.md", text.as_bytes()),
        ("docs/unrelated.md", text.as_bytes()),
        (".gitignore", b"drafts/\n"),
    ]);
    let before = laptop.snapshot();
    laptop.run(&["sync"]);
    assert_eq!(laptop.snapshot(), before);
}

#[test]
fn mistakes_in_the_configuration_are_usage_errors_that_name_the_place() {
    for (config, words) in [
        ("isues:\n  max-new: 3\n", ["isues", "issues"]),
        ("fail-on: [\n", ["followthrough.yml", "2"]),
        ("time-zone: Mars/Olympus\n", ["Mars/Olympus", "time zone"]),
    ] {
        let laptop = beside(".github/followthrough.yml", config.as_bytes());
        let before = laptop.snapshot();
        let run = laptop.run(&["sync"]).expect_code(2);
        assert_said(&run, &words);
        assert_eq!(laptop.snapshot(), before);
    }
}

#[test]
fn wrong_usage_is_told_with_the_usage() {
    let laptop = laptop(&founding());
    laptop.run(&["synk"]).expect_code(2);
    laptop.run(&["check", "--format", "poem"]).expect_code(2);
    let run = laptop.run(&["explain", "FOLLOW999"]).expect_code(2);
    assert_said(&run, &["FOLLOW999"]);
}

#[test]
fn the_github_tracker_without_a_token_says_what_to_set() {
    let laptop = laptop(&founding());
    let run = laptop.run(&["--tracker", "github", "sync"]);
    assert_said(&run, &["GITHUB_TOKEN"]);
    assert!([2, 3].contains(&run.code), "{}", run.code);
}

#[test]
fn g3_an_empty_status_cell_gets_its_word_in_the_first_run() {
    let laptop = laptop(&postmortem(
        "| Add an alarm | @alice | 2024-06-01 | |\n| Short row | @alice\n",
    ));
    laptop.run(&["sync"]).expect_code(0);
    let text = laptop.read(PATH);
    assert_eq!(text.matches("| Not Started").count(), 2, "{text}");
    laptop.run(&["sync"]).expect_code(0);
    assert_eq!(laptop.read(PATH), text);
}
