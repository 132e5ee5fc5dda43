//! Completes written times by what stands around them: the day, the year, the half of the day, the zone.

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{
    days::Day,
    stamp::{Point, Stamp},
    times::{Half, Time},
};
use crate::document::{fold::squeeze, inline::Inline};
use crate::model::{
    config::Zone,
    moment::{Carried, Clock, Moment, Origin, Precision, When, ZoneName},
    span::Span,
};

/// A stamp with its place in the document.
#[derive(Clone, Debug)]
pub(super) struct Stamped {
    pub(super) stamp: Stamp,
    /// As written.
    pub(super) text: String,
    pub(super) span: Span,
    zone_span: Option<Span>,
}

impl Stamped {
    /// The stamp that was read from the text of `inline`.
    pub(super) fn of(inline: &Inline, stamp: Stamp) -> Self {
        Self {
            text: squeeze(&inline.text[stamp.range.clone()]),
            span: inline.span(stamp.range.clone()),
            zone_span: stamp
                .zone
                .as_ref()
                .map(|(_, range)| inline.span(range.clone())),
            stamp,
        }
    }

    /// The stamp in the value of a field, whose places are not told apart.
    pub(super) fn in_field(text: &str, stamp: Stamp, span: Span) -> Self {
        Self {
            text: squeeze(&text[stamp.range.clone()]),
            span,
            zone_span: Some(span),
            stamp,
        }
    }
}

/// What is known at a place of the document about the times there.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    /// The day that the document is about.
    anchor: Option<Carried<NaiveDate>>,
    /// When the incident began, as far as day and time are known.
    beginning: Option<Moment>,
    day: Option<Carried<NaiveDate>>,
    /// By a heading or a sentence.
    zone: Option<Carried<ZoneName>>,
    row_zone: Option<Carried<ZoneName>>,
    default_zone: Option<Zone>,
    /// The time before this one, on the day that it was.
    last: Option<NaiveDateTime>,
    /// Whether times here say their half of the day.
    has_halves: bool,
}

impl Calendar {
    /// Knows the day that the document is about.
    pub(super) fn new(anchor: Option<Carried<NaiveDate>>, default_zone: Option<Zone>) -> Self {
        Self {
            day: anchor.clone(),
            anchor,
            default_zone,
            ..Self::default()
        }
    }

    /// Knows when the incident began.
    pub(super) fn with_beginning(self, beginning: Option<Moment>) -> Self {
        Self { beginning, ..self }
    }

    /// Begins anew: nothing is carried from one timeline into another.
    pub(super) fn start(&mut self, has_halves: bool) {
        *self = Self {
            has_halves,
            beginning: self.beginning.take(),
            ..Self::new(self.anchor.take(), self.default_zone)
        };
    }

    /// Takes a day that a heading or a row gives to what follows.
    pub(super) fn set_day(&mut self, day: Day, from: Origin, span: Span) {
        if let Some((value, _)) = self.full(day) {
            self.day = Some(Carried {
                value,
                from,
                span: Some(span),
            });
            self.last = None;
        }
    }

    /// Takes a zone that a heading or a sentence gives to what follows.
    pub(super) fn set_zone(&mut self, value: ZoneName, from: Origin, span: Span) {
        self.zone = Some(Carried {
            value,
            from,
            span: Some(span),
        });
    }

    /// What the stamp means here; `header` is the zone of its column, and `next` the nearest later time that says its
    /// half of the day.
    pub(super) fn when(
        &mut self,
        stamped: &Stamped,
        header: Option<&Carried<ZoneName>>,
        next: Option<NaiveTime>,
    ) -> When {
        let Stamped {
            stamp,
            span,
            zone_span,
            ..
        } = stamped;
        let span = *span;
        if let Some(offset) = stamp.offset {
            return self
                .after_beginning(offset, stamp.is_about)
                .map_or(When::Unknown, When::At);
        }
        if stamp.is_unreadable {
            return When::Unreadable;
        }
        if stamp.is_unknown {
            if let Some(day) = stamp.start.day {
                self.set_day(day, Origin::Row, span);
            }
            return When::Unknown;
        }
        let written = stamp.zone.as_ref().map(|(name, _)| Carried {
            value: name.clone(),
            from: Origin::Written,
            span: *zone_span,
        });
        let zone = written.clone().or_else(|| self.zone(header));
        let next = stamp.end.and_then(|end| said(end.time)).or(next);
        let start = self.moment(&stamp.start, span, zone.clone(), stamp.is_about, next);
        let when = match &stamp.end {
            Some(end) => {
                let end = self.moment(end, span, zone, stamp.is_about, None);
                When::Between(start, end)
            }
            None => When::At(start),
        };
        if let Some(zone) = written {
            self.row_zone = Some(Carried {
                from: Origin::Row,
                ..zone
            });
        }
        when
    }

    /// The time so long after the incident began; nothing where nobody wrote when that was.
    fn after_beginning(&self, offset: TimeDelta, is_about: bool) -> Option<Moment> {
        let beginning = self.beginning.as_ref()?;
        let local = beginning.local()?.checked_add_signed(offset)?;
        let day = beginning.day.clone()?;
        Some(Moment {
            day: Some(Carried {
                value: local.date(),
                from: Origin::Field,
                ..day
            }),
            time: Some(local.time()),
            is_about: is_about || beginning.is_about,
            ..beginning.clone()
        })
    }

    fn zone(&self, header: Option<&Carried<ZoneName>>) -> Option<Carried<ZoneName>> {
        let configured = || {
            let zone = self.default_zone?;
            Some(Carried {
                value: ZoneName {
                    text: zone.name().to_owned(),
                    clock: Clock::Of(zone),
                },
                from: Origin::Configuration,
                span: None,
            })
        };
        let carried = header.or(self.zone.as_ref()).or(self.row_zone.as_ref());
        carried.cloned().or_else(configured)
    }

