//! Puts a document together from its blocks: headings, fields, tables, lists, facts.

use chrono::NaiveDate;

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    ActionTable, Document, Problem, ProblemKind, Source, Vocabulary,
    blocks::{Kind, Outline},
    facts::{self, Facts},
    fields,
    fold::fold,
    front_matter, heading_items,
    items::Draft,
    key::Keys,
    lists, owners, prose, relative,
    sections::{Head, Sections},
    tables,
};
use crate::model::{
    config::FieldKind,
    item::{ActionItem, Due, Form},
    moment::{Carried, Origin},
    span::LineIndex,
    status::Status,
    summary::{Field, Summary},
};

/// Reads `text`; never fails. Gives its blocks as well.
pub(super) fn with_outline(
    path: &str,
    text: String,
    vocabulary: &Vocabulary,
) -> (Document, Outline) {
    let lines = LineIndex::new(&text);
    let mut problems = Vec::new();
    let (from, entries) = match front_matter::find(&text) {
        Some(block) => match front_matter::read(&text, &block) {
            Ok(entries) => (block.end, entries),
            Err((detail, span)) => {
                problems.push(Problem {
                    kind: ProblemKind::FrontMatter,
                    span,
                    detail,
                });
                (block.end, Vec::new())
            }
        },
        None => (front_matter::body_start(&text), Vec::new()),
    };
    let outline = Outline::new(&text, &lines, from);
    let source = Source::new(&text, &lines, &outline, vocabulary);
    let sections = Sections::new(&source);
    let title = title(path, &sections, &entries);
    let mut fields = fields::read(&source, &sections, &entries);
    let date = dates_of(path, &title, &fields, vocabulary);
    for field in &mut fields {
        field.value.value = facts::meaning(field, date.as_ref(), vocabulary);
    }
    let summary = Summary { fields };
    let facts = Facts::read(&source, &sections, &summary, date.clone(), path);
    let promises = Promises::read(&source, &sections);
    problems.extend(promises.problems);
    problems.extend(prose_only(&source, &sections, &promises.drafts));
    problems.sort_by_key(|problem| problem.span);
    let file_owner = summary.all(FieldKind::Owner).next();
    let file_owner =
        file_owner.and_then(|field| owners::read(&field.value.text, field.value.span, vocabulary));
    let mut keys = Keys::default();
    let mut items: Vec<ActionItem> = promises
        .drafts
        .into_iter()
        .map(|(head, draft)| {
            let mut item = finish(&sections, head, draft, &mut keys);
            item.owners = item.owners.or_else(|| file_owner.clone());
            item
        })
        .collect();
    let incident = date.as_ref().map(|date| date.value);
    for due in items.iter_mut().filter_map(|item| item.due.as_mut()) {
        if due.value == Due::Unreadable
            && let Some((date, from)) = relative::day(&due.text, incident, vocabulary)
        {
            due.value = Due::Derived { date, from };
        }
    }
    let document = Document {
        path: path.to_owned(),
        title,
        summary,
        timeline: facts.timeline,
        whys: facts.whys,
        factors: facts.factors,
        lessons: facts.lessons,
        participants: facts.participants,
        references: facts.references,
        sections: sections.finish(&source),
        tables: promises.tables,
        words: words_in_use(&items),
        items,
        problems,
        date,
        body: from,
        passages: prose::passages(&outline),
        language: language(&entries),
        lines,
        text,
    };
    (document, outline)
}

/// The action items found, each with the heading it stands under.
struct Promises {
    drafts: Vec<(Option<usize>, Draft)>,
    tables: Vec<ActionTable>,
    problems: Vec<Problem>,
}

