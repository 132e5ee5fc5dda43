//! The words by which documents are read: the built-in ones of `words.txt`, and those of the configuration.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use rustc_hash::FxHashMap;

use super::{
    Column,
    facts::FactWords,
    fold::{fold, fold_short, holds, is_date_pattern, without_brackets, without_number},
    marks::Patterns,
    phrases::{Edges, Phrases},
    word_list::{SECTIONS, named, tables},
};
use crate::model::{
    config::{Config, DateOrder, FieldKind, SectionKind},
    status::Status,
};

/// The words by which documents are read: built in, and widened by the configuration.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    statuses: BTreeMap<String, Status>,
    signs: Vec<(String, Status)>,
    columns: FxHashMap<String, Column>,
    fields: FxHashMap<String, FieldKind>,
    sections: Edges<SectionKind>,
    months: BTreeMap<String, u32>,
    lists: FxHashMap<&'static str, BTreeSet<String>>,
    action_headings: Phrases,
    finished_headings: Phrases,
    no_action_headings: Phrases,
    unfinished_headings: Phrases,
    weak_beginnings: Phrases,
    nothing_to_do: Phrases,
    /// The words of the tables that are written, by language.
    tables: BTreeMap<&'static str, [&'static str; 6]>,
    /// Words of headings by which their language is known.
    languages: Vec<(&'static str, Phrases)>,
    /// Lengths of the longest status, field and placeholder: no longer text is one.
    longest_status: usize,
    longest_field: usize,
    longest_placeholder: usize,
    /// The words of everything but items and headings.
    pub(super) facts: FactWords,
    pub(super) marks: Patterns,
    pub(super) flag: String,
    pub(super) date_order: Option<DateOrder>,
    pub(super) ticket_prefixes: Vec<String>,
}

/// What a heading opens, as far as its own words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wording {
    /// Promises, for sure.
    Action,
    /// Promises, unless the document or the lines say otherwise.
    WeakAction,
    /// Finished work.
    Finished,
    /// Another known section.
    Section(SectionKind),
    /// Nothing known.
    Unknown,
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
            action_headings: Phrases::default(),
            finished_headings: Phrases::default(),
            no_action_headings: Phrases::default(),
            unfinished_headings: Phrases::default(),
            weak_beginnings: Phrases::default(),
            nothing_to_do: Phrases::default(),
            tables: BTreeMap::new(),
            languages: Vec::new(),
            longest_status: 0,
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
        let headings = vocabulary.lists.entry("action-headings").or_default();
        headings.extend(
            config
                .reading
                .action_headings
                .iter()
                .map(|heading| fold(heading)),
        );
        vocabulary.longest_status = longest(vocabulary.statuses.keys().map(String::as_str));
        vocabulary.longest_field = longest(vocabulary.fields.keys().map(String::as_str));
        vocabulary.longest_placeholder = longest(vocabulary.list("placeholders"));
        let phrases = |list: &str| Phrases::new(vocabulary.list(list));
        let (action, finished) = (phrases("action-headings"), phrases("finished-headings"));
        let no_action = phrases("no-action-headings");
        let unfinished = phrases("unfinished-headings");
        let nothing = phrases("nothing-to-do");
        // "Preventive measures going forward": two words tell enough, where one may begin anything.
        let weak = vocabulary.list("weak-action-headings");
        let weak = Phrases::new(weak.filter(|phrase| phrase.contains(' ')));
        vocabulary.action_headings = action;
        vocabulary.finished_headings = finished;
        vocabulary.no_action_headings = no_action;
        vocabulary.unfinished_headings = unfinished;
        vocabulary.nothing_to_do = nothing;
        vocabulary.weak_beginnings = weak;
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
                    self.fields.entry(fold(word)).or_insert(field);
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
                let list = self.lists.entry(table).or_default();
                list.extend(words.iter().map(|word| fold(word)));
            }
        }
    }

    /// Whether the folded words are in a plain list.
    pub(super) fn listed(&self, list: &str, folded: &str) -> bool {
        self.lists
            .get(list)
            .is_some_and(|words| words.contains(folded))
    }

    /// The words of a plain list.
    pub(super) fn list(&self, list: &str) -> impl Iterator<Item = &str> {
        self.lists
            .get(list)
            .into_iter()
            .flatten()
            .map(String::as_str)
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
        let folded = fold_short(text, self.longest_status)?;
        if folded.is_empty() {
            return self.sign(text).map(|(_, status)| status);
        }
        self.statuses.get(&folded).copied()
    }

    /// Whether a status has these letters at its start: most texts begin with a word that none has.
    pub(super) fn may_begin_status(&self, letters: &str) -> bool {
        fold_short(letters, self.longest_status).is_some_and(|folded| {
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
        let folded = fold_short(bare, self.longest_placeholder);
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
    }

    /// Whether a short sentence says that there is nothing to do: "None required for this run."
    pub(super) fn says_nothing(&self, text: &str) -> bool {
        const WORDS: usize = 10;
        let sentence = text.trim().trim_end_matches('.');
        let is_short = !sentence.contains([':', '：', '.'])
            && sentence.split_whitespace().take(WORDS + 1).count() <= WORDS;
        is_short && {
            let folded = fold(sentence);
            !folded.starts_with("none of") && self.nothing_to_do.begins(&folded)
        }
    }

    /// What a heading opens.
    pub(super) fn wording(&self, heading: &str) -> Wording {
        let whole = fold(heading);
        let numbered = match without_brackets(heading) {
            Cow::Owned(heading) => Cow::Owned(fold(&heading)),
            Cow::Borrowed(_) => Cow::Borrowed(whole.as_str()),
        };
        let bare = without_number(&numbered);
        if self.no_action_headings.any_in(&whole) {
            return Wording::Unknown;
        }
        // A wording may itself begin with a number, such as "5 whys".
        let section = self.section(&numbered).or_else(|| {
            let has_number = bare.len() < numbered.len();
            has_number.then(|| self.section(bare)).flatten()
        });
        if section == Some(SectionKind::Timeline) {
            return Wording::Section(SectionKind::Timeline);
        }
        let strong =
            self.listed("whole-action-headings", bare) || self.action_headings.any_in(bare);
        let weak = self.listed("weak-action-headings", bare)
            || self.weak_beginnings.begins(bare) && bare.split(' ').count() <= 6;
        let finished =
            self.finished_headings.any_in(&whole) && !self.unfinished_headings.any_in(&whole);
        if finished && (strong || weak || self.is_about_actions(bare)) {
            Wording::Finished
        } else if strong {
            Wording::Action
        } else if weak {
            Wording::WeakAction
        } else {
            section.map_or(Wording::Unknown, Wording::Section)
        }
    }

    /// Whether a heading promises to correct something, and does not speak of prevention.
    pub(super) fn is_corrective(&self, heading: &str) -> bool {
        self.listed("corrective-headings", without_number(&fold(heading)))
    }

    /// Whether a heading of finished work is about work at all: "Actions taken", "Completed", "Fixes applied".
    fn is_about_actions(&self, bare: &str) -> bool {
        bare.is_empty()
            || self.listed("finished-headings", bare)
            || self.list("work").any(|word| holds(bare, word))
    }

    /// The section whose wording the heading is, or begins or ends with; the longest wording wins.
    fn section(&self, bare: &str) -> Option<SectionKind> {
        if bare.split(' ').count() > 8 {
            return None;
        }
        self.sections.meaning(bare)
    }
}

fn longest<'a>(words: impl Iterator<Item = &'a str>) -> usize {
    words.map(str::len).max().unwrap_or_default()
}
