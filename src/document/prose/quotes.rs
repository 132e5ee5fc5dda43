//! Finds quoted words, which are not the document's own.

use std::ops::Range;

/// A longer quotation is more likely two quotation marks that have nothing to do with each other.
const LONGEST: usize = 200;

/// The quotations of a text with their marks, in order.
pub(super) fn all(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((at, opener)) = next_opener(text, from) {
        from = at + opener.len_utf8();
        if let Some(end) = end(text, from, opener) {
            found.push(at..end);
            from = end;
        }
    }
    found
}

/// The next mark that may open a quotation.
fn next_opener(text: &str, from: usize) -> Option<(usize, char)> {
    let marks = text[from..].char_indices().map(|(at, c)| (from + at, c));
    let mut openers = marks.filter(|(at, c)| match c {
        '“' | '„' | '«' | '»' | '‹' | '「' | '『' | '‘' => true,
        // An inch and an apostrophe stand behind a word.
        '"' | '\'' => !ends_in_word(&text[..*at]) && !text[at + 1..].starts_with([' ', '"', '\'']),
        _ => false,
    });
    openers.next()
}

/// The end of the quotation whose words begin at `from`.
fn end(text: &str, from: usize, opener: char) -> Option<usize> {
    let near = text[from..].char_indices().take(LONGEST + 1);
    let (at, closer) = near.map(|(at, c)| (from + at, c)).find(|(at, c)| {
        let closes = match opener {
            '“' => matches!(c, '”' | '“'),
            '„' => matches!(c, '“' | '”'),
            '«' => *c == '»',
            '»' => *c == '«',
            '‹' => *c == '›',
            '「' => *c == '」',
            '『' => *c == '』',
            '"' => *c == '"',
            '‘' => *c == '’',
            _ => *c == '\'',
        };
        let is_apostrophe = matches!(c, '\'' | '’') && !ends_quoted_word(text, *at, c.len_utf8());
        closes && !is_apostrophe
    })?;
    Some(at + closer.len_utf8())
}

/// Whether the mark at `at` can end a quotation: it stands behind a word and before none.
fn ends_quoted_word(text: &str, at: usize, length: usize) -> bool {
    !text[..at].ends_with(' ') && !text[at + length..].starts_with(char::is_alphanumeric)
}

fn ends_in_word(text: &str) -> bool {
    text.ends_with(char::is_alphanumeric)
}
