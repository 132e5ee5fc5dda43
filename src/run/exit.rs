//! How a run ends, in one number. Nothing else decides exit codes.

use std::process::ExitCode;

use crate::{
    host::HostError,
    input::InputError,
    model::{config::FailOn, finding::Finding},
    tracker::TrackerError,
};

/// The exit codes, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything is fine.
    Fine = 0,
    /// Findings at or above `fail-on`.
    Findings = 1,
    /// Done in part; what is left is listed, and the next run does it.
    Partial = 4,
    /// GitHub, the network or the disk failed.
    World = 3,
    /// Wrong usage, input or configuration.
    Usage = 2,
}

impl Exit {
    /// Fine, or findings that fail the run.
    #[must_use]
    pub fn of_findings(findings: &[Finding], fail_on: FailOn) -> Self {
        if findings
            .iter()
            .any(|finding| fail_on.includes(finding.severity))
        {
            Self::Findings
        } else {
            Self::Fine
        }
    }

    /// The graver of the two: wrong input before a broken world, that before work left undone, that before findings.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let rank = |exit| match exit {
            Self::Fine => 0,
            Self::Findings => 1,
            Self::Partial => 2,
            Self::World => 3,
            Self::Usage => 4,
        };
        if rank(other) > rank(self) {
            other
        } else {
            self
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a run stopped before it could do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Wrong usage, input or configuration.
    #[error("{0}")]
    Usage(String),
    /// This machine refuses.
    #[error(transparent)]
    Host(#[from] HostError),
    /// Configuration or event cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The tracker refuses.
    #[error(transparent)]
    Tracker(#[from] TrackerError),
}

impl Failure {
    /// The exit code.
    #[must_use]
    pub const fn exit(&self) -> Exit {
        match self {
            Self::Host(error)
            | Self::Input(InputError::Host(error))
            | Self::Tracker(TrackerError::Host(error))
                if !error.is_input() =>
            {
                Exit::World
            }
            Self::Usage(_)
            | Self::Host(_)
            | Self::Input(_)
            | Self::Tracker(TrackerError::Host(_)) => Exit::Usage,
            Self::Tracker(_) => Exit::World,
        }
    }
}
