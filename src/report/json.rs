//! The JSON that other programs read: frozen structs with a version, apart from the types of the inside.

mod plan;
mod show;
mod times;

use chrono::NaiveDate;
use serde::Serialize;

pub use plan::plan;
pub use show::show;

use super::{Report, place::Documents};
use crate::{
    check::rules,
    document::Document,
    model::{
        escape::json_text,
        finding::Finding,
        item::{ActionItem, Basis, Due, Owner},
    },
};

/// Version of all formats. A field may be added; none changes its meaning or goes away within a version.
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
        .flat_map(|document| Item::all(document, report.today))
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

fn line(value: &impl Serialize) -> String {
    // Structs of strings, numbers and lists always have a JSON form.
    let text = serde_json::to_string(value).unwrap_or_default();
    format!("{}\n", json_text(&text))
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
    due_date: Option<String>,
    due_from: Option<Basis>,
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
    fn all(document: &Document, today: NaiveDate) -> impl Iterator<Item = Self> {
        let items = document.items.iter();
        items.map(move |item| Self::of(document, item, today))
    }

    fn of(document: &Document, item: &ActionItem, today: NaiveDate) -> Self {
        let due = item.due.as_ref();
        let status = item.status.as_ref();
        let is_late = item.due_date().is_some_and(|due| due < today);
        Self {
            file: document.path.clone(),
            line: item.line,
            column: document.column_of(item),
            action: item.action.clone(),
            owner: own_owner(item),
            owners: item.owner_list().iter().map(OwnerName::of).collect(),
            due: due.map(|due| match due.value {
                Due::On(date) => date.to_string(),
                Due::Derived { .. } | Due::Ambiguous { .. } | Due::Unreadable => due.text.clone(),
            }),
            due_text: due.map(|due| due.text.clone()),
            due_date: item.due_date().map(|day| day.to_string()),
            due_from: due.and_then(|due| match due.value {
                Due::Derived { from, .. } => Some(from),
                _ => None,
            }),
            status: status
                .and_then(|status| status.value.known())
                .map(status_word),
            status_text: status.map(|status| status.text.clone()),
            link: item.link().map(|link| link.text.clone()),
            links: item.links.iter().map(|link| link.text.clone()).collect(),
            section: item.section.clone(),
            overdue: is_late && !item.stated_status().is_settled(),
        }
    }
}

/// The owner as written for this item; one that the document names for all its items is in `owners` only.
fn own_owner(item: &ActionItem) -> Option<String> {
    let owners = item.owners.as_ref()?;
    item.span.contains(owners.span).then(|| owners.text.clone())
}

impl OwnerName {
    fn of(owner: &Owner) -> Self {
        Self {
            kind: owner_kind(owner),
            name: owner.name().to_owned(),
        }
    }
}

const fn owner_kind(owner: &Owner) -> &'static str {
    match owner {
        Owner::Login(_) => "login",
        Owner::Team(_) => "team",
        Owner::Name(_) => "name",
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
    rule: String,
    name: String,
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
            rule: finding.rule.to_string(),
            name: rules::name(&finding.rule).to_owned(),
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
