//! The table of rules, one file per rule.
//!
//! The documentation of a rule is its page: the macro `rule!` keeps the same lines for rustdoc, `explain`,
//! SARIF and the README.

use super::Rule;
use crate::model::choice;

/// Declares a rule: its page as documentation, its name in the code, id, name, default level, and its check, or the
/// file of its words with what judges a finding.
macro_rules! rule {
    (
        $(#[doc = $line:literal])+
        $constant:ident: $id:literal, $name:literal, $level:ident, words $data:literal $(, $judge:expr)?
    ) => {
        rule! { @
            $(#[doc = $line])+
            $constant: $id, $name, $level, None, {
                let judge: Option<$crate::check::wording::Judge> = None;
                $(let judge: Option<$crate::check::wording::Judge> = { let _ = judge; Some($judge) };)?
                Some($crate::check::wording::Worded {
                    data: include_str!($data),
                    expressions: || {
                        static EXPRESSIONS: std::sync::LazyLock<$crate::check::wording::Expressions> =
                            std::sync::LazyLock::new(|| {
                                $crate::check::wording::Expressions::built_in(include_str!($data))
                            });
                        &EXPRESSIONS
                    },
                    judge,
                })
            }
        }
    };
    (
        $(#[doc = $line:literal])+
        $constant:ident: $id:literal, $name:literal, $level:ident, $check:expr
    ) => {
        rule! { @ $(#[doc = $line])+ $constant: $id, $name, $level, $check, None }
    };
    (
        @ $(#[doc = $line:literal])+
        $constant:ident: $id:literal, $name:literal, $level:ident, $check:expr, $wording:expr
    ) => {
        $(#[doc = $line])+
        pub static $constant: $crate::check::Rule = $crate::check::Rule {
            id: std::borrow::Cow::Borrowed($id),
            name: std::borrow::Cow::Borrowed($name),
            default: $crate::model::config::Level::$level,
            doc: std::borrow::Cow::Borrowed(concat!($($line, "\n"),+)),
            check: $check,
            wording: $wording,
        };
    };
}

macro_rules! table {
    ($($file:ident::$constant:ident),+ $(,)?) => {
        $(mod $file; pub use $file::$constant;)+

        /// Every rule, in the order of ids.
        pub static ALL: [&Rule; [$(stringify!($file)),+].len()] = [$(&$constant),+];
    };
}

table! {
    try_harder::TRY_HARDER,
    person_directed::PERSON_DIRECTED,
    vague_verb::VAGUE_VERB,
    unspecific::UNSPECIFIC,
    not_verb_first::NOT_VERB_FIRST,
    duplicate_in_document::DUPLICATE_IN_DOCUMENT,
    too_big::TOO_BIG,
    named_individual::NAMED_INDIVIDUAL,
    human_error::HUMAN_ERROR,
    character::CHARACTER,
    fault::FAULT,
    role_and_error_verb::ROLE_AND_ERROR_VERB,
    name_and_error_verb::NAME_AND_ERROR_VERB,
    the_root_cause_was::THE_ROOT_CAUSE_WAS,
    was_the_root_cause::WAS_THE_ROOT_CAUSE,
    solely::SOLELY,
    file_unreadable::FILE_UNREADABLE,
    owner_missing::OWNER_MISSING,
    due_missing::DUE_MISSING,
    due_unreadable::DUE_UNREADABLE,
    past_due_at_birth::PAST_DUE_AT_BIRTH,
    status_unknown::STATUS_UNKNOWN,
    overdue::OVERDUE,
    status_conflict::STATUS_CONFLICT,
    issue_unreadable::ISSUE_UNREADABLE,
    edit_refused::EDIT_REFUSED,
    should_have::SHOULD_HAVE,
    would_have_prevented::WOULD_HAVE_PREVENTED,
    condescension::CONDESCENSION,
    section_missing::SECTION_MISSING,
    summary_field_missing::SUMMARY_FIELD_MISSING,
    summary_field_empty::SUMMARY_FIELD_EMPTY,
    actions_only_as_prose::ACTIONS_ONLY_AS_PROSE,
    front_matter_invalid::FRONT_MATTER_INVALID,
    no_action_items::NO_ACTION_ITEMS,
    torn_table::TORN_TABLE,
}

pub use super::wording::own::rules as own;
pub use overdue::{REMEDY as OVERDUE_REMEDY, late};

/// A word that is no rule.
#[derive(Clone, Copy, Debug)]
pub struct UnknownRule<'a> {
    /// The word.
    pub word: &'a str,
    /// The rule that was probably meant.
    pub nearest: Option<&'static Rule>,
}

impl std::fmt::Display for UnknownRule<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there is no rule `{}`", self.word)?;
        match self.nearest {
            Some(rule) => write!(f, "; did you mean `{}` ({})?", rule.name, rule.id),
            None => write!(f, "; `followthrough explain` lists them all"),
        }
    }
}

/// The rule with this id or name; case does not count.
///
/// # Errors
/// Where there is none: with the rule that was probably meant.
pub fn find(word: &str) -> Result<&'static Rule, UnknownRule<'_>> {
    let word = word.trim();
    ALL.into_iter()
        .find(|rule| rule.is_called(word))
        .ok_or_else(|| UnknownRule {
            word,
            nearest: nearest(word),
        })
}

/// The name of the rule with this id; the id itself where it is a rule of the configuration, which has no other name.
#[must_use]
pub fn name(id: &str) -> &str {
    ALL.into_iter()
        .find(|rule| rule.id == id)
        .map_or(id, |rule| &rule.name)
}

/// Id and name of a rule, such as `FOLLOW001 owner-missing`.
#[must_use]
pub fn title(id: &str) -> String {
    match name(id) {
        name if name == id => name.to_owned(),
        name => format!("{id} {name}"),
    }
}

/// The ids and names of all rules: the keys that the configuration may have under `rules:`.
#[must_use]
pub fn words() -> Vec<&'static str> {
    ALL.iter()
        .flat_map(|rule| [&*rule.id, &*rule.name])
        .collect()
}

fn nearest(word: &str) -> Option<&'static Rule> {
    let meant = choice::nearest(word, &words())?;
    ALL.into_iter().find(|rule| rule.is_called(meant))
}

#[cfg(test)]
mod tests;
