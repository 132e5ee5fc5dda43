//! What is read as an action item, and with which fields.

use super::{actions, items, read};
use crate::model::{
    item::{Due, Owner},
    link::Target,
    status::Status,
};

#[test]
fn the_founding_template_is_read() {
    let document = read(
        "# Incident Postmortem: Memory\n\n## Incident Summary\n- **Date**: 2024-01-15\n- **Duration**: 53 minutes\n\
         - **Impact**: \n- **Severity**: SEV-2\n\n## Action Items\n| Action | Owner | Due Date | Status |\n\
         |--------|-------|----------|---------|\n| Add memory monitoring | SRE Team | 2024-02-01 | In Progress |\n\
         | Update testing suite | Dev Team | 2024-02-15 | Not Started |\n",
    );
    assert_eq!(
        actions(&document),
        ["Add memory monitoring", "Update testing suite"]
    );
    let first = &document.items[0];
    assert_eq!(first.owner_list(), [Owner::Name("SRE Team".into())]);
    assert_eq!(
        first.due_date().map(|day| day.to_string()).as_deref(),
        Some("2024-02-01")
    );
    assert_eq!(first.stated_status(), Status::InProgress);
    assert_eq!(first.line, 12);
    assert_eq!(
        document.date().map(|day| day.to_string()).as_deref(),
        Some("2024-01-15")
    );
}

#[test]
fn columns_are_found_by_their_headers_in_any_order_and_language() {
    for (table, status) in [
        (
            "| Owner | # | **Action** | ETA | State |\n|-|-|-|-|-|\n| SRE | 1 | Add it | 2024-02-01 | done |\n",
            Status::Done,
        ),
        (
            "| # | アクション | 担当 | 期限 | 状態 |\n|-|-|-|-|-|\n| 1 | Add it | SRE | 2024年2月1日 | 未着手 |\n",
            Status::NotStarted,
        ),
        (
            "| Maßnahme | Verantwortlich | Frist | Status |\n|-|-|-|-|\n| Add it | SRE | 01.02.2024 | erledigt |\n",
            Status::Done,
        ),
        (
            "Ação | Responsável | Prazo | Situação\n-|-|-|-\nAdd it | SRE | 2024-02-01 | em andamento\n",
            Status::InProgress,
        ),
    ] {
        let document = items(table);
        assert_eq!(actions(&document), ["Add it"], "{table}");
        let item = &document.items[0];
        assert_eq!(item.owner_list(), [Owner::Name("SRE".into())], "{table}");
        assert_eq!(
            item.due_date().map(|day| day.to_string()).as_deref(),
            Some("2024-02-01"),
            "{table}"
        );
        assert_eq!(item.stated_status(), status, "{table}");
    }
}

#[test]
fn a_table_outside_an_action_section_counts_only_where_it_is_one_of_promises() {
    let table = |head: &str, row: &str| {
        read(&format!("# Outage\n\n## Notes\n\n{head}\n|-|-|-|\n{row}\n"))
            .items
            .len()
    };
    assert_eq!(
        table("| Action | Owner | Due |", "| Add it | SRE | 2024-02-01 |"),
        1
    );
    assert_eq!(table("| Task | Status | x |", "| Add it | Done | y |"), 1);
    assert_eq!(
        table(
            "| Time | Action | Owner |",
            "| 10:00 | Restarted it | SRE |"
        ),
        0
    );
    assert_eq!(
        table(
            "| Date | Title | Status |",
            "| 2024-01-15 | Outage | Resolved |"
        ),
        0
    );
    assert_eq!(
        table("| Fix | Commit | Lines |", "| Limit | 6d8c925 | 12 |"),
        0
    );
    assert_eq!(table("| Action | Effect | x |", "| deny | drop | y |"), 0);
    let timeline =
        read("# Outage\n\n## Timeline\n\n| Action | Owner |\n|-|-|\n| Restarted | SRE |\n");
    assert!(timeline.items.is_empty());
}

#[test]
fn rows_and_bullets_of_a_template_are_no_items() {
    let document = items(
        "| Action | Owner | Due | Status |\n|-|-|-|-|\n| [Action] | [Owner] | YYYY-MM-DD | TODO |\n| TBD | | | |\n\
         | | SRE | | |\n| Add it | TBD | YYYY-MM-DD | - |\n\n- [ ] [Action item]\n- N/A\n- None\n",
    );
    assert_eq!(actions(&document), ["Add it"]);
    let item = &document.items[0];
    assert!(item.owners.is_none() && item.due.is_none() && item.status.is_none());
}

#[test]
fn lists_are_read_under_every_kind_of_heading() {
    for text in [
        "## Action Items\n- Add it\n",
        "Next steps\n---\n\n1. Add it\n",
        "**Action items:**\n\n* [ ] Add it\n",
        "- **Impact**:\n  - big\n\n- **Review actions**:\n  - Add it\n",
        "# Outage\n\n## Lessons\n\n### Action Items\n\n- Add it\n",
        "## :ballot_box: 5. Follow-up tasks\n\n+ Add it\n",
        "Action items:\n- Add it\n",
        "## Actions\n\n- Add it\n",
        "## Action Items\n\n- Prevention:\n  - Add it\n",
        "## Action Items\n\n- To do:\n  - [ ] Add it\n",
    ] {
        assert_eq!(actions(&read(text)), ["Add it"], "{text}");
    }
}

