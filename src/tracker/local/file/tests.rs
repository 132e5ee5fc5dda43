//! What people write into a file, and what is left of it after an edit.

use proptest::prelude::*;

use super::*;
use crate::model::link::{IssueKey, Repository};

fn file() -> IssueFile {
    IssueFile {
        title: "Add: \"memory\" #monitoring \\ 完了\u{7f}\u{feff}".into(),
        state: State::Open,
        labels: vec!["postmortem-action".into(), "a: b".into()],
        assignees: vec!["alice".into()],
        created: NaiveDate::from_ymd_opt(2024, 2, 1),
        closed: None,
        body: "<!-- x -->\n---\n\ntext\n".into(),
    }
}

fn embedded(number: u64) -> IssueKey {
    IssueKey {
        repository: Repository::embedded(),
        number,
    }
}

#[test]
fn a_file_reads_back_as_it_was_written() {
    for state in [
        State::Open,
        State::Completed,
        State::NotPlanned,
        State::Duplicate(None),
        State::Duplicate(Some(embedded(7))),
        State::Duplicate(Some(IssueKey {
            repository: Repository::parse("acme/shop").expect("a repository"),
            number: 3,
        })),
    ] {
        for body in ["", "\n", "a", "\n\na\n\n", "---\n"] {
            let written = IssueFile {
                state: state.clone(),
                body: body.into(),
                ..file()
            };
            assert_eq!(IssueFile::parse(3, &written.text(3)), Ok(written));
        }
    }
}

#[test]
fn the_file_looks_like_this() {
    let plain = IssueFile {
        title: "Add memory monitoring".into(),
        labels: vec!["overdue".into()],
        body: "From a postmortem.".into(),
        ..file()
    };
    assert_eq!(
        plain.text(3),
        "---\nnumber: 3\ntitle: \"Add memory monitoring\"\nstate: open\nlabels: [\"overdue\"]\n\
         assignees: [\"alice\"]\ncreated: 2024-02-01\n---\n\nFrom a postmortem.\n"
    );
}

fn state(front: &str) -> Result<State, String> {
    IssueFile::parse(3, &format!("---\ntitle: x\n{front}\n---\n")).map(|file| file.state)
}

#[test]
fn people_close_and_reopen_issues_by_hand() {
    assert_eq!(state(""), Ok(State::Open));
    assert_eq!(
        state("state: open\nclosed: 2024-02-01"),
        Ok(State::Reopened)
    );
    assert_eq!(state("state: Closed"), Ok(State::Completed));
    assert_eq!(
        state("state: closed\nreason: not planned"),
        Ok(State::NotPlanned)
    );
    assert_eq!(
        state("state: closed\nreason: not_planned"),
        Ok(State::NotPlanned)
    );
    assert_eq!(
        state("state: closed\nduplicate-of: 7"),
        Ok(State::Duplicate(Some(embedded(7))))
    );
    assert_eq!(
        state("state: closed\nreason: duplicate\nduplicate-of: '#7'"),
        Ok(State::Duplicate(Some(embedded(7))))
    );
}

#[test]
fn what_cannot_be_understood_says_what_to_write() {
    for (front, words) in [
        ("state: done", "Write `open` or `closed`"),
        ("state: closed\nreason: forgotten", "Write `completed`"),
        ("state: closed\nduplicate-of: seven", "Write its number"),
        ("created: yesterday", "Write it as `2024-01-31`"),
        ("number: 4", "Make them equal"),
        ("labels: [a", "no valid YAML in line"),
        (
            "<<<<<<< HEAD\nstate: open\n=======\nstate: closed\n>>>>>>> x",
            "unresolved merge",
        ),
    ] {
        let error = state(front).expect_err(front);
        assert!(error.contains(words), "{error}");
    }
    for text in ["", "no front matter", "---\ntitle: x\n"] {
        let error = IssueFile::parse(3, text).expect_err(text);
        assert!(error.contains("front matter"), "{error}");
    }
    let untitled = IssueFile::parse(3, "---\nstate: open\n---\n").expect_err("no title");
    assert!(untitled.contains("`title:` is missing"));
}

