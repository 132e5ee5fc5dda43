//! Follows duplicates to the issue that counts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Tie, look_up};
use crate::{
    model::{
        issue::{Issue, Lookup, State},
        link::IssueKey,
    },
    tracker::{Reader, TrackerError},
};

/// How far a chain of duplicates is followed; longer ones are rings or jokes.
const DUPLICATE_CHAIN: usize = 5;

/// The issues that end the chains of duplicates which start in `answers`, by the key of each link of a chain.
pub(super) async fn originals(
    reader: &dyn Reader,
    answers: impl Iterator<Item = &Lookup>,
) -> Result<BTreeMap<IssueKey, Issue>, TrackerError> {
    let original_of = |answer: &Lookup| match answer {
        Lookup::Found(issue) => match &issue.state {
            State::Duplicate(Some(original)) => Some(original.clone()),
            _ => None,
        },
        Lookup::Deleted | Lookup::Unreadable(_) => None,
    };
    let mut found = BTreeMap::new();
    let mut next: BTreeSet<IssueKey> = answers.filter_map(original_of).collect();
    for _ in 0..DUPLICATE_CHAIN {
        next.retain(|key| !found.contains_key(key));
        let answers = look_up(reader, next).await?;
        next = answers.values().filter_map(original_of).collect();
        for (key, answer) in answers {
            if let Lookup::Found(issue) = answer {
                found.insert(key, *issue);
            }
        }
    }
    Ok(found)
}

/// The issue at the end of the chain of duplicates that starts at `issue`.
pub(super) fn original(issue: &Issue, originals: &BTreeMap<IssueKey, Issue>) -> Option<Box<Issue>> {
    let mut end = None;
    let mut state = &issue.state;
    for _ in 0..DUPLICATE_CHAIN {
        let State::Duplicate(Some(key)) = state else {
            break;
        };
        let Some(next) = originals.get(key) else {
            break;
        };
        end = Some(next);
        state = &next.state;
    }
    end.cloned().map(Box::new)
}

/// Leads ties whose issue duplicates one that the run is about to close as a duplicate itself on to the issue that
/// stays: that is what the next run reads.
pub(super) fn follow_duplicates_to_be(ties: &mut [Vec<Tie>]) {
    let mut stays: BTreeMap<IssueKey, Issue> = BTreeMap::new();
    for tie in ties.iter().flatten() {
        if let Tie::Linked {
            issue,
            original,
            duplicates,
            ..
        }
        | Tie::Marked {
            issue,
            original,
            duplicates,
        } = tie
        {
            let end = original.as_ref().unwrap_or(issue);
            let closed = duplicates.iter().map(|duplicate| duplicate.key.clone());
            stays.extend(closed.map(|key| (key, (**end).clone())));
        }
    }
    if stays.is_empty() {
        return;
    }
    for tie in ties.iter_mut().flatten() {
        if let Tie::Linked {
            original: Some(end),
            ..
        }
        | Tie::Marked {
            original: Some(end),
            ..
        } = tie
            && let Some(next) = stays.get(&end.key)
        {
            **end = next.clone();
        }
    }
}
