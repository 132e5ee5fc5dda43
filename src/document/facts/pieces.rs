//! Reads the pieces of a stamp one after the other: brackets, words, day, time, zone.

use chrono::TimeDelta;

use super::{
    days::{self, Day},
    lengths,
    scanner::Scanner,
    stamp::Stamp,
    times::{self, Read},
    zones,
};
use crate::{
    document::{Vocabulary, fold::shortcode},
    model::moment::ZoneName,
};

/// A stamp while it is being read.
pub(super) struct Reading<'t, 'v> {
    pub(super) scan: Scanner<'t>,
    pub(super) stamp: Stamp,
    pub(super) vocabulary: &'v Vocabulary,
    /// Behind the last piece that belongs to the stamp.
    end: usize,
}

impl<'t, 'v> Reading<'t, 'v> {
    pub(super) fn new(text: &'t str, vocabulary: &'v Vocabulary) -> Self {
        Self {
            scan: Scanner::new(text),
            stamp: Stamp::default(),
            vocabulary,
            end: 0,
        }
    }

    /// Reads all pieces.
    pub(super) fn stamp(mut self) -> Stamp {
        self.decoration();
        let start = self.scan.at();
        self.end = start;
        if !self.offset() {
            while self.step() {}
        }
        self.unknown_words();
        self.stamp.range = start..self.end;
        self.stamp
    }

