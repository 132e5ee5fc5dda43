//! Reads the summary fields of a document, in whatever form they are written.

use std::ops::Range;

use memchr::memchr3;

use super::{
    Source,
    blocks::Kind,
    emptiness::begins_like_a_sentence,
    facts::is_of_names,
    fold::squeeze,
    front_matter::Entry,
    inline::Inline,
    rows::{Cells, trim},
    sections::{Head, Sections, kind},
};
use crate::model::{
    config::{FieldKind, SectionKind},
    item::Written,
    span::Span,
    summary::{Field, Meaning},
};

/// Fields of the front matter, then those of the text, in order. The text wins where both have one, so it
/// comes first among equals.
pub(super) fn read(source: &Source<'_>, sections: &Sections, entries: &[Entry]) -> Vec<Field> {
    let mut fields = Vec::new();
    let first = sections
        .heads
        .iter()
        .find(|head| {
            // A label ends with its list item or paragraph, and what follows is beside it.
            !head.is_label
                && !is_own_paragraph(source, head)
                && (head.action
                    || !matches!(
                        kind(head),
                        None | Some(SectionKind::Summary | SectionKind::Impact)
                    ))
        })
        .map_or(usize::MAX, |head| head.block);
    for block in 0..source.outline.blocks.len() {
        let this = &source.outline.blocks[block];
        if this.quoted {
            continue;
        }
        match &this.kind {
            Kind::Paragraph if is_summary(source, sections, block, first) => {
                paragraph(source, block, &mut fields);
            }
            Kind::Table(_) if is_summary(source, sections, block, first) => {
                table(source, block, &mut fields);
            }
            _ => {}
        }
    }
    for index in 0..sections.heads.len() {
        let head = &sections.heads[index];
        let item = source.outline.blocks[head.block].span;
        let field = heading(source, sections, index).filter(|field| {
            // The line of a label may have been read already, as a field of its own.
            let is_same =
                |known: &Field| known.kind == field.kind && item.contains(known.value.span);
            !(head.is_label && fields.iter().any(is_same))
        });
        fields.extend(field);
    }
    fields.sort_by_key(|field: &Field| field.value.span);
    fields.extend(entries.iter().filter_map(|entry| {
        let kind = match entry.key.to_lowercase().as_str() {
            "id" => FieldKind::Id,
            key => source.vocabulary.field(key)?,
        };
        Some(field(kind, &entry.key, &entry.text, entry.span))
    }));
    fields
}

/// Whether a block stands where a summary stands: before the first section with another meaning, or in a
/// section that is the summary.
fn is_summary(source: &Source<'_>, sections: &Sections, block: usize, first: usize) -> bool {
    let mut head = sections.of_block[block].map(|head| &sections.heads[head]);
    while let Some(label) = head.filter(|head| is_own_paragraph(source, head)) {
        head = label.parent.map(|parent| &sections.heads[parent]);
    }
    let own = head.and_then(kind);
    let is_told = matches!(own, Some(SectionKind::Summary | SectionKind::Impact));
    is_told || own.is_none() && block < first
}

/// Whether a heading is the first line of a paragraph, and all that it says stands in the others:
/// `**Resolution:**` and, below, `We restarted it.`
fn is_own_paragraph(source: &Source<'_>, head: &Head) -> bool {
    !head.action
        && head.span.end < source.outline.blocks[head.block].span.end
        && !head.is_label
        && source.outline.blocks[head.block].kind == Kind::Paragraph
}

/// A field as written; what its value means depends on the others.
fn field(kind: FieldKind, name: &str, text: &str, span: Span) -> Field {
    Field {
        kind,
        name: squeeze(name.trim().trim_end_matches([':', '：'])),
        value: Written {
            value: Meaning::Words,
            text: squeeze(text.trim_start_matches([':', '：', ' '])),
            span,
        },
    }
}

