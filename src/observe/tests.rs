//! What a run asks, and what it knows afterwards.

use std::collections::BTreeSet;

use super::{Observed, Question, Tie, effective_status, issue_status, observe};
use crate::{
    document::{Document, Vocabulary},
    model::{
        config::Config,
        issue::{Issue, State},
        link::IssueKey,
        status::Status,
    },
    tracker::memory::{Memory, issue, key, outcome_of},
};

fn document(rows: &[&str]) -> Document {
    let text = format!(
        "# A\n\n## Action Items\n\n| Action | Status | Issue |\n| --- | --- | --- |\n{}\n",
        rows.join("\n")
    );
    let vocabulary = Vocabulary::new(&Config::default());
    Document::parse("postmortems/a.md", text, &vocabulary)
}

fn observed(
    documents: &[Document],
    memory: &Memory,
    only: Option<&BTreeSet<IssueKey>>,
) -> Observed {
    let question = Question {
        only,
        label: "postmortem-action",
        existing: None,
        opened: &[],
        offered_since: None,
    };
    outcome_of(observe(documents, memory, &question)).expect("a tracker that answers")
}

#[test]
fn every_link_is_tied_to_what_it_leads_to() {
    let memory = Memory::new();
    memory.put(issue("#3"));
    let documents = [document(&[
        "| One | Open | #3 |",
        "| Two | Open | #8 |",
        "| Three | Open | #950 |",
        "| Four | Open | https://gitlab.example/o/r/issues/3 |",
        "| Five | Open | |",
        "| Six | Open | https://github.com/ACME/Shop/issues/3 |",
    ])];
    let observed = observed(&documents, &memory, None);
    assert!(matches!(observed.tie(0, 0), Tie::Linked { .. }));
    assert!(matches!(observed.tie(0, 1), Tie::Lost { reason: None, .. }));
    assert!(matches!(
        observed.tie(0, 2),
        Tie::Lost {
            reason: Some(_),
            ..
        }
    ));
    assert!(matches!(observed.tie(0, 3), Tie::Elsewhere | Tie::Free));
    assert_eq!(*observed.tie(0, 4), Tie::Free);
    assert!(observed.is_shared(&key("#3")), "under both spellings");
}

#[test]
fn a_question_about_one_issue_leaves_all_other_items_alone() {
    let memory = Memory::new();
    memory.put(issue("#3"));
    memory.put(issue("#4"));
    let documents = [document(&[
        "| One | Open | #3 |",
        "| Two | Open | #4 |",
        "| Three | Open | |",
    ])];
    let only = BTreeSet::from([key("#3")]);
    let observed = observed(&documents, &memory, Some(&only));
    assert!(observed.tie(0, 0).issue().is_some());
    assert_eq!(*observed.tie(0, 1), Tie::Ignored);
    assert_eq!(*observed.tie(0, 2), Tie::Ignored);
}

#[test]
fn a_question_about_an_original_reaches_the_rows_of_its_duplicates() {
    let memory = Memory::new();
    memory.put(Issue {
        duplicates: vec![key("#3"), key("#5")],
        ..issue("#9")
    });
    for name in ["#3", "#4"] {
        memory.put(issue(name));
    }
    let documents = [document(&["| One | Open | #3 |", "| Two | Open | #4 |"])];
    let observed = observed(&documents, &memory, Some(&BTreeSet::from([key("#9")])));
    assert!(observed.tie(0, 0).issue().is_some());
    assert_eq!(*observed.tie(0, 1), Tie::Ignored);
}

#[test]
fn a_question_about_one_issue_reaches_the_row_that_knows_its_repository_by_an_old_name() {
    let memory = Memory::new();
    memory
        .issues
        .borrow_mut()
        .insert(key("acme/store#3"), issue("#3"));
    memory.put(issue("acme/other#3"));
    let documents = [document(&[
        "| One | Open | acme/store#3 |",
        "| Two | Open | acme/other#3 |",
    ])];
    let observed = observed(&documents, &memory, Some(&BTreeSet::from([key("#3")])));
    assert!(observed.tie(0, 0).issue().is_some());
    assert_eq!(*observed.tie(0, 1), Tie::Ignored);
}

#[test]
fn a_ring_of_duplicates_says_nothing() {
    let memory = Memory::new();
    for (name, original) in [("#3", "#4"), ("#4", "#3")] {
        memory.put(Issue {
            state: State::Duplicate(Some(key(original))),
            ..issue(name)
        });
    }
    let documents = [document(&["| One | In Progress | #3 |"])];
    let observed = observed(&documents, &memory, None);
    assert_eq!(issue_status(observed.tie(0, 0), &[]), None);
    let item = &documents[0].items[0];
    assert_eq!(
        effective_status(item, observed.tie(0, 0), &[]),
        Status::InProgress
    );
}

#[test]
fn blocked_is_a_word_of_documents_and_counts_until_the_issue_is_closed() {
    let memory = Memory::new();
    memory.put(issue("#3"));
    let documents = [document(&["| One | Blocked | #3 |"])];
    let status = |memory: &Memory| {
        let observed = observed(&documents, memory, None);
        effective_status(&documents[0].items[0], observed.tie(0, 0), &[])
    };
    assert_eq!(status(&memory), Status::Blocked);
    memory.change("#3", |issue| issue.state = State::Completed);
    assert_eq!(status(&memory), Status::Done);
}
