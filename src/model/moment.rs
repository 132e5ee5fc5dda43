//! Times as postmortems write them: what is known of each, and what of it was carried from elsewhere.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde::Serialize;

use super::{config::Zone, span::Span};

/// What a writer put where a time belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// One time.
    At(Moment),
    /// From one time to another.
    Between(Moment, Moment),
    /// Words that say that nobody knows, such as `--:--`.
    Unknown,
    /// What no clock or calendar shows, such as 25:00, or a date that could be two days.
    Unreadable,
}

impl When {
    /// The time, or the first one.
    #[must_use]
    pub const fn start(&self) -> Option<&Moment> {
        match self {
            Self::At(moment) | Self::Between(moment, _) => Some(moment),
            Self::Unknown | Self::Unreadable => None,
        }
    }

    /// The second time, where two are written.
    #[must_use]
    pub const fn end(&self) -> Option<&Moment> {
        match self {
            Self::Between(_, end) => Some(end),
            _ => None,
        }
    }
}

/// A time on somebody's clock or calendar. Nothing in it is guessed: what neither stands there nor is carried from a
/// place that says so is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day on the writer's calendar.
    pub day: Option<Carried<NaiveDate>>,
    /// The time on the writer's clock; absent where only a day is written.
    pub time: Option<NaiveTime>,
    /// How fine the writing is.
    pub precision: Precision,
    /// Whether it says of itself that it is not exact.
    pub is_about: bool,
    /// Whether it names no half of the day, and follows the times around it, which do.
    pub follows_half: bool,
    /// The zone of the clock.
    pub zone: Option<Carried<ZoneName>>,
}

impl Moment {
    /// Day and time as the writer's clock showed them.
    #[must_use]
    pub fn local(&self) -> Option<NaiveDateTime> {
        Some(self.day.as_ref()?.value.and_time(self.time?))
    }

    /// The time of day as fine as it is written: `14:32`, `14:32:07`.
    #[must_use]
    pub fn clock_face(&self) -> Option<String> {
        let form = if self.precision == Precision::Second {
            "%H:%M:%S"
        } else {
            "%H:%M"
        };
        Some(self.time?.format(form).to_string())
    }

    /// The instant, where day, time and zone are all known.
    #[must_use]
    pub fn utc(&self) -> Option<DateTime<Utc>> {
        self.zone.as_ref()?.value.clock.instant_of(self.local()?)
    }
}

/// How fine a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// A day.
    Day,
    /// An hour, such as `3 pm`.
    Hour,
    /// A minute.
    Minute,
    /// A second.
    Second,
}

/// A part of a time with the place that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried<T> {
    /// The part.
    pub value: T,
    /// What kind of place says so.
    pub from: Origin,
    /// The place, where it is one in the text.
    pub span: Option<Span>,
}

/// Where a part of a time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// It stands there.
    Written,
    /// Day and month stand there; the year is that of the nearest such day to the one around it. So is the order of two
    /// numbers, where one order names a day of the incident and the other one a day far from it.
    NearestYear,
    /// A row before it.
    Row,
    /// The day after that of the row before it, since the time jumps back by more than half a day.
    PastMidnight,
    /// The header of its column.
    Header,
    /// A heading above it.
    Heading,
    /// A sentence about all times.
    Sentence,
    /// A field of the summary.
    Field,
    /// The title of the document.
    Title,
    /// The name of the file.
    FileName,
    /// The configuration.
    Configuration,
}

/// A zone as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneName {
    /// The words.
    pub text: String,
    /// What they mean.
    pub clock: Clock,
}

/// What the name of a zone means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Always this many seconds ahead of UTC.
    Fixed(i32),
    /// What clocks of a place show.
    Of(Zone),
    /// What clocks of a place show in one half of the year, such as `PST`. People write it in the other half as well, and
    /// then it does not say which hour is meant.
    Season {
        /// Seconds ahead of UTC.
        offset: i32,
        /// The place.
        place: Zone,
    },
    /// Several meanings, such as `CST`.
    Ambiguous,
}

impl Clock {
    /// The instant at which the clock shows `local`, where that is one.
    #[must_use]
    pub fn instant_of(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        let local = local.and_utc().timestamp();
        let unix = match self {
            Self::Fixed(offset) => local - i64::from(offset),
            Self::Of(place) => place.instant_of(local)?,
            Self::Season { offset, place } => {
                let unix = local - i64::from(offset);
                (place.offset_at(unix) == offset).then_some(unix)?
            }
            Self::Ambiguous => return None,
        };
        DateTime::from_timestamp(unix, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(month: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2024, month, 15)
            .and_then(|day| day.and_hms_opt(14, 32, 0))
            .expect("a time")
    }

    #[test]
    fn winter_time_in_summer_is_no_instant() {
        let place = "America/Los_Angeles".parse().expect("a zone");
        let offset = -8 * 3_600;
        let clock = Clock::Season { offset, place };
        let instant = clock
            .instant_of(local(1))
            .map(|instant| instant.to_rfc3339());
        assert_eq!(instant.as_deref(), Some("2024-01-15T22:32:00+00:00"));
        assert_eq!(clock.instant_of(local(7)), None);
        assert!(Clock::Of(place).instant_of(local(7)).is_some());
        assert_eq!(Clock::Ambiguous.instant_of(local(1)), None);
    }
}
