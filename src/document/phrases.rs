//! Finds phrases in wordings: many at a time, as [`holds`](super::fold::holds) finds one.

use std::collections::BTreeMap;

use super::fold::{ends_phrase, is_wide};

/// Folded phrases, by their first characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrases {
    by_first: BTreeMap<char, Vec<String>>,
}

impl Phrases {
    pub(super) fn new<'a>(phrases: impl Iterator<Item = &'a str>) -> Self {
        let mut by_first: BTreeMap<char, Vec<String>> = BTreeMap::new();
        for phrase in phrases {
            if let Some(first) = phrase.chars().next() {
                by_first.entry(first).or_default().push(phrase.to_owned());
            }
        }
        Self { by_first }
    }

    /// Whether one of the phrases stands in `folded` as a run of whole words.
    pub(super) fn any_in(&self, folded: &str) -> bool {
        let mut before = ' ';
        folded.char_indices().any(|(at, c)| {
            let begins = before == ' ' || is_wide(before) || is_wide(c);
            before = c;
            let known = begins.then(|| self.by_first.get(&c)).flatten();
            known.is_some_and(|phrases| {
                let is_here = |phrase: &String| {
                    let rest = folded[at..].strip_prefix(phrase.as_str());
                    rest.is_some_and(|rest| ends_phrase(rest, phrase))
                };
                phrases.iter().any(is_here)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
