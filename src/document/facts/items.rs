//! Walks over an item of a list and those nested in it, each with its own text.

use crate::document::{Source, blocks::Kind, inline::Inline};

/// An item.
pub(super) struct Node {
    pub(super) block: usize,
    /// Index of the item around it.
    pub(super) parent: Option<usize>,
    /// How many items are around it.
    pub(super) depth: usize,
    /// Its first paragraph.
    pub(super) inline: Inline,
}

/// The item and those nested in it, each before those inside it. What is quoted is left out.
pub(super) fn nodes(source: &Source<'_>, item: usize) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut block = item;
    while block < source.outline.blocks[item].end {
        let this = &source.outline.blocks[block];
        if this.quoted {
            block = this.end.max(block + 1);
            continue;
        }
        if matches!(this.kind, Kind::Item(_)) {
            let is_over = |around: &usize| source.outline.blocks[nodes[*around].block].end <= block;
            while open.last().is_some_and(is_over) {
                open.pop();
            }
            let index = nodes.len();
            nodes.push(Node {
                block,
                parent: open.last().copied(),
                depth: open.len(),
                inline: source
                    .own_paragraph(block)
                    .map(|span| source.paragraph(span))
                    .unwrap_or_default(),
            });
            open.push(index);
        }
        block += 1;
    }
    nodes
}

/// The items that say something of their own: the item itself, or those directly below it where it is but their label.
pub(super) fn leaves(source: &Source<'_>, item: usize) -> (Option<Inline>, Vec<Node>) {
    let mut nodes = nodes(source, item);
    let has_nested = nodes.iter().any(|node| node.depth == 1);
    let is_label = has_nested
        && nodes.first().is_some_and(|node| {
            let text = node.inline.text.trim_end();
            text.ends_with([':', '：']) || node.inline.is_strong() && text.split(' ').count() <= 4
        });
    if is_label {
        let label = nodes.remove(0).inline;
        nodes.retain(|node| node.depth == 1);
        (Some(label), nodes)
    } else {
        nodes.truncate(1);
        (None, nodes)
    }
}
