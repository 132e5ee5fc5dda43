//! Carries out a plan: one outcome per change, and no change hides another.
//!
//! The order makes a run that is cut off anywhere mendable by the next one: issues are opened first
//! (their markers find them again), then the documents get links and status, and only then do issues
//! learn what documents and issues agree on.
//!
//! Imports: model, host, tracker, document.

mod deliver;
mod issues;
mod patch;
mod rows;
#[cfg(test)]
mod tests;
mod tidy;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use deliver::{Delivery, FileChange, Head, PROPOSAL_BRANCH, Target};
pub use issues::{AWAITS_DOCUMENT, open, settle};
pub use patch::patch;
pub use rows::rewrites;
pub use tidy::Tidied;

use crate::model::{
    change::{Change, Plan},
    issue::Issue,
    link::IssueKey,
};
use crate::tracker::Home;

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
    /// Handed over, and in force once a person accepts it; with where to look.
    Proposed(String),
    /// Not done, and the next run will find it still to do; with the reason in words.
    Left(String),
    /// Refused or failed, with the reason in words.
    Failed(String),
}

/// What a run has done so far.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Outcomes in the order in which they came about.
    pub outcomes: Vec<Outcome>,
    /// Issues that were opened, by path of the document and index of the item.
    pub opened: BTreeMap<(String, usize), Issue>,
    /// The refusal, where the token may open no issues.
    pub forbidden: Option<String>,
}

impl Ledger {
    fn note(&mut self, change: &Change, result: Ending, issue: Option<IssueKey>) {
        self.outcomes.push(Outcome {
            change: change.clone(),
            result,
            issue,
        });
    }

    /// Notes how the changes of documents ended, links of opened issues included: those in `refused` could not be
    /// written safely, all others share the fate of the delivery.
    pub fn note_documents(
        &mut self,
        plan: &Plan,
        home: &Home,
        refused: &BTreeMap<(String, usize), String>,
        delivery: &Delivery,
    ) {
        for change in &plan.changes {
            let item = change.item();
            let place = (item.path.clone(), item.index);
            let written = match (change, self.opened.get(&place)) {
                (Change::Open { .. }, Some(issue)) => Change::Link {
                    item: item.clone(),
                    old: None,
                    new: home.link(&issue.key, &item.path),
                },
                _ if change.is_in_document() => change.clone(),
                _ => continue,
            };
            let result = match refused.get(&place) {
                Some(reason) => Ending::Failed(reason.clone()),
                None => delivery.ending(&item.path),
            };
            self.note(&written, result, None);
        }
    }

    /// Forgets what did not come about: the next attempt of the same run plans it anew.
    pub fn keep_done(&mut self) {
        self.outcomes
            .retain(|outcome| outcome.result == Ending::Done);
    }

    /// Items whose row was to change and does not say so in the document that counts.
    #[must_use]
    pub fn undelivered(&self) -> BTreeSet<(String, usize)> {
        self.outcomes
            .iter()
            .filter(|outcome| outcome.change.is_in_document() && outcome.result != Ending::Done)
            .map(|outcome| {
                let item = outcome.change.item();
                (item.path.clone(), item.index)
            })
            .collect()
    }
}
