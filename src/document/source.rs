//! One document while it is being read: its text, blocks and words, and how a block's lines are cut out.

use super::{
    Vocabulary,
    blocks::{Kind, Outline},
    definitions,
    inline::{Inline, References},
    rows::{BLANKS, unpadded},
};
use crate::model::span::{LineIndex, Span};

/// One document while it is being read.
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a LineIndex,
    pub(super) outline: &'a Outline,
    pub(super) references: References,
    pub(super) vocabulary: &'a Vocabulary,
}

impl<'a> Source<'a> {
    pub(super) fn new(
        text: &'a str,
        lines: &'a LineIndex,
        outline: &'a Outline,
        vocabulary: &'a Vocabulary,
    ) -> Self {
        Self {
            text,
            lines,
            outline,
            references: definitions::all(text, outline),
            vocabulary,
        }
    }

    /// The lines of a paragraph or heading without indentation and trailing blanks.
    pub(super) fn lines_of(&self, span: Span) -> Vec<Span> {
        lines_of(self.text, self.lines, span)
    }

    /// The visible text of a paragraph.
    pub(super) fn paragraph(&self, span: Span) -> Inline {
        Inline::paragraph(self.text, &self.lines_of(span), &self.references)
    }

    /// The visible text of a heading, its marks left out.
    pub(super) fn heading(&self, span: Span) -> Inline {
        let mut lines = self.lines_of(span);
        if lines.len() > 1 {
            // The underline of a setext heading.
            lines.pop();
        } else if let Some(line) = lines.first_mut() {
            let raw = line.of(self.text);
            let bare = raw.trim_start_matches('#').trim_start_matches(BLANKS);
            let start = line.start + raw.len() - bare.len();
            let unhashed = bare.trim_end_matches('#');
            let kept = if unhashed.is_empty() || unhashed.ends_with(BLANKS) {
                unhashed
            } else {
                bare
            };
            *line = Span::new(start, start + kept.trim_end_matches(BLANKS).len());
        }
        Inline::paragraph(self.text, &lines, &self.references)
    }

    /// The first paragraph of a list item without its box, where the item begins with one.
    pub(super) fn own_paragraph(&self, item: usize) -> Option<Span> {
        let child = self.outline.children(item).next()?;
        let block = &self.outline.blocks[child];
        if block.kind != Kind::Paragraph {
            return None;
        }
        let start = match &self.outline.blocks[item].kind {
            Kind::Item(Some(symbol)) => block.span.start.max(symbol.end + 1),
            _ => block.span.start,
        };
        let span = Span::new(start.min(block.span.end), block.span.end);
        (!span.of(self.text).trim().is_empty()).then_some(span)
    }
}

/// The lines of a paragraph or heading of `text` without indentation and trailing blanks.
pub(super) fn lines_of(text: &str, lines: &LineIndex, span: Span) -> Vec<Span> {
    if span.is_empty() {
        return Vec::new();
    }
    let (first, last) = (lines.line(span.start), lines.line(span.end - 1));
    (first..=last)
        .filter_map(|line| {
            let whole = lines.span(text, line);
            let cut = Span::new(
                whole.start.max(span.start),
                whole.end.min(span.end).max(span.start),
            );
            unpadded(text, cut)
        })
        .collect()
}
