//! Which documents get issues, so that adopting years of postmortems floods nobody.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{document::Document, model::change::Left};

/// The documents in which issues are opened for unlinked items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Documents dated on or after this day; the other fields count only where it is `None`.
    pub since: Option<NaiveDate>,
    /// Documents that the push or pull request changed, or that the command line names.
    pub named: BTreeSet<String>,
    /// Whether every document counts: issues of the embedded tracker notify nobody.
    pub everything: bool,
}

impl Scope {
    /// Why unlinked items of `document` get no issue; `None` where they do. `has_issue` says that another of its
    /// items has one already: a run that was lost half-way is made good by the next.
    #[must_use]
    pub fn leaves_out(&self, document: &Document, has_issue: bool) -> Option<Left> {
        match (self.since, document.date()) {
            (Some(since), Some(date)) => (date < since).then_some(Left::BeforeSince(since)),
            (Some(_), None) => Some(Left::Undated),
            (None, _) => {
                let holds = self.everything || has_issue || self.named.contains(&document.path);
                (!holds).then_some(Left::OutOfScope)
            }
        }
    }
}
