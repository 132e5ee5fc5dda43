//! A small world of two postmortems, told in every format.

mod machine;
mod markdown;
mod text;

use super::Report;
use crate::{
    apply::{Ending, Outcome},
    check::{
        self, Context,
        sample::{Sample, day},
    },
    document::Document,
    model::{
        change::{Change, Found, ItemRef, Late, Left, Plan},
        config::{Config, SectionKind},
        edit::IssueLink,
        finding::Finding,
        issue::Draft,
        link::{IssueKey, Repository},
    },
};

const BLOB: &str = "https://github.com/acme/shop/blob/0123abc";

/// What a run has to tell, owned.
struct World {
    documents: Vec<Document>,
    findings: Vec<Finding>,
    plan: Plan,
    outcomes: Option<Vec<Outcome>>,
    notices: Vec<String>,
    patch: Option<String>,
    blob: &'static str,
}

impl World {
    /// Documents with their findings on 2026-11-22, and nothing to do.
    fn of(documents: Vec<Document>) -> Self {
        let config = Config::default();
        let findings = check::run(&documents, &Context::new(&config, day("2026-11-22")));
        Self {
            documents,
            findings,
            plan: Plan::default(),
            outcomes: None,
            notices: Vec::new(),
            patch: None,
            blob: BLOB,
        }
    }

    fn report(&self) -> Report<'_> {
        Report {
            documents: &self.documents,
            findings: &self.findings,
            plan: &self.plan,
            outcomes: self.outcomes.as_deref(),
            notices: &self.notices,
            blob_url: self.blob,
            patch: self.patch.as_deref(),
            today: day("2026-11-22"),
        }
    }

    fn item(&self, document: usize, index: usize) -> ItemRef {
        let document = &self.documents[document];
        let item = &document.items[index];
        ItemRef {
            path: document.path.clone(),
            line: item.line,
            index,
            action: item.action.clone(),
        }
    }

    /// Carries the plan out in thought: opened issues get the numbers from 12.
    fn applied(mut self) -> Self {
        let mut opened = 11;
        let changes = self.plan.changes.clone().into_iter();
        let outcomes = changes.map(|change| {
            let issue = match &change {
                Change::Open { .. } => {
                    opened += 1;
                    Some(key("acme/shop", opened))
                }
                Change::Adopt { issue, .. } => Some(issue.clone()),
                _ => None,
            };
            Outcome {
                change,
                result: Ending::Done,
                issue,
            }
        });
        self.outcomes = Some(outcomes.collect());
        self
    }
}

fn key(repository: &str, number: u64) -> IssueKey {
    let repository = Repository::parse(repository).unwrap_or_else(Repository::embedded);
    IssueKey { repository, number }
}

fn postmortem(path: &str, rows: &[[&str; 4]]) -> Document {
    let mut sample = Sample::complete(path)
        .section(SectionKind::ActionItems)
        .template_table();
    for row in rows {
        sample = sample.row(row);
    }
    sample.build()
}

/// As many actions, no two of them the same.
fn several(number: usize) -> Vec<String> {
    (1..=number).map(|number| format!("Act {number}")).collect()
}

/// The founding template's two rows, to be opened, linked and flagged; a third that another run opened; and one
/// that cannot be placed.
fn world() -> World {
    let documents = vec![
        postmortem(
            "postmortems/2024-01-08-checkout.md",
            &[
                [
                    "Add memory monitoring",
                    "SRE Team",
                    "2024-02-01",
                    "In Progress",
                ],
                [
                    "Update testing suite",
                    "Dev Team",
                    "2024-02-15",
                    "Not Started",
                ],
            ],
        ),
        postmortem(
            "postmortems/2026-11-02-login.md",
            &[
                [
                    "Alert on failed logins",
                    "@alice",
                    "2026-11-25",
                    "Not Started",
                ],
                ["Write the runbook", "", "next sprint", "Not Started"],
            ],
        ),
    ];
    let mut world = World::of(documents);
    let (memory, tests) = (world.item(0, 0), world.item(0, 1));
    let (alert, runbook) = (world.item(1, 0), world.item(1, 1));
    world.plan.changes = vec![
        open(&memory, &["sre-lead"]),
        link(&memory, 12),
        flag(&memory, "In Progress", "2024-02-01"),
        open(&tests, &[]),
        link(&tests, 13),
        flag(&tests, "Not Started", "2024-02-15"),
        Change::Adopt {
            item: alert.clone(),
            issue: key("acme/shop", 7),
            found: Found::Marker,
        },
        link(&alert, 7),
    ];
    world.plan.left = vec![(runbook, Left::CannotPlace)];
    world.plan.overdue = vec![
        late(memory, "SRE Team", "2024-02-01", 1025),
        late(tests, "Dev Team", "2024-02-15", 1011),
    ];
    world.plan.due_soon = vec![late(alert, "@alice", "2026-11-25", -3)];
    world
}

fn open(item: &ItemRef, assignees: &[&str]) -> Change {
    let draft = Draft {
        title: item.action.clone(),
        body: "body".into(),
        labels: vec!["postmortem-action".into()],
        assignees: assignees.iter().map(|login| (*login).to_owned()).collect(),
    };
    Change::Open {
        item: item.clone(),
        draft,
    }
}

fn link(item: &ItemRef, number: u64) -> Change {
    let new = IssueLink {
        label: format!("#{number}"),
        target: format!("https://github.com/acme/shop/issues/{number}"),
    };
    Change::Link {
        item: item.clone(),
        old: None,
        new,
    }
}

fn flag(item: &ItemRef, old: &str, due: &str) -> Change {
    Change::Flag {
        item: item.clone(),
        old: old.into(),
        new: format!("{old} ⚠️ overdue"),
        due: day(due),
    }
}

fn late(item: ItemRef, owner: &str, due: &str, days: i64) -> Late {
    Late {
        item,
        owner: owner.into(),
        due: day(due),
        days,
        issue: None,
    }
}
