//! A world of one or more postmortems and a tracker in memory, and what is planned in it.

mod fields;
mod issues;
mod late;
mod offer;
mod opening;
mod statuses;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};

use super::{Offering, Policy, Scope, plan};
use crate::{
    check::sample::day,
    document::{Document, Vocabulary},
    model::{
        change::{Change, Plan},
        config::Config,
        issue::Issue,
        marker::Marker,
    },
    observe::{Question, observe},
    tracker::{
        Reader,
        memory::{Memory, issue, outcome_of},
    },
};

pub(super) const PATH: &str = "postmortems/a.md";

pub(super) struct World {
    pub(super) memory: Memory,
    pub(super) config: Config,
    pub(super) today: NaiveDate,
    pub(super) scope: Scope,
    pub(super) texts: Vec<(String, String)>,
    pub(super) is_complete: bool,
    pub(super) can_open: bool,
    pub(super) opened: Vec<Issue>,
    pub(super) offering: Option<Offering>,
    /// Whether no table can be split with certainty.
    pub(super) is_torn: bool,
}

/// A postmortem with the rows `rows` of the founding template's table and an issue column.
pub(super) fn table(rows: &[&str]) -> String {
    format!(
        "# Checkout down\n\n- **Date**: 2024-01-08\n\n## Action Items\n\n| Action | Owner | Due Date | Status | Issue |\n| --- | --- | --- | --- | --- |\n{}\n",
        rows.join("\n")
    )
}

/// The world on 2024-01-20 with these rows.
pub(super) fn world(rows: &[&str]) -> World {
    World::of(&[(PATH, &table(rows))])
}

impl World {
    pub(super) fn of(texts: &[(&str, &str)]) -> Self {
        Self {
            memory: Memory::new(),
            config: Config::default(),
            today: day("2024-01-20"),
            scope: Scope {
                everything: true,
                ..Scope::default()
            },
            texts: texts
                .iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
                .collect(),
            is_complete: true,
            can_open: true,
            opened: Vec::new(),
            offering: None,
            is_torn: false,
        }
    }

    pub(super) fn documents(&self) -> Vec<Document> {
        let vocabulary = Vocabulary::new(&self.config);
        let parse = |(path, text): &(String, String)| {
            let mut document = Document::parse(path, text.clone(), &vocabulary);
            for table in &mut document.tables {
                table.torn = self.is_torn;
            }
            document
        };
        self.texts.iter().map(parse).collect()
    }

    pub(super) fn plan(&self) -> Plan {
        let documents = self.documents();
        let existing: BTreeSet<String> = documents
            .iter()
            .flat_map(|document| [document.path.clone(), document.id().to_owned()])
            .collect();
        let question = Question {
            only: None,
            label: &self.config.issues.label,
            existing: self.is_complete.then_some(&existing),
            opened: &self.opened,
            offered_since: self.offering.map(|_| DateTime::UNIX_EPOCH),
        };
        let observed = outcome_of(observe(&documents, &self.memory, &question))
            .expect("a tracker that answers");
        let vocabulary = Vocabulary::new(&self.config);
        plan(&documents, &observed, &self.policy(&vocabulary))
    }

    fn policy<'a>(&'a self, vocabulary: &'a Vocabulary) -> Policy<'a> {
        Policy {
            config: &self.config,
            today: self.today,
            home: self.memory.home(),
            scope: &self.scope,
            blob_url: "https://github.com/acme/shop/blob/0123456",
            vocabulary,
            can_open: self.can_open,
            opened_before: self.opened.len(),
            offering: self.offering,
        }
    }

    /// The plan, one line per change.
    pub(super) fn changes(&self) -> Vec<String> {
        let short = |change: &Change| match change {
            Change::Open { .. } => format!("open {}", change.item().action),
            Change::Adopt { issue, .. } => format!("adopt #{}", issue.number),
            Change::Link { old, new, .. } => {
                format!(
                    "link {}{}",
                    old.clone().map_or(String::new(), |old| old + " → "),
                    new.label
                )
            }
            Change::Status { old, new, .. } => format!("status {old} → {new}"),
            Change::Tick { checked, .. } => format!("tick {checked}"),
            Change::Flag { new, .. } => format!("flag {new}"),
            Change::Unflag { new, .. } => format!("unflag {new}"),
            Change::Update { issue, fields, .. } => {
                format!("update #{} {}", issue.number, fields.join("; "))
            }
            Change::Label {
                add, remove, issue, ..
            } => {
                format!(
                    "label #{} +{} -{}",
                    issue.number,
                    add.join(","),
                    remove.join(",")
                )
            }
            Change::Remember { issue, .. } => format!("remember #{}", issue.number),
            Change::Withdraw { issue, .. } => format!("withdraw #{}", issue.number),
            Change::Reinstate { issue, .. } => format!("reinstate #{}", issue.number),
            Change::CloseDuplicate { issue, of, .. } => {
                format!("close #{} as #{}", issue.number, of.number)
            }
        };
        self.plan().changes.iter().map(short).collect()
    }

    /// What a person has to settle.
    pub(super) fn conflicts(&self) -> Vec<String> {
        let plan = self.plan();
        plan.conflicts
            .iter()
            .map(|finding| finding.message.clone())
            .collect()
    }

    /// The issue that the tool would open for item `index`, with `name`, put into the tracker.
    pub(super) fn give(&self, index: usize, name: &str) {
        let documents = self.documents();
        let places: Vec<_> = documents
            .iter()
            .flat_map(|document| document.items.iter().map(move |item| (document, item)))
            .collect();
        let (document, item) = places[index];
        let vocabulary = Vocabulary::new(&self.config);
        let marker = super::issue_text::marker(
            document,
            item,
            &self.policy(&vocabulary),
            crate::model::status::Status::NotStarted,
        );
        self.memory.put(Issue {
            title: super::issue_text::title(&item.action),
            body: super::issue_text::body(document, item, &self.policy(&vocabulary), &marker),
            assignees: super::issue_text::assignees(item.owner_list(), &self.config),
            ..issue(name)
        });
    }

    /// The marker of an issue.
    pub(super) fn marker(&self, name: &str) -> Marker {
        Marker::read(&self.memory.get(name).body).expect("a marker")
    }

    /// Replaces a part of the first document.
    pub(super) fn rewrite(&mut self, old: &str, new: &str) {
        assert!(self.texts[0].1.contains(old), "{}", self.texts[0].1);
        self.texts[0].1 = self.texts[0].1.replace(old, new);
    }
}
