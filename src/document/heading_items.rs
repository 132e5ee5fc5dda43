//! Finds the headings that are action items themselves, such as `### 1. Add an alert` with its fields below.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    Source,
    blocks::Kind,
    fold::{fold, holds, words},
    inline::Inline,
    items::{self, Context, Draft},
    links,
    sections::{Head, Sections},
};
use crate::model::{item::Form, span::Span};

/// A heading without a number is an item only in company: one of its kind may as well be a group.
const COMPANY: usize = 2;
/// The least words of such a heading: "Alerting" is a group, "Page on a full disk" a promise.
const WORDS: usize = 3;

/// For each heading, whether it is an item of the promises around it.
pub(super) fn find(source: &Source<'_>, sections: &Sections) -> Vec<bool> {
    let heads = &sections.heads;
    let mut has_heads = vec![false; heads.len()];
    for parent in heads.iter().filter_map(|head| head.parent) {
        has_heads[parent] = true;
    }
    let mut own = vec![false; heads.len()];
    let mut company: Vec<Vec<usize>> = vec![Vec::new(); heads.len()];
    let mut is_sectioned = vec![false; heads.len()];
    let mut row: Vec<Vec<(usize, bool)>> = vec![Vec::new(); heads.len()];
    for (index, head) in heads.iter().enumerate() {
        let Some(parent) = head.parent.filter(|_| head.action && !head.opens) else {
            continue;
        };
        if has_heads[index] || !head.is_unknown() || head.is_label || names_a_group(source, head) {
            continue;
        }
        let below = Below::of(source, head);
        let numbered = number(&head.heading) > 0;
        own[index] = below.makes_an_item(numbered);
        let is_checklist = below.boxes > 0 && names_a_checklist(source, head);
        if numbered && (own[index] || is_checklist || below.is_led_by_prose()) {
            row[parent].push((index, own[index] || is_checklist));
        }
        if !own[index] && below.is_prose() && words(&fold(&head.heading)) >= WORDS {
            company[parent].push(index);
        } else if !own[index] {
            is_sectioned[parent] = true;
        }
    }
    // Where headings of one row are items, a list below another one of the row tells of it. The boxes of a checklist
    // are ticked whenever it is used, so that the promise is to have it.
    for numbered in row {
        if numbered.iter().filter(|(_, is_item)| *is_item).count() >= COMPANY {
            for (index, _) in numbered {
                own[index] = true;
            }
        }
    }
    // Where lists stand under some of the headings, all of them tell a story in parts.
    for (parent, alike) in company.into_iter().enumerate() {
        if alike.len() >= COMPANY && !is_sectioned[parent] {
            for index in alike {
                own[index] = true;
            }
        }
    }
    own
}

/// Whether a heading names a kind, a time or a part of the work, and no piece of it.
fn names_a_group(source: &Source<'_>, head: &Head) -> bool {
    let folded = fold(&head.heading[number(&head.heading)..]);
    let words = folded.split(' ').count();
    let known = source
        .vocabulary
        .list("groups")
        .any(|group| folded == group || words <= 3 && folded.starts_with(group));
    known || super::heading_says::is_period(&folded) || source.vocabulary.is_placeholder(&folded)
}

/// Whether a heading promises a checklist.
fn names_a_checklist(source: &Source<'_>, head: &Head) -> bool {
    let folded = fold(&head.heading);
    let mut names = source.vocabulary.list("checklists");
    names.any(|name| holds(&folded, name))
}

/// What stands under a heading.
#[derive(Default)]
struct Below {
    /// Fields in paragraphs and in bullets.
    fields: usize,
    /// Bullets that are no fields.
    bullets: usize,
    /// Paragraphs and code that are no fields.
    prose: usize,
    /// Boxes, each an item of its own but in a checklist.
    boxes: usize,
    /// Tables, which hold items of their own.
    tables: usize,
    /// Whether prose stands before everything else.
    led_by_prose: bool,
}

impl Below {
    fn of(source: &Source<'_>, head: &Head) -> Self {
        let mut below = Self::default();
        let around = source.outline.blocks[head.block].parent;
        for block in head.block + 1..head.end {
            let this = &source.outline.blocks[block];
            let top = this.parent == around;
            let of_top = this.parent.is_some_and(|list| {
                source.outline.blocks[list].kind == Kind::List
                    && source.outline.blocks[list].parent == around
            });
            match &this.kind {
                Kind::Item(Some(_)) => below.boxes += 1,
                Kind::Table(_) => below.tables += 1,
                Kind::Item(None) if of_top => {
                    let own = source.own_paragraph(block);
                    if own.is_some_and(|own| begins_with_field(source, own)) {
                        below.fields += 1;
                    } else {
                        below.bullets += 1;
                    }
                }
                Kind::Paragraph if top => {
                    if begins_with_field(source, this.span) {
                        below.fields += 1;
                    } else {
                        below.led_by_prose |= below.fields + below.bullets + below.others() == 0;
                        below.prose += 1;
                    }
                }
                Kind::Code if top => below.prose += 1,
                _ => {}
            }
        }
        below
    }

    const fn others(&self) -> usize {
        self.boxes + self.tables
    }

