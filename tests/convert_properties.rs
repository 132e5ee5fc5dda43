//! Properties of lists that become tables, whatever stands in them.

use std::{collections::BTreeMap, sync::LazyLock};

use followthrough::{
    document::{Document, Vocabulary, convert},
    model::{config::Config, item::ActionItem},
};
use proptest::prelude::*;

const BEFORE: &str = "\u{feff}# Outage  \n\n- **Impact**: *none*\n\n## Action Items\n\n";
const AFTER: &str = "\n\n## Lessons\t\n\n* alarms\n1) first\n[ref]: https://x.org/r";

/// What stands before the text of a line.
const MARKERS: &[&str] = &[
    "- ", "- ", "- [ ] ", "- [x] ", "* ", "1. ", "2) ", "  - ", "  - [ ] ", "    - ", "   1. ",
    "  ", "    ", "\n  ", "\n", "", "> ", "  > ", "### ", "- - ", "-\n", "- [ ]\n", "```\n",
    "[ref]: ", "| ",
];

/// What lines are made of: words of their own, so that a lost one is missed.
const PIECES: &[&str] = &[
    "Add ",
    "alarm ",
    "disk ",
    "Prevent:",
    "Detect:",
    "**",
    "*",
    "~~",
    "`",
    "|",
    "\\",
    "\\|",
    "<br>",
    "<br>• ",
    "  \n  ",
    "(",
    ")",
    "[",
    "](https://x.org/guide)",
    "[guide](guide.md) ",
    "[#3](https://github.com/o/r/issues/3)",
    " (#12)",
    "#7 ",
    " ([#9](https://github.com/o/r/issues/9))",
    "[text][ref] ",
    "https://x.org/a ",
    "@ann ",
    " (@bob)",
    "Owner: Platform ",
    " (Owner: @cid, due 2024-02-01)",
    "**Due:** 2024-03-04 ",
    " by 2024-05-06 ",
    "due: soonish ",
    "Status: Maybe ",
    "✅ ",
    "DONE ",
    "DONE: ",
    " (Done)",
    "This has been done. ",
    " TBD ",
    "Owner: TBD ",
    "\t",
    "\u{a0}",
    "完了 ",
    "&amp; ",
    "<!-- hidden -->",
    "<b>bold</b> ",
    "![image](i.png) ",
    "[^1] ",
    ": ",
    ". ",
    "; ",
    " - ",
    " x ",
];

fn list() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    let text = prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat());
    let line = (prop::sample::select(MARKERS), text);
    let line = line.prop_map(|(marker, text)| format!("{marker}{text}"));
    prop::collection::vec(line, 1..9).prop_map(|lines| lines.join("\n"))
}

/// What stands before the lines of a section of which the headings are the items.
const BELOW: &[&str] = &[
    "### 1. ",
    "### 2. ",
    "### AI-3: ",
    "### ",
    "**Rotate** ",
    "Owner: ",
    "- Owner: ",
    "Status: ",
    "- ",
    "  - ",
    "",
    "---",
    "> ",
];

fn headings() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    let text = prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat());
    let gap = prop::sample::select(&["\n", "\n\n", "\n\n"][..]);
    let line = (prop::sample::select(BELOW), text, gap);
    let line = line.prop_map(|(marker, text, gap)| format!("{marker}{text}{gap}"));
    prop::collection::vec(line, 1..9)
        .prop_map(|lines| format!("### 1. Add alarm\n\n{}", lines.concat()))
}

/// A document around a list or headings, in one of the kinds of line endings.
fn document() -> impl Strategy<Value = String> {
    let end = prop::sample::select(&["\n", "\r\n", "\r"][..]);
    (prop_oneof![3 => list(), 1 => headings()], end)
        .prop_map(|(list, end)| format!("{BEFORE}{list}{AFTER}").replace('\n', end))
}

fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&Config::default()));
    &VOCABULARY
}

fn read(text: &str) -> Document {
    Document::parse("a.md", text.to_owned(), vocabulary())
}

