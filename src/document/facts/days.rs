//! Reads the day with which a text begins, with or without its year.

use chrono::NaiveDate;

use super::scanner::Scanner;
use crate::{
    document::{Vocabulary, dates},
    model::{config::DateOrder, item::Due},
};

/// A day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// With its year.
    Full(NaiveDate),
    /// Month and day.
    OfYear { month: u32, day: u32 },
    /// Two numbers such as `1/15`, which are a day only where a time stands beside them: month and day for each order
    /// of the two that makes a day.
    Bare([Option<(u32, u32)>; 2]),
    /// No day of any calendar, or two of them.
    Unreadable,
}

/// The day with which the text begins, and its length.
pub(super) fn leading(text: &str, vocabulary: &Vocabulary) -> Option<(usize, Day)> {
    let mut scan = Scanner::new(text);
    let day = match scan.peek()? {
        '0'..='9' => numeric(&mut scan, vocabulary),
        c if c.is_alphabetic() => month_first(&mut scan, vocabulary),
        _ => None,
    }?;
    let ends = !scan.rest().starts_with(|c: char| c.is_ascii_digit());
    ends.then_some((scan.at(), day))
}

fn numeric(scan: &mut Scanner<'_>, vocabulary: &Vocabulary) -> Option<Day> {
    let (first, digits) = scan.number()?;
    if digits == 4 {
        return if let Some(separator) = scan.one_of(&['-', '/', '.']) {
            let (month, _) = scan.number().filter(|(_, digits)| *digits <= 2)?;
            scan.one_of(&[separator])?;
            let (day, _) = scan.number().filter(|(_, digits)| *digits <= 2)?;
            Some(full(first, month, day))
        } else {
            scan.blanks();
            scan.one_of(&['年'])?;
            scan.blanks();
            let (month, day) = wide(scan)?;
            Some(full(first, month, day))
        };
    }
    if digits > 2 {
        return None;
    }
    if scan.rest().starts_with('月') {
        let day = wide_day(scan)?;
        return Some(Day::OfYear { month: first, day });
    }
    let behind = scan.at();
    if let Some(separator) = scan.one_of(&['/', '-', '.'])
        && let Some((second, digits)) = scan.number()
    {
        if digits > 2 {
            return None;
        }
        let before = scan.at();
        let year = scan
            .one_of(&[separator])
            .and_then(|_| scan.number())
            .filter(|(_, digits)| *digits == 4);
        return Some(match year {
            Some((year, _)) if separator == '.' => full(year, second, first),
            Some((year, _)) => of(&dates::slashed(year, first, second, vocabulary.date_order)),
            // `9.05` is a time, and `15.01.` a day with a full stop.
            None if separator == '.'
                && scan.at() > before
                && scan.text()[before..].starts_with(". ") =>
            {
                scan.back_to(before + 1);
                Day::Bare([Some((second, first)), None])
            }
            None if separator == '.' => return None,
            None => {
                scan.back_to(before);
                bare(first, second, vocabulary.date_order)
            }
        });
    }
    scan.back_to(behind);
    day_first(scan, first, vocabulary)
}

/// `1月15日`
fn wide(scan: &mut Scanner<'_>) -> Option<(u32, u32)> {
    let (month, _) = scan.number()?;
    Some((month, wide_day(scan)?))
}

/// `月15日`
fn wide_day(scan: &mut Scanner<'_>) -> Option<u32> {
    scan.blanks();
    scan.one_of(&['月'])?;
    scan.blanks();
    let (day, _) = scan.number()?;
    scan.blanks();
    scan.one_of(&['日', '号'])?;
    Some(day)
}

/// `15 January 2024`, `15th of January`, `15. Januar`, `15-Jan-2024`; the number is read already.
fn day_first(scan: &mut Scanner<'_>, day: u32, vocabulary: &Vocabulary) -> Option<Day> {
    for ordinal in ["st", "nd", "rd", "th", "er", "º", "ª", "."] {
        if scan.text_ahead(ordinal) {
            break;
        }
    }
    let dashed = scan.one_of(&['-']).is_some();
    scan.blanks();
    for joining in ["of ", "de "] {
        if scan.text_ahead(joining) {
            break;
        }
    }
    let month = scan.word().and_then(|word| vocabulary.month(word))?;
    if dashed {
        scan.one_of(&['-']);
    }
    Some(with_year(scan, month, day))
}

