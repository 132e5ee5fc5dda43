//! One promise of a postmortem, as read.

use chrono::NaiveDate;
use serde::Serialize;

use super::{link::Link, span::Span, status::Status};

/// A value with the words it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written<T> {
    /// What the words mean.
    pub value: T,
    /// The visible words, without emphasis, code marks and padding.
    pub text: String,
    /// Their bytes in the document.
    pub span: Span,
}

/// Who promised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "name")]
pub enum Owner {
    /// `@login`, without the `@`.
    Login(String),
    /// `@organisation/team`, without the `@`.
    Team(String),
    /// A team, role or person by name.
    Name(String),
}

impl Owner {
    /// Who it is, without an `@`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Login(name) | Self::Team(name) | Self::Name(name) => name,
        }
    }
}

/// By when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "date")]
pub enum Due {
    /// A full date.
    On(NaiveDate),
    /// Numbers that are two different dates, depending on the order of day and month.
    Ambiguous {
        /// Read as day, month, year.
        day_first: NaiveDate,
        /// Read as month, day, year.
        month_first: NaiveDate,
    },
    /// A day that the words mean, though they do not name it.
    Derived {
        /// The day.
        date: NaiveDate,
        /// What it rests on.
        from: Basis,
    },
    /// Words that name no single day, or no day that exists.
    Unreadable,
}

/// What a day rests on that is not written as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The last day of a period: `Q3 2026`.
    Period,
    /// A time counted from the day of the incident: `in 2 weeks`.
    Incident,
    /// A day and month without a year: the first one since the incident.
    NoYear,
}

impl Due {
    /// The day, where there is exactly one, written or derived.
    #[must_use]
    pub const fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::On(date) | Self::Derived { date, .. } => Some(*date),
            Self::Ambiguous { .. } | Self::Unreadable => None,
        }
    }
}

/// A status cell, box or word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "status")]
pub enum StatusWord {
    /// A word of the vocabulary.
    Known(Status),
    /// A word outside it.
    Unknown,
}

impl StatusWord {
    /// The status, where the word is known.
    #[must_use]
    pub const fn known(&self) -> Option<Status> {
        match self {
            Self::Known(status) => Some(*status),
            Self::Unknown => None,
        }
    }
}

/// The box of a task list: `[ ]` or `[x]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Checkbox {
    /// Whether it is ticked.
    pub checked: bool,
    /// The one byte between the brackets.
    pub span: Span,
}

/// How an item is written, and so how it can be written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Form {
    /// A row of a table.
    Row {
        /// Index of the table among the document's action tables.
        table: usize,
        /// Index of the row among the table's body rows.
        row: usize,
    },
    /// An item of a bullet, numbered or task list.
    ListItem {
        /// The box, where there is one.
        checkbox: Option<Checkbox>,
        /// Where a link suffix goes: after the last visible byte of the item's own text.
        suffix_at: usize,
        /// The status that stands in words of its own, such as `Done` in `(Done)` or `Status: Done`, flag included.
        words: Option<Span>,
    },
    /// A heading or bold paragraph of its own, with what is said of it below.
    Heading {
        /// Where a link suffix goes: after the last visible byte of the heading.
        suffix_at: usize,
        /// As for a list item.
        words: Option<Span>,
    },
}

impl Form {
    /// The box, where there is one.
    #[must_use]
    pub const fn checkbox(&self) -> Option<Checkbox> {
        match self {
            Self::ListItem { checkbox, .. } => *checkbox,
            Self::Row { .. } | Self::Heading { .. } => None,
        }
    }
}

/// One promise of a postmortem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActionItem {
    /// What is promised: visible text on one line, without the fields below.
    pub action: String,
    /// The bytes of the action as written.
    pub action_span: Span,
    /// The bytes of the whole row or list item.
    pub span: Span,
    /// Line on which it starts, from 1.
    pub line: usize,
    /// Heading of the section that holds it, as visible text.
    pub section: String,
    /// Owners in the order written; absent where the place is empty or holds a placeholder.
    pub owners: Option<Written<Vec<Owner>>>,
    /// Due date; absent where the place is empty or holds a placeholder.
    pub due: Option<Written<Due>>,
    /// Status by word or, where no word is written, by box. The overdue flag is no part of it.
    pub status: Option<Written<StatusWord>>,
    /// Whether the overdue flag stands behind the status.
    pub flagged: bool,
    /// Links, those that track the item first.
    pub links: Vec<Link>,
    /// How it is written.
    pub form: Form,
    /// Identity of the text: hash of the normalised action and its ordinal among equals in the document.
    pub key: String,
}

impl ActionItem {
    /// The status by the document alone. An item without a status, or with an unknown word, is open.
    #[must_use]
    pub fn stated_status(&self) -> Status {
        self.status
            .as_ref()
            .and_then(|status| status.value.known())
            .unwrap_or(Status::NotStarted)
    }

    /// The link that is the item's identity, where one is written.
    #[must_use]
    pub fn tracking_link(&self) -> Option<&Link> {
        self.links.iter().find(|link| link.target.is_tracking())
    }

    /// The link by which the item is followed: the one that tracks it, else the first that is no mere reading.
    #[must_use]
    pub fn link(&self) -> Option<&Link> {
        let followed = || self.links.iter().find(|link| !link.target.is_reading());
        self.tracking_link().or_else(followed)
    }

    /// The due day, where exactly one is written.
    #[must_use]
    pub fn due_date(&self) -> Option<NaiveDate> {
        self.due.as_ref().and_then(|due| due.value.date())
    }

    /// The owners, an empty list where none is written.
    #[must_use]
    pub fn owner_list(&self) -> &[Owner] {
        self.owners.as_ref().map_or(&[], |owners| &owners.value)
    }
}
