//! What is to be done about one item: its issue, its row, its labels.

use std::{collections::BTreeSet, iter};

use crate::{
    check::rules,
    model::{
        change::{Change, Found, Left},
        finding::Finding,
        issue::{Draft, Issue, State},
        marker::Marker,
        span::Span,
        status::Status,
    },
    observe::{self, Tie},
};

use super::{
    LabelWish, Place, Planner, holds, issue_text,
    late::{Standing, standing},
    row::row,
    status::{Decision, Row, decide},
    update::{Comparison, Update},
};

impl Planner<'_> {
    /// Plans one item.
    pub(super) fn item(&mut self, place: &Place<'_>, left_out: Option<Left>) {
        if self.is_foreign(place.tie) {
            return;
        }
        let reinstated = self.reinstate(place);
        let place = &Place {
            tie: reinstated.as_ref().unwrap_or(place.tie),
            ..*place
        };
        match place.tie {
            Tie::Ignored => {}
            Tie::Free => self.free(place, left_out),
            Tie::Elsewhere => self.row_alone(place, None),
            Tie::Lost { asked, reason } => {
                let label = self.policy.home.label(asked);
                let message = match reason {
                    None if asked.repository.is_embedded() => {
                        format!("the linked issue {label} was deleted")
                    }
                    // GitHub does not tell the two apart.
                    None => {
                        format!("the linked issue {label} was deleted, or turned into a discussion")
                    }
                    Some(reason) => {
                        format!("the linked issue {label} cannot be read: {reason}")
                    }
                };
                self.conflict(
                    place,
                    &rules::ISSUE_UNREADABLE,
                    message,
                    "correct the link, or remove it so that a new issue is opened",
                );
                self.row_alone(place, None);
            }
            Tie::Marked {
                issue, duplicates, ..
            } => {
                self.change(Change::Adopt {
                    item: place.item_ref(),
                    issue: issue.key.clone(),
                    found: Found::Marker,
                });
                self.change(Change::Link {
                    item: place.item_ref(),
                    old: None,
                    new: self.policy.home.link(&issue.key, &place.document.path),
                });
                self.close_duplicates(place, issue, duplicates);
                self.with_issue(place, issue);
            }
            Tie::Linked {
                asked,
                issue,
                duplicates,
                ..
            } => {
                self.close_duplicates(place, issue, duplicates);
                if *asked != issue.key {
                    self.change(Change::Link {
                        item: place.item_ref(),
                        old: Some(self.policy.home.label(asked)),
                        new: self.policy.home.link(&issue.key, &place.document.path),
                    });
                }
                self.with_issue(place, issue);
            }
        }
    }

    fn close_duplicates(&mut self, place: &Place<'_>, issue: &Issue, duplicates: &[Issue]) {
        for duplicate in duplicates {
            self.change(Change::CloseDuplicate {
                item: place.item_ref(),
                issue: duplicate.key.clone(),
                of: issue.key.clone(),
            });
        }
    }

    /// An item without an issue: opens one where the item is open and its document in scope. Rows of documents that
    /// are out of scope stay as they are.
    fn free(&mut self, place: &Place<'_>, left_out: Option<Left>) {
        let is_open = !place.item.stated_status().is_settled();
        let mut write = None;
        if is_open {
            if let Some(why) = left_out.or_else(|| self.why_not_open(place)) {
                self.leave(place, why);
            } else {
                // What the next run would read from the new issue.
                write = (row(place) == Row::Empty).then_some(Status::NotStarted);
                self.opening += 1;
                let draft = self.draft(place);
                self.change(Change::Open {
                    item: place.item_ref(),
                    draft,
                });
            }
        }
        if left_out.is_none() || !is_open {
            self.row(place, write, place.item.stated_status(), None);
        }
    }

    fn why_not_open(&mut self, place: &Place<'_>) -> Option<Left> {
        if let Some(reason) = self.unplaceable.remove(&place.index) {
            self.conflict(
                place,
                &rules::EDIT_REFUSED,
                format!("no issue is opened, since its link cannot be written here: {reason}"),
                "mend the row; the next run opens the issue",
            );
            Some(Left::CannotPlace)
        } else if !self.policy.can_open {
            Some(Left::IssuesDisabled)
        } else if self
            .policy
            .offering
            .is_some_and(|offering| offering.is_draft)
        {
            Some(Left::Draft)
        } else if self.opening + self.policy.opened_before >= self.policy.config.issues.max_new {
            Some(Left::OverLimit)
        } else {
            None
        }
    }

    fn draft(&self, place: &Place<'_>) -> Draft {
        let config = self.policy.config;
        let marker =
            issue_text::marker(place.document, place.item, self.policy, Status::NotStarted);
        let lateness = self.lateness_labels(self.standing(place, place.item.stated_status()));
        let mut labels: Vec<String> = Vec::new();
        for label in iter::once(&config.issues.label)
            .chain(&config.issues.extra_labels)
            .chain(&lateness)
        {
            if !label.is_empty() && !holds(&labels, label) {
                labels.push(label.clone());
            }
        }
        Draft {
            title: issue_text::title(&place.item.action),
            body: issue_text::body(place.document, place.item, self.policy, &marker),
            labels,
            assignees: issue_text::assignees(place.item.owner_list(), config),
        }
    }

    /// An item whose issue is known: status into the row, changes of the document into the issue, labels.
    fn with_issue(&mut self, place: &Place<'_>, issue: &Issue) {
        let Some(counts) = observe::issue_that_counts(place.tie) else {
            self.duplicate_of_unknown(place, issue);
            self.row_alone(place, Some(issue));
            return;
        };
        let comparison = self.comparison(place, issue);
        let status = self.status_once_assigned(issue, counts, comparison.as_ref());
        let base = comparison.as_ref().and_then(Comparison::base_status);
        let decision = decide(row(place), base, status, issue.state == State::Reopened);
        match decision {
            Decision::Conflict => self.conflict(
                place,
                &rules::STATUS_CONFLICT,
                format!(
                    "the row says {}, but the issue {} is open",
                    place.item.stated_status(),
                    self.policy.home.label(&issue.key)
                ),
                "close the issue, or set the row back",
            ),
            Decision::Keep => self.row(place, None, status, Some(issue)),
            Decision::Write(new) => self.row(place, Some(new), new, Some(issue)),
        }
        if decision == Decision::Conflict {
            self.note_lateness(place, status, Some(issue));
        }
        if let Some(comparison) = comparison {
            let remembered = (decision != Decision::Conflict).then_some(status);
            self.update_issue(place, issue, comparison.update(remembered));
        }
        if self.is_ours(issue) {
            self.wish_labels(place, issue, status);
        }
    }

    /// A duplicate follows its original; where nobody can read that, the row stays as it is.
    fn duplicate_of_unknown(&mut self, place: &Place<'_>, issue: &Issue) {
        let label = |key| self.policy.home.label(key);
        let original = match &issue.state {
            State::Duplicate(Some(original)) => {
                format!("{}, whose state is not known", label(original))
            }
            State::HiddenDuplicate => "an issue that cannot be read".to_owned(),
            _ => return,
        };
        let message = format!(
            "the issue {} was closed as a duplicate of {original}",
            label(&issue.key)
        );
        self.conflict(
            place,
            &rules::ISSUE_UNREADABLE,
            message,
            "link the issue that counts",
        );
    }

    fn update_issue(&mut self, place: &Place<'_>, issue: &Issue, update: Update) {
        for conflict in update.conflicts {
            self.conflict(
                place,
                &rules::STATUS_CONFLICT,
                conflict,
                "make both say the same",
            );
        }
        let item = place.item_ref();
        let issue = issue.key.clone();
        if !update.fields.is_empty() {
            self.change(Change::Update {
                item,
                issue,
                patch: update.patch,
                fields: update.fields,
            });
        } else if let Some(body) = update.patch.body {
            self.change(Change::Remember { item, issue, body });
        }
    }

    /// Asks for the labels of an issue; what several rows ask for is joined.
    fn wish_labels(&mut self, place: &Place<'_>, issue: &Issue, status: Status) {
        let config = self.policy.config;
        let mut want: BTreeSet<String> = self
            .lateness_labels(self.standing(place, status))
            .into_iter()
            .collect();
        let hand_linked = Marker::read(&issue.body).is_none() && issue.state.is_open();
        let can_label = !config.issues.label.is_empty();
        if hand_linked && can_label && matches!(place.tie, Tie::Linked { .. }) {
            if !issue.has_label(&config.issues.label) {
                self.change(Change::Adopt {
                    item: place.item_ref(),
                    issue: issue.key.clone(),
                    found: Found::Link,
                });
            }
            want.insert(config.issues.label.clone());
        }
        self.labels
            .entry(issue.key.clone())
            .or_insert_with(|| LabelWish {
                item: place.item_ref(),
                has: issue.labels.clone(),
                want: BTreeSet::new(),
            })
            .want
            .extend(want);
    }

    fn lateness_labels(&self, standing: Standing) -> Vec<String> {
        let overdue = &self.policy.config.overdue;
        let label = match standing {
            Standing::Late { .. } => &overdue.label,
            Standing::Soon { .. } => &overdue.soon_label,
            Standing::Fine => return Vec::new(),
        };
        if label.is_empty() {
            Vec::new()
        } else {
            vec![label.clone()]
        }
    }

    pub(super) fn standing(&self, place: &Place<'_>, status: Status) -> Standing {
        standing(
            place.item,
            status,
            self.policy.today,
            self.policy.config.overdue.soon_days,
        )
    }

    fn conflict(
        &mut self,
        place: &Place<'_>,
        rule: &'static crate::check::Rule,
        message: String,
        remedy: &str,
    ) {
        let finding: Option<Finding> = crate::check::finding(
            rule,
            self.policy.config,
            &place.document.path,
            Some(Span::new(place.item.span.start, place.item.span.end)),
            message,
            remedy.to_owned(),
        );
        self.plan.conflicts.extend(finding);
    }
}
