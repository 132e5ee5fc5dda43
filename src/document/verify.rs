//! Holds a rewritten document against the one before: nothing may differ but what was asked for.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem::discriminant,
};

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
    span::Span,
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
    surroundings(before, after, |_| false)
}

/// Everything but the items; headings of `after` for which `is_new` holds were asked for.
pub(super) fn surroundings(
    before: &Document,
    after: &Document,
    is_new: impl Fn(Span) -> bool,
) -> Result<(), String> {
    let headings = |document: &Document, is_new: &dyn Fn(Span) -> bool| -> Vec<_> {
        // A heading that is an item is compared as one.
        let items = document.items.iter();
        let items: BTreeSet<usize> = items
            .filter(|item| matches!(item.form, Form::Heading { .. }))
            .map(|item| item.span.start)
            .collect();
        let sections = document.sections.iter();
        sections
            .filter(|section| !items.contains(&section.heading_span.start))
            .filter(|section| !is_new(section.heading_span))
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
    if before.title != after.title || headings(before, &|_| false) != headings(after, &is_new) {
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
    let shifts = Shifts::new(edits);
    for (old, new) in before.iter().zip(after) {
        let same = match (&old.kind, &new.kind) {
            (Kind::Heading(a), Kind::Heading(b)) => a == b,
            (Kind::Item(a), Kind::Item(b)) => a.is_some() == b.is_some(),
            (Kind::Table(a), Kind::Table(b)) => a == b || a + 1 == *b,
            (Kind::Row { header: a, .. }, Kind::Row { header: b, .. }) => a == b,
            (a, b) => discriminant(a) == discriminant(b),
        };
        let nested = old.parent == new.parent && old.end == new.end && old.quoted == new.quoted;
        if !same || !nested || shifts.place(old.span.start) != new.span.start {
            return wrong();
        }
    }
    Ok(())
}

/// Where a place of the old text stands in the new one.
pub(super) struct Shifts(Vec<(usize, isize)>);

impl Shifts {
    pub(super) fn new(edits: &[Edit]) -> Self {
        let mut shifts: Vec<(usize, isize)> = Vec::with_capacity(edits.len());
        let mut sum = 0_isize;
        for edit in edits {
            sum += edit.new.len().cast_signed() - (edit.span.end - edit.span.start).cast_signed();
            shifts.push((edit.span.end, sum));
        }
        Self(shifts)
    }

    /// Blocks begin in the order of the text as a rule, but footnotes are moved to the end, so each place is looked up.
    pub(super) fn place(&self, at: usize) -> usize {
        let past = self.0.partition_point(|(end, _)| *end <= at);
        at.saturating_add_signed(past.checked_sub(1).map_or(0, |last| self.0[last].1))
    }
}

/// The same item, but for what was asked; an error names the part that differs.
fn item(
    old: &ActionItem,
    new: &ActionItem,
    wish: Option<&ItemEdit>,
    vocabulary: &Vocabulary,
) -> Result<(), &'static str> {
    promise(old, new)?;
    if old.section != new.section {
        return Err("text");
    }
    let empty = ItemEdit::default();
    let wish = wish.unwrap_or(&empty);
    status(old, new, wish, vocabulary)?;
    link(old, new, wish)
}

/// The same text, owner and due date; an error names the one that differs.
pub(super) fn promise(old: &ActionItem, new: &ActionItem) -> Result<(), &'static str> {
    let owners = |item: &ActionItem| item.owners.as_ref().map(|owners| owners.text.clone());
    let due = |item: &ActionItem| item.due.as_ref().map(|due| due.text.clone());
    if old.key != new.key {
        return Err("text");
    }
    if owners(old) != owners(new) {
        return Err("owner");
    }
    if due(old) != due(new) || old.due_date() != new.due_date() {
        return Err("due date");
    }
    Ok(())
}

fn status(
    old: &ActionItem,
    new: &ActionItem,
    wish: &ItemEdit,
    vocabulary: &Vocabulary,
) -> Result<(), &'static str> {
    let boxed = |item: &ActionItem| item.form.checkbox().map(|checkbox| checkbox.checked);
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
        return links(old, new);
    };
    let leads = |link: &Link| link.text == wanted.target;
    if new.tracking_link().is_some_and(leads) {
        Ok(())
    } else {
        Err("link")
    }
}

/// The same links in the same order.
pub(super) fn links(old: &ActionItem, new: &ActionItem) -> Result<(), &'static str> {
    let same = old.links.len() == new.links.len()
        && std::iter::zip(&old.links, &new.links).all(|(old, new)| old.text == new.text);
    if same { Ok(()) } else { Err("links") }
}
