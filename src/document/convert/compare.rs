//! Holds a document with tables against the one with lists: the same items, and nothing else changed.

use std::mem::discriminant;

use super::{
    super::{
        Document, Source,
        blocks::{Block, Kind, Outline},
        verify::{self, Shifts},
    },
    lists::List,
    row,
};
use crate::model::{edit::Edit, item::ActionItem, span::Span};

/// The items that read differently, each with the part that does; an error where there are more or fewer of them.
pub(super) fn items(
    source: &Source<'_>,
    before: &Document,
    after: &Document,
    lists: &[&List],
) -> Result<Vec<(usize, &'static str)>, String> {
    if before.items.len() != after.items.len() {
        return Err("a table would add or hide an action item".into());
    }
    let pairs = before.items.iter().zip(&after.items).enumerate();
    let different = pairs.filter_map(|(index, (old, new))| {
        let at = lists.partition_point(|list| list.span.end <= old.span.start);
        let list = lists
            .get(at)
            .filter(|list| list.span.start <= old.span.start);
        item(source, old, new, list.copied())
            .err()
            .map(|what| (index, what))
    });
    Ok(different.collect())
}

/// The same item, whether it is a row or still in a list.
fn item(
    source: &Source<'_>,
    old: &ActionItem,
    new: &ActionItem,
    list: Option<&List>,
) -> Result<(), &'static str> {
    verify::promise(old, new)?;
    let is_grouped = list.is_some_and(|list| list.texts > 0);
    if old.action != new.action || old.section != new.section && !is_grouped {
        return Err("text");
    }
    let value = |item: &ActionItem| item.status.as_ref().map(|status| status.value.clone());
    let text = |item: &ActionItem| item.status.as_ref().map(|status| status.text.clone());
    // A box and a sentence become a word.
    let reworded = list.is_some() && !row::is_word(source, old);
    let same = value(old) == value(new) && (reworded || text(old) == text(new));
    if !same || old.flagged != new.flagged {
        return Err("status");
    }
    verify::links(old, new)
}

/// Everything outside the lists stays, and in their place stand the tables and texts that were meant.
pub(super) fn surroundings(
    (before, outline): (&Document, &Outline),
    (after, outline_after): (&Document, &Outline),
    lists: &[&List],
    edits: &[Edit],
) -> Result<(), String> {
    let shifts = Shifts::new(edits);
    let places: Vec<Span> = edits
        .iter()
        .map(|edit| {
            let start = shifts.place(edit.span.start);
            Span::new(start, start + edit.new.len())
        })
        .collect();
    let place = |span: Span| {
        let at = places.partition_point(|place| place.end <= span.start);
        places
            .get(at)
            .filter(|place| place.start <= span.start)
            .map(|_| at)
    };
    verify::surroundings(before, after, |heading| place(heading).is_some())?;
    let wrong = || Err("a table would alter the structure of the document".to_owned());
    let is_listed = |block: usize| {
        let at = lists.partition_point(|list| list.blocks.end <= block);
        lists
            .get(at)
            .is_some_and(|list| list.blocks.contains(&block))
    };
    let old = outline.blocks.iter().enumerate();
    let old: Vec<&Block> = old
        .filter(|(block, _)| !is_listed(*block))
        .map(|(_, block)| block)
        .collect();
    let (new, made): (Vec<&Block>, Vec<&Block>) = outline_after
        .blocks
        .iter()
        .partition(|block| place(block.span).is_none());
    let same = old.len() == new.len()
        && old.iter().zip(&new).all(|(old, new)| {
            discriminant(&old.kind) == discriminant(&new.kind)
                && old.quoted == new.quoted
                && shifts.place(old.span.start) == new.span.start
        });
    let texts = lists.iter().map(|list| list.texts).sum::<usize>();
    let meant = made.iter().all(|block| {
        matches!(
            block.kind,
            Kind::Table(_) | Kind::Row { .. } | Kind::Paragraph
        )
    });
    let paragraphs = made
        .iter()
        .filter(|block| block.kind == Kind::Paragraph)
        .count();
    if same && meant && paragraphs == texts {
        Ok(())
    } else {
        wrong()
    }
}