/// What stands in the items of a list that is the value of a field.
fn listed(source: &Source<'_>, kind: FieldKind, list: usize) -> Option<(String, Span)> {
    let items = source.outline.children(list);
    let spans: Vec<Span> = items
        .filter_map(|item| source.own_paragraph(item))
        .collect();
    let span = Span::new(spans.first()?.start, spans.last()?.end);
    let texts: Vec<String> = spans
        .into_iter()
        .map(|span| {
            let inline = source.paragraph(span);
            // `- **Search:** it was slow`: the label is the name.
            let labels = |strong: &&Range<usize>| {
                let behind = &inline.text[strong.end..];
                strong.start == 0
                    && (behind.starts_with(':') || inline.text[..strong.end].ends_with(':'))
            };
            let label = inline
                .strong
                .iter()
                .find(labels)
                .filter(|_| is_of_names(kind));
            let name = label.map_or(inline.text.as_str(), |label| &inline.text[label.clone()]);
            squeeze(name.trim_end_matches([':', ' ']))
        })
        .collect();
    Some((texts.join(", "), span))
}

/// The list nested in the item that begins with this paragraph.
fn list_below(source: &Source<'_>, paragraph: usize) -> Option<usize> {
    let item = source.outline.blocks[paragraph].parent?;
    let next = source.outline.blocks[paragraph].end;
    let is_list = matches!(source.outline.blocks[item].kind, Kind::Item(_))
        && next < source.outline.blocks[item].end
        && source.outline.blocks[next].kind == Kind::List;
    is_list.then_some(next)
}

/// `- **Date**: x`, `**Date**: x` and `Date: x`, one a line.
fn paragraph(source: &Source<'_>, block: usize, fields: &mut Vec<Field>) {
    let lines = source.lines_of(source.outline.blocks[block].span);
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at..=at];
        at += 1;
        // A field is bold or has a colon behind its name.
        let raw = line[0].of(source.text);
        let may_be_field =
            memchr3(b':', b'*', b'_', raw.as_bytes()).is_some() || raw.contains('：');
        if !may_be_field || begins_like_a_sentence(source, raw) {
            continue;
        }
        let inline = Inline::paragraph(source.text, line, &source.references);
        let Some((kind, name, value)) = named(source, &inline) else {
            continue;
        };
        let name = &inline.text[..name];
        // A value may run on over the lines up to the next field.
        let from = at;
        while at < lines.len() && at - from < 20 {
            let next = Inline::paragraph(source.text, &lines[at..=at], &source.references);
            let label = next
                .text
                .char_indices()
                .take(30)
                .find(|(_, c)| matches!(c, ':' | '：'));
            let labelled = label.is_some_and(|(at, _)| next.text[..at].split(' ').count() <= 3);
            if labelled || next.strong.iter().any(|strong| strong.start == 0) {
                break;
            }
            at += 1;
        }
        let mut text = inline.text[value..].to_owned();
        let mut span = inline.span(value.min(inline.text.len())..inline.text.len());
        if at > from {
            let more = lines[from..at].iter().map(|line| {
                Inline::paragraph(source.text, std::slice::from_ref(line), &source.references).text
            });
            // Names stand one on each line.
            let gap = if is_of_names(kind) && !text.trim_end().ends_with([',', ';']) {
                ", "
            } else {
                " "
            };
            for line in more {
                text.push_str(gap);
                text.push_str(&line);
            }
            span = Span::new(span.start, lines[at - 1].end);
        } else if text.trim().is_empty()
            && at == lines.len()
            && let Some(list) = list_below(source, block)
            && let Some(below) = listed(source, kind, list)
        {
            (text, span) = below;
        }
        fields.push(field(kind, name, &text, span));
    }
}

/// The field that a line names before its colon, where the name ends, and where its value begins.
fn named(source: &Source<'_>, inline: &Inline) -> Option<(FieldKind, usize, usize)> {
    let text = inline.text.as_str();
    let colon = text
        .char_indices()
        .take(60)
        .find(|(_, c)| matches!(c, ':' | '：'));
    let bold = inline
        .strong
        .iter()
        .find(|strong| strong.start == 0)
        .map(|strong| strong.end);
    let (name, end) = match (bold, colon) {
        (Some(bold), Some((at, c))) if at <= bold + 1 => (at, at + c.len_utf8()),
        (Some(bold), _) if bold < text.len() && text[bold..].starts_with([' ', '-', '–']) => {
            (bold, bold)
        }
        (None, Some((at, c))) => (at, at + c.len_utf8()),
        _ => return None,
    };
    let kind = source.vocabulary.field(&text[..name])?;
    let gap = text[end..].len() - text[end..].trim_start_matches([' ', '-', '–', ':']).len();
    Some((kind, name, end + gap))
}