impl Promises {
    fn read(source: &Source<'_>, sections: &Sections) -> Self {
        let mut found = Self {
            drafts: Vec::new(),
            tables: Vec::new(),
            problems: Vec::new(),
        };
        let mut blocks = Vec::new();
        let mut explained = vec![false; sections.heads.len()];
        for block in 0..source.outline.blocks.len() {
            if let Some(read) = tables::read(source, sections, block, found.tables.len()) {
                let head = sections.of_block[block];
                if let Some(head) = head.filter(|_| !read.drafts.is_empty()) {
                    explained[head] = true;
                }
                blocks.push(block);
                found.tables.push(read.table);
                found.problems.extend(read.problem);
                found
                    .drafts
                    .extend(read.drafts.into_iter().map(|draft| (head, draft)));
            }
        }
        let own = heading_items::find(source, sections);
        found.read_lists(source, sections, &blocks, &explained, &own);
        for (head, _) in own.iter().enumerate().filter(|(_, is_item)| **is_item) {
            let parent = sections.heads[head].parent;
            let draft = heading_items::draft(source, sections, head);
            found.drafts.extend(draft.map(|draft| (parent, draft)));
        }
        found.drafts.sort_by_key(|(_, draft)| draft.span);
        found
    }

    /// Lists in sections of promises. Beside a table of items under the same heading, bullets without a box
    /// explain the table.
    fn read_lists(
        &mut self,
        source: &Source<'_>,
        sections: &Sections,
        tables: &[usize],
        explained: &[bool],
        own: &[bool],
    ) {
        let mut next = 0;
        while next < source.outline.blocks.len() {
            let block = next;
            next += 1;
            let this = &source.outline.blocks[block];
            if this.kind != Kind::List || this.quoted {
                continue;
            }
            // What stands under a heading that is an item belongs to it.
            let Some(head) = sections.action_head(block).filter(|head| !own[*head]) else {
                continue;
            };
            next = this.end.max(next);
            if introduces_examples(source, block) {
                continue;
            }
            for draft in lists::read(source, sections, block, tables) {
                let boxed = matches!(
                    draft.form,
                    Form::ListItem {
                        checkbox: Some(_),
                        ..
                    }
                );
                if boxed || !explained[head] {
                    self.drafts.push((Some(head), draft));
                }
            }
        }
    }
}

/// Whether the line above a list says that examples follow.
fn introduces_examples(source: &Source<'_>, list: usize) -> bool {
    let blocks = &source.outline.blocks;
    let Some(above) = list.checked_sub(1).map(|above| &blocks[above]) else {
        return false;
    };
    let says = || {
        source
            .vocabulary
            .listed("examples", &fold(above.span.of(source.text)))
    };
    above.kind == Kind::Paragraph && above.parent == blocks[list].parent && says()
}

/// Gives an item what its headings say, and its key.
fn finish(sections: &Sections, head: Option<usize>, draft: Draft, keys: &mut Keys) -> ActionItem {
    let said = |head: Option<usize>| head.filter(|head| sections.heads[*head].action);
    let mut links = draft.links;
    if !links.iter().any(|link| link.target.is_tracking())
        && let Some(head) = said(head)
        && let Some(inherited) = sections.inherited(head, |head: &Head| {
            (!head.links.is_empty()).then(|| head.links.clone())
        })
    {
        links.splice(0..0, inherited);
    }
    let inherit = said(head);
    ActionItem {
        key: keys.next(&draft.key_text),
        action: draft.action,
        action_span: draft.action_span,
        span: draft.span,
        line: draft.line,
        section: head
            .map(|head| sections.heads[head].heading.clone())
            .unwrap_or_default(),
        owners: draft.owners,
        due: draft
            .due
            .or_else(|| sections.inherited(inherit?, |head| head.due.clone())),
        status: draft
            .status
            .or_else(|| sections.inherited(inherit?, |head| head.status.clone())),
        flagged: draft.flagged,
        links,
        form: draft.form,
    }
}

