//! Finds the issue of an item that links to none, by the markers that the tool's issues carry.

use std::collections::{BTreeMap, BTreeSet};

use super::Tie;
use crate::{
    document::Document,
    model::{issue::Issue, link::IssueKey, marker::Marker},
    tracker::Home,
};

/// Replaces [`Tie::Free`] by [`Tie::Marked`] wherever an issue of `listing` carries the item's marker, and finds
/// the duplicates of linked issues.
///
/// Only issues count whose author is the tool or someone with write access, and that no row links to.
/// A marker that names a document which is gone is matched by the item's key alone: the document was
/// renamed or moved. Of several issues with one marker the first one is the item's.
pub(super) fn tie(
    documents: &[Document],
    home: &Home,
    existing: Option<&BTreeSet<String>>,
    listing: Vec<Issue>,
    linked: &BTreeSet<IssueKey>,
    ties: &mut [Vec<Tie>],
) {
    let mut marked = Candidates::new(home, listing, linked);
    let ids: BTreeSet<&str> = documents.iter().map(Document::id).collect();
    duplicates_of_linked(home, &mut marked, ties);
    for by_key_alone in [false, true] {
        for (document, ties) in documents.iter().zip(&mut *ties) {
            for (item, tie) in document.items.iter().zip(ties) {
                if *tie != Tie::Free {
                    continue;
                }
                let issues = if by_key_alone {
                    let Some(existing) = existing else {
                        continue;
                    };
                    marked.take_orphans(&item.key, |name| {
                        !ids.contains(name) && !existing.contains(name)
                    })
                } else {
                    marked.take(document.id(), &item.key)
                };
                if let Some(found) = first_and_duplicates(issues) {
                    *tie = found;
                }
            }
        }
    }
}

/// Open issues that carry the marker of an open issue which a row links to: overlapping runs opened them. The first one
/// stays, and the row goes over to it.
fn duplicates_of_linked(home: &Home, candidates: &mut Candidates, ties: &mut [Vec<Tie>]) {
    for tie in ties.iter_mut().flatten() {
        let Tie::Linked {
            issue, duplicates, ..
        } = tie
        else {
            continue;
        };
        let Some(marker) = Marker::read(&issue.body) else {
            continue;
        };
        if !issue.author.is_self
            || !issue.state.is_open()
            || marker.repository != home.repository_id
        {
            continue;
        }
        let found = candidates.take(&marker.document, &marker.key);
        duplicates.extend(
            found
                .into_iter()
                .filter(|other| other.author.is_self && other.state.is_open()),
        );
        duplicates.sort_by_key(|other| other.key.number);
        if let Some(first) = duplicates
            .first_mut()
            .filter(|first| first.key.number < issue.key.number)
        {
            std::mem::swap(first, issue);
        }
    }
}

fn first_and_duplicates(mut issues: Vec<Issue>) -> Option<Tie> {
    issues.sort_by_key(|issue| issue.key.number);
    let mut issues = issues.into_iter();
    let first = issues.next()?;
    Some(Tie::Marked {
        issue: Box::new(first),
        duplicates: issues.filter(|issue| issue.state.is_open()).collect(),
    })
}

/// Issues with a marker that counts, by key and document.
struct Candidates {
    by_key: BTreeMap<String, Vec<(String, Issue)>>,
}

impl Candidates {
    fn new(home: &Home, listing: Vec<Issue>, linked: &BTreeSet<IssueKey>) -> Self {
        let mut by_key: BTreeMap<String, Vec<(String, Issue)>> = BTreeMap::new();
        for issue in listing {
            if !issue.author.is_trusted() || linked.contains(&issue.key) {
                continue;
            }
            let Some(marker) = Marker::read(&issue.body) else {
                continue;
            };
            if marker.repository == home.repository_id {
                by_key
                    .entry(marker.key)
                    .or_default()
                    .push((marker.document, issue));
            }
        }
        Self { by_key }
    }

    fn take(&mut self, document: &str, key: &str) -> Vec<Issue> {
        self.take_if(key, |name| name == document)
    }

    /// The issues of one document that is gone; where several gone documents had such an item,
    /// the others stay for other items.
    fn take_orphans(&mut self, key: &str, is_gone: impl Fn(&str) -> bool) -> Vec<Issue> {
        let Some(document) = self
            .by_key
            .get(key)
            .and_then(|found| found.iter().find(|(name, _)| is_gone(name)))
            .map(|(name, _)| name.clone())
        else {
            return Vec::new();
        };
        self.take(&document, key)
    }

    fn take_if(&mut self, key: &str, wanted: impl Fn(&str) -> bool) -> Vec<Issue> {
        let Some(found) = self.by_key.get_mut(key) else {
            return Vec::new();
        };
        let (taken, rest) = std::mem::take(found)
            .into_iter()
            .partition(|(name, _)| wanted(name));
        *found = rest;
        let taken: Vec<(String, Issue)> = taken;
        taken.into_iter().map(|(_, issue)| issue).collect()
    }
}
