//! Plans the bytes of an edit of a list item: its box, and its link.

use super::{
    Source,
    edit::{destination, written},
    inline::Inline,
    links,
};
use crate::model::{
    edit::{Edit, IssueLink, ItemEdit},
    item::{ActionItem, Form},
    link::Link,
    span::Span,
};

/// The edits of one list item, or why they cannot be made.
pub(super) fn plan(
    source: &Source<'_>,
    item: &ActionItem,
    edit: &ItemEdit,
) -> Result<Vec<Edit>, String> {
    let Form::ListItem {
        checkbox,
        suffix_at,
    } = item.form
    else {
        return Err("the item is no list item".into());
    };
    let mut edits = Vec::new();
    if edit.status.is_some() {
        return Err("a list item has no status cell to write to".into());
    }
    if let Some(checked) = edit.checked {
        let Some(checkbox) = checkbox else {
            return Err("the list item has no box to tick".into());
        };
        if checkbox.checked != checked {
            edits.push(Edit {
                span: checkbox.span,
                new: if checked { "x" } else { " " }.to_owned(),
            });
        }
    }
    if let Some(new) = &edit.link {
        let own = item
            .links
            .iter()
            .find(|link| link.target.is_tracking() && item.span.contains(link.span));
        match own {
            Some(old) => edits.extend(replaced(source, &around(source, old.span), old, new)),
            None => edits.push(Edit {
                span: Span::empty(suffix_at),
                new: format!(" ({})", written(new)),
            }),
        }
    }
    Ok(edits)
}

/// The paragraph that holds a span, read again for the parts of its links.
fn around(source: &Source<'_>, span: Span) -> Inline {
    let blocks = &source.outline.blocks;
    let last = blocks.partition_point(|block| block.span.start <= span.start);
    blocks[..last]
        .iter()
        .rev()
        .take(8)
        .find(|block| block.kind == super::blocks::Kind::Paragraph && block.span.contains(span))
        .map(|block| source.paragraph(block.span))
        .unwrap_or_default()
}

/// Puts a new link in the place of an old one. Words that a person wrote as the link's text stay, and only
/// the address changes.
pub(super) fn replaced(
    source: &Source<'_>,
    inline: &Inline,
    old: &Link,
    new: &IssueLink,
) -> Option<Edit> {
    let anchor = inline.links.iter().find(|anchor| anchor.span == old.span);
    let raw = old.span.of(source.text);
    if let Some(anchor) = anchor {
        let visible = inline.text.get(anchor.visible.clone()).unwrap_or_default();
        if visible != anchor.address && !links::is_name(visible) {
            let edit = match anchor.destination {
                Some(place) => Edit {
                    span: place,
                    new: if raw.contains("](<") {
                        new.target.clone()
                    } else {
                        destination(new)
                    },
                },
                None => Edit {
                    span: old.span,
                    new: format!("[{visible}]({})", destination(new)),
                },
            };
            return (edit.span.of(source.text) != edit.new).then_some(edit);
        }
    }
    let text = written(new);
    (raw != text).then_some(Edit {
        span: old.span,
        new: text,
    })
}
