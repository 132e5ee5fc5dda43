//! What every tracker owes to those who plan and apply, whatever stands behind it.
//!
//! `reader` and `writer` speak to the same empty tracker.

use followthrough::{
    model::{
        issue::{Draft, Issue, IssuePatch, Lookup, State},
        link::IssueKey,
        marker::{Base, Marker},
    },
    tracker::{Extent, Reader, Writer},
};

const LABEL: &str = "postmortem-action";

/// Every clause in turn, on one tracker.
pub async fn holds(reader: &dyn Reader, writer: &dyn Writer) {
    an_opened_issue_is_what_the_draft_says(reader, writer).await;
    the_listing_shows_own_issues_newest_first(reader, writer).await;
    a_patch_changes_what_it_names_and_nothing_else(reader, writer).await;
    labels_come_and_go_and_may_be_there_already(reader, writer).await;
    a_duplicate_is_closed_and_names_its_original(reader, writer).await;
    lookups_answer_in_the_order_asked(reader, writer).await;
    any_text_comes_back_as_it_went(reader, writer).await;
    what_is_not_there_cannot_be_changed(reader, writer).await;
}

/// A body that starts with the marker of the item `key`.
pub fn marked(key: &str, text: &str) -> String {
    let marker = Marker {
        repository: 7,
        document: "postmortems/x.md".into(),
        key: key.into(),
        base: Base::default(),
        offer: None,
    };
    marker.put(text)
}

fn draft(title: &str) -> Draft {
    Draft {
        title: title.into(),
        body: marked(title, &format!("The body of {title}\n")),
        labels: vec![LABEL.into()],
        assignees: Vec::new(),
    }
}

async fn look(reader: &dyn Reader, key: &IssueKey) -> Issue {
    match reader
        .lookup(std::slice::from_ref(key))
        .await
        .unwrap()
        .remove(0)
    {
        Lookup::Found(issue) => *issue,
        other => panic!("{key}: {other:?}"),
    }
}

async fn an_opened_issue_is_what_the_draft_says(reader: &dyn Reader, writer: &dyn Writer) {
    let opened = writer.open(&draft("Open me")).await.unwrap();
    let seen = look(reader, &opened.key).await;
    for issue in [&opened, &seen] {
        assert_eq!(issue.title, "Open me");
        assert_eq!(issue.body.trim_end(), draft("Open me").body.trim_end());
        assert_eq!(issue.state, State::Open);
        assert!(issue.has_label(LABEL));
        assert!(issue.author.is_trusted());
        assert!(!issue.is_pull_request && !issue.has_open_pull_request && !issue.locked);
    }
    assert_eq!(opened.key, seen.key);
    assert_eq!(opened.url, seen.url);
    assert_eq!(opened.key.repository, reader.home().repository);
}

async fn the_listing_shows_own_issues_newest_first(reader: &dyn Reader, writer: &dyn Writer) {
    let first = writer.open(&draft("First")).await.unwrap().key;
    let second = writer.open(&draft("Second")).await.unwrap().key;
    let listed: Vec<IssueKey> = reader
        .listing(LABEL, Extent::All)
        .await
        .unwrap()
        .into_iter()
        .map(|issue| issue.key)
        .collect();
    let place = |key: &IssueKey| listed.iter().position(|listed| listed == key);
    assert!(place(&second) < place(&first), "{listed:?}");
    assert!(place(&second).is_some());

    // An issue whose label was taken off is found by its marker.
    writer.remove_label(&first, LABEL).await.unwrap();
    let listed = reader.listing(LABEL, Extent::All).await.unwrap();
    assert_eq!(listed.iter().filter(|issue| issue.key == first).count(), 1);
}