/// What an item says, wherever it stands.
fn said(item: &ActionItem) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        item.key.clone(),
        item.action.clone(),
        item.owners
            .as_ref()
            .map(|owners| (owners.value.clone(), owners.text.clone())),
        item.due
            .as_ref()
            .map(|due| (due.value.clone(), due.text.clone())),
        item.status.as_ref().map(|status| status.value.clone()),
        item.links
            .iter()
            .map(|link| (link.target.clone(), link.text.clone()))
            .collect::<Vec<_>>(),
    )
}

/// How often each word stands in a text, without those that the header of a table says instead.
fn words(text: &str) -> BTreeMap<&str, usize> {
    let mut words = BTreeMap::new();
    let all = text.split(|c: char| !c.is_alphanumeric());
    for word in all.filter(|word| {
        word.len() > 1 && !matches!(*word, "Owner" | "Due" | "due" | "Status" | "by" | "br")
    }) {
        *words.entry(word).or_default() += 1;
    }
    words
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn items_read_the_same_and_no_word_is_lost(text in document()) {
        let before = read(&text);
        let done = convert(&before, vocabulary());
        let after = read(&done.text);
        let of = |document: &Document| document.items.iter().map(said).collect::<Vec<_>>();
        prop_assert_eq!(of(&before), of(&after), "{}", done.text);
        let new = words(&done.text);
        for (word, count) in words(&text) {
            prop_assert!(new.get(word).is_some_and(|left| *left >= count), "{word} in\n{}", done.text);
        }
    }

    #[test]
    fn converting_twice_changes_nothing(text in document()) {
        let once = convert(&read(&text), vocabulary());
        let twice = convert(&read(&once.text), vocabulary());
        prop_assert_eq!(&twice.text, &once.text);
        prop_assert_eq!(twice.converted, Vec::<usize>::new());
        prop_assert_eq!(twice.kept.len(), once.kept.len(), "{:?}", once);
    }

    #[test]
    fn what_stands_around_a_list_stays_byte_for_byte(text in document()) {
        let done = convert(&read(&text), vocabulary());
        let end = if text.contains("\r\n") { "\r\n" } else if text.contains('\r') { "\r" } else { "\n" };
        prop_assert!(done.text.starts_with(&BEFORE.replace('\n', end)), "{:?}", done.text);
        prop_assert!(done.text.ends_with(&AFTER.replace('\n', end)), "{:?}", done.text);
        if done.converted.is_empty() {
            prop_assert_eq!(done.text, text);
        }
    }

    #[test]
    fn every_text_can_be_asked_for(text in prop_oneof![any::<String>(), "\\PC{0,80}", list()]) {
        let done = convert(&read(&text), vocabulary());
        prop_assert!(done.converted.is_empty() == (done.text == text));
    }
}

#[test]
fn many_items_and_deep_ones_are_converted_or_kept_in_good_time() {
    let many = (0..4_000).map(|item| format!("- [ ] Add alarm {item} (@ann)\n"));
    let text = format!("{BEFORE}{}", many.collect::<String>());
    let done = convert(&read(&text), vocabulary());
    assert_eq!(done.text.matches(" | @ann | ").count(), 4_000);
    let mut nested = String::new();
    for depth in 0..300 {
        nested += &" ".repeat(2 * depth);
        nested += "- [ ] a\n";
    }
    for list in [
        "- ".repeat(20_000) + "x",
        nested,
        format!("- {}", "due: ".repeat(20_000)),
        format!("- {}", "(@a) ".repeat(20_000)),
        format!("- {}", "`|` ".repeat(20_000)),
        format!("- {}", "<br>• ".repeat(20_000)),
        format!("- a\n{}", "  word\n".repeat(20_000)),
        "- a\n\n1) b\n\n".repeat(500),
    ] {
        let text = format!("{BEFORE}{list}");
        let document = read(&text);
        let done = convert(&document, vocabulary());
        assert_eq!(read(&done.text).items.len(), document.items.len());
    }
}
