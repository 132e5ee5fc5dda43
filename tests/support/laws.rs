//! What holds for every document and every edit of it. The properties ask it of documents made of pieces, the fuzzer of
//! any bytes; a breach panics.

#![allow(
    unreachable_pub,
    missing_docs,
    clippy::missing_panics_doc,
    reason = "a module of tests, whose panics are what it is for"
)]

use std::{ops::Range, sync::LazyLock};

use followthrough::{
    document::{self, Column, Document, Rewrite, Vocabulary},
    model::{
        config::Config,
        edit::{IssueLink, ItemEdit},
        item::{ActionItem, Form},
        span::Span,
        status::Status,
    },
};

pub fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&Config::default()));
    &VOCABULARY
}

pub fn read(text: &str) -> Document {
    Document::parse("a.md", text.to_owned(), vocabulary())
}

pub fn rewrite(document: &Document, edits: &[ItemEdit]) -> Rewrite {
    document::rewrite(document, edits, vocabulary())
}

/// Every text is read, nothing of it is lost, and every place in it is a run of whole characters that holds what was
/// read there.
#[track_caller]
pub fn reading(text: &str) {
    let document = read(text);
    assert_eq!(document.text, text);
    for span in spans(&document) {
        assert!(span.start <= span.end, "{span:?} of {text:?}");
        assert!(
            text.get(span.start..span.end).is_some(),
            "{span:?} of {text:?}"
        );
    }
    rows_lie_in_their_cells(&document);
    for (words, span) in words(&document) {
        let place = span.of(text);
        // An entity stands for other characters, and a comma for the end of a line of names.
        let there = bare(&place.replace(['\n', '\r'], ","));
        assert!(
            place.contains('&') || is_woven_into(&bare(words), &there),
            "{words:?} was read in {place:?} of {text:?}"
        );
    }
    assert_eq!(document.id(), document::id("a.md", text, vocabulary()));
}

/// What was read of a row lies in one of its cells, as [`cells`] finds them, and the action in the cell of its column.
#[track_caller]
fn rows_lie_in_their_cells(document: &Document) {
    for item in &document.items {
        let Form::Row { table, .. } = item.form else {
            continue;
        };
        let (table, row) = (&document.tables[table], item.span.of(&document.text));
        if table.torn {
            continue;
        }
        let cells = cells(row);
        let lies_in = |cell: &Range<usize>, span: Span| {
            item.span.start + cell.start <= span.start && span.end <= item.span.start + cell.end
        };
        let action = table
            .columns
            .iter()
            .position(|column| *column == Some(Column::Action));
        let cell = action.and_then(|action| cells.get(action));
        assert!(
            cell.is_some_and(|cell| lies_in(cell, item.action_span)),
            "{:?} of {row:?}",
            item.action_span
        );
        let fields = [
            item.owners.as_ref().map(|owners| owners.span),
            item.due.as_ref().map(|due| due.span),
            item.status.as_ref().map(|status| status.span),
        ];
        let links = item.links.iter().map(|link| link.span);
        for span in fields.into_iter().flatten().chain(links) {
            let is_here = item.span.contains(span);
            assert!(
                !is_here || cells.iter().any(|cell| lies_in(cell, span)),
                "{span:?} of {row:?}"
            );
        }
    }
}

/// What a sync asks for of every item, as far as the bits of `choice` tell: a status, a tick, a link, and a flag behind
/// the status.
pub fn wishes(document: &Document, choice: u8) -> Vec<ItemEdit> {
    let edit = |(index, item): (usize, &ActionItem)| {
        let boxed = item.form.checkbox().is_some();
        let word = document.word_for(Status::Done);
        let flagged = format!("{word} ⚠️ overdue");
        ItemEdit {
            item: index,
            status: (document.has_status_cell(index) && choice & 1 == 1)
                .then_some(if choice & 8 == 8 { flagged } else { word }),
            checked: (boxed && choice & 2 == 2).then_some(index % 2 == 0),
            link: (choice & 4 == 4).then(link),
        }
    };
    document.items.iter().enumerate().map(edit).collect()
}

pub fn link() -> IssueLink {
    IssueLink {
        label: "#77".into(),
        target: "https://github.com/o/r/issues/77".into(),
    }
}

