//! Reads the time of day with which a text begins.

use chrono::NaiveTime;

use super::scanner::Scanner;
use crate::{document::Vocabulary, model::moment::Precision};

/// A time of day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) value: NaiveTime,
    pub(super) precision: Precision,
    /// Whether it names the half of the day, or needs none.
    pub(super) half: Half,
}

/// The half of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    /// It is said, or the hour can only be of one.
    Known,
    /// An hour from 1 to 12 without it: as it stands, or half a day later where times around it name their halves.
    Open,
    /// It is said by the letters that are only needed where hours go to 12.
    Said,
}

/// What stands where a time of day begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    Time(Time),
    /// `--:--`, `2X:XX`
    Unknown,
    /// `25:00`
    Unreadable,
}

/// The time of day with which the text begins, and its length.
pub(super) fn leading(text: &str, vocabulary: &Vocabulary) -> Option<(usize, Read)> {
    if let Some(length) = unknown(text) {
        return Some((length, Read::Unknown));
    }
    let mut scan = Scanner::new(text);
    let before = vocabulary.half_day(scan.rest()).map(|(length, half)| {
        scan.skip(length);
        scan.blanks();
        half
    });
    let (hour, digits) = scan.number().filter(|(_, digits)| *digits <= 4)?;
    let written = if digits == 4 {
        military(&scan, hour, vocabulary)?
    } else if digits > 2 {
        return None;
    } else {
        parts(&mut scan, hour, vocabulary, before.is_some())?
    };
    let end = scan.at();
    scan.blanks();
    let behind = vocabulary.half_day(scan.rest());
    if let Some((length, _)) = behind.filter(|_| before.is_none() && digits <= 2) {
        scan.skip(length);
    } else {
        scan.back_to(end);
        if written.precision > Precision::Hour && digits <= 2 {
            hour_word(&mut scan, vocabulary);
        }
    }
    let half = before.or(behind.map(|(_, half)| half).filter(|_| digits <= 2));
    let ends = !scan
        .rest()
        .starts_with(|c: char| c.is_ascii_digit() || c == '%');
    ends.then(|| (scan.at(), written.on_clock(half)))
}

struct Written {
    hour: u32,
    minute: u32,
    second: u32,
    precision: Precision,
}

impl Written {
    fn on_clock(&self, half: Option<bool>) -> Read {
        let hour = match half {
            Some(_) if !(1..=12).contains(&self.hour) && self.hour < 13 => None,
            // `14:32 PM` is said twice.
            Some(is_late) if self.hour <= 12 => Some(self.hour % 12 + if is_late { 12 } else { 0 }),
            _ => Some(self.hour),
        };
        let value = hour.and_then(|hour| NaiveTime::from_hms_opt(hour, self.minute, self.second));
        value.map_or(Read::Unreadable, |value| {
            Read::Time(Time {
                value,
                precision: self.precision,
                half: match half {
                    Some(_) => Half::Said,
                    None if (1..=12).contains(&self.hour) => Half::Open,
                    None => Half::Known,
                },
            })
        })
    }
}

/// The rest of a time behind the digits of its hour.
fn parts(
    scan: &mut Scanner<'_>,
    hour: u32,
    vocabulary: &Vocabulary,
    has_half: bool,
) -> Option<Written> {
    let mut written = Written {
        hour,
        minute: 0,
        second: 0,
        precision: Precision::Hour,
    };
    let before = scan.at();
    if let Some(sign) = scan.one_of(&[':', '：', '.', 'h', 'H', '時', '时', '点', '點']) {
        let is_wide = matches!(sign, '時' | '时' | '点' | '點');
        match scan.number() {
            Some((minute, digits)) if digits == 2 || is_wide && digits == 1 => {
                written.minute = minute;
                written.precision = Precision::Minute;
            }
            // Minutes of three digits are a slip, but `1.500` is a number.
            Some((_, 3)) if matches!(sign, ':' | '：') => written.minute = 60,
            None if is_wide => return Some(written),
            None if matches!(sign, 'h' | 'H')
                && !scan.rest().starts_with(|c: char| c.is_alphabetic()) =>
            {
                return Some(written);
            }
            _ => {
                scan.back_to(before);
                return hour_alone(scan, written, vocabulary, has_half);
            }
        }
        if is_wide {
            scan.one_of(&['分']);
        }
        seconds(scan, sign, &mut written);
        return Some(written);
    }
    hour_alone(scan, written, vocabulary, has_half)
}

/// `:05`, `:05.123`
fn seconds(scan: &mut Scanner<'_>, sign: char, written: &mut Written) {
    let before = scan.at();
    if scan.one_of(&[sign]).is_none() {
        return;
    }
    match scan.number() {
        Some((second, 2)) => {
            written.second = second;
            written.precision = Precision::Second;
            let before = scan.at();
            if scan.one_of(&['.', ',']).is_none() || scan.number().is_none() {
                scan.back_to(before);
            }
        }
        _ => scan.back_to(before),
    }
}

