//! Reads lengths of time as people write them: `0h 07m`, `~1-2 hours`, `約2時間`.

use super::scanner::Scanner;
use crate::{
    document::{
        Vocabulary,
        fold::{fold, is_wide},
    },
    model::summary::Length,
};

/// The first length of time in the text: numbers with their units.
pub(super) fn read(text: &str, vocabulary: &Vocabulary) -> Option<Length> {
    let mut scan = Scanner::new(text);
    let mut is_about = false;
    let mut before = ' ';
    while let Some(c) = scan.peek() {
        if c.is_ascii_digit() && !before.is_alphanumeric() || c.is_ascii_digit() && is_wide(before)
        {
            let at = scan.at();
            if let Some(seconds) = parts(&mut scan, vocabulary) {
                is_about |= scan.rest().starts_with(['+', '頃']);
                return Some(length(seconds, is_about));
            }
            scan.back_to(at);
            scan.number();
            before = '0';
            continue;
        }
        is_about |= matches!(c, '~' | '≈' | '<' | '>')
            || !before.is_alphanumeric() && vocabulary.begins_with("about", scan.rest()).is_some();
        before = c;
        scan.skip(c.len_utf8());
    }
    None
}

/// The seconds with which the text begins, and their length in bytes: `1h30m`, `5 min`, `0:05`, `0`.
pub(super) fn leading(text: &str, vocabulary: &Vocabulary) -> Option<(usize, f64)> {
    let mut scan = Scanner::new(text);
    if let Some((least, _)) = parts(&mut scan, vocabulary) {
        return Some((scan.at(), least));
    }
    scan.back_to(0);
    let (first, _) = scan.number()?;
    let minutes = scan.one_of(&[':']).and_then(|_| scan.number());
    match minutes {
        Some((minutes, 2)) => Some((
            scan.at(),
            f64::from(first) * 3_600.0 + f64::from(minutes) * 60.0,
        )),
        None if first == 0 => Some((scan.at(), 0.0)),
        _ => None,
    }
}

/// Seconds, least and most.
type Seconds = (f64, f64);

/// Numbers with units, each smaller than the one before it.
fn parts(scan: &mut Scanner<'_>, vocabulary: &Vocabulary) -> Option<Seconds> {
    let (mut sum, mut unit) = part(scan, vocabulary)?;
    loop {
        let before = scan.at();
        scan.blanks();
        scan.one_of(&[',', '、']);
        scan.blanks();
        for joining in ["and ", "und ", "et ", "y ", "e "] {
            scan.text_ahead(joining);
        }
        let at = scan.at();
        match part(scan, vocabulary) {
            Some((more, smaller)) if smaller < unit => {
                sum = (sum.0 + more.0, sum.1 + more.1);
                unit = smaller;
            }
            _ => {
                scan.back_to(at);
                // `2h15`, `1 h 30`
                let minutes = scan.number().filter(|(_, digits)| {
                    let rest = scan.rest().trim_start();
                    *digits == 2
                        && unit == HOUR
                        && !rest.starts_with(|c: char| c.is_alphanumeric() || c == ':')
                });
                if let Some((minutes, _)) = minutes {
                    let minutes = f64::from(minutes) * 60.0;
                    return Some((sum.0 + minutes, sum.1 + minutes));
                }
                scan.back_to(before);
                return Some(sum);
            }
        }
    }
}

const HOUR: u64 = 3_600;

/// A number, or two as a range, and its unit.
fn part(scan: &mut Scanner<'_>, vocabulary: &Vocabulary) -> Option<(Seconds, u64)> {
    let least = decimal(scan)?;
    // `2:15 hours`
    let before = scan.at();
    let minutes = scan
        .one_of(&[':'])
        .and_then(|_| scan.number())
        .filter(|(_, digits)| *digits == 2);
    if minutes.is_none() {
        scan.back_to(before);
    }
    let most = other_end(scan, vocabulary).unwrap_or(least);
    scan.blanks();
    scan.one_of(&['-']);
    let seconds = unit(scan, vocabulary)?;
    #[expect(clippy::cast_precision_loss, reason = "units are small whole numbers")]
    let scale = seconds as f64;
    match minutes {
        Some((minutes, _)) if seconds == HOUR => {
            let whole = least.mul_add(scale, f64::from(minutes) * 60.0);
            Some(((whole, whole), seconds))
        }
        Some(_) => None,
        None => Some(((least * scale, most.max(least) * scale), seconds)),
    }
}