const BY_HAND: &str = "\u{feff}---\r\n\
    # ours\r\n\
    title: 'Add'\r\n\
    labels:\r\n\
    - a # first\r\n\
    # second\r\n\
    - b\r\n\
    priority: high\r\n\
    state: open # waits\r\n\
    ---\r\n\
    Text of a person.\r\n\r\n";

#[test]
fn what_people_wrote_stays_when_a_label_is_added() {
    let old = IssueFile::parse(3, BY_HAND).expect("readable");
    assert_eq!(old.labels, ["a", "b"]);
    let mut new = old.clone();
    new.add_labels(&["overdue".into(), "A".into()]);
    let text = rewritten(3, BY_HAND, &old, &new).expect("changed");
    let start = BY_HAND.find("labels:").expect("there");
    let end = BY_HAND.find("priority:").expect("there");
    let expected = format!(
        "{}labels: [\"a\", \"b\", \"overdue\"]\r\n{}",
        &BY_HAND[..start],
        &BY_HAND[end..]
    );
    assert_eq!(text, expected);
}

#[test]
fn a_new_body_takes_the_place_of_the_old_one_only() {
    let old = IssueFile::parse(3, BY_HAND).expect("readable");
    let new = IssueFile {
        body: "\nNew.\nText.".into(),
        ..old.clone()
    };
    let text = rewritten(3, BY_HAND, &old, &new).expect("changed");
    let (front, _) = BY_HAND.split_once("Text").expect("there");
    assert_eq!(text, format!("{front}\r\n\r\nNew.\r\nText.\r\n"));
}

#[test]
fn an_edit_that_would_change_more_than_it_should_is_refused() {
    for text in [
        "---\n{title: x, state: open}\n---\n",
        "---\ntitle: x\nnote: |\n  a\nlabels: &n [a]\nassignees: *n\n---\n",
    ] {
        let old = IssueFile::parse(3, text).expect("readable");
        let mut new = old.clone();
        new.add_labels(&["overdue".into()]);
        assert_eq!(
            rewritten(3, text, &old, &new),
            Err(NO_FORM.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn a_file_that_does_not_parse_still_says_which_item_it_belongs_to() {
    let marker = Marker {
        repository: 0,
        document: "a.md".into(),
        key: "k".into(),
        base: crate::model::marker::Base::default(),
        offer: None,
    };
    let body = marker.put("text");
    let text = format!("---\ntitle: [\n<!-- theirs -->\n---\n\n{body}\n");
    assert!(IssueFile::parse(3, &text).is_err());
    let salvaged = IssueFile::salvaged(&text).expect("a marker");
    assert_eq!(Marker::read(&salvaged.body), Some(marker));
    assert_eq!(IssueFile::salvaged("---\ntitle: [\n---\n"), None);
}

proptest! {
    #[test]
    fn any_text_reads_back_as_it_was_written(
        title in any::<String>(),
        labels in prop::collection::vec(any::<String>(), 0..3),
        body in any::<String>().prop_map(|body| body.replace("\r\n", "\n")),
    ) {
        let written = IssueFile { title, labels, body, ..file() };
        prop_assert_eq!(IssueFile::parse(3, &written.text(3)), Ok(written));
    }

    #[test]
    fn any_file_is_read_or_refused_and_a_change_shows_or_is_refused(
        text in "(---\n)?((title|state|labels|assignees|closed|x): ?[a-z\\[\\]{}&*!|>'\"#-]{0,6}\n( *- a\n)?){0,6}(---\n)?[a-z\n-]{0,8}",
    ) {
        if let Ok(old) = IssueFile::parse(3, &text) {
            let mut new = old.clone();
            new.add_labels(&["overdue".into()]);
            new.body.push_str("more");
            if let Ok(changed) = rewritten(3, &text, &old, &new) {
                prop_assert_eq!(IssueFile::parse(3, &changed), Ok(new));
            }
        }
    }
}
