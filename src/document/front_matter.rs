//! Finds and reads the YAML block at the top of a document.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_saphyr::{MessageFormatter as _, Spanned, UserMessageFormatter};

use crate::model::span::Span;

/// The YAML block at the top.
pub(super) struct FrontMatter {
    /// Between the fences.
    pub(super) yaml: Span,
    /// First byte behind the closing fence's line.
    pub(super) end: usize,
}

/// One value of the block.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) text: String,
    pub(super) span: Span,
}

/// Finds the block: `---` on the first line (behind a byte order mark), and a later line `---` or `...`.
pub(super) fn find(text: &str) -> Option<FrontMatter> {
    let start = body_start(text);
    let mut at = start;
    let mut from = None;
    for line in text[start..].split_inclusive('\n') {
        let bare = line.trim_end();
        match from {
            None if bare == "---" => from = Some(at + line.len()),
            None => return None,
            Some(yaml) if bare == "---" || bare == "..." => {
                return Some(FrontMatter {
                    yaml: Span::new(yaml, at),
                    end: at + line.len(),
                });
            }
            Some(_) => {}
        }
        at += line.len();
    }
    None
}

/// Behind the byte order mark.
pub(super) fn body_start(text: &str) -> usize {
    if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    }
}

/// The values of the block in the order of the keys' places.
///
/// # Errors
///
/// The parser's message and its place, where the block is no YAML mapping.
pub(super) fn read(text: &str, block: &FrontMatter) -> Result<Vec<Entry>, (String, Span)> {
    let yaml = block.yaml.of(text);
    if yaml.trim().is_empty() {
        return Ok(Vec::new());
    }
    let options = serde_saphyr::options! { strict_booleans: true, with_snippet: false };
    let read: Result<Option<BTreeMap<String, Spanned<Value>>>, _> =
        serde_saphyr::from_str_with_options(yaml, options);
    let place = |location: serde_saphyr::Location| {
        let span = location.span();
        let start = usize::try_from(span.byte_offset()?).ok()?;
        let length = usize::try_from(span.byte_len()?).ok()?;
        let place = Span::new(block.yaml.start + start, block.yaml.start + start + length);
        (block.yaml.contains(place) && text.get(place.start..place.end).is_some()).then_some(place)
    };
    match read {
        Ok(mapping) => {
            let mut entries: Vec<Entry> = mapping
                .unwrap_or_default()
                .into_iter()
                .flat_map(|(key, value)| {
                    let span = place(value.referenced).unwrap_or(block.yaml);
                    entries_of(key, &value.value, span)
                })
                .collect();
            entries.sort_by_key(|entry| entry.span);
            Ok(entries)
        }
        Err(error) => {
            let error = error.without_snippet();
            let at = error.location();
            let span = at
                .and_then(|at| place(at).or_else(|| rest_of_line(yaml, block.yaml.start, at)))
                .unwrap_or(block.yaml);
            Err((
                UserMessageFormatter.format_message(error).into_owned(),
                span,
            ))
        }
    }
}

/// From a place to the end of its line, for a parser that knows line and column only.
fn rest_of_line(yaml: &str, start: usize, at: serde_saphyr::Location) -> Option<Span> {
    let number = usize::try_from(at.line()).ok()?.checked_sub(1)?;
    let column = usize::try_from(at.column()).ok()?.saturating_sub(1);
    let line = yaml.split_inclusive('\n').nth(number)?;
    let before: usize = yaml.split_inclusive('\n').take(number).map(str::len).sum();
    let visible = line.trim_end().len();
    let from = line
        .char_indices()
        .nth(column)
        .map_or(visible, |(byte, _)| byte.min(visible));
    Some(Span::new(start + before + from, start + before + visible))
}

/// A key with its value, and those of a mapping below it: `times: {start: …, end: …}`.
fn entries_of(key: String, value: &Value, span: Span) -> Vec<Entry> {
    let nested = value.as_object().into_iter().flatten();
    let nested = nested.filter(|(_, value)| !value.is_object());
    let nested: Vec<Entry> = nested
        .map(|(key, value)| Entry {
            key: key.clone(),
            text: plain(value),
            span,
        })
        .collect();
    let own = Entry {
        text: plain(value),
        key,
        span,
    };
    std::iter::once(own).chain(nested).collect()
}

/// A value as one line of words; nested mappings are left out.
fn plain(value: &Value) -> String {
    match value {
        Value::Null | Value::Object(_) => String::new(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => super::fold::squeeze(text),
        Value::Array(values) => {
            let words: Vec<String> = values
                .iter()
                .filter(|value| !value.is_array())
                .map(plain)
                .filter(|word| !word.is_empty())
                .collect();
            words.join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_with_their_bytes() {
        let text = "\u{feff}---\r\ntitle: \"Ausfall 完了\"\r\nauthors:\r\n  - a\r\n  - b\r\n---\r\n# x\r\n";
        let block = find(text).unwrap();
        let entries = read(text, &block).unwrap_or_default();
        assert_eq!(entries[0].text, "Ausfall 完了");
        assert!(entries[0].span.of(text).contains("Ausfall 完了"));
        assert_eq!(entries[1].text, "a, b");
        assert_eq!(&text[block.end..], "# x\r\n");
    }

    #[test]
    fn what_is_wrong_is_shown_where_it_stands() {
        let text = "---\ntitle: [Search was slow\ndate: 2024-01-15\n---\n";
        let block = find(text).unwrap();
        let (message, span) = read(text, &block).err().unwrap_or_default();
        assert_eq!(span.of(text), ": 2024-01-15");
        assert!(!message.contains("line"), "{message}");
    }

    #[test]
    fn a_rule_in_the_middle_is_no_front_matter() {
        assert!(find("# x\n---\na: b\n---\n").is_none());
        assert!(find("---\nnever closed\n").is_none());
    }

    #[test]
    fn invalid_yaml_is_told_with_its_place() {
        let text = "---\nauthor: @joe\n---\n";
        let block = find(text).unwrap();
        let (message, span) = read(text, &block).err().unwrap();
        assert!(!message.is_empty());
        assert!(block.yaml.contains(span));
    }
}
