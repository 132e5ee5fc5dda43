//! How far an action item is.

use std::fmt;

use serde::Serialize;

/// The states that every vocabulary is read into.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Agreed, nobody works on it.
    NotStarted,
    /// Somebody works on it.
    InProgress,
    /// Waits for something, or was put off; still a promise.
    Blocked,
    /// Finished.
    Done,
    /// Decided against.
    WontDo,
}

impl Status {
    /// Every status, in the order of an item's life.
    pub const ALL: [Self; 5] = [
        Self::NotStarted,
        Self::InProgress,
        Self::Blocked,
        Self::Done,
        Self::WontDo,
    ];

    /// Whether nothing is left to do: finished or decided against.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::WontDo)
    }
}

/// The words of the founding template, written where a document has none of its own.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotStarted => "Not Started",
            Self::InProgress => "In Progress",
            Self::Blocked => "Blocked",
            Self::Done => "Done",
            Self::WontDo => "Won't Do",
        })
    }
}
