//! In which order changes are carried out, and what waits or is left when a call is refused.

use std::collections::BTreeMap;

use super::{Delivery, Ending, FileChange, Ledger, Target, open, rewrites, settle};
use crate::{
    document::{Document, Vocabulary},
    model::{
        change::{Change, ItemRef, Plan},
        config::Config,
        issue::{Draft, IssuePatch},
    },
    tracker::{
        Reader, TrackerError,
        memory::{Memory, issue, key, outcome_of},
    },
};

fn item(index: usize) -> ItemRef {
    ItemRef {
        path: "postmortems/a.md".into(),
        line: index + 7,
        index,
        action: format!("Promise {index}"),
    }
}

fn opening(index: usize) -> Change {
    Change::Open {
        item: item(index),
        draft: Draft {
            title: format!("Promise {index}"),
            body: String::new(),
            labels: Vec::new(),
            assignees: Vec::new(),
        },
    }
}

fn status(index: usize) -> Change {
    Change::Status {
        item: item(index),
        old: "Not Started".into(),
        new: "Done".into(),
    }
}

fn remember(index: usize) -> Change {
    Change::Remember {
        item: item(index),
        issue: key("#3"),
        body: "new".into(),
    }
}

fn label(index: usize) -> Change {
    Change::Label {
        item: item(index),
        issue: key("#3"),
        add: vec!["overdue".into()],
        remove: vec!["due-soon".into()],
    }
}

fn close(index: usize) -> Change {
    Change::CloseDuplicate {
        item: item(index),
        issue: key("#4"),
        of: key("#3"),
    }
}

fn plan(changes: Vec<Change>) -> Plan {
    Plan {
        changes,
        ..Plan::default()
    }
}

fn tracker() -> Memory {
    let memory = Memory::new();
    memory.put(issue("#3"));
    memory.put(issue("#4"));
    memory
}

/// What becomes of the changes of issues where the documents ended as `delivery` says.
fn settled(memory: &Memory, changes: Vec<Change>, delivery: &Delivery) -> Vec<Ending> {
    let plan = plan(changes);
    let mut ledger = Ledger::default();
    ledger.note_documents(&plan, memory.home(), &BTreeMap::new(), delivery);
    outcome_of(settle(&plan, memory, &mut ledger, None));
    let of_issues = ledger.outcomes.into_iter();
    of_issues
        .filter(|outcome| !outcome.change.is_in_document())
        .map(|outcome| outcome.result)
        .collect()
}

fn forbidden() -> TrackerError {
    TrackerError::Forbidden {
        what: "open an issue".into(),
        refusal: "no".into(),
    }
}

fn invalid() -> TrackerError {
    TrackerError::Invalid {
        what: "open an issue".into(),
        detail: "title is too long".into(),
    }
}

#[test]
fn after_a_refusal_that_meets_every_call_the_rest_is_left() {
    let memory = tracker();
    *memory.refusals.borrow_mut() = [None, Some(forbidden())].into();
    let plan = plan((0..4).map(opening).collect());
    let mut ledger = Ledger::default();
    outcome_of(open(&plan, &memory, &mut ledger));
    assert_eq!(memory.take_writes(), ["open Promise 0", "open Promise 1"]);
    let endings: Vec<&Ending> = ledger.outcomes.iter().map(|one| &one.result).collect();
    assert!(matches!(
        endings[..],
        [
            Ending::Done,
            Ending::Failed(_),
            Ending::Left(_),
            Ending::Left(_)
        ]
    ));
    assert_eq!(ledger.opened.len(), 1);
}

#[test]
fn one_item_that_is_refused_hides_no_other() {
    let memory = tracker();
    *memory.refusals.borrow_mut() = [Some(invalid())].into();
    let plan = plan((0..3).map(opening).collect());
    let mut ledger = Ledger::default();
    outcome_of(open(&plan, &memory, &mut ledger));
    assert_eq!(ledger.opened.len(), 2);
    assert!(matches!(ledger.outcomes[0].result, Ending::Failed(_)));
}

#[test]
fn an_unclear_answer_is_left_to_the_next_run() {
    let memory = tracker();
    *memory.refusals.borrow_mut() = [Some(TrackerError::Unclear {
        what: "open an issue".into(),
        detail: "cut off".into(),
    })]
    .into();
    let mut ledger = Ledger::default();
    outcome_of(open(&plan(vec![opening(0)]), &memory, &mut ledger));
    assert!(matches!(ledger.outcomes[0].result, Ending::Left(_)));
}