/// Sections of promises that hold sentences and no item.
fn prose_only(
    source: &Source<'_>,
    sections: &Sections,
    drafts: &[(Option<usize>, Draft)],
) -> Vec<Problem> {
    let mut filled = vec![false; sections.heads.len()];
    let mut prose = vec![false; sections.heads.len()];
    let mark = |marks: &mut Vec<bool>, mut head: Option<usize>| {
        while let Some(index) = head {
            if std::mem::replace(&mut marks[index], true) {
                break;
            }
            head = sections.heads[index].parent;
        }
    };
    for (head, _) in drafts {
        mark(&mut filled, *head);
    }
    for (block, this) in source.outline.blocks.iter().enumerate() {
        let plain = this.kind == Kind::Paragraph && !this.quoted;
        let Some(head) = sections.action_head(block).filter(|_| plain) else {
            continue;
        };
        let list = this
            .parent
            .is_some_and(|parent| matches!(source.outline.blocks[parent].kind, Kind::Item(_)))
            && sections.heads[head].level < 7;
        let heading =
            sections.heads[head].block == block || is_label_line(source, sections, head, block);
        let says_something = || {
            let text = source.paragraph(this.span);
            !text.is_emphasised() && !source.vocabulary.is_placeholder(&text.text)
        };
        if !list && !heading && says_something() {
            mark(&mut prose, Some(head));
        }
    }
    let heads = sections.heads.iter().enumerate();
    heads
        .filter(|(index, head)| head.opens && prose[*index] && !filled[*index])
        .map(|(_, head)| Problem {
            kind: ProblemKind::ProseOnly,
            span: head.span,
            detail: format!(
                "“{}” holds sentences and no list or table of items",
                head.heading
            ),
        })
        .collect()
}

/// Whether a paragraph is nothing but the label of the list item that it begins.
pub(super) fn is_label_line(
    source: &Source<'_>,
    sections: &Sections,
    head: usize,
    block: usize,
) -> bool {
    let label = &sections.heads[head];
    label.is_label
        && block == label.block + 1
        && source.lines_of(source.outline.blocks[block].span).len() == 1
}

fn title(path: &str, sections: &Sections, entries: &[front_matter::Entry]) -> String {
    let written = entries
        .iter()
        .find(|entry| entry.key.eq_ignore_ascii_case("title"));
    sections
        .name()
        .map(str::to_owned)
        .or_else(|| {
            written
                .map(|entry| entry.text.clone())
                .filter(|title| !title.is_empty())
        })
        .unwrap_or_else(|| {
            let name = path.rsplit('/').next().unwrap_or(path);
            name.split_once('.')
                .map_or(name, |(stem, _)| stem)
                .to_owned()
        })
}

/// The language that the front matter names.
fn language(entries: &[front_matter::Entry]) -> Option<String> {
    let is_language = |key: &str| {
        ["lang", "language"]
            .iter()
            .any(|name| key.eq_ignore_ascii_case(name))
    };
    let named = entries.iter().find(|entry| is_language(&entry.key))?;
    Some(named.text.clone())
}

/// Day of the incident: the field, else the title, else the file's name.
fn dates_of(
    path: &str,
    title: &str,
    fields: &[Field],
    vocabulary: &Vocabulary,
) -> Option<Carried<NaiveDate>> {
    let written = |kind: FieldKind| {
        let fields = fields.iter().filter(move |field| field.kind == kind);
        fields.map(|field| {
            let value = &field.value;
            (value.text.as_str(), Origin::Field, Some(value.span))
        })
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    let days = written(FieldKind::Date).chain(written(FieldKind::Start));
    for (text, from, span) in days {
        if let Some(value) = facts::first_day(text, vocabulary) {
            return Some(Carried { value, from, span });
        }
    }
    // A duration is often written as a period; its first day is the last thing to go by.
    [(title, Origin::Title, None), (name, Origin::FileName, None)]
        .into_iter()
        .chain(written(FieldKind::Duration))
        .find_map(|(text, from, span)| {
            let value = super::dates::day_in(text, vocabulary)?;
            Some(Carried { value, from, span })
        })
}

/// The words that status cells use, one for each status: the most frequent, the first of equals.
fn words_in_use(items: &[ActionItem]) -> Vec<(Status, String)> {
    let mut counts: BTreeMap<(Status, &str), (usize, Reverse<usize>)> = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        let Some(written) = &item.status else {
            continue;
        };
        let Some(status) = written.value.known() else {
            continue;
        };
        let struck = written.text.starts_with('~');
        if !struck && matches!(item.form, Form::Row { .. }) && item.span.contains(written.span) {
            counts
                .entry((status, &written.text))
                .or_insert((0, Reverse(place)))
                .0 += 1;
        }
    }
    let best = |wanted: Status| {
        let words = counts.iter().filter(|((status, _), _)| *status == wanted);
        words
            .max_by_key(|(_, count)| **count)
            .map(|((_, word), _)| (wanted, (*word).to_owned()))
    };
    Status::ALL.into_iter().filter_map(best).collect()
}
