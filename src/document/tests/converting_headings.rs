//! Headings that are action items, and become the rows of a table.

use super::{super::convert, *};
use crate::document::Conversion;

const HEAD: &str = "# Outage\n\n## Action Items\n\nWhat we do:\n\n";
const TAIL: &str = "\n\n---\n\n## Lessons\n\n- Test more\n";

fn converted(section: &str) -> (String, Conversion) {
    let text = format!("{HEAD}{section}{TAIL}");
    let conversion = convert(&read(&text), &vocabulary());
    (text, conversion)
}

#[track_caller]
fn table(section: &str) -> String {
    let (_, conversion) = converted(section);
    assert_eq!(conversion.kept, [], "{section}");
    let text = conversion.text;
    let again = convert(&read(&text), &vocabulary());
    assert_eq!(again.text, text, "a second time");
    let table = text.strip_prefix(HEAD).unwrap();
    table.strip_suffix(TAIL).unwrap().to_owned()
}

#[test]
fn fields_go_to_their_columns_and_the_rest_becomes_notes() {
    let section = "### 1. Page on a full disk\n\n- **Owner:** @priya\n- **Due:** 2025-03-20\n- Status: Planned\n\n\
                   Nobody was paged. See the [log](log.md).\n\n---\n\n\
                   ### 2. Split the disk ([#12](https://github.com/o/r/issues/12)) ##\n\n\
                   Owner: Ann\nDue: 2025-04-01\nStatus: In progress\n\nIt holds:\n\n- the data | the logs\n  - all of them";
    assert_eq!(
        table(section),
        "| Action | Owner | Due Date | Status | Issue |\n\
         |--------|-------|----------|--------|-------|\n\
         | Page on a full disk<br><br>Nobody was paged. See the [log](log.md). | @priya | 2025-03-20 | Planned | |\n\
         | Split the disk<br><br>It holds:<br>• the data \\| the logs<br>◦ all of them | Ann | 2025-04-01 | In progress \
         | [#12](https://github.com/o/r/issues/12) |"
    );
}

#[test]
fn codes_get_a_column_and_mere_numbers_go() {
    let section = "### AI-1: Page on a full disk\n\nNobody was paged.\n\n### AI-2: Split the disk\n\nIt fills up.";
    assert_eq!(
        table(section),
        "| # | Action | Owner | Due Date | Status |\n\
         |---|--------|-------|----------|--------|\n\
         | AI-1 | Page on a full disk<br><br>Nobody was paged. | | | |\n\
         | AI-2 | Split the disk<br><br>It fills up. | | | |"
    );
}

#[test]
fn bold_lines_become_rows_and_marks_of_headings_go() {
    for (section, rows) in [
        (
            "**Add an alert:**\n\n- Owner: Ann\n- It pages",
            "| Add an alert<br>• It pages | Ann | | |",
        ),
        (
            "### Add `a|b` and **more**: ###\n\nOwner: Ann",
            "| Add `a\\|b` and **more** | Ann | | |",
        ),
    ] {
        assert!(table(section).ends_with(rows), "{section}");
    }
}

#[test]
fn what_no_cell_can_hold_keeps_the_headings_and_is_told() {
    for (below, reason) in [
        ("Owner: Ann\n\n```\ncode\n```", "a code block"),
        ("Owner: Ann\n\n> a word", "a quotation"),
        (
            "Owner: Ann\n\n[r]: https://x.org\n\nIt pages.",
            "definition",
        ),
    ] {
        let (text, conversion) = converted(&format!("### Add an alert\n\n{below}"));
        assert_eq!(conversion.text, text, "{below}");
        let [(line, said)] = conversion.kept.as_slice() else {
            panic!("{below}: {:?}", conversion.kept);
        };
        assert!(said.contains(reason), "{below}: {said}");
        assert!((7..=11).contains(line), "{below}: {line}");
    }
    let (_, conversion) = converted("### <!-- why --> Add an alert\n\nOwner: Ann");
    assert!(
        conversion.kept[0].1.contains("hidden"),
        "{:?}",
        conversion.kept
    );
    let (_, conversion) = converted("### Add an alert {#alert}\n\nOwner: Ann");
    assert!(
        conversion.kept[0].1.contains("anchor"),
        "{:?}",
        conversion.kept
    );
}

#[test]
fn headings_that_group_items_stay_above_the_tables_of_their_lists() {
    let section = "### Alerts\n\n- Page on a full disk\n\n### Disks\n\n- Split the disk";
    assert_eq!(
        table(section),
        "### Alerts\n\n| Action | Owner | Due Date | Status |\n|--------|-------|----------|--------|\n\
         | Page on a full disk | | | |\n\n### Disks\n\n| Action | Owner | Due Date | Status |\n\
         |--------|-------|----------|--------|\n| Split the disk | | | |"
    );
}