/// An edit that asks for nothing changes no byte; what is written is read back as it was meant, and is not written
/// again.
#[track_caller]
pub fn editing(text: &str, choice: u8) {
    let document = read(text);
    assert_eq!(rewrite(&document, &wishes(&document, 0)).text, text);
    let edits = wishes(&document, choice);
    let done = rewrite(&document, &edits);
    let after = read(&done.text);
    assert_eq!(after.items.len(), document.items.len(), "{text:?}");
    let refused = |edit: &ItemEdit| done.refused.iter().any(|(item, _)| *item == edit.item);
    for (edit, (old, new)) in edits.iter().zip(document.items.iter().zip(&after.items)) {
        assert_eq!(old.key, new.key, "{text:?}");
        if refused(edit) {
            assert_eq!(link_texts(old), link_texts(new), "{text:?}");
        } else {
            reads_back(edit, new, choice & 8 == 8);
        }
    }
    let kept: Vec<ItemEdit> = edits
        .iter()
        .filter(|edit| !refused(edit))
        .cloned()
        .collect();
    assert_eq!(rewrite(&after, &kept).text, done.text, "{text:?}");
}

#[track_caller]
fn reads_back(edit: &ItemEdit, new: &ActionItem, flagged: bool) {
    if let Some(link) = &edit.link {
        let read = new.tracking_link().map(|link| &link.text);
        assert_eq!(read, Some(&link.target));
    }
    if edit.status.is_some() {
        assert!(new.stated_status().is_settled());
        assert_eq!(new.flagged, flagged);
    }
    if let (Some(wanted), Some(checkbox)) = (edit.checked, new.form.checkbox()) {
        assert_eq!(checkbox.checked, wanted);
    }
}

/// Of one edit, every byte outside the item stays; in a row, every byte outside the cells that were meant.
#[track_caller]
pub fn one_edit_stays_in_its_place(text: &str, item: usize, choice: u8) {
    let document = read(text);
    let Some(edit) = wishes(&document, choice).into_iter().nth(item) else {
        return;
    };
    let item = &document.items[item];
    let new = rewrite(&document, std::slice::from_ref(&edit)).text;
    let Form::Row { table, .. } = item.form else {
        let stays = |part: &str| part.replace(['x', 'X', ' '], "");
        let place = whole_lines(text, item.span);
        let (_, inside) = around(text, &new, &place);
        if item.tracking_link().is_none() && edit.status.is_none() {
            assert!(
                is_woven_into(&stays(&text[place]), &stays(inside)),
                "{text:?} became {new:?}"
            );
        }
        return;
    };
    let table = &document.tables[table];
    let has_place = item
        .tracking_link()
        .is_some_and(|link| item.span.contains(link.span))
        || table.columns.contains(&Some(Column::Link));
    if edit.link.is_none() || has_place {
        let place = whole_lines(text, item.span);
        let (old, inside) = around(text, &new, &place);
        only_meant_cells(old, inside, &table.columns, edit.link.is_some());
        return;
    }
    let place = whole_lines(text, table.span);
    let (old, inside) = around(text, &new, &place);
    // A lone carriage return ends a line, too.
    let lines = |text| str::split(text, ['\n', '\r']);
    assert_eq!(lines(old).count(), lines(inside).count());
    for (old, inside) in lines(old).zip(lines(inside)) {
        let (before, after) = (cells(old), cells(inside));
        for (index, (before, after)) in before.iter().zip(&after).enumerate() {
            let meant = index >= table.columns.len()
                || table.columns[index] == Some(Column::Status) && edit.status.is_some();
            assert!(
                meant || trimmed(&old[before.clone()]) == trimmed(&inside[after.clone()]),
                "{old:?} became {inside:?}"
            );
        }
    }
}

/// The place as it was and as it is; everything around it is the same.
#[track_caller]
fn around<'a>(text: &'a str, new: &'a str, place: &Range<usize>) -> (&'a str, &'a str) {
    let behind = text.len() - place.end;
    assert_eq!(
        text[..place.start],
        new[..place.start],
        "{text:?} became {new:?}"
    );
    assert_eq!(
        text[place.end..],
        new[new.len() - behind..],
        "{text:?} became {new:?}"
    );
    (&text[place.clone()], &new[place.start..new.len() - behind])
}

/// Cells of other columns keep every byte; a link may stand in any cell where the row has one.
#[track_caller]
fn only_meant_cells(old: &str, new: &str, columns: &[Option<Column>], linked: bool) {
    let (before, after) = (cells(old), cells(new));
    assert!(after.len() >= before.len(), "{old:?} became {new:?}");
    let differ = before
        .iter()
        .zip(&after)
        .enumerate()
        .filter(|(index, (before, after))| {
            let status = columns.get(*index) == Some(&Some(Column::Status));
            !status && trimmed(&old[(*before).clone()]) != trimmed(&new[(*after).clone()])
        });
    assert!(
        differ.count() <= usize::from(linked),
        "{old:?} became {new:?}"
    );
}

