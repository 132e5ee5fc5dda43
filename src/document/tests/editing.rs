//! What an edit changes, byte for byte.

use super::{items, link, read, write};
use crate::model::edit::ItemEdit;

fn status(item: usize, text: &str) -> ItemEdit {
    ItemEdit {
        item,
        status: Some(text.to_owned()),
        ..ItemEdit::default()
    }
}

fn linked(item: usize, number: u64) -> ItemEdit {
    ItemEdit {
        item,
        link: Some(link(number)),
        ..ItemEdit::default()
    }
}

fn ticked(item: usize, checked: bool) -> ItemEdit {
    ItemEdit {
        item,
        checked: Some(checked),
        ..ItemEdit::default()
    }
}

/// Edits an action section, and gives the section back; nothing may be refused.
fn edited(section: &str, edits: &[ItemEdit]) -> String {
    let before = items(section);
    let done = write(&before, edits);
    assert_eq!(done.refused, [], "{section}");
    let after = read(&done.text);
    assert_eq!(write(&after, edits).text, done.text, "the same edit twice");
    done.text
        .trim_start_matches("# Outage\n\n## Action Items\n\n")
        .to_owned()
}

#[test]
fn a_status_keeps_the_padding_of_its_cell() {
    let table = "| Action | Status      |\n|--------|-------------|\n| Add it | Not Started |\n";
    assert_eq!(
        edited(table, &[status(0, "Done")]),
        "| Action | Status      |\n|--------|-------------|\n| Add it | Done        |\n"
    );
    assert_eq!(
        edited(
            "|Action|Status|\n|-|-|\n|Add it|Open|",
            &[status(0, "Done")]
        ),
        "|Action|Status|\n|-|-|\n|Add it|Done|"
    );
}

#[test]
fn a_flag_that_comes_and_goes_leaves_no_trace() {
    let table = "| Action | Status      |\n|--------|-------------|\n| Add it | Not Started |\n";
    let flagged = edited(table, &[status(0, "Not Started ⚠️ overdue")]);
    assert!(flagged.ends_with("| Add it | Not Started ⚠️ overdue |\n"));
    assert_eq!(edited(&flagged, &[status(0, "Not Started")]), table);
}

#[test]
fn an_empty_cell_keeps_a_blank_on_each_side() {
    for (before, after) in [
        ("| Add it |  |", "| Add it | Done |"),
        ("| Add it ||", "| Add it | Done |"),
        ("| Add it |        |", "| Add it | Done   |"),
        ("| Add it | - |", "| Add it | Done |"),
        ("| Add it |", "| Add it | Done |"),
        ("Add it | Open", "Add it | Done"),
    ] {
        let head = "| Action | Status |\n|---|---|\n";
        assert_eq!(
            edited(&format!("{head}{before}\n"), &[status(0, "Done")]),
            format!("{head}{after}\n")
        );
    }
}

#[test]
fn only_the_words_of_a_status_change() {
    let table = |cell: &str| format!("| Action | Status |\r\n|---|---|\r\n| Add it | {cell} |\r\n");
    for (before, new, after) in [
        ("Pending (PR #98)", "✅ Complete", "✅ Complete (PR #98)"),
        ("TODO ⚠️ overdue", "Done", "Done"),
        ("TODO", "TODO ⚠️ overdue", "TODO ⚠️ overdue"),
        ("TODO (#98)", "WIP ⚠️ overdue", "WIP (#98) ⚠️ overdue"),
        ("**TODO**", "DONE", "**DONE**"),
        ("**In** progress", "Done", "Done"),
        ("~~TODO~~ WIP", "Done", "~~TODO~~ Done"),
        ("", "TODO ⚠️ overdue", "TODO ⚠️ overdue"),
        ("⚠️ overdue", "TODO ⚠️ overdue", "TODO ⚠️ overdue"),
        ("TODO", "a|b", "a\\|b"),
    ] {
        assert_eq!(
            edited(&table(before), &[status(0, new)]),
            table(after),
            "{before}"
        );
    }
}

#[test]
fn a_column_for_links_is_added_where_there_is_none() {
    let table = "| Action | Owner |\n|--------|-------|\n| Add it | SRE   |\n| Fix it | Dev   |\n";
    let link = "[#12](https://github.com/o/r/issues/12)";
    let (dashes, blanks) = ("-".repeat(link.len() + 2), " ".repeat(link.len() + 2));
    assert_eq!(
        edited(table, &[linked(1, 12)]),
        format!(
            "| Action | Owner | Issue{} |\n|--------|-------|{dashes}|\n| Add it | SRE   |{blanks}|\n| Fix it | Dev   | {link} |\n",
            " ".repeat(link.len() - 5)
        )
    );
    assert_eq!(
        edited(
            "Action | Owner\n--- | ---\nAdd it | SRE\nFix it | Dev\n",
            &[linked(0, 1)]
        ),
        "Action | Owner | Issue\n--- | --- | -----\nAdd it | SRE | [#1](https://github.com/o/r/issues/1)\nFix it | Dev\n"
    );
}

#[test]
fn a_column_and_the_cells_before_it_are_added_to_a_short_row() {
    let table =
        "| Action | Owner | Status |\n| --- | --- | --- |\n| Add it |\n| Fix it | Dev | Open |\n";
    let both = ItemEdit {
        item: 0,
        status: Some("Done".into()),
        link: Some(link(1)),
        ..ItemEdit::default()
    };
    assert_eq!(
        edited(table, &[both]),
        "| Action | Owner | Status | Issue |\n| --- | --- | --- | ----- |\n\
         | Add it |  | Done | [#1](https://github.com/o/r/issues/1) |\n| Fix it | Dev | Open |  |\n"
    );
}

