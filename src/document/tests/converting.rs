//! Lists that become tables.

use super::{super::convert, *};
use crate::document::Conversion;

const HEAD: &str = "# Outage\n\n## Action Items\n\n";
const TABLE: &str =
    "| Action | Owner | Due Date | Status |\n|--------|-------|----------|--------|\n";

fn converted(text: &str) -> Conversion {
    convert(&read(text), &vocabulary())
}

/// What becomes of a list in an action section.
#[track_caller]
fn table(list: &str) -> String {
    let conversion = converted(&format!("{HEAD}{list}"));
    assert_eq!(conversion.kept, [], "{list}");
    let text = conversion.text;
    assert_eq!(converted(&text).text, text, "a second time");
    text.strip_prefix(HEAD).unwrap().to_owned()
}

/// The rows that a list becomes, below the standard header.
#[track_caller]
fn rows(list: &str) -> String {
    let table = table(list);
    let rows = table.strip_prefix(TABLE);
    rows.unwrap_or_else(|| panic!("{table}")).to_owned()
}

/// Line and reason of a list that stays.
#[track_caller]
fn kept(list: &str) -> (usize, String) {
    let text = format!("{HEAD}{list}");
    let conversion = converted(&text);
    assert_eq!(conversion.text, text);
    let [kept] = conversion.kept.as_slice() else {
        panic!("{:?}", conversion.kept);
    };
    kept.clone()
}

#[test]
fn fields_leave_the_text_for_their_columns() {
    let list = "\
- [ ] Page the on-call engineer (Owner: @priya, due 2025-03-20)
- [x] Add an alert - **Owner:** Platform, **Due:** 2024-02-01
* Not this one
";
    let (first, second) = list.split_at(list.find("* Not").unwrap());
    assert_eq!(
        rows(first),
        "| Page the on-call engineer | @priya | 2025-03-20 | Not Started |\n\
         | Add an alert | Platform | 2024-02-01 | Done |\n"
    );
    assert_eq!(rows(second), "| Not this one | | | |\n");
    assert_eq!(
        rows("1. ✅ Add an alert @ann\n2. In review: write it down by 2024-02-01.\n"),
        "| Add an alert | @ann | | ✅ |\n| write it down. | | 2024-02-01 | In review |\n"
    );
}

#[test]
fn the_flag_of_what_is_late_goes_along_with_the_status() {
    let list = "- Add an alert (Not Started ⚠️ overdue)\n- Add a probe\n  - Status: Open ⚠️ overdue\n- [ ] Write (In Progress ⚠️ overdue) ([#3](https://github.com/o/r/issues/3))\n";
    let table = table(list);
    for row in [
        "| Add an alert | | | Not Started ⚠️ overdue | |\n",
        "| Add a probe | | | Open ⚠️ overdue | |\n",
        "| Write | | | In Progress ⚠️ overdue | [#3](https://github.com/o/r/issues/3) |\n",
    ] {
        assert!(table.contains(row), "{table}");
    }
}

#[test]
fn what_is_said_beside_a_status_stays_in_the_text() {
    assert_eq!(
        rows("- **COMPLETED (by SRE)**: add an alert\n- Add a probe. DONE in the review\n"),
        "| **COMPLETED (by SRE)**: add an alert | | | COMPLETED |\n\
         | Add a probe. DONE in the review | | | DONE |\n"
    );
}

#[test]
fn what_nobody_sees_stays_all_the_same() {
    let rows = table(
        "- Add an alert (#3) <!-- asked -->\n- Add a probe\n  - Owner: SRE <!-- they know -->\n",
    );
    for hidden in ["<!-- asked -->", "<!-- they know -->"] {
        assert!(rows.contains(hidden), "{rows}");
    }
}

#[test]
fn an_item_that_is_nothing_but_a_field_keeps_its_text() {
    assert_eq!(
        rows("- ✅\n- (@bob)\n"),
        "| ✅ | | | ✅ |\n| (@bob) | @bob | | |\n"
    );
}