    fn moment(
        &mut self,
        point: &Point,
        span: Span,
        zone: Option<Carried<ZoneName>>,
        is_about: bool,
        next: Option<NaiveTime>,
    ) -> Moment {
        let written = point.day.and_then(|day| self.full(day));
        if let Some((value, from)) = written {
            let day = Carried {
                value,
                from: Origin::Row,
                span: Some(span),
            };
            if self.day.as_ref().map(|day| day.value) != Some(value) {
                self.last = None;
            }
            // What a sentence says of all rows holds again behind one with a day of its own.
            let holds = self.day.as_ref().filter(|day| day.from == Origin::Sentence);
            let holds = holds.filter(|day| day.value != value).cloned();
            self.day = Some(day.clone());
            let moment = self.on(Some(Carried { from, ..day }), point, zone, is_about, next);
            if holds.is_some() {
                self.day = holds;
                self.last = None;
            }
            return moment;
        }
        let day = match (&point.day, &self.day) {
            // The day is written, and nobody can tell which one it is.
            (Some(_), _) | (_, None) => None,
            (None, Some(day)) => Some(day.clone()),
        };
        self.on(day, point, zone, is_about, next)
    }

    fn on(
        &mut self,
        mut day: Option<Carried<NaiveDate>>,
        point: &Point,
        zone: Option<Carried<ZoneName>>,
        is_about: bool,
        next: Option<NaiveTime>,
    ) -> Moment {
        let last = self.last.map(|last| last.time());
        let time = point.time.map(|time| {
            if self.has_halves {
                half(time, last, next)
            } else {
                time.value
            }
        });
        let follows_half = point.time.is_some_and(|point| Some(point.value) != time)
            || self.has_halves && point.time.is_some_and(|time| time.half == Half::Open);
        if let (Some(time), Some(known), Some(last)) = (time, &mut day, self.last)
            && point.day.is_none()
            && is_past_midnight(last.time(), time)
            && let Some(following) = known.value.checked_add_days(Days::new(1))
        {
            known.value = following;
            self.day = Some(Carried {
                from: Origin::Row,
                ..known.clone()
            });
            known.from = Origin::PastMidnight;
        }
        if let Some(time) = time {
            // Without a day, midnight is still told by the clock alone.
            let on = day.as_ref().map_or(NaiveDate::MIN, |day| day.value);
            self.last = Some(on.and_time(time));
        }
        Moment {
            day,
            time,
            precision: point.time.map_or(Precision::Day, |time| time.precision),
            is_about,
            follows_half,
            zone: zone.filter(|_| time.is_some()),
        }
    }

    /// The day with its year: where none is written, that of the nearest such day.
    fn full(&self, day: Day) -> Option<(NaiveDate, Origin)> {
        match day {
            Day::Full(day) => Some((day, Origin::Written)),
            Day::OfYear { month, day } | Day::Bare([Some((month, day)), None]) => {
                Some((self.nearest(month, day)?, Origin::NearestYear))
            }
            // Of two readings the one that is about the day of the others, where the other one is far from it.
            Day::Bare([Some((month, day)), Some((other_month, other_day))]) => {
                let around = self.around()?;
                let readings = [
                    self.nearest(month, day)?,
                    self.nearest(other_month, other_day)?,
                ];
                let away = readings.map(|day| (day - around).abs());
                let (near, far) = (away.iter().min()?, away.iter().max()?);
                let is_clear = *near <= TimeDelta::days(2) && *far >= TimeDelta::days(28);
                let day = readings
                    .into_iter()
                    .find(|day| (*day - around).abs() == *near)?;
                is_clear.then_some((day, Origin::NearestYear))
            }
            Day::Bare([None, _]) | Day::Unreadable => None,
        }
    }
}

impl Calendar {
    fn around(&self) -> Option<NaiveDate> {
        let around = self.day.as_ref().or(self.anchor.as_ref())?;
        Some(around.value)
    }

    /// The day of this name that is nearest to the days around it.
    fn nearest(&self, month: u32, day: u32) -> Option<NaiveDate> {
        let around = self.around()?;
        let years = around.year() - 1..=around.year() + 1;
        let days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        days.min_by_key(|day| (*day - around).abs())
    }
}

/// The time, where it says its half of the day.
pub(super) fn said(time: Option<Time>) -> Option<NaiveTime> {
    let time = time?;
    (time.half != Half::Open).then_some(time.value)
}

/// Among times that say their half of the day, one that does not follows them: it is the first such time after the one
/// before it, else the last one before the next.
fn half(time: Time, last: Option<NaiveTime>, next: Option<NaiveTime>) -> NaiveTime {
    if time.half != Half::Open {
        return time.value;
    }
    let noon = TimeDelta::hours(12);
    let (early, late) = match time.value.overflowing_add_signed(noon) {
        (late, 0) => (time.value, late),
        // 12:05 is five past noon or five past midnight.
        (midnight, _) => (midnight, time.value),
    };
    match (last, next) {
        (Some(last), _) if early >= last => early,
        (Some(last), _) if late >= last => late,
        (None, Some(next)) if late <= next => late,
        (None, Some(next)) if early <= next => early,
        _ => time.value,
    }
}

/// A time that is more than half a day earlier is one of the next day; a little earlier is a slip of order, which stays.
fn is_past_midnight(last: NaiveTime, time: NaiveTime) -> bool {
    last - time > TimeDelta::hours(12)
}
