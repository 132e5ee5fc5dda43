//! A plain list of folded words, made to say quickly what is not in it.

use std::{collections::BTreeSet, ops::Bound, sync::OnceLock};

use super::{fold::fold_short, initials::Initials, phrases::Phrases};

/// Folded words and phrases.
#[derive(Clone, Debug, Default)]
pub(super) struct WordSet {
    words: BTreeSet<String>,
    longest: usize,
    initials: Initials,
    /// The words once more, to be found inside a text; made where a text is first searched.
    phrases: OnceLock<Phrases>,
}

impl Extend<String> for WordSet {
    fn extend<I: IntoIterator<Item = String>>(&mut self, words: I) {
        for word in words {
            self.longest = self.longest.max(word.len());
            self.initials.add(&word);
            self.words.insert(word);
        }
        self.phrases = OnceLock::new();
    }
}

impl WordSet {
    /// Whether the folded words are in it.
    pub(super) fn contains(&self, folded: &str) -> bool {
        folded.len() <= self.longest && self.words.contains(folded)
    }

    /// Whether one of the words stands in a folded text, as whole words.
    pub(super) fn any_in(&self, folded: &str) -> bool {
        let phrases = self.phrases.get_or_init(|| Phrases::new(self.iter()));
        phrases.any_in(folded)
    }

    /// Whether `text`, once it is folded, may begin with one of the words; most texts cannot, by their first letter.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        self.initials.may_begin(text)
    }

    /// Whether `text`, once it is folded, is one of the words.
    pub(super) fn has(&self, text: &str) -> bool {
        self.may_begin(text)
            && fold_short(text, self.longest).is_some_and(|folded| self.words.contains(&folded))
    }

    /// Whether one of the words begins with these folded letters.
    pub(super) fn may_go_on(&self, folded: &str) -> bool {
        let from = (Bound::Included(folded), Bound::Unbounded);
        let mut following = self.words.range::<str, _>(from);
        following
            .next()
            .is_some_and(|word| word.starts_with(folded))
    }

    /// The words in the order of their bytes.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::fold::{fold, holds};

    fn set() -> WordSet {
        let mut set = WordSet::default();
        set.extend(["about", "a la une", "約", "до", "no action"].map(str::to_owned));
        set
    }

    #[test]
    fn a_text_is_a_word_of_the_list_whatever_its_case_and_marks() {
        for (text, wanted) in [
            ("About", true),
            ("**à la une**!", true),
            ("about ten", false),
            ("", false),
        ] {
            assert_eq!(set().has(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_phrase_goes_on_as_long_as_a_word_begins_with_it() {
        for (folded, wanted) in [
            ("no", true),
            ("no a", true),
            ("nor", false),
            ("", true),
            ("zz", false),
        ] {
            assert_eq!(set().may_go_on(folded), wanted, "{folded}");
        }
    }

    #[test]
    fn words_are_found_inside_a_text_as_whole_words_only() {
        for text in [
            "there is no action today",
            "abouts",
            "how about it",
            "大約十分",
            "",
        ] {
            let folded = fold(text);
            let wanted = set().iter().any(|word| holds(&folded, word));
            assert_eq!(set().any_in(&folded), wanted, "{text}");
        }
    }
}