#[test]
fn a_link_goes_to_the_column_that_is_for_links() {
    let table = |cell: &str| {
        format!("| Action | Ticket | Owner |\n|---|---|---|\n| Add a \\| b | {cell} | SRE |\n")
    };
    let new = "[#7](https://github.com/o/r/issues/7)";
    for (before, after) in [
        ("", new.to_owned()),
        ("TBD", new.to_owned()),
        ("#3", new.to_owned()),
        ("[#3](https://github.com/o/r/issues/3)", new.to_owned()),
        ("https://github.com/o/r/issues/3", new.to_owned()),
        (
            "[the ticket](https://github.com/o/r/issues/3)",
            "[the ticket](https://github.com/o/r/issues/7)".to_owned(),
        ),
        (
            "[notes](https://example.org/x)",
            format!("[notes](https://example.org/x) {new}"),
        ),
    ] {
        assert_eq!(
            edited(&table(before), &[linked(0, 7)]),
            table(&after),
            "{before}"
        );
    }
}

#[test]
fn a_list_item_gets_one_link_behind_its_own_text() {
    let new = " ([#7](https://github.com/o/r/issues/7))";
    for (before, after) in [
        ("- [ ] Add it\n", format!("- [ ] Add it{new}\n")),
        (
            "- Add it  \r\n- Fix it\r\n",
            format!("- Add it{new}  \r\n- Fix it\r\n"),
        ),
        (
            "- Add it\n  all of it\n\n  More.\n  - part\n",
            format!("- Add it\n  all of it{new}\n\n  More.\n  - part\n"),
        ),
        (
            "1. Add it ([#3](https://github.com/o/r/issues/3))",
            format!("1. Add it{new}"),
        ),
        ("* Add it (#3)", format!("* Add it{new}")),
        (
            "- See [this](https://github.com/o/r/issues/3) first",
            "- See [this](https://github.com/o/r/issues/7) first".into(),
        ),
    ] {
        assert_eq!(edited(before, &[linked(0, 7)]), after, "{before}");
    }
}

#[test]
fn a_link_behind_what_an_item_says_last_changes_nothing_of_it() {
    let new = " ([#7](https://github.com/o/r/issues/7))";
    for item in [
        "- Add it. PR exists",
        "- Add it. DONE in March",
        "- Add it @ann",
        "- Add it - @ann, @bob",
        "- Add it (@ann)",
        "- Add it; owner: Ann Lee",
        "- Add it, due: next sprint",
        "- Add it by 2024-02-01",
        "- Add it (Done)",
        "- Add it - status: open",
        "- **Add it**: This is done.",
        "- ~~Add it~~",
        "- ~~Add it ([docs](https://example.org))~~",
        "- Add `it`",
        "- Add it <!-- soon -->",
    ] {
        assert_eq!(edited(item, &[linked(0, 7)]), format!("{item}{new}"));
    }
}

#[test]
fn a_box_is_one_byte() {
    assert_eq!(
        edited("* [ ]   Add it", &[ticked(0, true)]),
        "* [x]   Add it"
    );
    assert_eq!(
        edited("- [X] Add it\n", &[ticked(0, true)]),
        "- [X] Add it\n"
    );
    assert_eq!(
        edited("- [x] Add it\n", &[ticked(0, false)]),
        "- [ ] Add it\n"
    );
}

#[test]
fn what_cannot_be_written_is_refused_and_the_rest_is_done() {
    let document = items("- Add it\n- [ ] Fix it\n");
    let done = write(
        &document,
        &[ticked(0, true), ticked(1, true), status(7, "Done")],
    );
    assert!(done.text.ends_with("- Add it\n- [x] Fix it\n"));
    let refused: Vec<usize> = done.refused.iter().map(|(item, _)| *item).collect();
    assert_eq!(refused, [0, 7]);
}

#[test]
fn a_column_goes_in_front_of_cells_that_the_header_hides() {
    let document = items(
        "| Action | Owner |\n|---|---|\n| Add it | SRE | hidden |\n| Fix it | SRE |\n| Old | SRE | too |\n",
    );
    let done = write(&document, &[linked(0, 1), linked(1, 2)]);
    assert_eq!(done.refused, []);
    let table = done.text.split_once("| Action").map(|(_, table)| table);
    assert_eq!(
        table,
        Some(
            " | Owner | Issue |\n|---|---|-------|\n| Add it | SRE | [#1](https://github.com/o/r/issues/1) | hidden |\n\
             | Fix it | SRE | [#2](https://github.com/o/r/issues/2) |\n| Old | SRE |  | too |\n"
        )
    );
}

#[test]
fn a_status_that_would_be_read_differently_is_refused() {
    let document = items("| Action | Status |\n|---|---|\n| Add it | Open |\n");
    let done = write(&document, &[status(0, "Done (see [x](y))")]);
    assert_eq!(done.text, document.text);
    assert_eq!(done.refused.len(), 1);
}

#[test]
fn a_table_in_a_list_and_one_below_a_paragraph_are_edited_in_place() {
    for section in [
        "- Board:\n\n  | Action | Status |\n  |---|---|\n  | Add it | Open |\n",
        "These are ours:\n| Action | Status |\n|---|---|\n| Add it | Open |\nand no more\n",
    ] {
        assert_eq!(
            edited(section, &[status(0, "Done")]),
            section.replace("Open", "Done")
        );
    }
}
