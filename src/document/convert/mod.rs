//! Rewrites lists of action items, and headings that are items, as tables. Every table is read again before it counts: its rows must be the items that
//! the list was, else the list stays.

mod cell;
mod compare;
mod headings;
mod lists;
mod lost;
mod row;
mod table;

use std::collections::BTreeMap;

use self::{
    lists::{List, Part, is_blank},
    row::Dress,
};
use super::{
    Conversion, Document, Source, Vocabulary, blocks::Outline, edit, read, search::largest,
    sections::Sections,
};
use crate::model::{edit::Edit, status::Status};

/// Why a list stays as it is.
struct Refusal {
    line: usize,
    reason: String,
}

impl Refusal {
    fn new(line: usize, reason: &str) -> Self {
        Self {
            line,
            reason: reason.to_owned(),
        }
    }

    fn at(source: &Source<'_>, block: usize, reason: &str) -> Self {
        let start = source.outline.blocks[block].span.start;
        Self::new(source.lines.line(start), reason)
    }
}

/// Makes a table of every list of action items that can be one.
pub(super) fn convert(document: &Document, vocabulary: &Vocabulary) -> Conversion {
    let outline = Outline::new(&document.text, &document.lines, document.body);
    let source = Source::new(&document.text, &document.lines, &outline, vocabulary);
    let sections = Sections::new(&source);
    let (mut lists, mut refused) = lists::find(&source, &sections, &document.items);
    let (headings, not_these) = headings::find(&source, &sections, &document.items);
    lists.extend(headings);
    refused.extend(not_these);
    let mut kept: Vec<(usize, String)> = Vec::new();
    let groups = grouped(lists, refused, &mut kept);
    let writer = Writer {
        document,
        source: &source,
        sections: &sections,
    };
    let mut dresses: BTreeMap<usize, Dress> = BTreeMap::new();
    let made = largest(
        groups,
        |accepted, new| writer.attempt(&all(accepted, new), &mut dresses),
        |group, reason| kept.extend(group.iter().map(|list| (list.line, reason.to_owned()))),
    );
    kept.sort();
    let (text, converted) = made.unwrap_or_else(|| (document.text.clone(), Vec::new()));
    Conversion {
        text,
        converted,
        kept,
    }
}

/// Lists under the same heading stand or fall together: beside a table, items without boxes are read as notes on it.
fn grouped(
    lists: Vec<List>,
    refused: Vec<(List, Refusal)>,
    kept: &mut Vec<(usize, String)>,
) -> Vec<Vec<List>> {
    let mut alone: BTreeMap<usize, usize> = BTreeMap::new();
    for (list, refusal) in refused {
        if !list.boxed {
            alone.entry(list.head).or_insert(list.line);
        }
        kept.push((refusal.line, refusal.reason));
    }
    let mut groups: BTreeMap<usize, Vec<List>> = BTreeMap::new();
    for list in lists {
        match alone.get(&list.head) {
            Some(line) => kept.push((
                list.line,
                format!("beside a table, the list on line {line} would be read as notes on it"),
            )),
            None => groups.entry(list.head).or_default().push(list),
        }
    }
    groups.into_values().collect()
}

fn all<'a>(accepted: &'a [Vec<List>], new: &'a [Vec<List>]) -> Vec<&'a List> {
    let mut lists: Vec<&List> = accepted.iter().chain(new).flatten().collect();
    lists.sort_by_key(|list| list.span);
    lists
}

struct Writer<'a> {
    document: &'a Document,
    source: &'a Source<'a>,
    sections: &'a Sections,
}

