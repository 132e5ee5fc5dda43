//! The plan: typed, ordered, printable changes, and what is deliberately left alone.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::{edit::IssueLink, finding::Finding, issue::Draft, issue::IssuePatch, link::IssueKey};

/// An item by its place, for people and for the stages that follow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ItemRef {
    /// Path of the document.
    pub path: String,
    /// Line of the item, from 1; 0 where it is gone.
    pub line: usize,
    /// Index of the item in the document; beyond its end where it is gone.
    pub index: usize,
    /// What is promised, as read.
    pub action: String,
}

impl fmt::Display for ItemRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{} “{}”", self.path, self.action),
            line => write!(f, "{}:{line} “{}”", self.path, self.action),
        }
    }
}

/// One thing that a run would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum Change {
    /// Open an issue for an item that has none, and link it in the item's row.
    Open {
        /// The promise.
        item: ItemRef,
        /// The issue.
        draft: Draft,
    },
    /// Take an issue as the item's: one that an earlier run opened and could not link, or one
    /// that a person linked.
    Adopt {
        /// The promise.
        item: ItemRef,
        /// Its issue.
        issue: IssueKey,
        /// How the issue was found.
        found: Found,
    },
    /// Write the link of an issue into the item's row.
    Link {
        /// The promise.
        item: ItemRef,
        /// What the row links to so far; `None` where it links to nothing.
        old: Option<String>,
        /// The link to write.
        new: IssueLink,
    },
    /// Write the status of the issue into the status cell.
    Status {
        /// The promise.
        item: ItemRef,
        /// Text of the cell so far.
        old: String,
        /// Text of the cell afterwards, flag included.
        new: String,
    },
    /// Tick or untick the box.
    Tick {
        /// The promise.
        item: ItemRef,
        /// Whether it is ticked afterwards.
        checked: bool,
    },
    /// Put the overdue flag behind the status.
    Flag {
        /// The promise.
        item: ItemRef,
        /// Text of the cell so far.
        old: String,
        /// Text of the cell afterwards.
        new: String,
        /// The day on which it was due.
        due: NaiveDate,
    },
    /// Take the overdue flag away.
    Unflag {
        /// The promise.
        item: ItemRef,
        /// Text of the cell so far.
        old: String,
        /// Text of the cell afterwards.
        new: String,
    },
    /// Change title, assignees or the tool's own part of the body, since the document changed.
    Update {
        /// The promise.
        item: ItemRef,
        /// Its issue.
        issue: IssueKey,
        /// What changes.
        patch: IssuePatch,
        /// `title: “old” → “new”`, one entry per field.
        fields: Vec<String>,
    },
    /// Add and remove labels.
    Label {
        /// The promise.
        item: ItemRef,
        /// Its issue.
        issue: IssueKey,
        /// Labels to add.
        add: Vec<String>,
        /// Labels to remove.
        remove: Vec<String>,
    },
    /// Note in the marker what document and issue agree on. Nobody sees it.
    Remember {
        /// The promise.
        item: ItemRef,
        /// Its issue.
        issue: IssueKey,
        /// The body, with the new marker at its start.
        body: String,
    },
    /// Close an issue that was opened twice for one item.
    CloseDuplicate {
        /// The promise.
        item: ItemRef,
        /// The later issue.
        issue: IssueKey,
        /// The issue that stays.
        of: IssueKey,
    },
    /// Close as not planned what a pull request brought, since the item is gone before the merge.
    Withdraw {
        /// The promise as it was.
        item: ItemRef,
        /// Its issue.
        issue: IssueKey,
        /// The state, and the marker that remembers who closed it.
        patch: IssuePatch,
    },
    /// Open again what was withdrawn, since the item is back.
    Reinstate {
        /// The promise.
        item: ItemRef,
        /// Its issue.
        issue: IssueKey,
        /// The state and the marker.
        patch: IssuePatch,
    },
}

/// How an issue was found that is adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// By its marker.
    Marker,
    /// By the link that a person wrote.
    Link,
}

impl Change {
    /// The item that the change is about.
    #[must_use]
    pub const fn item(&self) -> &ItemRef {
        match self {
            Self::Open { item, .. }
            | Self::Adopt { item, .. }
            | Self::Link { item, .. }
            | Self::Status { item, .. }
            | Self::Tick { item, .. }
            | Self::Flag { item, .. }
            | Self::Unflag { item, .. }
            | Self::Update { item, .. }
            | Self::Label { item, .. }
            | Self::Remember { item, .. }
            | Self::CloseDuplicate { item, .. }
            | Self::Withdraw { item, .. }
            | Self::Reinstate { item, .. } => item,
        }
    }

