//! Reads the rows of a timeline that is a table.

use super::{
    calendar::Stamped,
    stamp::{self, Stamp},
    tables::{Row as Cells, Table, is_header},
    timeline::{Row, Step, Timeline, is_time_header},
    written, zones,
};
use crate::{
    document::{Source, inline::Inline},
    model::{
        item::Written,
        moment::{Carried, Origin, ZoneName},
        span::Span,
    },
};

/// Which columns say when.
struct Columns {
    time: usize,
    day: Option<usize>,
    end: Option<usize>,
}

impl Columns {
    fn of(source: &Source<'_>, table: &Table) -> Option<Self> {
        let header = |at: usize| table.header[at].text.as_str();
        let all = 0..table.header.len();
        let end = all
            .clone()
            .find(|at| *at > 0 && is_header(source, "end-columns", header(*at)));
        let day = table.column(source, "date-columns");
        let time = all
            .clone()
            .find(|at| Some(*at) != end && Some(*at) != day && is_time_header(source, header(*at)))
            .or(day)
            .or_else(|| {
                all.clone()
                    .take(2)
                    .find(|at| begins_with_times(source, table, *at))
            })?;
        Some(Self {
            time,
            day: day.filter(|day| *day != time),
            end: end.filter(|end| *end != time),
        })
    }

    fn contains(&self, at: usize) -> bool {
        at == self.time || self.day == Some(at) || self.end == Some(at)
    }
}

/// Whether the first row that says something in this column says a time there, and nothing else.
fn begins_with_times(source: &Source<'_>, table: &Table, column: usize) -> bool {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let first = cells
        .map(|cell| cell.text.trim())
        .find(|text| !text.is_empty());
    first.is_some_and(|text| {
        stamp::leading(text, source.vocabulary).is_some_and(|stamp| stamp.rest >= text.len())
    })
}

/// Reads the table, where a column of it says when.
pub(super) fn read(timeline: &mut Timeline, source: &Source<'_>, table: &Table) {
    let Some(columns) = Columns::of(source, table) else {
        return;
    };
    let header = &table.header[columns.time];
    let zone = zones::anywhere(&header.text, source.vocabulary).map(|(range, name)| Carried {
        value: name,
        from: Origin::Header,
        span: Some(header.span(range)),
    });
    if let Some(stamp) = stamp::anywhere(&header.text, source.vocabulary)
        && let Some(day) = stamp.start.day
    {
        let span = header.span(stamp.range);
        timeline
            .steps
            .push(Step::Day(day, Origin::Header, span, None));
    }
    for cells in &table.rows {
        let step = row(source, &columns, cells, zone.as_ref());
        timeline.steps.extend(step);
    }
}

fn row(
    source: &Source<'_>,
    columns: &Columns,
    row: &Cells,
    zone: Option<&Carried<ZoneName>>,
) -> Option<Step> {
    let cell = |at: Option<usize>| {
        let cell = row.cells.get(at?)?;
        (!cell.text.trim().is_empty()).then_some(cell)
    };
    let event = event(source, columns, row);
    let time = cell(Some(columns.time));
    let day = cell(columns.day);
    let end = cell(columns.end);
    let stamped = time
        .map(|cell| stamped(source, cell, day, end))
        .or_else(|| {
            let stamp = stamp::leading(&day?.text, source.vocabulary)?;
            Some(Stamped::of(day?, stamp))
        });
    if event.text.is_empty() {
        // A row with nothing but a day is a heading for those below it.
        let stamped = stamped?;
        let day = stamped
            .stamp
            .start
            .day
            .filter(|_| !stamped.stamp.has_time())?;
        return Some(Step::Day(day, Origin::Row, stamped.span, None));
    }
    Some(Step::Row(Row {
        span: row.span,
        stamped,
        event,
        header: zone.cloned(),
    }))
}

/// The stamp of a row whose cell of times says something.
fn stamped(
    source: &Source<'_>,
    time: &Inline,
    day: Option<&Inline>,
    end: Option<&Inline>,
) -> Stamped {
    let whole = 0..time.text.trim_end().len();
    let mut stamp = stamp::leading(&time.text, source.vocabulary).unwrap_or_else(|| Stamp {
        is_unknown: source.vocabulary.is_placeholder(&time.text),
        is_unreadable: !source.vocabulary.is_placeholder(&time.text),
        ..Stamp::default()
    });
    // The whole cell is the time.
    stamp.range = whole;
    let other = |cell: Option<&Inline>| stamp::leading(&cell?.text, source.vocabulary);
    if stamp.start.day.is_none()
        && let Some(day) = other(day)
    {
        stamp.start.day = day.start.day;
        stamp.is_unreadable |= day.is_unreadable;
    }
    if stamp.end.is_none()
        && let Some(end) = other(end).filter(Stamp::has_time)
    {
        stamp.end = (!end.is_unknown && !end.is_unreadable).then_some(end.start);
    }
    Stamped::of(time, stamp)
}

/// What the other cells say, placeholders of a template left out.
fn event(source: &Source<'_>, columns: &Columns, row: &Cells) -> Written<()> {
    let mut event = Written {
        value: (),
        text: String::new(),
        span: Span::empty(row.span.end),
    };
    for (at, cell) in row.cells.iter().enumerate() {
        if columns.contains(at) || source.vocabulary.is_placeholder(&cell.text) {
            continue;
        }
        let part = written(cell, 0..cell.text.len());
        if event.text.is_empty() {
            event = part;
        } else {
            event.text = format!("{} · {}", event.text, part.text);
            event.span.end = part.span.end;
        }
    }
    event
}
