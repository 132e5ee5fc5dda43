//! Works out the day that words mean which name none: the end of a period, or a time from the incident on.

use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use regex::Regex;

use super::{Vocabulary, fold::fold};
use crate::model::item::Basis;

/// The day that `text` means and what it rests on. Of a period it is the last day, of several periods that of the
/// last; a time is counted from the day of the incident, and a day without a year is the first one since.
pub(super) fn day(
    text: &str,
    incident: Option<NaiveDate>,
    vocabulary: &Vocabulary,
) -> Option<(NaiveDate, Basis)> {
    let ends = [" - ", " – ", " — ", "–", " to ", "〜"].into_iter();
    let last = ends.filter_map(|dash| text.rfind(dash).map(|at| at + dash.len()));
    let last = &text[last.max().unwrap_or_default()..];
    if let Some(day) = period(last, vocabulary) {
        return Some((day, Basis::Period));
    }
    let from = incident?;
    let words = fold(text);
    let later = later(&words, from, vocabulary).map(|day| (day, Basis::Incident));
    later.or_else(|| of_no_year(&words, from, vocabulary).map(|day| (day, Basis::NoYear)))
}

/// Whether the words name a time that would be a day, if the incident had one.
pub(super) fn is_time(text: &str, vocabulary: &Vocabulary) -> bool {
    day(text, Some(NaiveDate::default()), vocabulary).is_some()
}

/// The last day of a quarter, half-year, month, week or year that the text names: `end of Q3 2026`, `KW 42 2026`.
fn period(text: &str, vocabulary: &Vocabulary) -> Option<NaiveDate> {
    static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?P<year>20[0-9]{2})(?:-|年\s*)(?P<month>[0-9]{1,2})(?:月[末中]?)?$").ok()
    });
    if let Some(found) = NUMBERS
        .as_ref()
        .and_then(|numbers| numbers.captures(text.trim()))
    {
        return end_of_month(found["year"].parse().ok()?, found["month"].parse().ok()?);
    }
    let folded = apart(&fold(text));
    let words = folded.split(' ');
    let words: Vec<&str> = words
        .skip_while(|word| vocabulary.listed("before-periods", word))
        .filter(|word| !vocabulary.listed("between-periods", word))
        .collect();
    let year = |word: &str| -> Option<i32> {
        let year = word.parse().ok()?;
        (word.len() == 4 && word.starts_with("20")).then_some(year)
    };
    let (year, rest) = match words.as_slice() {
        [rest @ .., last] if year(last).is_some() => (year(last)?, rest),
        [first, rest @ ..] => (year(first)?, rest),
        [] => return None,
    };
    match rest {
        ["q", number] => end_of_month(year, 3 * in_range(number, 4)?),
        ["h", number] => end_of_month(year, 6 * in_range(number, 2)?),
        [kind, number] if vocabulary.listed("calendar-weeks", kind) => {
            NaiveDate::from_isoywd_opt(year, in_range(number, 53)?, Weekday::Sun)
        }
        [name] => end_of_month(year, vocabulary.month(name)?),
        // "End of 2026"; a year alone may be anything.
        [] if folded.split(' ').count() > 1 => NaiveDate::from_ymd_opt(year, 12, 31),
        _ => None,
    }
}

/// The words with a blank between letters and digits: `q3` → `q 3`.
fn apart(words: &str) -> String {
    let mut text = String::with_capacity(words.len() + 4);
    let mut before = ' ';
    for c in words.chars() {
        if before.is_ascii_alphabetic() && c.is_ascii_digit()
            || before.is_ascii_digit() && c.is_alphabetic()
        {
            text.push(' ');
        }
        text.push(c);
        before = c;
    }
    text
}

fn in_range(number: &str, most: u32) -> Option<u32> {
    let number = number.parse().ok()?;
    (1..=most).contains(&number).then_some(number)
}

fn end_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    first.checked_add_months(Months::new(1))?.pred_opt()
}

/// `in 2 weeks`, `+7d`, `within 30 days after the incident`, `2週間以内`
fn later(words: &str, from: NaiveDate, vocabulary: &Vocabulary) -> Option<NaiveDate> {
    let apart = apart(words);
    let mut words = apart
        .split(' ')
        .skip_while(|word| vocabulary.listed("before-spans", word));
    let number = words
        .next()?
        .parse::<u32>()
        .ok()
        .filter(|number| *number < 1000)?;
    let unit = words.next()?;
    let mut behind = words.peekable();
    if behind.peek().is_some() && !behind.all(|word| vocabulary.listed("behind-spans", word)) {
        return None;
    }
    if vocabulary.listed("days", unit) {
        from.checked_add_days(Days::new(number.into()))
    } else if vocabulary.listed("weeks", unit) {
        from.checked_add_days(Days::new(7 * u64::from(number)))
    } else if vocabulary.listed("months", unit) {
        from.checked_add_months(Months::new(number))
    } else {
        None
    }
}

