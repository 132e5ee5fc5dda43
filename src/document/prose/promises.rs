//! Finds the words of an action in the text that it was read from.

use crate::{document::inline::Inline, model::item::ActionItem};

/// The action with the places of its characters in `own`, the text around it, which holds fields as well.
pub(super) fn placed(item: &ActionItem, own: &Inline) -> Inline {
    let mut placed = Inline {
        text: item.action.clone(),
        ..Inline::default()
    };
    let mut from = start(item, own);
    for (at, c) in item.action.char_indices() {
        let is_same = |other: char| other == c || other.is_whitespace() && c.is_whitespace();
        let mut rest = own.text[from..].char_indices();
        let Some((skipped, found)) = rest.find(|(_, other)| is_same(*other)) else {
            placed.places.push_for(c.len_utf8(), item.action_span);
            continue;
        };
        let range = from + skipped..from + skipped + found.len_utf8();
        if own.in_code(&range) {
            match placed.code.last_mut() {
                Some(code) if code.end == at => code.end += c.len_utf8(),
                _ => placed.code.push(at..at + c.len_utf8()),
            }
        }
        from = range.end;
        placed.places.push_for(c.len_utf8(), own.span(range));
    }
    placed
}

/// Where the action begins in the text around it.
fn start(item: &ActionItem, own: &Inline) -> usize {
    let mut places = own.text.char_indices();
    let first = places.find(|(at, c)| {
        let place = own.span(*at..at + c.len_utf8());
        place.start >= item.action_span.start
    });
    first.map_or(0, |(at, _)| at)
}
