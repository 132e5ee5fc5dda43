//! Settings with a fixed set of values.

use serde::{Deserialize, Serialize};

use crate::model::finding::Severity;

/// When issues are opened for the items of a pull request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// When it is merged: rows still change in review.
    #[default]
    OnMerge,
    /// At once; what disappears before the merge is closed as not planned.
    OnPullRequest,
}

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule says nothing.
    Off,
    /// Findings are infos.
    Info,
    /// Findings are warnings.
    #[default]
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
    use clap::ValueEnum;

    use super::*;

    #[track_caller]
    fn assert_same_names<T: ValueEnum + Serialize>() {
        for value in T::value_variants() {
            let option = value.to_possible_value().expect("a name");
            assert_eq!(serde_json::json!(value), option.get_name());
        }
    }

    #[test]
    fn options_and_configuration_have_the_same_names() {
        assert_same_names::<Opening>();
        assert_same_names::<WriteBack>();
        assert_same_names::<FailOn>();
    }
}
