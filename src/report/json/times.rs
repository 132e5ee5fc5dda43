//! Times as JSON, with what of each was carried from elsewhere.

use serde::Serialize;

use crate::{
    document::Document,
    model::{
        moment::{Moment, Origin, Precision, When},
        span::Span,
    },
};

/// `known` is whether there is a time at all: false where the document says that nobody knows; null where it has
/// something that cannot be read.
#[derive(Serialize)]
pub(super) struct Times<'a> {
    known: Option<bool>,
    start: Option<Time<'a>>,
    end: Option<Time<'a>>,
}

impl<'a> Times<'a> {
    pub(super) fn of(document: &Document, when: &'a When) -> Self {
        Self {
            known: match when {
                When::At(_) | When::Between(..) => Some(true),
                When::Unknown => Some(false),
                When::Unreadable => None,
            },
            start: when.start().map(|start| Time::of(document, start)),
            end: when.end().map(|end| Time::of(document, end)),
        }
    }
}

#[derive(Serialize)]
struct Time<'a> {
    day: Option<String>,
    day_from: Option<Origin>,
    day_line: Option<usize>,
    #[serde(rename = "time")]
    clock: Option<String>,
    precision: Precision,
    about: bool,
    half_of_day_carried: bool,
    zone: Option<&'a str>,
    zone_from: Option<Origin>,
    zone_line: Option<usize>,
    utc: Option<String>,
}

impl<'a> Time<'a> {
    fn of(document: &Document, moment: &'a Moment) -> Self {
        let (day, zone) = (moment.day.as_ref(), moment.zone.as_ref());
        let line = |span: Option<Span>| span.map(|span| document.position(span).line);
        Self {
            day: day.map(|day| day.value.to_string()),
            day_from: day.map(|day| day.from),
            day_line: day.and_then(|day| line(day.span)),
            clock: moment.clock_face(),
            precision: moment.precision,
            about: moment.is_about,
            half_of_day_carried: moment.follows_half,
            zone: zone.map(|zone| zone.value.text.as_str()),
            zone_from: zone.map(|zone| zone.from),
            zone_line: zone.and_then(|zone| line(zone.span)),
            utc: moment
                .utc()
                .map(|utc| utc.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        }
    }
}