    /// `T+5m`
    fn offset(&mut self) -> bool {
        let before = self.scan.clone();
        let sign = self.scan.one_of(&['T', 't']).and_then(|_| {
            self.scan.blanks();
            self.scan.one_of(&['+', '-', '−', '–'])
        });
        self.scan.blanks();
        let length = sign.and_then(|_| lengths::leading(self.scan.rest(), self.vocabulary));
        let (Some(sign), Some((length, seconds))) = (sign, length) else {
            self.scan = before;
            return false;
        };
        self.scan.skip(length);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a float becomes the nearest number that there is"
        )]
        let seconds = seconds as i64;
        let seconds = if sign == '+' { seconds } else { -seconds };
        self.stamp.offset = TimeDelta::try_seconds(seconds);
        self.keep();
        self.stamp.offset.is_some()
    }

    /// Passes over what stands before a stamp: brackets, pictures, stray signs.
    fn decoration(&mut self) {
        loop {
            let bare = self.scan.rest().trim_start();
            let Some(length) = shortcode(bare).filter(|_| bare.starts_with(':')) else {
                break;
            };
            let blanks = self.scan.rest().len() - bare.len();
            self.scan.skip(blanks + length);
        }
        let rest = self.scan.rest();
        let begins = |(at, c): (usize, char)| {
            c.is_alphanumeric() && !is_keycap(&rest[at..])
                || matches!(c, '~' | '≈' | '?')
                || matches!(c, '-' | '–' | '—') && rest[at..].trim_start_matches(c).starts_with(':')
        };
        let skipped = rest.char_indices().take(16).find(|found| begins(*found));
        self.scan.skip(skipped.map_or(0, |(at, _)| at));
    }

    /// Takes the next piece; whether there was one.
    fn step(&mut self) -> bool {
        let before = self.scan.clone();
        self.gap();
        // Most words behind a time are those of what happened.
        if plain_word(self.scan.rest())
            .is_some_and(|word| !self.vocabulary.facts.may_begin_stamp(word))
        {
            self.scan = before;
            return false;
        }
        let taken = self.about()
            || self.days()
            || self.day()
            || self.time()
            || self.zone()
            || self.weekday()
            || self.joining()
            || self.bracket()
            || self.until();
        if !taken {
            self.scan = before;
        }
        taken
    }

    /// Blanks and the signs that stand between the parts of one stamp.
    pub(super) fn gap(&mut self) {
        self.scan.blanks();
        self.scan.one_of(&[',', '、', '@']);
        self.scan.blanks();
    }

    pub(super) fn keep(&mut self) {
        self.end = self.scan.at();
    }

    fn about(&mut self) -> bool {
        if !self.stamp.has_time() && self.scan.one_of(&['~', '≈', '∼', '〜', '～']).is_some()
        {
            self.stamp.is_about = true;
            return true;
        }
        let Some(length) = self.vocabulary.begins_with("about", self.scan.rest()) else {
            return false;
        };
        let behind = self.scan.rest()[length..].trim_start();
        let is_wide = self.scan.peek().is_some_and(|c| !c.is_ascii());
        // A word such as “about” may stand behind a time as the first word of what happened.
        let is_before = behind.starts_with(|c: char| c.is_ascii_digit() || c == '~');
        if !(is_before || is_wide && self.stamp.has_time()) {
            return false;
        }
        self.scan.skip(length);
        self.stamp.is_about = true;
        if !is_before {
            self.keep();
        }
        true
    }

    fn day(&mut self) -> bool {
        if self.stamp.start.day.is_some() {
            return false;
        }
        let Some((length, day)) = days::leading(self.scan.rest(), self.vocabulary) else {
            return false;
        };
        if matches!(day, Day::Bare(_)) && self.stamp.start.time.is_some() {
            return false;
        }
        self.scan.skip(length);
        self.stamp.is_unreadable |= day == Day::Unreadable;
        self.stamp.start.day = Some(day);
        self.keep();
        // `2024-01-15T14:32`
        if self.scan.rest().starts_with(['T', 't'])
            && self.scan.rest()[1..].starts_with(|c: char| c.is_ascii_digit())
        {
            self.scan.skip(1);
        }
        true
    }

    fn time(&mut self) -> bool {
        if self.stamp.has_time() && self.stamp.start.day != Some(Day::Unreadable)
            || self.stamp.start.time.is_some()
        {
            return false;
        }
        let Some((length, read)) = times::leading(self.scan.rest(), self.vocabulary) else {
            return false;
        };
        self.scan.skip(length);
        match read {
            Read::Time(time) => self.stamp.start.time = Some(time),
            Read::Unknown => self.stamp.is_unknown = true,
            Read::Unreadable => self.stamp.is_unreadable = true,
        }
        self.keep();
        // `14:32:07-03:00`: behind an ISO time a minus is a distance from UTC, not a span.
        let rest = self.scan.rest();
        let is_iso = rest.starts_with(['-', '−']) && self.scan.text()[..self.end].contains('T');
        if (is_iso || rest.starts_with('+') || rest.starts_with('Z'))
            && let Some((length, zone)) = zones::leading(rest, self.vocabulary)
        {
            self.take_zone(length, zone);
        }
        true
    }

    fn take_zone(&mut self, length: usize, zone: ZoneName) {
        let at = self.scan.at();
        self.scan.skip(length);
        self.stamp.zone = Some((zone, at..at + length));
        self.keep();
    }

    /// A zone behind a time, or before it.
    fn zone(&mut self) -> bool {
        let rest = self.scan.rest();
        if self.stamp.zone.is_some() || rest.starts_with(['+', '-', '−']) && !self.stamp.has_time()
        {
            return false;
        }
        let Some((length, zone)) = zones::leading(rest, self.vocabulary) else {
            return false;
        };
        let behind = &rest[length..];
        let is_word = behind.starts_with(|c: char| c.is_ascii_alphanumeric());
        let is_before = || times::leading(behind.trim_start(), self.vocabulary).is_some();
        if is_word || rest.starts_with(['-', '−']) || !(self.stamp.has_time() || is_before()) {
            return false;
        }
        self.take_zone(length, zone);
        true
    }

    fn weekday(&mut self) -> bool {
        let Some(length) = self.vocabulary.begins_with("weekdays", self.scan.rest()) else {
            return false;
        };
        self.scan.skip(length);
        if self.stamp.start.day.is_some() {
            self.keep();
        }
        true
    }

    /// `at`, between a day and its time, or before either.
    fn joining(&mut self) -> bool {
        let Some(length) = self.vocabulary.begins_with("time-joins", self.scan.rest()) else {
            return false;
        };
        let behind = self.scan.rest()[length..].trim_start();
        let is_join = days::leading(behind, self.vocabulary).is_some()
            && self.stamp.start.day.is_none()
            || times::leading(behind, self.vocabulary).is_some() && !self.stamp.has_time();
        if is_join {
            self.scan.skip(length);
        }
        is_join
    }

    /// A day, a zone or the same time elsewhere, in brackets.
    fn bracket(&mut self) -> bool {
        if !self.stamp.is_something() {
            return false;
        }
        let before = self.scan.clone();
        if self.scan.one_of(&['(', '[', '（', '/']).is_none() {
            return false;
        }
        self.scan.blanks();
        let rest = self.scan.rest();
        let close = rest.find([')', ']', '）']);
        let inside = close.map_or(rest, |close| &rest[..close]);
        let is_whole = |length: usize| inside[length..].trim().is_empty();
        if let Some((length, zone)) = zones::leading(inside, self.vocabulary)
            && close.is_some()
            && is_whole(length)
            && self.stamp.zone.is_none()
        {
            self.take_zone(length, zone);
        } else if let Some((length, day)) = days::leading(inside, self.vocabulary)
            && close.is_some()
            && is_whole(length)
            && self.stamp.start.day.is_none()
        {
            self.stamp.start.day = Some(day);
            self.scan.skip(length);
        } else if let Some((length, Read::Time(_))) = times::leading(inside, self.vocabulary)
            && let gap = inside[length..].len() - inside[length..].trim_start().len()
            && let Some((more, _)) = zones::leading(&inside[length + gap..], self.vocabulary)
            && (close.is_none() || is_whole(length + gap + more))
            && self.stamp.zone.is_some()
        {
            self.scan.skip(length + gap + more);
        } else if let Some(length) = self.vocabulary.begins_with("unknown-times", inside)
            && close.is_some()
            && is_whole(length)
            && !self.stamp.has_time()
        {
            self.stamp.is_unknown = true;
            self.scan.skip(length);
        } else {
            self.scan = before;
            return false;
        }
        self.scan.blanks();
        self.scan.one_of(&[')', ']', '）']);
        self.keep();
        true
    }

    /// `Time TBC: …`
    fn unknown_words(&mut self) {
        if self.stamp.is_something() && self.stamp.start.day.is_none() || self.stamp.has_time() {
            return;
        }
        let before = self.scan.clone();
        self.gap();
        let rest = self.scan.rest();
        if let Some(length) = self.vocabulary.begins_with("unknown-times", rest) {
            let behind = rest[length..].trim_start();
            if behind.is_empty()
                || behind.starts_with([':', '：', '-', '–', '—', '|', ')', ']', '）'])
            {
                self.scan.skip(length);
                self.stamp.is_unknown = true;
                self.keep();
                return;
            }
        }
        self.scan = before;
    }
}

/// The word of ASCII letters with which a text begins, where it is one and no part of a place such as `Asia/Tokyo`.
fn plain_word(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic());
    let end = letters.count();
    let is_whole = bytes
        .get(end)
        .is_none_or(|byte| byte.is_ascii() && *byte != b'/');
    (end > 0 && is_whole).then(|| &text[..end])
}

/// Whether a digit is drawn as a key, such as 1️⃣.
fn is_keycap(text: &str) -> bool {
    let mut rest = text.chars().skip(1);
    matches!(rest.next(), Some('\u{fe0f}' | '\u{20e3}'))
}
