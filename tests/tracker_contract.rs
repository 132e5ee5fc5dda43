//! The embedded tracker keeps what every tracker promises.

mod contract;

use chrono::NaiveDate;
use followthrough::{
    model::{
        issue::{Draft, IssuePatch},
        marker::{Base, Marker},
    },
    tracker::{Reader, Writer, local},
};

const TODAY: NaiveDate = match NaiveDate::from_ymd_opt(2024, 3, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

#[tokio::test]
async fn the_embedded_tracker_holds_the_contract() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let (reader, writer) = local::open(root.path(), TODAY);
    contract::holds(&reader, &writer).await;
}

#[tokio::test]
async fn an_issue_whose_label_a_person_took_off_is_still_listed() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let (reader, writer) = local::open(root.path(), TODAY);
    let marker = Marker {
        repository: 0,
        document: "postmortems/a.md".into(),
        key: "k".into(),
        base: Base::default(),
    };
    let draft = Draft {
        title: "Unlabelled".into(),
        body: marker.put("text"),
        labels: Vec::new(),
        assignees: vec!["alice".into()],
    };
    let issue = writer.open(&draft).await.expect("opened");
    let listing = reader.listing(contract::LABEL).await.expect("listed");
    assert_eq!(listing, std::slice::from_ref(&issue));
    let nobody = IssuePatch {
        assignees: Some(Vec::new()),
        ..IssuePatch::default()
    };
    writer.update(&issue.key, &nobody).await.expect("updated");
    let listing = reader.listing(contract::LABEL).await.expect("listed");
    assert!(listing[0].assignees.is_empty());
}
