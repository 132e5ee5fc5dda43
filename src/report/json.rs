//! The JSON that other programs read: frozen structs with a version, apart from the types of the inside.

use serde::Serialize;

use super::{Report, place::Documents};
use crate::{
    apply::{Ending, Outcome},
    check::rules,
    document::Document,
    model::{
        change::{Change, Found, ItemRef, Late, Left},
        finding::Finding,
        item::{ActionItem, Due, Owner},
        link::IssueKey,
    },
};

/// Version of all three formats. A field may be added; none changes its meaning or goes away within a version.
const VERSION: u32 = 1;

/// The action items as `{"version":1,"items":[…]}`, one line, with a line ending.
///
/// `due` is a full date as ISO, else the text as written; `owner`, `due_text`, `status_text` and `link` are as
/// written; each is null where nothing is written. `status` is null where no known word is written.
#[must_use]
pub fn items(report: &Report<'_>) -> String {
    let items = report
        .documents
        .iter()
        .flat_map(|document| {
            document
                .items
                .iter()
                .map(|item| Item::of(document, item, report))
        })
        .collect();
    line(&Items {
        version: VERSION,
        items,
    })
}

/// The findings as `{"version":1,"findings":[…]}`. Lines and columns count from 1, columns in characters; they
/// are null where a finding concerns a whole file. `end_column` is one past the last character.
#[must_use]
pub fn findings(report: &Report<'_>) -> String {
    let documents = Documents::of(report);
    let findings = report
        .findings
        .iter()
        .map(|finding| Flaw::of(&documents, finding))
        .collect();
    line(&Findings {
        version: VERSION,
        findings,
    })
}

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

fn line(value: &impl Serialize) -> String {
    // Structs of strings, numbers and lists always have a JSON form.
    let mut text = serde_json::to_string(value).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Items {
    version: u32,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    file: String,
    line: usize,
    column: usize,
    action: String,
    owner: Option<String>,
    owners: Vec<OwnerName>,
    due: Option<String>,
    due_text: Option<String>,
    status: Option<&'static str>,
    status_text: Option<String>,
    link: Option<String>,
    links: Vec<String>,
    section: String,
    overdue: bool,
}

#[derive(Serialize)]
struct OwnerName {
    kind: &'static str,
    name: String,
}

impl Item {
    fn of(document: &Document, item: &ActionItem, report: &Report<'_>) -> Self {
        let due = item.due.as_ref();
        let status = item.status.as_ref();
        let place = document
            .lines
            .position(&document.text, item.action_span.start);
        let column = if place.line == item.line {
            place.column
        } else {
            1
        };
        let is_late = item.due_date().is_some_and(|due| due < report.today);
        Self {
            file: document.path.clone(),
            line: item.line,
            column,
            action: item.action.clone(),
            owner: item.owners.as_ref().map(|owners| owners.text.clone()),
            owners: item.owner_list().iter().map(OwnerName::of).collect(),
            due: due.map(|due| match due.value {
                Due::On(date) => date.to_string(),
                Due::Ambiguous { .. } | Due::Unreadable => due.text.clone(),
            }),
            due_text: due.map(|due| due.text.clone()),
            status: status
                .and_then(|status| status.value.known())
                .map(status_word),
            status_text: status.map(|status| status.text.clone()),
            link: item.links.first().map(|link| link.text.clone()),
            links: item.links.iter().map(|link| link.text.clone()).collect(),
            section: item.section.clone(),
            overdue: is_late && !item.stated_status().is_settled(),
        }
    }
}

impl OwnerName {
    fn of(owner: &Owner) -> Self {
        let (kind, name) = match owner {
            Owner::Login(name) => ("login", name),
            Owner::Team(name) => ("team", name),
            Owner::Name(name) => ("name", name),
        };
        Self {
            kind,
            name: name.clone(),
        }
    }
}

const fn status_word(status: crate::model::status::Status) -> &'static str {
    use crate::model::status::Status;
    match status {
        Status::NotStarted => "not-started",
        Status::InProgress => "in-progress",
        Status::Blocked => "blocked",
        Status::Done => "done",
        Status::WontDo => "wont-do",
    }
}

#[derive(Serialize)]
struct Findings {
    version: u32,
    findings: Vec<Flaw>,
}

#[derive(Serialize)]
struct Flaw {
    rule: &'static str,
    name: &'static str,
    severity: String,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    message: String,
    remedy: String,
}

impl Flaw {
    fn of(documents: &Documents<'_>, finding: &Finding) -> Self {
        let place = documents.place(finding);
        Self {
            rule: finding.rule,
            name: rules::find(finding.rule).map_or(finding.rule, |rule| rule.name),
            severity: finding.severity.to_string(),
            file: finding.path.clone(),
            line: place.map(|place| place.start.line),
            column: place.map(|place| place.start.column),
            end_line: place.map(|place| place.end.line),
            end_column: place.map(|place| place.end.column),
            message: finding.message.clone(),
            remedy: finding.remedy.clone(),
        }
    }
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
                let by = match found {
                    Found::Marker => "marker",
                    Found::Link => "link",
                };
                self.fields = Some(vec![format!("found by {by}")]);
            }
            Change::Link { old, new, .. } => {
                self.change = "link";
                self.old.clone_from(old);
                self.new = Some(new.to_string());
            }
            Change::Status { old, new, .. } => self.cell("status", old, new),
            Change::Tick { checked, .. } => {
                let words = if *checked {
                    ("[ ]", "[x]")
                } else {
                    ("[x]", "[ ]")
                };
                self.cell("tick", words.0, words.1);
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
                Left::OverLimit => "over-limit",
                Left::CannotPlace => "cannot-place",
                Left::IssuesDisabled => "issues-disabled",
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
