//! Headings that are action items themselves.

use super::{actions, items, read};
use crate::model::{
    item::{Form, Owner},
    status::Status,
};

#[test]
fn a_heading_with_fields_below_is_an_item() {
    for text in [
        "### Add an alert\n\nOwner: @ann\nDue: 2024-02-01\nStatus: In progress\n",
        "### 1. Add an alert\n\n**Owner:** @ann  \n**Due:** 2024-02-01  \n**Status:** In progress\n\nIt pages.\n",
        "### Add an alert {#add-alert}\n\n- **Owner:** @ann\n- **Due date:** 2024-02-01\n- **Status:** In progress\n",
        "#### AI-1: Add an alert\n\nOwner: @ann | Due: 2024-02-01 | Status: In progress\n",
        "**Add an alert**\n\n- Owner: @ann\n- Due: 2024-02-01\n- Status: In progress\n- It pages whoever is on call\n",
    ] {
        let document = items(&format!("{text}\n## Lessons\n\n- Alerts help\n"));
        assert_eq!(actions(&document), ["Add an alert"], "{text}");
        let item = &document.items[0];
        assert!(matches!(item.form, Form::Heading { .. }), "{text}");
        assert_eq!(item.owner_list(), [Owner::Login("ann".into())], "{text}");
        assert_eq!(
            item.due_date().map(|day| day.to_string()).as_deref(),
            Some("2024-02-01"),
            "{text}"
        );
        assert_eq!(item.stated_status(), Status::InProgress, "{text}");
        assert_eq!(item.section, "Action Items", "{text}");
        assert_eq!(item.line, 5, "{text}");
    }
}

#[test]
fn numbered_headings_with_prose_below_are_items() {
    let document = items(
        "### 1. Add an alert\n\nIt pages.\n\n### 2) Split the disk ([#12](https://github.com/o/r/issues/12))\n\nSoon.\n",
    );
    assert_eq!(actions(&document), ["Add an alert", "Split the disk"]);
    assert!(document.items[1].tracking_link().is_some());
}

#[test]
fn headings_of_the_same_kind_are_items_in_company() {
    let alike =
        "### Page on a full disk\n\nNobody was paged.\n\n### Split the data disk\n\nIt fills up.\n";
    assert_eq!(
        actions(&items(alike)),
        ["Page on a full disk", "Split the data disk"]
    );
    let alone = "### Page on a full disk\n\nNobody was paged.\n";
    assert!(actions(&items(alone)).is_empty());
}

#[test]
fn headings_that_group_the_items_are_none() {
    for groups in [
        "### Monitoring\n\n- Add an alert\n- Split the disk\n",
        "### The team of the platform\n\nOwner: @ann\n\n- Add an alert\n- Split the disk\n",
        "### 1. Short term\n\nIn the next weeks:\n\n- Add an alert\n\n### 2. Long term\n\n- Split the disk\n",
        "### 1. Alerts\n\n- [ ] Add an alert\n  - Owner: Ann\n- [ ] Split the disk\n",
        "### Work in the coming days\n\n| Action | Owner |\n|-|-|\n| Add an alert | Ann |\n| Split the disk | Bob |\n",
    ] {
        assert_eq!(
            actions(&items(groups)),
            ["Add an alert", "Split the disk"],
            "{groups}"
        );
    }
}

#[test]
fn sections_around_the_items_keep_their_headings() {
    let document = read(
        "# Outage\n\n## 1. Summary of the day\n\nA full disk.\n\n## 2. Action items\n\n- Add an alert\n\n\
         ### 2.1 How we will know that it helped\n\nThe alert fires.\n\n## 3. Notes of the day\n\nNone.\n",
    );
    assert_eq!(actions(&document)[0], "Add an alert");
}

#[test]
fn a_numbered_heading_among_items_is_one_where_prose_leads_to_its_list() {
    let row = "### A1. Add an alert\n\nPriority: high. It pages.\n\n### A2. Split the disk\n\nEither way:\n\n\
               1. A second disk\n2. A larger disk\n\n### A3. Rotate the logs\n\nDaily.\n\n### A4. Monitoring\n\n\
               - Watch the disk\n- Watch the logs\n";
    assert_eq!(
        actions(&items(row)),
        [
            "Add an alert",
            "Split the disk",
            "Rotate the logs",
            "Watch the disk",
            "Watch the logs"
        ]
    );
}

#[test]
fn headings_are_no_items_where_one_of_their_kind_holds_a_list() {
    let story = "### Keys should not be forwarded\n\nWe do this now:\n\n- Use a jump host\n\n### Ports should not be open\n\n\
                 They are closed.\n\n### A second factor for all\n\nIt comes.\n";
    assert_eq!(actions(&items(story)), ["Use a jump host"]);
}

#[test]
fn a_checklist_among_numbered_items_is_one_promise() {
    let row = "### 1. Test the build\n\nIt fails late.\n\n### 2. Checklist before a release\n\n- [ ] Build passes\n- [ ] Smoke test passes\n";
    assert_eq!(
        actions(&items(row)),
        ["Test the build", "Checklist before a release"]
    );
    let groups = "### 1. Checklist\n\n- [ ] Add an alert\n\n### 2. Later\n\n- [ ] Split the disk\n";
    assert_eq!(actions(&items(groups)), ["Add an alert", "Split the disk"]);
}
