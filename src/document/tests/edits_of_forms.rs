//! Every form of an item, and what each edit makes of it.

use super::{items, link, read, write};
use crate::model::{edit::ItemEdit, item::ActionItem, status::Status};

/// What is asked of an item, as `(name, edit)`; boxes are ticked where words cannot be written.
fn wishes(item: &ActionItem) -> Vec<(&'static str, ItemEdit)> {
    let words = |text: &str| ItemEdit {
        status: Some(text.to_owned()),
        ..ItemEdit::default()
    };
    let ticked = |checked| ItemEdit {
        checked: Some(checked),
        ..ItemEdit::default()
    };
    let linked = ItemEdit {
        link: Some(link(12)),
        ..ItemEdit::default()
    };
    if item.form.checkbox().is_some() {
        return vec![
            ("link", linked),
            ("done", ticked(true)),
            ("open", ticked(false)),
        ];
    }
    let both = ItemEdit {
        link: Some(link(12)),
        ..words("Done")
    };
    vec![
        ("link", linked),
        ("done", words("Done")),
        ("open", words("Not Started")),
        ("flag", words("In Progress ⚠️ overdue")),
        ("link and done", both),
    ]
}

/// The forms, and what the document is after a link and "Done" (or a tick) were written.
const FORMS: [(&str, &str, &str); 12] = [
    (
        "row with a status and a link column",
        "| Action | Status | Issue |\n|-|-|-|\n| Add it | Open | |\n",
        "| Action | Status | Issue |\n|-|-|-|\n| Add it | Done | [#12](https://github.com/o/r/issues/12) |\n",
    ),
    (
        "box",
        "- [ ] Add it\n",
        "- [x] Add it ([#12](https://github.com/o/r/issues/12))\n",
    ),
    (
        "box in a numbered list",
        "1. [ ] Add it\n",
        "1. [x] Add it ([#12](https://github.com/o/r/issues/12))\n",
    ),
    (
        "bullet",
        "* Add it\n",
        "* Add it ([#12](https://github.com/o/r/issues/12)) (Done)\n",
    ),
    (
        "number",
        "1. Add it.\n",
        "1. Add it. ([#12](https://github.com/o/r/issues/12)) (Done)\n",
    ),
    (
        "bullet with a status in brackets",
        "- Add it (in progress)\n",
        "- Add it (Done) ([#12](https://github.com/o/r/issues/12))\n",
    ),
    (
        "bullet with marked fields",
        "- Add it. Owner: Ann. Status: open\n",
        "- Add it. Owner: Ann. Status: Done ([#12](https://github.com/o/r/issues/12))\n",
    ),
    (
        "bullet with nested fields",
        "- Add it\n  - Owner: Ann\n  - Status: open\n",
        "- Add it ([#12](https://github.com/o/r/issues/12))\n  - Owner: Ann\n  - Status: Done\n",
    ),
    (
        "bold label",
        "- **Alert**: add it\n",
        "- **Alert**: add it ([#12](https://github.com/o/r/issues/12)) (Done)\n",
    ),
    (
        "heading with fields",
        "### 1. Add it ### \n\n- Owner: Ann\n- Status: open\n",
        "### 1. Add it ([#12](https://github.com/o/r/issues/12)) ### \n\n- Owner: Ann\n- Status: Done\n",
    ),
    (
        "heading without a status",
        "### Add it {#add}\n\nOwner: Ann\n",
        "### Add it ([#12](https://github.com/o/r/issues/12)) (Done) {#add}\n\nOwner: Ann\n",
    ),
    (
        "bold paragraph with fields",
        "**Add it**\n\n- Owner: Ann\n- Status: open\n",
        "**Add it ([#12](https://github.com/o/r/issues/12))**\n\n- Owner: Ann\n- Status: Done\n",
    ),
];

#[test]
fn every_edit_of_every_form_reads_back() {
    for (form, section, _) in FORMS {
        let before = items(section);
        let item = &before.items[0];
        for (name, edit) in wishes(item) {
            let done = write(&before, std::slice::from_ref(&edit));
            assert_eq!(done.refused, [], "{form}: {name}");
            let after = read(&done.text);
            let read = &after.items[0];
            assert_eq!(read.key, item.key, "{form}: {name}");
            if let Some(link) = &edit.link {
                let tracked = read.tracking_link().map(|link| link.text.as_str());
                assert_eq!(tracked, Some(link.target.as_str()), "{form}: {name}");
            }
            let status = match (edit.checked, edit.status.as_deref()) {
                (Some(true), _) | (_, Some("Done")) => Some(Status::Done),
                (Some(false), _) | (_, Some("Not Started")) => Some(Status::NotStarted),
                (_, Some(_)) => Some(Status::InProgress),
                (None, None) => None,
            };
            if let Some(status) = status {
                assert_eq!(
                    read.stated_status(),
                    status,
                    "{form}: {name}: {}",
                    done.text
                );
            }
            assert_eq!(read.flagged, name == "flag", "{form}: {name}");
            assert_eq!(
                write(&after, &[edit]).text,
                done.text,
                "{form}: {name} twice"
            );
        }
    }
}

#[test]
fn each_form_has_its_place_for_link_and_status() {
    for (form, section, wanted) in FORMS {
        let before = items(section);
        let has_box = before.items[0].form.checkbox().is_some();
        let edit = ItemEdit {
            item: 0,
            link: Some(link(12)),
            checked: has_box.then_some(true),
            status: (!has_box).then(|| "Done".to_owned()),
        };
        let text = write(&before, &[edit]).text;
        let (_, section) = text.split_at("# Outage\n\n## Action Items\n\n".len());
        assert_eq!(section, wanted, "{form}");
    }
}