#[test]
fn a_placeholder_keeps_its_place() {
    assert_eq!(
        rows("- Add an alert (Owner: TBD)\n- [ ] TBD\n-\n"),
        "| Add an alert | TBD | | |\n| TBD | | | Not Started |\n"
    );
}

#[test]
fn markdown_stays_and_pipes_are_escaped() {
    assert_eq!(
        rows("- Use `a|b` | **not** [this](https://x.org/a) \\| that\n"),
        "| Use `a\\|b` \\| **not** [this](https://x.org/a) \\| that | | | |\n"
    );
}

#[test]
fn lines_are_joined_and_breaks_are_kept() {
    assert_eq!(
        rows("- Add an\n  alert  \n  for the disk\\\n  at once (Owner:\n  SRE)\n"),
        "| Add an alert<br>for the disk<br>at once | SRE | | |\n"
    );
}

#[test]
fn notes_go_into_the_cell_and_fields_among_them_into_columns() {
    let list = "\
- **Add a rate limit**
  - Owner: SRE
  - Due: 2025-04-30
  - Status: In Progress
  - see `login`
    1. per user

  It was 10 a second.
";
    assert_eq!(
        rows(list),
        "| **Add a rate limit**<br>• see `login`<br>1. per user<br><br>It was 10 a second. \
         | SRE | 2025-04-30 | In Progress |\n"
    );
}

#[test]
fn links_behind_items_go_into_a_column_of_their_own() {
    let list = "- [ ] Add an alert ([#3](https://github.com/o/r/issues/3))\n- [ ] See [#4](https://github.com/o/r/issues/4)\n- Write\n";
    assert_eq!(
        table(list),
        "| Action | Owner | Due Date | Status | Issue |\n\
         |--------|-------|----------|--------|-------|\n\
         | Add an alert | | | Not Started | [#3](https://github.com/o/r/issues/3) |\n\
         | See [#4](https://github.com/o/r/issues/4) | | | Not Started | |\n\
         | Write | | | | |\n"
    );
}

#[test]
fn nested_tasks_follow_their_parent_in_order() {
    assert_eq!(
        rows("- [ ] a first\n  - [x] b below it\n    - [ ] c below that\n- [ ] d last\n"),
        "| a first | | | Not Started |\n| b below it | | | Done |\n\
         | c below that | | | Not Started |\n| d last | | | Not Started |\n"
    );
}

#[test]
fn what_only_introduces_a_list_stays_above_its_table() {
    let text = table("Soon:\n- Prevent:\n  - Add an alert\n- Detect:\n  - Add a probe\n");
    assert_eq!(
        text,
        format!(
            "Soon:\n\nPrevent:\n\n{TABLE}| Add an alert | | | |\n\nDetect:\n\n{TABLE}| Add a probe | | | |\n"
        )
    );
}

#[test]
fn sub_headings_stay_and_what_they_say_is_not_said_again() {
    let text = format!("{HEAD}### Now (Completed)\n- One\n### Later (by 2024-02-01)\n- Two\n");
    let conversion = converted(&text);
    assert_eq!(conversion.converted, [6, 8]);
    assert_eq!(
        conversion.text,
        format!(
            "{HEAD}### Now (Completed)\n\n{TABLE}| One | | | |\n\n### Later (by 2024-02-01)\n\n{TABLE}| Two | | | |\n"
        )
    );
}

#[test]
fn a_list_inside_a_labelled_bullet_stays_inside_it() {
    let text = "# Outage\n\n- **Impact**: none\n- **Actions**:\n  - Add an alert\n\n- **Cause**: unknown\n";
    let indented = TABLE.replace("|\n", "|\n  ");
    assert_eq!(
        converted(text).text,
        format!(
            "# Outage\n\n- **Impact**: none\n- **Actions**:\n\n  {indented}| Add an alert | | | |\n\n- **Cause**: unknown\n"
        )
    );
}