/// `5 March`, `Mar 5th`, `3月5日`: the first such day that is not before `from`.
fn of_no_year(words: &str, from: NaiveDate, vocabulary: &Vocabulary) -> Option<NaiveDate> {
    static WIDE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日$").ok());
    let (month, day) = if let Some(found) = WIDE.as_ref().and_then(|wide| wide.captures(words)) {
        (found["month"].parse().ok()?, found["day"].parse().ok()?)
    } else {
        let words = words.split(' ');
        let words: Vec<&str> = words
            .filter(|word| !vocabulary.listed("between-periods", word))
            .collect();
        let [first, second] = words.as_slice() else {
            return None;
        };
        let number = |word: &str| -> Option<u32> {
            let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let ending = &word[digits.len()..];
            let known = ["", "st", "nd", "rd", "th", "er"].contains(&ending);
            known.then(|| digits.parse().ok()).flatten()
        };
        match (vocabulary.month(first), vocabulary.month(second)) {
            (Some(month), None) => (month, number(second)?),
            (None, Some(month)) => (month, number(first)?),
            _ => return None,
        }
    };
    (from.year()..from.year() + 8)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .find(|day| *day >= from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::config::Config;

    /// What the text means for an incident of 15 January 2026.
    fn meant(text: &str) -> Option<(String, Basis)> {
        let vocabulary = Vocabulary::new(&Config::default());
        let incident = NaiveDate::from_ymd_opt(2026, 1, 15);
        day(text, incident, &vocabulary).map(|(day, basis)| (day.to_string(), basis))
    }

    #[test]
    fn a_period_ends_on_its_last_day() {
        for (text, last) in [
            ("Q3 2026", "2026-09-30"),
            ("end of Q3 2026", "2026-09-30"),
            ("2026-Q1", "2026-03-31"),
            ("Q4 2025 - Q1 2026", "2026-03-31"),
            ("H1 2026", "2026-06-30"),
            ("October 2026", "2026-10-31"),
            ("Ende Februar 2028", "2028-02-29"),
            ("fin de março de 2026", "2026-03-31"),
            ("2026-04", "2026-04-30"),
            ("2026年10月末", "2026-10-31"),
            ("KW 42 2026", "2026-10-18"),
            ("KW42/2026", "2026-10-18"),
            ("2026-W42", "2026-10-18"),
            ("end of 2026", "2026-12-31"),
        ] {
            assert_eq!(meant(text), Some((last.into(), Basis::Period)), "{text}");
        }
    }

    #[test]
    fn a_time_is_counted_from_the_incident() {
        for (text, day) in [
            ("in 2 weeks", "2026-01-29"),
            ("+7d", "2026-01-22"),
            ("2w", "2026-01-29"),
            ("Next 2 Weeks", "2026-01-29"),
            ("within 30 days", "2026-02-14"),
            ("2 weeks after the incident", "2026-01-29"),
            ("in 3 Monaten", "2026-04-15"),
            ("dans 10 jours", "2026-01-25"),
            ("en 2 semanas", "2026-01-29"),
            ("2週間以内", "2026-01-29"),
            ("2周内", "2026-01-29"),
        ] {
            assert_eq!(meant(text), Some((day.into(), Basis::Incident)), "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_is_the_first_since_the_incident() {
        for (text, day) in [
            ("March 5", "2026-03-05"),
            ("5th of March", "2026-03-05"),
            ("10. Januar", "2027-01-10"),
            ("15 de enero", "2026-01-15"),
            ("3月5日", "2026-03-05"),
            ("Feb 29", "2028-02-29"),
        ] {
            assert_eq!(meant(text), Some((day.into(), Basis::NoYear)), "{text}");
        }
    }

    #[test]
    fn what_names_no_day_stays_words() {
        for text in [
            "soon",
            "next sprint",
            "this week",
            "Q3",
            "2026",
            "Q5 2026",
            "early October 2026",
            "KW 54 2026",
            "2 weeks of work",
            "sprint 4",
            "May",
            "5",
            "2026-13",
            "",
            "in 2 people",
        ] {
            assert_eq!(meant(text), None, "{text}");
        }
        let vocabulary = Vocabulary::new(&Config::default());
        assert_eq!(day("in 2 weeks", None, &vocabulary), None);
    }
}
