//! Finds phrases in wordings, many at a time: anywhere, as [`holds`](super::fold::holds) finds one, or at either end.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::fold::{ends_phrase, is_wide};

/// Folded phrases, by their first two characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrases {
    by_start: FxHashMap<(char, Option<char>), Vec<String>>,
}

/// The first two characters.
fn start(text: &str) -> Option<(char, Option<char>)> {
    let mut chars = text.chars();
    Some((chars.next()?, chars.next()))
}

impl Phrases {
    pub(super) fn new<'a>(phrases: impl Iterator<Item = &'a str>) -> Self {
        let mut by_start: FxHashMap<_, Vec<String>> = FxHashMap::default();
        for phrase in phrases {
            if let Some(start) = start(phrase) {
                by_start.entry(start).or_default().push(phrase.to_owned());
            }
        }
        Self { by_start }
    }

    /// Whether `folded` begins with one of the phrases as a run of whole words.
    pub(super) fn begins(&self, folded: &str) -> bool {
        self.stands_at(folded, 0)
    }

    fn stands_at(&self, folded: &str, at: usize) -> bool {
        let rest = &folded[at..];
        let Some((first, second)) = start(rest) else {
            return false;
        };
        // A phrase may have but one character.
        let alone = second.and_then(|_| self.by_start.get(&(first, None)));
        let known = self.by_start.get(&(first, second));
        known.into_iter().chain(alone).any(|phrases| {
            // Looked at one by one, since most phrases part from the text within a few characters.
            let is_here = |phrase: &String| {
                let mut pairs = phrase.bytes().zip(rest.bytes());
                phrase.len() <= rest.len()
                    && pairs.all(|(wanted, there)| wanted == there)
                    && ends_phrase(&rest[phrase.len()..], phrase)
            };
            phrases.iter().any(is_here)
        })
    }

    /// Whether one of the phrases stands in `folded` as a run of whole words.
    pub(super) fn any_in(&self, folded: &str) -> bool {
        if folded.is_ascii() {
            let begins = folded.bytes().enumerate().skip(1);
            let mut begins = begins.filter(|(at, _)| folded.as_bytes()[at - 1] == b' ');
            return self.stands_at(folded, 0) || begins.any(|(at, _)| self.stands_at(folded, at));
        }
        let mut before = ' ';
        folded.char_indices().any(|(at, c)| {
            let begins = before == ' ' || is_wide(before) || is_wide(c);
            before = c;
            begins && self.stands_at(folded, at)
        })
    }
}

/// Folded phrases with which a wording may begin or end, and what each means.
#[derive(Clone, Debug)]
pub(super) struct Edges<T> {
    /// By phrase: its place in the list, and what it means.
    meanings: FxHashMap<String, (usize, T)>,
    longest: usize,
}

impl<T: Copy> Edges<T> {
    pub(super) fn new() -> Self {
        Self {
            meanings: FxHashMap::default(),
            longest: 0,
        }
    }

    /// Adds a phrase; the first meaning of a phrase stays.
    pub(super) fn add(&mut self, phrase: String, meaning: T) {
        self.longest = self.longest.max(phrase.len());
        let place = self.meanings.len();
        self.meanings.entry(phrase).or_insert((place, meaning));
    }

    /// What the longest phrase means that `folded` begins or ends with as a run of whole words, the first in the list
    /// of equally long ones.
    pub(super) fn meaning(&self, folded: &str) -> Option<T> {
        let mut best: Option<(usize, Reverse<usize>, T)> = None;
        let mut look = |edge: &str| {
            if edge.len() <= self.longest
                && best.is_none_or(|(length, ..)| length <= edge.len())
                && let Some((place, meaning)) = self.meanings.get(edge)
                && best.is_none_or(|(length, first, _)| {
                    (length, first) < (edge.len(), Reverse(*place))
                })
            {
                best = Some((edge.len(), Reverse(*place), *meaning));
            }
        };
        let mut before = ' ';
        for (at, c) in folded.char_indices() {
            let is_between = is_wide(before) || is_wide(c);
            if c == ' ' || is_between {
                look(&folded[..at]);
            }
            if before == ' ' || is_between {
                look(&folded[at..]);
            }
            before = c;
        }
        best.map(|(.., meaning)| meaning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_at_either_end_decides() {
        let mut edges = Edges::new();
        for (meaning, phrase) in [
            "cause",
            "impact",
            "root cause",
            "根本原因",
            "原因",
            "fix",
            "bug",
        ]
        .into_iter()
        .enumerate()
        {
            edges.add(phrase.to_owned(), meaning);
        }
        for (folded, wanted) in [
            ("cause", Some(0)),
            ("impact and root cause", Some(2)),
            ("the cause of it", None),
            ("because", None),
            ("fixes", None),
            ("bug and fix", Some(5)),
            ("根本原因の分析", Some(3)),
            ("真の原因", Some(4)),
            ("", None),
        ] {
            assert_eq!(edges.meaning(folded), wanted, "{folded}");
        }
    }
    use crate::document::fold::holds;

    #[test]
    fn many_phrases_are_found_where_each_alone_is() {
        let phrases = ["action items", "再発防止", "next steps", "é"];
        for folded in [
            "open action items list",
            "transaction items",
            "action itemsx action items",
            "予防と再発防止策",
            "next stepsの",
            "のnext steps",
            "café",
            "é",
            "",
        ] {
            let alone = phrases.iter().any(|phrase| holds(folded, phrase));
            let together = Phrases::new(phrases.into_iter()).any_in(folded);
            assert_eq!(together, alone, "{folded}");
        }
    }
}
