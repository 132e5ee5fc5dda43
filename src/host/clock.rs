//! The only place that reads the clock.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::model::config::Zone;

/// The day that it is in `zone`.
#[must_use]
pub fn today(zone: Zone) -> NaiveDate {
    day_of(Utc::now(), zone)
}

/// The day on which `instant` falls in `zone`.
#[must_use]
pub fn day_of(instant: DateTime<Utc>, zone: Zone) -> NaiveDate {
    let ahead = TimeDelta::seconds(zone.offset_at(instant.timestamp()).into());
    (instant + ahead).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_instant_is_two_days_in_two_zones() {
        let instant: DateTime<Utc> = "2024-02-29T23:30:00Z".parse().expect("a date");
        let day = |zone: &str| day_of(instant, zone.parse().expect("a zone")).to_string();
        assert_eq!(day("UTC"), "2024-02-29");
        assert_eq!(day("Europe/Berlin"), "2024-03-01");
        assert_eq!(day("Pacific/Auckland"), "2024-03-01");
    }

    #[test]
    fn summer_time_counts() {
        for (instant, wanted) in [
            ("2024-07-01T22:30:00Z", "2024-07-02"),
            ("2024-01-01T22:30:00Z", "2024-01-01"),
            ("2060-07-01T22:30:00Z", "2060-07-02"),
        ] {
            let instant: DateTime<Utc> = instant.parse().expect("a date");
            let zone = "Europe/Berlin".parse().expect("a zone");
            assert_eq!(day_of(instant, zone).to_string(), wanted);
        }
    }
}
