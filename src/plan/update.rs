//! Carries changes of the document into the issue, and leaves alone what a person changed there.

use std::collections::BTreeSet;

use crate::{
    model::{
        issue::{BODY_LIMIT, Issue, IssuePatch},
        marker::{Marker, remembered},
        status::Status,
    },
    observe::Observed,
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

/// What document and issue agreed on, and what they are to agree on from this run on.
pub(super) struct Comparison<'a> {
    place: &'a Place<'a>,
    issue: &'a Issue,
    policy: &'a Policy<'a>,
    old: Marker,
    new: Marker,
    update: Update,
}

/// Three-way comparison of document, issue, and what the marker says they last agreed on; `None` where it says nothing.
///
/// A field of the issue changes only where the document's value changed since. Where a person changed
/// the issue as well, their value stays and is reported.
pub(super) fn compare<'a>(
    place: &'a Place<'a>,
    issue: &'a Issue,
    policy: &'a Policy<'a>,
    observed: &Observed,
) -> Option<Comparison<'a>> {
    let old = Marker::read(&issue.body)
        .filter(|marker| marker.repository == policy.home.repository_id)?;
    let mut update = Update::default();
    let mut new = old.clone();
    // A document that was renamed, or got an id, and a row that was reworded keep their issue.
    let key = if remembered(&place.item.action) == old.base.action {
        &old.key
    } else {
        &place.item.key
    };
    let document = place.document.id();
    let is_renamed = (document, key) != (&old.document, &old.key);
    // Under the name of an item whose own issue waits for it, this issue would be taken for its duplicate.
    if is_renamed && !observed.has_unclaimed(place.document, key) {
        document.clone_into(&mut new.document);
        new.key.clone_from(key);
    }
    if let Some(offer) = new.offer.as_mut().filter(|_| issue.state.is_open()) {
        // A person opened it again.
        offer.withdrawn = false;
    }
    title(place, issue, &old, &mut new, &mut update);
    assignees(place, issue, policy, &old, &mut new, &mut update);
    due(place, &old, &mut new, &mut update);
    Some(Comparison {
        place,
        issue,
        policy,
        old,
        new,
        update,
    })
}

impl Comparison<'_> {
    /// The status of the issue when the tool last wrote or saw it.
    pub(super) fn base_status(&self) -> Option<Status> {
        self.old.base.status
    }

    /// Who is assigned from this run on; `None` where that does not change.
    pub(super) fn assignees(&self) -> Option<&[String]> {
        self.update.patch.assignees.as_deref()
    }

    /// What the issue needs. `status` is what the marker is to remember.
    pub(super) fn update(self, status: Option<Status>) -> Update {
        let Self {
            place,
            issue,
            policy,
            old,
            mut new,
            mut update,
        } = self;
        new.base.status = status.or(old.base.status);
        if new == old {
            return update;
        }
        if policy.offering.is_none() {
            // The item has arrived on the default branch.
            new.offer = None;
        }
        let is_shown = |marker: &Marker| {
            let base = &marker.base;
            let shown = [&marker.document, &base.action, &base.owner, &base.due];
            shown.map(String::clone)
        };
        let body = if is_shown(&new) == is_shown(&old) {
            new.put(&issue.body)
        } else {
            let body = issue_text::with_new_block(&issue.body, place.document, place.item, policy);
            new.put(body.as_deref().unwrap_or(&issue.body))
        };
        if body.chars().count() > BODY_LIMIT {
            // To cut it would cut what people wrote.
            return Update {
                conflicts: vec![
                    "the body of the issue has no room for the change of the document".to_owned(),
                ],
                ..Update::default()
            };
        }
        update.patch.body = Some(body);
        update
    }
}

fn title(place: &Place<'_>, issue: &Issue, old: &Marker, new: &mut Marker, update: &mut Update) {
    let action = remembered(&place.item.action);
    if action == old.base.action {
        return;
    }
    let wanted = issue_text::title(&action);
    if issue.title == wanted {
        // Only what the title does not show changed, or people brought it in line themselves.
    } else if issue.title == issue_text::title(&old.base.action) {
        update
            .fields
            .push(format!("title: “{}” → “{wanted}”", issue.title));
        update.patch.title = Some(wanted);
    } else {
        update.conflicts.push(format!(
            "the action was changed here, and the issue's title was changed to “{}”",
            issue.title
        ));
        return;
    }
    new.base.action = action;
}

fn assignees(
    place: &Place<'_>,
    issue: &Issue,
    policy: &Policy<'_>,
    old: &Marker,
    new: &mut Marker,
    update: &mut Update,
) {
    let owner = remembered(issue_text::owner_text(place.item));
    if owner == old.base.owner {
        return;
    }
    let wanted = issue_text::assignees(place.item.owner_list(), policy.config);
    let set = |logins: &[String]| -> BTreeSet<String> {
        logins.iter().map(|login| login.to_lowercase()).collect()
    };
    let (has, wants) = (set(&issue.assignees), set(&wanted));
    // GitHub drops who cannot be assigned, so that one who is missing was not necessarily sent away by a person.
    if has.is_subset(&set(&old.base.assignees)) {
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
    new.base.owner = owner;
    new.base.assignees = wanted;
}

fn due(place: &Place<'_>, old: &Marker, new: &mut Marker, update: &mut Update) {
    let due = remembered(issue_text::due_text(place.item));
    if due != old.base.due {
        update
            .fields
            .push(format!("due: “{}” → “{due}”", old.base.due));
        new.base.due = due;
    }
}
