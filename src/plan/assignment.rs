//! Whom a run assigns, and how far the work is once it has.

use crate::model::{issue::Issue, link::IssueKey, status::Status};

use super::{
    Place, Planner, places,
    update::{Comparison, compare},
};

impl<'a> Planner<'a> {
    /// Whether this run may write to it.
    pub(super) fn is_ours(&self, issue: &Issue) -> bool {
        issue.key.repository == self.policy.home.repository && !issue.is_pull_request
    }

    /// The comparison with an issue that this run keeps up to date. What the marker of another one says does not count.
    pub(super) fn comparison<'p>(
        &self,
        place: &'p Place<'p>,
        issue: &'p Issue,
    ) -> Option<Comparison<'p>>
    where
        'a: 'p,
    {
        let is_kept = self.is_ours(issue)
            && !self.observed.is_shared(&issue.key)
            && issue.author.is_trusted();
        is_kept.then(|| compare(place, issue, self.policy, self.observed))?
    }

    /// The status by the issue that `counts` for `issue`, after this run has assigned people: whoever is assigned to an
    /// issue with an open pull request works on it.
    pub(super) fn status_once_assigned(
        &self,
        issue: &Issue,
        counts: &Issue,
        comparison: Option<&Comparison<'_>>,
    ) -> Status {
        let in_progress = &self.policy.config.issues.in_progress_labels;
        if !counts.state.is_open() || !counts.has_open_pull_request {
            return counts.status(in_progress);
        }
        let assignees = if counts.key == issue.key {
            comparison.and_then(|comparison| comparison.assignees().map(<[_]>::to_vec))
        } else {
            self.assigned_elsewhere(&counts.key)
        };
        match assignees {
            None => counts.status(in_progress),
            Some(assignees) => Issue {
                assignees,
                ..counts.clone()
            }
            .status(in_progress),
        }
    }

    /// Whom this run assigns to the issue of another row; `None` where that does not change.
    fn assigned_elsewhere(&self, key: &IssueKey) -> Option<Vec<String>> {
        let documents = self.documents.iter().enumerate();
        let mut places = documents.flat_map(|(at, document)| places(at, document, self.observed));
        let place = places.find(|place| place.tie.issue().is_some_and(|own| own.key == *key))?;
        if self.is_foreign(place.tie) {
            return None;
        }
        let comparison = self.comparison(&place, place.tie.issue()?)?;
        comparison.assignees().map(<[_]>::to_vec)
    }
}
