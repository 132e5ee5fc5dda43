//! What `cmark-gfm`, GitHub's own parser, sees in a document: blocks and texts, from its XML.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use roxmltree::{Document, Node, ParsingOptions};

use super::seen::{Seen, plain, readable};

/// The extensions of GitHub. Tasks are left to [`task`], since those of `cmark-gfm` are not what GitHub shows: it looks
/// for a box anywhere in the line and misses those in quotes.
const EXTENSIONS: [&str; 4] = ["table", "strikethrough", "autolink", "footnotes"];

/// Reads `text` with `cmark-gfm`, which is one process.
pub(super) fn see(text: &str) -> Vec<Seen> {
    let xml = run(text);
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let xml = Document::parse_with_options(&xml, options)
        .unwrap_or_else(|error| panic!("cmark-gfm wrote XML that cannot be read: {error}\n{xml}"));
    let mut seen = Vec::new();
    blocks(xml.root_element(), 0, &mut seen);
    seen
}

fn run(text: &str) -> String {
    let mut command = Command::new("cmark-gfm");
    command.args(["-t", "xml"]);
    for extension in EXTENSIONS {
        command.args(["-e", extension]);
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("cmark-gfm starts; on Debian and Ubuntu: apt-get install cmark-gfm");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(text.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "cmark-gfm failed");
    let xml = String::from_utf8(output.stdout).expect("text");
    // NOTE: footnotes have no name in its XML, and control characters stand there that XML does not know.
    xml.replace("<<unknown>", "<footnote")
        .replace("</<unknown>>", "</footnote>")
        .replace(
            |c: char| c.is_control() && !"\n\r\t".contains(c),
            "\u{fffd}",
        )
        .replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

fn blocks(around: Node<'_, '_>, depth: usize, seen: &mut Vec<Seen>) {
    for node in around.children().filter(Node::is_element) {
        let (kind, is_text) = match node.tag_name().name() {
            "heading" => {
                let level = node.attribute("level").unwrap_or_default();
                (format!("heading {level}"), true)
            }
            "table_cell" => ("cell".into(), true),
            "paragraph" => ("paragraph".into(), true),
            "item" => (
                task(node).map_or("item".into(), |sign| format!("task {sign}")),
                false,
            ),
            "table_header" => ("header".into(), false),
            "table_row" => ("row".into(), false),
            "block_quote" => ("quote".into(), false),
            "code_block" => ("code".into(), false),
            "html_block" => ("html".into(), false),
            "thematic_break" => ("rule".into(), false),
            name => (name.into(), false),
        };
        let mut one = Seen::new(depth, kind);
        if is_text {
            let mut text = String::new();
            inlines(node, &mut text, &mut one.links);
            if is_task_text(node) {
                text.drain(..3);
            }
            one.text = plain(&text);
            seen.push(one);
        } else {
            seen.push(one);
            blocks(node, depth + 1, seen);
        }
    }
}

/// The visible text of a node, and where its links lead.
fn inlines(around: Node<'_, '_>, text: &mut String, links: &mut Vec<String>) {
    for node in around.children().filter(Node::is_element) {
        let written = node.text().unwrap_or_default();
        match node.tag_name().name() {
            "text" | "code" => text.push_str(written),
            "softbreak" | "linebreak" => text.push('\n'),
            "html_inline" => {
                if written.to_ascii_lowercase().starts_with("<br") {
                    text.push(' ');
                }
            }
            "link" => {
                links.push(readable(node.attribute("destination").unwrap_or_default()));
                inlines(node, text, links);
            }
            _ => inlines(node, text, links),
        }
    }
}

/// The sign in the box of a task, as GitHub's filter for task lists finds it: at the start of the item's text, with a
/// blank behind it.
fn task(item: Node<'_, '_>) -> Option<char> {
    let first = item.children().find(Node::is_element)?;
    if first.tag_name().name() != "paragraph" {
        return None;
    }
    let text: String = first
        .children()
        .filter(Node::is_element)
        .map_while(|node| match node.tag_name().name() {
            "text" => node.text(),
            "softbreak" | "linebreak" => Some("\n"),
            _ => None,
        })
        .collect();
    let mut signs = text.chars();
    let boxed = (signs.next(), signs.next(), signs.next());
    let (Some('['), Some(sign), Some(']')) = boxed else {
        return None;
    };
    let blank = signs.next().is_some_and(char::is_whitespace);
    match sign {
        'x' | 'X' if blank => Some('x'),
        ' ' if blank => Some(' '),
        _ => None,
    }
}

fn is_task_text(paragraph: Node<'_, '_>) -> bool {
    let around = paragraph.parent_element();
    around.is_some_and(|item| {
        item.tag_name().name() == "item"
            && item.first_element_child() == Some(paragraph)
            && task(item).is_some()
    })
}
