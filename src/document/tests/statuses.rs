//! Statuses in cells and in sentences.

use super::{
    super::{Vocabulary, inline::Inline, links, statuses::*},
    actions, items,
};
use crate::model::status::Status;
use crate::{
    document::inline::References,
    model::{config::Config, span::Span},
};

fn read(text: &str) -> (Option<String>, Option<Status>, bool) {
    let vocabulary = Vocabulary::new(&Config::default());
    let inline = Inline::cell(text, Span::new(0, text.len()), &References::new());
    let read = cell(&inline, &links::find(&inline, &vocabulary), &vocabulary);
    let known = read.status.as_ref().and_then(|status| status.value.known());
    (
        read.status.map(|status| status.text),
        known,
        read.flag.is_some(),
    )
}

fn says(text: &str) -> Option<(Status, String)> {
    let vocabulary = Vocabulary::new(&Config::default());
    let inline = Inline::paragraph(text, &[Span::new(0, text.len())], &References::new());
    spoken(&inline, &vocabulary).map(|spoken| (spoken.status, inline.text[spoken.words].to_owned()))
}

#[test]
fn the_words_of_a_cell_are_told_from_what_stands_beside_them() {
    let done = |text: &str| (Some(text.to_owned()), Some(Status::Done), false);
    assert_eq!(read("✅ Complete (PR #12)"), done("✅ Complete"));
    assert_eq!(read("**完了**（`6d8c925`）"), done("完了"));
    assert_eq!(read("Done in #12"), done("Done"));
    assert_eq!(read("~~TODO~~ Done"), done("Done"));
    assert_eq!(
        read("In Progress ⚠️ overdue"),
        (Some("In Progress".into()), Some(Status::InProgress), true)
    );
    assert_eq!(
        read("Waiting room painted"),
        (Some("Waiting".into()), Some(Status::Blocked), false)
    );
    assert_eq!(read("Mañana"), (Some("Mañana".into()), None, false));
    assert_eq!(read("-"), (None, None, false));
    assert_eq!(read("#12"), (None, None, false));
}

#[test]
fn a_sentence_can_say_how_far_it_is() {
    for (text, status, words) in [
        ("✅ Add an alert", Status::Done, "✅"),
        ("Pending: add an alert", Status::NotStarted, "Pending"),
        (
            "✅ **COMPLETED (PR #1)**: added",
            Status::Done,
            "✅ COMPLETED",
        ),
        ("Add an alert (Done)", Status::Done, "Done"),
        (
            "Add an alert. DONE in [PR #5](https://github.com/o/r/pull/5)",
            Status::Done,
            "DONE",
        ),
        ("Add an alert. PR exists", Status::InProgress, "PR exists"),
        (
            "Ticket raised to add an alert",
            Status::InProgress,
            "Ticket raised",
        ),
        (
            "**Alerts**: This is a work in progress and so on",
            Status::InProgress,
            "This is a work in progress",
        ),
        (
            "Watch it (watching done in the dashboard)",
            Status::Done,
            "watching done",
        ),
        (
            "Add an alert (Done during the incident)",
            Status::Done,
            "Done",
        ),
        ("Add an alert (shipped this week)", Status::Done, "shipped"),
        (
            "Add an alert (completed: 72f0f55)",
            Status::Done,
            "completed",
        ),
        (
            "Add an alert (déjà en place)",
            Status::Done,
            "déjà en place",
        ),
    ] {
        assert_eq!(says(text), Some((status, words.to_owned())), "{text}");
    }
    for text in [
        "Open the port",
        "Fix what was done wrong",
        "Create a new dashboard (see docs)",
    ] {
        assert_eq!(says(text), None, "{text}");
    }
}

#[test]
fn a_colour_before_a_priority_is_no_status() {
    for (item, status) in [
        ("🟢 **P3**: Add it", None),
        ("🟡 P1 Add it", None),
        ("🟢 Low priority: Add it", None),
        ("🟢 Add it", Some(Status::Done)),
        ("✅ Low disks get an alert", Some(Status::Done)),
    ] {
        let document = super::items(&format!("- {item}\n"));
        let read = document.items[0].status.as_ref();
        assert_eq!(
            read.and_then(|status| status.value.known()),
            status,
            "{item}"
        );
    }
}

#[test]
fn a_status_in_brackets_before_the_text_stands_without_them() {
    for (line, action, status) in [
        ("**[Completed]** Add an alert", "Add an alert", "Completed"),
        ("[DONE] Add an alert", "Add an alert", "DONE"),
        (
            "[In progress, owner: Ann] Add an alert",
            "Add an alert",
            "In progress",
        ),
    ] {
        let document = items(&format!("- {line}\n"));
        assert_eq!(actions(&document), [action]);
        let read = document.items[0].status.as_ref();
        assert_eq!(
            read.map(|status| status.text.as_str()),
            Some(status),
            "{line}"
        );
    }
}
