//! The one comment of the tool on a pull request: found again by its marker, edited only when it changes.

use http::Method;
use serde::Deserialize;
use serde_json::json;

use super::{
    call::{Call, Failure},
    identity::Account,
    route::Route,
    session::Session,
    words::or_default,
};
use crate::tracker::TrackerError;

const PERMISSION: &str = "pull-requests: write";

/// How often a new comment is sent in all.
const SENDS: u32 = 2;

/// What became of the comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commented {
    /// It says that already; nothing was written.
    Unchanged {
        /// Its address.
        url: String,
    },
    /// It was written.
    Written {
        /// Its address.
        url: String,
        /// Whether it is new.
        created: bool,
    },
    /// The token may not comment, in the host's words. That is no failure: what the comment would
    /// have said stands in the summary too.
    ReadOnly(String),
}

#[derive(Clone, Debug, Deserialize)]
struct Comment {
    id: u64,
    #[serde(default, deserialize_with = "or_default")]
    body: String,
    #[serde(default, deserialize_with = "or_default")]
    html_url: String,
    #[serde(default, deserialize_with = "or_default")]
    user: Account,
}

impl Session {
    /// Makes `body`, which starts with `marker`, the text of the run's own comment on `number`.
    pub(super) async fn comment(
        &self,
        number: u64,
        marker: &str,
        body: &str,
    ) -> Result<Commented, TrackerError> {
        match self.put_comment(number, marker, body).await {
            Err(TrackerError::Forbidden { refusal, .. }) => Ok(Commented::ReadOnly(refusal)),
            outcome => outcome,
        }
    }

    async fn put_comment(
        &self,
        number: u64,
        marker: &str,
        body: &str,
    ) -> Result<Commented, TrackerError> {
        let mut lost = String::new();
        for attempt in 0..SENDS {
            if let Some(own) = self.own_comment(number, marker).await? {
                let after_lost_create = attempt > 0;
                return self.edit_comment(own, body, after_lost_create).await;
            }
            let call = Call::create(
                self.comments(number),
                json!({ "body": body }),
                format!("comment on #{number}"),
                PERMISSION,
            );
            match self.client.send(&call).await {
                Ok(answer) if answer.status.is_success() => {
                    let comment: Comment = self.client.decode(&answer)?;
                    return Ok(Commented::Written {
                        url: comment.html_url,
                        created: true,
                    });
                }
                Ok(answer) => return Err(self.client.refusal(&call, &answer)),
                Err(Failure::Refused(error)) => return Err(error),
                Err(Failure::Lost(detail)) => lost = detail,
            }
            self.client
                .wait(self.client.pace.settle, "the answer to a comment was lost")
                .await?;
        }
        match self.own_comment(number, marker).await? {
            Some(own) => self.edit_comment(own, body, true).await,
            None => Err(TrackerError::Unclear {
                what: format!("comment on #{number}"),
                detail: lost,
            }),
        }
    }

    async fn edit_comment(
        &self,
        own: Comment,
        body: &str,
        created: bool,
    ) -> Result<Commented, TrackerError> {
        let url = own.html_url;
        if same_text(&own.body, body) {
            return Ok(if created {
                Commented::Written { url, created }
            } else {
                Commented::Unchanged { url }
            });
        }
        let route = self.route().then("issues/comments").number(own.id);
        let body = Some(json!({ "body": body }));
        let call = Call::write(Method::PATCH, route, body, "edit the comment", PERMISSION);
        self.client.success(&call).await?;
        Ok(Commented::Written { url, created })
    }

    /// The run's own comment. The marker alone proves nothing, since anybody can quote it.
    async fn own_comment(
        &self,
        number: u64,
        marker: &str,
    ) -> Result<Option<Comment>, TrackerError> {
        let identity = self.identity().await?;
        let route = self.comments(number).query("per_page", "100");
        let what = format!("read the comments of #{number}");
        let call = Call::read(route, what, "pull-requests: read");
        let (comments, _): (Vec<Comment>, bool) = self.client.pages(call, None).await?;
        let is_own = |comment: &Comment| {
            identity.is(&comment.user) && comment.body.trim_start().starts_with(marker)
        };
        Ok(comments.into_iter().find(is_own))
    }

    fn comments(&self, number: u64) -> Route {
        self.route().then("issues").number(number).then("comments")
    }
}

/// Whether two texts are the same to a reader: GitHub may store other line endings than it was sent.
pub(super) fn same_text(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
    plain(one) == plain(other)
}
