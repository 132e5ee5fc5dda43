//! Reads zones of clocks: abbreviations, names, places and distances from UTC.

use std::ops::Range;

use crate::{
    document::{
        Vocabulary,
        fold::{fold, is_wide},
    },
    model::moment::{Clock, ZoneName},
};

/// Seconds of `+09:00`, `+0900`, `+9` or `-03:00`.
pub(super) fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = if let Some(rest) = text.strip_prefix('+') {
        (1, rest)
    } else {
        (
            -1,
            text.strip_prefix('-').or_else(|| text.strip_prefix('−'))?,
        )
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let is_clean = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b':');
    (is_clean && hours <= 14 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

/// The zone with which the text begins, and its length.
pub(super) fn leading(text: &str, vocabulary: &Vocabulary) -> Option<(usize, ZoneName)> {
    let (length, clock) = if text.starts_with(['+', '-', '−']) {
        let length = signed(text)?;
        (length, Clock::Fixed(offset(&text[..length])?))
    } else if text.starts_with(is_wide) {
        wide(text, vocabulary)?
    } else if text.starts_with(char::is_alphabetic) {
        place(text)
            .or_else(|| abbreviation(text, vocabulary))
            .or_else(|| phrase(text, vocabulary))?
    } else {
        return None;
    };
    let text = text[..length].to_owned();
    Some((length, ZoneName { text, clock }))
}

/// The first zone that the text names, and where.
pub(super) fn anywhere(text: &str, vocabulary: &Vocabulary) -> Option<(Range<usize>, ZoneName)> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let begins = c.is_alphabetic() && (!before.is_alphanumeric() || is_wide(c));
        before = c;
        if begins
            && let Some((length, name)) = leading(&text[at..], vocabulary)
            && length > 1
        {
            return Some((at..at + length, name));
        }
    }
    None
}

/// Length of a sign with hours and minutes behind it; hours alone are too often something else.
fn signed(text: &str) -> Option<usize> {
    let sign = text.chars().next()?.len_utf8();
    let digits = text[sign..]
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b':')
        .count();
    (digits == 4 || digits == 5).then_some(sign + digits)
}

/// `Europe/Berlin`
fn place(text: &str) -> Option<(usize, Clock)> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"/_+-".contains(byte);
    let length = text.bytes().take_while(|byte| is_part(byte)).count();
    let name = &text[..length];
    let slash = name.find('/')?;
    let is_area = slash > 2 && name[..slash].bytes().any(|byte| byte.is_ascii_lowercase());
    is_area
        .then(|| name.parse().ok())
        .flatten()
        .map(|zone| (length, Clock::Of(zone)))
}

/// `UTC`, `UTC+2`, `CET/CEST`
fn abbreviation(text: &str, vocabulary: &Vocabulary) -> Option<(usize, Clock)> {
    let length = token(text);
    let word = &text[..length];
    // No other abbreviation is as clear in small letters.
    let mut universal = ["UTC", "GMT"].into_iter();
    let universal = universal.find(|name| word.eq_ignore_ascii_case(name));
    let clock = vocabulary.facts.zone(universal.unwrap_or(word))?;
    let rest = &text[length..];
    if universal.is_some() {
        let bare = rest.trim_start();
        let gap = rest.len() - bare.len();
        if let Some(more) = hours(bare).filter(|_| gap <= 1) {
            return Some((length + gap + more, Clock::Fixed(offset(&bare[..more])?)));
        }
    }
    let other = rest.strip_prefix('/').and_then(|rest| {
        let more = token(rest);
        Some((more, vocabulary.facts.zone(&rest[..more])?))
    });
    Some(match (clock, other) {
        (Clock::Season { place, .. }, Some((more, Clock::Season { place: same, .. })))
            if place == same =>
        {
            (length + 1 + more, Clock::Of(place))
        }
        _ => (length, clock),
    })
}

fn token(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_alphanumeric).count()
}

/// Length of `+2`, `-03:00` behind `UTC`.
fn hours(text: &str) -> Option<usize> {
    let sign = text
        .chars()
        .next()
        .filter(|c| matches!(c, '+' | '-' | '−'))?
        .len_utf8();
    let length = text[sign..]
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b':')
        .count();
    let written = text[sign..sign + length].trim_end_matches(':');
    (!written.is_empty()).then_some(sign + written.len())
}

/// `Pacific Time`
fn phrase(text: &str, vocabulary: &Vocabulary) -> Option<(usize, Clock)> {
    let first = text.find(|c: char| !c.is_alphabetic() || is_wide(c));
    if !vocabulary
        .facts
        .may_begin_zone(&text[..first.unwrap_or(text.len())])
    {
        return None;
    }
    let mut ends = Vec::new();
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let is_letter = c.is_alphabetic() && !is_wide(c);
        if inside && !is_letter {
            ends.push(at);
        }
        inside = is_letter;
        if ends.len() == vocabulary.facts.longest_zone() || !is_letter && c != ' ' {
            break;
        }
    }
    if inside {
        ends.push(text.len());
    }
    ends.into_iter().rev().find_map(|end| {
        let clock = vocabulary.facts.zone(&fold(&text[..end]))?;
        Some((end, clock))
    })
}

/// Names in scripts without blanks.
fn wide(text: &str, vocabulary: &Vocabulary) -> Option<(usize, Clock)> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(8);
    ends.filter_map(|end| Some((end, vocabulary.facts.zone(&text[..end])?)))
        .last()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::config::Config;

    fn read(text: &str) -> Option<(String, Clock)> {
        let vocabulary = Vocabulary::new(&Config::default());
        let (_, name) = anywhere(text, &vocabulary)?;
        Some((name.text, name.clock))
    }

    #[test]
    fn zones_are_read_by_abbreviation_name_place_and_distance() {
        let place = |name: &str| Clock::Of(name.parse().expect("a zone"));
        for (text, written, clock) in [
            ("Timeline (UTC)", "UTC", Clock::Fixed(0)),
            ("all times are utc.", "utc", Clock::Fixed(0)),
            ("Time (UTC+2)", "UTC+2", Clock::Fixed(7_200)),
            ("GMT-03:30", "GMT-03:30", Clock::Fixed(-12_600)),
            ("Times in JST", "JST", Clock::Fixed(32_400)),
            (
                "Uhrzeit in Europe/Berlin",
                "Europe/Berlin",
                place("Europe/Berlin"),
            ),
            (
                "(Pacific Time)",
                "Pacific Time",
                place("America/Los_Angeles"),
            ),
            ("times in CET/CEST", "CET/CEST", place("Europe/Berlin")),
            ("时间（北京时间）", "北京时间", Clock::Fixed(28_800)),
            ("Time (CST)", "CST", Clock::Ambiguous),
        ] {
            assert_eq!(read(text), Some((written.to_owned(), clock)), "{text}");
        }
    }

    #[test]
    fn words_are_no_zones() {
        for text in [
            "Das ist gut",
            "il est tard",
            "A plan",
            "Z",
            "and/or",
            "Timeline",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