impl Writer<'_> {
    /// The text with `lists` as tables, and the lines where they stood; an error says what else would change. Items that
    /// do not read as before are worded more closely to the list, as long as there is a way.
    fn attempt(
        &self,
        lists: &[&List],
        dresses: &mut BTreeMap<usize, Dress>,
    ) -> Result<(String, Vec<usize>), String> {
        loop {
            let edits: Vec<Edit> = lists.iter().map(|list| self.edit(list, dresses)).collect();
            let text = edit::apply(self.source.text, &edits)?;
            let (after, outline) =
                read::with_outline(&self.document.path, text, self.source.vocabulary);
            let different = compare::items(self.source, self.document, &after, lists)?;
            if different.is_empty() {
                compare::surroundings(
                    (self.document, self.source.outline),
                    (&after, &outline),
                    lists,
                    &edits,
                )?;
                return Ok((after.text, lists.iter().map(|list| list.line).collect()));
            }
            for (item, what) in different {
                let dress = dresses.entry(item).or_default();
                *dress = dress.next().ok_or_else(|| {
                    let line = self.document.items[item].line;
                    format!("in a table, the {what} of the item on line {line} would be read differently")
                })?;
            }
        }
    }

    /// The table and texts that take the place of a list, with blank lines around them.
    fn edit(&self, list: &List, dresses: &BTreeMap<usize, Dress>) -> Edit {
        let words = self.words(list.head);
        let mut blocks: Vec<Vec<String>> = Vec::new();
        let mut rows = Vec::new();
        let texts = list.parts.iter().map(Some).chain([None]);
        let made: Vec<(Option<Vec<String>>, Vec<row::Cells>)> = texts
            .filter_map(|part| match part {
                Some(Part::Row(row)) => {
                    let item = row.item.map(|item| &self.document.items[item]);
                    let dress = row.item.and_then(|item| dresses.get(&item).copied());
                    let word = |status| self.word(status, &words);
                    rows.push(row::cells(
                        self.source,
                        item,
                        row,
                        dress.unwrap_or_default(),
                        word,
                    ));
                    None
                }
                Some(Part::Text(span)) => {
                    let lines = self.source.lines_of(*span).into_iter();
                    let lines = lines.map(|line| line.of(self.source.text).to_owned());
                    Some((Some(lines.collect()), std::mem::take(&mut rows)))
                }
                None => Some((None, std::mem::take(&mut rows))),
            })
            .collect();
        let all_rows = || made.iter().flat_map(|(_, rows)| rows);
        let columns = table::columns(&words[..4], all_rows);
        for (text, rows) in made {
            if !rows.is_empty() {
                blocks.push(table::lines(&columns, &rows));
            }
            blocks.extend(text);
        }
        self.in_place(list, &blocks)
    }

    /// The blocks with the indentation and line endings of the list, and a blank line to what stands around it.
    fn in_place(&self, list: &List, blocks: &[Vec<String>]) -> Edit {
        let (text, lines) = (self.source.text, self.source.lines);
        let end = line_ending(text, list.span.start);
        let above = lines.line(list.span.start) - 1;
        let below = lines.line(list.span.end) + 1;
        let is_filled = |line: usize| {
            !lines
                .span(text, line)
                .of(text)
                .trim_matches(is_blank)
                .is_empty()
        };
        let indented = |block: &Vec<String>| {
            let lines = block.iter().map(|line| format!("{}{line}", list.indent));
            lines.collect::<Vec<_>>().join(end)
        };
        let blocks: Vec<String> = blocks.iter().map(indented).collect();
        let mut new = blocks.join(&end.repeat(2));
        if is_filled(above) {
            new.insert_str(0, end);
        }
        if is_filled(below) {
            new.push_str(end);
        }
        Edit {
            span: list.span,
            new,
        }
    }

    /// Headers and words for boxes in the language of the headings of promises above.
    fn words(&self, head: usize) -> [&'static str; 6] {
        let mut heading = String::new();
        let mut next = Some(head);
        while let Some(head) = next
            .map(|head| &self.sections.heads[head])
            .filter(|head| head.action)
        {
            heading.push_str(&head.heading);
            heading.push('\n');
            next = head.parent;
        }
        self.source.vocabulary.table_words(&heading)
    }

    /// The word for a box: the one that the tables of the document use, else that of the language.
    fn word(&self, status: Status, words: &[&str]) -> String {
        let mut known = self.document.words.iter();
        let known = known
            .find(|(known, _)| *known == status)
            .map(|(_, word)| word.as_str());
        let own = match status {
            Status::NotStarted => words[4].to_owned(),
            Status::Done => words[5].to_owned(),
            _ => status.to_string(),
        };
        known.map_or(own, cell::escaped)
    }
}

/// The line ending before a place.
fn line_ending(text: &str, at: usize) -> &'static str {
    let before = &text[..at];
    let mut endings = ["\r\n", "\n", "\r"].into_iter();
    endings.find(|end| before.ends_with(end)).unwrap_or("\n")
}
