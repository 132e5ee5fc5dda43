//! Finds out which of the linked issues an event about some issues concerns.

use std::collections::{BTreeMap, BTreeSet};

use super::look_up as answers_for;
use crate::{
    model::{issue::Lookup, link::IssueKey},
    tracker::{Reader, TrackerError},
};

/// What is behind those of the `linked` issues that are among `only`, under whatever name the rows know them, or that
/// duplicate one of them.
///
/// One call, and a second one where rows link to duplicates. Further links of a chain of duplicates are left to the sweep.
pub(super) async fn look_up(
    reader: &dyn Reader,
    linked: &BTreeSet<IssueKey>,
    only: &BTreeSet<IssueKey>,
) -> Result<BTreeMap<IssueKey, Lookup>, TrackerError> {
    // The repository may have another name by now, under which the number stays.
    let same_number = |key: &&IssueKey| only.iter().any(|own| own.number == key.number);
    let named: BTreeSet<IssueKey> = linked.iter().filter(same_number).cloned().collect();
    let mut answers = answers_for(reader, named).await?;
    answers.retain(|key, answer| {
        let is_meant = matches!(answer, Lookup::Found(issue) if only.contains(&issue.key));
        is_meant || only.contains(key)
    });
    let originals = if answers.is_empty() && !linked.is_empty() {
        answers_for(reader, only.clone()).await?
    } else {
        answers.clone()
    };
    let duplicates: BTreeSet<IssueKey> = originals
        .into_values()
        .flat_map(|answer| match answer {
            Lookup::Found(issue) => issue.duplicates,
            Lookup::Deleted | Lookup::Unreadable(_) => Vec::new(),
        })
        .filter(|key| linked.contains(key) && !answers.contains_key(key))
        .collect();
    answers.extend(answers_for(reader, duplicates).await?);
    Ok(answers)
}
