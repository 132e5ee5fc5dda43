//! Follows duplicates to the issue that counts.

use std::collections::{BTreeMap, BTreeSet};

use super::look_up;
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
