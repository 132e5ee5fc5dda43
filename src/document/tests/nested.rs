//! Bullets below bullets: notes, items of their own, and lines that only introduce them.

use super::{actions, items};
use crate::model::status::Status;

#[test]
fn bullets_that_say_each_how_far_they_are_are_items_of_their_own() {
    let document = items(
        "- Fund the build minutes\n  - Turn the jobs on again. **(Done as of 2024-02-01)**\n  - Raise the budget with the board\n",
    );
    assert_eq!(
        actions(&document),
        [
            "Fund the build minutes",
            "Turn the jobs on again. (Done as of 2024-02-01)",
            "Raise the budget with the board"
        ]
    );
    let statuses = document.items.iter().map(|item| item.status.as_ref());
    let known: Vec<Option<Status>> = statuses
        .map(|status| status.and_then(|status| status.value.known()))
        .collect();
    assert_eq!(known, [None, Some(Status::Done), None]);
}

#[test]
fn bullets_with_fields_below_a_line_that_ends_in_a_colon_are_the_items() {
    for below in [
        "  - ✅ Add an alert on the disk\n  - Pending: Split the data disk\n",
        "  - Add an alert on the disk (owner: @ann)\n  - Split the data disk (owner: @bob)\n",
        "  - Add an alert on the disk ([#12](https://github.com/o/r/issues/12))\n  - Split the data disk\n",
    ] {
        assert_eq!(
            actions(&items(&format!(
                "- Keep the disk from filling up:\n{below}"
            ))),
            ["Add an alert on the disk", "Split the data disk"],
            "{below}"
        );
    }
}

#[test]
fn a_single_note_with_a_status_says_how_far_its_parent_is() {
    for note in ["Done in March", "✅ the alert has fired twice (Done)"] {
        let document = items(&format!("- Add an alert\n  - {note}\n"));
        assert_eq!(actions(&document), ["Add an alert"], "{note}");
    }
}

#[test]
fn notes_of_a_task_stay_notes_whatever_they_say() {
    let document = items(
        "- [ ] Write the runbook\n  - The part on failover (done)\n  - The part on backups (in progress)\n",
    );
    assert_eq!(actions(&document), ["Write the runbook"]);
}

#[test]
fn a_noun_with_a_colon_introduces_the_sentences_below_it() {
    let document = items(
        "- A better way to see fires early:\n  - Alert on issues with many reactions\n  - Watch the tracker after a release\n",
    );
    assert_eq!(
        actions(&document),
        [
            "Alert on issues with many reactions",
            "Watch the tracker after a release"
        ]
    );
}

#[test]
fn a_promise_with_a_colon_keeps_what_it_lists() {
    for (line, below) in [
        (
            "Require a checklist before work on storage:",
            "list all the volumes\n  - verify that a backup restores",
        ),
        (
            "A dashboard for:",
            "the latency of the shop\n  - the errors of the shop",
        ),
        ("A runbook of the shop:", "failover\n  - backups"),
    ] {
        let document = items(&format!("- {line}\n  - {below}\n"));
        assert_eq!(actions(&document), [line]);
    }
}

#[test]
fn a_list_of_commands_holds_no_items() {
    let commands = "- `db reset`\n- `db push`\n- statements that delete\n";
    assert!(actions(&items(commands)).is_empty());
    let one = "- `make check`\n- Add an alert\n- Split the disk\n";
    assert_eq!(actions(&items(one)), ["Add an alert", "Split the disk"]);
}

#[test]
fn a_list_of_questions_or_examples_holds_no_items() {
    for list in [
        "- [ ] Does the alert fire?\n- [ ] Is the runbook linked?\n",
        "Examples:\n\n- any alert that is missing\n- any test that is missing\n",
    ] {
        assert!(actions(&items(list)).is_empty(), "{list}");
    }
    let mixed = "- Why did nobody see it?\n- Add an alert\n";
    assert_eq!(actions(&items(mixed)).len(), 2);
}
