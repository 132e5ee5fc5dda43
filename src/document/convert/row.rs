//! Words one list item as a row: its text, and the fields that have columns of their own.

use std::ops::Range;

use super::{
    super::{
        Source,
        blocks::Kind,
        fold::squeeze,
        inline::{Inline, overlap},
        items::{self, Context, Draft},
        links,
        marks::{self, Mark, Marked},
        statuses,
    },
    cell,
    lists::{Note, Row},
};
use crate::model::{
    item::{ActionItem, Form, StatusWord, Written},
    span::Span,
    status::Status,
};

/// How much of an item's text moves into columns. Where a row would not read as the item did, the next one is tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Dress {
    /// Owner, due date, status and the link suffix leave the text.
    #[default]
    Moved,
    /// The columns say what the text says as well.
    Copied,
    /// The text says all; only a box becomes a word.
    Kept,
}

impl Dress {
    /// What is tried next.
    pub(super) const fn next(self) -> Option<Self> {
        match self {
            Self::Moved => Some(Self::Copied),
            Self::Copied => Some(Self::Kept),
            Self::Kept => None,
        }
    }
}

/// The cells of one row as Markdown.
#[derive(Default)]
pub(super) struct Cells {
    /// The code by which the item is named.
    pub(super) code: String,
    pub(super) action: String,
    pub(super) owner: String,
    pub(super) due: String,
    pub(super) status: String,
    pub(super) link: String,
}

impl Cells {
    fn of(&mut self, mark: Mark) -> &mut String {
        match mark {
            Mark::Owner => &mut self.owner,
            Mark::Due => &mut self.due,
            Mark::Status => &mut self.status,
        }
    }
}

/// The cells of a row; `word` gives the word for a box.
pub(super) fn cells(
    source: &Source<'_>,
    item: Option<&ActionItem>,
    row: &Row,
    dress: Dress,
    word: impl Fn(Status) -> String,
) -> Cells {
    let mut cells = Cells::default();
    let lines = source.lines_of(row.own);
    let own = source.paragraph(row.own);
    let mut notes: Vec<(&Note, Inline)> = row
        .notes
        .iter()
        .map(|note| (note, source.paragraph(note.span)))
        .collect();
    let dress = if own.is_struck() { Dress::Kept } else { dress };
    let mut cuts = Vec::new();
    if dress == Dress::Moved {
        cuts = moved(source, &own, &notes, &mut cells);
        notes.retain(|(place, note)| !is_moved(source, item, (place, note), &mut cells));
    }
    let left = cell::of_lines(source, &lines, &cuts);
    let left = trimmed(&left);
    cells.action = if cuts.is_empty() || source.vocabulary.is_placeholder(left) {
        cell::of_lines(source, &lines, &[])
    } else {
        left.to_owned()
    };
    for (note, _) in notes {
        let gap = if note.sign.is_empty() {
            "<br><br>"
        } else {
            "<br>"
        };
        let text = cell::of_lines(source, &source.lines_of(note.span), &[]);
        cells.action.extend([gap, &note.sign, &text]);
    }
    if let Some(item) = item
        && dress != Dress::Kept
    {
        fill(&mut cells.owner, source, item, item.owners.as_ref());
        fill(&mut cells.due, source, item, item.due.as_ref());
        if let Some(status) = item.status.as_ref().filter(|_| cells.status.is_empty())
            && let Some(known) = status.value.known()
            && item.span.contains(status.span)
            && !is_word(source, item)
        {
            cells.status = word(known);
        }
        fill(&mut cells.status, source, item, item.status.as_ref());
        let flag = &source.vocabulary.flag;
        if item.flagged && statuses::flag(&cells.status, source.vocabulary).is_none() {
            cells.status.push_str(flag);
        }
    }
    if let Kind::Item(Some(symbol)) = source.outline.blocks[row.block].kind
        && item.is_none_or(is_shown_by_box)
    {
        let open = symbol.of(source.text) == " ";
        cells.status = word(if open {
            Status::NotStarted
        } else {
            Status::Done
        });
    }
    cells.code.extend(row.code.as_deref());
    let mentioned = mentioned(source, &own);
    if !mentioned.is_empty() {
        cells.link = mentioned;
    }
    cells
}