#[test]
fn examples_quotations_and_finished_work_are_no_items() {
    for text in [
        "## Action Items\n\n```\n- [ ] Add it\n```\n",
        "## Action Items\n\n<!--\n- [ ] Add it\n-->\n",
        "## Action Items\n\n> - [ ] Add it\n",
        "## Action Items\n\n<details>\n\n- [ ] Add it\n\n</details>\n",
        "## Actions taken\n\n- Added it\n",
        "## Recovery Actions\n\n- Added it\n- Restarted it\n",
        "## Remediation Actions\n\n- Roll back\n\n## Follow-up Actions\n",
        "## Timeline\n\n- [ ] 10:00 Add it\n",
    ] {
        assert_eq!(actions(&read(text)), [""; 0], "{text}");
    }
}

#[test]
fn nested_bullets_belong_to_their_item_unless_they_are_tasks() {
    let document = items(
        "- Require a checklist for:\n  - disks\n  - nodes\n- [ ] Parent\n  - [x] Child\n  - a note\n\
         - Add it\n  wrapped\n\n  - https://github.com/o/r/issues/5\n",
    );
    assert_eq!(
        actions(&document),
        [
            "Require a checklist for:",
            "Parent",
            "Child",
            "Add it wrapped"
        ]
    );
    assert_eq!(
        document.items[3].links[0].text,
        "https://github.com/o/r/issues/5"
    );
}

#[test]
fn only_real_boxes_are_boxes() {
    let document = items("- [ ] a1\n- [X] b1\n- [] c1\n- [x](https://example.org) d1\n");
    let boxes: Vec<Option<bool>> = document
        .items
        .iter()
        .map(|item| item.form.checkbox().map(|checkbox| checkbox.checked))
        .collect();
    assert_eq!(boxes, [Some(false), Some(true), None, None]);
}

#[test]
fn marked_fields_of_a_sentence_are_read_and_leave_the_action() {
    for text in [
        "- Add it (owner: @ann, due: 2024-02-01)\n",
        "- Add it — Owner: @ann — Due: Feb 1, 2024\n",
        "- Add it (Owner: @ann, due 2024-02-01)\n",
        "- [ ] **Owner:** @ann **Due:** 2024-02-01: Add it\n",
        "- Add it (@ann, by 2024-02-01)\n",
        "- Add it\n  - Owner: @ann\n  - Deadline: 2024-02-01\n",
        "- Add it（担当: @ann、期限: 2024年2月1日）\n",
        "- @ann: Add it (due 1 Feb 2024)\n",
    ] {
        let document = items(text);
        let item = &document.items[0];
        assert_eq!(item.owner_list(), [Owner::Login("ann".into())], "{text}");
        assert_eq!(
            item.due_date().map(|day| day.to_string()).as_deref(),
            Some("2024-02-01"),
            "{text}"
        );
        assert!(
            item.action.contains("Add it") && !item.action.contains("2024"),
            "{text}: {}",
            item.action
        );
    }
}

#[test]
fn a_date_without_a_mark_is_no_due_date() {
    let document =
        items("- Fixed since 2024-02-01\n- Look at incident-2024-02-01.md\n- Run on 2024-02-01\n");
    assert!(document.items.iter().all(|item| item.due.is_none()));
}

#[test]
fn dates_that_name_no_day_are_kept_as_text() {
    let document = items(
        "| Action | Due |\n|-|-|\n| a1 | 03/04/2024 |\n| b1 | next sprint |\n| c1 | 2024-02-30 |\n| d1 | ~~2024-01-01~~ 2024-02-01 |\n",
    );
    let due = |item: usize| {
        document.items[item]
            .due
            .as_ref()
            .map(|due| (&due.value, due.text.as_str()))
    };
    assert!(matches!(
        due(0),
        Some((Due::Ambiguous { .. }, "03/04/2024"))
    ));
    assert_eq!(due(1), Some((&Due::Unreadable, "next sprint")));
    assert_eq!(due(2), Some((&Due::Unreadable, "2024-02-30")));
    assert_eq!(due(3).map(|due| due.1), Some("2024-02-01"));
}

#[test]
fn what_a_sub_heading_says_holds_for_its_items() {
    let document = items(
        "### Done already (Completed)\n\n- a1\n\n### Later ([plan](https://github.com/o/r/issues/9))\n\n- b1\n\n\
         ### Long-term (Q4 2025)\n\n- c1\n\n### Soon (by 2024-02-01)\n\n- d1\n",
    );
    assert_eq!(document.items[0].stated_status(), Status::Done);
    assert!(document.items[1].tracking_link().is_some());
    assert_eq!(
        document.items[2].due.as_ref().map(|due| due.text.as_str()),
        Some("Q4 2025")
    );
    assert!(document.items[3].due_date().is_some());
}

