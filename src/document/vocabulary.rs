//! The words by which documents are read: the built-in ones of `words.txt`, and those of the configuration.

use std::{borrow::Cow, collections::BTreeMap};

use rustc_hash::FxHashMap;

use super::{
    Column,
    facts::FactWords,
    fold::{fold, fold_short, holds, is_date_pattern, without_brackets, words},
    initials::Initials,
    marks::Patterns,
    phrases::{Edges, Phrases},
    word_list::{SECTIONS, named, tables},
    word_set::WordSet,
    wordings::Headings,
};
use crate::model::{
    config::{Config, DateOrder, FieldKind, SectionKind},
    status::Status,
};

/// The plain lists with words of which the stamps of timelines are made.
const STAMP_LISTS: [&str; 8] = [
    "about",
    "half-day am",
    "half-day pm",
    "hour-words",
    "range-words",
    "time-joins",
    "unknown-times",
    "weekdays",
];

/// The words by which documents are read: built in, and widened by the configuration.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    statuses: BTreeMap<String, Status>,
    signs: Vec<(String, Status)>,
    columns: FxHashMap<String, Column>,
    fields: FxHashMap<String, FieldKind>,
    pub(super) sections: Edges<SectionKind>,
    months: BTreeMap<String, u32>,
    lists: FxHashMap<&'static str, WordSet>,
    /// The words of plain lists that lose accents in folding, as they are written.
    accented: BTreeMap<&'static str, Vec<&'static str>>,
    pub(super) headings: Headings,
    /// The words of the tables that are written, by language.
    tables: BTreeMap<&'static str, [&'static str; 6]>,
    /// Words of headings by which their language is known.
    languages: Vec<(&'static str, Phrases)>,
    /// Lengths of the longest status, field and placeholder: no longer text is one.
    longest_status: usize,
    status_initials: Initials,
    field_initials: Initials,
    longest_field: usize,
    longest_placeholder: usize,
    /// The words of everything but items and headings.
    pub(super) facts: FactWords,
    pub(super) marks: Patterns,
    pub(super) flag: String,
    pub(super) date_order: Option<DateOrder>,
    pub(super) ticket_prefixes: Vec<String>,
}

