//! Plans the bytes of an edit of a list item or heading: its box, its status in words, and its link.

use super::{
    Source,
    blocks::Kind,
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

/// The edits of one list item or heading, or why they cannot be made.
pub(super) fn plan(
    source: &Source<'_>,
    item: &ActionItem,
    edit: &ItemEdit,
) -> Result<Vec<Edit>, String> {
    let (suffix_at, words) = match item.form {
        Form::ListItem {
            suffix_at, words, ..
        }
        | Form::Heading { suffix_at, words } => (suffix_at, words),
        Form::Row { .. } => return Err("the item is a row of a table".into()),
    };
    let mut edits = Vec::new();
    if let Some(checked) = edit.checked {
        let Some(checkbox) = item.form.checkbox() else {
            return Err("the item has no box to tick".into());
        };
        if checkbox.checked != checked {
            edits.push(Edit {
                span: checkbox.span,
                new: if checked { "x" } else { " " }.to_owned(),
            });
        }
    }
    let mut suffix = String::new();
    if let Some(new) = &edit.link {
        let own = item
            .links
            .iter()
            .find(|link| link.target.is_tracking() && item.span.contains(link.span));
        match own {
            Some(old) => edits.extend(replaced(source, &around(source, old.span), old, new)),
            None => suffix = format!(" ({})", written(new)),
        }
    }
    if let Some(new) = &edit.status {
        let new = new.trim();
        match words {
            Some(old) if old.of(source.text) != new => edits.push(Edit {
                span: old,
                new: new.to_owned(),
            }),
            Some(_) => {}
            None if item.form.checkbox().is_some() => {
                return Err("the list item has a box, and no status in words".into());
            }
            None => suffix.extend([" (", new, ")"]),
        }
    }
    if !suffix.is_empty() {
        edits.push(Edit {
            span: Span::empty(suffix_at),
            new: suffix,
        });
    }
    edits.sort_by_key(|edit| edit.span);
    Ok(edits)
}

/// The paragraph or heading that holds a span, read again for the parts of its links.
fn around(source: &Source<'_>, span: Span) -> Inline {
    let blocks = &source.outline.blocks;
    let last = blocks.partition_point(|block| block.span.start <= span.start);
    blocks[..last]
        .iter()
        .rev()
        .take(8)
        .filter(|block| block.span.contains(span))
        .find_map(|block| match block.kind {
            Kind::Paragraph => Some(source.paragraph(block.span)),
            Kind::Heading(_) => Some(source.heading(block.span)),
            _ => None,
        })
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
