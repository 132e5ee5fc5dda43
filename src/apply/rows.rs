//! Gathers what a plan changes in documents into new texts.

use std::collections::BTreeMap;

use crate::{
    document::{self, Document, Vocabulary},
    model::{
        change::{Change, Plan},
        edit::ItemEdit,
    },
    tracker::Home,
};

use super::{FileChange, Ledger};

/// The new texts of all documents that change, and the items that could not be written safely.
#[must_use]
pub fn rewrites(
    plan: &Plan,
    documents: &[Document],
    ledger: &Ledger,
    home: &Home,
    vocabulary: &Vocabulary,
) -> (Vec<FileChange>, BTreeMap<(String, usize), String>) {
    let mut edits = edits(plan, ledger, home);
    let mut files = Vec::new();
    let mut refused = BTreeMap::new();
    for document in documents {
        let Some(items) = edits.remove(document.path.as_str()) else {
            continue;
        };
        let items: Vec<ItemEdit> = items.into_values().collect();
        let rewrite = document::rewrite(document, &items, vocabulary);
        for (item, reason) in rewrite.refused {
            refused.insert((document.path.clone(), item), reason);
        }
        if rewrite.text != document.text {
            files.push(FileChange {
                path: document.path.clone(),
                old: document.text.clone(),
                new: rewrite.text,
            });
        }
    }
    (files, refused)
}

/// What each row shall say, by path and index.
fn edits<'a>(
    plan: &'a Plan,
    ledger: &Ledger,
    home: &Home,
) -> BTreeMap<&'a str, BTreeMap<usize, ItemEdit>> {
    let mut edits: BTreeMap<&str, BTreeMap<usize, ItemEdit>> = BTreeMap::new();
    for change in &plan.changes {
        let item = change.item();
        let opened = ledger.opened.get(&(item.path.clone(), item.index));
        let is_opened = matches!(change, Change::Open { .. }) && opened.is_some();
        if !change.is_in_document() && !is_opened {
            continue;
        }
        let edit = edits
            .entry(&item.path)
            .or_default()
            .entry(item.index)
            .or_insert_with(|| ItemEdit {
                item: item.index,
                ..ItemEdit::default()
            });
        match change {
            Change::Open { .. } => {
                edit.link = opened.map(|issue| home.link(&issue.key, &item.path));
            }
            Change::Link { new, .. } => edit.link = Some(new.clone()),
            Change::Status { new, .. } | Change::Flag { new, .. } | Change::Unflag { new, .. } => {
                edit.status = Some(new.clone());
            }
            Change::Tick { checked, .. } => edit.checked = Some(*checked),
            Change::Adopt { .. }
            | Change::Update { .. }
            | Change::Label { .. }
            | Change::Remember { .. }
            | Change::CloseDuplicate { .. }
            | Change::Withdraw { .. }
            | Change::Reinstate { .. } => {}
        }
    }
    edits
}
