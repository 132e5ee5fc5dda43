//! One call to the host: what is asked, in whose words it fails, and whether it may be repeated.

use http::Method;
use serde_json::Value;

use super::{retry::ATTEMPTS, route::Route, transport::Channel};
use crate::tracker::TrackerError;

/// Whether a call may be repeated when it is unclear what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// Changes nothing.
    Read,
    /// A read that the caller cuts into smaller ones rather than repeat it.
    Divisible,
    /// Changes something; doing it twice is the same as doing it once.
    Repeatable,
    /// Creates something; a second time would create a second one.
    Once,
}

impl Nature {
    pub(super) const fn writes(self) -> bool {
        matches!(self, Self::Repeatable | Self::Once)
    }

    pub(super) const fn attempts(self) -> u32 {
        match self {
            Self::Read | Self::Repeatable => ATTEMPTS,
            Self::Divisible | Self::Once => 1,
        }
    }
}

/// One call, and the words in which its failure is told.
pub(super) struct Call {
    pub(super) channel: Channel,
    pub(super) method: Method,
    pub(super) route: Route,
    pub(super) body: Option<Value>,
    pub(super) nature: Nature,
    /// What is attempted, such as "open an issue".
    pub(super) what: String,
    /// The permission it takes, such as `issues: write`.
    pub(super) permission: &'static str,
}

impl Call {
    /// A REST read.
    pub(super) fn read(route: Route, what: impl Into<String>, permission: &'static str) -> Self {
        Self {
            channel: Channel::Rest,
            method: Method::GET,
            route,
            body: None,
            nature: Nature::Read,
            what: what.into(),
            permission,
        }
    }

    /// A REST write that may be repeated.
    pub(super) fn write(
        method: Method,
        route: Route,
        body: Option<Value>,
        what: impl Into<String>,
        permission: &'static str,
    ) -> Self {
        Self {
            method,
            body,
            nature: Nature::Repeatable,
            ..Self::read(route, what, permission)
        }
    }

    /// A REST call that creates something.
    pub(super) fn create(
        route: Route,
        body: Value,
        what: impl Into<String>,
        permission: &'static str,
    ) -> Self {
        Self {
            nature: Nature::Once,
            ..Self::write(Method::POST, route, Some(body), what, permission)
        }
    }
}

/// Why a call has no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// It did not take effect.
    Refused(TrackerError),
    /// It may have taken effect.
    Lost(String),
}

impl Failure {
    pub(super) fn into_error(self, what: &str) -> TrackerError {
        match self {
            Self::Refused(error) => error,
            Self::Lost(detail) => TrackerError::Unclear {
                what: what.to_owned(),
                detail,
            },
        }
    }
}
