//! Items that a pull request brings: their issues are opened before the merge, closed when their item disappears
//! from it, and opened again when it comes back.

use crate::{
    model::{
        change::{Change, ItemRef},
        issue::{Issue, IssuePatch, NewState, State},
        marker::{Marker, Offer},
    },
    observe::Tie,
};

use super::{Place, Planner};

/// The pull request whose documents are planned for, where its issues are opened before the merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offering {
    /// Its number.
    pub pull: u64,
    /// Whether it is a draft, which opens nothing.
    pub is_draft: bool,
    /// Whether all of its documents were read, so that an issue without an item has lost it.
    pub is_complete: bool,
}

impl Offering {
    pub(super) fn mark(self) -> Offer {
        Offer {
            pull: self.pull,
            withdrawn: false,
        }
    }
}

impl Planner<'_> {
    /// Whether the item is none of this run's business: in a pull request, that is one whose issue belongs to the
    /// default branch or to another pull request.
    pub(super) fn is_foreign(&self, tie: &Tie) -> bool {
        let Some(offering) = self.policy.offering else {
            return false;
        };
        match tie {
            Tie::Free => false,
            Tie::Linked { issue, .. } | Tie::Marked { issue, .. } => {
                let offer = self.marker(issue).and_then(|marker| marker.offer);
                offer.is_none_or(|offer| offer.pull != offering.pull && !offer.withdrawn)
            }
            Tie::Elsewhere | Tie::Lost { .. } | Tie::Ignored => true,
        }
    }

    /// Plans to open an issue again that the tool itself closed, where its item is there and open; gives the tie as
    /// it is from then on.
    pub(super) fn reinstate(&mut self, place: &Place<'_>) -> Option<Tie> {
        if place.item.stated_status().is_settled() {
            return None;
        }
        let mut tie = place.tie.clone();
        let (Tie::Linked { issue, .. } | Tie::Marked { issue, .. }) = &mut tie else {
            return None;
        };
        let mut marker = self.marker(issue)?;
        let is_withdrawn = marker.offer.as_ref().is_some_and(|offer| offer.withdrawn);
        if !is_withdrawn || issue.state != State::NotPlanned {
            return None;
        }
        marker.offer = self.policy.offering.map(Offering::mark);
        issue.body = marker.put(&issue.body);
        issue.state = State::Reopened;
        self.change(Change::Reinstate {
            item: place.item_ref(),
            issue: issue.key.clone(),
            patch: IssuePatch {
                state: Some(NewState::Open),
                body: Some(issue.body.clone()),
                ..IssuePatch::default()
            },
        });
        Some(tie)
    }

    /// Plans to close the issues whose item is gone before the merge, or whose pull request is.
    pub(super) fn withdraw_unclaimed(&mut self) {
        for (nth, issue) in self.observed.unclaimed().iter().enumerate() {
            let Some(mut marker) = self.marker(issue) else {
                continue;
            };
            let Some(offer) = marker.offer.as_mut().filter(|offer| !offer.withdrawn) else {
                continue;
            };
            let is_gone = match self.policy.offering {
                Some(offering) => offering.pull == offer.pull && offering.is_complete,
                None => self.observed.is_abandoned(offer.pull),
            };
            if !is_gone {
                continue;
            }
            offer.withdrawn = true;
            let body = marker.put(&issue.body);
            self.change(Change::Withdraw {
                item: ItemRef {
                    path: marker.document,
                    line: 0,
                    index: usize::MAX - nth,
                    action: marker.base.action,
                },
                issue: issue.key.clone(),
                patch: IssuePatch {
                    state: Some(NewState::NotPlanned),
                    body: Some(body),
                    ..IssuePatch::default()
                },
            });
        }
    }

    /// The marker of an issue that belongs to this repository and whose author is believed.
    fn marker(&self, issue: &Issue) -> Option<Marker> {
        Marker::read(&issue.body).filter(|marker| {
            issue.author.is_trusted() && marker.repository == self.policy.home.repository_id
        })
    }
}
