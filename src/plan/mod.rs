//! (documents, what the tracker knows, policy, today) → everything that is to be done, as values.
//!
//! Imports: model, tracker, document, observe, check.

mod assignment;
mod issue_text;
mod item;
mod late;
mod offer;
mod row;
mod scope;
mod status;
#[cfg(test)]
mod tests;
mod update;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

pub use offer::Offering;
pub use scope::Scope;

use crate::{
    document::{self, Document, Vocabulary},
    model::{
        change::{Change, ItemRef, Left, Plan},
        config::Config,
        edit::ItemEdit,
        issue::same_label,
        item::ActionItem,
        link::IssueKey,
    },
    observe::{Observed, Tie},
    tracker::Home,
};

/// Everything that a plan depends on besides documents and tracker.
pub struct Policy<'a> {
    /// Configuration.
    pub config: &'a Config,
    /// The day of the run in the configured zone.
    pub today: NaiveDate,
    /// The tracker.
    pub home: &'a Home,
    /// Which documents get issues.
    pub scope: &'a Scope,
    /// Address of the repository's files at the commit that was read, such as
    /// `https://github.com/o/r/blob/<sha>`; empty for the embedded tracker.
    pub blob_url: &'a str,
    /// The words by which the documents were read.
    pub vocabulary: &'a Vocabulary,
    /// Whether the tracker takes new issues.
    pub can_open: bool,
    /// How many issues this run has opened already, before it had to read again.
    pub opened_before: usize,
    /// The pull request that the documents stand in; `None` for documents of a branch that counts.
    pub offering: Option<Offering>,
}

/// Decides what is to be done. An empty plan means that documents and issues agree.
#[must_use]
pub fn plan(documents: &[Document], observed: &Observed, policy: &Policy<'_>) -> Plan {
    let mut planner = Planner {
        policy,
        documents,
        observed,
        plan: Plan::default(),
        opening: 0,
        unplaceable: BTreeMap::new(),
        labels: BTreeMap::new(),
    };
    for (at, document) in documents.iter().enumerate() {
        let left_out = policy
            .scope
            .leaves_out(document, has_issue(observed, at, document));
        // Beyond the limit nothing is opened that would need a place, and trying costs two readings.
        planner.unplaceable = if left_out.is_none() && planner.may_open() {
            unplaceable(document, observed, at, policy)
        } else {
            BTreeMap::new()
        };
        for place in places(at, document, observed) {
            planner.item(&place, left_out);
        }
    }
    planner.withdraw_unclaimed();
    planner.finish()
}

/// Whether any item of the document has an issue already, by its link or by a marker; one that is lost counts as well.
fn has_issue(observed: &Observed, at: usize, document: &Document) -> bool {
    (0..document.items.len()).any(|index| {
        matches!(
            observed.tie(at, index),
            Tie::Linked { .. } | Tie::Marked { .. } | Tie::Lost { .. }
        )
    })
}

/// The items of `document` that have no issue and whose row could not hold the link to one, with the reason. Found
/// out by trying: an issue that cannot be linked would be opened for nobody. The row is tried again when it is written,
/// since only then the number of the issue is known, and what is verified are the bytes that go into the file.
fn unplaceable(
    document: &Document,
    observed: &Observed,
    at: usize,
    policy: &Policy<'_>,
) -> BTreeMap<usize, String> {
    let likely = policy.home.key(u64::from(u32::MAX));
    let edits: Vec<ItemEdit> = document
        .items
        .iter()
        .enumerate()
        .filter(|(index, item)| {
            *observed.tie(at, *index) == Tie::Free && !item.stated_status().is_settled()
        })
        .map(|(item, _)| ItemEdit {
            item,
            link: Some(policy.home.link(&likely, &document.path)),
            ..ItemEdit::default()
        })
        .collect();
    if edits.is_empty() {
        return BTreeMap::new();
    }
    let tried = document::rewrite(document, &edits, policy.vocabulary);
    tried.refused.into_iter().collect()
}

/// One item with everything that is known of it.
#[derive(Clone, Copy)]
struct Place<'a> {
    document: &'a Document,
    item: &'a ActionItem,
    index: usize,
    tie: &'a Tie,
}

/// The items of `document`, the `at`-th one.
fn places<'a>(
    at: usize,
    document: &'a Document,
    observed: &'a Observed,
) -> impl Iterator<Item = Place<'a>> {
    let items = document.items.iter().enumerate();
    items.map(move |(index, item)| Place {
        document,
        item,
        index,
        tie: observed.tie(at, index),
    })
}

impl Place<'_> {
    fn item_ref(&self) -> ItemRef {
        ItemRef {
            path: self.document.path.clone(),
            line: self.item.line,
            index: self.index,
            action: self.item.action.clone(),
        }
    }
}

/// Labels that the rows of one issue ask for, gathered since several rows may share an issue.
struct LabelWish {
    item: ItemRef,
    has: Vec<String>,
    want: BTreeSet<String>,
}

fn holds<'a>(labels: impl IntoIterator<Item = &'a String>, label: &str) -> bool {
    labels.into_iter().any(|own| same_label(own, label))
}

struct Planner<'a> {
    policy: &'a Policy<'a>,
    documents: &'a [Document],
    observed: &'a Observed,
    plan: Plan,
    opening: usize,
    unplaceable: BTreeMap<usize, String>,
    labels: BTreeMap<IssueKey, LabelWish>,
}

impl Planner<'_> {
    /// Whether another issue may be opened.
    fn may_open(&self) -> bool {
        let limit = self.policy.config.issues.max_new;
        self.policy.can_open && self.opening + self.policy.opened_before < limit
    }

    fn leave(&mut self, place: &Place<'_>, why: Left) {
        self.plan.left.push((place.item_ref(), why));
    }

    fn change(&mut self, change: Change) {
        self.plan.changes.push(change);
    }

    fn finish(mut self) -> Plan {
        let overdue = &self.policy.config.overdue;
        for (issue, mut wish) in self.labels {
            // Of rows that share an issue, one can be late and another due soon.
            if holds(&wish.want, &overdue.label) {
                wish.want.retain(|label| {
                    same_label(label, &overdue.label) || !same_label(label, &overdue.soon_label)
                });
            }
            let add: Vec<String> = wish
                .want
                .iter()
                .filter(|label| !holds(&wish.has, label))
                .cloned()
                .collect();
            let remove: Vec<String> = [&overdue.label, &overdue.soon_label]
                .into_iter()
                .filter(|label| !holds(&wish.want, label) && holds(&wish.has, label))
                .cloned()
                .collect();
            if !add.is_empty() || !remove.is_empty() {
                self.plan.changes.push(Change::Label {
                    item: wish.item,
                    issue,
                    add,
                    remove,
                });
            }
        }
        self.plan
            .overdue
            .sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.item.cmp(&b.item)));
        self.plan
            .due_soon
            .sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.item.cmp(&b.item)));
        self.plan
    }
}
