//! Joins every action item with its issue: by the link in its row, else by the marker in an issue.
//!
//! Imports: model, tracker, document.

mod closer;
mod concerned;
mod matching;
mod originals;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use self::matching::Unclaimed;
use self::originals::{follow_duplicates_to_be, original, originals};
use crate::{
    document::Document,
    model::{
        issue::{Issue, Lookup, State},
        item::ActionItem,
        link::IssueKey,
        marker::Marker,
        status::Status,
    },
    tracker::{Extent, Reader, TrackerError},
};

/// What the tracker knows about every item of some documents.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    ties: Vec<Vec<Tie>>,
    shared: BTreeSet<IssueKey>,
    unclaimed: Unclaimed,
    abandoned: BTreeSet<u64>,
}

/// How one item is tied to an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tie {
    /// The item links to no issue, and none was found that belongs to it.
    Free,
    /// The item links to an issue of this tracker.
    Linked {
        /// The issue as the row names it.
        asked: IssueKey,
        /// The issue; under another key than asked for where it was moved.
        issue: Box<Issue>,
        /// The issue that it duplicates, where it was closed as a duplicate.
        original: Option<Box<Issue>>,
        /// Other open issues that the tool opened for the same item, in runs that overlapped.
        duplicates: Vec<Issue>,
    },
    /// The item links to nothing, but an issue carries its marker.
    Marked {
        /// The issue, the first one where there are several.
        issue: Box<Issue>,
        /// The issue that it duplicates, where it was closed as a duplicate.
        original: Option<Box<Issue>>,
        /// Later issues with the same marker that are still open.
        duplicates: Vec<Issue>,
    },
    /// The item links to a tracker that this run does not read.
    Elsewhere,
    /// The linked issue cannot be read.
    Lost {
        /// The issue as the row names it.
        asked: IssueKey,
        /// Why, in words; `None` where it is known to be deleted, and not merely out of sight.
        reason: Option<String>,
    },
    /// The item is none of this run's business.
    Ignored,
}

impl Tie {
    /// The issue behind the item.
    #[must_use]
    pub fn issue(&self) -> Option<&Issue> {
        match self {
            Self::Linked { issue, .. } | Self::Marked { issue, .. } => Some(issue),
            _ => None,
        }
    }
}

impl Observed {
    /// How the item `item` of the document `document` is tied, both by index.
    #[must_use]
    pub fn tie(&self, document: usize, item: usize) -> &Tie {
        self.ties
            .get(document)
            .and_then(|ties| ties.get(item))
            .unwrap_or(&Tie::Free)
    }

    /// Whether several items link to this issue, or one that this run did not look at, so that no single one of
    /// them speaks for it.
    #[must_use]
    pub fn is_shared(&self, key: &IssueKey) -> bool {
        self.shared.contains(key)
    }

    /// The issues of pull requests, open and opened by the tool, that no item of the documents claims.
    #[must_use]
    pub fn unclaimed(&self) -> &[Issue] {
        &self.unclaimed.offered
    }

    /// Whether an issue that no item claims was opened for the item `key` of `document`.
    #[must_use]
    pub fn has_unclaimed(&self, document: &Document, key: &str) -> bool {
        let is_there = |name: &str| {
            let item = (name.to_owned(), key.to_owned());
            self.unclaimed.items.contains(&item)
        };
        is_there(document.id()) || is_there(&document.path)
    }

    /// Whether this pull request, which brought one of [`Self::unclaimed`], was closed without merging.
    #[must_use]
    pub fn is_abandoned(&self, pull: u64) -> bool {
        self.abandoned.contains(&pull)
    }
}

/// Which items a run looks at, and what it knows beforehand.
pub struct Question<'a> {
    /// Only items that link to one of these issues or to a duplicate of one; `None` for all items.
    pub only: Option<&'a BTreeSet<IssueKey>>,
    /// Label by which the tool's issues are listed.
    pub label: &'a str,
    /// Names of all documents that exist, in this question or not: a marker that names none of them belongs to a
    /// document that was renamed or moved. `None` where not all are known.
    pub existing: Option<&'a BTreeSet<String>>,
    /// Issues that this run opened itself: a listing may lag behind.
    pub opened: &'a [Issue],
    /// When the pull request was opened that the documents are offered by; `None` for documents of a branch that counts.
    pub offered_since: Option<DateTime<Utc>>,
}

