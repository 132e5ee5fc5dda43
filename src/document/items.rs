//! Reads the fields of one action item from its text, whatever its form.

use std::{collections::BTreeSet, ops::Range};

use super::{
    Source, dates,
    fold::squeeze,
    inline::Inline,
    links, marks,
    marks::{Mark, Marked},
    owners, relative, statuses,
};
use crate::model::{
    item::{Due, Form, Owner, StatusWord, Written},
    link::Link,
    span::Span,
    status::Status,
};

/// An item before it has its key, and before it takes what its section says.
pub(super) struct Draft {
    pub(super) action: String,
    /// The action without the names of issues: what its key is made of.
    pub(super) key_text: String,
    pub(super) action_span: Span,
    pub(super) span: Span,
    pub(super) line: usize,
    pub(super) owners: Option<Written<Vec<Owner>>>,
    pub(super) due: Option<Written<Due>>,
    pub(super) status: Option<Written<StatusWord>>,
    pub(super) flagged: bool,
    /// Where the status stands in words of its own, flag included.
    pub(super) words: Option<Span>,
    pub(super) links: Vec<Link>,
    pub(super) form: Form,
    /// Where the fields stand in the item's own text; a whole that is empty is part of a sentence.
    pub(super) fields: Vec<Marked>,
}

impl Draft {
    fn blank(action_span: Span) -> Self {
        Self {
            action: String::new(),
            key_text: String::new(),
            action_span,
            span: Span::default(),
            line: 0,
            owners: None,
            due: None,
            status: None,
            flagged: false,
            words: None,
            links: Vec::new(),
            form: Form::ListItem {
                checkbox: None,
                suffix_at: 0,
                words: None,
            },
            fields: Vec::new(),
        }
    }
}

/// What stands beside the action's own text.
#[derive(Default)]
pub(super) struct Context {
    /// Links of the other cells, or of nested bullets.
    pub(super) links: Vec<Link>,
}

/// Reads the fields in a text: marked ones, a mention, a stated status, links; `nested` are the paragraphs
/// and bullets that belong to the item.
pub(super) fn of_text(
    source: &Source<'_>,
    inline: &Inline,
    own_links: &[links::Found],
    nested: &[Inline],
    context: Context,
) -> Draft {
    let mut draft = Draft::blank(inline.span(visible(&inline.text)));
    draft.fields = marked(source, inline, &mut draft);
    if let Some(spoken) = statuses::spoken(inline, source.vocabulary)
        && draft.status.is_none()
    {
        draft.flagged = spoken
            .place
            .as_ref()
            .is_some_and(|place| place.end > spoken.words.end);
        draft.words = spoken.place.clone().map(|place| inline.span(place));
        let value = spoken.place.unwrap_or_else(|| spoken.words.clone());
        let word = statuses::written(inline, StatusWord::Known(spoken.status), spoken.words);
        draft.status = Some(word);
        draft.fields.push(Marked {
            mark: Mark::Status,
            value,
            whole: spoken.cut,
        });
    }
    let mut links: Vec<Link> = context.links;
    links.extend(own_links.iter().map(|found| found.link.clone()));
    for inline in nested {
        links.extend(
            links::find(inline, source.vocabulary)
                .into_iter()
                .map(|found| found.link),
        );
        marked(source, inline, &mut draft);
        if draft.status.is_none() {
            draft.status = nested_status(source, inline);
        }
    }
    if draft.owners.is_none()
        && let Some(range) = owners::mentioned(inline)
    {
        draft.owners = owners::read(
            &inline.text[range.clone()],
            inline.span(range.clone()),
            source.vocabulary,
        );
        // "@ann to add an alert": the promise is to add one.
        let verb = inline.text[range.end..].starts_with(" to ")
            && inline.text[..range.start].trim().is_empty();
        draft.fields.push(Marked {
            mark: Mark::Owner,
            whole: range.start..range.end + if verb { " to".len() } else { 0 },
            value: range,
        });
    }
    let mut seen = BTreeSet::new();
    links.retain(|link| !link.target.is_tracking() || seen.insert(link.text.clone()));
    links.sort_by_key(|link| !link.target.is_tracking());
    draft.links = links;
    let names: Vec<Range<usize>> = own_links
        .iter()
        .filter(|found| found.link.target.is_tracking() && found.is_name)
        .map(|found| found.visible.clone())
        .collect();
    draft.action = text_without(inline, &draft.fields, &names, false);
    draft.key_text = if names.is_empty() {
        draft.action.clone()
    } else {
        text_without(inline, &draft.fields, &names, true)
    };
    draft
}

