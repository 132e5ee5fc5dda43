//! Sifts passages: which patterns can match in which, by the letters that they need.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Match};

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
    /// What the letters of the same number are needed for.
    needs: Vec<Vec<Need>>,
    /// Patterns that need letters, and a bit for each set of them.
    sifted: Vec<(Key, u8)>,
    /// Patterns that need no letters.
    always: Vec<Key>,
}

/// A set of letters of one pattern.
#[derive(Clone, Copy)]
struct Need {
    /// Number of the pattern among those that need letters.
    pattern: usize,
    bit: u8,
    /// Whether no letter stands before them.
    begins: bool,
}

impl Filter {
    /// A filter for those patterns of `rules`, each with its number, that read texts of one kind.
    pub(super) fn new<'a>(
        scope: Scope,
        rules: impl Iterator<Item = (usize, &'a Expressions)>,
    ) -> Self {
        let mut needs: BTreeMap<String, Vec<Need>> = BTreeMap::new();
        let (mut sifted, mut always) = (Vec::new(), Vec::new());
        for (rule, expressions) in rules {
            for (pattern, parsed) in expressions.parsed(scope) {
                let key = Key { rule, pattern };
                let sets = letters::needed(&parsed);
                if sets.is_empty() {
                    always.push(key);
                    continue;
                }
                let mut bits = 0;
                for (number, set) in sets.into_iter().enumerate() {
                    let bit = 1 << number;
                    bits |= bit;
                    for letters in set {
                        needs.entry(letters.text).or_default().push(Need {
                            pattern: sifted.len(),
                            bit,
                            begins: letters.begins,
                        });
                    }
                }
                sifted.push((key, bits));
            }
        }
        let (letters, needs): (Vec<String>, _) = needs.into_iter().unzip();
        let mut builder = AhoCorasick::builder();
        builder
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA));
        Self {
            automaton: builder.build(&letters).ok(),
            needs,
            sifted,
            always,
        }
    }

    /// The passages of `text` in which a pattern can match, by number and in order, each with its patterns in order.
    pub(super) fn passages(&self, text: &str, passages: &[Passage]) -> Vec<(usize, Vec<Key>)> {
        let mut sieve = Sieve::new(self);
        let mut found = Vec::new();
        let mut number = 0;
        let hits = self.automaton.iter();
        for hit in hits.flat_map(|automaton| automaton.find_overlapping_iter(text)) {
            while passages
                .get(number)
                .is_some_and(|passage| passage.span.end < hit.end())
            {
                found.push((number, sieve.empty()));
                number += 1;
            }
            match passages.get(number) {
                Some(passage) if passage.span.start <= hit.start() => {
                    sieve.note(text, &hit);
                }
                Some(_) => {}
                None => break,
            }
        }
        found.extend((number..passages.len()).map(|number| (number, sieve.empty())));
        found.retain(|(_, keys)| !keys.is_empty());
        found
    }

    /// The patterns that can match in `text`, in order.
    pub(super) fn keys(&self, text: &str) -> Vec<Key> {
        let mut sieve = Sieve::new(self);
        let hits = self.automaton.iter();
        for hit in hits.flat_map(|automaton| automaton.find_overlapping_iter(text)) {
            sieve.note(text, &hit);
        }
        sieve.empty()
    }
}

/// What the letters of one text say so far.
struct Sieve<'a> {
    filter: &'a Filter,
    /// By pattern: the bits of the sets that were seen.
    seen: Vec<u8>,
    /// The patterns of which a set was seen.
    touched: Vec<usize>,
}

impl<'a> Sieve<'a> {
    fn new(filter: &'a Filter) -> Self {
        Self {
            filter,
            seen: vec![0; filter.sifted.len()],
            touched: Vec::new(),
        }
    }

    fn note(&mut self, text: &str, hit: &Match) {
        let before = text.as_bytes()[..hit.start()].last();
        let is_inside = before.is_some_and(u8::is_ascii_alphanumeric);
        for need in &self.filter.needs[hit.pattern().as_usize()] {
            if need.begins && is_inside {
                continue;
            }
            let seen = &mut self.seen[need.pattern];
            if *seen == 0 {
                self.touched.push(need.pattern);
            }
            *seen |= need.bit;
        }
    }

    /// The patterns of which all sets were seen, in order; ready for the next text.
    fn empty(&mut self) -> Vec<Key> {
        let mut keys = self.filter.always.clone();
        for pattern in self.touched.drain(..) {
            let seen = std::mem::take(&mut self.seen[pattern]);
            let (key, bits) = self.filter.sifted[pattern];
            if seen == bits {
                keys.push(key);
            }
        }
        keys.sort_unstable();
        keys
    }
}
