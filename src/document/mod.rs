//! Markdown → [`Document`], and byte-exact edits of it.
//!
//! Imports: model.

mod bare_url;
mod blocks;
mod cell_notes;
mod characters;
mod columns;
mod convert;
mod dates;
mod definitions;
mod edit;
mod edit_column;
mod edit_list;
mod edit_table;
mod emphasis;
mod emptiness;
mod entities;
mod facts;
mod fields;
mod fold;
mod front_matter;
mod heading_items;
mod heading_says;
mod heads;
mod initials;
mod inline;
mod inline_reader;
mod items;
mod key;
mod links;
mod lists;
mod marks;
mod owners;
mod padding;
mod phrases;
mod places;
mod plain_lines;
mod prose;
mod read;
mod relative;
mod rows;
mod scan;
mod search;
mod sections;
mod source;
mod statuses;
mod tables;
#[cfg(test)]
mod tests;
mod under_headings;
mod verify;
mod vocabulary;
mod word_list;
mod word_set;
mod wordings;

use chrono::NaiveDate;
use serde::Serialize;

use self::source::{Source, lines_of};
pub use self::{
    prose::{MASK, Passage, Voice},
    vocabulary::Vocabulary,
};
use crate::model::{
    analysis::{Factor, Lesson, Participant, Reference, TimelineEntry, WhyChain},
    config::{FieldKind, SectionKind},
    edit::ItemEdit,
    item::{ActionItem, Form},
    moment::Carried,
    span::{LineIndex, Position, Span},
    status::Status,
    summary::Summary,
};

/// A postmortem as read. Parsing never fails: what is wrong is in [`Document::problems`].
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Path relative to the root of the repository, with `/`.
    pub path: String,
    /// The text as it stands in the file.
    pub text: String,
    /// Lines of the text.
    pub lines: LineIndex,
    /// First heading of level 1, else front matter `title`, else the file's name.
    pub title: String,
    /// Summary fields, from bullets, `**Key**: value` lines, tables, headings and front matter.
    pub summary: Summary,
    /// Rows of the timelines, in the order written.
    pub timeline: Vec<TimelineEntry>,
    /// Chains of whys, in the order written.
    pub whys: Vec<WhyChain>,
    /// Contributing factors and causes, in the order written.
    pub factors: Vec<Factor>,
    /// What went well and wrong, where it was luck, and what was learned, in the order written.
    pub lessons: Vec<Lesson>,
    /// Who took part, in the order written.
    pub participants: Vec<Participant>,
    /// Other documents and incidents, in the order written.
    pub references: Vec<Reference>,
    /// Sections by heading, in order.
    pub sections: Vec<Section>,
    /// Tables that hold action items.
    pub tables: Vec<ActionTable>,
    /// Action items, in order.
    pub items: Vec<ActionItem>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    date: Option<Carried<NaiveDate>>,
    /// The word that the document uses most for each status.
    words: Vec<(Status, String)>,
    /// First byte behind the front matter.
    body: usize,
    /// What the document says in its own voice.
    passages: Vec<Passage>,
    /// The language that the front matter names.
    language: Option<String>,
}

/// One section: its heading and what stands under it, sub-sections included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Which section, where the wording is known.
    pub kind: Option<SectionKind>,
    /// Visible text of the heading.
    pub heading: String,
    /// Level: 1 to 6; 7 for a bold paragraph or bold list item.
    pub level: u8,
    /// Bytes of the heading.
    pub heading_span: Span,
    /// Bytes from after the heading to the next one of the same or a higher level.
    pub body: Span,
    /// Whether the body holds nothing but placeholders, instructions or blanks.
    pub is_empty: bool,
}

/// A table whose rows are action items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActionTable {
    /// Bytes of the whole table.
    pub span: Span,
    /// Bytes of the header row.
    pub header: Span,
    /// Columns by meaning, in order; `None` for a column that means nothing to us.
    pub columns: Vec<Option<Column>>,
    /// Whether a row of it could not be split with certainty; such a table is not edited.
    pub torn: bool,
}

/// What a column of an action table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// What is promised.
    Action,
    /// Who promised.
    Owner,
    /// By when.
    Due,
    /// How far it is.
    Status,
    /// Issue, ticket or pull request.
    Link,
    /// Kind of action.
    Type,
    /// Row number or id.
    Number,
    /// Priority.
    Priority,
}

impl Column {
    const ALL: [Self; 8] = [
        Self::Action,
        Self::Owner,
        Self::Due,
        Self::Status,
        Self::Link,
        Self::Type,
        Self::Number,
        Self::Priority,
    ];
}

/// Something in a document that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind of thing.
    pub kind: ProblemKind,
    /// Where.
    pub span: Span,
    /// Details in words, such as the YAML parser's message.
    pub detail: String,
}

/// Kinds of problems; each has a rule of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// Front matter that is no YAML mapping.
    FrontMatter,
    /// An action section that holds sentences and no item.
    ProseOnly,
    /// A table that our row splitter and the Markdown parser read differently; it is not edited.
    TornTable,
}

