//! Carries out a plan: one outcome per change, and no change hides another.
//!
//! Imports: model, tracker, document.

use serde::Serialize;

use crate::model::{change::Change, link::IssueKey};

/// How one change ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The change as planned.
    pub change: Change,
    /// What became of it.
    pub result: Ending,
    /// The issue that was opened or changed, where there is one.
    pub issue: Option<IssueKey>,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "ending", content = "detail")]
pub enum Ending {
    /// Done.
    Done,
    /// Not done, and the next run will find it still to do; with the reason in words.
    Left(String),
    /// Refused or failed, with the reason in words.
    Failed(String),
}
