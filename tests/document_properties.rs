//! Properties of reading and editing documents that hold for every text.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

#[path = "support/laws.rs"]
mod laws;

use std::{fs, path::Path};

use laws::{read, rewrite, wishes};
use proptest::prelude::*;

/// Pieces that postmortems are made of, and pieces that break careless readers.
const PIECES: &[&str] = &[
    "# Outage\n",
    "## Action Items\n",
    "### Later (by 2024-02-01)\n",
    "### 1. Add it\n\n- Owner: @ann\n- Status: open\n\n",
    "**Add it** (in progress)\n\n",
    "- Add it (in progress). Owner: @ann\n",
    "## Timeline\n",
    "**Next steps**\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "- [ ] Add an alert",
    "- [x] Fix it (#12)",
    "* Add `a|b` to **it**",
    "1. Write it down (@ann)",
    "  - part of it",
    "| Action | Owner | Status |\n|---|---|---|\n",
    "Action | Status\n-|-\n",
    "| # | アクション | 担当 | 期限 | 状態 |\n|-|-|-|-|-|\n",
    "| Add | SRE | Open |",
    "| Add \\| it | | Done (PR #9) |",
    "| a | b | c | d |",
    "| x |",
    "x | In Progress",
    "| 1 | 直す | 運用 | 2024年2月1日 | 未着手 |",
    "```\n",
    "> ",
    "<!-- ",
    " -->",
    "<details>\n",
    "</details>\n",
    "~~",
    "**",
    "`",
    "[",
    "](https://github.com/o/r/issues/3)",
    "[t][r]",
    "\n[r]: https://github.com/o/r/issues/4\n",
    "\\",
    "|",
    "\t",
    "    ",
    "\u{feff}",
    "---\n",
    "id: pm\n",
    "完了",
    "✅",
    "⚠️ overdue",
    "\u{a0}",
    "owner: ",
    "due: ",
    "03/04/2024",
    " word ",
    "[^1]",
    "\n[^1]: note\n",
    "\u{0}",
    "&amp;",
    "https://x.org/a_(b)",
    "- Actions:\n",
    "## Timeline (UTC)\n",
    "### January 16\n",
    "- 14:32 Alert\n",
    "**2:05 PM** - 3:10",
    "~2024-01-15T23:59:07+01:00 ",
    "| Time | Event |\n|-|-|\n",
    "| 14時5分頃 | 復旧 |\n",
    "--:-- ",
    "All times in CST.\n",
    "## Five whys\n",
    "1. Why 1: Why? Because",
    "## Contributing factors\n",
    "- **Process**: ",
    "## Lessons learned\n",
    "## Participants\n",
    "- Duration: ~1-2 hours\n",
    "Related incidents: [a](../b.md), [[PM-1]], INC-2\n",
];

fn document() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..40)
        .prop_map(|pieces| pieces.concat());
    let section = prop::collection::vec(prop::sample::select(PIECES), 0..25)
        .prop_map(|pieces| format!("# Outage\n\n## Action Items\n\n{}", pieces.concat()));
    let lines = prop::collection::vec(prop::sample::select(PIECES), 0..25)
        .prop_map(|pieces| format!("## Action Items\n\n{}", pieces.join("\n")));
    prop_oneof![pieces, section, lines, any::<String>(), "\\PC{0,80}"]
}

#[test]
fn the_place_of_names_on_lines_of_their_own_holds_them_all() {
    laws::reading("# Outage\n\nOwner: Ann\nBob\n\n## Next steps\n\n- [ ] Add an alert\n");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_read_and_every_place_holds_what_was_read_there(text in document()) {
        laws::reading(&text);
    }

    #[test]
    fn what_names_a_document_is_read_from_its_front_matter_alone(text in document()) {
        laws::reading(&format!("---\n{text}"));
    }

    #[test]
    fn what_is_written_is_read_back_and_written_once(text in document(), choice in 0_u8..16) {
        laws::editing(&text, choice);
    }

    #[test]
    fn bytes_outside_an_edit_never_change(text in document(), item in 0_usize..6, choice in 0_u8..16) {
        laws::one_edit_stays_in_its_place(&text, item, choice);
    }

    #[test]
    fn edits_commute(text in document(), choice in 0_u8..16) {
        laws::edits_commute(&text, choice);
    }

    #[test]
    fn links_and_ticks_only_add_to_what_is_there(text in document()) {
        let document = read(&text);
        let done = rewrite(&document, &wishes(&document, 6));
        // Padding, placeholders and boxes may give way.
        let bare = |text: &str| text.replace(['x', 'X', ' ', '\t', '-', '—'], "");
        if document.items.iter().all(|item| item.tracking_link().is_none()) {
            prop_assert!(laws::is_woven_into(&bare(&text), &bare(&done.text)), "{:?}", done.text);
        }
        prop_assert_eq!(done.text.matches('\n').count(), text.matches('\n').count());
        prop_assert_eq!(done.text.matches('\r').count(), text.matches('\r').count());
    }
}

/// The documents of the cases and the sample, which the fuzzer begins with.
fn own_documents() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("tests/cases"), root.join("sample")];
    let mut documents = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "md") {
                documents.extend(fs::read_to_string(path));
            }
        }
    }
    documents
}

#[test]
fn the_laws_hold_for_the_documents_of_the_cases() {
    let documents = own_documents();
    assert!(documents.len() > 50);
    for text in documents {
        laws::reading(&text);
        for choice in [7, 13] {
            laws::editing(&text, choice);
            laws::one_edit_stays_in_its_place(&text, usize::from(choice % 4), choice);
        }
        laws::edits_commute(&text, 7);
    }
}

#[test]
fn tens_of_thousands_of_rows_are_read_and_edited() {
    const ROWS: usize = 20_000;
    let rows = (0..ROWS).map(|row| format!("| Add alert {row} | Open |\n"));
    let text = format!(
        "## Action Items\n\n| Action | Status |\n|---|---|\n{}",
        rows.collect::<String>()
    );
    let document = read(&text);
    assert_eq!(document.items.len(), ROWS);
    let done = rewrite(&document, &wishes(&document, 4));
    assert!(done.refused.is_empty());
    assert_eq!(done.text.matches("[#77]").count(), ROWS);
}

#[test]
fn nesting_as_deep_as_the_text_is_long_is_read() {
    let item = |text: String| format!("## Action Items\n\n- {text}");
    for text in [
        "> ".repeat(50_000),
        "- ".repeat(50_000),
        item("- ".repeat(20_000) + "x"),
        item("[".repeat(50_000)),
        item("*a ".repeat(50_000)),
        item("` `` ".repeat(20_000)),
        item("<".repeat(50_000)),
        item("[](".repeat(20_000)),
        item("(".repeat(50_000)),
        item("#1 ".repeat(20_000)),
        item("(#1) ".repeat(20_000)),
        item("[a](https://x.org) ".repeat(20_000)),
        item("@a ".repeat(20_000)),
        item("due: ".repeat(20_000)),
    ] {
        assert_eq!(read(&text).text, text);
    }
}