/// Takes the marked fields of a text, and tells where they stand.
fn marked(source: &Source<'_>, inline: &Inline, draft: &mut Draft) -> Vec<Marked> {
    let found = marks::find(inline, source.vocabulary);
    for marked in &found {
        let text = inline.text[marked.value.clone()].trim();
        let span = inline.span(marked.value.clone());
        match marked.mark {
            Mark::Owner if draft.owners.is_none() => {
                draft.owners = owners::read(text, span, source.vocabulary);
            }
            Mark::Due if draft.due.is_none() => draft.due = due(source, text, span),
            Mark::Status if draft.status.is_none() && !source.vocabulary.is_placeholder(text) => {
                let words =
                    statuses::unflagged(&inline.text, marked.value.clone(), source.vocabulary);
                let value = source
                    .vocabulary
                    .status(&inline.text[words.clone()])
                    .map_or(StatusWord::Unknown, StatusWord::Known);
                draft.flagged = words.end < marked.value.end;
                draft.words = Some(span);
                draft.status = Some(statuses::written(inline, value, words));
            }
            _ => {}
        }
    }
    found
}

/// Where the fields stand that a text has in places of their own, the suffix of a link included; nothing where it has none.
pub(super) fn fields_of(source: &Source<'_>, inline: &Inline) -> Option<Vec<Range<usize>>> {
    let marks = marks::find(inline, source.vocabulary);
    let mut fields: Vec<Range<usize>> = marks.into_iter().map(|mark| mark.whole).collect();
    let status = statuses::set_apart(inline, source.vocabulary);
    fields.extend(status.map(|status| status.words));
    let suffix = links::suffix_start(inline);
    fields.push(suffix..inline.text.len());
    fields.retain(|field| !field.is_empty());
    (!fields.is_empty()).then_some(fields)
}

/// Whether a text is a field and nothing else, such as `Owner: @ann` below the heading of an item.
pub(super) fn is_mere_field(source: &Source<'_>, inline: &Inline) -> bool {
    leading_field(source, inline) == Some(visible(&inline.text))
}

/// The field with which a text begins, mark and value; nothing where its value is hardly one.
pub(super) fn leading_field(source: &Source<'_>, inline: &Inline) -> Option<Range<usize>> {
    if !marks::may_begin(&inline.text, source.vocabulary) {
        return None;
    }
    let marked = marks::find(inline, source.vocabulary).into_iter().next()?;
    let is_field = {
        let text = &inline.text[marked.value.clone()];
        let is_value = match marked.mark {
            Mark::Owner => text.split(' ').count() <= 4,
            Mark::Due => {
                dates::whole(text, source.vocabulary).is_some()
                    || relative::is_time(text, source.vocabulary)
            }
            Mark::Status => {
                let words = statuses::unflagged(text, 0..text.len(), source.vocabulary);
                source.vocabulary.status(&text[words]).is_some()
            }
        };
        is_value || source.vocabulary.is_placeholder(text)
    };
    (is_field && marked.whole.start == visible(&inline.text).start).then_some(marked.whole)
}

fn due(source: &Source<'_>, text: &str, span: Span) -> Option<Written<Due>> {
    (!source.vocabulary.is_placeholder(text)).then(|| Written {
        value: dates::whole(text, source.vocabulary).unwrap_or(Due::Unreadable),
        text: squeeze(text),
        span,
    })
}

/// Reads the cell of a due date.
pub(super) fn due_of_cell(source: &Source<'_>, cell: &Inline) -> Option<Written<Due>> {
    let text = unstruck(cell);
    if source.vocabulary.is_placeholder(&text) {
        return None;
    }
    let bare = super::fold::without_brackets(&text);
    let plain = bare.trim_matches(|c: char| !c.is_alphanumeric());
    let value = dates::whole(&text, source.vocabulary)
        .or_else(|| dates::whole(plain, source.vocabulary))
        .unwrap_or(Due::Unreadable);
    Some(Written {
        value,
        text: squeeze(&text),
        span: cell.span(0..cell.text.len()),
    })
}

