//! Looks issues up that only a listing has shown: it says nothing of open pull requests and of which issue a duplicate
//! follows, so that no status may be decided by it.

use std::collections::BTreeSet;

use super::{
    Tie, look_up,
    originals::{original, originals},
};
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
    let answers = look_up(reader, keys).await?;
    let originals = originals(reader, answers.values()).await?;
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