#[test]
fn everything_else_stays_byte_for_byte() {
    let text = "\u{feff}---\r\nid: x\r\n---\r\n# A  \r\n\r\n## Actions\r\n- One\r\n- Two";
    assert_eq!(
        converted(text).text,
        format!(
            "\u{feff}---\r\nid: x\r\n---\r\n# A  \r\n\r\n## Actions\r\n\r\n{}| One | | | |\r\n| Two | | | |",
            TABLE.replace('\n', "\r\n")
        )
    );
}

#[test]
fn headers_and_words_for_boxes_are_in_the_language_of_the_section() {
    let text = "# Ausfall\n\n## Maßnahmen\n\n- [ ] Alarm ergänzen\n- [x] Neu starten\n";
    assert_eq!(
        converted(text).text,
        "# Ausfall\n\n## Maßnahmen\n\n\
         | Maßnahme | Verantwortlich | Frist | Status |\n\
         |----------|----------------|-------|--------|\n\
         | Alarm ergänzen | | | Offen |\n\
         | Neu starten | | | Erledigt |\n"
    );
}

#[test]
fn the_words_of_other_tables_in_the_document_are_used_for_boxes() {
    let text =
        format!("{HEAD}| Action | Status |\n|-|-|\n| One | TODO |\n\n### More\n\n- [ ] Two\n");
    assert!(converted(&text).text.ends_with("| Two | | | TODO |\n"));
}

#[test]
fn what_no_cell_can_hold_keeps_the_list_and_is_told() {
    for (list, line, reason) in [
        ("- a\n- b\n\n  ```\n  c\n  ```\n", 8, "a code block"),
        ("- a\n  > b\n", 6, "a quotation"),
        ("- a\n  <div>b</div>\n", 6, "HTML"),
        (
            "- a\n  - b\n    - c\n      - d\n        - e\n",
            9,
            "nested too deep",
        ),
        ("- a\n\n  [r]: https://x.org\n- b\n", 7, "definition"),
        ("- Prevent:\n  - a\n- b\n", 7, "group"),
        ("- [x] Do:\n  - [ ] a\n", 5, "tick"),
    ] {
        let (at, said) = kept(list);
        assert!(said.contains(reason), "{list}: {said}");
        assert_eq!(at, line, "{list}");
    }
}

#[test]
fn a_list_beside_one_that_stays_stays_too_unless_it_has_boxes() {
    let conversion = converted(&format!("{HEAD}- a\n\n  > b\n\n1. c\n"));
    assert_eq!(conversion.converted, [] as [usize; 0]);
    assert_eq!(conversion.kept.len(), 2, "{:?}", conversion.kept);
    let conversion = converted(&format!("{HEAD}- [ ] a\n\n  > b\n\n1. [ ] c\n"));
    assert_eq!(conversion.converted, [9]);
    assert_eq!(conversion.kept.len(), 1, "{:?}", conversion.kept);
}

#[test]
fn an_item_that_no_row_can_say_keeps_its_list() {
    // In a cell, what stands behind the break would be a note.
    let (line, reason) = kept("- Add an alert<br>• see the runbook\n");
    assert_eq!(line, 5);
    assert!(reason.contains("line 5"), "{reason}");
}

#[test]
fn lists_that_are_no_action_items_are_not_looked_at() {
    let text = "# Outage\n\n## Timeline\n\n- 14:00 alarm\n\n## Lessons\n\n- Test more\n";
    let conversion = converted(text);
    assert_eq!(conversion.text, text);
    assert_eq!((conversion.converted.len(), conversion.kept.len()), (0, 0));
}

#[test]
fn an_issue_in_the_middle_of_a_sentence_stands_in_the_column_of_links_as_well() {
    let table = table("- Merge #12, then clean up\n- Add an alert (#9)\n");
    assert!(
        table.ends_with("| Merge #12, then clean up | | | | #12 |\n| Add an alert | | | | #9 |\n"),
        "{table}"
    );
}

#[test]
fn notes_keep_three_levels() {
    assert_eq!(
        rows("- a\n  - b\n    - c\n      - d\n  - e\n"),
        "| a<br>• b<br>◦ c<br>▪ d<br>• e | | | |\n"
    );
}