    /// Fields make an item of a heading; bullets beside them only where the heading is counted among its like.
    const fn makes_an_item(&self, numbered: bool) -> bool {
        if self.others() > 0 {
            return false;
        }
        self.fields > 0 && (self.bullets <= self.fields || numbered) || numbered && self.is_prose()
    }

    const fn is_led_by_prose(&self) -> bool {
        self.others() == 0 && self.led_by_prose
    }

    const fn is_prose(&self) -> bool {
        self.others() == 0 && self.bullets == 0 && self.fields == 0 && self.prose > 0
    }
}

/// A paragraph line by line, since fields often stand one on each.
fn lines(source: &Source<'_>, span: Span) -> Vec<Inline> {
    let lines = source.lines_of(span).into_iter();
    lines
        .map(|line| Inline::paragraph(source.text, &[line], &source.references))
        .collect()
}

/// Whether a paragraph begins with a field, so that each of its lines may be one.
pub(super) fn begins_with_field(source: &Source<'_>, paragraph: Span) -> bool {
    let lines = source.lines_of(paragraph);
    let first = lines.first().map(|line| source.paragraph(*line));
    first.is_some_and(|line| items::leading_field(source, &line).is_some())
}

/// The text of a heading, or of the paragraph that is one.
pub(super) fn text(source: &Source<'_>, block: usize) -> Inline {
    let this = &source.outline.blocks[block];
    match this.kind {
        Kind::Heading(_) => source.heading(this.span),
        _ => source.paragraph(this.span),
    }
}

/// Reads the heading as an item; nothing where it is a placeholder.
pub(super) fn draft(source: &Source<'_>, sections: &Sections, head: usize) -> Option<Draft> {
    let head = &sections.heads[head];
    let blocks = &source.outline.blocks;
    let this = &blocks[head.block];
    let own = text(source, head.block);
    let mut nested = Vec::new();
    for block in &blocks[head.block + 1..head.end] {
        if block.kind != Kind::Paragraph || block.quoted {
            continue;
        }
        if begins_with_field(source, block.span) {
            nested.extend(lines(source, block.span));
        } else {
            nested.push(source.paragraph(block.span));
        }
    }
    let found = links::find(&own, source.vocabulary);
    let mut draft = items::of_text(source, &own, &found, &nested, Context::default());
    for text in [&mut draft.action, &mut draft.key_text] {
        *text = bare(text).to_owned();
    }
    if own.is_struck() {
        draft.status = Some(items::struck(draft.status.take(), &own));
    }
    let last = blocks[head.block..head.end]
        .iter()
        .map(|block| block.span.end);
    draft.span = Span::new(this.span.start, last.max().unwrap_or(this.span.end));
    draft.line = source.lines.line(this.span.start);
    draft.form = Form::Heading {
        suffix_at: suffix_at(source, this.span, matches!(this.kind, Kind::Heading(_))),
        words: draft.words,
    };
    (!source.vocabulary.is_placeholder(&draft.action)).then_some(draft)
}

/// Where a suffix goes: before closing hashes, an attribute list (`{#add-alert}`), and the marks that make a
/// paragraph bold.
fn suffix_at(source: &Source<'_>, span: Span, is_heading: bool) -> usize {
    let lines = source.lines_of(span);
    let line = match lines.as_slice() {
        [text, _underline] if is_heading => *text,
        [.., last] => *last,
        [] => return span.end,
    };
    let mut text = line.of(source.text);
    if is_heading {
        let open = text.trim_end_matches('#');
        if open.ends_with([' ', '\t']) {
            text = open.trim_end();
        }
        if let Some(at) = text.rfind('{').filter(|_| text.ends_with('}')) {
            text = text[..at].trim_end();
        }
    } else {
        text = text.trim_end_matches([':', '：', '*', '_', ' ']);
    }
    line.start + text.len()
}

/// The text of a heading without its number, attribute list and trailing colon.
fn bare(heading: &str) -> &str {
    let text = &heading[number(heading)..];
    let open = text.rfind('{').filter(|_| text.ends_with('}'));
    text[..open.unwrap_or(text.len())].trim_end_matches([':', '：', ' '])
}

/// The code in front of a heading, which names it wherever it stands: `AI-3` and no `1.` or `Action 2`.
pub(super) fn code(heading: &str) -> Option<&str> {
    let code = heading[..number(heading)].trim_matches(|c: char| !c.is_alphanumeric());
    let (is_letter, is_digit) = (
        |c: char| c.is_ascii_uppercase(),
        |c: char| c.is_ascii_digit(),
    );
    let allowed = |c: char| is_letter(c) || is_digit(c) || c == '-';
    (code.contains(is_letter) && code.chars().all(allowed)).then_some(code)
}

/// Length of the number in front of a heading: `1. `, `AI-3: `, `Action 2 – `; that of a section (`2.1`) is none.
pub(super) fn number(heading: &str) -> usize {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^(?:(?i-u:action item|action|item|task|step)?[ #-]*[0-9]+|[A-Z]{1,4}-?[0-9]+)(?:[.):]|\s[–—-])\s+",
        )
        .ok()
    });
    let found = NUMBER.as_ref().and_then(|number| number.find(heading));
    found.map_or(0, |found| found.end())
}
