//! What earlier runs put beside the branch: found when a run begins, and put away once nothing of it is left to do.

use crate::{
    apply::{Delivery, Head, PROPOSAL_BRANCH, Target, Tidied},
    model::config::WriteBack,
    tracker::github::Standing,
};

use super::{
    connect::{Connected, write_back},
    sync::Job,
};

impl Job<'_> {
    /// Where the branch stands by now, for a runner that writes to it. Where nobody can tell, the commit finds out.
    pub(super) async fn standing(
        &self,
        asked: Option<WriteBack>,
        head: Option<&Head>,
        tidied: &mut Tidied,
    ) -> Standing {
        let (Connected::Github { reader, .. }, Some(head)) = (self.connected, head) else {
            return Standing::default();
        };
        let is_of_the_branch = self.session.environment.on_runner
            && write_back(self.session, asked, self.connected) != WriteBack::Files;
        if !is_of_the_branch || self.offered.is_some() {
            return Standing::default();
        }
        match reader.standing(&head.branch, PROPOSAL_BRANCH).await {
            Ok(standing) => standing,
            Err(error) => {
                tidied.unread(&error);
                Standing::default()
            }
        }
    }

    /// Puts away what nothing needs any more. What is proposed is needed until all documents were looked at, and say
    /// on the branch itself what they should.
    pub(super) async fn tidy(
        &self,
        asked: Option<WriteBack>,
        standing: Standing,
        delivery: &Delivery,
        tidied: &mut Tidied,
    ) {
        let (Target::Commit(writer) | Target::PullRequest(writer)) = self.target(asked, 1) else {
            return;
        };
        let says_all = matches!(delivery, Delivery::Unchanged | Delivery::Written(_));
        let saw_all = self.only.is_none() && self.existing.is_some();
        let mut idle = standing.idle;
        idle.retain(|branch| saw_all && (says_all || branch != PROPOSAL_BRANCH));
        if let Delivery::Proposed { idle: used, .. } = delivery {
            idle.extend(used.clone());
        }
        if let Some(pull) = standing.proposal.filter(|_| says_all && saw_all) {
            tidied.withdraw(writer, &pull).await;
        }
        tidied.remove(writer, &idle).await;
    }
}

/// Whether a runner checked out what the branch has left behind, as a run does that is started once more: what such a
/// document says may not overwrite an issue.
pub(super) fn is_stale(head: Option<&Head>, standing: &Standing) -> bool {
    match (head, &standing.head) {
        (Some(head), Some(oid)) => head.oid != *oid,
        _ => false,
    }
}
