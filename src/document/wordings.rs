//! What a heading opens, by its words.

use std::borrow::Cow;

use super::{
    Vocabulary,
    fold::{fold, without_brackets, without_number},
    phrases::Phrases,
};
use crate::model::config::SectionKind;

/// What a heading opens, as far as its own words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wording {
    /// Promises, for sure.
    Action,
    /// Promises, unless the document or the lines say otherwise.
    WeakAction,
    /// Finished work.
    Finished,
    /// Another known section.
    Section(SectionKind),
    /// Nothing known.
    Unknown,
}

/// The phrases by which headings are told apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    action: Phrases,
    finished: Phrases,
    no_action: Phrases,
    unfinished: Phrases,
    weak_beginnings: Phrases,
    nothing_to_do: Phrases,
}

impl Headings {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let phrases = |list: &str| Phrases::new(vocabulary.list(list));
        let weak = vocabulary.list("weak-action-headings");
        Self {
            action: phrases("action-headings"),
            finished: phrases("finished-headings"),
            no_action: phrases("no-action-headings"),
            unfinished: phrases("unfinished-headings"),
            // "Preventive measures going forward": two words tell enough, where one may begin anything.
            weak_beginnings: Phrases::new(weak.filter(|phrase| phrase.contains(' '))),
            nothing_to_do: phrases("nothing-to-do"),
        }
    }
}

impl Vocabulary {
    /// Whether a short sentence says that there is nothing to do: "None required for this run."
    pub(super) fn says_nothing(&self, text: &str) -> bool {
        const WORDS: usize = 10;
        let sentence = text.trim().trim_end_matches('.');
        let is_short = !sentence.contains([':', '：', '.'])
            && sentence.split_whitespace().take(WORDS + 1).count() <= WORDS;
        is_short && {
            let folded = fold(sentence);
            !folded.starts_with("none of") && self.headings.nothing_to_do.begins(&folded)
        }
    }

    /// What a heading opens.
    pub(super) fn wording(&self, heading: &str) -> Wording {
        let whole = fold(heading);
        let numbered = match without_brackets(heading) {
            Cow::Owned(heading) => Cow::Owned(fold(&heading)),
            Cow::Borrowed(_) => Cow::Borrowed(whole.as_str()),
        };
        let bare = without_number(&numbered);
        if self.headings.no_action.any_in(&whole) {
            return Wording::Unknown;
        }
        // A wording may itself begin with a number, such as "5 whys".
        let section = self.section(&numbered).or_else(|| {
            let has_number = bare.len() < numbered.len();
            has_number.then(|| self.section(bare)).flatten()
        });
        if section == Some(SectionKind::Timeline) {
            return Wording::Section(SectionKind::Timeline);
        }
        let strong =
            self.listed("whole-action-headings", bare) || self.headings.action.any_in(bare);
        let weak = self.listed("weak-action-headings", bare)
            || self.headings.weak_beginnings.begins(bare) && bare.split(' ').count() <= 6;
        let finished =
            self.headings.finished.any_in(&whole) && !self.headings.unfinished.any_in(&whole);
        if finished && (strong || weak || self.is_about_actions(bare)) {
            Wording::Finished
        } else if strong {
            Wording::Action
        } else if weak {
            Wording::WeakAction
        } else {
            section.map_or(Wording::Unknown, Wording::Section)
        }
    }

    /// Whether a heading promises to correct something, and does not speak of prevention.
    pub(super) fn is_corrective(&self, heading: &str) -> bool {
        self.listed("corrective-headings", without_number(&fold(heading)))
    }

    /// Whether a heading of finished work is about work at all: "Actions taken", "Completed", "Fixes applied".
    fn is_about_actions(&self, bare: &str) -> bool {
        bare.is_empty() || self.listed("finished-headings", bare) || self.lists_any_in("work", bare)
    }

    /// The section whose wording the heading is, or begins or ends with; the longest wording wins.
    fn section(&self, bare: &str) -> Option<SectionKind> {
        if bare.split(' ').count() > 8 {
            return None;
        }
        self.sections.meaning(bare)
    }
}
