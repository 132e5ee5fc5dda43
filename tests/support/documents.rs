//! Postmortems for tests, and a look at their rows.

/// Where the default postmortem lies.
pub const PATH: &str = "postmortems/2024-01-15-memory.md";

/// The rows of the founding template.
pub const ROWS: &str = "\
| Add memory monitoring | SRE Team | 2024-02-01 | In Progress |
| Update testing suite | Dev Team | 2024-02-15 | Not Started |
";

/// A postmortem in the founding template's form, complete, with `rows` as its action items.
pub fn postmortem(rows: &str) -> String {
    format!(
        "\
# Incident Postmortem: Checkout ran out of memory

## Incident Summary
- **Date**: 2024-01-15
- **Duration**: 53 minutes
- **Impact**: one checkout in five failed
- **Severity**: SEV-2

## What Happened?
A cache without a limit grew until the kernel ended the process.

## Timeline
- 14:32 - Alert fired for a high error rate
- 15:25 - Service back to normal

## What Went Well
- Quick detection

## What Could Be Improved
- Nobody could see the memory of the process

## Action Items
| Action | Owner | Due Date | Status |
|--------|-------|----------|---------|
{rows}
## Lessons Learned
A cache needs a limit before it needs an alarm.
"
    )
}

/// The default postmortem: the founding template with its two rows.
pub fn founding() -> String {
    postmortem(ROWS)
}

/// The cells of the only row that holds `needle`, trimmed.
#[track_caller]
pub fn cells(text: &str, needle: &str) -> Vec<String> {
    let rows: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with('|') && line.contains(needle))
        .collect();
    let [row] = rows.as_slice() else {
        panic!("{} rows hold {needle:?} in\n{text}", rows.len());
    };
    let inner = row.trim().trim_matches('|');
    inner
        .split('|')
        .map(|cell| cell.trim().to_owned())
        .collect()
}

/// The status cell of the row that holds `needle`, in a table with the template's columns.
#[track_caller]
pub fn status(text: &str, needle: &str) -> String {
    cells(text, needle)[3].clone()
}

/// The link cell of the row that holds `needle`; empty where there is none.
#[track_caller]
pub fn link(text: &str, needle: &str) -> String {
    cells(text, needle).get(4).cloned().unwrap_or_default()
}

/// The text without its table rows: what no run may touch.
pub fn outside_tables(text: &str) -> String {
    let lines = text.split_inclusive('\n');
    lines.filter(|line| !line.starts_with('|')).collect()
}

/// Fails unless both rows of the founding template are flagged as late, and nothing beside them changed.
#[track_caller]
pub fn assert_both_late(text: &str) {
    assert_eq!(
        status(text, "Add memory monitoring"),
        "In Progress ⚠️ overdue"
    );
    assert_eq!(
        status(text, "Update testing suite"),
        "Not Started ⚠️ overdue"
    );
    assert_eq!(outside_tables(text), outside_tables(&founding()));
}

/// The line, from 1, that holds `needle`.
#[track_caller]
pub fn line_of(text: &str, needle: &str) -> usize {
    let position = text.lines().position(|line| line.contains(needle));
    position.unwrap_or_else(|| panic!("no line holds {needle:?}")) + 1
}
