//! Takes headings that are action items apart into rows: their fields, paragraphs and bullets are the notes.

use std::collections::BTreeMap;

use super::{
    super::{Source, blocks::Kind, heading_items, sections::Sections},
    Refusal,
    lists::{List, Note, Part, Row, is_blank, notes},
    lost,
};
use crate::model::{
    item::{ActionItem, Form},
    span::Span,
};

/// The document's runs of headings that are items; those that cannot be tables with the reason.
pub(super) fn find(
    source: &Source<'_>,
    sections: &Sections,
    items: &[ActionItem],
) -> (Vec<List>, Vec<(List, Refusal)>) {
    let written = items.iter().enumerate();
    let items: BTreeMap<usize, (usize, usize)> = written
        .filter_map(|(index, item)| match item.form {
            Form::Heading { suffix_at, .. } => Some((item.span.start, (index, suffix_at))),
            _ => None,
        })
        .collect();
    let mut runs: Vec<(usize, Vec<Entry>)> = Vec::new();
    for head in &sections.heads {
        let start = source.outline.blocks[head.block].span.start;
        let (Some((item, text_end)), Some(parent)) = (items.get(&start), head.parent) else {
            continue;
        };
        let entry = Entry {
            item: *item,
            block: head.block,
            end: head.end,
            text_end: *text_end,
        };
        match runs.last_mut() {
            Some((around, run))
                if *around == parent && run.last().is_some_and(|last| last.end == head.block) =>
            {
                run.push(entry);
            }
            _ => runs.push((parent, vec![entry])),
        }
    }
    let (mut lists, mut refused) = (Vec::new(), Vec::new());
    for (head, run) in runs {
        let (list, read) = list(source, head, run);
        match read {
            Ok(()) => lists.push(list),
            Err(refusal) => refused.push((list, refusal)),
        }
    }
    (lists, refused)
}

/// A heading that is an item.
struct Entry {
    item: usize,
    block: usize,
    /// One past the last block below it.
    end: usize,
    /// Where its text ends.
    text_end: usize,
}

fn list(source: &Source<'_>, head: usize, mut run: Vec<Entry>) -> (List, Result<(), Refusal>) {
    let blocks = &source.outline.blocks;
    let is_rule = |block: usize| blocks[block].kind == Kind::Rule;
    // A rule behind the last item parts the section from the next one.
    if let Some(last) = run.last_mut() {
        while last.end > last.block + 1 && is_rule(last.end - 1) {
            last.end -= 1;
        }
    }
    let range = run[0].block..run.last().map_or(run[0].end, |last| last.end);
    let first = blocks[range.start].span.start;
    let start = source
        .lines
        .span(source.text, source.lines.line(first))
        .start;
    let ends = blocks[range.clone()].iter().map(|block| block.span.end);
    let content = Span::new(start, ends.max().unwrap_or(start)).of(source.text);
    let mut list = List {
        line: source.lines.line(first),
        head,
        span: Span::new(start, start + content.trim_end_matches(is_blank).len()),
        indent: String::new(),
        boxed: false,
        texts: 0,
        parts: Vec::new(),
        blocks: range,
    };
    let read = run.iter().try_for_each(|entry| {
        list.parts.push(Part::Row(row(source, entry)?));
        Ok(())
    });
    let read = read.and_then(|()| lost::nothing(source, &list.blocks, list.span));
    (list, read)
}

fn row(source: &Source<'_>, entry: &Entry) -> Result<Row, Refusal> {
    let Entry {
        item,
        block,
        mut end,
        text_end,
    } = *entry;
    let blocks = &source.outline.blocks;
    let this = &blocks[block];
    let refusal = |reason| Err(Refusal::at(source, block, reason));
    if this.parent.is_some() {
        return refusal("a heading inside a list has no place in a table");
    }
    let behind = Span::new(text_end, this.span.end.max(text_end)).of(source.text);
    if behind.contains('{') {
        return refusal("the anchor of its heading has no place in a table");
    }
    // What parts items from each other is the table's to draw.
    while end > block + 1 && blocks[end - 1].kind == Kind::Rule {
        end -= 1;
    }
    let text = heading_items::text(source, block);
    let number = heading_items::number(&text.text);
    let start = text.span(number..text.text.len()).start;
    if Span::new(this.span.start, start.max(this.span.start))
        .of(source.text)
        .contains('<')
    {
        return refusal("what is hidden in its heading would be lost");
    }
    let own = Span::new(start, text_end.max(start));
    let own = own.of(source.text).trim_end_matches([':', '：', ' ']).len();
    let notes = notes(source, block + 1..end, |_| false)?;
    Ok(Row {
        item: Some(item),
        block,
        own: Span::new(start, start + own),
        code: heading_items::code(&text.text).map(str::to_owned),
        notes: notes
            .into_iter()
            .flat_map(|note| fields_apart(source, note))
            .collect(),
    })
}

/// A paragraph of fields as one note for each line; any other note as it is.
fn fields_apart(source: &Source<'_>, note: Note) -> Vec<Note> {
    let lines = source.lines_of(note.span);
    if !note.sign.is_empty() || !heading_items::begins_with_field(source, note.span) {
        return vec![note];
    }
    let apart = |span| Note {
        span,
        sign: String::new(),
    };
    lines.into_iter().map(apart).collect()
}
