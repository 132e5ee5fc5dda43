//! Properties of reading and editing documents that hold for every text.

use std::sync::LazyLock;

use followthrough::{
    document::{self, Document, Vocabulary, rewrite},
    model::{
        config::Config,
        edit::{IssueLink, ItemEdit},
        item::{ActionItem, Form},
        span::Span,
        status::Status,
    },
};
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

fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&Config::default()));
    &VOCABULARY
}

fn read(text: &str) -> Document {
    Document::parse("a.md", text.to_owned(), vocabulary())
}

fn link() -> IssueLink {
    IssueLink {
        label: "#77".into(),
        target: "https://github.com/o/r/issues/77".into(),
    }
}

/// What a sync would ask for: a link in every item, a tick in every box, a status where it has a place.
fn wishes(document: &Document, choice: u8) -> Vec<ItemEdit> {
    let edit = |(index, item): (usize, &ActionItem)| {
        let boxed = item.form.checkbox().is_some();
        let word = document.word_for(Status::Done);
        let flagged = format!("{word} ⚠️ overdue");
        ItemEdit {
            item: index,
            status: (document.has_status_cell(index) && choice & 1 == 1)
                .then_some(if choice & 8 == 8 { flagged } else { word }),
            checked: (boxed && choice & 2 == 2).then_some(index % 2 == 0),
            link: (choice & 4 == 4).then(link),
        }
    };
    document.items.iter().enumerate().map(edit).collect()
}

fn spans(document: &Document) -> Vec<Span> {
    let mut spans = Vec::new();
    for item in &document.items {
        spans.extend([item.span, item.action_span]);
        spans.extend(item.owners.as_ref().map(|owners| owners.span));
        spans.extend(item.due.as_ref().map(|due| due.span));
        spans.extend(item.status.as_ref().map(|status| status.span));
        spans.extend(item.links.iter().map(|link| link.span));
        spans.extend(item.form.checkbox().map(|checkbox| checkbox.span));
        if let Form::ListItem {
            suffix_at, words, ..
        }
        | Form::Heading { suffix_at, words } = item.form
        {
            spans.push(Span::empty(suffix_at));
            spans.extend(words);
        }
    }
    spans.extend(document.summary.fields.iter().map(|field| field.value.span));
    for entry in &document.timeline {
        spans.extend([entry.span, entry.event.span]);
        spans.extend(entry.when.as_ref().map(|when| when.span));
    }
    spans.extend(
        document
            .whys
            .iter()
            .flat_map(|chain| chain.steps.iter().map(|why| why.span)),
    );
    spans.extend(document.factors.iter().map(|factor| factor.text.span));
    spans.extend(document.lessons.iter().map(|lesson| lesson.text.span));
    spans.extend(document.participants.iter().map(|person| person.span));
    spans.extend(document.references.iter().map(|reference| reference.span));
    spans.extend(
        document
            .sections
            .iter()
            .flat_map(|section| [section.heading_span, section.body]),
    );
    spans.extend(
        document
            .tables
            .iter()
            .flat_map(|table| [table.span, table.header]),
    );
    spans.extend(document.problems.iter().map(|problem| problem.span));
    spans
}

/// Whether `part` is what is left of `whole` when some characters are taken out.
fn is_woven_into(part: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|c| rest.any(|other| other == c))
}

fn link_texts(item: &ActionItem) -> Vec<String> {
    item.links.iter().map(|link| link.text.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_read_and_every_span_cuts_out_characters(text in document()) {
        let document = read(&text);
        prop_assert_eq!(&document.text, &text);
        for span in spans(&document) {
            prop_assert!(span.start <= span.end, "{:?}", span);
            prop_assert!(text.get(span.start..span.end).is_some(), "{:?} of {:?}", span, text);
        }
    }

    #[test]
    fn what_names_a_document_is_read_from_its_front_matter_alone(start in prop::sample::select(&["", "---\n"][..]), text in document()) {
        let text = format!("{start}{text}");
        let name = document::id("a.md", &text, vocabulary());
        let document = read(&text);
        prop_assert_eq!(document.id(), name);
    }

    #[test]
    fn no_edit_changes_no_byte(text in document()) {
        let document = read(&text);
        let items = 0..document.items.len();
        let empty: Vec<ItemEdit> = items.map(|item| ItemEdit { item, ..ItemEdit::default() }).collect();
        prop_assert_eq!(rewrite(&document, &empty, vocabulary()).text, text);
    }

    #[test]
    fn what_is_written_is_read_back_and_written_once(text in document(), choice in 0_u8..16) {
        let document = read(&text);
        let edits = wishes(&document, choice);
        let done = rewrite(&document, &edits, vocabulary());
        let after = read(&done.text);
        prop_assert_eq!(after.items.len(), document.items.len());
        let refused: Vec<usize> = done.refused.iter().map(|(item, _)| *item).collect();
        for (edit, (old, new)) in edits.iter().zip(document.items.iter().zip(&after.items)) {
            prop_assert_eq!(&old.key, &new.key);
            if refused.contains(&edit.item) {
                prop_assert_eq!(link_texts(old), link_texts(new));
                continue;
            }
            if let Some(link) = &edit.link {
                prop_assert_eq!(new.tracking_link().map(|link| &link.text), Some(&link.target));
            }
            if edit.status.is_some() {
                prop_assert!(new.stated_status().is_settled());
                prop_assert_eq!(new.flagged, choice & 8 == 8);
            }
            if let (Some(wanted), Form::ListItem { checkbox: Some(checkbox), .. }) = (edit.checked, &new.form) {
                prop_assert_eq!(checkbox.checked, wanted);
            }
        }
        let kept: Vec<ItemEdit> = edits.into_iter().filter(|edit| !refused.contains(&edit.item)).collect();
        prop_assert_eq!(rewrite(&after, &kept, vocabulary()).text, done.text);
    }

    #[test]
    fn links_and_ticks_only_add_to_what_is_there(text in document()) {
        let document = read(&text);
        let done = rewrite(&document, &wishes(&document, 6), vocabulary());
        // Padding, placeholders and boxes may give way.
        let bare = |text: &str| text.replace(['x', 'X', ' ', '\t', '-', '—'], "");
        if document.items.iter().all(|item| item.tracking_link().is_none()) {
            prop_assert!(is_woven_into(&bare(&text), &bare(&done.text)), "{:?}", done.text);
        }
        prop_assert_eq!(done.text.matches('\n').count(), text.matches('\n').count());
        prop_assert_eq!(done.text.matches('\r').count(), text.matches('\r').count());
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
    let done = rewrite(&document, &wishes(&document, 4), vocabulary());
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
