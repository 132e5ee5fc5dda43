//! Words one list item as a row: its text, and the fields that have columns of their own.

use std::ops::Range;

use super::{
    super::{
        Source,
        blocks::Kind,
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
        notes.retain(|(_, note)| !is_moved(source, item, note, &mut cells));
    }
    cells.action = cell::of_lines(source, &lines, &cuts);
    if !cuts.is_empty() {
        cells.action = trimmed(&cells.action).to_owned();
    }
    for (note, _) in notes {
        let gap = if note.sign.is_empty() {
            "<br><br>"
        } else {
            "<br>"
        };
        let text = cell::of_lines(source, &source.lines_of(note.span), &[]);
        cells.action.push_str(&format!("{gap}{}{text}", note.sign));
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
    cells
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
        let said = cells.of(field.mark);
        // What is said twice can be in a column once.
        if !said.is_empty() {
            *cells = Cells::default();
            return Vec::new();
        }
        *said = value(source, own, field.value.clone());
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
        cuts.push(suffix..own.text.len());
    }
    if cuts.is_empty() {
        return Vec::new();
    }
    widen(&own.text, &mut cuts);
    cuts.sort_by_key(|cut| cut.start);
    let spans = cuts
        .into_iter()
        .map(|cut| with_marks(source, own.span(cut)));
    spans.collect()
}

/// Whether a note is a field and nothing else, and went into its column.
fn is_moved(
    source: &Source<'_>,
    item: Option<&ActionItem>,
    note: &Inline,
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
    let free = said.is_empty();
    if free {
        *said = value(source, note, field.value);
    }
    free && !said.is_empty()
}

/// Fills a column that is still empty with what was read from the item; what its heading says is said there.
fn fill<T>(cell: &mut String, source: &Source<'_>, item: &ActionItem, read: Option<&Written<T>>) {
    if let Some(read) = read.filter(|read| cell.is_empty() && item.span.contains(read.span)) {
        *cell = as_written(source, read.span, &read.text);
    }
}

fn value(source: &Source<'_>, inline: &Inline, range: Range<usize>) -> String {
    let text = inline.text[range.clone()].trim();
    as_written(source, inline.span(range), text)
}

/// The Markdown of a value where it stands for itself, such as a link; else its visible text.
fn as_written(source: &Source<'_>, span: Span, visible: &str) -> String {
    let raw = cell::of_lines(source, &source.lines_of(span), &[]);
    let whole = Span::new(0, raw.len());
    let read = Inline::cell(&raw, whole, &source.references);
    let same = super::super::fold::squeeze(&read.text) == super::super::fold::squeeze(visible);
    if same { raw } else { cell::escaped(visible) }
}

/// Widens the cuts to the brackets that hold nothing else.
fn widen(text: &str, cuts: &mut Vec<Range<usize>>) {
    for group in statuses::brackets(text) {
        let inside = || cuts.iter().filter(|cut| overlap(cut, &group));
        let mut left = text[group.clone()].to_owned();
        let mut last = inside().collect::<Vec<_>>();
        last.sort_by_key(|cut| std::cmp::Reverse(cut.start));
        for cut in last {
            let from = cut.start.max(group.start) - group.start;
            let to = cut.end.min(group.end) - group.start;
            left.replace_range(from..to, "");
        }
        if inside().next().is_some() && !left.contains(char::is_alphanumeric) {
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
        _ if opening == closing && inner % 2 == 0 => {
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
    let kept = text.trim_matches(joins);
    if kept.is_empty() { text } else { kept }
}
