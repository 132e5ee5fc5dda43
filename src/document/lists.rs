//! Reads the action items of a list in a section of promises.

use super::{
    Source,
    blocks::Kind,
    fold::{fold, words},
    inline::Inline,
    items::{self, Context, Draft},
    links,
    sections::Sections,
};
use crate::model::{
    item::{Checkbox, Form, StatusWord, Written},
    span::Span,
};

/// The least words of a promise of its own below another one.
const SENTENCE: usize = 3;
/// Words behind which the objects of a sentence follow.
const DANGLING: [&str; 9] = [
    "for",
    "on",
    "of",
    "to",
    "with",
    "in",
    "the",
    "covering",
    "including",
];

/// The items of the list that is the block `list`, nested ones included, in order. A list is walked with a
/// stack of its own, since it can be nested as deep as the text is long.
pub(super) fn read(
    source: &Source<'_>,
    sections: &Sections,
    list: usize,
    tables: &[usize],
) -> Vec<Draft> {
    let own = Own::of(source, list);
    let mut drafts = Vec::new();
    let mut waiting = bullets(source, list);
    waiting.reverse();
    while let Some(item) = waiting.pop() {
        let inner = Parts::of(source, item, &own);
        let this = &source.outline.blocks[item];
        if sections.action_head(item).is_none() {
            continue;
        }
        let next_table = tables.partition_point(|table| *table <= item);
        let holds_table = tables
            .get(next_table)
            .is_some_and(|table| *table < this.end);
        let container = holds_table || inner.is_container(source, item);
        if container || is_task(source, item) || !inner.own_lists.is_empty() {
            let children = children(source, &inner, container, &own);
            waiting.extend(children.into_iter().rev());
        }
        if !container {
            drafts.extend(draft(source, item, &inner));
        }
    }
    drafts
}

/// The nested items that may be items of their own. Below a task, and where tasks are among them, only tasks
/// are; the rest belongs to the parent.
fn children(source: &Source<'_>, parts: &Parts, container: bool, own: &Own) -> Vec<usize> {
    let lists = if container {
        &parts.lists
    } else {
        &parts.own_lists
    };
    let nested = lists.iter().flat_map(|nested| {
        let mixed = own.has_tasks(*nested);
        let items = bullets(source, *nested).into_iter();
        items.filter(move |item| !mixed || is_task(source, *item) || own.has_tasks(*item))
    });
    nested.collect()
}

/// The bullets of a list that may be items. Where half of them are nothing but code, the list is of commands or names, and
/// the others beside them are, too; where all of them are questions, nobody promises anything.
fn bullets(source: &Source<'_>, list: usize) -> Vec<usize> {
    let is_code = |item: &usize| {
        let own = source.own_paragraph(*item);
        let own = own.filter(|own| own.of(source.text).starts_with('`'));
        own.is_some_and(|own| source.paragraph(own).is_code())
    };
    let items: Vec<usize> = source.outline.children(list).collect();
    let code = items.iter().filter(|item| is_code(item)).count();
    if code > 1 && code * 2 >= items.len() {
        return items
            .into_iter()
            .filter(|item| is_task(source, *item))
            .collect();
    }
    let is_question = |item: &usize| {
        let own = source.own_paragraph(*item);
        own.is_some_and(|own| own.of(source.text).trim_end().ends_with(['?', '？']))
    };
    if items.iter().all(is_question) {
        return Vec::new();
    }
    items
}

/// Where items of their own stand among the blocks of a list.
struct Own {
    list: usize,
    /// For each block, whether tasks are inside it.
    tasks: Vec<bool>,
    /// For each block, whether it is a nested list of bullets that say each for itself how far it is, or whose.
    told: Vec<bool>,
}

impl Own {
    /// Counted once from the end.
    fn of(source: &Source<'_>, list: usize) -> Self {
        let end = source.outline.blocks[list].end;
        let mut own = Self {
            list,
            tasks: vec![false; end - list],
            told: vec![false; end - list],
        };
        for block in (list + 1..end).rev() {
            if (is_task(source, block) || own.has_tasks(block))
                && let Some(parent) = source.outline.blocks[block]
                    .parent
                    .filter(|parent| *parent >= list)
            {
                own.tasks[parent - list] = true;
            }
            let nested = source.outline.blocks[block].kind == Kind::List;
            own.told[block - list] = nested && !own.has_tasks(block) && is_told(source, block);
        }
        own
    }

    fn has_tasks(&self, block: usize) -> bool {
        self.tasks[block - self.list]
    }

    fn is_told(&self, block: usize) -> bool {
        self.told[block - self.list]
    }
}

/// Whether at least half of the bullets of a list, of two or more, are promises with fields of their own.
fn is_told(source: &Source<'_>, list: usize) -> bool {
    let (mut bullets, mut told) = (0, 0);
    for item in source.outline.children(list) {
        bullets += 1;
        let own = source.own_paragraph(item);
        told += usize::from(own.is_some_and(|own| has_fields(source, own)));
    }
    bullets > 1 && told * 2 >= bullets
}

/// Whether a bullet is a promise with a status, an owner, a date or the suffix of a link of its own.
fn has_fields(source: &Source<'_>, paragraph: Span) -> bool {
    let raw = paragraph.of(source.text);
    let plain = !raw.contains(['(', '（', '[', ':', '：', '*']);
    if plain && source.vocabulary.sign(raw).is_none() {
        return false;
    }
    let inline = source.paragraph(paragraph);
    let Some(fields) = items::fields_of(source, &inline) else {
        return false;
    };
    let said: usize = fields
        .iter()
        .map(|field| words(&fold(&inline.text[field.clone()])))
        .sum();
    words(&fold(&inline.text)) >= said + SENTENCE
}

