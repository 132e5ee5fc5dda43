//! The pull request of an earlier run: found when a run begins, and closed once nothing of it is left to do.

use crate::{
    apply::{self, Delivery, Head, PROPOSAL_BRANCH, Target},
    model::config::WriteBack,
    tracker::github::{PullRequest, Standing},
};

use super::{
    connect::{Connected, write_back},
    sync::Job,
};

impl Job<'_> {
    /// Where the branch stands by now, for a runner that writes to it. Where nobody can tell, the commit finds out.
    pub(super) async fn standing(&self, asked: Option<WriteBack>, head: Option<&Head>) -> Standing {
        let (Connected::Github { reader, .. }, Some(head)) = (self.connected, head) else {
            return Standing::default();
        };
        let is_of_the_branch = self.session.environment.on_runner
            && write_back(self.session, asked, self.connected) != WriteBack::Files;
        if !is_of_the_branch || self.offered.is_some() {
            return Standing::default();
        }
        let standing = reader.standing(&head.branch, PROPOSAL_BRANCH).await;
        standing.unwrap_or_default()
    }

    /// Closes the pull request of an earlier run once all documents were looked at, and say on the branch itself what
    /// they should.
    pub(super) async fn withdrawn(
        &self,
        asked: Option<WriteBack>,
        proposal: Option<PullRequest>,
        delivery: &Delivery,
    ) -> Option<String> {
        let says_all = matches!(delivery, Delivery::Unchanged | Delivery::Written(_));
        let saw_all = self.only.is_none() && self.existing.is_some();
        match (self.target(asked, 1), proposal) {
            (Target::Commit(writer) | Target::PullRequest(writer), Some(pull))
                if says_all && saw_all =>
            {
                Some(apply::withdraw(writer, &pull).await)
            }
            _ => None,
        }
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
