//! What a run did or would do: item by item, and in numbers.

use std::collections::BTreeMap;

use super::{Report, left, phrase, place::Documents};
use crate::{
    apply::Ending,
    model::{
        change::{Change, ItemRef},
        link::{IssueKey, Target},
    },
};

/// A run in numbers. What failed or was left counts there and nowhere else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Action items that were read.
    pub items: usize,
    /// Of these, items that are not settled by their document.
    pub open: usize,
    /// Documents that were read.
    pub documents: usize,
    /// Issues opened.
    pub opened: usize,
    /// Issues adopted.
    pub adopted: usize,
    /// Links written.
    pub linked: usize,
    /// Statuses written and boxes ticked.
    pub statuses: usize,
    /// Overdue flags put.
    pub flagged: usize,
    /// Overdue flags taken away.
    pub unflagged: usize,
    /// Issues whose title, body or assignees changed.
    pub updated: usize,
    /// Issues whose labels changed.
    pub labelled: usize,
    /// Issues closed as duplicates.
    pub duplicates: usize,
    /// Issues closed since their item is gone before the merge.
    pub withdrawn: usize,
    /// Issues opened again since their item is back.
    pub reinstated: usize,
    /// Issues in which the common state was noted; nobody sees it.
    pub noted: usize,
    /// Changes that failed.
    pub failed: usize,
    /// Changes that wait in a pull request.
    pub proposed: usize,
    /// Changes that the next run has to make.
    pub postponed: usize,
    /// Items that get no issue since their row cannot hold the link.
    pub unplaceable: usize,
    /// Items that get no issue for another reason.
    pub left: usize,
    /// Items past their due date.
    pub overdue: usize,
    /// Items that are due soon.
    pub due_soon: usize,
}

impl Tally {
    pub(super) fn of(report: &Report<'_>) -> Self {
        let items = || report.documents.iter().flat_map(|document| &document.items);
        let mut tally = Self {
            items: items().count(),
            open: items()
                .filter(|item| !item.stated_status().is_settled())
                .count(),
            documents: report.documents.len(),
            unplaceable: left::unplaceable(report).count(),
            overdue: report.plan.overdue.len(),
            due_soon: report.plan.due_soon.len(),
            ..Self::default()
        };
        tally.left = report.plan.left.len() - tally.unplaceable;
        match report.outcomes {
            None => report
                .plan
                .changes
                .iter()
                .for_each(|change| tally.add(change)),
            Some(outcomes) => {
                for outcome in outcomes {
                    match outcome.result {
                        Ending::Done => tally.add(&outcome.change),
                        Ending::Proposed(_) => tally.proposed += 1,
                        Ending::Left(_) => tally.postponed += 1,
                        Ending::Failed(_) => tally.failed += 1,
                    }
                }
            }
        }
        tally
    }

    fn add(&mut self, change: &Change) {
        *match change {
            Change::Open { .. } => &mut self.opened,
            Change::Adopt { .. } => &mut self.adopted,
            Change::Link { .. } => &mut self.linked,
            Change::Status { .. } | Change::Tick { .. } => &mut self.statuses,
            Change::Flag { .. } => &mut self.flagged,
            Change::Unflag { .. } => &mut self.unflagged,
            Change::Update { .. } => &mut self.updated,
            Change::Label { .. } => &mut self.labelled,
            Change::Remember { .. } => &mut self.noted,
            Change::CloseDuplicate { .. } => &mut self.duplicates,
            Change::Withdraw { .. } => &mut self.withdrawn,
            Change::Reinstate { .. } => &mut self.reinstated,
        } += 1;
    }

    /// Whether the run did, or would do, nothing that anybody sees.
    #[must_use]
    pub const fn is_quiet(&self) -> bool {
        self.opened + self.adopted + self.linked + self.statuses + self.flagged == 0
            && self.unflagged + self.updated + self.labelled + self.duplicates == 0
            && self.withdrawn + self.reinstated == 0
            && self.failed + self.postponed + self.unplaceable == 0
    }

    /// `opened 2 issues, linked 2 rows`, or in the other tense `opens 2 issues, links 2 rows`; empty where nothing is done.
    #[must_use]
    pub fn deeds(&self, tense: Tense) -> String {
        let deeds = [
            (self.opened, "opened", "opens", "issue"),
            (self.adopted, "adopted", "adopts", "issue"),
            (self.linked, "linked", "links", "row"),
            (self.statuses, "wrote", "writes", "status"),
            (self.flagged, "flagged", "flags", "overdue row"),
            (self.unflagged, "took away", "takes away", "flag"),
            (self.updated, "updated", "updates", "issue"),
            (self.labelled, "labelled", "labels", "issue"),
            (self.duplicates, "closed", "closes", "duplicate"),
            (self.withdrawn, "withdrew", "withdraws", "issue"),
            (self.reinstated, "reopened", "reopens", "issue"),
        ];
        let told: Vec<String> = deeds
            .into_iter()
            .filter(|(number, ..)| *number > 0)
            .map(|(number, past, present, noun)| {
                let verb = if tense == Tense::Past { past } else { present };
                format!("{verb} {}", phrase::count(number, noun))
            })
            .collect();
        told.join(", ")
    }

