//! A plain list of folded words, made to say quickly what is not in it.

use std::{collections::BTreeSet, ops::Bound, sync::OnceLock};

use super::{
    fold::{LATIN_EXTENDED_END, is_mark},
    phrases::Phrases,
};

/// Folded words and phrases.
#[derive(Clone, Debug, Default)]
pub(super) struct WordSet {
    words: BTreeSet<String>,
    longest: usize,
    /// The characters with which words begin.
    begins: BTreeSet<char>,
    /// The words once more, to be found inside a text; made where a text is first searched.
    phrases: OnceLock<Phrases>,
}

impl Extend<String> for WordSet {
    fn extend<I: IntoIterator<Item = String>>(&mut self, words: I) {
        for word in words {
            self.longest = self.longest.max(word.len());
            self.begins.extend(word.chars().next());
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

    /// Whether `text` may begin with one of the words once it is folded; most texts cannot, by their first letter.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                ':' if chars.peek().is_some_and(char::is_ascii_lowercase) => {
                    // It may be a shortcode, which goes in folding.
                    return true;
                }
                _ if c.is_ascii() => {
                    if c.is_ascii_alphanumeric() {
                        return self.begins.contains(&c.to_ascii_lowercase());
                    }
                }
                // Letters that may lose an accent, or become others.
                ..=LATIN_EXTENDED_END => return true,
                _ if is_mark(c) => {}
                _ if c.is_alphanumeric() => {
                    return c.to_lowercase().any(|c| self.begins.contains(&c));
                }
                _ => {}
            }
        }
        false
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
    fn no_text_is_passed_over_that_begins_with_a_word_of_the_list() {
        for text in [
            "About ten",
            "(about) ten",
            "–: about",
            ":mag: about",
            "À la une",
            "約14時",
            "До того",
            "\u{301}about",
            "‘about’",
            "🔥 about",
            ":x about",
        ] {
            assert!(set().may_begin(text), "{text}");
        }
        for text in [
            "",
            "ten",
            "- Ten",
            ": Ten",
            "14:32 about",
            "検知",
            "После",
            "🔥 ten",
        ] {
            assert!(!set().may_begin(text), "{text}");
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
