//! Reads timelines: rows of lists and tables, headings and paragraphs that begin with a time.

use std::ops::Range;

use super::{
    calendar::{Calendar, Stamped, said},
    days::Day,
    stamp,
    tables::{Table, is_header},
    times::Half,
    walk::{Collect, heading_text},
    written, zones,
};
use crate::{
    document::{
        Source, Vocabulary, fold::fold, inline::Inline, sections::Head, sections::kind, statuses,
    },
    model::{
        analysis::TimelineEntry,
        config::SectionKind,
        item::Written,
        moment::{Carried, Origin, ZoneName},
        span::Span,
    },
};

/// What a timeline says, in order.
pub(super) enum Step {
    /// A timeline begins.
    Start,
    /// A day for what follows; the row that it is where nothing follows.
    Day(Day, Origin, Span, Option<Row>),
    Zone(ZoneName, Origin, Span),
    Row(Row),
}

/// A row before its time is completed by what stands around it.
pub(super) struct Row {
    pub(super) span: Span,
    pub(super) stamped: Option<Stamped>,
    pub(super) event: Written<()>,
    /// The zone of its column.
    pub(super) header: Option<Carried<ZoneName>>,
}

#[derive(Default)]
pub(super) struct Timeline {
    pub(super) steps: Vec<Step>,
    /// Whether lines without a time are rows here, and not details of one.
    is_open: bool,
    /// Whether a row of the list at hand says when it was.
    is_dated: bool,
}

impl Timeline {
    /// The entries with their times, as far as they are known.
    pub(super) fn finish(self, mut calendar: Calendar) -> Vec<TimelineEntry> {
        let later = self.later_times();
        let mut halves = self.halves();
        let mut entries = Vec::new();
        let mut steps = self.steps.into_iter().zip(later).peekable();
        while let Some((step, next)) = steps.next() {
            let row = match step {
                Step::Start => {
                    calendar.start(halves.next().unwrap_or_default());
                    continue;
                }
                Step::Day(day, from, span, row) => {
                    calendar.set_day(day, from, span);
                    let is_alone =
                        !matches!(steps.peek(), Some((Step::Row(_) | Step::Zone(..), _)));
                    match row.filter(|row| is_alone && !row.event.text.is_empty()) {
                        Some(row) => row,
                        None => continue,
                    }
                }
                Step::Zone(name, from, span) => {
                    calendar.set_zone(name, from, span);
                    continue;
                }
                Step::Row(row) => row,
            };
            entries.push(TimelineEntry {
                span: row.span,
                when: row.stamped.map(|stamped| Written {
                    value: calendar.when(&stamped, row.header.as_ref(), next),
                    text: stamped.text,
                    span: stamped.span,
                }),
                event: row.event,
            });
        }
        entries
    }

    /// For each timeline, whether its times name their half of the day.
    fn halves(&self) -> std::vec::IntoIter<bool> {
        let mut halves: Vec<bool> = Vec::new();
        for step in &self.steps {
            match (step, halves.last_mut()) {
                (Step::Start, _) => halves.push(false),
                (Step::Row(row), Some(has)) => {
                    let stamp = row.stamped.as_ref().map(|stamped| &stamped.stamp);
                    let points = stamp
                        .into_iter()
                        .flat_map(|stamp| [Some(stamp.start), stamp.end]);
                    let mut times = points.flatten().filter_map(|point| point.time);
                    *has |= times.any(|time| time.half == Half::Said);
                }
                _ => {}
            }
        }
        halves.into_iter()
    }

    /// For each step, the next time that says its half of the day, in the same timeline.
    fn later_times(&self) -> Vec<Option<chrono::NaiveTime>> {
        let mut later = Vec::with_capacity(self.steps.len());
        let mut next = None;
        for step in self.steps.iter().rev() {
            later.push(next);
            match step {
                Step::Start | Step::Day(..) => next = None,
                Step::Row(row) => {
                    let start = row.stamped.as_ref().map(|stamped| stamped.stamp.start);
                    next = start.and_then(|start| said(start.time)).or(next);
                }
                Step::Zone(..) => {}
            }
        }
        later.reverse();
        later
    }

    pub(super) fn push(&mut self, row: Row) {
        self.steps.push(Step::Row(row));
    }

    /// Takes the words of a row whose time stood alone.
    pub(super) fn fill(&mut self, inline: &Inline) -> bool {
        let Some(Step::Row(row) | Step::Day(_, _, _, Some(row))) = self.steps.last_mut() else {
            return false;
        };
        let is_waiting = row.event.text.is_empty() && row.stamped.is_some();
        if is_waiting {
            row.event = written(inline, 0..inline.text.len());
        }
        is_waiting
    }

    /// Takes what a sentence says of all times; whether it is such a sentence.
    pub(super) fn sentence(&mut self, source: &Source<'_>, inline: &Inline) -> bool {
        let text = inline.text.as_str();
        if text.len() > 300 {
            return false;
        }
        let Some((range, zone)) = zones::anywhere(text, source.vocabulary) else {
            return false;
        };
        let is_alone = text.len() <= zone.text.len() + 12;
        let folded = fold(text);
        let mut words = folded.split(' ');
        if !is_alone && !words.any(|word| source.vocabulary.listed("zone-sentences", word)) {
            return false;
        }
        self.steps
            .push(Step::Zone(zone, Origin::Sentence, inline.span(range)));
        if let Some((day, range)) = only_day(text, source.vocabulary) {
            let span = inline.span(range);
            self.steps
                .push(Step::Day(day, Origin::Sentence, span, None));
        }
        true
    }

