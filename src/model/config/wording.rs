//! What a rule about words is made of: data, the same for the rules that come along and those of a team.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::Level;

/// Words that a rule looks for, what is said about them, and examples that show what fires and what does not.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wording {
    /// Level of the findings; the rules that come along have theirs beside their page.
    #[serde(default)]
    pub level: Level,
    /// Which texts are read.
    #[serde(default = "prose", deserialize_with = "one_or_many")]
    pub scope: Vec<Scope>,
    /// Whether `Engineer` and `engineer` are two words.
    #[serde(default)]
    pub case_sensitive: bool,
    /// Lists that patterns and exceptions name in braces: `{person}` is any one of the entries of `person`.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// Regular expressions, each of whole words, matched with one sentence or one action item at a time.
    pub patterns: Vec<Pattern>,
    /// Regular expressions; a sentence that one of them matches is passed over.
    #[serde(default)]
    pub except: Vec<String>,
    /// What is wrong; `{words}` are the words found. One sentence without a full stop.
    pub message: String,
    /// The way out. One sentence without a full stop.
    pub hint: String,
    /// Texts in which the rule finds something.
    #[serde(default)]
    pub must_fire: Vec<String>,
    /// Texts in which it finds nothing.
    #[serde(default)]
    pub must_not_fire: Vec<String>,
}

/// A pattern, alone or with what holds for it and not for the others of its rule.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(
    untagged,
    expecting = "a pattern is needed here, such as `\"human errors?\"`, or `{pattern: ..., at-most: info}`"
)]
pub enum Pattern {
    /// A regular expression.
    Plain(String),
    /// One that is milder or narrower than its rule.
    Limited {
        /// The regular expression.
        pattern: String,
        /// No finding of it is of a higher level.
        #[serde(default, rename = "at-most")]
        at_most: Option<Level>,
        /// It reads no other text.
        #[serde(default)]
        scope: Option<Scope>,
    },
}

impl Pattern {
    /// The regular expression as written.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Limited { pattern: text, .. } => text,
        }
    }

    /// The highest level of its findings.
    #[must_use]
    pub fn at_most(&self) -> Level {
        match self {
            Self::Limited { at_most, .. } => at_most.unwrap_or(Level::Error),
            Self::Plain(_) => Level::Error,
        }
    }

    /// Whether it reads texts of this kind, in a rule that does.
    #[must_use]
    pub fn reads(&self, scope: Scope) -> bool {
        match self {
            Self::Limited { scope: own, .. } => own.is_none_or(|own| own == scope),
            Self::Plain(_) => true,
        }
    }
}

/// Texts that rules about words read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// What the document says in its own voice, sentence by sentence.
    Prose,
    /// What an open action item promises.
    Action,
}

fn prose() -> Vec<Scope> {
    vec![Scope::Prose]
}

fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Scope>, D::Error> {
    #[derive(Deserialize)]
    #[serde(
        untagged,
        expecting = "`prose`, `action` or both, as `[prose, action]`, is needed here"
    )]
    enum Written {
        One(Scope),
        Many(Vec<Scope>),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::One(scope) => vec![scope],
        Written::Many(scopes) => scopes,
    })
}