/// The links for the column of links where one of them stands in the middle of the text: there, a table takes it for a
/// mention in passing. Empty where there is none.
fn mentioned(source: &Source<'_>, own: &Inline) -> String {
    let mut links = links::find(own, source.vocabulary);
    links.retain(|found| found.link.target.is_tracking());
    if links.iter().all(|found| found.tracks(own)) {
        return String::new();
    }
    let written = links.iter().map(|found| found.link.span.of(source.text));
    cell::escaped(&written.collect::<Vec<_>>().join(", "))
}

/// Whether the status of an item is written as a status cell has it: neither by a box nor by a sentence.
pub(super) fn is_word(source: &Source<'_>, item: &ActionItem) -> bool {
    let is_known = |status: &Written<StatusWord>| {
        status.value == StatusWord::Unknown || source.vocabulary.status(&status.text).is_some()
    };
    !is_shown_by_box(item) && item.status.as_ref().is_none_or(is_known)
}

fn is_shown_by_box(item: &ActionItem) -> bool {
    match item.form {
        Form::ListItem {
            checkbox: Some(checkbox),
            ..
        } => {
            let status = item.status.as_ref();
            status.is_some_and(|status| status.span.contains(checkbox.span))
        }
        _ => false,
    }
}

/// Puts the fields of the item's own text into their columns, and says which bytes leave the text.
fn moved(
    source: &Source<'_>,
    own: &Inline,
    notes: &[(&Note, Inline)],
    cells: &mut Cells,
) -> Vec<Span> {
    let nested: Vec<Inline> = notes.iter().map(|(_, note)| note.clone()).collect();
    let draft: Draft = items::of_text(source, own, &[], &nested, Context::default());
    let mut cuts: Vec<Range<usize>> = Vec::new();
    for field in &draft.fields {
        let value = value(source, own, field.value.clone());
        let said = cells.of(field.mark);
        // A column says a thing once.
        let Some(value) = value.filter(|_| said.is_empty() && !says_more(own, field)) else {
            *cells = Cells::default();
            return Vec::new();
        };
        *said = value;
        if !field.whole.is_empty() {
            cuts.push(field.whole.clone());
        }
    }
    let suffix = links::suffix_start(own);
    let link = links::find(own, source.vocabulary);
    let link = link
        .iter()
        .find(|found| found.visible.start >= suffix && found.link.target.is_tracking());
    if let Some(link) = link {
        cells.link = cell::escaped(link.link.span.of(source.text));
        cuts.push(suffix..items::visible(&own.text).end);
    }
    if cuts.is_empty() {
        return Vec::new();
    }
    widen(&own.text, &mut cuts);
    cuts.sort_by_key(|cut| cut.start);
    let spans: Vec<Span> = cuts
        .into_iter()
        .map(|cut| with_marks(source, own.span(cut)))
        .collect();
    let cut: usize = spans.iter().map(|span| hidden(span.of(source.text))).sum();
    let said = [&cells.owner, &cells.due, &cells.status, &cells.link];
    if cut > said.into_iter().map(|cell| hidden(cell)).sum() {
        *cells = Cells::default();
        return Vec::new();
    }
    spans
}

/// How many comments, tags and images a text may hold, of which nothing is visible.
fn hidden(text: &str) -> usize {
    text.matches('<').count() + text.matches("![").count()
}

/// Whether words would leave the text with a status that are no part of it: `DONE in the review`.
fn says_more(own: &Inline, field: &Marked) -> bool {
    let behind = own.text.get(field.value.end..field.whole.end);
    field.mark == Mark::Status
        && behind.is_some_and(|behind| behind.contains(char::is_alphanumeric))
}

