//! What the list items under a heading are: promises with boxes, work that is not finished, or a report.

use super::{
    Source,
    blocks::Kind,
    fold::{fold, is_wide},
    sections::Sections,
};
use crate::model::status::Status;

impl Sections {
    /// Whether a box stands under the heading: somebody keeps a list of what is left to do.
    pub(super) fn has_boxes(&self, source: &Source<'_>, head: usize) -> bool {
        let blocks = &source.outline.blocks[self.heads[head].block..self.heads[head].end];
        blocks
            .iter()
            .any(|block| !block.quoted && matches!(block.kind, Kind::Item(Some(_))))
    }

    /// Whether a list item right under the heading begins with a sign of work that is not finished.
    pub(super) fn has_open_signs(&self, source: &Source<'_>, head: usize) -> bool {
        (self.heads[head].block..self.heads[head].end).any(|block| {
            let this = &source.outline.blocks[block];
            let is_here = self.of_block[block] == Some(head) && !this.quoted;
            if !is_here || !matches!(this.kind, Kind::Item(_)) {
                return false;
            }
            let text = source
                .own_paragraph(block)
                .map(|span| span.of(source.text).trim_start());
            let sign = text.and_then(|text| source.vocabulary.sign(text));
            sign.is_some_and(|(_, status)| {
                matches!(
                    status,
                    Status::NotStarted | Status::InProgress | Status::Blocked
                )
            })
        })
    }

    /// Whether most list items below the heading are in the past tense: a report of what was done.
    pub(super) fn is_report(&self, source: &Source<'_>, head: usize) -> bool {
        let (items, past) = self.tenses(source, head, |_| true);
        past * 2 > items
    }

    /// Whether list items stand right under the heading, and few of them are in the past tense, or only seem to be
    /// ("Automated tests").
    pub(super) fn looks_ahead(&self, source: &Source<'_>, head: usize) -> bool {
        let (items, past) = self.tenses(source, head, |block| self.of_block[block] == Some(head));
        items > 0 && past * 3 <= items
    }

    /// Whether below the heading a further one looks ahead.
    pub(super) fn looks_ahead_in_part(&self, source: &Source<'_>, head: usize) -> bool {
        let last = self.heads[head].end;
        let mut below =
            (head + 1..self.heads.len()).take_while(|below| self.heads[*below].block < last);
        below.any(|below| self.looks_ahead(source, below))
    }

    /// How many list items stand below the heading, and how many of them are in the past tense.
    fn tenses(
        &self,
        source: &Source<'_>,
        head: usize,
        counts: impl Fn(usize) -> bool,
    ) -> (usize, usize) {
        let (mut items, mut past) = (0, 0);
        for block in self.heads[head].block..self.heads[head].end {
            if !matches!(source.outline.blocks[block].kind, Kind::Item(_)) || !counts(block) {
                continue;
            }
            let Some(span) = source.own_paragraph(block) else {
                continue;
            };
            items += 1;
            past += usize::from(is_past(source, span.of(source.text)));
        }
        (items, past)
    }

    /// Whether the heading names a checklist, ticked whenever it is used: "Review checklist". A number before it counts it
    /// among the promises.
    pub(super) fn is_checklist(&self, source: &Source<'_>, head: usize) -> bool {
        let head = &self.heads[head];
        let folded = fold(&head.heading);
        let named = || {
            let mut names = source.vocabulary.list("checklists");
            names.any(|name| {
                folded
                    .strip_suffix(name)
                    .is_some_and(|rest| ends_word(rest, name))
            })
        };
        head.is_unknown() && !folded.starts_with(|c: char| c.is_ascii_digit()) && named()
    }
}

/// Whether a name is behind other words.
fn ends_word(before: &str, name: &str) -> bool {
    let is_wide = name.chars().next().is_some_and(is_wide);
    before.ends_with(' ') || is_wide && !before.is_empty()
}

/// Whether a sentence tells what was done: "Rotated the key", or "Old key deleted, since …".
fn is_past(source: &Source<'_>, text: &str) -> bool {
    const NO_VERB: [&str; 8] = ["is", "are", "be", "being", "been", "get", "that", "which"];
    let clause = text.split([',', ';', '.', ':', '—', '(']).next();
    let words = fold(clause.unwrap_or_default());
    let is_verb = |word: &str| word.len() > 3 && word.ends_with("ed");
    let first = words.split(' ').next().unwrap_or_default();
    if is_verb(first) || source.vocabulary.listed("past-verbs", first) {
        return true;
    }
    let mut last = words.rsplit(' ');
    last.next().is_some_and(is_verb) && last.next().is_some_and(|word| !NO_VERB.contains(&word))
}
