//! Reads dates as people write them. Only what names one day is a date; nothing is guessed.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::{Captures, Regex};

use super::{Vocabulary, fold::fold};
use crate::model::{config::DateOrder, item::Due};

/// A date found in a text, and where.
pub(super) struct Found {
    pub(super) due: Due,
    pub(super) start: usize,
    pub(super) end: usize,
}

const TIME: &str = r"(?i-u:[T ]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?)?";

/// Every written form of a date. The names of the groups say what they hold.
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // Letters, and signs outside of ASCII that no month has: the class of all letters takes long to prepare.
    let month = r"[^\x00-@\[-`{-\x7f]{3,10}\.?";
    let forms = [
        format!(r"(?P<iy>[0-9]{{4}})[-./](?P<im>[0-9]{{1,2}})[-./](?P<id>[0-9]{{1,2}}){TIME}"),
        r"(?P<jy>[0-9]{4})\s*年\s*(?P<jm>[0-9]{1,2})\s*月\s*(?P<jd>[0-9]{1,2})\s*日".to_owned(),
        r"(?P<gd>[0-9]{1,2})\.\s?(?P<gm>[0-9]{1,2})\.\s?(?P<gy>[0-9]{4})".to_owned(),
        r"(?P<a>[0-9]{1,2})[/-](?P<b>[0-9]{1,2})[/-](?P<sy>[0-9]{4})".to_owned(),
        format!(
            r"(?P<dd>[0-9]{{1,2}})(?:(?i-u:st|nd|rd|th|er)|\.|º|ª)?[ -](?i-u:de |of )?(?P<dm>{month})(?i-u: de|,)?[ -](?P<dy>[0-9]{{4}})"
        ),
        format!(r"(?P<mm>{month}) (?P<md>[0-9]{{1,2}})(?i-u:st|nd|rd|th)?,? (?P<my>[0-9]{{4}})"),
    ];
    Regex::new(&forms.join("|")).ok()
});

/// The date that the whole text is, a weekday and the time of day aside.
pub(super) fn whole(text: &str, vocabulary: &Vocabulary) -> Option<Due> {
    let text = text.trim();
    let found = first(text, vocabulary)?;
    let before = text[..found.start].trim().trim_end_matches(',');
    let weekday = before.is_empty()
        || before.chars().all(char::is_alphabetic) && before.chars().count() <= 10;
    (weekday && text[found.end..].trim().is_empty() && !is_loose_word(before, vocabulary))
        .then_some(found.due)
}

/// Words before a date that change what it means ("before 2024-02-01") are no weekday.
fn is_loose_word(word: &str, vocabulary: &Vocabulary) -> bool {
    const WEEKDAYS: &[&str] = &[
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mar", "mer", "jeu", "ven", "sam",
        "dim", "mie", "jue", "vie", "sab", "dom", "mo", "di", "mi", "do", "fr", "sa", "so", "die",
        "mit", "don", "fre", "seg", "ter", "qua", "qui", "sex",
    ];
    let lower = fold(word);
    let loose =
        vocabulary.listed("loose-due-marks", &lower) || vocabulary.listed("due-marks", &lower);
    !lower.is_empty() && !loose && !WEEKDAYS.iter().any(|day| lower.starts_with(day))
}

/// Whether the text has four digits in a row, as every form of a date has.
pub(super) fn has_year(text: &str) -> bool {
    let mut digits = 0;
    text.bytes().any(|byte| {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        digits == 4
    })
}

/// The first date in a text. Numbers that no calendar knows are [`Due::Unreadable`].
pub(super) fn first(text: &str, vocabulary: &Vocabulary) -> Option<Found> {
    // The pattern looks at every word, and most texts have no year.
    let pattern = DATE.as_ref().filter(|_| has_year(text))?;
    let mut from = 0;
    while let Some(captures) = pattern.captures_at(text, from) {
        let whole = captures.get(0)?;
        let bordered = !text[..whole.start()].ends_with(|c: char| c.is_ascii_alphanumeric())
            && !text[whole.end()..].starts_with(|c: char| c.is_ascii_digit());
        if bordered && let Some(due) = read(&captures, vocabulary) {
            return Some(Found {
                due,
                start: whole.start(),
                end: whole.end(),
            });
        }
        let step = text[whole.start()..]
            .chars()
            .next()
            .map_or(1, char::len_utf8);
        from = whole.start() + step;
    }
    None
}

/// The day of a match; nothing where a word in the place of a month is none.
fn read(captures: &Captures<'_>, vocabulary: &Vocabulary) -> Option<Due> {
    let number = |name: &str| {
        captures
            .name(name)
            .and_then(|group| group.as_str().parse::<u32>().ok())
    };
    let word = |name: &str| {
        captures
            .name(name)
            .map(|group| vocabulary.month(group.as_str()))
    };
    for (year, month, day) in [("iy", "im", "id"), ("jy", "jm", "jd"), ("gy", "gm", "gd")] {
        if let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) {
            return Some(on(year, month, day));
        }
    }
    if let (Some(year), Some(a), Some(b)) = (number("sy"), number("a"), number("b")) {
        return Some(slashed(year, a, b, vocabulary.date_order));
    }
    for (year, month, day) in [("dy", "dm", "dd"), ("my", "mm", "md")] {
        if let (Some(year), Some(month), Some(day)) = (number(year), word(month), number(day)) {
            return month.map(|month| on(year, month, day));
        }
    }
    None
}

