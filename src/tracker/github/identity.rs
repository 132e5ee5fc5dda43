//! Who the run itself is at the host, and whether an author is the same.

use serde::Deserialize;

use super::{
    call::Nature,
    client::Client,
    graphql::{Envelope, Operation},
    words::or_default,
};
use crate::{model::issue::Author, tracker::TrackerError};

/// The query for the run's own identity. `GET /user` is refused to the tokens of workflows; this is not.
const VIEWER: &str = "query Viewer { rateLimit { cost } viewer { login databaseId } }";

/// The identity that a token has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Identity {
    /// `github-actions[bot]` or, by some routes, `github-actions`.
    pub(super) login: String,
    #[serde(default, deserialize_with = "or_default")]
    database_id: Option<u64>,
}

/// The account behind an issue or a comment, from either interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Account {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) login: String,
    #[serde(default, deserialize_with = "or_default", alias = "databaseId")]
    pub(super) id: Option<u64>,
    /// `Bot`, `User`, …
    #[serde(
        rename = "type",
        alias = "__typename",
        default,
        deserialize_with = "or_default"
    )]
    pub(super) kind: String,
}

impl Identity {
    /// The identity in the answer to a query that asked for `viewer { login databaseId }`.
    pub(super) fn in_answer(envelope: &Envelope) -> Option<Self> {
        envelope.at(&["viewer"])
    }

    /// Whether `account` is this identity. The numeric id decides where both have one: a bot has the
    /// login `name[bot]` by one interface and `name` by the other, and a person may be called `name` too.
    pub(super) fn is(&self, account: &Account) -> bool {
        if let (Some(own), Some(theirs)) = (self.database_id, account.id) {
            return own == theirs;
        }
        let is_bot = |login: &str| login.ends_with("[bot]");
        if account.kind == "User" && is_bot(&self.login) || account.login.is_empty() {
            return false;
        }
        let bare = |login: &str| login.trim_end_matches("[bot]").to_ascii_lowercase();
        bare(&self.login) == bare(&account.login)
    }

    /// The author of something, given the host's word for the relation to the repository, which does not tell those who
    /// may write from those who may only read.
    pub(super) fn author(&self, account: &Account, association: &str) -> Author {
        Author {
            login: account.login.clone(),
            is_self: self.is(account),
            can_write: matches!(association, "OWNER" | "MEMBER" | "COLLABORATOR"),
        }
    }
}

impl Client {
    /// Asks who the run is.
    pub(super) async fn ask_identity(&self) -> Result<Identity, TrackerError> {
        let operation = Operation {
            text: VIEWER.into(),
            variables: serde_json::json!({}),
            nature: Nature::Read,
            what: "ask whose token this is",
            permission: "contents: read",
        };
        let envelope = self
            .graphql(&operation)
            .await
            .map_err(|failure| failure.into_error(operation.what))?;
        Identity::in_answer(&envelope).ok_or_else(|| envelope.refusal(&operation, self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(login: &str, id: Option<u64>) -> Identity {
        Identity {
            login: login.into(),
            database_id: id,
        }
    }

    fn account(login: &str, id: Option<u64>, kind: &str) -> Account {
        Account {
            login: login.into(),
            id,
            kind: kind.into(),
        }
    }

    #[test]
    fn numeric_ids_decide_where_both_sides_have_one() {
        let own = identity("github-actions[bot]", Some(41_898_282));
        assert!(own.is(&account("github-actions", Some(41_898_282), "Bot")));
        assert!(!own.is(&account("github-actions[bot]", Some(7), "Bot")));
    }

    #[test]
    fn a_bot_is_known_under_both_its_logins() {
        for login in ["github-actions", "github-actions[bot]"] {
            let own = identity(login, None);
            assert!(own.is(&account("github-actions", None, "Bot")));
            assert!(own.is(&account("github-actions[bot]", Some(1), "Bot")));
        }
    }

    #[test]
    fn a_person_with_the_name_of_the_bot_is_not_the_bot() {
        let own = identity("github-actions[bot]", None);
        assert!(!own.is(&account("github-actions", None, "User")));
        assert!(!own.is(&Account::default()));
    }

    #[test]
    fn only_those_who_may_be_able_to_write_are_trusted() {
        let own = identity("bot", Some(1));
        let trusted = |word| {
            own.author(&account("a", Some(2), "User"), word)
                .is_trusted()
        };
        assert!(trusted("OWNER") && trusted("MEMBER") && trusted("COLLABORATOR"));
        assert!(!trusted("CONTRIBUTOR") && !trusted("NONE") && !trusted("") && !trusted("NEW"));
    }
}