#[test]
fn an_issue_learns_what_its_document_says_only_when_the_document_says_it() {
    let update = Change::Update {
        item: item(0),
        issue: key("#3"),
        patch: IssuePatch {
            title: Some("New".into()),
            ..IssuePatch::default()
        },
        fields: vec!["title".into()],
    };
    for delivery in [
        Delivery::Patch("none".into()),
        Delivery::Failed("no".into()),
        Delivery::Proposed {
            place: "#9".into(),
            reason: String::new(),
            idle: None,
        },
    ] {
        let memory = tracker();
        let changes = vec![
            status(0),
            remember(0),
            update.clone(),
            remember(1),
            label(0),
        ];
        let endings = settled(&memory, changes, &delivery);
        assert!(
            matches!(
                endings[..],
                [Ending::Left(_), Ending::Left(_), Ending::Done, Ending::Done]
            ),
            "{endings:?}"
        );
        assert_eq!(memory.get("#3").title, issue("#3").title);
    }
    let memory = tracker();
    settled(
        &memory,
        vec![status(0), remember(0)],
        &Delivery::Written(String::new()),
    );
    assert_eq!(memory.get("#3").body, "new");
}

#[test]
fn an_issue_that_a_row_still_links_to_is_not_closed_as_a_duplicate() {
    let link = |old: Option<&str>| Change::Link {
        item: item(0),
        old: old.map(str::to_owned),
        new: tracker().home().link(&key("#3"), "postmortems/a.md"),
    };
    let failed = Delivery::Failed("no".into());
    let memory = tracker();
    let moved = settled(&memory, vec![close(0), link(Some("#4"))], &failed);
    assert!(matches!(moved[..], [Ending::Left(_)]));
    assert!(memory.get("#4").state.is_open());
    let new = settled(&memory, vec![close(0), link(None)], &failed);
    assert_eq!(new, [Ending::Done]);
    assert!(!memory.get("#4").state.is_open());
}

#[test]
fn a_label_goes_before_another_comes() {
    let memory = tracker();
    settled(&memory, vec![label(0)], &Delivery::Unchanged);
    assert_eq!(
        memory.take_writes(),
        ["label acme/shop#3 -due-soon", "label acme/shop#3 +overdue"]
    );
}

#[test]
fn a_row_that_cannot_be_written_is_failed_and_its_neighbours_are_not() {
    let text = "# A\n\n## Action Items\n\n| Action | Status |\n| --- | --- |\n| Promise 0 | Not Started |\n| Promise 1 | Not Started |\n";
    let vocabulary = Vocabulary::new(&Config::default());
    let documents = [Document::parse(
        "postmortems/a.md",
        text.into(),
        &vocabulary,
    )];
    let memory = tracker();
    let home = memory.home();
    let plan = plan(vec![status(0), status(1), status(7)]);
    let mut ledger = Ledger::default();
    let (files, refused) = rewrites(&plan, &documents, &ledger, home, &vocabulary);
    assert_eq!(files[0].new.matches("| Done").count(), 2);
    assert_eq!(refused.len(), 1);
    ledger.note_documents(&plan, home, &refused, &Delivery::Written(String::new()));
    let failed = |outcome: &&super::Outcome| matches!(outcome.result, Ending::Failed(_));
    assert_eq!(ledger.outcomes.iter().filter(failed).count(), 1);
    assert_eq!(ledger.undelivered().len(), 1);
}

#[test]
fn links_of_opened_issues_are_told_as_what_they_are() {
    let memory = tracker();
    let plan = plan(vec![opening(0)]);
    let mut ledger = Ledger::default();
    outcome_of(open(&plan, &memory, &mut ledger));
    let delivery = Delivery::Failed("no".into());
    ledger.note_documents(&plan, memory.home(), &BTreeMap::new(), &delivery);
    assert!(matches!(ledger.outcomes[1].change, Change::Link { .. }));
    assert!(matches!(ledger.outcomes[1].result, Ending::Failed(_)));
    ledger.keep_done();
    assert_eq!(ledger.outcomes.len(), 1);
}

#[test]
fn g7_a_file_that_cannot_be_written_keeps_no_other_from_being_written() {
    let root = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(root.path().join("folder.md")).expect("made");
    let change = |path: &str| FileChange {
        path: path.into(),
        old: String::new(),
        new: "new".into(),
    };
    let files = [change("folder.md"), change("b.md")];
    let delivery = outcome_of(Target::Files(root.path()).deliver(&files, None));
    assert!(matches!(delivery.ending("folder.md"), Ending::Failed(_)));
    assert_eq!(delivery.ending("b.md"), Ending::Done);
    let written = std::fs::read_to_string(root.path().join("b.md")).expect("written");
    assert_eq!(written, "new");
}
