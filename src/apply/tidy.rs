//! Puts away what the tool itself put beside the branch, once nothing needs it: its pull request and its branches.

use std::collections::BTreeSet;

use crate::tracker::{
    TrackerError,
    github::{GithubWriter, PullRequest},
};

use super::PROPOSAL_BRANCH;

/// What a run put away, and what it could not.
///
/// What the host refuses for good, such as for want of a permission, is told and fails no run: no later one would fare
/// better. What may pass is left to the next run.
#[derive(Debug, Default)]
pub struct Tidied {
    /// What is to be told.
    pub notices: Vec<String>,
    /// Whether the next run has something to put away.
    pub is_left: bool,
}

impl Tidied {
    /// Closes the pull request of an earlier run, of which nothing is left to do, and removes its branch.
    pub async fn withdraw(&mut self, writer: &GithubWriter, pull: &PullRequest) {
        let why = "Nothing of this is left to do: the postmortems say it already.";
        match writer.close_pull(pull, why).await {
            Ok(()) => {
                let closed = format!("Closed {}, of which nothing was left to do.", pull.url);
                self.notices.push(closed);
                self.remove(writer, &BTreeSet::from([PROPOSAL_BRANCH.to_owned()]))
                    .await;
            }
            Err(error) => {
                let stays = format!("{} stays open", pull.url);
                self.leave(&stays, "though nothing of it is left to do", &error);
            }
        }
    }

    /// Removes branches of the tool's own.
    pub async fn remove(&mut self, writer: &GithubWriter, branches: &BTreeSet<String>) {
        for branch in branches {
            if let Err(error) = writer.drop_branch(branch).await {
                let stays = format!("The branch `{branch}` stays");
                self.leave(&stays, "though nothing needs it", &error);
            }
        }
    }

    /// Nobody can tell what there is to put away.
    pub fn unread(&mut self, error: &TrackerError) {
        let stays = "A pull request of an earlier run stays as it is";
        self.leave(stays, "since it could not be looked for", error);
    }

    fn leave(&mut self, stays: &str, because: &str, error: &TrackerError) {
        let may_pass = error.may_pass();
        self.is_left |= may_pass;
        let until = if may_pass { " until the next run" } else { "" };
        self.notices
            .push(format!("{stays}{until}, {because}: {error}"));
    }
}
