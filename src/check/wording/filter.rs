//! Sifts passages: which patterns can match in which, by the letters that they need.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use super::{Expressions, letters};
use crate::{document::Passage, model::config::Scope};

/// One pattern of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) rule: usize,
    pub(super) pattern: usize,
}

/// The letters that patterns need, in one automaton.
pub(super) struct Filter {
    automaton: Option<AhoCorasick>,
    /// The patterns that need the letters of the same number.
    needing: Vec<Vec<Key>>,
    /// Patterns that need no letters.
    always: Vec<Key>,
}

impl Filter {
    /// A filter for those patterns of `rules`, each with its number, that read texts of one kind.
    pub(super) fn new<'a>(
        scope: Scope,
        rules: impl Iterator<Item = (usize, &'a Expressions)>,
    ) -> Self {
        let mut needing: BTreeMap<String, Vec<Key>> = BTreeMap::new();
        let mut always = Vec::new();
        for (rule, expressions) in rules {
            for (pattern, parsed) in expressions.parsed(scope) {
                let key = Key { rule, pattern };
                match letters::required(&parsed) {
                    Some(set) => {
                        for letters in set {
                            needing.entry(letters).or_default().push(key);
                        }
                    }
                    None => always.push(key),
                }
            }
        }
        let (letters, needing): (Vec<String>, _) = needing.into_iter().unzip();
        let mut builder = AhoCorasick::builder();
        let automaton = builder.ascii_case_insensitive(true).build(&letters).ok();
        Self {
            automaton,
            needing,
            always,
        }
    }

    /// The passages of `text` in which a pattern can match, by number and in order, each with its patterns.
    pub(super) fn passages(&self, text: &str, passages: &[Passage]) -> Vec<(usize, Key)> {
        let mut found: Vec<(usize, Key)> = Vec::new();
        for number in 0..passages.len() {
            found.extend(self.always.iter().map(|key| (number, *key)));
        }
        let hits = self
            .automaton
            .iter()
            .flat_map(|automaton| automaton.find_overlapping_iter(text));
        let mut number = 0;
        for hit in hits {
            while passages
                .get(number)
                .is_some_and(|passage| passage.span.end < hit.end())
            {
                number += 1;
            }
            match passages.get(number) {
                Some(passage) if passage.span.start <= hit.start() => {
                    let needing = &self.needing[hit.pattern().as_usize()];
                    found.extend(needing.iter().map(|key| (number, *key)));
                }
                Some(_) => {}
                None => break,
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The patterns that can match in `text`.
    pub(super) fn keys(&self, text: &str) -> Vec<Key> {
        let mut keys = self.always.clone();
        if let Some(automaton) = &self.automaton {
            for hit in automaton.find_overlapping_iter(text) {
                keys.extend(&self.needing[hit.pattern().as_usize()]);
            }
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}