    /// Whether an item of a list is a row though it says no time: beside rows that do.
    pub(super) const fn takes_undated(&self) -> bool {
        self.is_open && self.is_dated
    }
}

impl Collect for Timeline {
    fn heading(&mut self, source: &Source<'_>, head: &Head, opens: bool) {
        let is_own = kind(head) == Some(SectionKind::Timeline);
        if opens && is_own {
            self.steps.push(Step::Start);
        }
        self.is_open = is_own;
        let inline = heading_text(source, head);
        let stamp = stamp::leading(&inline.text, source.vocabulary).filter(|_| !is_own);
        if let Some(stamp) = stamp {
            let mut row = row_of(&inline, stamp, head.span);
            // A remark in brackets is about the time; what happened stands below.
            let remark = statuses::brackets(&row.event.text);
            if remark
                .first()
                .is_some_and(|whole| *whole == (0..row.event.text.len()))
            {
                row.event = written(&inline, 0..0);
            }
            let day = row
                .stamped
                .as_ref()
                .and_then(|stamped| stamped.stamp.start.day);
            match (day, &row.stamped) {
                (Some(day), Some(stamped)) if !stamped.stamp.has_time() => {
                    self.is_open = true;
                    let span = stamped.span;
                    self.steps
                        .push(Step::Day(day, Origin::Heading, span, Some(row)));
                }
                _ => self.push(row),
            }
            return;
        }
        if let Some((range, zone)) = zones::anywhere(&inline.text, source.vocabulary)
            && (is_own || inline.text[..range.start].ends_with(['(', '[', '（']))
        {
            let span = inline.span(range);
            self.steps.push(Step::Zone(zone, Origin::Heading, span));
        }
        if let Some(stamp) = stamp::anywhere(&inline.text, source.vocabulary)
            && let Some(day) = stamp.start.day
        {
            self.is_open = true;
            let span = inline.span(stamp.range);
            self.steps.push(Step::Day(day, Origin::Heading, span, None));
        }
    }

    fn list(&mut self, source: &Source<'_>, block: usize) {
        self.is_dated = super::timeline_list::is_dated(source, block);
    }

    fn item(&mut self, source: &Source<'_>, block: usize) {
        super::timeline_list::read(self, source, block);
    }

    fn table(&mut self, source: &Source<'_>, block: usize) {
        if let Some(table) = Table::read(source, block) {
            super::timeline_table::read(self, source, &table);
        }
    }

    /// Each line that begins with a time is a row; other lines belong to the row before them.
    fn paragraph(&mut self, source: &Source<'_>, block: usize) {
        let span = source.outline.blocks[block].span;
        let lines = source.lines_of(span);
        let mut has_rows = false;
        for (at, line) in lines.iter().enumerate() {
            let raw = line.of(source.text);
            let inline =
                Inline::paragraph(source.text, std::slice::from_ref(line), &source.references);
            let stamp = stamp::leading(&inline.text, source.vocabulary)
                .filter(|stamp| stamp.has_time() || stamp.is_set_apart(&inline.text));
            if let Some(stamp) = stamp {
                has_rows = true;
                self.push(row_of(&inline, stamp, *line));
            } else if has_rows {
                if let Some(Step::Row(row)) = self.steps.last_mut() {
                    extend(row, &inline, *line);
                }
            } else if at == 0 && !raw.is_empty() {
                let whole = source.paragraph(span);
                // Where no line begins with a time, the paragraph is one text.
                let more = lines.get(1..).unwrap_or_default();
                let later = more.iter().any(|line| {
                    let raw = line.of(source.text);
                    stamp::leading(raw.trim_start_matches(['*', '_', '`']), source.vocabulary)
                        .is_some_and(|stamp| stamp.has_time())
                });
                if !later {
                    let _ = self.fill(&whole) || self.sentence(source, &whole);
                    return;
                }
                self.sentence(source, &inline);
            }
        }
    }
}

/// The day of a text that names one, and its place.
fn only_day(text: &str, vocabulary: &Vocabulary) -> Option<(Day, Range<usize>)> {
    let stamp = stamp::anywhere(text, vocabulary)?;
    let another = stamp::anywhere(&text[stamp.rest.min(text.len())..], vocabulary);
    let is_only = another.is_none_or(|another| another.start.day.is_none());
    let day = stamp.start.day.filter(|_| is_only && stamp.end.is_none())?;
    Some((day, stamp.range))
}

/// The row that a text is which begins with this stamp.
pub(super) fn row_of(inline: &Inline, stamp: stamp::Stamp, span: Span) -> Row {
    let rest = stamp.rest.min(inline.text.len());
    let before = inline.text[..stamp.range.start].trim_end_matches([':', '：', '-', '–', '—', ' ']);
    let has_name = before.contains(char::is_alphanumeric);
    let event = if has_name && inline.text[rest..].trim().is_empty() {
        0..before.len()
    } else {
        rest..inline.text.len()
    };
    Row {
        span,
        event: written(inline, event),
        stamped: Some(Stamped::of(inline, stamp)),
        header: None,
    }
}

/// Adds a line to a row.
fn extend(row: &mut Row, inline: &Inline, line: Span) {
    let more = written(inline, 0..inline.text.len());
    if row.event.text.is_empty() {
        row.event = more;
    } else {
        row.event.text = format!("{} {}", row.event.text, more.text);
        row.event.span.end = more.span.end;
    }
    row.span.end = line.end;
}

/// Whether a header is one of times.
pub(super) fn is_time_header(source: &Source<'_>, header: &str) -> bool {
    is_header(source, "time-columns", header) || is_header(source, "when-columns", header)
}