    /// What merging does to issues, in short: `opens 3 issues, adopts 1, cannot place 1`. Links and flags, which
    /// follow from that, are told only where nothing else happens.
    #[must_use]
    pub fn preview(&self) -> String {
        let rows = self.statuses + self.unflagged;
        let issues = self.updated + self.labelled + self.duplicates;
        let mut told: Vec<String> = [
            (
                self.opened,
                format!("opens {}", phrase::count(self.opened, "issue")),
            ),
            (
                self.adopted,
                format!("adopts {}", phrase::grouped(self.adopted)),
            ),
            (
                self.unplaceable,
                format!("cannot place {}", phrase::grouped(self.unplaceable)),
            ),
            (rows, format!("updates {}", phrase::count(rows, "row"))),
            (
                issues,
                format!("changes {}", phrase::count(issues, "issue")),
            ),
        ]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(_, text)| text)
        .collect();
        if told.is_empty() {
            told.extend(Some(self.deeds(Tense::Present)).filter(|deeds| !deeds.is_empty()));
        }
        told.join(", ")
    }

    /// `12 items in 4 postmortems, 3 open, 1 overdue`. How many are open is told only where nothing changes, since
    /// the documents were read before.
    #[must_use]
    pub fn stock(&self) -> String {
        let items = phrase::count(self.items, "item");
        let mut told = vec![format!(
            "{items} in {}",
            phrase::count(self.documents, "postmortem")
        )];
        if self.is_quiet() && self.items > 0 {
            told.push(format!("{} open", phrase::grouped(self.open)));
        }
        if self.overdue > 0 {
            told.push(format!("{} overdue", phrase::grouped(self.overdue)));
        }
        told.join(", ")
    }
}

/// Whether a run is told of as done or as a preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// It was done.
    Past,
    /// It would be done.
    Present,
}

/// What happens to one item.
#[derive(Debug)]
pub(super) struct Deeds<'a> {
    pub(super) item: &'a ItemRef,
    /// What is seen afterwards: `opened`, `linked`, `“In Progress” → “Done”`.
    pub(super) told: Vec<String>,
    /// Reasons why something was not done.
    pub(super) trouble: Vec<&'a str>,
    pub(super) issue: Option<&'a IssueKey>,
    /// Number of the issue: of the one above, else of the link in the row.
    pub(super) number: Option<u64>,
}

/// The items for which something is done that people see, in the order of the plan.
pub(super) fn by_item<'a>(report: &Report<'a>) -> Vec<Deeds<'a>> {
    let done: Vec<(&Change, Option<&Ending>, Option<&IssueKey>)> = match report.outcomes {
        None => report
            .plan
            .changes
            .iter()
            .map(|change| (change, None, None))
            .collect(),
        Some(outcomes) => outcomes
            .iter()
            .map(|outcome| {
                (
                    &outcome.change,
                    Some(&outcome.result),
                    outcome.issue.as_ref(),
                )
            })
            .collect(),
    };
    let documents = Documents::of(report);
    let mut items: Vec<Deeds<'a>> = Vec::new();
    let mut index: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    for (change, ending, issue) in done {
        let item = change.item();
        let at = *index.entry((&item.path, item.index)).or_insert_with(|| {
            items.push(Deeds {
                item,
                told: Vec::new(),
                trouble: Vec::new(),
                issue: None,
                number: linked(&documents, item),
            });
            items.len() - 1
        });
        let deeds = &mut items[at];
        deeds.issue = deeds.issue.or(issue).or_else(|| issue_of(change));
        deeds.number = deeds.issue.map(|issue| issue.number).or(deeds.number);
        match ending {
            Some(Ending::Left(reason) | Ending::Failed(reason)) => {
                if !deeds.trouble.contains(&reason.as_str()) {
                    deeds.trouble.push(reason);
                }
            }
            Some(Ending::Done) => deeds.told.extend(told(change, Tense::Past)),
            Some(Ending::Proposed(_)) => deeds
                .told
                .extend(told(change, Tense::Past).map(|told| format!("proposed: {told}"))),
            None => deeds.told.extend(told(change, Tense::Present)),
        }
    }
    items.retain(|deeds| !deeds.told.is_empty() || !deeds.trouble.is_empty());
    items
}

