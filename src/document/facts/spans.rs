//! Reads the second time of a stamp that is a span: `14:32 – 15:10`, `11-20 September`.

use chrono::Datelike as _;

use super::{
    days::{self, Day},
    pieces::Reading,
    stamp::Point,
    times::{self, Read},
};

impl Reading<'_, '_> {
    /// The second time of a span.
    pub(super) fn until(&mut self) -> bool {
        if self.stamp.end.is_some() || !self.stamp.is_something() || self.stamp.is_unknown {
            return false;
        }
        let before = self.scan.clone();
        if self
            .scan
            .one_of(&['-', '–', '—', '−', '→', '〜', '～', '~', '至', '到'])
            .is_some()
        {
            self.scan.one_of(&['>']);
        } else if let Some(length) = self.vocabulary.begins_with("range-words", self.scan.rest()) {
            self.scan.skip(length);
        } else {
            return false;
        }
        self.scan.blanks();
        let is_about = self.scan.one_of(&['~', '≈']).is_some();
        let mut end = Point::default();
        let weekday = self.vocabulary.begins_with("weekdays", self.scan.rest());
        if let Some(length) = weekday {
            self.scan.skip(length);
            self.gap();
        }
        if let Some((length, day)) = days::leading(self.scan.rest(), self.vocabulary) {
            self.scan.skip(length);
            end.day = Some(day);
            self.scan.one_of(&['T']);
            self.gap();
            if let Some(length) = self.vocabulary.begins_with("time-joins", self.scan.rest()) {
                self.scan.skip(length);
                self.scan.blanks();
            }
        }
        let day_end = self.scan.at();
        match times::leading(self.scan.rest(), self.vocabulary) {
            Some((length, Read::Time(time))) => {
                self.scan.skip(length);
                end.time = Some(time);
            }
            Some((length, _)) => {
                // An end that nobody knows leaves the start as it is.
                self.scan.skip(length);
            }
            None if end.day.is_some() => self.scan.back_to(day_end),
            None if self.days_of_one_month(&mut end) => {}
            None => {
                self.scan = before;
                return false;
            }
        }
        let is_point = end
            .day
            .is_some_and(|day| !matches!(day, Day::Bare(_)) || end.time.is_some())
            || end.time.is_some();
        if is_point {
            self.stamp.end = Some(end);
        }
        self.stamp.is_about |= is_about;
        self.keep();
        true
    }

    /// `10-11 March 2026`: the first day before the second one, which names the month.
    pub(super) fn days(&mut self) -> bool {
        if self.stamp.is_something() {
            return false;
        }
        let mut scan = self.scan.clone();
        let Some((first, 1 | 2)) = scan.number() else {
            return false;
        };
        scan.blanks();
        if scan.one_of(&['-', '–', '—', '〜', '～']).is_none() {
            return false;
        }
        scan.blanks();
        let Some((length, Day::Full(last))) = days::leading(scan.rest(), self.vocabulary) else {
            return false;
        };
        // `10-11-2026` is one day.
        if !scan.rest()[..length].contains(char::is_alphabetic) {
            return false;
        }
        let Some(first) = last.with_day(first).filter(|first| *first < last) else {
            return false;
        };
        scan.skip(length);
        self.scan = scan;
        self.stamp.start.day = Some(Day::Full(first));
        self.stamp.end = Some(Point {
            day: Some(Day::Full(last)),
            time: None,
        });
        self.keep();
        true
    }

    /// `September 11-20, 2025`: the second day of the same month.
    fn days_of_one_month(&mut self, end: &mut Point) -> bool {
        let Some(Day::OfYear { month, .. }) = self.stamp.start.day else {
            return false;
        };
        let mut scan = self.scan.clone();
        let Some((last, 1 | 2)) = scan.number() else {
            return false;
        };
        if self.stamp.has_time()
            || scan
                .rest()
                .starts_with(|c: char| c.is_alphanumeric() || c == ':')
        {
            return false;
        }
        let year = days::with_year(&mut scan, month, last);
        if let (Day::Full(day), Some(Day::OfYear { day: first, .. })) = (year, self.stamp.start.day)
        {
            self.stamp.start.day = day.with_day(first).map(Day::Full);
        }
        end.day = Some(year);
        self.scan = scan;
        true
    }
}
