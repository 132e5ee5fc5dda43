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
use crate::model::item::{Checkbox, Form, StatusWord, Written};

/// The items of the list that is the block `list`, nested ones included, in order. A list is walked with a
/// stack of its own, since it can be nested as deep as the text is long.
pub(super) fn read(
    source: &Source<'_>,
    sections: &Sections,
    list: usize,
    tables: &[usize],
) -> Vec<Draft> {
    let tasks = has_tasks(source, list);
    let mut drafts = Vec::new();
    let mut waiting: Vec<usize> = source.outline.children(list).collect();
    waiting.reverse();
    while let Some(item) = waiting.pop() {
        let inner = Parts::of(source, item, &tasks, list);
        let this = &source.outline.blocks[item];
        if sections.action_head(item).is_none() {
            continue;
        }
        let next_table = tables.partition_point(|table| *table <= item);
        let holds_table = tables
            .get(next_table)
            .is_some_and(|table| *table < this.end);
        let container = holds_table || inner.is_container(source, item);
        if container || is_task(source, item) {
            waiting.extend(
                children(source, &inner, container, &tasks, list)
                    .into_iter()
                    .rev(),
            );
        }
        if !container {
            drafts.extend(draft(source, item, &inner));
        }
    }
    drafts
}

/// The nested items that may be items of their own. Below a task, and where tasks are among them, only tasks
/// are; the rest belongs to the parent.
fn children(
    source: &Source<'_>,
    parts: &Parts,
    container: bool,
    tasks: &[bool],
    list: usize,
) -> Vec<usize> {
    let lists = if container {
        &parts.lists
    } else {
        &parts.task_lists
    };
    let nested = lists.iter().flat_map(|nested| {
        let mixed = tasks[*nested - list];
        let items = source.outline.children(*nested);
        items.filter(move |item| !mixed || is_task(source, *item) || tasks[*item - list])
    });
    nested.collect()
}

/// For each block of the list, whether tasks are inside it; counted once from the end.
fn has_tasks(source: &Source<'_>, list: usize) -> Vec<bool> {
    let end = source.outline.blocks[list].end;
    let mut tasks = vec![false; end - list];
    for block in (list + 1..end).rev() {
        if (is_task(source, block) || tasks[block - list])
            && let Some(parent) = source.outline.blocks[block]
                .parent
                .filter(|parent| *parent >= list)
        {
            tasks[parent - list] = true;
        }
    }
    tasks
}

fn is_task(source: &Source<'_>, item: usize) -> bool {
    matches!(source.outline.blocks[item].kind, Kind::Item(Some(_)))
}

/// What stands inside an item.
struct Parts {
    own: Option<Inline>,
    lists: Vec<usize>,
    /// Nested lists with tasks in them.
    task_lists: Vec<usize>,
}

impl Parts {
    fn of(source: &Source<'_>, item: usize, tasks: &[bool], list: usize) -> Self {
        let lists: Vec<usize> = source
            .outline
            .children(item)
            .filter(|child| source.outline.blocks[*child].kind == Kind::List)
            .collect();
        Self {
            own: source
                .own_paragraph(item)
                .map(|span| source.paragraph(span)),
            task_lists: lists
                .iter()
                .copied()
                .filter(|nested| tasks[*nested - list])
                .collect(),
            lists,
        }
    }

    /// Whether the item only introduces what is nested in it: tasks below a plain bullet or below a line
    /// that ends in a colon, or bullets below a mere label.
    fn is_container(&self, source: &Source<'_>, item: usize) -> bool {
        let Some(own) = &self.own else { return true };
        let text = own.text.trim_end();
        let colon = text.ends_with([':', '：']);
        if !self.task_lists.is_empty() {
            return colon || !is_task(source, item);
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
        let dangling = [
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
        let label = colon
            && words <= 2
            && !dangling.contains(&folded.split(' ').next_back().unwrap_or_default());
        known && (colon || own.is_strong()) || label
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
    use crate::model::{span::Span, status::Status};
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
        if parts.task_lists.contains(&block) || this.quoted {
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
