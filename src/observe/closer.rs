//! Looks issues up that only a listing has shown: it says nothing of open pull requests and of which issue a duplicate
//! follows, so that no status may be decided by it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Tie, original, originals};
use crate::{
    model::{issue::Lookup, link::IssueKey},
    tracker::{Reader, TrackerError},
};

/// Replaces every issue of `ties` that is not among those `looked_up` by what a lookup says of it.
pub(super) async fn look(
    reader: &dyn Reader,
    looked_up: &BTreeSet<IssueKey>,
    ties: &mut [Vec<Tie>],
) -> Result<(), TrackerError> {
    let keys: BTreeSet<IssueKey> = ties
        .iter()
        .flatten()
        .filter_map(|tie| Some(tie.issue()?.key.clone()))
        .filter(|key| !looked_up.contains(key))
        .collect();
    if keys.is_empty() {
        return Ok(());
    }
    let keys: Vec<IssueKey> = keys.into_iter().collect();
    let answers = reader.lookup(&keys).await?;
    let originals = originals(reader, &answers).await?;
    let answers: BTreeMap<IssueKey, Lookup> = keys.into_iter().zip(answers).collect();
    for tie in ties.iter_mut().flatten() {
        let (Tie::Linked {
            issue,
            original: end,
            ..
        }
        | Tie::Marked {
            issue,
            original: end,
            ..
        }) = tie
        else {
            continue;
        };
        match answers.get(&issue.key) {
            Some(Lookup::Found(found)) => {
                *end = original(found, &originals);
                issue.clone_from(found);
            }
            // Deleted since the listing was made; the next listing shows what is left.
            Some(Lookup::Deleted) => *tie = Tie::Ignored,
            // An issue that was opened a moment ago may not be found yet.
            Some(Lookup::Unreadable(_)) | None => {}
        }
    }
    Ok(())
}