/// Two columns, name and value; the header may be blank or a field itself.
fn table(source: &Source<'_>, block: usize, fields: &mut Vec<Field>) {
    if !matches!(source.outline.blocks[block].kind, Kind::Table(2)) {
        return;
    }
    for row in source.outline.children(block) {
        let span = super::tables::row_span(source, source.outline.blocks[row].span);
        let cells = Cells::split(source.text, span);
        let [name, value, ..] = cells.spans.as_slice() else {
            continue;
        };
        let read =
            |cell: Span| Inline::cell(source.text, trim(source.text, cell), &source.references);
        let (name, value) = (read(*name), read(*value));
        let bare = name.text.trim().trim_end_matches([':', '：']);
        if let Some(kind) = source.vocabulary.field(bare) {
            let place = value.span(0..value.text.len());
            let place = if value.text.is_empty() {
                trim(source.text, cells.spans[1])
            } else {
                place
            };
            fields.push(field(kind, bare, &value.text, place));
        }
    }
}

/// Lines of an underlined heading. One with more is a block of YAML in the middle of a document, to whoever wrote it.
const UNDERLINED: usize = 2;

/// A heading that is a field: its first paragraph is the value. `## Owner: @login` has it in the heading.
fn heading(source: &Source<'_>, sections: &Sections, index: usize) -> Option<Field> {
    let head = &sections.heads[index];
    if let Some((name, value)) = head.heading.split_once([':', '：'])
        && !value.trim().is_empty()
        && head.level < 7
        && source.lines_of(head.span).len() <= UNDERLINED
    {
        return Some(field(
            source.vocabulary.field(name)?,
            name,
            value,
            head.span,
        ));
    }
    if head.action
        || head
            .parent
            .is_some_and(|parent| sections.heads[parent].action)
    {
        return None;
    }
    let known = source.vocabulary.field(&head.heading)?;
    let is_own = |block: usize| {
        let this = &source.outline.blocks[block];
        let label = super::read::is_label_line(source, sections, index, block);
        !this.quoted && !label && sections.of_block[block] == Some(index)
    };
    let first = (head.block + 1..head.end).find(|block| {
        let kind = &source.outline.blocks[*block].kind;
        is_own(*block) && (*kind == Kind::Paragraph || is_of_names(known) && *kind == Kind::List)
    });
    // People and the like in a table are no text.
    if first.is_none()
        && (head.block + 1..head.end).any(|block| {
            is_own(block) && matches!(source.outline.blocks[block].kind, Kind::Table(_))
        })
    {
        return None;
    }
    // Other fields below the heading are no value of it.
    if let Some(block) = first
        && source.outline.blocks[block].kind == Kind::Paragraph
        && let Some(line) = source.lines_of(source.outline.blocks[block].span).get(..1)
        && named(
            source,
            &Inline::paragraph(source.text, line, &source.references),
        )
        .is_some()
    {
        return None;
    }
    let (text, span) = first
        .and_then(|block| {
            let this = &source.outline.blocks[block];
            match this.kind {
                Kind::List => listed(source, known, block),
                _ if is_of_names(known) => {
                    let lines = source.lines_of(this.span).into_iter();
                    let lines: Vec<String> = lines
                        .map(|line| {
                            source
                                .paragraph(line)
                                .text
                                .trim_end_matches([',', ' '])
                                .to_owned()
                        })
                        .collect();
                    Some((lines.join(", "), this.span))
                }
                _ => Some((source.paragraph(this.span).text, this.span)),
            }
        })
        .unwrap_or_else(|| (String::new(), Span::empty(head.span.end)));
    Some(field(known, &head.heading, &text, span))
}
