//! Documents that are rich in trouble, made of the pieces that parsers disagree about.

use proptest::prelude::*;

/// What stands around the blocks.
const AROUND: &[&str] = &[
    "", "", "", "", "", "", "> ", ">", "- ", "* ", "1. ", "10) ", "  ", "    ", "\t", "- [ ] ",
    "- [x] ", "> - ", "- > ", "   ", " ", "+\t", "-   ", "    - ",
];

/// What the texts are made of.
const WORDS: &[&str] = &[
    "a",
    "word",
    " ",
    " ",
    "  ",
    "ü完了",
    "✅",
    "*em*",
    "**bold**",
    "~~gone~~",
    "`code`",
    "`a|b`",
    "``a`b``",
    "\\|",
    "\\\\|",
    "\\*",
    "[t](https://x.org)",
    "[t](<b c> 'title')",
    "[t][r]",
    "[r]",
    "![alt](i.png)",
    "https://x.org/a_(b).",
    "www.x.org",
    "&amp;",
    "&#124;",
    "&uuml;",
    "<b>",
    "</b>",
    "<!-- c -->",
    "<br>",
    "[^1]",
    "\\",
    "*",
    "_",
    "`",
    "[",
    "]",
    "<",
    "~",
    "#",
    "|",
    "\t",
    "\u{a0}",
    "me@x.org",
    "!",
    "(",
    "\u{0}",
    "<https://x.org>",
    "- ",
    "[x] ",
    "snake_case_word",
];

/// Lines that begin, end or interrupt a block.
const LINES: &[&str] = &[
    "",
    "",
    "",
    "",
    "# One",
    "## Two ##",
    "#No heading",
    "===",
    "---",
    "***",
    "```",
    "```rust",
    "~~~",
    "<details>",
    "</details>",
    "<summary>s</summary>",
    "<div>",
    "<!--",
    "-->",
    "<b>",
    "|",
    "| a | b |",
    "|---|---|",
    "-|-",
    ":-",
    "| - | :-: |",
    "|\t---\t|",
    "[r]: https://r.org",
    "[r]: <u v> \"title\"",
    "[^1]: note",
    "text",
    "text\\",
    "- [ ]",
    "- [x]",
    "-",
    "1.",
    "+ [X] done",
    "    code",
    "\tcode",
    "a: b",
    "&lt;div>",
];

/// The line endings of a document.
const ENDS: &[&[&str]] = &[&["\n"], &["\n"], &["\n"], &["\r\n"], &["\r", "\n", "\r\n"]];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..7).prop_map(|words| words.concat())
}

/// A row: any number of cells, outer pipes as they come.
fn row() -> impl Strategy<Value = String> {
    let cells = prop::collection::vec(text(), 1..5);
    (cells, 0..4_usize).prop_map(|(cells, pipes)| {
        let (before, after) = [("| ", " |"), ("", ""), ("|", ""), ("", "|")][pipes];
        format!("{before}{}{after}", cells.join(" | "))
    })
}

/// A header with its dashes and a few rows, most of the right width.
fn table() -> impl Strategy<Value = Vec<String>> {
    let dashes = prop::sample::select(&["---", ":-", "-:", ":-:", " - ", "\t---\t"][..]);
    (1..5_usize, prop::collection::vec(row(), 0..4), dashes).prop_flat_map(
        |(width, rows, dashes)| {
            let header = prop::collection::vec(text(), width..=width);
            header.prop_map(move |header| {
                let mut lines = vec![
                    format!("|{}|", header.join("|")),
                    format!("|{}", format!("{dashes}|").repeat(width)),
                ];
                lines.extend(rows.iter().cloned());
                lines
            })
        },
    )
}

/// Lines with what stands around them; the lines of a table stand in the same.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let around = || {
        prop::collection::vec(prop::sample::select(AROUND), 0..3).prop_map(|around| around.concat())
    };
    let one = prop_oneof![
        3 => prop::sample::select(LINES).prop_map(str::to_owned),
        3 => text(),
        1 => row(),
    ];
    prop_oneof![
        4 => (around(), one).prop_map(|(around, line)| vec![around + &line]),
        1 => (around(), table()).prop_map(|(around, lines)| {
            lines.into_iter().map(|line| format!("{around}{line}")).collect()
        }),
        1 => (around(), table()).prop_map(|(around, lines)| {
            // What follows a list item's first line is indented.
            let indent = around.replace(|c: char| c != '>' && c != '\t', " ");
            let mut lines = lines.into_iter();
            let first = lines.next().map(|line| format!("{around}{line}"));
            first.into_iter().chain(lines.map(|line| format!("{indent}{line}"))).collect()
        }),
    ]
}

/// A document: what stands at its top, and lines with one kind of line ending or several.
pub(super) fn document() -> impl Strategy<Value = String> {
    let top = prop::sample::select(
        &[
            "",
            "",
            "",
            "",
            "",
            "\u{feff}",
            "---\ntitle: t\n---\n",
            "\u{feff}---\r\na: b\r\n...\r\n",
            "---\n",
            "\n---\na: b\n---\n",
        ][..],
    );
    let ends = prop::sample::select(ENDS);
    (
        top,
        prop::collection::vec(lines(), 0..12),
        ends,
        any::<bool>(),
    )
        .prop_map(|(top, blocks, ends, last)| {
            let mut text = top.to_owned();
            let lines: Vec<String> = blocks.concat();
            for (index, line) in lines.iter().enumerate() {
                text += line;
                if last || index + 1 < lines.len() {
                    text += ends[index % ends.len()];
                }
            }
            text
        })
}