/// The items that have an issue of the home repository: by their row, or since this run opened or found it.
pub(super) fn standing(report: &Report<'_>) -> Vec<(ItemRef, IssueKey)> {
    let found = issues(report);
    let items = report.documents.iter().flat_map(|document| {
        let items = document.items.iter().enumerate();
        items.map(move |(index, item)| (document, index, item))
    });
    items
        .filter_map(|(document, index, item)| {
            let place = (document.path.as_str(), index);
            let issue = found.get(&place).map(|issue| (*issue).clone());
            let linked = || match &item.tracking_link()?.target {
                Target::Remote { key, .. } => Some(key.clone()),
                _ => None,
            };
            let item_ref = ItemRef {
                path: document.path.clone(),
                line: item.line,
                index,
                action: item.action.clone(),
            };
            Some((item_ref, issue.or_else(linked)?))
        })
        .collect()
}

/// The number that the row links to.
fn linked(documents: &Documents<'_>, item: &ItemRef) -> Option<u64> {
    let document = documents.get(&item.path)?;
    match &document.items.get(item.index)?.tracking_link()?.target {
        Target::Number(number) | Target::Embedded(number) => Some(*number),
        Target::Remote { key, .. } => Some(key.number),
        Target::External(_) | Target::Url(_) => None,
    }
}

const fn issue_of(change: &Change) -> Option<&IssueKey> {
    match change {
        Change::Adopt { issue, .. }
        | Change::Update { issue, .. }
        | Change::Label { issue, .. }
        | Change::Withdraw { issue, .. }
        | Change::Reinstate { issue, .. }
        | Change::CloseDuplicate { of: issue, .. } => Some(issue),
        _ => None,
    }
}

fn told(change: &Change, tense: Tense) -> Option<String> {
    let say = |past: &'static str, present: &'static str| match tense {
        Tense::Past => past,
        Tense::Present => present,
    };
    let told = match change {
        Change::Open { draft, .. } => match draft.assignees.as_slice() {
            [] => say("opened", "opens an issue").to_owned(),
            logins => {
                let verb = say("opened", "opens an issue");
                format!("{verb}, assigned to {}", logins.join(" and "))
            }
        },
        Change::Adopt { .. } => say("adopted", "adopts the issue").to_owned(),
        Change::Link { .. } => say("linked", "links it").to_owned(),
        Change::Status { old, new, .. } if old.trim().is_empty() => {
            format!("{} “{}”", say("set to", "sets it to"), new.trim())
        }
        Change::Status { old, new, .. } => format!("“{}” → “{}”", old.trim(), new.trim()),
        Change::Tick { checked: true, .. } => say("ticked", "ticks the box").to_owned(),
        Change::Tick { checked: false, .. } => say("unticked", "unticks the box").to_owned(),
        Change::Flag { .. } => say("flagged overdue", "flags it as overdue").to_owned(),
        Change::Unflag { .. } => say("no longer flagged", "takes the overdue flag away").to_owned(),
        Change::Update { fields, .. } => {
            format!("{} {}", say("updated", "updates"), fields.join("; "))
        }
        Change::Label { add, remove, .. } => {
            let signed = add.iter().map(|label| format!("+{label}"));
            let all: Vec<String> = signed
                .chain(remove.iter().map(|label| format!("−{label}")))
                .collect();
            format!("{} {}", say("labelled", "labels it"), all.join(" "))
        }
        Change::Remember { .. } => return None,
        Change::Withdraw { .. } => say(
            "closed as not planned: its row is gone",
            "closes the issue as not planned: its row is gone",
        )
        .to_owned(),
        Change::Reinstate { .. } => say(
            "reopened: its row is back",
            "reopens the issue: its row is back",
        )
        .to_owned(),
        Change::CloseDuplicate { issue, .. } => {
            format!(
                "{} the duplicate #{}",
                say("closed", "closes"),
                issue.number
            )
        }
    };
    Some(told)
}

/// The issues that the run opened or found, by path and index of their item.
pub(super) fn issues<'a>(report: &Report<'a>) -> BTreeMap<(&'a str, usize), &'a IssueKey> {
    let outcomes = report.outcomes.unwrap_or_default();
    outcomes
        .iter()
        .filter_map(|outcome| {
            let item = outcome.change.item();
            Some(((item.path.as_str(), item.index), outcome.issue.as_ref()?))
        })
        .collect()
}
