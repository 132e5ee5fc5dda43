//! Reads blocks as headings: what they open, and what they say about the items below them.

use super::{
    Source,
    blocks::Kind,
    fold::{fold, squeeze},
    heading_says::{heading_due, heading_status},
    inline::Inline,
    links,
    sections::{BOLD, Head},
    wordings::Wording,
};
use crate::model::span::Span;

/// Reads a block as a heading, where it is one: ATX, setext, a bold paragraph, a label before a list, or a
/// list item that begins with a bold label.
pub(super) fn read(
    source: &Source<'_>,
    block: usize,
    is_inside: impl Fn() -> bool,
) -> Option<Head> {
    let this = &source.outline.blocks[block];
    if this.quoted {
        return None;
    }
    match &this.kind {
        Kind::Heading(level) => {
            let inline = source.heading(this.span);
            Some(head(source, &inline, *level, this.span, block, usize::MAX))
        }
        Kind::Paragraph if this.parent.is_none() => {
            let raw = this.span.of(source.text);
            if raw.len() > 200
                || !raw.trim_end().ends_with([':', '*', '_', '：', ' ']) && !raw.contains("**")
            {
                return bold_line(source, this.span, block);
            }
            let inline = source.paragraph(this.span);
            let label = inline.text.trim_end().trim_end_matches([':', '：']);
            let bold = !label.trim().is_empty()
                && inline
                    .strong
                    .iter()
                    .any(|strong| strong.start == 0 && strong.end >= label.len());
            let labels = label.len() < inline.text.trim_end().len()
                && fold(label).split(' ').count() <= 6
                && source.vocabulary.wording(label) == Wording::Action;
            if bold || labels {
                return Some(head(source, &inline, BOLD, this.span, block, usize::MAX));
            }
            bold_line(source, this.span, block)
        }
        Kind::Item(None) => label(source, block).filter(|_| !is_inside()),
        _ => None,
    }
}

/// A paragraph that goes on below a bold line with a colon, which opens promises: `**Corrective actions:**`
fn bold_line(source: &Source<'_>, paragraph: Span, block: usize) -> Option<Head> {
    if !paragraph.of(source.text).starts_with("**") {
        return None;
    }
    let lines = source.lines_of(paragraph);
    let [first, _, ..] = lines.as_slice() else {
        return None;
    };
    let raw = first
        .of(source.text)
        .trim_end_matches("<br>")
        .trim_end_matches("<br/>");
    let line = Span::new(first.start, first.start + raw.trim_end().len());
    let inline = source.paragraph(line);
    let text = inline.text.trim_end();
    let label = text.trim_end_matches([':', '：']);
    let is_bold = inline
        .strong
        .iter()
        .any(|strong| strong.start == 0 && strong.end >= label.len());
    let opens = || {
        let wording = source.vocabulary.wording(label);
        matches!(
            wording,
            Wording::Action | Wording::WeakAction | Wording::Finished
        )
    };
    let is_label = is_bold && label.len() < text.len() && opens();
    is_label.then(|| head(source, &inline, BOLD, line, block, usize::MAX))
}

/// `- **Review actions**:` with its content below: a heading whose section ends with the item.
fn label(source: &Source<'_>, item: usize) -> Option<Head> {
    let span = source.own_paragraph(item)?;
    let nested = source.outline.children(item).nth(1).is_some();
    let lines = source.lines_of(span);
    if !nested && lines.len() < 2 {
        return None;
    }
    let inline = Inline::paragraph(source.text, lines.get(..1)?, &source.references);
    let text = inline.text.as_str();
    let bold = inline
        .strong
        .iter()
        .find(|strong| strong.start == 0)
        .map(|strong| strong.end);
    let end = bold.unwrap_or_else(|| text.find([':', '：']).unwrap_or(0));
    let name = text[..end].trim_end_matches([':', '：']);
    let colon =
        text[..end].ends_with([':', '：']) || text[end..].trim_start().starts_with([':', '：']);
    let rest = text[end..].trim_matches([':', '：', ' ']);
    if !(colon || bold.is_some()) || !rest.is_empty() || fold(name).split(' ').count() > 6 {
        return None;
    }
    let known = match source.vocabulary.wording(name) {
        Wording::Unknown => false,
        Wording::Action => true,
        _ => bold.is_some(),
    };
    if !known {
        return None;
    }
    let place = inline.span(0..text.trim_end().len());
    Some(head(
        source,
        &inline,
        BOLD,
        place,
        item,
        source.outline.blocks[item].end,
    ))
}

fn head(
    source: &Source<'_>,
    inline: &Inline,
    level: u8,
    span: Span,
    block: usize,
    end: usize,
) -> Head {
    let heading = squeeze(inline.text.trim_end().trim_end_matches([':', '：']));
    let status = heading_status(source, inline);
    Head {
        wording: source.vocabulary.wording(&heading),
        level,
        span,
        body: span.end,
        block,
        end,
        parent: None,
        is_label: end != usize::MAX,
        action: false,
        opens: false,
        due: heading_due(source, inline),
        links: links::find(inline, source.vocabulary)
            .into_iter()
            .map(|found| found.link)
            .filter(|link| link.target.is_tracking())
            .collect(),
        status,
        heading,
    }
}
