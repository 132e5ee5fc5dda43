//! Holds a rewritten document against the one before: nothing may differ but what was asked for.

use std::{collections::BTreeMap, mem::discriminant};

use super::{
    Document, Vocabulary,
    blocks::{Block, Kind, Outline},
    fold::squeeze,
    statuses,
};
use crate::model::{
    edit::{Edit, ItemEdit},
    item::{ActionItem, Form},
    link::Link,
};

/// Compares the documents; an error says in words what else would have changed.
pub(super) fn check(
    (before, outline): (&Document, &Outline),
    (after, outline_after): (&Document, &Outline),
    edits: &[Edit],
    wishes: &BTreeMap<usize, &ItemEdit>,
    vocabulary: &Vocabulary,
) -> Result<(), String> {
    blocks(&outline.blocks, &outline_after.blocks, edits)?;
    if before.items.len() != after.items.len() {
        return Err("the change would add or hide an action item".into());
    }
    for (index, (old, new)) in before.items.iter().zip(&after.items).enumerate() {
        item(old, new, wishes.get(&index).copied(), vocabulary).map_err(|what| {
            format!(
                "the change would alter the {what} of the item on line {}",
                old.line
            )
        })?;
    }
    let headings = |document: &Document| -> Vec<_> {
        let sections = document.sections.iter();
        sections
            .map(|section| (section.heading.clone(), section.kind, section.level))
            .collect()
    };
    let fields = |document: &Document| -> Vec<_> {
        let fields = document.summary.fields.iter();
        fields
            .map(|field| (field.kind, field.value.text.clone()))
            .collect()
    };
    let problems = |document: &Document| -> Vec<_> {
        document
            .problems
            .iter()
            .map(|problem| problem.kind)
            .collect()
    };
    if before.title != after.title || headings(before) != headings(after) {
        return Err("the change would alter a heading".into());
    }
    if fields(before) != fields(after) {
        return Err("the change would alter a field of the summary".into());
    }
    if problems(before) != problems(after) {
        return Err("the change would make the document unreadable in part".into());
    }
    Ok(())
}

/// The same blocks at the same places, shifted by the edits before them.
fn blocks(before: &[Block], after: &[Block], edits: &[Edit]) -> Result<(), String> {
    let wrong = || Err("the change would alter the structure of the document".to_owned());
    if before.len() != after.len() {
        return wrong();
    }
    // Blocks begin in the order of the text as a rule, but footnotes are moved to the end, so each place is
    // looked up.
    let mut shifts: Vec<(usize, isize)> = Vec::with_capacity(edits.len());
    let mut sum = 0_isize;
    for edit in edits {
        sum += edit.new.len().cast_signed() - (edit.span.end - edit.span.start).cast_signed();
        shifts.push((edit.span.end, sum));
    }
    let shifted = |at: usize| {
        let past = shifts.partition_point(|(end, _)| *end <= at);
        at.saturating_add_signed(past.checked_sub(1).map_or(0, |last| shifts[last].1))
    };
    for (old, new) in before.iter().zip(after) {
        let same = match (&old.kind, &new.kind) {
            (Kind::Heading(a), Kind::Heading(b)) => a == b,
            (Kind::Item(a), Kind::Item(b)) => a.is_some() == b.is_some(),
            (Kind::Table(a), Kind::Table(b)) => a == b || a + 1 == *b,
            (Kind::Row { header: a, .. }, Kind::Row { header: b, .. }) => a == b,
            (a, b) => discriminant(a) == discriminant(b),
        };
        let nested = old.parent == new.parent && old.end == new.end && old.quoted == new.quoted;
        if !same || !nested || shifted(old.span.start) != new.span.start {
            return wrong();
        }
    }
    Ok(())
}

/// The same item, but for what was asked; an error names the part that differs.
fn item(
    old: &ActionItem,
    new: &ActionItem,
    wish: Option<&ItemEdit>,
    vocabulary: &Vocabulary,
) -> Result<(), &'static str> {
    let owners = |item: &ActionItem| item.owners.as_ref().map(|owners| owners.text.clone());
    let due = |item: &ActionItem| item.due.as_ref().map(|due| due.text.clone());
    if old.key != new.key || old.section != new.section {
        return Err("text");
    }
    if owners(old) != owners(new) {
        return Err("owner");
    }
    if due(old) != due(new) {
        return Err("due date");
    }
    let empty = ItemEdit::default();
    let wish = wish.unwrap_or(&empty);
    status(old, new, wish, vocabulary)?;
    link(old, new, wish)
}

fn status(
    old: &ActionItem,
    new: &ActionItem,
    wish: &ItemEdit,
    vocabulary: &Vocabulary,
) -> Result<(), &'static str> {
    let boxed = |item: &ActionItem| match item.form {
        Form::ListItem { checkbox, .. } => checkbox.map(|checkbox| checkbox.checked),
        Form::Row { .. } => None,
    };
    let text = |item: &ActionItem| item.status.as_ref().map(|status| status.text.clone());
    if boxed(new) != wish.checked.or(boxed(old)) {
        return Err("box");
    }
    if let Some(wanted) = &wish.status {
        let flag = statuses::flag(wanted, vocabulary);
        let word = squeeze(&wanted[..flag.as_ref().map_or(wanted.len(), |flag| flag.start)]);
        let read = text(new).unwrap_or_default();
        let same = read == word || word.is_empty() && read == "~~";
        return if same && new.flagged == flag.is_some() {
            Ok(())
        } else {
            Err("status")
        };
    }
    let unchanged = text(old) == text(new) || wish.checked.is_some();
    if unchanged && old.flagged == new.flagged {
        Ok(())
    } else {
        Err("status")
    }
}

fn link(old: &ActionItem, new: &ActionItem, wish: &ItemEdit) -> Result<(), &'static str> {
    let Some(wanted) = &wish.link else {
        let texts = |item: &ActionItem| {
            item.links
                .iter()
                .map(|link| link.text.clone())
                .collect::<Vec<_>>()
        };
        return if texts(old) == texts(new) {
            Ok(())
        } else {
            Err("links")
        };
    };
    let leads = |link: &Link| link.text == wanted.target;
    if new.tracking_link().is_some_and(leads) {
        Ok(())
    } else {
        Err("link")
    }
}
