//! `convert`: what it shows, what it writes, and what a sync makes of it.

use super::*;

const LIST: &str = "\
# Outage

## Action Items

- [ ] Add a dashboard (Owner: SRE, due 2024-04-01)
- [x] Restart the service
- Write a runbook
  - for the night shift
";
const OTHER: &str = "postmortems/other.md";

fn issues(laptop: &Laptop) -> usize {
    let files = laptop.snapshot();
    let issues = files
        .keys()
        .filter_map(|path| path.strip_prefix(".followthrough/issues/"));
    issues.filter(|name| name.contains(".md")).count()
}

#[test]
fn the_difference_is_shown_and_nothing_is_written_unless_asked_for() {
    let laptop = laptop(LIST);
    let before = laptop.snapshot();
    let run = laptop.run(&["convert", PATH]).expect_code(0);
    assert!(run.stdout.contains(&format!("+++ b/{PATH}\n")));
    assert!(
        run.stdout
            .contains("+| Add a dashboard | SRE | 2024-04-01 | Not Started |\n"),
        "{}",
        run.stdout
    );
    assert!(run.stderr.contains("--write"), "{}", run.stderr);
    assert_eq!(laptop.snapshot(), before);
    let run = laptop.run(&["convert", "--write", PATH]).expect_code(0);
    assert_eq!(run.stdout, "");
    let after = laptop.snapshot();
    assert_ne!(after, before);
    laptop.run(&["convert", "--write", PATH]).expect_code(0);
    assert_eq!(laptop.snapshot(), after);
}

#[test]
fn g1_items_that_have_issues_keep_them_when_their_list_becomes_a_table() {
    let laptop = laptop(LIST);
    laptop.run(&["sync"]).expect_code(0);
    assert_eq!(issues(&laptop), 2);
    laptop.run(&["convert", "--write"]).expect_code(0);
    let text = laptop.read(PATH);
    assert_eq!(link(&text, "Add a dashboard"), linked(1));
    assert_eq!(link(&text, "Write a runbook"), linked(2));
    let issue = laptop.read(FIRST);
    laptop.run(&["sync"]).expect_code(0);
    assert_eq!(issues(&laptop), 2);
    assert_eq!(laptop.read(FIRST), issue);
    let closed = issue.replacen("state: open", "state: closed", 1);
    laptop.write(FIRST, closed.as_bytes());
    laptop.run(&["sync"]).expect_code(0);
    assert_eq!(status(&laptop.read(PATH), "Add a dashboard"), "Done");
}

#[test]
fn an_issue_is_found_again_by_the_words_of_the_item_when_its_link_was_lost() {
    let laptop = laptop(LIST);
    laptop.run(&["sync"]).expect_code(0);
    laptop.write(PATH, LIST.as_bytes());
    laptop.run(&["convert", "--write"]).expect_code(0);
    laptop.run(&["sync"]).expect_code(0);
    assert_eq!(issues(&laptop), 2);
    assert_eq!(link(&laptop.read(PATH), "Write a runbook"), linked(2));
}

#[test]
fn one_bad_path_hides_no_other() {
    let laptop = Laptop::new(&[(PATH, LIST.as_bytes()), (OTHER, b"\x00\xff")]);
    let run = laptop
        .run(&["convert", PATH, OTHER, "postmortems/none.md", "-"])
        .expect_code(2);
    for words in [OTHER, "postmortems/none.md", "- does not exist"] {
        assert!(run.stderr.contains(words), "{words} in\n{}", run.stderr);
    }
    assert!(
        run.stdout.contains("+| Write a runbook<br>"),
        "{}",
        run.stdout
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_told_and_hides_no_other() {
    use std::{fs, os::unix::fs::PermissionsExt};
    let laptop = Laptop::new(&[(PATH, LIST.as_bytes()), (OTHER, LIST.as_bytes())]);
    let locked = fs::Permissions::from_mode(0o444);
    fs::set_permissions(laptop.root().join(OTHER), locked).unwrap();
    let run = laptop.run(&["convert", "--write"]).expect_code(4);
    assert!(run.stderr.contains("cannot be written"), "{}", run.stderr);
    assert!(run.stderr.contains("1 list in 1 file"), "{}", run.stderr);
    assert!(laptop.read(PATH).contains("| Write a runbook<br>"));
    assert_eq!(laptop.read(OTHER), LIST);
    laptop.run(&["convert", "--write", OTHER]).expect_code(3);
}

#[test]
fn where_there_is_nothing_to_convert_it_says_so() {
    let laptop = Laptop::new(&[(PATH, founding().as_bytes()), (OTHER, b"# Nothing\n")]);
    let run = laptop.run(&["convert"]).expect_code(0);
    assert_eq!(run.stdout, "");
    for words in [PATH, "tables already", OTHER, "no action items"] {
        assert!(run.stderr.contains(words), "{words} in\n{}", run.stderr);
    }
}
