//! What a document says in its own voice, sentence by sentence, each word with its place.
//!
//! Headings, quotations, code, comments and collapsed parts are left out with their blocks. Inside a passage, code,
//! addresses and quoted words give way to [`MASK`]. The blocks are noted while the document is read; everything else is
//! done for the passages that somebody asks for, which are few.

mod english;
mod promises;
mod quotes;
mod sentences;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, ops::Range};

use super::{
    Document,
    blocks::{Kind, Outline},
    inline::Inline,
    lines_of,
    places::Places,
};
use crate::model::{item::ActionItem, span::Span};

/// What stands where something was left out: neither a blank nor part of a word, so that no phrase reaches across.
pub const MASK: char = '\u{fffc}';

/// A paragraph or the cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its bytes, Markdown included.
    pub span: Span,
    is_cell: bool,
}

/// The words of a passage: blanks single, apostrophes and hyphens straight.
#[derive(Clone, Debug, Default)]
pub struct Voice {
    text: String,
    places: Places,
    /// Where its parts end: no sentence goes on behind one.
    parts: Vec<usize>,
}

impl Voice {
    /// The parts that no sentence reaches across, in order, as ranges of the text.
    pub fn parts(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.parts.iter().copied());
        starts
            .zip(self.parts.iter().copied())
            .map(|(start, end)| start..end)
    }

    /// The sentences of a part in order, as ranges of the text.
    pub fn sentences(&self, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let mut start = part.start;
        let ends = sentences::ends(&self.text[part.clone()]).into_iter();
        ends.map(move |end| {
            let end = part.start + end;
            let sentence = &self.text[start..end];
            let blanks = sentence.len() - sentence.trim_start().len();
            let found = start + blanks..end;
            start = end;
            found
        })
    }

    /// All words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the document from which a range of the text was read.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        self.places.span(range)
    }
}

/// The passages of a document in the order of the text.
pub(super) fn passages(outline: &Outline) -> Vec<Passage> {
    let mut passages = Vec::with_capacity(outline.blocks.len());
    for block in outline.blocks.iter().filter(|block| !block.quoted) {
        match &block.kind {
            Kind::Paragraph => passages.push(Passage {
                span: Span::new(
                    behind_box(outline, block.parent, block.span),
                    block.span.end,
                ),
                is_cell: false,
            }),
            Kind::Row { header, cells } if !header => {
                passages.extend(cells.iter().map(|cell| Passage {
                    span: *cell,
                    is_cell: true,
                }));
            }
            _ => {}
        }
    }
    passages.retain(|passage| !passage.span.is_empty());
    passages
}

/// Where the words of a paragraph begin in a list item with a box.
fn behind_box(outline: &Outline, parent: Option<usize>, paragraph: Span) -> usize {
    match parent.map(|parent| &outline.blocks[parent].kind) {
        Some(Kind::Item(Some(symbol))) => paragraph.start.max((symbol.end + 1).min(paragraph.end)),
        _ => paragraph.start,
    }
}

impl Document {
    /// What the document says in its own voice, passage by passage, in the order of the text.
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// What an item promises, as one text without its fields.
    #[must_use]
    pub fn promise(&self, item: &ActionItem) -> Voice {
        let behind = self
            .passages
            .partition_point(|passage| passage.span.start <= item.action_span.start);
        let around = behind
            .checked_sub(1)
            .map(|at| self.passages[at])
            .filter(|passage| passage.span.contains(item.action_span));
        // A heading is no passage.
        let passage = around.unwrap_or(Passage {
            span: item.action_span,
            is_cell: false,
        });
        let mut voice = Voice::default();
        sentences::push(&mut voice, &promises::placed(item, &self.inline(passage)));
        voice
    }

    /// The words of a passage; none where all of it is emphasised, as headings and instructions of templates are.
    #[must_use]
    pub fn voice(&self, passage: Passage) -> Option<Voice> {
        let lines = lines_of(&self.text, &self.lines, passage.span);
        let parts: Vec<Inline> = parts(&self.text, &lines)
            .iter()
            .map(|lines| self.visible(passage, lines))
            .collect();
        if parts.iter().all(Inline::is_emphasised) {
            return None;
        }
        let mut voice = Voice::default();
        for inline in &parts {
            sentences::push(&mut voice, inline);
        }
        Some(voice)
    }

    /// The visible text of a whole passage.
    fn inline(&self, passage: Passage) -> Inline {
        let lines = lines_of(&self.text, &self.lines, passage.span);
        self.visible(passage, &lines)
    }

    /// The visible text of lines of a passage.
    fn visible(&self, passage: Passage, lines: &[Span]) -> Inline {
        // Without the addresses of reference links their brackets stay as text; nothing else changes.
        let references = BTreeMap::new();
        match lines {
            [cell] if passage.is_cell => Inline::cell(&self.text, *cell, &references),
            lines => Inline::paragraph(&self.text, lines, &references),
        }
    }

    /// Whether the document is written in English: by its front matter, else by its words.
    #[must_use]
    pub fn is_english(&self) -> bool {
        match &self.language {
            Some(named) => english::is_name(named),
            None => english::is_text(
                self.passages
                    .iter()
                    .map(|passage| passage.span.of(&self.text)),
            ),
        }
    }
}

/// The lines of a passage, apart where one ends for good: by two blanks, a backslash or `<br>`.
fn parts(text: &str, lines: &[Span]) -> Vec<Vec<Span>> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    for line in lines {
        let mut start = line.start;
        for tag in tags(line.of(text)) {
            part.push(Span::new(start, line.start + tag.start));
            parts.push(std::mem::take(&mut part));
            start = line.start + tag.end;
        }
        part.push(Span::new(start, line.end));
        if text[..line.end].ends_with('\\') || text[line.end..].starts_with("  ") {
            parts.push(std::mem::take(&mut part));
        }
    }
    parts.push(part);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Where `<br>` stands in a line.
fn tags(line: &str) -> impl Iterator<Item = Range<usize>> {
    line.match_indices("<br").filter_map(|(start, _)| {
        let length = line[start..].find('>')?;
        Some(start..start + length + 1)
    })
}
