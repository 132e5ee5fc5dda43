//! Behaviour of reading and editing, on documents of our own.

mod cells;
mod converting;
mod converting_headings;
#[path = "../../../tests/differential/mod.rs"]
mod differential;
mod editing;
mod edits_of_forms;
mod forms;
mod heading_items;
mod nested;
mod reading;
mod sections;
mod statuses;
mod vocabulary;

use super::{Document, Rewrite, Vocabulary, rewrite};
use crate::model::{
    config::Config,
    edit::{IssueLink, ItemEdit},
};

pub(super) fn vocabulary() -> Vocabulary {
    Vocabulary::new(&Config::default())
}

fn read(text: &str) -> Document {
    Document::parse(
        "postmortems/2024-01-15-outage.md",
        text.to_owned(),
        &vocabulary(),
    )
}

/// The items of a document that is nothing but an action section.
fn items(section: &str) -> Document {
    read(&format!("# Outage\n\n## Action Items\n\n{section}"))
}

fn actions(document: &Document) -> Vec<&str> {
    document
        .items
        .iter()
        .map(|item| item.action.as_str())
        .collect()
}

fn link(number: u64) -> IssueLink {
    IssueLink {
        label: format!("#{number}"),
        target: format!("https://github.com/o/r/issues/{number}"),
    }
}

fn write(document: &Document, edits: &[ItemEdit]) -> Rewrite {
    rewrite(document, edits, &vocabulary())
}
