//! What a heading says about the items below it: how far they are, and when they are due.

use super::{
    Source, dates,
    fold::{fold, squeeze},
    inline::Inline,
    statuses,
};
use crate::model::{
    item::{Due, StatusWord, Written},
    status::Status,
};

/// `Immediate actions (Completed)`, `Completed ✅`, `Future improvements 🔄`
pub(super) fn heading_status(source: &Source<'_>, inline: &Inline) -> Option<Written<StatusWord>> {
    let text = inline.text.as_str();
    let known = |status: Status, range| statuses::written(inline, StatusWord::Known(status), range);
    for group in statuses::brackets(text) {
        let inner = statuses::inside(text, &group);
        if let Some(status) = source.vocabulary.status(&text[inner.clone()]) {
            return Some(known(status, inner));
        }
    }
    let kept = text.trim_end().trim_end_matches([':', '：']);
    let start = text.len() - text.trim_start().len();
    if let Some(status) = source.vocabulary.status(kept) {
        return Some(known(status, start..kept.len().max(start)));
    }
    let at = kept.rfind(' ').map_or(0, |at| at + 1);
    let (length, status) = source.vocabulary.sign(&kept[at..])?;
    (at + length == kept.len()).then(|| known(status, at..kept.len()))
}

/// `Short-term (by 2024-02-01)`, `Long-term (Q4 2025)`: the period is kept as text.
pub(super) fn heading_due(source: &Source<'_>, inline: &Inline) -> Option<Written<Due>> {
    let text = inline.text.as_str();
    statuses::brackets(text).into_iter().find_map(|group| {
        let mut inner = statuses::inside(text, &group);
        if inline.in_link(&inner) {
            return None;
        }
        for mark in source
            .vocabulary
            .list("due-marks")
            .chain(source.vocabulary.list("loose-due-marks"))
        {
            let raw = &text[inner.clone()];
            let words = mark.split(' ').count();
            let ends = raw.match_indices([' ', ':']).map(|(at, _)| at);
            let behind = ends.take(words).find(|at| fold(&raw[..*at]) == mark);
            if let Some(at) = behind {
                inner.start += at + 1;
                break;
            }
        }
        let raw = &text[inner.clone()];
        let value = dates::whole(raw, source.vocabulary)
            .or_else(|| is_period(raw).then_some(Due::Unreadable))?;
        Some(Written {
            value,
            text: squeeze(raw),
            span: inline.span(inner),
        })
    })
}

/// Whether the words name a time to come, though no day: `Q4 2025`, `next week`, `within 30 days`.
pub(super) fn is_period(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let units = [
        "week", "weeks", "month", "months", "quarter", "sprint", "sprints", "day", "days", "year",
    ];
    let quarter = words
        .iter()
        .any(|word| matches!(*word, "q1" | "q2" | "q3" | "q4" | "h1" | "h2"));
    let ahead = ["next", "within", "this", "in", "end"].contains(&words[0])
        && words.iter().any(|word| units.contains(word));
    words.len() <= 6 && (quarter || ahead)
}
