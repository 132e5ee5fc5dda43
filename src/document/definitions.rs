//! Finds link reference definitions, `[label]: address "title"`, which are no text.

use std::sync::LazyLock;

use memchr::memmem;
use regex::{Captures, Regex};

use super::{
    blocks::{Kind, Outline},
    entities,
    inline::{References, fold_label},
};
use crate::model::span::Span;

/// A definition, behind the marks of the quotes and list items that it stands in.
static DEFINITION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?mRx)
        ^ \u{feff}? (?: [\ \t>] | [-+*][\ \t] | [0-9]{1,9}[.)][\ \t] )*
        (?P<definition> \[ (?P<label> (?: [^\[\]\\\r\n] | \\. )+ ) \]:
            [\ \t]* (?: (?: \r\n? | \n ) [\ \t>]* )?
            (?: < (?P<quoted> [^<>\r\n]* ) > | (?P<bare> [^\ \t\r\n<] [^\ \t\r\n]* ) )
            (?: [\ \t]+ (?: "[^"\r\n]*" | '[^'\r\n]*' | \([^()\r\n]*\) ) )?
            [\ \t]* (?: \r\n? | \n | \z ) )"#,
    )
    .ok()
});

/// Whether the line with this definition defines a link; `[^1]: …` is a footnote.
fn defines(found: &Captures<'_>) -> bool {
    let label = found["label"].trim();
    !label.is_empty() && label.len() < 1000 && !label.starts_with('^')
}

/// How many bytes of a paragraph are definitions at its start. A paragraph of nothing else is none, so that what looks
/// like it is text.
pub(super) fn leading(paragraph: &str) -> usize {
    let mut at = 0;
    while let Some(pattern) = DEFINITION.as_ref()
        && paragraph[at..]
            .trim_start_matches([' ', '\t', '>'])
            .starts_with('[')
        && let Some(found) = pattern.captures(&paragraph[at..])
        && found.get(0).is_some_and(|whole| whole.start() == 0)
        && defines(&found)
    {
        at += found[0].len();
    }
    if at < paragraph.len() { at } else { 0 }
}

/// The addresses that a document defines. A definition stands in no block: the parser has taken it out.
pub(super) fn all(text: &str, outline: &Outline) -> References {
    let mut definitions = References::new();
    let Some(pattern) = DEFINITION
        .as_ref()
        .filter(|_| memmem::find(text.as_bytes(), b"]:").is_some())
    else {
        return definitions;
    };
    definitions.extend(footnotes(text, outline));
    let mut blocks: Vec<Span> = outline
        .blocks
        .iter()
        .filter(|block| {
            matches!(
                block.kind,
                Kind::Paragraph | Kind::Heading(_) | Kind::Table(_) | Kind::Code | Kind::Html
            )
        })
        .map(|block| block.span)
        .collect();
    // Footnotes are moved to the end.
    blocks.sort();
    let mut blocks = blocks.into_iter().peekable();
    let mut at = 0;
    while let Some(found) = pattern.captures_at(text, at) {
        let Some(place) = found.name("definition") else {
            break;
        };
        // What begins behind the label may be a definition itself, where this one is none.
        at = place.start() + found["label"].len();
        while blocks.next_if(|block| block.end <= place.start()).is_some() {}
        if blocks
            .peek()
            .is_some_and(|block| block.start <= place.start())
            || !defines(&found)
        {
            continue;
        }
        at = place.end();
        let address = found.name("quoted").or_else(|| found.name("bare"));
        let address = address.map_or("", |address| address.as_str());
        definitions
            .entry(fold_label(&found["label"]))
            .or_insert_with(|| entities::address(address));
    }
    definitions
}

/// The labels of the footnotes, which lead to no address.
fn footnotes(text: &str, outline: &Outline) -> impl Iterator<Item = (String, String)> {
    let notes = outline
        .blocks
        .iter()
        .filter(|block| block.kind == Kind::Footnote);
    notes.filter_map(|note| {
        let (label, _) = note.span.of(text).strip_prefix('[')?.split_once("]:")?;
        Some((fold_label(label), String::new()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::vocabulary};
    use crate::model::span::LineIndex;

    use super::*;

    fn definitions(text: &str) -> Vec<(String, String)> {
        let outline = Outline::new(text, &LineIndex::new(text), 0);
        all(text, &outline).into_iter().collect()
    }

    #[test]
    fn a_definition_stands_in_no_block() {
        let text = "Text\n[a]: https://a.org\n\n[b]: <https://b.org> \"B\"\n- [c]: /c?x&amp;y\n\n```\n[d]: /d\n```\n";
        let expected = [("b", "https://b.org"), ("c", "/c?x&y")];
        let expected = expected.map(|(label, address)| (label.to_owned(), address.to_owned()));
        assert_eq!(definitions(text), expected);
    }

    #[test]
    fn a_paragraph_begins_behind_the_definitions_at_its_start() {
        let text = "## Action Items\n\n- [a]: /a\n  [b]: /b\n  Add [an alert][a]\n";
        let (document, _) = read::with_outline("a.md", text.to_owned(), &vocabulary());
        assert_eq!(document.items[0].action, "Add an alert");
    }
}
