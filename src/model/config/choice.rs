//! Settings with a fixed set of values.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::model::finding::Severity;

/// How links and status reach the documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum WriteBack {
    /// `commit` on a runner, `files` elsewhere.
    #[default]
    Auto,
    /// One commit on the default branch; a pull request where the branch refuses it.
    Commit,
    /// A branch and a pull request, always.
    PullRequest,
    /// The files of the working tree.
    Files,
    /// Nothing is written; the change stands as a patch in the summary.
    None,
}

impl WriteBack {
    /// The values by their names.
    pub const NAMES: [(&'static str, Self); 5] = [
        ("auto", Self::Auto),
        ("commit", Self::Commit),
        ("pull-request", Self::PullRequest),
        ("files", Self::Files),
        ("none", Self::None),
    ];
}

impl FromStr for WriteBack {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        named(text, &Self::NAMES)
    }
}

impl FromStr for FailOn {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        named(text, &Self::NAMES)
    }
}

/// A value that is none of those allowed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{text}` is not allowed here; use one of {allowed}")]
pub struct UnknownName {
    text: String,
    allowed: String,
}

fn named<T: Copy>(text: &str, names: &[(&str, T)]) -> Result<T, UnknownName> {
    let found = names.iter().find(|(name, _)| *name == text);
    found.map(|(_, value)| *value).ok_or_else(|| UnknownName {
        text: text.to_owned(),
        allowed: names
            .iter()
            .map(|(name, _)| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", "),
    })
}

/// Least severity that fails a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors only.
    #[default]
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Info,
    /// No finding.
    Never,
}

impl FailOn {
    /// The values by their names.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("error", Self::Error),
        ("warning", Self::Warning),
        ("info", Self::Info),
        ("never", Self::Never),
    ];

    /// Whether a finding of this severity fails the run.
    #[must_use]
    pub fn includes(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}

/// Severity that a rule is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule says nothing.
    Off,
    /// Findings are infos.
    Info,
    /// Findings are warnings.
    Warning,
    /// Findings are errors.
    Error,
}

impl Level {
    /// The severity; `None` where the rule is off.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_configuration() {
        for (name, value) in WriteBack::NAMES {
            assert_eq!(name.parse(), Ok(value));
            assert_eq!(serde_json::json!(value), name);
        }
        for (name, value) in FailOn::NAMES {
            assert_eq!(name.parse(), Ok(value));
            assert_eq!(serde_json::json!(value), name);
        }
    }

    #[test]
    fn a_value_that_is_not_allowed_says_what_is() {
        let error = "errors"
            .parse::<FailOn>()
            .expect_err("a plural")
            .to_string();
        assert_eq!(
            error,
            "`errors` is not allowed here; use one of `error`, `warning`, `info`, `never`"
        );
    }
}
