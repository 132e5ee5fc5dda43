//! Reads the visible text of a paragraph or cell, and where each character of it stands in the document.
//!
//! The Markdown parser decides the blocks; its inline positions are wrong behind an escaped pipe in a
//! cell, so links, code and emphasis are read here, with exact bytes.

use std::{collections::BTreeMap, ops::Range};

use super::{characters::Characters, fold::fold, inline_reader::Reader, places::Places, scan};
use crate::model::span::Span;

/// Addresses of link reference definitions, by folded label.
pub(super) type References = BTreeMap<String, String>;

/// Visible text with its places.
#[derive(Clone, Debug, Default)]
pub(super) struct Inline {
    /// The visible text, line ends as blanks.
    pub(super) text: String,
    /// Where its bytes stand in the document.
    pub(super) places: Places,
    /// Links, in order.
    pub(super) links: Vec<Anchor>,
    /// Code spans, as ranges of the text.
    pub(super) code: Vec<Range<usize>>,
    /// Bold ranges of the text.
    pub(super) strong: Vec<Range<usize>>,
    /// Emphasised ranges of the text.
    pub(super) emphasis: Vec<Range<usize>>,
    /// Ranges of the text that are struck through.
    pub(super) struck: Vec<Range<usize>>,
}

/// A link as written in the text.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    /// Where it leads.
    pub(super) address: String,
    /// Its visible text, as a range.
    pub(super) visible: Range<usize>,
    /// All its bytes, brackets included.
    pub(super) span: Span,
    /// The bytes of the address where it is written inside round brackets.
    pub(super) destination: Option<Span>,
}

impl Inline {
    /// Reads the lines of a paragraph, without the indentation of each.
    pub(super) fn paragraph(text: &str, lines: &[Span], references: &References) -> Self {
        Self::plain(text, lines)
            .unwrap_or_else(|| Reader::read(&Characters::new(text, lines, false), references))
    }

    /// Reads one cell of a table.
    pub(super) fn cell(text: &str, cell: Span, references: &References) -> Self {
        Self::plain(text, &[cell])
            .unwrap_or_else(|| Reader::read(&Characters::new(text, &[cell], true), references))
    }

    /// Lines in which nothing means anything but itself, as most cells and headings are.
    fn plain(text: &str, lines: &[Span]) -> Option<Self> {
        let means_nothing = |line: &Span| {
            let words = line.of(text).as_bytes();
            scan::plain_end(words, 0) == words.len()
        };
        if !lines.iter().all(means_nothing) {
            return None;
        }
        let mut inline = Self::default();
        let length = lines.iter().map(|line| line.end + 1 - line.start).sum();
        inline.text.reserve_exact(length);
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                inline.text.push(' ');
                inline.places.push_for(1, Span::empty(line.start));
            }
            inline.text.push_str(line.of(text));
            inline.places.push_copy(line.end - line.start, line.start);
        }
        Some(inline)
    }

    /// The bytes of the document from which a range of the text was read.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.places.span(range)
    }

    /// Whether the range lies in code, wholly or in part.
    pub(super) fn in_code(&self, range: &Range<usize>) -> bool {
        // Code spans stand in order and never overlap.
        let next = self.code.partition_point(|code| code.end <= range.start);
        self.code.get(next).is_some_and(|code| overlap(code, range))
    }

    /// Whether the range lies in the visible text of a link, wholly or in part.
    pub(super) fn in_link(&self, range: &Range<usize>) -> bool {
        let next = self
            .links
            .partition_point(|link| link.visible.end <= range.start);
        self.links
            .get(next)
            .is_some_and(|link| overlap(&link.visible, range))
    }

    /// Whether everything visible is struck through, a link suffix aside.
    pub(super) fn is_struck(&self) -> bool {
        let own = &self.text[..super::links::suffix_start(self)];
        !own.trim().is_empty() && covers(&self.struck, own)
    }

    /// Whether everything visible is code.
    pub(super) fn is_code(&self) -> bool {
        !self.text.trim().is_empty() && covers(&self.code, &self.text)
    }

    /// Whether everything visible is bold.
    pub(super) fn is_strong(&self) -> bool {
        !self.text.trim().is_empty() && covers(&self.strong, &self.text)
    }

    /// Whether everything visible is emphasised, bold or not.
    pub(super) fn is_emphasised(&self) -> bool {
        !self.text.trim().is_empty() && covers(&self.emphasis, &self.text)
    }
}

/// Whether two ranges share a byte.
pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether the ranges leave nothing of the text out but blanks.
fn covers(ranges: &[Range<usize>], text: &str) -> bool {
    let mut rest: Vec<&Range<usize>> = ranges.iter().collect();
    rest.sort_by_key(|range| range.start);
    let mut at = 0;
    for range in rest {
        let between = text.get(at..range.start.min(text.len()));
        if between.is_some_and(|between| !between.trim().is_empty()) {
            return false;
        }
        at = at.max(range.end);
    }
    text.get(at..).is_none_or(|rest| rest.trim().is_empty())
}

/// Labels of references are compared without regard to case and doubled blanks.
pub(super) fn fold_label(label: &str) -> String {
    let folded = super::fold::squeeze(&label.to_lowercase());
    if folded.is_empty() {
        fold(label)
    } else {
        folded
    }
}