fn is_task(source: &Source<'_>, item: usize) -> bool {
    matches!(source.outline.blocks[item].kind, Kind::Item(Some(_)))
}

/// What stands inside an item.
struct Parts {
    own: Option<Inline>,
    lists: Vec<usize>,
    /// Nested lists of items of their own.
    own_lists: Vec<usize>,
    has_tasks: bool,
}

impl Parts {
    fn of(source: &Source<'_>, item: usize, own: &Own) -> Self {
        let lists: Vec<usize> = source
            .outline
            .children(item)
            .filter(|child| source.outline.blocks[*child].kind == Kind::List)
            .collect();
        // Below a task, bullets are notes on it.
        let is_own = |nested: &usize| {
            own.has_tasks(*nested) || own.is_told(*nested) && !is_task(source, item)
        };
        Self {
            own: source
                .own_paragraph(item)
                .map(|span| source.paragraph(span)),
            own_lists: lists.iter().copied().filter(is_own).collect(),
            has_tasks: lists.iter().any(|nested| own.has_tasks(*nested)),
            lists,
        }
    }

    /// Whether the item only introduces what is nested in it: tasks below a plain bullet or below a line
    /// that ends in a colon, or bullets below a mere label; promises of their own below a line that ends in a colon.
    fn is_container(&self, source: &Source<'_>, item: usize) -> bool {
        let Some(own) = &self.own else { return true };
        let text = own.text.trim_end();
        let colon = text.ends_with([':', '：']);
        if self.has_tasks {
            return colon || !is_task(source, item);
        }
        if colon && !self.own_lists.is_empty() {
            return true;
        }
        if self.lists.is_empty() || is_task(source, item) {
            return false;
        }
        let folded = fold(text);
        let words = words(&folded);
        let known = source.vocabulary.listed("groups", &folded)
            || source
                .vocabulary
                .list("groups")
                .any(|group| words <= 3 && folded.starts_with(group));
        let label = colon
            && words <= 2
            && !DANGLING.contains(&folded.split(' ').next_back().unwrap_or_default());
        known && (colon || own.is_strong()) || label || colon && self.is_noun(source, &folded)
    }

    /// Whether a folded line before a colon is a noun without a verb, and what is nested below it are sentences: "A better
    /// process for alerts".
    fn is_noun(&self, source: &Source<'_>, folded: &str) -> bool {
        let first = folded.split(' ').next().unwrap_or_default();
        let ends = folded.split(' ').next_back().unwrap_or_default();
        source.vocabulary.listed("indefinite-articles", first)
            && !DANGLING.contains(&ends)
            && self.lists.iter().all(|nested| {
                let mut items = source.outline.children(*nested);
                items.all(|item| {
                    let own = source.own_paragraph(item);
                    own.is_some_and(|own| words(&fold(own.of(source.text))) >= SENTENCE)
                })
            })
    }
}

/// Reads one item; nothing where its text is empty or a placeholder.
fn draft(source: &Source<'_>, item: usize, parts: &Parts) -> Option<Draft> {
    let own = parts.own.as_ref()?;
    if source.vocabulary.is_placeholder(&own.text)
        || !is_task(source, item)
            && (items::is_mere_field(source, own)
                || source.vocabulary.says_nothing(&own.text)
                || own.is_code())
    {
        return None;
    }
    let this = &source.outline.blocks[item];
    let paragraph = source.own_paragraph(item)?;
    let nested = nested(source, item, parts);
    let found = links::find(own, source.vocabulary);
    let mut draft = items::of_text(source, own, &found, &nested, Context::default());
    let checkbox = match &this.kind {
        Kind::Item(Some(symbol)) => Some(Checkbox {
            checked: symbol.of(source.text).eq_ignore_ascii_case("x"),
            span: *symbol,
        }),
        _ => None,
    };
    if own.is_struck() {
        draft.status = Some(items::struck(draft.status.take(), own));
    }
    if draft.status.is_none()
        && let Some(checkbox) = checkbox
    {
        draft.status = Some(of_box(checkbox));
    }
    let last = source
        .lines_of(paragraph)
        .last()
        .map_or(paragraph.end, |line| line.end);
    draft.span = this.span;
    draft.line = source.lines.line(this.span.start);
    draft.form = Form::ListItem {
        checkbox,
        suffix_at: last,
        // Who has a box ticks it.
        words: draft.words.filter(|_| checkbox.is_none()),
    };
    Some(draft)
}

/// The status that a box shows.
fn of_box(checkbox: Checkbox) -> Written<StatusWord> {
    use crate::model::status::Status;
    let (status, text) = if checkbox.checked {
        (Status::Done, "[x]")
    } else {
        (Status::NotStarted, "[ ]")
    };
    Written {
        value: StatusWord::Known(status),
        text: text.to_owned(),
        span: Span::new(checkbox.span.start - 1, checkbox.span.end + 1),
    }
}

/// The paragraphs and bullets that belong to an item: everything in it but nested items of their own.
fn nested(source: &Source<'_>, item: usize, parts: &Parts) -> Vec<Inline> {
    let end = source.outline.blocks[item].end;
    let mut inlines = Vec::new();
    let mut skipped_own = false;
    let mut block = item + 1;
    while block < end {
        let this = &source.outline.blocks[block];
        if parts.own_lists.contains(&block) || this.quoted {
            block = this.end.max(block + 1);
            continue;
        }
        if this.kind == Kind::Paragraph {
            if skipped_own {
                inlines.push(source.paragraph(this.span));
            }
            skipped_own = true;
        }
        block += 1;
    }
    inlines
}
