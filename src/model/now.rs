//! What counts as now, and which day that is.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::config::Zone;

/// What counts as now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// A day, whatever the zone.
    Day(NaiveDate),
    /// An instant, which is a day only in a zone.
    Instant(DateTime<Utc>),
}

impl Now {
    /// The day that it is in `zone`.
    #[must_use]
    pub fn day(self, zone: Zone) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Instant(instant) => {
                let ahead = TimeDelta::seconds(zone.offset_at(instant.timestamp()).into());
                (instant + ahead).date_naive()
            }
        }
    }
}

impl FromStr for Now {
    type Err = &'static str;

    /// Reads `YYYY-MM-DD`, or an instant as RFC 3339 writes it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day = text.parse().map(Self::Day);
        day.or_else(|_| text.parse().map(Self::Instant)).map_err(|_| {
            "write a day as YYYY-MM-DD, such as 2024-02-29, or an instant such as 2024-02-29T23:30:00Z"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_instant_is_two_days_in_two_zones_and_a_day_is_the_same_in_all() {
        let day = |now: &str, zone: &str| {
            let zone: Zone = zone.parse().expect("a zone");
            now.parse::<Now>().expect("a time").day(zone).to_string()
        };
        let instant = "2024-02-29T23:30:00Z";
        assert_eq!(day(instant, "UTC"), "2024-02-29");
        assert_eq!(day(instant, "Europe/Berlin"), "2024-03-01");
        assert_eq!(day("2024-03-01T00:30:00+01:00", "UTC"), "2024-02-29");
        assert_eq!(day("2024-07-01T22:30:00Z", "Europe/Berlin"), "2024-07-02");
        assert_eq!(day("2024-01-01T22:30:00Z", "Europe/Berlin"), "2024-01-01");
        assert_eq!(day("2060-07-01T22:30:00Z", "Europe/Berlin"), "2060-07-02");
        assert_eq!(day("2024-02-29", "Pacific/Kiritimati"), "2024-02-29");
        assert_eq!(day("2024-02-29", "Pacific/Pago_Pago"), "2024-02-29");
    }

    #[test]
    fn what_is_neither_day_nor_instant_is_refused() {
        for text in [
            "",
            "tomorrow",
            "2024-02-30",
            "29.02.2024",
            "2024-02-29T23:30",
        ] {
            assert!(text.parse::<Now>().is_err(), "{text}");
        }
    }
}
