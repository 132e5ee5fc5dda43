//! Cells that hold more than one line.

use super::*;
use crate::model::status::Status;

fn row(cell: &str) -> Document {
    items(&format!("| Action |\n|---|\n| {cell} |\n"))
}

#[test]
fn notes_in_the_cell_of_an_action_are_read_like_bullets_below_a_list_item() {
    let document = row(
        "Add an alert<br>• Owner: @ann<br />- by 2024-02-01<br>1. asked in #3<br><br>It is in progress.",
    );
    let [item] = document.items.as_slice() else {
        panic!("{:?}", actions(&document));
    };
    assert_eq!(item.action, "Add an alert");
    assert_eq!(item.owner_list()[0].name(), "ann");
    assert_eq!(item.due_date().unwrap().to_string(), "2024-02-01");
    assert_eq!(item.stated_status(), Status::InProgress);
    assert_eq!(item.tracking_link().unwrap().text, "#3");
    let list = items(
        "- Add an alert\n  - Owner: @ann\n  - by 2024-02-01\n  1. asked in #3\n\n  It is in progress.\n",
    );
    assert_eq!(list.items[0].key, item.key);
}

#[test]
fn a_line_break_alone_begins_no_note() {
    for (cell, action) in [
        ("Add an alert<br>for the disk", "Add an alert for the disk"),
        ("- one<br>- two", "- one - two"),
        ("Escape `<br>• x` in code", "Escape <br>• x in code"),
        ("Add<br>**bold** words", "Add bold words"),
    ] {
        assert_eq!(actions(&row(cell)), [action]);
    }
}

#[test]
fn links_to_read_are_read_wherever_they_stand_in_a_cell() {
    let document = row("Follow [the guide](guide.md), then fix what #7 broke");
    let links: Vec<&str> = document.items[0]
        .links
        .iter()
        .map(|link| link.text.as_str())
        .collect();
    assert_eq!(links, ["guide.md"]);
}