/// `3 pm`, `15 Uhr`
fn hour_alone(
    scan: &mut Scanner<'_>,
    written: Written,
    vocabulary: &Vocabulary,
    has_half: bool,
) -> Option<Written> {
    let before = scan.at();
    scan.blanks();
    let is_hour = has_half || vocabulary.half_day(scan.rest()).is_some();
    scan.back_to(before);
    (is_hour || hour_word(scan, vocabulary)).then_some(written)
}

/// Takes the word behind an hour, where one stands there.
fn hour_word(scan: &mut Scanner<'_>, vocabulary: &Vocabulary) -> bool {
    let before = scan.at();
    scan.blanks();
    if let Some(length) = vocabulary.begins_with("hour-words", scan.rest()) {
        scan.skip(length);
        return true;
    }
    scan.back_to(before);
    false
}

/// `1432 UTC`, `1432h`: four digits are a time where a zone or an hour word says so.
fn military(scan: &Scanner<'_>, digits: u32, vocabulary: &Vocabulary) -> Option<Written> {
    let rest = scan.rest();
    let bare = rest.trim_start();
    let zone = super::zones::leading(bare, vocabulary);
    let is_time = zone.is_some() && !bare.starts_with(['+', '-', '−'])
        || vocabulary.begins_with("hour-words", bare).is_some();
    is_time.then_some(Written {
        hour: digits / 100,
        minute: digits % 100,
        second: 0,
        precision: Precision::Minute,
    })
}

/// Length of a time of which digits are left open: `--:--`, `2X:XX`, `??:??`.
fn unknown(text: &str) -> Option<usize> {
    let is_open = |c: char| {
        matches!(
            c,
            'X' | 'x' | '?' | '-' | '–' | '—' | '_' | 'H' | 'h' | 'M' | 'm'
        )
    };
    let length = text
        .find(|c: char| !(c.is_ascii_digit() || c == ':' || is_open(c)))
        .unwrap_or(text.len());
    let (hour, minute) = text[..length].split_once(':')?;
    let minute = minute.trim_end_matches(':');
    let is_part = |part: &str| (1..=5).contains(&part.chars().count());
    let opens = hour.contains(is_open) || minute.starts_with(is_open);
    (is_part(hour) && is_part(minute) && opens).then_some(hour.len() + 1 + minute.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::config::Config;

    fn read(text: &str) -> Option<(String, String)> {
        let vocabulary = Vocabulary::new(&Config::default());
        let (length, read) = leading(text, &vocabulary)?;
        let read = match read {
            Read::Time(time) => format!("{} {:?} {:?}", time.value, time.precision, time.half),
            other => format!("{other:?}"),
        };
        Some((read, text[length..].to_owned()))
    }

    #[test]
    fn times_are_read_in_every_usual_form() {
        for (text, wanted, rest) in [
            ("14:32 x", "14:32:00 Minute Known", " x"),
            ("9:05", "09:05:00 Minute Open", ""),
            ("14:32:07Z", "14:32:07 Second Known", "Z"),
            ("14:32:07.123", "14:32:07 Second Known", ""),
            ("11.50 - x", "11:50:00 Minute Open", " - x"),
            ("2:05 PM:", "14:05:00 Minute Said", ":"),
            ("12:05am", "00:05:00 Minute Said", ""),
            ("3 p.m. x", "15:00:00 Hour Said", " x"),
            ("14h32", "14:32:00 Minute Known", ""),
            ("15 Uhr", "15:00:00 Hour Known", ""),
            ("14:32 Uhr x", "14:32:00 Minute Known", " x"),
            ("14時5分頃", "14:05:00 Minute Known", "頃"),
            ("午後2時", "14:00:00 Hour Said", ""),
            ("1432 UTC", "14:32:00 Minute Known", " UTC"),
        ] {
            let wanted = (wanted.to_owned(), rest.to_owned());
            assert_eq!(read(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn an_unknown_or_impossible_time_is_told_as_such() {
        for text in ["--:--", "2X:XX", "??:??"] {
            assert_eq!(
                read(text),
                Some(("Unknown".to_owned(), String::new())),
                "{text}"
            );
        }
        for text in ["25:00", "14:75", "14:123", "13:00:99"] {
            assert_eq!(
                read(text).map(|read| read.0),
                Some("Unreadable".to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn numbers_are_no_times() {
        for text in [
            "5 pods",
            "99.5%",
            "3:1",
            "1.5 GB",
            "2024-01-15",
            "1432 pods",
            "v1.20",
            "10.500",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