/// Asks the tracker for everything that the items of `documents` link to.
///
/// # Errors
/// Where the tracker cannot be asked at all. A single issue that cannot be read is [`Tie::Lost`].
pub async fn observe(
    documents: &[Document],
    reader: &dyn Reader,
    question: &Question<'_>,
) -> Result<Observed, TrackerError> {
    let home = reader.home();
    let mut ties: Vec<Vec<Tie>> = documents
        .iter()
        .map(|document| vec![Tie::Free; document.items.len()])
        .collect();
    let mut linked: BTreeMap<IssueKey, Vec<(usize, usize)>> = BTreeMap::new();
    for (document, item, link) in links(documents) {
        match home.resolve(link) {
            Some(key) => linked.entry(key).or_default().push((document, item)),
            None => ties[document][item] = Tie::Elsewhere,
        }
    }
    let keys: BTreeSet<IssueKey> = linked.keys().cloned().collect();
    let answers = match question.only {
        Some(only) => concerned::look_up(reader, &keys, only).await?,
        None => look_up(reader, keys).await?,
    };
    let originals = originals(reader, answers.values()).await?;
    for (key, places) in &linked {
        let tie = match answers.get(key) {
            Some(answer) => tie(key, answer, &originals),
            None => Tie::Ignored,
        };
        for (document, item) in places {
            ties[*document][*item] = tie.clone();
        }
    }

    if question.only.is_some() {
        for tie in ties.iter_mut().flatten().filter(|tie| **tie == Tie::Free) {
            *tie = Tie::Ignored;
        }
    }
    let mut unclaimed = Unclaimed::default();
    let mut abandoned = BTreeSet::new();
    if question.only.is_none() {
        unclaimed = tie_by_marker(documents, reader, question, &mut ties).await?;
        if question.offered_since.is_none() {
            // Where not all documents were read, one of the others can hold the item.
            unclaimed.offered.retain(|_| question.existing.is_some());
            abandoned = abandoned_pulls(reader, &unclaimed.offered).await?;
        }
    }
    Ok(Observed {
        shared: shared(documents, &ties, question.existing),
        ties,
        unclaimed,
        abandoned,
    })
}

/// Of the pull requests that brought `issues`, those that were closed without merging.
async fn abandoned_pulls(
    reader: &dyn Reader,
    issues: &[Issue],
) -> Result<BTreeSet<u64>, TrackerError> {
    let pulls: BTreeSet<u64> = issues
        .iter()
        .filter_map(|issue| Some(Marker::read(&issue.body)?.offer?.pull))
        .collect();
    let keys = pulls
        .into_iter()
        .map(|pull| reader.home().key(pull))
        .collect();
    let answers = look_up(reader, keys).await?;
    let abandoned = |answer: &Lookup| match answer {
        Lookup::Found(pull) => pull.is_pull_request && pull.state == State::NotPlanned,
        Lookup::Deleted | Lookup::Unreadable(_) => false,
    };
    Ok(answers
        .into_iter()
        .filter(|(_, answer)| abandoned(answer))
        .map(|(key, _)| key.number)
        .collect())
}

/// Issues for which no single row speaks.
fn shared(
    documents: &[Document],
    ties: &[Vec<Tie>],
    existing: Option<&BTreeSet<String>>,
) -> BTreeSet<IssueKey> {
    let here: BTreeSet<&str> = documents
        .iter()
        .flat_map(|document| [document.id(), document.path.as_str()])
        .collect();
    let is_gone = |name: &str| existing.is_some_and(|existing| !existing.contains(name));
    let mut seen = BTreeSet::new();
    let mut shared = BTreeSet::new();
    for issue in ties.iter().flatten().filter_map(Tie::issue) {
        let is_elsewhere = Marker::read(&issue.body).is_some_and(|Marker { document, .. }| {
            !here.contains(document.as_str()) && !is_gone(&document)
        });
        if !seen.insert(&issue.key) || is_elsewhere {
            shared.insert(issue.key.clone());
        }
    }
    shared
}

