//! What every tracker promises, asked through the two traits alone.
//!
//! Each question opens its own issues, so that they can be asked in any order and of a tracker that
//! holds other issues as well.
#![expect(
    clippy::expect_used,
    reason = "a question that cannot be asked fails the test"
)]

use followthrough::{
    model::{
        issue::{Draft, Issue, IssuePatch, Lookup, State},
        link::IssueKey,
    },
    tracker::{Extent, Reader, Writer},
};

/// The label that the questions use.
pub(crate) const LABEL: &str = "postmortem-action";

/// A number that no tracker has given to an issue.
const NOWHERE: u64 = 987_654;

/// Every question. Panics at the first wrong answer.
pub(crate) async fn holds(reader: &dyn Reader, writer: &dyn Writer) {
    an_opened_issue_is_what_was_asked_for(reader, writer).await;
    the_listing_is_newest_first_and_by_label(reader, writer).await;
    answers_come_in_the_order_asked_and_nothing_missing_hides_the_rest(reader, writer).await;
    labels_are_added_and_removed_once(reader, writer).await;
    an_update_changes_what_it_names_and_nothing_else(reader, writer).await;
    a_duplicate_is_closed_as_one(reader, writer).await;
    what_is_not_there_cannot_be_changed(reader, writer).await;
}

fn draft(title: &str) -> Draft {
    Draft {
        title: title.to_owned(),
        body: format!("About {title}.\n\n---\n\n| a | b |\n"),
        labels: vec![LABEL.to_owned(), "team: sre".to_owned()],
        assignees: Vec::new(),
    }
}

async fn opened(writer: &dyn Writer, title: &str) -> Issue {
    writer.open(&draft(title)).await.expect("opened")
}

