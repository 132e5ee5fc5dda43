//! Finds the issue of an item that links to none, by the markers that the tool's issues carry.

use std::collections::{BTreeMap, BTreeSet};

use super::Tie;
use crate::{
    document::Document,
    model::{issue::Issue, link::IssueKey, marker::Marker},
    tracker::Home,
};

/// What is known besides documents and ties.
pub(super) struct Knowledge<'a> {
    pub(super) home: &'a Home,
    /// Names of all documents that exist; `None` where not all are known.
    pub(super) existing: Option<&'a BTreeSet<String>>,
    /// Issues that this run opened itself.
    pub(super) opened: &'a [Issue],
}

/// Open issues of the tool that no item claims.
#[derive(Clone, Debug, Default)]
pub(super) struct Unclaimed {
    /// Those that pull requests brought.
    pub(super) offered: Vec<Issue>,
    /// The items that they were opened for: name of the document and key.
    pub(super) items: BTreeSet<(String, String)>,
}

/// Replaces [`Tie::Free`] by [`Tie::Marked`] wherever an issue of `listing` carries the item's marker, and finds
/// the duplicates of linked issues.
///
/// Only issues count whose author is the tool or someone with write access, and that no row links to.
/// A marker that names a document which is gone is matched by the item's key alone: the document was
/// renamed or moved, unless it is of an earlier incident. Of several issues with one marker the first one is the item's.
///
/// Returns the tool's open issues that no item claims.
pub(super) fn tie(
    documents: &[Document],
    knowledge: &Knowledge<'_>,
    listing: Vec<Issue>,
    ties: &mut [Vec<Tie>],
) -> Unclaimed {
    let mut marked = Candidates::new(knowledge.home, listing, ties);
    duplicates_of_linked(documents, knowledge, &mut marked, ties);
    for (document, ties) in documents.iter().zip(&mut *ties) {
        tie_free(document, ties, |item| {
            marked.take_tie(item, |name, _| answers_to(document, name))
        });
    }
    if let Some(existing) = knowledge.existing {
        for (document, ties) in documents.iter().zip(ties) {
            let former = former_names(ties);
            tie_free(document, ties, |item| {
                marked.take_orphans(
                    item,
                    existing,
                    |issue| !is_older(issue, document),
                    |name| former.contains(name) || file_name(name) == file_name(&document.path),
                )
            });
        }
    }
    marked.unclaimed()
}

fn tie_free(document: &Document, ties: &mut [Tie], mut find: impl FnMut(&str) -> Option<Tie>) {
    for (item, tie) in document.items.iter().zip(ties) {
        if *tie != Tie::Free {
            continue;
        }
        if let Some(found) = find(&item.key) {
            *tie = found;
        }
    }
}

/// Whether markers may call the document by `name`: an id can be written into a document later on.
fn answers_to(document: &Document, name: &str) -> bool {
    document.id() == name || document.path == name
}

/// The names that a document had when the issues were opened which its rows link to, as far as these can be believed.
fn former_names(ties: &[Tie]) -> BTreeSet<String> {
    ties.iter()
        .filter(|tie| matches!(tie, Tie::Linked { .. }))
        .filter_map(Tie::issue)
        .filter(|issue| issue.author.is_trusted())
        .filter_map(|issue| Some(Marker::read(&issue.body)?.document))
        .collect()
}

