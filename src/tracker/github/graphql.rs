//! Asks by GraphQL: own envelope, because some errors beside some data is the normal case.

use http::Method;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    call::{Call, Failure, Nature},
    client::Client,
    route::Route,
    transport::Channel,
    words::{GraphError, or_default, shorten},
};
use crate::tracker::TrackerError;

/// One named query or mutation.
pub(super) struct Operation {
    pub(super) text: String,
    pub(super) variables: Value,
    pub(super) nature: Nature,
    pub(super) what: &'static str,
    pub(super) permission: &'static str,
}

/// What came back.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Envelope {
    #[serde(default)]
    pub(super) data: Value,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) errors: Vec<GraphError>,
}

impl Envelope {
    /// The value at `path` below the data; `None` where it is missing, null or of another shape.
    pub(super) fn at<T: DeserializeOwned>(&self, path: &[&str]) -> Option<T> {
        let value = path
            .iter()
            .try_fold(&self.data, |value, step| value.get(step))?;
        (!value.is_null()).then(|| T::deserialize(value).ok())?
    }

    /// What the errors say, on one line.
    pub(super) fn complaint(&self) -> String {
        let texts: Vec<&str> = self
            .errors
            .iter()
            .map(|error| error.message.as_str())
            .collect();
        if texts.is_empty() {
            "the answer holds no data".into()
        } else {
            shorten(&texts.join("; "))
        }
    }

    /// The error for an answer that lacks what it was asked for.
    pub(super) fn refusal(&self, operation: &Operation, client: &Client) -> TrackerError {
        let host = client.host();
        let detail = self.complaint();
        if self.errors.iter().any(GraphError::is_forbidden) {
            client.forbidden(operation.what, operation.permission, &detail)
        } else if self.errors.iter().any(GraphError::is_unknown) {
            TrackerError::TooOld {
                host: host.into(),
                what: operation.what.into(),
                detail,
            }
        } else if self.errors.iter().any(|error| error.kind == "NOT_FOUND") {
            TrackerError::NotFound(format!("what is needed to {}", operation.what))
        } else if self.errors.is_empty() {
            TrackerError::Unreachable {
                host: host.into(),
                detail,
            }
        } else {
            TrackerError::Invalid {
                what: operation.what.into(),
                detail,
            }
        }
    }
}

impl Client {
    /// Sends `operation`. An answer with errors is an answer; only limits are dealt with on the way.
    pub(super) async fn graphql(&self, operation: &Operation) -> Result<Envelope, Failure> {
        let call = Call {
            channel: Channel::GraphQl,
            method: Method::POST,
            route: Route::given("/graphql".into()),
            body: Some(json!({ "query": operation.text, "variables": operation.variables })),
            nature: operation.nature,
            what: operation.what.into(),
            permission: operation.permission,
        };
        let answer = self.send(&call).await?;
        if !answer.status.is_success() {
            return Err(Failure::Refused(self.refusal(&call, &answer)));
        }
        match self.decode::<Envelope>(&answer) {
            Ok(mut envelope) => {
                for error in &mut envelope.errors {
                    error.message = self.redact(&error.message);
                }
                Ok(envelope)
            }
            Err(error) if operation.nature == Nature::Read => Err(Failure::Refused(error)),
            Err(error) => Err(Failure::Lost(error.to_string())),
        }
    }
}