async fn found(reader: &dyn Reader, key: &IssueKey) -> Issue {
    let answers = reader
        .lookup(std::slice::from_ref(key))
        .await
        .expect("asked");
    match answers.into_iter().next() {
        Some(Lookup::Found(issue)) => *issue,
        other => panic!("{key}: {other:?}"),
    }
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

/// The answer to `open` and the issue read afterwards say what the draft said.
pub(crate) async fn an_opened_issue_is_what_was_asked_for(
    reader: &dyn Reader,
    writer: &dyn Writer,
) {
    let title = "Warn: \"memory\" & 完了 ⚠️ #1 \\";
    let draft = draft(title);
    let answer = writer.open(&draft).await.expect("opened");
    let read = found(reader, &answer.key).await;
    for issue in [&answer, &read] {
        assert_eq!(issue.title, title);
        assert_eq!(issue.body, draft.body);
        assert_eq!(issue.state, State::Open);
        assert_eq!(sorted(issue.labels.clone()), sorted(draft.labels.clone()));
        assert!(issue.assignees.is_empty());
        assert!(issue.author.is_trusted());
        assert!(!issue.is_pull_request && !issue.locked);
        assert!(issue.created_at.is_some() && issue.closed_at.is_none());
    }
    assert_eq!(read.key, answer.key);
    assert_eq!(read.url, answer.url);
    assert_eq!(answer.key.repository, reader.home().repository);
}

/// Issues with the label, the latest one first; others are left out.
pub(crate) async fn the_listing_is_newest_first_and_by_label(
    reader: &dyn Reader,
    writer: &dyn Writer,
) {
    let first = opened(writer, "Listed first").await.key;
    let second = opened(writer, "Listed second").await.key;
    let listing = reader.listing(LABEL, Extent::All).await.expect("listed");
    let place = |key: &IssueKey| listing.iter().position(|issue| issue.key == *key);
    assert!(place(&second).expect("listed") < place(&first).expect("listed"));
    let issue = listing
        .iter()
        .find(|issue| issue.key == first)
        .expect("listed");
    assert_eq!(issue.body, draft("Listed first").body);
    let others = reader
        .listing("label-of-nobody", Extent::All)
        .await
        .expect("listed");
    assert!(others.iter().all(|issue| issue.key != first));
}

/// One answer for each key, in order, also for a key asked twice and one that is not there.
pub(crate) async fn answers_come_in_the_order_asked_and_nothing_missing_hides_the_rest(
    reader: &dyn Reader,
    writer: &dyn Writer,
) {
    let one = opened(writer, "Asked one").await.key;
    let two = opened(writer, "Asked two").await.key;
    let none = reader.home().key(NOWHERE);
    let keys = [two.clone(), none, one.clone(), two.clone()];
    let answers = reader.lookup(&keys).await.expect("asked");
    let titles: Vec<Option<&str>> = answers
        .iter()
        .map(|answer| match answer {
            Lookup::Found(issue) => Some(issue.title.as_str()),
            Lookup::Deleted | Lookup::Unreadable(_) => None,
        })
        .collect();
    assert_eq!(
        titles,
        [
            Some("Asked two"),
            None,
            Some("Asked one"),
            Some("Asked two")
        ]
    );
    assert!(reader.lookup(&[]).await.expect("asked").is_empty());
}

/// A label is there once however often it is added, and gone however often it is removed.
pub(crate) async fn labels_are_added_and_removed_once(reader: &dyn Reader, writer: &dyn Writer) {
    let key = opened(writer, "Labelled").await.key;
    let late = ["overdue".to_owned()];
    for _ in 0..2 {
        writer.add_labels(&key, &late).await.expect("added");
        let labels = found(reader, &key).await.labels;
        assert_eq!(sorted(labels), ["overdue", LABEL, "team: sre"]);
    }
    for _ in 0..2 {
        writer.remove_label(&key, "overdue").await.expect("removed");
        let labels = found(reader, &key).await.labels;
        assert_eq!(sorted(labels), [LABEL, "team: sre"]);
    }
}

/// A field that the patch does not name stays, and so do the labels.
pub(crate) async fn an_update_changes_what_it_names_and_nothing_else(
    reader: &dyn Reader,
    writer: &dyn Writer,
) {
    let before = opened(writer, "Updated").await;
    let key = &before.key;
    let title = IssuePatch {
        title: Some("Updated: now".to_owned()),
        ..IssuePatch::default()
    };
    writer.update(key, &title).await.expect("updated");
    let after = found(reader, key).await;
    assert_eq!(after.title, "Updated: now");
    assert_eq!(after.body, before.body);
    assert_eq!(sorted(after.labels), sorted(before.labels));
    let body = IssuePatch {
        body: Some("Another text.\n\nOf two paragraphs.".to_owned()),
        ..IssuePatch::default()
    };
    writer.update(key, &body).await.expect("updated");
    let after = found(reader, key).await;
    assert_eq!(after.title, "Updated: now");
    assert_eq!(after.body, "Another text.\n\nOf two paragraphs.");
    assert_eq!(after.state, State::Open);
}

/// Closed, with the reason, and with the original where the tracker keeps it; twice is as good as once.
pub(crate) async fn a_duplicate_is_closed_as_one(reader: &dyn Reader, writer: &dyn Writer) {
    let stays = opened(writer, "Opened twice").await.key;
    let goes = opened(writer, "Opened twice").await.key;
    assert_ne!(stays, goes);
    for _ in 0..2 {
        writer.close_duplicate(&goes, &stays).await.expect("closed");
        let closed = found(reader, &goes).await;
        match closed.state {
            State::Duplicate(None) => {}
            State::Duplicate(Some(of)) => assert_eq!(of, stays),
            other => panic!("{other:?}"),
        }
        assert!(closed.closed_at.is_some());
    }
    assert_eq!(found(reader, &stays).await.state, State::Open);
}

/// A change of an issue that is not there is an error, and makes none.
pub(crate) async fn what_is_not_there_cannot_be_changed(reader: &dyn Reader, writer: &dyn Writer) {
    let none = reader.home().key(NOWHERE);
    let patch = IssuePatch {
        title: Some("x".to_owned()),
        ..IssuePatch::default()
    };
    assert!(writer.update(&none, &patch).await.is_err());
    assert!(writer.add_labels(&none, &["x".to_owned()]).await.is_err());
    let answers = reader.lookup(&[none]).await.expect("asked");
    assert!(!matches!(answers[..], [Lookup::Found(_)]));
}
