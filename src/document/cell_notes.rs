//! Takes the cell of an action apart: what is promised, and the notes below it.
//!
//! A cell has no lists, so people write them with line breaks and signs: `Add an alert<br>• Owner: SRE<br>• see #3`.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    Source,
    inline::{Inline, overlap},
};
use crate::model::span::Span;

/// The first line of the cell, and its notes: what stands behind a line break and a bullet or number, or behind two
/// line breaks. Nothing where there are none, or where the first line is one of the bullets itself.
pub(super) fn split(
    source: &Source<'_>,
    cell: Span,
    whole: &Inline,
) -> Option<(Inline, Vec<Inline>)> {
    static START: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\s*<br\s*/?>\s*(?:(?:<br\s*/?>\s*)+(?:(?:[•◦▪‣·*+-]|[0-9]{1,3}[.)])\s+)?|(?:[•◦▪‣·*+-]|[0-9]{1,3}[.)])\s+)").ok()
    });
    static BULLET: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?:[•◦▪‣·*+-]|[0-9]{1,3}[.)])\s").ok());
    let raw = cell.of(source.text);
    if !raw.contains('<') || BULLET.as_ref()?.is_match(raw) {
        return None;
    }
    let code: Vec<Span> = whole
        .code
        .iter()
        .map(|code| whole.span(code.clone()))
        .collect();
    let in_code = |range: &std::ops::Range<usize>| {
        let next = code.partition_point(|code| code.end <= range.start);
        let next = code.get(next);
        next.is_some_and(|code| overlap(&(code.start..code.end), range))
    };
    let mut parts = Vec::new();
    let mut from = cell.start;
    for mark in START.as_ref()?.find_iter(raw) {
        let range = cell.start + mark.start()..cell.start + mark.end();
        if !in_code(&range) {
            parts.push(Span::new(from, range.start));
            from = range.end;
        }
    }
    parts.push(Span::new(from, cell.end));
    let mut inlines = parts
        .into_iter()
        .map(|part| Inline::cell(source.text, part, &source.references));
    let first = inlines
        .next()
        .filter(|first| !first.text.trim().is_empty())?;
    let notes: Vec<Inline> = inlines.collect();
    (!notes.is_empty()).then_some((first, notes))
}