/// Whether a note is a field and nothing else, and went into its column.
fn is_moved(
    source: &Source<'_>,
    item: Option<&ActionItem>,
    (place, note): (&Note, &Inline),
    cells: &mut Cells,
) -> bool {
    let field = if items::is_mere_field(source, note) {
        marks::find(note, source.vocabulary).into_iter().next()
    } else {
        let words = items::visible(&note.text);
        let span = note.span(words.clone());
        let states = |item: &ActionItem| {
            item.status
                .as_ref()
                .is_some_and(|status| status.span == span)
        };
        item.is_some_and(states).then(|| Marked {
            mark: Mark::Status,
            value: words.clone(),
            whole: words,
        })
    };
    let Some(field) = field else { return false };
    let said = cells.of(field.mark);
    let raw = place.span.of(source.text);
    let value = value(source, note, field.value)
        .filter(|value| !value.is_empty() && hidden(raw) <= hidden(value));
    let moves = said.is_empty() && value.is_some();
    if let Some(value) = value.filter(|_| moves) {
        *said = value;
    }
    moves
}

/// Fills a column that is still empty with what was read from the item; what its heading says is said there.
fn fill<T>(cell: &mut String, source: &Source<'_>, item: &ActionItem, read: Option<&Written<T>>) {
    if let Some(read) = read.filter(|read| cell.is_empty() && item.span.contains(read.span)) {
        *cell = as_written(source, read.span, &read.text).unwrap_or_default();
    }
}

fn value(source: &Source<'_>, inline: &Inline, range: Range<usize>) -> Option<String> {
    let text = inline.text[range.clone()].trim();
    as_written(source, inline.span(range), text)
}

/// The Markdown of a value where it stands for itself, such as a link; else its visible text. Nothing where the bytes cut
/// through a link or an image.
fn as_written(source: &Source<'_>, span: Span, visible: &str) -> Option<String> {
    let raw = cell::of_lines(source, &source.lines_of(span), &[]);
    let whole = Span::new(0, raw.len());
    let read = Inline::cell(&raw, whole, &source.references);
    if squeeze(&read.text) == squeeze(visible) {
        Some(raw)
    } else {
        (!raw.contains(['[', ']', '<'])).then(|| cell::escaped(visible))
    }
}

/// Widens the cuts to the brackets that hold nothing else.
fn widen(text: &str, cuts: &mut Vec<Range<usize>>) {
    for group in statuses::brackets(text) {
        let is_cut = |at: usize| cuts.iter().any(|cut| cut.contains(&at));
        let mut inside = text[group.clone()].char_indices();
        let is_left = inside.any(|(at, c)| c.is_alphanumeric() && !is_cut(group.start + at));
        if !is_left && cuts.iter().any(|cut| overlap(cut, &group)) {
            cuts.push(group);
        }
    }
}

/// The span with the marks of emphasis that stand around it, where it would leave them without text or partner.
fn with_marks(source: &Source<'_>, cut: Span) -> Span {
    const MARKS: [char; 3] = ['*', '_', '~'];
    let line = source.lines.span(source.text, source.lines.line(cut.start));
    let before = Span::new(line.start, cut.start).of(source.text);
    let after = Span::new(cut.end, line.end.max(cut.end)).of(source.text);
    let opening = before.len() - before.trim_end_matches(MARKS).len();
    let closing = after.len() - after.trim_start_matches(MARKS).len();
    let inner = cut.of(source.text).matches(MARKS).count();
    match (opening, closing) {
        (0, 0) => cut,
        _ if opening == closing && inner.is_multiple_of(2) => {
            Span::new(cut.start - opening, cut.end + closing)
        }
        (_, 0) if inner == opening => Span::new(cut.start - opening, cut.end),
        (0, _) if inner == closing => Span::new(cut.start, cut.end + closing),
        _ => cut,
    }
}

/// A text without the punctuation that joined what left it.
fn trimmed(text: &str) -> &str {
    let joins = |c: char| c.is_whitespace() || "-–—:,;→・、".contains(c);
    text.trim_matches(joins)
}
