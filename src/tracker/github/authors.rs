//! Finds out whether people who opened issues with markers may write. That they are members or collaborators says only
//! that they may read.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    call::{Call, Failure},
    session::Session,
    words::or_default,
};
use crate::{
    model::{issue::Issue, marker::Marker},
    tracker::TrackerError,
};

/// What the host says of somebody's permission; the older of its two words, which every server knows, has `write` for
/// all roles that include it.
/// <https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user>
#[derive(Deserialize)]
struct Permission {
    #[serde(default, deserialize_with = "or_default")]
    permission: String,
}

/// Logins, and whether each may write.
pub(super) type Writers = BTreeMap<String, bool>;

impl Session {
    /// Takes the word `can_write` from the authors of those `issues` whose marker would count, where they may not
    /// write. One call for each such person and run; the tool's own issues cost none.
    pub(super) async fn confirm_authors<'i>(
        &self,
        issues: impl Iterator<Item = &'i mut Issue>,
    ) -> Result<(), TrackerError> {
        let counts = |issue: &&'i mut Issue| {
            !issue.author.is_self
                && issue.author.can_write
                && Marker::read(&issue.body)
                    .is_some_and(|marker| marker.repository == self.facts.id)
        };
        for issue in issues.filter(counts) {
            issue.author.can_write = self.may_write(&issue.author.login).await?;
        }
        Ok(())
    }

    async fn may_write(&self, login: &str) -> Result<bool, TrackerError> {
        if let Some(known) = self.writers.borrow().get(login) {
            return Ok(*known);
        }
        let route = self.route().then("collaborators").segment(login)?;
        let call = Call::read(
            route.then("permission"),
            format!("ask what {login} may do"),
            "metadata: read",
        );
        let may = match self.client.send(&call).await {
            Ok(answer) if answer.status.is_success() => {
                let found: Permission = self.client.decode(&answer)?;
                matches!(found.permission.as_str(), "admin" | "write")
            }
            // Nobody whom this repository knows, or nobody whom this token may ask about.
            Ok(_) | Err(Failure::Refused(TrackerError::Forbidden { .. })) => false,
            Err(failure) => return Err(failure.into_error(&call.what)),
        };
        self.writers.borrow_mut().insert(login.to_owned(), may);
        Ok(may)
    }
}
