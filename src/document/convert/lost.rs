//! Finds what of a list is in no paragraph of it, and would be lost with the list.

use std::ops::Range;

use super::{
    super::{Source, blocks::Kind},
    Refusal,
};
use crate::model::span::Span;

/// Whether every line of the list is in a paragraph or heading: definitions of links are in no block.
pub(super) fn nothing(source: &Source<'_>, list: &Range<usize>, span: Span) -> Result<(), Refusal> {
    let (text, lines) = (source.text, source.lines);
    let mut at = lines.line(span.start);
    let behind = lines.line(span.end) + 1;
    let paragraphs = source.outline.blocks[list.clone()].iter().filter(|block| {
        matches!(block.kind, Kind::Paragraph | Kind::Heading(_)) && !block.span.is_empty()
    });
    let spans = paragraphs
        .map(|block| block.span)
        .chain([Span::empty(text.len())]);
    for paragraph in spans {
        let first = if paragraph.is_empty() {
            behind
        } else {
            lines.line(paragraph.start)
        };
        let is_said = |line: &usize| {
            let said = lines.span(text, *line).of(text);
            let is_marker =
                |c: char| c.is_whitespace() || c.is_ascii_digit() || "-*+.)[]xX".contains(c);
            !said.trim_matches(is_marker).is_empty()
        };
        let defined = defines_link(paragraph.of(text)).then_some(first);
        if let Some(line) = (at..first).find(is_said).or(defined) {
            let reason = "a definition of a link has no place in a table";
            return Err(Refusal::new(line, reason));
        }
        at = at.max(lines.line(paragraph.end.saturating_sub(1)) + 1);
    }
    Ok(())
}

/// `[label]: address` at the start of a paragraph.
fn defines_link(paragraph: &str) -> bool {
    let rest = paragraph.trim_start().strip_prefix('[');
    rest.and_then(|rest| rest.split_once(']'))
        .is_some_and(|(label, rest)| rest.starts_with(':') && !label.trim().is_empty())
}
