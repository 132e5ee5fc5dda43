//! Which documents get issues, so that adopting years of postmortems floods nobody.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::document::Document;

/// The documents in which issues are opened for unlinked items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Documents dated on or after this day; the other fields count only where it is `None`.
    pub since: Option<NaiveDate>,
    /// Documents that the push or pull request changed, or that the command line names.
    pub named: BTreeSet<String>,
}

impl Scope {
    /// Whether unlinked items of `document` get issues. `has_issue` says that another of its items
    /// has one already: a run that was lost half-way is made good by the next.
    #[must_use]
    pub fn holds(&self, document: &Document, has_issue: bool) -> bool {
        match self.since {
            Some(since) => document.date().is_some_and(|date| date >= since),
            None => has_issue || self.named.contains(&document.path),
        }
    }

    /// Whether an unlinked item of `document` may get an issue, as far as can be told before the
    /// tracker was asked.
    #[must_use]
    pub fn may_hold(&self, document: &Document) -> bool {
        let has_link = document
            .items
            .iter()
            .any(|item| item.tracking_link().is_some());
        self.holds(document, has_link)
    }
}