pub(super) fn on(year: u32, month: u32, day: u32) -> Due {
    i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .map_or(Due::Unreadable, Due::On)
}

/// `03/04/2024` is two days unless the order is configured or one number is no month.
pub(super) fn slashed(year: u32, a: u32, b: u32, order: Option<DateOrder>) -> Due {
    match (order, on(year, b, a), on(year, a, b)) {
        (Some(DateOrder::DayFirst), day_first, _) => day_first,
        (Some(DateOrder::MonthFirst), _, month_first) => month_first,
        (None, Due::On(day_first), Due::On(month_first)) if day_first == month_first => {
            Due::On(day_first)
        }
        (None, Due::On(day_first), Due::On(month_first)) => Due::Ambiguous {
            day_first,
            month_first,
        },
        (None, Due::On(date), _) | (None, _, Due::On(date)) => Due::On(date),
        _ => Due::Unreadable,
    }
}

/// The first readable day in a text such as a title or a file's name (`20240201T1000Z` included).
pub(super) fn day_in(text: &str, vocabulary: &Vocabulary) -> Option<NaiveDate> {
    static COMPACT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:^|[^0-9])((?:19|20)[0-9]{2})[-_]?([0-9]{2})[-_]?([0-9]{2})(?:[^0-9]|$)")
            .ok()
    });
    let mut rest = text;
    while let Some(found) = first(rest, vocabulary) {
        if let Due::On(date) = found.due {
            return Some(date);
        }
        rest = &rest[found.end..];
    }
    let pattern = COMPACT.as_ref().filter(|_| has_year(text))?;
    let captures = pattern.captures(text)?;
    let part = |index: usize| {
        captures
            .get(index)
            .and_then(|group| group.as_str().parse().ok())
    };
    match (part(1), part(2), part(3)) {
        (Some(year), Some(month), Some(day)) => on(year, month, day).date(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::config::Config;

    fn vocabulary() -> Vocabulary {
        Vocabulary::new(&Config::default())
    }

    fn first_of_february() -> Option<Due> {
        NaiveDate::from_ymd_opt(2024, 2, 1).map(Due::On)
    }

    #[test]
    fn full_dates_are_read_in_every_usual_form() {
        let vocabulary = vocabulary();
        for text in [
            "2024-02-01",
            "2024/02/01",
            "2024.2.1",
            "Feb 1, 2024",
            "Feb. 1st, 2024",
            "February 1 2024",
            "1 February 2024",
            "1st Feb 2024",
            "1-Feb-2024",
            "Thu, 1 Feb 2024",
            "2024年2月1日",
            "01.02.2024",
            "1. Februar 2024",
            "1er février 2024",
            "1 de febrero de 2024",
            "1 de fevereiro de 2024",
            "2024-02-01T10:00:00Z",
            "2024-02-01 10:00 UTC",
        ] {
            assert_eq!(whole(text, &vocabulary), first_of_february(), "{text}");
        }
    }

    #[test]
    fn an_ambiguous_date_is_never_guessed() {
        let vocabulary = vocabulary();
        assert!(matches!(
            whole("03/04/2024", &vocabulary),
            Some(Due::Ambiguous { .. })
        ));
        assert_eq!(
            whole("31/12/2024", &vocabulary),
            NaiveDate::from_ymd_opt(2024, 12, 31).map(Due::On)
        );
        let mut config = Config::default();
        config.reading.date_order = Some(DateOrder::MonthFirst);
        let ordered = Vocabulary::new(&config);
        assert_eq!(
            whole("03/04/2024", &ordered),
            NaiveDate::from_ymd_opt(2024, 3, 4).map(Due::On)
        );
    }

    #[test]
    fn words_and_impossible_days_are_no_dates() {
        let vocabulary = vocabulary();
        for text in [
            "next sprint",
            "Q4 2025",
            "2024-02",
            "01/02/24",
            "after 2024-02-01",
            "2024-02-01 and on",
        ] {
            assert_eq!(whole(text, &vocabulary), None, "{text}");
        }
        assert_eq!(whole("2024-02-30", &vocabulary), Some(Due::Unreadable));
    }

    #[test]
    fn a_day_is_found_in_names_of_files() {
        let vocabulary = vocabulary();
        let day = first_of_february().and_then(|due| due.date());
        assert_eq!(day_in("incidents/2024-02-01-outage.md", &vocabulary), day);
        assert_eq!(day_in("INCIDENT-20240201T002835Z.md", &vocabulary), day);
        assert_eq!(day_in("PM-2026-053-x.md", &vocabulary), None);
    }
}
