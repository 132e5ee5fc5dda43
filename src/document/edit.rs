//! Makes edits: plans the bytes of each, applies them together, and keeps what the verification accepts.

use std::collections::BTreeMap;

use super::{
    Document, Rewrite, Vocabulary, blocks::Outline, edit_list, edit_table, read, search::largest,
    verify,
};
use crate::model::{
    edit::{Edit, IssueLink, ItemEdit},
    item::Form,
};

/// Edits that stand or fall together, and the items they are for.
pub(super) struct Group {
    pub(super) wishes: Vec<ItemEdit>,
    pub(super) edits: Vec<Edit>,
}

/// Makes the edits that can be made without changing anything else.
pub(super) fn rewrite(document: &Document, edits: &[ItemEdit], vocabulary: &Vocabulary) -> Rewrite {
    let mut refused = Vec::new();
    let outline = Outline::new(&document.text, &document.lines, document.body);
    let groups = plan(document, &outline, &merged(edits), vocabulary, &mut refused);
    let mut text = document.text.clone();
    if groups.iter().any(|group| !group.edits.is_empty()) {
        let accepted = largest(
            groups,
            |accepted, new| attempt(document, &outline, accepted, new, vocabulary),
            |group, reason| {
                let items = group.wishes.iter().map(|wish| wish.item);
                refused.extend(items.map(|item| (item, reason.to_owned())));
            },
        );
        if let Some(accepted) = accepted {
            text = accepted;
        }
    }
    refused.sort();
    refused.dedup();
    Rewrite { text, refused }
}

/// One edit per item; where there are several, later wishes win.
fn merged(edits: &[ItemEdit]) -> Vec<ItemEdit> {
    let mut merged: BTreeMap<usize, ItemEdit> = BTreeMap::new();
    for edit in edits {
        let item = merged.entry(edit.item).or_insert_with(|| ItemEdit {
            item: edit.item,
            ..ItemEdit::default()
        });
        item.status = edit.status.clone().or(item.status.take());
        item.checked = edit.checked.or(item.checked);
        item.link = edit.link.clone().or(item.link.take());
    }
    merged.into_values().collect()
}

/// Plans the bytes: one group per item, or per table where a column is added.
fn plan(
    document: &Document,
    outline: &Outline,
    edits: &[ItemEdit],
    vocabulary: &Vocabulary,
    refused: &mut Vec<(usize, String)>,
) -> Vec<Group> {
    let source = super::Source::new(&document.text, &document.lines, outline, vocabulary);
    let mut groups = Vec::new();
    let mut tables: BTreeMap<usize, Vec<ItemEdit>> = BTreeMap::new();
    for edit in edits {
        let Some(item) = document.items.get(edit.item) else {
            refused.push((edit.item, "the document has no such item".into()));
            continue;
        };
        match item.form {
            Form::Row { table, .. } => tables.entry(table).or_default().push(edit.clone()),
            Form::ListItem { .. } | Form::Heading { .. } => {
                match edit_list::plan(&source, item, edit) {
                    Ok(edits) => groups.push(Group {
                        wishes: vec![edit.clone()],
                        edits,
                    }),
                    Err(reason) => refused.push((edit.item, reason)),
                }
            }
        }
    }
    for (table, edits) in tables {
        groups.extend(edit_table::plan(&source, document, table, edits, refused));
    }
    groups
}

/// The text with the accepted groups and the new ones; an error says what else would change.
fn attempt(
    document: &Document,
    outline: &Outline,
    accepted: &[Group],
    new: &[Group],
    vocabulary: &Vocabulary,
) -> Result<String, String> {
    let all = || accepted.iter().chain(new);
    let mut edits: Vec<Edit> = all()
        .flat_map(|group| group.edits.iter().cloned())
        .collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let text = apply(&document.text, &edits)?;
    let wishes: BTreeMap<usize, &ItemEdit> = all()
        .flat_map(|group| &group.wishes)
        .map(|wish| (wish.item, wish))
        .collect();
    let (after, outline_after) = read::with_outline(&document.path, text, vocabulary);
    verify::check(
        (document, outline),
        (&after, &outline_after),
        &edits,
        &wishes,
        vocabulary,
    )?;
    Ok(after.text)
}

/// The text with the edits made; they must be sorted and may not overlap.
pub(super) fn apply(text: &str, edits: &[Edit]) -> Result<String, String> {
    let mut new =
        String::with_capacity(text.len() + edits.iter().map(|edit| edit.new.len()).sum::<usize>());
    let mut at = 0;
    for edit in edits {
        let kept = text.get(at..edit.span.start);
        let (Some(kept), Some(_)) = (kept, text.get(edit.span.start..edit.span.end)) else {
            return Err("two changes touch the same bytes".into());
        };
        new.push_str(kept);
        new.push_str(&edit.new);
        at = edit.span.end;
    }
    new.push_str(text.get(at..).unwrap_or_default());
    Ok(new)
}

/// The link as it is written. An address that Markdown would cut short stands in angle brackets.
pub(super) fn written(link: &IssueLink) -> String {
    format!("[{}]({})", link.label, destination(link))
}

/// The address as it is written between round brackets.
pub(super) fn destination(link: &IssueLink) -> String {
    if link.target.contains([' ', '(', ')']) {
        format!("<{}>", link.target)
    } else {
        link.target.clone()
    }
}