#[test]
fn tracking_links_come_first() {
    let document = items(
        "- See [docs](https://example.org/a) and [this](https://github.com/o/r/issues/3)\n- [#4](../.followthrough/issues/4.md)\n",
    );
    let targets: Vec<&Target> = document
        .items
        .iter()
        .map(|item| &item.links[0].target)
        .collect();
    assert!(matches!(targets[0], Target::Remote { key, .. } if key.number == 3));
    assert_eq!(targets[1], &Target::Embedded(4));
}

#[test]
fn the_key_depends_on_the_action_alone() {
    let keys = |section: &str| -> Vec<String> {
        items(section)
            .items
            .into_iter()
            .map(|item| item.key)
            .collect()
    };
    let table = keys("| Action | Owner | Status |\n|-|-|-|\n| Add *it* now | SRE | Open |\n");
    for section in [
        "- [x] Add it now ([#12](https://github.com/o/r/issues/12))\n",
        "- **add it** now. (owner: @ann, due: 2024-02-01)\n",
        "- ✅ Add it now (#3)\n",
        "- Add it now (Done)\n",
        "1. Add it now https://github.com/o/r/issues/12\n",
    ] {
        assert_eq!(keys(section), table, "{section}");
    }
    let twins = keys("- Add it now\n- Add it now\n");
    assert_ne!(twins[0], twins[1]);
    assert_eq!(twins[0], table[0]);
}

#[test]
fn a_row_that_is_struck_through_will_not_be_done() {
    let document = items("| Action | Status |\n|-|-|\n| ~~Add it~~ | ~~TODO~~ |\n\n- ~~Fix it~~\n");
    assert!(
        document
            .items
            .iter()
            .all(|item| item.stated_status() == Status::WontDo)
    );
    assert_eq!(document.word_for(Status::WontDo), "Won't Do");
}

#[test]
fn the_words_of_the_document_are_used_for_a_status() {
    let document = items(
        "| Action | Status |\n|-|-|\n| a1 | DONE ⚠️ overdue |\n| b1 | ✅ Complete (PR #98) |\n| c1 | ✅ Complete |\n| d1 | 未着手 |\n",
    );
    assert!(document.items[0].flagged);
    assert_eq!(document.word_for(Status::Done), "✅ Complete");
    assert_eq!(document.word_for(Status::NotStarted), "未着手");
    assert_eq!(document.word_for(Status::InProgress), "In Progress");
}

#[test]
fn owners_of_the_file_hold_for_items_without_one() {
    let document =
        read("# Outage\n\n**Owner**: @ann\n\n## Action Items\n\n- a1\n- b1 (owner: @bob)\n");
    assert_eq!(document.items[0].owner_list(), [Owner::Login("ann".into())]);
    assert_eq!(document.items[1].owner_list(), [Owner::Login("bob".into())]);
}

#[test]
fn a_row_that_is_cut_inside_code_is_not_written_to() {
    let table = |cell: &str| {
        items(&format!(
            "| Action | Owner | Due Date |\n| --- | --- | --- |\n| {cell} | SRE | 2024-02-01 |\n"
        ))
    };
    assert!(table("Drop the `a|b` parser").tables[0].torn);
    for cell in [
        r"Drop the `a \| b` parser",
        "Type a ` and `ls`",
        "Read `a` and `b`",
    ] {
        assert!(!table(cell).tables[0].torn, "{cell}");
    }
}

#[test]
fn a_due_date_without_a_colon_ends_the_owner_before_it() {
    for (text, owners) in [
        (
            "- [ ] Add it (Owner: @ann, due 2024-02-01)",
            vec![Owner::Login("ann".into())],
        ),
        (
            "- Add it (Owner: SRE, Platform by Feb 1, 2024)",
            vec![Owner::Name("SRE".into()), Owner::Name("Platform".into())],
        ),
        ("- Add it (owner: due 2024-02-01)", vec![]),
    ] {
        let document = items(&format!("{text}\n"));
        assert_eq!(actions(&document), ["Add it"], "{text}");
        let item = &document.items[0];
        assert_eq!(item.owner_list(), owners, "{text}");
        assert_eq!(
            item.due_date().map(|day| day.to_string()).as_deref(),
            Some("2024-02-01"),
            "{text}"
        );
    }
}

#[test]
fn bullets_that_are_mere_fields_are_no_items() {
    let document = items(
        "### 1. Rotate the keys\n\n- Owner: @bob\n- **Due date:** 2024-03-05\n- Status: Done\n",
    );
    assert_eq!(actions(&document), ["Rotate the keys"]);
    let document = items(
        "- Owner: every item of ours shall have one from now on\n- Status: page needs a test\n",
    );
    assert_eq!(document.items.len(), 2);
}

#[test]
fn somebody_to_do_something_promises_to_do_it() {
    let document = items("- @ann to add an alert by 2024-02-01\n");
    assert_eq!(actions(&document), ["add an alert"]);
}

#[test]
fn what_stays_in_a_bracket_ends_without_a_comma() {
    let document = items("1. Add it (with a test, by 2024-02-01)\n");
    assert_eq!(actions(&document), ["Add it (with a test)"]);
}
