//! What people and machines are told: strings only, written elsewhere.
//!
//! Imports: model, document, check, apply.

pub mod annotations;
pub mod comment;
pub mod convert;
pub mod examples;
pub mod explain;
pub mod items;
pub mod json;
pub mod outputs;
pub mod sarif;
pub mod show;
pub mod summary;
pub mod text;

mod columns;
mod left;
mod links;
mod markdown;
pub mod phrase;
mod place;
mod tally;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::{
    apply::Outcome,
    document::Document,
    model::{change::Plan, finding::Finding},
};

/// Everything that a run has to tell, whatever the format.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// Documents that were read.
    pub documents: &'a [Document],
    /// Findings, conflicts of the plan included, in the order of path and place.
    pub findings: &'a [Finding],
    /// What is to be done, or was.
    pub plan: &'a Plan,
    /// What became of each change; `None` where nothing is applied: a preview.
    pub outcomes: Option<&'a [Outcome]>,
    /// Things to know about the run as a whole: the tracker chosen, what could not be done and why.
    pub notices: &'a [String],
    /// Address of the repository's files at the commit that was read, such as
    /// `https://github.com/o/r/blob/<sha>`, for links to lines; empty where there is none.
    pub blob_url: &'a str,
    /// Changes to documents that were not written, as a patch for people to apply.
    pub patch: Option<&'a str>,
    /// The day of the run in the configured zone.
    pub today: NaiveDate,
}

pub use tally::Tally;

impl Report<'_> {
    /// What was done, or would be, in numbers.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::of(self)
    }
}
