//! The only place that reads the clock.

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::config::Zone;

/// The day that it is in `zone`.
#[must_use]
pub fn today(zone: Zone) -> NaiveDate {
    day_of(Utc::now(), zone)
}

/// The day on which `instant` falls in `zone`.
#[must_use]
pub fn day_of(instant: DateTime<Utc>, zone: Zone) -> NaiveDate {
    instant.with_timezone(&zone.0).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_instant_is_two_days_in_two_zones() {
        let instant: DateTime<Utc> = "2024-02-29T23:30:00Z".parse().expect("a date");
        let day = |zone: &str| day_of(instant, Zone(zone.parse().expect("a zone"))).to_string();
        assert_eq!(day("UTC"), "2024-02-29");
        assert_eq!(day("Europe/Berlin"), "2024-03-01");
        assert_eq!(day("Pacific/Auckland"), "2024-03-01");
    }
}
