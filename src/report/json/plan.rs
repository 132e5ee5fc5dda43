//! The plan as JSON, and what became of it.

use serde::Serialize;

use super::{Flaw, VERSION, line};
use crate::{
    apply::{Ending, Outcome},
    model::{
        change::{Change, Found, ItemRef, Late, Left},
        link::IssueKey,
    },
    report::{Report, place::Documents},
};

/// The plan, and what became of it where it was applied, as `{"version":1,"changes":[…],…}`.
#[must_use]
pub fn plan(report: &Report<'_>) -> String {
    let documents = Documents::of(report);
    let changes = match report.outcomes {
        None => report
            .plan
            .changes
            .iter()
            .map(|change| Step::of(change, None))
            .collect(),
        Some(outcomes) => outcomes
            .iter()
            .map(|outcome| Step::of(&outcome.change, Some(outcome)))
            .collect(),
    };
    let late = |items: &[Late]| items.iter().map(LateItem::of).collect();
    line(&Plan {
        version: VERSION,
        changes,
        left: report
            .plan
            .left
            .iter()
            .map(|(item, why)| LeftItem::of(item, *why))
            .collect(),
        overdue: late(&report.plan.overdue),
        due_soon: late(&report.plan.due_soon),
        conflicts: report
            .plan
            .conflicts
            .iter()
            .map(|finding| Flaw::of(&documents, finding))
            .collect(),
    })
}

#[derive(Serialize)]
struct Plan {
    version: u32,
    changes: Vec<Step>,
    left: Vec<LeftItem>,
    overdue: Vec<LateItem>,
    due_soon: Vec<LateItem>,
    conflicts: Vec<Flaw>,
}

/// One change; a field that its kind does not have is left out.
#[derive(Default, Serialize)]
struct Step {
    change: &'static str,
    file: String,
    line: usize,
    action: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assignees: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    add: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remove: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl Step {
    fn of(change: &Change, outcome: Option<&Outcome>) -> Self {
        let item = change.item();
        let mut step = Self {
            file: item.path.clone(),
            line: item.line,
            action: item.action.clone(),
            ..Self::default()
        };
        step.tell(change);
        if let Some(outcome) = outcome {
            step.issue = outcome
                .issue
                .as_ref()
                .map(IssueKey::to_string)
                .or(step.issue);
            (step.result, step.reason) = match &outcome.result {
                Ending::Done => (Some("done"), None),
                Ending::Proposed(place) => (Some("proposed"), Some(place.clone())),
                Ending::Left(reason) => (Some("left"), Some(reason.clone())),
                Ending::Failed(reason) => (Some("failed"), Some(reason.clone())),
            };
        }
        step
    }

    fn tell(&mut self, change: &Change) {
        match change {
            Change::Open { draft, .. } => {
                self.change = "open";
                self.title = Some(draft.title.clone());
                self.body = Some(draft.body.clone());
                self.labels = Some(draft.labels.clone());
                self.assignees = Some(draft.assignees.clone());
            }
            Change::Adopt { issue, found, .. } => {
                self.on("adopt", issue);
                self.found = Some(match found {
                    Found::Marker => "marker",
                    Found::Link => "link",
                });
            }
            Change::Link { old, new, .. } => {
                self.change = "link";
                self.old.clone_from(old);
                self.new = Some(new.to_string());
            }
            Change::Status { old, new, .. } => self.cell("status", old, new),
            Change::Tick { checked, .. } => {
                let boxes = ["[ ]", "[x]"];
                let [old, new] = [!checked, *checked].map(|ticked| boxes[usize::from(ticked)]);
                self.cell("tick", old, new);
            }
            Change::Flag { old, new, due, .. } => {
                self.cell("flag", old, new);
                self.due = Some(due.to_string());
            }
            Change::Unflag { old, new, .. } => self.cell("unflag", old, new),
            Change::Update {
                issue,
                patch,
                fields,
                ..
            } => {
                self.on("update", issue);
                self.title.clone_from(&patch.title);
                self.body.clone_from(&patch.body);
                self.assignees.clone_from(&patch.assignees);
                self.fields = Some(fields.clone());
            }
            Change::Label {
                issue, add, remove, ..
            } => {
                self.on("label", issue);
                self.add = Some(add.clone());
                self.remove = Some(remove.clone());
            }
            Change::Remember { issue, .. } => self.on("remember", issue),
            Change::CloseDuplicate { issue, of, .. } => {
                self.on("close-duplicate", issue);
                self.new = Some(of.to_string());
            }
            Change::Withdraw { issue, .. } => self.on("withdraw", issue),
            Change::Reinstate { issue, .. } => self.on("reinstate", issue),
        }
    }

    fn on(&mut self, change: &'static str, issue: &IssueKey) {
        self.change = change;
        self.issue = Some(issue.to_string());
    }

    fn cell(&mut self, change: &'static str, old: &str, new: &str) {
        self.change = change;
        self.old = Some(old.to_owned());
        self.new = Some(new.to_owned());
    }
}

#[derive(Serialize)]
struct LeftItem {
    file: String,
    line: usize,
    action: String,
    reason: &'static str,
}

impl LeftItem {
    fn of(item: &ItemRef, why: Left) -> Self {
        Self {
            file: item.path.clone(),
            line: item.line,
            action: item.action.clone(),
            reason: match why {
                Left::OutOfScope => "out-of-scope",
                Left::BeforeSince(_) => "before-since",
                Left::Undated => "undated",
                Left::OverLimit => "over-limit",
                Left::CannotPlace => "cannot-place",
                Left::IssuesDisabled => "issues-disabled",
                Left::Draft => "draft",
            },
        }
    }
}

#[derive(Serialize)]
struct LateItem {
    file: String,
    line: usize,
    action: String,
    owner: Option<String>,
    due: String,
    days: i64,
    issue: Option<String>,
}

impl LateItem {
    fn of(late: &Late) -> Self {
        Self {
            file: late.item.path.clone(),
            line: late.item.line,
            action: late.item.action.clone(),
            owner: Some(late.owner.clone()).filter(|owner| !owner.is_empty()),
            due: late.due.to_string(),
            days: late.days,
            issue: late.issue.as_ref().map(IssueKey::to_string),
        }
    }
}