/// Whether the issue was opened before the incident of `document`, and so for another one. A day is allowed for zones.
fn is_older(issue: &Issue, document: &Document) -> bool {
    let opened = issue.created_at.map(|at| at.date_naive());
    let incident = document.date().and_then(|day| day.pred_opt());
    matches!((opened, incident), (Some(opened), Some(incident)) if opened < incident)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Open issues that were opened for an item which links to another one: overlapping runs opened them. Of two that the
/// tool opened, the first one stays, and the row goes over to it; an issue that a person linked always stays.
fn duplicates_of_linked(
    documents: &[Document],
    knowledge: &Knowledge<'_>,
    candidates: &mut Candidates,
    ties: &mut [Vec<Tie>],
) {
    let free = free_items(documents, ties);
    let home = knowledge.home;
    let is_own = |issue: &Issue| knowledge.opened.iter().any(|own| own.key == issue.key);
    for (document, ties) in documents.iter().zip(ties) {
        for (item, tie) in document.items.iter().zip(ties) {
            let Tie::Linked {
                issue, duplicates, ..
            } = tie
            else {
                continue;
            };
            // What duplicates another issue is nobody's original.
            if issue.state.is_duplicate() || issue.key.repository != home.repository {
                continue;
            }
            duplicates.extend(candidates.take_if(&item.key, |name, issue| {
                answers_to(document, name) && is_own(issue) && can_be_closed(issue)
            }));
            let marker = Marker::read(&issue.body)
                .filter(|marker| issue.author.is_self && marker.repository == home.repository_id);
            if let Some(marker) = &marker
                // The text of a reworded row can return as another row, to which such an issue belongs.
                && !free.contains(&(marker.document.clone(), marker.key.clone()))
            {
                duplicates.extend(candidates.take_if(&marker.key, |name, issue| {
                    name == marker.document && can_be_closed(issue)
                }));
            }
            duplicates.sort_by_key(|other| other.key.number);
            let first = duplicates.first_mut().filter(|first| {
                let same = |mine: &Marker| {
                    Marker::read(&first.body).is_some_and(|first| first.names_same_item(mine))
                };
                issue.state.is_open()
                    && first.key.number < issue.key.number
                    && marker.as_ref().is_some_and(same)
            });
            if let Some(first) = first {
                std::mem::swap(first, issue);
            }
        }
    }
}

/// Names and keys under which issues of items without a link are to be found.
fn free_items(documents: &[Document], ties: &[Vec<Tie>]) -> BTreeSet<(String, String)> {
    let mut free = BTreeSet::new();
    for (document, ties) in documents.iter().zip(ties) {
        for (item, _) in document
            .items
            .iter()
            .zip(ties)
            .filter(|(_, tie)| **tie == Tie::Free)
        {
            free.insert((document.id().to_owned(), item.key.clone()));
            free.insert((document.path.clone(), item.key.clone()));
        }
    }
    free
}

/// Whether the tool may close the issue as a duplicate. All others stay for other items: one that no item of this
/// run claimed would be claimed by the next.
fn can_be_closed(issue: &Issue) -> bool {
    issue.author.is_self && issue.state.is_open()
}

fn is_offered(issue: &Issue) -> bool {
    Marker::read(&issue.body).is_some_and(|marker| marker.offer.is_some())
}

/// Issues with a marker that counts and that no row links to, by key and document.
struct Candidates {
    by_key: BTreeMap<String, Vec<(String, Issue)>>,
}

impl Candidates {
    fn new(home: &Home, listing: Vec<Issue>, ties: &[Vec<Tie>]) -> Self {
        let linked: BTreeSet<&IssueKey> = ties
            .iter()
            .flatten()
            .filter_map(|tie| Some(&tie.issue()?.key))
            .collect();
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

    /// The issues of one document that is gone; where several gone documents had such an item, the others stay
    /// for other items. Those that `can_be` rules out belong to a document that was deleted and not renamed. A closed one
    /// counts only where `is_former` knows the name: else a new promise in words that a deleted postmortem used would
    /// be taken for done.
    fn take_orphans(
        &mut self,
        key: &str,
        existing: &BTreeSet<String>,
        can_be: impl Fn(&Issue) -> bool,
        is_former: impl Fn(&str) -> bool,
    ) -> Option<Tie> {
        let mut gone: Vec<(bool, &String)> = self
            .by_key
            .get(key)
            .into_iter()
            .flatten()
            .filter(|(name, issue)| !existing.contains(name) && can_be(issue))
            .map(|(name, issue)| (is_former(name), name, issue))
            // The document of an issue that a pull request brought is not gone, but yet to come.
            .filter(|(is_former, _, issue)| {
                *is_former || issue.state.is_open() && !is_offered(issue)
            })
            .map(|(is_former, name, _)| (is_former, name))
            .collect();
        gone.sort_by_key(|(is_former, _)| !is_former);
        let (is_former, document) = gone
            .first()
            .map(|(is_former, name)| (*is_former, (*name).clone()))?;
        self.take_tie(key, |name, issue| {
            name == document && can_be(issue) && (is_former || issue.state.is_open())
        })
    }

    /// Of the issues that are wanted for `key` the first one that is not itself a duplicate, and its duplicates.
    fn take_tie(&mut self, key: &str, wanted: impl Fn(&str, &Issue) -> bool) -> Option<Tie> {
        let first = self
            .by_key
            .get(key)?
            .iter()
            .filter(|(name, issue)| wanted(name, issue))
            .min_by_key(|(_, issue)| (issue.state.is_duplicate(), issue.key.number))
            .map(|(_, issue)| issue.clone())?;
        let mut duplicates = self.take_if(key, |name, issue| {
            issue.key == first.key || wanted(name, issue) && can_be_closed(issue)
        });
        duplicates.retain(|issue| issue.key != first.key);
        duplicates.sort_by_key(|issue| issue.key.number);
        Some(Tie::Marked {
            issue: Box::new(first),
            original: None,
            duplicates,
        })
    }

    /// What is left, as far as it is the tool's own and open.
    fn unclaimed(self) -> Unclaimed {
        let mut unclaimed = Unclaimed::default();
        for (key, issues) in self.by_key {
            for (document, issue) in issues {
                if !issue.state.is_open() || !issue.author.is_self {
                    continue;
                }
                unclaimed.items.insert((document, key.clone()));
                if is_offered(&issue) {
                    unclaimed.offered.push(issue);
                }
            }
        }
        unclaimed
    }

    fn take_if(&mut self, key: &str, wanted: impl Fn(&str, &Issue) -> bool) -> Vec<Issue> {
        let Some(found) = self.by_key.get_mut(key) else {
            return Vec::new();
        };
        let (taken, rest) = std::mem::take(found)
            .into_iter()
            .partition(|(name, issue)| wanted(name, issue));
        *found = rest;
        let taken: Vec<(String, Issue)> = taken;
        taken.into_iter().map(|(_, issue)| issue).collect()
    }
}