/// Edits of several items give the same text, whichever is made first, and made together.
#[track_caller]
pub fn edits_commute(text: &str, choice: u8) {
    let document = read(text);
    let edits = wishes(&document, choice);
    let together = rewrite(&document, &edits);
    if !together.refused.is_empty() {
        return;
    }
    let one_by_one = |edits: &mut dyn Iterator<Item = &ItemEdit>| {
        edits.fold(text.to_owned(), |text, edit| {
            rewrite(&read(&text), std::slice::from_ref(edit)).text
        })
    };
    assert_eq!(one_by_one(&mut edits.iter()), together.text, "{text:?}");
    assert_eq!(
        one_by_one(&mut edits.iter().rev()),
        together.text,
        "{text:?}"
    );
}

/// The cells of a row by the specification of GitHub's Markdown: pipes separate, outer ones may be missing, and a pipe
/// behind a backslash is text, in code as elsewhere.
pub fn cells(line: &str) -> Vec<Range<usize>> {
    let mut cells: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for piece in line.split('|') {
        let place = at..at + piece.len();
        at = place.end + 1;
        match cells.last_mut() {
            Some(last) if line[last.clone()].ends_with('\\') => last.end = place.end,
            _ => cells.push(place),
        }
    }
    let is_blank = |cell: &Range<usize>| trimmed(&line[cell.clone()]).is_empty();
    if cells.len() > 1 && cells.first().is_some_and(is_blank) {
        cells.remove(0);
    }
    if cells.last().is_some_and(is_blank) {
        cells.pop();
    }
    cells
}

/// A cell without its padding.
pub fn trimmed(cell: &str) -> &str {
    cell.trim_matches([' ', '\t', '\u{b}', '\u{c}'])
}

/// The lines that hold a place, the last line's end aside.
fn whole_lines(text: &str, place: Span) -> Range<usize> {
    let ends = ['\n', '\r'];
    let start = text[..place.start].rfind(ends).map_or(0, |at| at + 1);
    let end = text[place.end..]
        .find(ends)
        .map_or(text.len(), |at| place.end + at);
    start..end
}

/// Texts and the places that they were read from. A status is told in words of its own where only a box says it.
fn words(document: &Document) -> Vec<(&str, Span)> {
    let mut words = Vec::new();
    for item in &document.items {
        words.push((item.action.as_str(), item.action_span));
        words.extend(
            item.owners
                .iter()
                .map(|owners| (owners.text.as_str(), owners.span)),
        );
        words.extend(item.due.iter().map(|due| (due.text.as_str(), due.span)));
    }
    words.extend(
        document
            .sections
            .iter()
            .map(|section| (section.heading.as_str(), section.heading_span)),
    );
    words
}

fn spans(document: &Document) -> Vec<Span> {
    let mut spans = Vec::new();
    for item in &document.items {
        spans.extend([item.span, item.action_span]);
        spans.extend(item.owners.as_ref().map(|owners| owners.span));
        spans.extend(item.due.as_ref().map(|due| due.span));
        spans.extend(item.status.as_ref().map(|status| status.span));
        spans.extend(item.links.iter().map(|link| link.span));
        spans.extend(item.form.checkbox().map(|checkbox| checkbox.span));
        if let Form::ListItem {
            suffix_at, words, ..
        }
        | Form::Heading { suffix_at, words } = item.form
        {
            spans.push(Span::empty(suffix_at));
            spans.extend(words);
        }
    }
    spans.extend(document.summary.fields.iter().map(|field| field.value.span));
    for entry in &document.timeline {
        spans.extend([entry.span, entry.event.span]);
        spans.extend(entry.when.as_ref().map(|when| when.span));
    }
    spans.extend(
        document
            .whys
            .iter()
            .flat_map(|chain| chain.steps.iter().map(|why| why.span)),
    );
    spans.extend(document.factors.iter().map(|factor| factor.text.span));
    spans.extend(document.lessons.iter().map(|lesson| lesson.text.span));
    spans.extend(document.participants.iter().map(|person| person.span));
    spans.extend(document.references.iter().map(|reference| reference.span));
    spans.extend(
        document
            .sections
            .iter()
            .flat_map(|section| [section.heading_span, section.body]),
    );
    spans.extend(
        document
            .tables
            .iter()
            .flat_map(|table| [table.span, table.header]),
    );
    spans.extend(document.problems.iter().map(|problem| problem.span));
    spans
}

/// Whether `part` is what is left of `whole` when some characters are taken out.
pub fn is_woven_into(part: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|c| rest.any(|other| other == c))
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

pub fn link_texts(item: &ActionItem) -> Vec<String> {
    item.links.iter().map(|link| link.text.clone()).collect()
}
