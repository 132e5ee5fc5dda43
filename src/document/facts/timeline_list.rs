//! Reads the rows of a timeline that is a list.

use super::{
    calendar::Stamped,
    items::{Node, nodes},
    stamp::{self, Stamp},
    timeline::{Row, Step, Timeline, row_of},
    written,
};
use crate::{
    document::{Source, blocks::Kind, inline::Inline},
    model::{item::Written, moment::Origin},
};

/// An item, and what of it matters to those around it.
struct Entry {
    node: Node,
    stamp: Option<Stamp>,
    has_times_below: bool,
}

/// Reads an item and those nested in it.
pub(super) fn read(timeline: &mut Timeline, source: &Source<'_>, item: usize) {
    let mut nodes: Vec<Entry> = nodes(source, item)
        .into_iter()
        .map(|node| Entry {
            stamp: stamp_of(source, &node.inline),
            node,
            has_times_below: false,
        })
        .collect();
    for index in (1..nodes.len()).rev() {
        let says = nodes[index].has_times_below
            || nodes[index].stamp.as_ref().is_some_and(Stamp::has_time);
        if let Some(parent) = nodes[index].node.parent.filter(|_| says) {
            nodes[parent].has_times_below = true;
        }
    }
    // Whether an item is a detail of a row around it; parents come first.
    let mut is_detail = vec![false; nodes.len()];
    for index in 0..nodes.len() {
        let Entry {
            node,
            stamp,
            has_times_below,
        } = &nodes[index];
        let detail = node.parent.is_some_and(|parent| {
            let around = &nodes[parent];
            let groups = around.has_times_below
                && !around.stamp.as_ref().is_some_and(Stamp::has_time)
                || around.stamp.as_ref().is_some_and(is_day);
            is_detail[parent] || !groups
        });
        is_detail[index] = detail;
        let span = source.outline.blocks[node.block].span;
        match stamp {
            Some(stamp) if is_day(stamp) && *has_times_below => {
                let day = stamp.start.day.map(|day| {
                    let span = Stamped::of(&node.inline, stamp.clone()).span;
                    Step::Day(day, Origin::Row, span, None)
                });
                timeline.steps.extend(day);
            }
            Some(stamp) => {
                let mut row = row_of(&node.inline, stamp.clone(), span);
                if row.event.text.is_empty() {
                    row.event = details(source, node.block).unwrap_or(row.event);
                }
                timeline.push(row);
            }
            None if index == 0 && !timeline.takes_undated() && timeline.fill(&node.inline) => {}
            None if detail || *has_times_below || !timeline.takes_undated() => {}
            None if node.inline.text.trim().is_empty() => {}
            None if timeline.sentence(source, &node.inline) => {}
            None if source.vocabulary.is_placeholder(&node.inline.text) => {}
            None => timeline.push(Row {
                span,
                stamped: None,
                event: written(&node.inline, 0..node.inline.text.len()),
                header: None,
            }),
        }
    }
}

/// Whether an item of the list says when it was, or that nobody knows: else the list tells what to write here.
pub(super) fn is_dated(source: &Source<'_>, list: usize) -> bool {
    let mut inside = list + 1..source.outline.blocks[list].end;
    inside.any(|block| {
        let this = &source.outline.blocks[block];
        let is_text = this.kind == Kind::Paragraph && !this.quoted;
        is_text && {
            let inline = source.paragraph(this.span);
            stamp_of(source, &inline).is_some()
        }
    })
}

/// The stamp of an item, before or behind its words.
fn stamp_of(source: &Source<'_>, inline: &Inline) -> Option<Stamp> {
    stamp::leading(&inline.text, source.vocabulary)
        .or_else(|| stamp::trailing(&inline.text, source.vocabulary))
}

fn is_day(stamp: &Stamp) -> bool {
    stamp.start.day.is_some() && !stamp.has_time()
}

/// What stands below a time that stands alone: the next paragraph, or the first nested item.
fn details(source: &Source<'_>, item: usize) -> Option<Written<()>> {
    let end = source.outline.blocks[item].end;
    let paragraphs = (item + 1..end).filter(|block| {
        let this = &source.outline.blocks[*block];
        this.kind == Kind::Paragraph && !this.quoted
    });
    let inline = source.paragraph(source.outline.blocks[paragraphs.take(2).nth(1)?].span);
    stamp::leading(&inline.text, source.vocabulary)
        .is_none()
        .then(|| written(&inline, 0..inline.text.len()))
}