fn decimal(scan: &mut Scanner<'_>) -> Option<f64> {
    let (whole, digits) = scan.number()?;
    let before = scan.at();
    let mut number = f64::from(whole);
    if let Some(sign) = scan.one_of(&['.', ',']) {
        match scan.number() {
            // `1,440 minutes`
            Some((thousands, 3)) if sign == ',' && digits <= 3 => {
                number = number.mul_add(1_000.0, f64::from(thousands));
            }
            Some((fraction, digits @ 1..=3)) => {
                let digits = i32::try_from(digits).ok()?;
                number += f64::from(fraction) / 10_f64.powi(digits);
            }
            _ => scan.back_to(before),
        }
    }
    Some(number)
}

/// The second number of `1-2 hours`.
fn other_end(scan: &mut Scanner<'_>, vocabulary: &Vocabulary) -> Option<f64> {
    let before = scan.at();
    scan.blanks();
    let joins = scan.one_of(&['-', '–', '—', '〜', '～', '~']).is_some()
        || match vocabulary.begins_with("range-words", scan.rest()) {
            Some(length) => {
                scan.skip(length);
                true
            }
            None => false,
        };
    scan.blanks();
    let number = joins.then(|| decimal(scan)).flatten();
    if number.is_none() {
        scan.back_to(before);
    }
    number
}

/// The unit that stands next.
fn unit(scan: &mut Scanner<'_>, vocabulary: &Vocabulary) -> Option<u64> {
    let rest = scan.rest();
    let is_letter = |c: char| c.is_alphabetic();
    if rest.starts_with(is_wide) {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(3);
        let known = ends.filter_map(|end| Some((end, vocabulary.facts.unit(&rest[..end])?)));
        let (length, seconds) = known.last()?;
        scan.skip(length);
        return Some(seconds);
    }
    let length = rest
        .find(|c: char| !is_letter(c) || is_wide(c))
        .unwrap_or(rest.len());
    let seconds = vocabulary.facts.unit(&fold(&rest[..length]))?;
    scan.skip(length);
    Some(seconds)
}

/// In minutes, rounded; at least one.
fn length((least, most): Seconds, is_about: bool) -> Length {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "lengths are not negative, and one that is too long becomes the longest"
    )]
    let minutes = |seconds: f64| (seconds / 60.0).round().max(1.0) as u64;
    let is_whole = least % 60.0 == 0.0 && most % 60.0 == 0.0;
    Length {
        minutes: minutes(least),
        up_to: (most > least).then(|| minutes(most)),
        is_about: is_about || !is_whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::config::Config;

    #[test]
    fn lengths_are_read_in_every_usual_form() {
        let vocabulary = Vocabulary::new(&Config::default());
        for (text, minutes, up_to, is_about) in [
            ("53 minutes", 53, None, false),
            ("0h 07m", 7, None, false),
            ("673h 34m", 40_414, None, false),
            ("11 Days", 15_840, None, false),
            ("~1-2 hours (until the rollback)", 60, Some(120), true),
            ("September 11-20, 2025 (9 days)", 12_960, None, false),
            ("約 2 時間", 120, None, true),
            ("2時間15分", 135, None, false),
            ("1.5 hours", 90, None, false),
            ("1,440 minutes", 1_440, None, false),
            ("2 hours and 15 minutes", 135, None, false),
            ("1 day, 2 hours", 1_560, None, false),
            ("2h15", 135, None, false),
            ("1 h 30", 90, None, false),
            ("2 hours, 15 services", 120, None, false),
            ("2:15 hours", 135, None, false),
            ("53 minutes (14:32 - 15:25 UTC)", 53, None, false),
            ("14:32 – 15:25 UTC (53 min)", 53, None, false),
            ("2 Stunden 5 Minuten", 125, None, false),
            ("environ 3 heures", 180, None, true),
            ("over 2 hours", 120, None, true),
            ("45 seconds", 1, None, true),
            ("90-minute outage", 90, None, false),
        ] {
            let wanted = Length {
                minutes,
                up_to,
                is_about,
            };
            assert_eq!(read(text, &vocabulary), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_has_no_unit_is_no_length() {
        let vocabulary = Vocabulary::new(&Config::default());
        for text in [
            "?",
            "a while",
            "14:32 – 15:25",
            "53",
            "2024-01-15",
            "5 services",
        ] {
            assert_eq!(read(text, &vocabulary), None, "{text}");
        }
    }
}