/// `January 15, 2024`, `Jan. 15th`
fn month_first(scan: &mut Scanner<'_>, vocabulary: &Vocabulary) -> Option<Day> {
    let month = scan.word().and_then(|word| vocabulary.month(word))?;
    scan.one_of(&['.']);
    scan.blanks();
    let (day, _) = scan.number().filter(|(_, digits)| *digits <= 2)?;
    if scan.rest().starts_with(':') && scan.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    for ordinal in ["st", "nd", "rd", "th"] {
        if scan.text_ahead(ordinal) {
            break;
        }
    }
    Some(with_year(scan, month, day))
}

/// Takes a year where one stands next: four digits behind a blank or comma, that are no time.
pub(super) fn with_year(scan: &mut Scanner<'_>, month: u32, day: u32) -> Day {
    let before = scan.at();
    scan.blanks();
    scan.one_of(&[',', '.']);
    scan.blanks();
    scan.text_ahead("de ");
    let year = scan.number().filter(|(year, digits)| {
        *digits == 4
            && (1970..2200).contains(year)
            && !scan.rest().starts_with(|c: char| c.is_alphanumeric())
    });
    if let Some((year, _)) = year {
        return full(year, month, day);
    }
    scan.back_to(before);
    if is_possible(month, day) {
        Day::OfYear { month, day }
    } else {
        Day::Unreadable
    }
}

fn full(year: u32, month: u32, day: u32) -> Day {
    of(&dates::on(year, month, day))
}

fn of(due: &Due) -> Day {
    due.date().map_or(Day::Unreadable, Day::Full)
}

fn bare(a: u32, b: u32, order: Option<DateOrder>) -> Day {
    let day = |month, day| is_possible(month, day).then_some((month, day));
    Day::Bare(match (order, day(b, a), day(a, b)) {
        (Some(DateOrder::DayFirst), read, _)
        | (Some(DateOrder::MonthFirst), _, read)
        | (None, read, None)
        | (None, None, read) => [read, None],
        (None, one, other) => [one, other.filter(|_| one != other)],
    })
}

fn is_possible(month: u32, day: u32) -> bool {
    // A leap year has all days.
    NaiveDate::from_ymd_opt(2024, month, day).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::config::Config;

    fn read(text: &str) -> Option<(Day, String)> {
        let vocabulary = Vocabulary::new(&Config::default());
        let (length, day) = leading(text, &vocabulary)?;
        Some((day, text[length..].to_owned()))
    }

    #[test]
    fn a_day_is_read_in_every_usual_form() {
        let full = NaiveDate::from_ymd_opt(2024, 1, 15).map(Day::Full);
        for text in [
            "2024-01-15",
            "2024/1/15",
            "15.01.2024",
            "15-01-2024",
            "15/01/2024",
            "15 January 2024",
            "15th of January, 2024",
            "15-Jan-2024",
            "15. Januar 2024",
            "15 de enero de 2024",
            "Jan 15, 2024",
            "January 15th 2024",
            "Jan. 15 2024",
            "2024年1月15日",
        ] {
            assert_eq!(read(text).map(|(day, _)| day), full, "{text}");
        }
    }

    #[test]
    fn the_year_may_be_missing_and_a_time_follow() {
        let day = Day::OfYear { month: 1, day: 15 };
        for text in [
            "Jan 15 20:24",
            "15 Jan 20:24",
            "15th January 20:24",
            "1月15日 20:24",
        ] {
            assert_eq!(read(text), Some((day, " 20:24".to_owned())), "{text}");
        }
    }

    #[test]
    fn what_could_be_two_days_or_none_is_not_read() {
        assert_eq!(
            read("03/04/2024").map(|(day, _)| day),
            Some(Day::Unreadable)
        );
        assert_eq!(
            read("2024-13-01").map(|(day, _)| day),
            Some(Day::Unreadable)
        );
        for text in [
            "14:32",
            "5 pods",
            "9.05",
            "May be",
            "12:30 Jan",
            "1.5 hours",
            "10 minutes",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
