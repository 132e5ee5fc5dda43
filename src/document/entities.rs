//! Reads character references: `&amp;`, `&#124;`, `&rarr;`.

use comrak::{Arena, Options, nodes::NodeValue, parse_document};

/// The longest name of a character, with its `&` and `;`.
const LONGEST: usize = 33;

/// The reference at the start of `text`: what it stands for, and its length.
pub(super) fn first(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('&')?;
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
    let end = inner
        .bytes()
        .take(LONGEST)
        .position(|byte| !is_part(byte))?;
    if end == 0 || inner.as_bytes()[end] != b';' {
        return None;
    }
    let length = end + 2;
    let characters = match &inner[..end] {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "nbsp" => "\u{a0}".to_owned(),
        _ => named(&text[..length])?,
    };
    Some((characters, length))
}

/// What the Markdown parser, which knows all names, makes of a reference.
fn named(reference: &str) -> Option<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, reference, &Options::default());
    let text = root.descendants().find_map(|node| {
        if let NodeValue::Text(text) = &node.data().value {
            return Some(text.to_string());
        }
        None
    })?;
    (text != reference).then_some(text)
}

/// An address as it is meant: references replaced, and the backslashes before punctuation taken away.
pub(super) fn address(written: &str) -> String {
    let mut meant = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find(['&', '\\']) {
        meant.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((characters, length)) = first(rest) {
            meant.push_str(&characters);
            rest = &rest[length..];
            continue;
        }
        let escapes = rest.starts_with('\\');
        let next = rest.chars().nth(1).filter(char::is_ascii_punctuation);
        let kept = if escapes && next.is_some() {
            1..2
        } else {
            0..1
        };
        meant.push_str(&rest[kept.clone()]);
        rest = &rest[kept.end..];
    }
    meant + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_stand_for_characters() {
        assert_eq!(
            address("a&rarr;b &uuml; &#124; &#x26; &NotEqualTilde;"),
            "a→b ü | & ≂̸"
        );
        assert_eq!(
            address("&amp;amp; &x; & &; &#; &#0;"),
            "&amp; &x; & &; &#; \u{fffd}"
        );
    }
}