/// The link of every linked item, with the indexes of document and item.
fn links(
    documents: &[Document],
) -> impl Iterator<Item = (usize, usize, &crate::model::link::Target)> {
    documents.iter().enumerate().flat_map(|(at, document)| {
        document
            .items
            .iter()
            .enumerate()
            .filter_map(move |(index, item)| Some((at, index, &item.tracking_link()?.target)))
    })
}

/// What is behind `keys`; nothing is asked where there are none.
async fn look_up(
    reader: &dyn Reader,
    keys: BTreeSet<IssueKey>,
) -> Result<BTreeMap<IssueKey, Lookup>, TrackerError> {
    if keys.is_empty() {
        return Ok(BTreeMap::new());
    }
    let keys: Vec<IssueKey> = keys.into_iter().collect();
    let answers = reader.lookup(&keys).await?;
    Ok(keys.into_iter().zip(answers).collect())
}

fn tie(asked: &IssueKey, answer: &Lookup, originals: &BTreeMap<IssueKey, Issue>) -> Tie {
    match answer {
        Lookup::Found(issue) => Tie::Linked {
            asked: asked.clone(),
            original: original(issue, originals),
            issue: issue.clone(),
            duplicates: Vec::new(),
        },
        Lookup::Deleted => Tie::Lost {
            asked: asked.clone(),
            reason: None,
        },
        Lookup::Unreadable(reason) => Tie::Lost {
            asked: asked.clone(),
            reason: Some(reason.clone()),
        },
    }
}

async fn tie_by_marker(
    documents: &[Document],
    reader: &dyn Reader,
    question: &Question<'_>,
    ties: &mut [Vec<Tie>],
) -> Result<Unclaimed, TrackerError> {
    let has_free_item = documents.iter().zip(&*ties).any(|(document, ties)| {
        let mut items = document.items.iter().zip(ties);
        items.any(|(item, tie)| *tie == Tie::Free && !item.stated_status().is_settled())
    });
    let extent = if has_free_item {
        Extent::All
    } else {
        question.offered_since.map_or(Extent::Newest, Extent::Since)
    };
    let mut listing = reader.listing(question.label, extent).await?;
    for issue in question.opened {
        if listing.iter().all(|listed| listed.key != issue.key) {
            listing.push(issue.clone());
        }
    }
    let looked_up: BTreeSet<IssueKey> = ties
        .iter()
        .flatten()
        .filter_map(|tie| tie.issue().map(|issue| issue.key.clone()))
        .collect();
    let knowledge = matching::Knowledge {
        home: reader.home(),
        existing: question.existing,
        opened: question.opened,
    };
    let unclaimed = matching::tie(documents, &knowledge, listing, ties);
    closer::look(reader, &looked_up, ties).await?;
    follow_duplicates_to_be(ties);
    Ok(unclaimed)
}

/// The status that counts for an item: the issue's where there is one, else the document's.
///
/// A pull request that was closed without merging says nothing about the promise.
#[must_use]
pub fn effective_status(item: &ActionItem, tie: &Tie, in_progress_labels: &[String]) -> Status {
    let Some(status) = issue_status(tie, in_progress_labels) else {
        return item.stated_status();
    };
    match (status, item.stated_status()) {
        (Status::NotStarted | Status::InProgress, Status::Blocked) => Status::Blocked,
        _ => status,
    }
}

/// How far the work is by the issue that counts. `None` where that cannot be known.
#[must_use]
pub fn issue_status(tie: &Tie, in_progress_labels: &[String]) -> Option<Status> {
    Some(issue_that_counts(tie)?.status(in_progress_labels))
}

/// The issue that says how far the work is, duplicates followed to their original. `None` where none can say it.
#[must_use]
pub fn issue_that_counts(tie: &Tie) -> Option<&Issue> {
    let issue = match tie {
        Tie::Linked {
            original: Some(original),
            ..
        }
        | Tie::Marked {
            original: Some(original),
            ..
        } => original,
        Tie::Linked { issue, .. } | Tie::Marked { issue, .. } => issue,
        _ => return None,
    };
    let is_abandoned = issue.is_pull_request && issue.state == State::NotPlanned;
    let is_out_of_sight = matches!(
        issue.state,
        State::Duplicate(Some(_)) | State::HiddenDuplicate
    );
    (!is_abandoned && !is_out_of_sight).then_some(issue)
}