async fn a_patch_changes_what_it_names_and_nothing_else(reader: &dyn Reader, writer: &dyn Writer) {
    let key = writer.open(&draft("Patch me")).await.unwrap().key;
    let before = look(reader, &key).await;
    let patch = IssuePatch {
        title: Some("Patched".into()),
        ..IssuePatch::default()
    };
    writer.update(&key, &patch).await.unwrap();
    let after = look(reader, &key).await;
    assert_eq!(after.title, "Patched");
    assert_eq!((after.body, after.state), (before.body, before.state));
    assert_eq!(
        (after.labels, after.assignees),
        (before.labels, before.assignees)
    );
    let patch = IssuePatch {
        body: Some("Another body\n".into()),
        ..IssuePatch::default()
    };
    writer.update(&key, &patch).await.unwrap();
    let after = look(reader, &key).await;
    assert_eq!(
        (after.title.as_str(), after.body.trim_end()),
        ("Patched", "Another body")
    );
}

async fn labels_come_and_go_and_may_be_there_already(reader: &dyn Reader, writer: &dyn Writer) {
    let key = writer.open(&draft("Label me")).await.unwrap().key;
    let labels = ["overdue".to_owned(), LABEL.to_owned()];
    for _ in 0..2 {
        writer.add_labels(&key, &labels).await.unwrap();
        let issue = look(reader, &key).await;
        assert!(issue.has_label("overdue"));
        assert_eq!(issue.labels.len(), 2, "{:?}", issue.labels);
    }
    for _ in 0..2 {
        writer.remove_label(&key, "overdue").await.unwrap();
        assert!(!look(reader, &key).await.has_label("overdue"));
    }
}

async fn a_duplicate_is_closed_and_names_its_original(reader: &dyn Reader, writer: &dyn Writer) {
    let original = writer.open(&draft("Original")).await.unwrap().key;
    let later = writer.open(&draft("Later")).await.unwrap().key;
    writer.close_duplicate(&later, &original).await.unwrap();
    assert_eq!(
        look(reader, &later).await.state,
        State::Duplicate(Some(original.clone()))
    );
    assert_eq!(look(reader, &original).await.state, State::Open);
}

async fn lookups_answer_in_the_order_asked(reader: &dyn Reader, writer: &dyn Writer) {
    let one = writer.open(&draft("One")).await.unwrap().key;
    let two = writer.open(&draft("Two")).await.unwrap().key;
    let missing = IssueKey {
        number: two.number + 1000,
        ..two.clone()
    };
    let asked = [two.clone(), missing, one.clone(), two.clone()];
    let found = reader.lookup(&asked).await.unwrap();
    let titles: Vec<Option<&str>> = found
        .iter()
        .map(|found| match found {
            Lookup::Found(issue) => Some(issue.title.as_str()),
            Lookup::Deleted | Lookup::Unreadable(_) => None,
        })
        .collect();
    assert_eq!(titles, [Some("Two"), None, Some("One"), Some("Two")]);
    assert!(reader.lookup(&[]).await.unwrap().is_empty());
}

async fn any_text_comes_back_as_it_went(reader: &dyn Reader, writer: &dyn Writer) {
    for title in [
        "Ünïcode 完了 🚒",
        "quotes \" ' ` and \\",
        "colon: # - [x] {y} %0A",
        "null",
        "2024-01-01",
        "---",
    ] {
        let mut wanted = draft(title);
        wanted.body = format!("<!-- marker -->\n{title}\n\n---\n\ttab, `code`\n");
        let key = writer.open(&wanted).await.unwrap().key;
        let issue = look(reader, &key).await;
        assert_eq!(issue.title, title);
        assert_eq!(issue.body.trim_end(), wanted.body.trim_end());
    }
}

/// A change of an issue that is not there is an error, and makes none.
async fn what_is_not_there_cannot_be_changed(reader: &dyn Reader, writer: &dyn Writer) {
    let none = reader.home().key(9_999);
    let patch = IssuePatch {
        title: Some("x".into()),
        ..IssuePatch::default()
    };
    assert!(writer.update(&none, &patch).await.is_err());
    assert!(writer.add_labels(&none, &["x".into()]).await.is_err());
    let answers = reader.lookup(&[none]).await.unwrap();
    assert!(!matches!(answers[..], [Lookup::Found(_)]));
}
