//! Carries changes of the document into the issue, and leaves alone what a person changed there.

use std::collections::BTreeSet;

use crate::model::{
    issue::{Issue, IssuePatch},
    marker::Marker,
    status::Status,
};

use super::{Place, Policy, issue_text};

/// What an issue needs so that it says what the document says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Update {
    /// What changes.
    pub(super) patch: IssuePatch,
    /// `title: “old” → “new”`, one entry per field that people see.
    pub(super) fields: Vec<String>,
    /// Fields that both sides changed, in words.
    pub(super) conflicts: Vec<String>,
}

/// Three-way comparison of document, issue, and what the marker says they last agreed on.
///
/// A field of the issue changes only where the document's value changed since. Where a person changed
/// the issue as well, their value stays and is reported. `status` is what the marker is to remember.
pub(super) fn update(
    place: &Place<'_>,
    issue: &Issue,
    policy: &Policy<'_>,
    status: Option<Status>,
) -> Update {
    let Some(old) =
        Marker::read(&issue.body).filter(|marker| marker.repository == policy.home.repository_id)
    else {
        return Update::default();
    };
    let mut update = Update::default();
    let mut new = old.clone();
    new.base.status = status.or(old.base.status);
    title(place, issue, &old, &mut new, &mut update);
    assignees(place, issue, policy, &old, &mut new, &mut update);
    due(place, &old, &mut new, &mut update);

    let body = if new.base.action == old.base.action
        && new.base.owner == old.base.owner
        && new.base.due == old.base.due
    {
        new.put(&issue.body)
    } else {
        let body = issue_text::with_new_block(&issue.body, place.document, place.item, policy);
        new.put(body.as_deref().unwrap_or(&issue.body))
    };
    if new != old {
        update.patch.body = Some(body);
    }
    update
}

fn title(place: &Place<'_>, issue: &Issue, old: &Marker, new: &mut Marker, update: &mut Update) {
    let item = place.item;
    if item.action == old.base.action {
        return;
    }
    let wanted = issue_text::title(&item.action);
    if issue.title == issue_text::title(&old.base.action) {
        update
            .fields
            .push(format!("title: “{}” → “{wanted}”", issue.title));
        update.patch.title = Some(wanted);
    } else if issue.title != wanted {
        update.conflicts.push(format!(
            "the action was changed here, and the issue's title was changed to “{}”",
            issue.title
        ));
        return;
    }
    new.base.action.clone_from(&item.action);
    new.key.clone_from(&item.key);
    place.document.id().clone_into(&mut new.document);
}

fn assignees(
    place: &Place<'_>,
    issue: &Issue,
    policy: &Policy<'_>,
    old: &Marker,
    new: &mut Marker,
    update: &mut Update,
) {
    let owner = issue_text::owner_text(place.item);
    if owner == old.base.owner {
        return;
    }
    let wanted = issue_text::assignees(place.item.owner_list(), policy.config);
    let set = |logins: &[String]| -> BTreeSet<String> {
        logins.iter().map(|login| login.to_lowercase()).collect()
    };
    let (has, wants) = (set(&issue.assignees), set(&wanted));
    if has == set(&old.base.assignees) {
        update
            .fields
            .push(format!("owner: “{}” → “{owner}”", old.base.owner));
        if has != wants {
            update.patch.assignees = Some(wanted.clone());
        }
    } else if has != wants {
        update.conflicts.push(format!(
            "the owner was changed here, and the issue was assigned to {}",
            if issue.assignees.is_empty() {
                "nobody".to_owned()
            } else {
                issue.assignees.join(", ")
            }
        ));
        return;
    }
    owner.clone_into(&mut new.base.owner);
    new.base.assignees = wanted;
}

fn due(place: &Place<'_>, old: &Marker, new: &mut Marker, update: &mut Update) {
    let due = issue_text::due_text(place.item);
    if due != old.base.due {
        update
            .fields
            .push(format!("due: “{}” → “{due}”", old.base.due));
        due.clone_into(&mut new.base.due);
    }
}
