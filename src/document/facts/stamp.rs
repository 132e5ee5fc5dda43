//! Reads the stamp with which a row of a timeline begins: day, time, zone, or a span of two times.

use std::ops::Range;

use chrono::TimeDelta;

use super::{days::Day, pieces::Reading, times::Time};
use crate::{document::Vocabulary, model::moment::ZoneName};

/// What a text says of when, as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Stamp {
    pub(super) start: Point,
    /// The end of a span.
    pub(super) end: Option<Point>,
    pub(super) zone: Option<(ZoneName, Range<usize>)>,
    /// How long after the start of the incident, where that is what is written: `T+5m`.
    pub(super) offset: Option<TimeDelta>,
    /// Whether it says of itself that it is not exact.
    pub(super) is_about: bool,
    /// Whether nobody knows, by its own words.
    pub(super) is_unknown: bool,
    /// Whether a part of it is on no clock or calendar.
    pub(super) is_unreadable: bool,
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// Where the rest of the text begins, what separates it passed over.
    pub(super) rest: usize,
}

/// Day and time as written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Point {
    pub(super) day: Option<Day>,
    pub(super) time: Option<Time>,
}

impl Stamp {
    /// Whether it says a time of day, or that nobody knows it.
    pub(super) fn has_time(&self) -> bool {
        let is_told = self.start.time.is_some() || self.offset.is_some();
        is_told || self.is_unknown || self.is_unreadable
    }

    /// Whether it says something.
    pub(super) fn is_something(&self) -> bool {
        self.start.day.is_some() || self.has_time()
    }

    /// Whether a separator stands between it and the rest of the text.
    pub(super) fn is_set_apart(&self, text: &str) -> bool {
        !text[self.range.end..self.rest].trim().is_empty() || self.rest >= text.trim_end().len()
    }
}

/// Where a text may have a stamp at all.
const REACH: usize = 120;

/// The stamp with which the text begins, marks of lists, brackets and pictures passed over.
pub(super) fn leading(text: &str, vocabulary: &Vocabulary) -> Option<Stamp> {
    let head = start(text, REACH);
    if !head.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '：'))
        && !may_be_unknown(head, vocabulary)
    {
        return None;
    }
    let mut stamp = Reading::new(head, vocabulary).stamp();
    let end = stamp.range.end;
    stamp.rest = end + separator(&head[end..]);
    // A day of two numbers, without a time, is more often a fraction.
    let is_fraction = matches!(stamp.start.day, Some(Day::Bare(_))) && stamp.start.time.is_none();
    let ends = !head[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '%');
    (stamp.is_something() && !is_fraction && ends).then_some(stamp)
}

/// The first characters of a text.
fn start(text: &str, characters: usize) -> &str {
    let end = if text.len() <= characters {
        text.len()
    } else {
        let mut ends = text.char_indices().map(|(at, _)| at);
        ends.nth(characters).unwrap_or(text.len())
    };
    &text[..end]
}

/// The first stamp of a text, wherever it stands.
pub(super) fn anywhere(text: &str, vocabulary: &Vocabulary) -> Option<Stamp> {
    let mut before = ' ';
    for (at, c) in text.char_indices().take(2 * REACH) {
        let begins = c.is_alphanumeric() && !before.is_alphanumeric() || matches!(c, '~' | '≈');
        before = c;
        if begins
            && let Some(mut stamp) = leading(&text[at..], vocabulary)
            && (stamp.start.day.is_some() || stamp.start.time.is_some())
        {
            stamp.range = at + stamp.range.start..at + stamp.range.end;
            stamp.rest += at;
            if let Some((_, zone)) = &mut stamp.zone {
                *zone = at + zone.start..at + zone.end;
            }
            return Some(stamp);
        }
    }
    None
}

/// The stamp with which a short text ends, behind the name of what it is the time of: `Resolved 2024-01-15 14:32`.
pub(super) fn trailing(text: &str, vocabulary: &Vocabulary) -> Option<Stamp> {
    if text.len() > REACH {
        return None;
    }
    let stamp = anywhere(text, vocabulary)?;
    let before = text[..stamp.range.start].trim();
    let is_name = !before.contains(['.', ',', ';']) && (1..=6).contains(&before.split(' ').count());
    (is_name && !before.is_empty() && stamp.rest >= text.trim_end().len()).then_some(stamp)
}

fn may_be_unknown(head: &str, vocabulary: &Vocabulary) -> bool {
    let bare = head.trim_start_matches(|c: char| !c.is_alphabetic());
    vocabulary.begins_with("unknown-times", bare).is_some()
}