    /// Whether the change is made in the document, and not in an issue.
    #[must_use]
    pub const fn is_in_document(&self) -> bool {
        matches!(
            self,
            Self::Link { .. }
                | Self::Status { .. }
                | Self::Tick { .. }
                | Self::Flag { .. }
                | Self::Unflag { .. }
        )
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { item, draft } => {
                write!(f, "open    {item}")?;
                if !draft.assignees.is_empty() {
                    write!(f, ", assigned to {}", draft.assignees.join(", "))?;
                }
                Ok(())
            }
            Self::Adopt { item, issue, found } => {
                let how = match found {
                    Found::Marker => "opened by an earlier run",
                    Found::Link => "linked by hand",
                };
                write!(f, "adopt   {issue} ({how}) for {item}")
            }
            Self::Link {
                item,
                old: None,
                new,
            } => write!(f, "link    {item}: {}", new.label),
            Self::Link {
                item,
                old: Some(old),
                new,
            } => {
                write!(f, "link    {item}: {old} → {}", new.label)
            }
            Self::Status { item, old, new } => write!(f, "status  {item}: “{old}” → “{new}”"),
            Self::Tick {
                item,
                checked: true,
            } => write!(f, "tick    {item}"),
            Self::Tick {
                item,
                checked: false,
            } => write!(f, "untick  {item}"),
            Self::Flag {
                item,
                old,
                new,
                due,
            } => {
                write!(f, "flag    {item}: “{old}” → “{new}” (was due {due})")
            }
            Self::Unflag { item, old, new } => write!(f, "unflag  {item}: “{old}” → “{new}”"),
            Self::Update { issue, fields, .. } => {
                write!(f, "update  {issue}: {}", fields.join("; "))
            }
            Self::Label {
                issue, add, remove, ..
            } => {
                let signed = |sign: char, labels: &[String]| -> Vec<String> {
                    labels
                        .iter()
                        .map(|label| format!("{sign}{label}"))
                        .collect()
                };
                let all = [signed('+', add), signed('-', remove)].concat();
                write!(f, "label   {issue}: {}", all.join(", "))
            }
            Self::Remember { issue, .. } => {
                write!(f, "note    {issue}: what document and issue agree on")
            }
            Self::CloseDuplicate { issue, of, .. } => {
                write!(f, "close   {issue} as a duplicate of {of}")
            }
            Self::Withdraw { item, issue, .. } => {
                write!(
                    f,
                    "close   {issue} as not planned: {item} is gone before the merge"
                )
            }
            Self::Reinstate { item, issue, .. } => write!(f, "reopen  {issue}: {item} is back"),
        }
    }
}

/// An item that is late, by the status that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Late {
    /// The promise.
    pub item: ItemRef,
    /// Owner as written; empty where there is none.
    pub owner: String,
    /// The day on which it was due.
    pub due: NaiveDate,
    /// Days since then; negative for one that is due soon.
    pub days: i64,
    /// Its issue, where there is one.
    pub issue: Option<IssueKey>,
}

/// Why an item gets no issue now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Left {
    /// Its document has no part in this run, and `issues.since` is not set.
    OutOfScope,
    /// Its document is dated before this day, which is `issues.since`.
    BeforeSince(NaiveDate),
    /// Its document has no date to hold against `issues.since`.
    Undated,
    /// The run has opened as many issues as `issues.max-new` allows.
    OverLimit,
    /// The document cannot hold the link, so that the next run would not find it.
    CannotPlace,
    /// The repository takes no issues.
    IssuesDisabled,
    /// Its pull request is a draft.
    Draft,
}

/// Everything that a run would do, in the order in which it is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Changes: document by document, item by item.
    pub changes: Vec<Change>,
    /// Items that get no issue now, and why.
    pub left: Vec<(ItemRef, Left)>,
    /// Items past their due date, the latest first.
    pub overdue: Vec<Late>,
    /// Items that are due soon, the nearest first.
    pub due_soon: Vec<Late>,
    /// Contradictions between document and issue that nobody but a person can settle.
    #[serde(skip)]
    pub conflicts: Vec<Finding>,
}

impl Plan {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.changes
            .iter()
            .try_for_each(|change| writeln!(f, "{change}"))
    }
}
