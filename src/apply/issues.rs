//! The changes of issues, one call after the other.

use std::collections::BTreeSet;

use crate::{
    model::{
        change::{Change, Found, ItemRef, Plan},
        issue::IssuePatch,
        link::IssueKey,
    },
    tracker::{TrackerError, Writer},
};

use super::{Ending, Ledger};

/// Why a change of an issue is left that the delivery of its document decides about.
pub const AWAITS_DOCUMENT: &str = "waits until the document says the same";

/// Opens the issues of `plan`. After a refusal that every further call would meet as well, the rest is left.
pub async fn open(plan: &Plan, writer: &dyn Writer, ledger: &mut Ledger) {
    let mut stopped = None;
    for change in &plan.changes {
        let Change::Open { item, draft } = change else {
            continue;
        };
        if let Some(reason) = &stopped {
            ledger.note(change, Ending::Left(String::clone(reason)), None);
            continue;
        }
        match writer.open(draft).await {
            Ok(issue) => {
                ledger.note(change, Ending::Done, Some(issue.key.clone()));
                ledger.opened.insert((item.path.clone(), item.index), issue);
            }
            Err(error) => {
                if stops_the_run(&error) {
                    stopped = Some("not tried, since the one before was refused".to_owned());
                }
                if matches!(error, TrackerError::Forbidden { .. }) && ledger.opened.is_empty() {
                    ledger.forbidden = Some(error.to_string());
                }
                ledger.note(change, ending(&error), None);
            }
        }
    }
}

/// Everything else that issues need, after the documents were delivered. What would make an issue say
/// that its document agrees waits while the document does not. Nothing is tried where `stopped` says why.
pub async fn settle(
    plan: &Plan,
    writer: &dyn Writer,
    ledger: &mut Ledger,
    mut stopped: Option<String>,
) {
    let undelivered = ledger.undelivered();
    let relinked: BTreeSet<&ItemRef> = plan
        .changes
        .iter()
        .filter(|change| matches!(change, Change::Link { old: Some(_), .. }))
        .map(Change::item)
        .collect();
    for change in &plan.changes {
        let item = change.item();
        let waits = undelivered.contains(&(item.path.clone(), item.index));
        let Some(issue) = issue_of(change) else {
            continue;
        };
        let needs_the_document = match change {
            Change::Remember { .. } | Change::Update { .. } => true,
            // The row still links to the issue that would be closed.
            Change::CloseDuplicate { .. } => relinked.contains(item),
            _ => false,
        };
        let result = match &stopped {
            Some(reason) => Ending::Left(String::clone(reason)),
            None if waits && needs_the_document => Ending::Left(AWAITS_DOCUMENT.to_owned()),
            None => match send(change, writer).await {
                Ok(()) => Ending::Done,
                Err(error) => {
                    if stops_the_run(&error) {
                        stopped = Some("not tried, since the one before was refused".to_owned());
                    }
                    ending(&error)
                }
            },
        };
        ledger.note(change, result, Some(issue.clone()));
    }
}

/// The issue that a change of this phase concerns; `None` for the changes of other phases.
const fn issue_of(change: &Change) -> Option<&IssueKey> {
    match change {
        Change::Update { issue, .. }
        | Change::Remember { issue, .. }
        | Change::Label { issue, .. }
        | Change::CloseDuplicate { issue, .. }
        | Change::Withdraw { issue, .. }
        | Change::Reinstate { issue, .. }
        | Change::Adopt { issue, .. } => Some(issue),
        Change::Open { .. }
        | Change::Link { .. }
        | Change::Status { .. }
        | Change::Tick { .. }
        | Change::Flag { .. }
        | Change::Unflag { .. } => None,
    }
}

async fn send(change: &Change, writer: &dyn Writer) -> Result<(), TrackerError> {
    match change {
        Change::Update { issue, patch, .. }
        | Change::Withdraw { issue, patch, .. }
        | Change::Reinstate { issue, patch, .. } => writer.update(issue, patch).await,
        Change::Remember { issue, body, .. } => {
            let patch = IssuePatch {
                body: Some(body.clone()),
                ..IssuePatch::default()
            };
            writer.update(issue, &patch).await
        }
        Change::Label {
            issue, add, remove, ..
        } => {
            // Removed first, so that `overdue` and `due-soon` never stand together.
            for label in remove {
                writer.remove_label(issue, label).await?;
            }
            if add.is_empty() {
                Ok(())
            } else {
                writer.add_labels(issue, add).await
            }
        }
        Change::CloseDuplicate { issue, of, .. } => writer.close_duplicate(issue, of).await,
        // The link in the row and the label, planned beside it, are the adoption.
        Change::Adopt {
            found: Found::Marker | Found::Link,
            ..
        }
        | Change::Open { .. }
        | Change::Link { .. }
        | Change::Status { .. }
        | Change::Tick { .. }
        | Change::Flag { .. }
        | Change::Unflag { .. } => Ok(()),
    }
}

/// Whether every further call of the run would be refused in the same way.
const fn stops_the_run(error: &TrackerError) -> bool {
    matches!(
        error,
        TrackerError::BadToken { .. }
            | TrackerError::Forbidden { .. }
            | TrackerError::IssuesDisabled(_)
            | TrackerError::RateLimited { .. }
            | TrackerError::Unreachable { .. }
            | TrackerError::Barred { .. }
    )
}

fn ending(error: &TrackerError) -> Ending {
    match error {
        TrackerError::RateLimited { .. } | TrackerError::Unclear { .. } => {
            Ending::Left(error.to_string())
        }
        _ => Ending::Failed(error.to_string()),
    }
}