/// Length of what stands between a stamp and what it is the time of.
fn separator(rest: &str) -> usize {
    let is_separator = |c: char| c.is_whitespace() || "])）】:：-–—|,;.、→>=•*".contains(c);
    rest.find(|c: char| !is_separator(c)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::config::Config;

    fn show(text: &str) -> String {
        let vocabulary = Vocabulary::new(&Config::default());
        let Some(stamp) = leading(text, &vocabulary) else {
            return "none".to_owned();
        };
        let point = |point: &Point| {
            let day = point.day.map_or_else(String::new, |day| match day {
                Day::Full(day) => format!("{day} "),
                Day::OfYear { month, day } | Day::Bare([Some((month, day)), None]) => {
                    format!("{month}/{day} ")
                }
                Day::Unreadable | Day::Bare(_) => "bad ".to_owned(),
            });
            let time = point
                .time
                .map_or_else(String::new, |time| time.value.format("%H:%M").to_string());
            format!("{day}{time}").trim().to_owned()
        };
        let mut words = vec![point(&stamp.start)];
        words.extend(stamp.end.as_ref().map(|end| format!("to {}", point(end))));
        words.extend(stamp.zone.as_ref().map(|(zone, _)| zone.text.clone()));
        let after = stamp
            .offset
            .map(|after| format!("after {} min", after.num_minutes()));
        words.extend(after);
        words.extend(stamp.is_about.then(|| "about".to_owned()));
        words.extend(stamp.is_unknown.then(|| "unknown".to_owned()));
        words.extend(stamp.is_unreadable.then(|| "unreadable".to_owned()));
        words.retain(|word| !word.is_empty());
        format!("{} | {}", words.join(", "), &text[stamp.rest..])
    }

    #[test]
    fn a_row_begins_with_its_stamp() {
        for (text, wanted) in [
            ("14:32 - Alert", "14:32 | Alert"),
            ("14:32: Alert", "14:32 | Alert"),
            ("[14:32 UTC] Alert", "14:32, UTC | Alert"),
            ("14:32 (UTC) – Alert", "14:32, UTC | Alert"),
            ("🔴 ~14:32 Alert", "14:32, about | Alert"),
            ("Around 14:32 Alert", "14:32, about | Alert"),
            ("14:32頃 検知", "14:32, about | 検知"),
            ("約14:32 検知", "14:32, about | 検知"),
            (
                "2024-01-15 14:32 UTC: Alert",
                "2024-01-15 14:32, UTC | Alert",
            ),
            ("2024-01-15T14:32:07Z Alert", "2024-01-15 14:32, Z | Alert"),
            (
                "2024-01-15T14:32:07-03:00 Alert",
                "2024-01-15 14:32, -03:00 | Alert",
            ),
            (
                "Mon, Jan 15 at 2:32 PM PST - Alert",
                "1/15 14:32, PST | Alert",
            ),
            ("14:32 (15 Jan): Alert", "1/15 14:32 | Alert"),
            ("14:32-15:10 Alert", "14:32, to 15:10 | Alert"),
            ("8:20 to 8:24 - Alert", "08:20, to 08:24 | Alert"),
            ("14:32〜15:10 復旧", "14:32, to 15:10 | 復旧"),
            (
                "2024-01-15 23:50 – 2024-01-16 00:10: Alert",
                "2024-01-15 23:50, to 2024-01-16 00:10 | Alert",
            ),
            (
                "September 11-20, 2025 (9 days)",
                "2025-09-11, to 2025-09-20 | (9 days)",
            ),
            ("10-11 Mar 2026 (UTC)", "2026-03-10, to 2026-03-11, UTC | "),
            ("2024-01-15 (Time TBC) Alert", "2024-01-15, unknown | Alert"),
            ("14:32 UTC (06:32 PST): Alert", "14:32, UTC | Alert"),
            ("14:32 UTC / 06:32 PST: Alert", "14:32, UTC | Alert"),
            ("14:32 - 5 pods crashed", "14:32 | 5 pods crashed"),
            ("14:32 to the rescue", "14:32 | to the rescue"),
            ("2024-01-15: Deployed", "2024-01-15 | Deployed"),
            (
                "14:32 about half of the pods",
                "14:32 | about half of the pods",
            ),
            ("1/15 14:32 Alert", "1/15 14:32 | Alert"),
            ("--:-- Somebody noticed", "unknown | Somebody noticed"),
            ("2X:XX (not sure) Noticed", "unknown | (not sure) Noticed"),
            ("Time TBC: Noticed", "unknown | Noticed"),
            ("25:00 Noticed", "unreadable | Noticed"),
            ("T+5m: Noticed", "after 5 min | Noticed"),
            ("T + 1h30m Noticed", "after 90 min | Noticed"),
            ("**T-10 min** – Deployed", "after -10 min | Deployed"),
            ("T+0 Noticed", "after 0 min | Noticed"),
            ("T+01:05 Noticed", "after 65 min | Noticed"),
        ] {
            assert_eq!(show(text), wanted, "{text}");
        }
    }

    #[test]
    fn words_and_numbers_are_no_stamp() {
        for text in [
            "5 pods crashed",
            "About half of them",
            "Monday was quiet",
            "1/2 of the pods",
            "99.95% of requests",
            "Unknown users called",
            "Alert at 14:32",
            "v1.20 was deployed",
            "T-shirts were printed",
            "T+ was slow",
            "3 times",
        ] {
            assert_eq!(show(text), "none", "{text}");
        }
    }
}
