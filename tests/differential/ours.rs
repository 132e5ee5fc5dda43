//! What we see in a document: its outline, and the texts that we read out of it.

use super::{
    super::super::{
        Source, Vocabulary,
        blocks::{Kind, Outline},
        front_matter,
        inline::Inline,
        rows::{Cells, agree, trim},
        tables,
    },
    seen::{Seen, plain, readable},
};
use crate::model::span::{LineIndex, Span};

/// A document as we see it.
pub(super) struct Ours {
    pub(super) seen: Vec<Seen>,
    /// Where GitHub's parser begins to read: behind the front matter.
    pub(super) body: usize,
}

pub(super) fn see(text: &str, vocabulary: &Vocabulary) -> Ours {
    let lines = LineIndex::new(text);
    let body = front_matter::find(text).map_or(front_matter::body_start(text), |block| block.end);
    let outline = Outline::new(text, &lines, body);
    let source = Source::new(text, &lines, &outline, vocabulary);
    let mut seen = Vec::new();
    let mut depths: Vec<usize> = Vec::new();
    for (index, block) in outline.blocks.iter().enumerate() {
        let depth = block.parent.map_or(0, |parent| depths[parent] + 1);
        depths.push(depth);
        let mut one = Seen::new(depth, kind(&block.kind, text));
        match &block.kind {
            Kind::Heading(_) => note(&mut one, &source.heading(block.span)),
            Kind::Paragraph => note(&mut one, &source.paragraph(own_span(&source, index))),
            Kind::Row { cells, .. } => {
                seen.push(one);
                let from = seen.len();
                row(&source, index, cells, depth + 1, &mut seen);
                if is_in_quote(&outline, index) {
                    seen[from..].iter_mut().for_each(Seen::forget_text);
                }
                continue;
            }
            _ => {}
        }
        if is_in_quote(&outline, index) {
            // We never read what others said.
            one.forget_text();
        }
        seen.push(one);
    }
    Ours { seen, body }
}

fn kind(kind: &Kind, text: &str) -> String {
    match kind {
        Kind::Heading(level) => format!("heading {level}"),
        Kind::Item(Some(sign)) => format!("task {}", sign.of(text).to_lowercase()),
        Kind::Paragraph => "paragraph".into(),
        Kind::List => "list".into(),
        Kind::Item(None) => "item".into(),
        Kind::Quote => "quote".into(),
        Kind::Code => "code".into(),
        Kind::Html => "html".into(),
        Kind::Footnote => "footnote".into(),
        Kind::Table(_) => "table".into(),
        Kind::Row { header: true, .. } => "header".into(),
        Kind::Row { .. } => "row".into(),
        Kind::Rule => "rule".into(),
        Kind::Other => "other".into(),
    }
}

/// The cells of a row as our splitter sees them, where it agrees with the parser: one for each column, since GitHub
/// drops those beyond and adds those that lack.
fn row(source: &Source<'_>, index: usize, theirs: &[Span], depth: usize, seen: &mut Vec<Seen>) {
    let block = &source.outline.blocks[index];
    let cells = Cells::split(source.text, tables::row_span(source, block.span));
    let torn = !agree(source, &cells, theirs, theirs.len());
    for column in 0..theirs.len() {
        let mut one = Seen::new(depth, if torn { "torn" } else { "cell" }.into());
        if let Some(cell) = cells.spans.get(column) {
            let cell = trim(source.text, *cell);
            note(
                &mut one,
                &Inline::cell(source.text, cell, &source.references),
            );
        }
        seen.push(one);
    }
}

fn note(one: &mut Seen, inline: &Inline) {
    one.text = plain(&inline.text);
    let addresses = inline.links.iter().map(|link| readable(&link.address));
    one.links = addresses.collect();
}

/// A paragraph without the box of the task that it begins.
fn own_span(source: &Source<'_>, index: usize) -> Span {
    let block = &source.outline.blocks[index];
    let first_of = block.parent.filter(|parent| parent + 1 == index);
    first_of
        .filter(|parent| matches!(source.outline.blocks[*parent].kind, Kind::Item(Some(_))))
        .map_or(block.span, |item| {
            source
                .own_paragraph(item)
                .unwrap_or(Span::empty(block.span.end))
        })
}

fn is_in_quote(outline: &Outline, index: usize) -> bool {
    let mut around = outline.blocks[index].parent;
    while let Some(parent) = around {
        if matches!(outline.blocks[parent].kind, Kind::Quote | Kind::Footnote) {
            return true;
        }
        around = outline.blocks[parent].parent;
    }
    false
}