impl Vocabulary {
    /// The built-in words and those of the configuration.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let mut vocabulary = Self {
            statuses: BTreeMap::new(),
            signs: Vec::new(),
            columns: FxHashMap::default(),
            fields: FxHashMap::default(),
            sections: Edges::new(),
            months: BTreeMap::new(),
            lists: FxHashMap::default(),
            accented: BTreeMap::new(),
            headings: Headings::default(),
            tables: BTreeMap::new(),
            languages: Vec::new(),
            longest_status: 0,
            status_initials: Initials::default(),
            field_initials: Initials::default(),
            longest_field: 0,
            longest_placeholder: 0,
            facts: FactWords::default(),
            marks: Patterns::default(),
            flag: config.overdue.flag.clone(),
            date_order: config.reading.date_order,
            ticket_prefixes: config.reading.ticket_prefixes.clone(),
        };
        for (table, words) in tables() {
            vocabulary.learn(table, words);
        }
        for (status, words) in &config.reading.status_words {
            for word in words {
                vocabulary.statuses.insert(fold(word), *status);
                if fold(word).is_empty() {
                    vocabulary.signs.push((word.clone(), *status));
                }
            }
        }
        vocabulary.facts.configure(config);
        let words = STAMP_LISTS
            .into_iter()
            .flat_map(|list| {
                vocabulary
                    .lists
                    .get(list)
                    .into_iter()
                    .flat_map(WordSet::iter)
            })
            .chain(vocabulary.months.keys().map(String::as_str));
        vocabulary.facts.add_stamp_words(words.map(str::to_owned));
        let headings = vocabulary.lists.entry("action-headings").or_default();
        headings.extend(
            config
                .reading
                .action_headings
                .iter()
                .map(|heading| fold(heading)),
        );
        vocabulary.longest_status = longest(vocabulary.statuses.keys().map(String::as_str));
        vocabulary.status_initials = Initials::of(vocabulary.statuses.keys().map(String::as_str));
        vocabulary.longest_field = longest(vocabulary.fields.keys().map(String::as_str));
        vocabulary.longest_placeholder = longest(vocabulary.list("placeholders"));
        vocabulary.headings = Headings::new(&vocabulary);
        vocabulary
    }

    /// Takes in one table of the word list; tables without a known name hold plain lists.
    fn learn(&mut self, table: &'static str, words: Vec<&'static str>) {
        let (kind, name) = table.split_once(' ').unwrap_or((table, ""));
        match kind {
            "status" | "sign" => {
                let Some(status) = named(name, &Status::ALL) else {
                    return;
                };
                for word in words {
                    if kind == "sign" {
                        self.signs.push((word.to_owned(), status));
                    } else {
                        self.statuses.insert(fold(word), status);
                    }
                }
            }
            "column" => {
                let Some(column) = named(name, &Column::ALL) else {
                    return;
                };
                for word in words {
                    self.columns.entry(fold(word)).or_insert(column);
                }
            }
            "field" => {
                let Some(field) = named(name, &FieldKind::ALL) else {
                    return;
                };
                for word in words {
                    let word = fold(word);
                    self.field_initials.add(&word);
                    self.fields.entry(word).or_insert(field);
                }
            }
            "section" => {
                let Some(section) = named(name, &SECTIONS) else {
                    return;
                };
                for word in words {
                    self.sections.add(fold(word), section);
                }
            }
            "month" => {
                let Ok(month) = name.parse() else { return };
                for word in words {
                    self.months.insert(word.to_lowercase(), month);
                    self.months.insert(fold(word), month);
                }
            }
            "table" => {
                self.tables
                    .extend(words.try_into().map(|words| (name, words)));
            }
            "language" => {
                let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
                let phrases = Phrases::new(words.iter().map(String::as_str));
                self.languages.push((name, phrases));
            }
            _ if self.facts.learn(kind, name, &words) => {}
            _ => {
                let accented = words.iter().filter(|word| !word.is_ascii());
                self.accented.entry(table).or_default().extend(accented);
                let list = self.lists.entry(table).or_default();
                list.extend(words.iter().map(|word| fold(word)));
            }
        }
    }

    /// A plain list.
    pub(super) fn words(&self, list: &str) -> Option<&WordSet> {
        self.lists.get(list)
    }

    /// Whether the folded words are in a plain list.
    pub(super) fn listed(&self, list: &str, folded: &str) -> bool {
        self.words(list).is_some_and(|words| words.contains(folded))
    }

    /// Whether one of the words of a plain list stands in a folded text, as whole words.
    pub(super) fn lists_any_in(&self, list: &str, folded: &str) -> bool {
        self.words(list).is_some_and(|words| words.any_in(folded))
    }

    /// The words of a plain list.
    pub(super) fn list(&self, list: &str) -> impl Iterator<Item = &str> {
        self.words(list).into_iter().flat_map(WordSet::iter)
    }

    /// The words of a plain list that have accents, as they are written.
    pub(super) fn accented(&self, list: &str) -> impl Iterator<Item = &str> {
        self.accented.get(list).into_iter().flatten().copied()
    }

    /// The words of a table below a heading, in the language of the heading as far as it is known.
    pub(super) fn table_words(&self, heading: &str) -> [&'static str; 6] {
        let folded = fold(heading);
        let mut languages = self.languages.iter();
        let known = languages.find(|(_, words)| words.any_in(&folded));
        let language = known.map_or("en", |(language, _)| *language);
        self.tables.get(language).copied().unwrap_or_default()
    }

    /// The status that a word or sign means, whatever its case, emphasis and decoration.
    pub(super) fn status(&self, text: &str) -> Option<Status> {
        if !self.status_initials.may_begin(text) && text.contains(char::is_alphanumeric) {
            return None;
        }
        let folded = fold_short(text, self.longest_status)?;
        if folded.is_empty() {
            return self.sign(text).map(|(_, status)| status);
        }
        self.statuses.get(&folded).copied()
    }

    /// Whether a status has these letters at its start: most texts begin with a word that none has.
    pub(super) fn may_begin_status(&self, letters: &str) -> bool {
        self.status_initials.may_begin(letters)
            && fold_short(letters, self.longest_status).is_some_and(|folded| {
                let mut following = self.statuses.range(folded.clone()..);
                following
                    .next()
                    .is_some_and(|(status, _)| status.starts_with(&folded))
            })
    }

    /// The status sign at the start of the text, and its length.
    pub(super) fn sign(&self, text: &str) -> Option<(usize, Status)> {
        let first = text.as_bytes().first()?;
        let (sign, status) = self
            .signs
            .iter()
            .find(|(sign, _)| sign.as_bytes().first() == Some(first) && text.starts_with(sign))?;
        let variant = text[sign.len()..].starts_with('\u{fe0f}');
        Some((
            sign.len() + if variant { '\u{fe0f}'.len_utf8() } else { 0 },
            *status,
        ))
    }

    /// What a column with this header holds. Remarks in brackets are passed over.
    pub(super) fn column(&self, header: &str) -> Option<Column> {
        if header.trim() == "#" {
            return Some(Column::Number);
        }
        let whole = fold(header);
        let bare = fold(&without_brackets(header));
        [&whole, &bare]
            .into_iter()
            .find_map(|folded| self.columns.get(folded).copied())
            .or_else(|| {
                // A header that says more, such as `Action owner team` or `Target due date`: its last known word decides.
                const CORES: [(&str, Column); 9] = [
                    ("owner", Column::Owner),
                    ("assignee", Column::Owner),
                    ("due", Column::Due),
                    ("deadline", Column::Due),
                    ("status", Column::Status),
                    ("ticket", Column::Link),
                    ("issue", Column::Link),
                    ("action", Column::Action),
                    ("priority", Column::Priority),
                ];
                let words = bare.split(' ').count();
                let core = CORES
                    .into_iter()
                    .find(|(core, _)| words <= 4 && holds(&bare, core));
                core.map(|(_, column)| column)
            })
    }

    /// The field of the summary that goes by this name.
    pub(super) fn field(&self, name: &str) -> Option<FieldKind> {
        let known = |name: &str| {
            if !self.field_initials.may_begin(name) {
                return None;
            }
            let folded = fold_short(name, self.longest_field)?;
            self.fields.get(&folded).copied()
        };
        known(name).or_else(|| match without_brackets(name) {
            Cow::Owned(bare) => known(&bare),
            Cow::Borrowed(_) => None,
        })
    }

    /// Length of the longest placeholder or name of a field, folded.
    pub(super) fn longest_name(&self) -> usize {
        self.longest_field.max(self.longest_placeholder)
    }

    /// The month of this name.
    pub(super) fn month(&self, name: &str) -> Option<u32> {
        self.months
            .get(name.to_lowercase().trim_end_matches('.'))
            .copied()
    }

    /// Whether the text is left over from a template, or a way to write "nothing".
    pub(super) fn is_placeholder(&self, text: &str) -> bool {
        let bare = text.trim();
        let folded = if self
            .words("placeholders")
            .is_some_and(|words| words.may_begin(bare))
            || !bare.contains(char::is_alphanumeric)
        {
            fold_short(bare, self.longest_placeholder)
        } else {
            None
        };
        if folded.as_ref().is_some_and(String::is_empty) {
            return self.sign(bare).is_none() && !bare.contains("??");
        }
        let framed = [('[', ']'), ('<', '>'), ('{', '}')]
            .iter()
            .any(|(open, close)| {
                bare.strip_prefix(*open)
                    .and_then(|inner| inner.strip_suffix(*close))
                    .is_some_and(|inner| !inner.contains([*open, *close]))
            });
        framed
            || folded.is_some_and(|folded| self.listed("placeholders", &folded))
            || is_date_pattern(bare)
            || self.is_variable(bare)
    }

    /// Whether the text is a variable of a template that nobody filled in, with hints in brackets: `{{ summary }} [link]`.
    /// People also keep the braces around what they fill in.
    fn is_variable(&self, text: &str) -> bool {
        text.starts_with("{{") && {
            let bare = without_brackets(text);
            let mut parts = bare
                .split("}}")
                .map(str::trim)
                .filter(|part| !part.is_empty());
            parts.all(|part| {
                part.strip_prefix("{{").is_some_and(|name| {
                    let name = fold(name);
                    !name.contains(' ') && words(&name) <= 1 || self.listed("placeholders", &name)
                })
            })
        }
    }
}

fn longest<'a>(words: impl Iterator<Item = &'a str>) -> usize {
    words.map(str::len).max().unwrap_or_default()
}