/// A nested bullet that is nothing but a status, or a sentence that states one.
fn nested_status(source: &Source<'_>, inline: &Inline) -> Option<Written<StatusWord>> {
    let words = visible(&inline.text);
    if let Some(status) = source.vocabulary.status(&inline.text[words.clone()]) {
        return Some(statuses::written(inline, StatusWord::Known(status), words));
    }
    let spoken = statuses::declared(inline, source.vocabulary)?;
    Some(statuses::written(
        inline,
        StatusWord::Known(spoken.status),
        spoken.words,
    ))
}

/// The range of a text without the blanks around it.
pub(super) fn visible(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..text.trim_end().len().max(start)
}

/// The visible text without what is struck through, unless that is all.
pub(super) fn unstruck(inline: &Inline) -> String {
    if inline.is_struck() {
        return inline.text.clone();
    }
    let mut text = inline.text.clone();
    let mut struck = inline.struck.clone();
    struck.sort_by_key(|range| std::cmp::Reverse(range.start));
    for range in struck {
        if range.end <= text.len() {
            text.replace_range(range, "");
        }
    }
    text
}

/// The status of a row or item that is struck through as a whole. The word beside it is kept as written.
pub(super) fn struck(status: Option<Written<StatusWord>>, action: &Inline) -> Written<StatusWord> {
    let (text, span) = status.map_or_else(
        || ("~~".to_owned(), action.span(visible(&action.text))),
        |status| (status.text, status.span),
    );
    Written {
        value: StatusWord::Known(Status::WontDo),
        text,
        span,
    }
}

/// The text without its fields. Names of issues go where they stand in brackets or at the end; for a key,
/// wherever they stand. Brackets and punctuation that held nothing else go with them.
fn text_without(
    inline: &Inline,
    fields: &[Marked],
    names: &[Range<usize>],
    for_key: bool,
) -> String {
    let text = inline.text.as_str();
    let mut cuts: Vec<Range<usize>> = fields
        .iter()
        .map(|field| field.whole.clone())
        .filter(|range| !range.is_empty())
        .collect();
    let end = text
        .trim_end()
        .trim_end_matches(['.', ')', ']', ',', ' '])
        .len();
    let groups = statuses::brackets(text);
    for name in names {
        let next = groups.partition_point(|group| group.end <= name.start);
        let group = groups.get(next).filter(|group| group.start < name.start);
        let alone =
            group.is_some_and(|group| text[group.clone()].split_whitespace().take(5).count() <= 4);
        if for_key || name.end >= end || alone {
            cuts.push(name.clone());
        }
    }
    if cuts.is_empty() {
        return squeeze(text);
    }
    cuts.sort_by_key(|range| range.start);
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for cut in cuts {
        if cut.start > at {
            kept.push_str(&text[at..cut.start]);
        }
        at = at.max(cut.end);
    }
    kept.push_str(&text[at.min(text.len())..]);
    let tidy = tidy(&kept);
    if tidy.is_empty() { squeeze(text) } else { tidy }
}

/// Drops brackets that hold nothing and punctuation that joins nothing any more.
fn tidy(text: &str) -> String {
    const EMPTY: [&str; 8] = [
        "",
        "see",
        "tracked in",
        "via",
        "pr",
        "issue",
        "ticket",
        "in",
    ];
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for group in statuses::brackets(text) {
        let inner = &text[statuses::inside(text, &group)];
        let bare = inner.trim_matches(|c: char| !c.is_alphanumeric());
        if EMPTY.iter().any(|word| bare.eq_ignore_ascii_case(word)) {
            kept.push_str(&text[at..group.start]);
            at = group.end;
        }
    }
    kept.push_str(&text[at..]);
    let joins = |c: char| c.is_whitespace() || "-–—:,;|→・、".contains(c);
    let mut line = squeeze(kept.trim_matches(joins))
        .replace(" .", ".")
        .replace(", )", ")");
    // What stood between two full stops is gone.
    while line.ends_with("..") && !text.trim_end().ends_with("..") {
        line.pop();
    }
    line
}
