//! The letters with which known words begin: most texts are told from them by their first one.

use std::collections::BTreeSet;

use super::fold::{LATIN_EXTENDED_END, is_mark};

/// The characters with which folded words begin.
#[derive(Clone, Debug)]
pub(super) struct Initials {
    ascii: [bool; 128],
    others: BTreeSet<char>,
}

impl Default for Initials {
    fn default() -> Self {
        Self {
            ascii: [false; 128],
            others: BTreeSet::new(),
        }
    }
}

impl Initials {
    /// Those of folded words.
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut initials = Self::default();
        words.for_each(|word| initials.add(word));
        initials
    }

    /// Notes that of a folded word.
    pub(super) fn add(&mut self, word: &str) {
        match word.chars().next() {
            Some(c) if c.is_ascii() => self.ascii[c as usize] = true,
            Some(c) => {
                self.others.insert(c);
            }
            None => {}
        }
    }

    /// Whether `text`, once it is folded, may begin with one of the words.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                _ if c.is_ascii_alphanumeric() => {
                    return self.ascii[c.to_ascii_lowercase() as usize];
                }
                // It may be a shortcode, which goes in folding.
                ':' if chars.as_str().starts_with(|c: char| c.is_ascii_lowercase()) => return true,
                _ if c.is_ascii() => {}
                // Letters that may lose an accent, or become others.
                ..=LATIN_EXTENDED_END => return true,
                _ if is_mark(c) => {}
                _ if c.is_alphanumeric() => {
                    return c.to_lowercase().any(|c| self.others.contains(&c));
                }
                _ => {}
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_passed_over_that_begins_with_a_known_word() {
        let initials = Initials::of(["about", "約", "до"].into_iter());
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
            assert!(initials.may_begin(text), "{text}");
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
            assert!(!initials.may_begin(text), "{text}");
        }
    }
}