impl Document {
    /// Reads `text`.
    #[must_use]
    pub fn parse(path: &str, text: String, vocabulary: &Vocabulary) -> Self {
        read::with_outline(path, text, vocabulary).0
    }

    /// The document without what was read in it: enough to name it and, with `text`, to show a place in it.
    #[must_use]
    pub fn into_text(self, text: bool) -> Self {
        let (lines, shown) = if text {
            (self.lines, self.text)
        } else {
            Default::default()
        };
        Self {
            path: self.path,
            title: self.title,
            text: shown,
            lines,
            ..Self::default()
        }
    }

    /// The document without what it tells beside its summary and its promises, and without its voice: for those who keep
    /// thousands of documents and ask for neither.
    #[must_use]
    pub fn into_promises(mut self) -> Self {
        self.timeline = Vec::new();
        self.whys = Vec::new();
        self.factors = Vec::new();
        self.lessons = Vec::new();
        self.participants = Vec::new();
        self.references = Vec::new();
        self.passages = Vec::new();
        self
    }

    /// The item in whose action the place lies. Items stand in the order of their actions.
    #[must_use]
    pub fn item_around(&self, span: Span) -> Option<&ActionItem> {
        let behind = self
            .items
            .partition_point(|item| item.action_span.start <= span.start);
        let item = self.items.get(behind.checked_sub(1)?)?;
        item.action_span.contains(span).then_some(item)
    }

    /// The value of a field, where one is written that is no placeholder.
    #[must_use]
    pub fn field(&self, kind: FieldKind) -> Option<&str> {
        self.summary.text(kind)
    }

    /// Day of the incident: the field, else the title, else the file's name.
    #[must_use]
    pub fn date(&self) -> Option<NaiveDate> {
        Some(self.date.as_ref()?.value)
    }

    /// Day of the incident, and where it stands.
    #[must_use]
    pub const fn day(&self) -> Option<&Carried<NaiveDate>> {
        self.date.as_ref()
    }

    /// What names the document in markers: front-matter `id`, else its path.
    #[must_use]
    pub fn id(&self) -> &str {
        self.field(FieldKind::Id).unwrap_or(&self.path)
    }

    /// Line and column of a place.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        self.lines.position(&self.text, span.start)
    }

    /// The column in which the action of an item begins, in characters from 1; 1 where that is on a later line.
    #[must_use]
    pub fn column_of(&self, item: &ActionItem) -> usize {
        let place = self.position(item.action_span);
        if place.line == item.line {
            place.column
        } else {
            1
        }
    }

    /// The words that this document uses for `status`: most frequent first seen in its items, else the template's.
    #[must_use]
    pub fn word_for(&self, status: Status) -> String {
        let known = self.words.iter().find(|(known, _)| *known == status);
        known.map_or_else(|| status.to_string(), |(_, word)| word.clone())
    }

    /// Whether the item has a place for a status in words: a cell, brackets of its own or a marked field.
    #[must_use]
    pub fn has_status_cell(&self, item: usize) -> bool {
        self.items.get(item).is_some_and(|item| match item.form {
            Form::Row { table, .. } => {
                !self.is_torn(table)
                    && self
                        .tables
                        .get(table)
                        .is_some_and(|table| table.columns.contains(&Some(Column::Status)))
            }
            Form::ListItem { words, .. } | Form::Heading { words, .. } => words.is_some(),
        })
    }

    /// Whether the table is one that is not edited.
    fn is_torn(&self, table: usize) -> bool {
        self.tables.get(table).is_none_or(|table| table.torn)
    }
}

/// What names the document at `path` in markers, as [`Document::id`] tells it; read from the front matter alone.
#[must_use]
pub fn id(path: &str, text: &str, vocabulary: &Vocabulary) -> String {
    let Some(block) = front_matter::find(text) else {
        return path.to_owned();
    };
    let head = text[..block.end].to_owned();
    Document::parse(path, head, vocabulary).id().to_owned()
}

/// A text with its edits made, and those that were refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// The new text; the old one where nothing was to change.
    pub text: String,
    /// Items whose edit would have changed something else, with the reason. Nothing of them was written.
    pub refused: Vec<(usize, String)>,
}

/// Makes `edits` in the document. Every edit is verified by reading the result again: only the
/// intended cells, boxes and link suffixes may differ, else the edit is refused.
#[must_use]
pub fn rewrite(document: &Document, edits: &[ItemEdit], vocabulary: &Vocabulary) -> Rewrite {
    edit::rewrite(document, edits, vocabulary)
}

/// A text with its lists of action items as tables, and the lists that stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// The new text; the old one where no list became a table.
    pub text: String,
    /// Lines on which the lists began that are tables now.
    pub converted: Vec<usize>,
    /// What keeps a list from being a table: the line, and the reason in words.
    pub kept: Vec<(usize, String)>,
}

/// Rewrites every list of action items as a table with the columns of the standard template, and one for links where items
/// have a link behind their text. A list that would not read back as the same items stays.
#[must_use]
pub fn convert(document: &Document, vocabulary: &Vocabulary) -> Conversion {
    convert::convert(document, vocabulary)
}
