//! Builds documents by hand, for tests of stages that do not read Markdown.

use chrono::NaiveDate;

use crate::{
    document::{ActionTable, Column, Document, Field, Problem, ProblemKind, Section},
    model::{
        config::{FieldKind, SectionKind},
        item::{ActionItem, Due, Form, Owner, StatusWord, Written},
        link::{Link, Target},
        span::{LineIndex, Span},
        status::Status,
    },
};

/// A document that grows from top to bottom; text and spans agree.
pub(crate) struct Sample {
    document: Document,
}

/// The day `text`.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day as YYYY-MM-DD")
}

impl Sample {
    pub(crate) fn new(path: &str) -> Self {
        Self {
            document: Document {
                path: path.into(),
                text: String::new(),
                lines: LineIndex::new(""),
                title: path.into(),
                fields: Vec::new(),
                sections: Vec::new(),
                tables: Vec::new(),
                items: Vec::new(),
                problems: Vec::new(),
            },
        }
    }

    /// A document with all that the default configuration requires but action items.
    pub(crate) fn complete(path: &str) -> Self {
        use SectionKind::{CouldBeImproved, Lessons, Summary, Timeline, WentWell, WhatHappened};
        let mut sample = Self::new(path).line("# Checkout down").section(Summary);
        for (kind, value) in [
            (FieldKind::Date, "2024-01-08"),
            (FieldKind::Duration, "53 minutes"),
            (FieldKind::Impact, "One in ten orders failed"),
            (FieldKind::Severity, "SEV2"),
        ] {
            sample = sample.field(kind, value);
        }
        for kind in [WhatHappened, Timeline, WentWell, CouldBeImproved, Lessons] {
            sample = sample.section(kind).line("Text.");
        }
        sample
    }

    pub(crate) fn line(mut self, text: &str) -> Self {
        self.push(text);
        self.push("\n");
        self
    }

    pub(crate) fn section(mut self, kind: SectionKind) -> Self {
        self.push("\n");
        let heading_span = self.push(&format!("## {}\n", kind.heading()));
        self.document.sections.push(Section {
            kind: Some(kind),
            heading: kind.heading().into(),
            level: 2,
            heading_span: Span::new(heading_span.start, heading_span.end - 1),
            body: Span::empty(heading_span.end),
            is_empty: false,
        });
        self
    }

    pub(crate) fn field(mut self, kind: FieldKind, value: &str) -> Self {
        self.push(&format!("- **{}**: ", kind.label()));
        let span = self.push(value);
        self.push("\n");
        let value = Written {
            value: (),
            text: value.into(),
            span,
        };
        self.document.fields.push(Field { kind, value });
        self
    }

    /// An action table with the named columns.
    pub(crate) fn table(mut self, columns: &[Column]) -> Self {
        let names: Vec<String> = columns.iter().map(|column| format!("{column:?}")).collect();
        let header = self.push(&format!("| {} |\n", names.join(" | ")));
        self.push(&format!("|{}\n", " --- |".repeat(columns.len())));
        self.document.tables.push(ActionTable {
            span: header,
            header: Span::new(header.start, header.end - 1),
            columns: columns.iter().copied().map(Some).collect(),
        });
        self
    }

    /// The founding template's table.
    pub(crate) fn template_table(self) -> Self {
        self.table(&[Column::Action, Column::Owner, Column::Due, Column::Status])
    }

    /// A row of the last table; its cells are of the table's columns.
    pub(crate) fn row(mut self, cells: &[&str]) -> Self {
        let table = self.document.tables.len() - 1;
        let columns = self.document.tables[table].columns.clone();
        let row = self.document.items.len();
        let start = self.document.text.len();
        let mut item = self.item(Form::Row { table, row });
        for (column, text) in columns.iter().flatten().zip(cells) {
            self.push("| ");
            let span = self.push(text);
            self.push(" ");
            set(&mut item, *column, text, span);
        }
        self.push("|\n");
        item.span = Span::new(start, self.document.text.len() - 1);
        self.document.items.push(item);
        self
    }

    /// A bullet without any field.
    pub(crate) fn bullet(mut self, action: &str) -> Self {
        let start = self.push("- ").start;
        let span = self.push(action);
        let mut item = self.item(Form::ListItem {
            checkbox: None,
            suffix_at: span.end,
        });
        self.push("\n");
        set(&mut item, Column::Action, action, span);
        item.span = Span::new(start, span.end);
        self.document.items.push(item);
        self
    }

    pub(crate) fn problem(mut self, kind: ProblemKind, text: &str, detail: &str) -> Self {
        let span = self.push(text);
        self.push("\n");
        self.document.problems.push(Problem {
            kind,
            span,
            detail: detail.into(),
        });
        self
    }

    pub(crate) fn build(mut self) -> Document {
        self.document.lines = LineIndex::new(&self.document.text);
        let starts: Vec<usize> = self
            .document
            .sections
            .iter()
            .map(|s| s.heading_span.start)
            .collect();
        for (index, section) in self.document.sections.iter_mut().enumerate() {
            section.body.end = starts
                .get(index + 1)
                .copied()
                .unwrap_or(self.document.text.len());
        }
        self.document
    }

    fn push(&mut self, text: &str) -> Span {
        let start = self.document.text.len();
        self.document.text.push_str(text);
        Span::new(start, self.document.text.len())
    }

    fn item(&self, form: Form) -> ActionItem {
        ActionItem {
            action: String::new(),
            action_span: Span::default(),
            span: Span::default(),
            line: self.document.text.matches('\n').count() + 1,
            section: SectionKind::ActionItems.heading().into(),
            owners: None,
            due: None,
            status: None,
            flagged: false,
            links: Vec::new(),
            form,
            key: format!("key{}", self.document.items.len()),
        }
    }
}

fn set(item: &mut ActionItem, column: Column, text: &str, span: Span) {
    if text.is_empty() {
        return;
    }
    let text = text.to_owned();
    match column {
        Column::Action => (item.action, item.action_span) = (text, span),
        Column::Owner => {
            let owner = match text.strip_prefix('@') {
                Some(login) => Owner::Login(login.into()),
                None => Owner::Name(text.clone()),
            };
            item.owners = Some(Written {
                value: vec![owner],
                text,
                span,
            });
        }
        Column::Due => {
            item.due = Some(Written {
                value: due(&text),
                text,
                span,
            });
        }
        Column::Status => {
            let known = Status::ALL
                .into_iter()
                .find(|status| status.to_string() == text);
            let value = known.map_or(StatusWord::Unknown, StatusWord::Known);
            item.status = Some(Written { value, text, span });
        }
        Column::Link => {
            let number = text.trim_start_matches('#').parse().expect("#12");
            item.links.push(Link {
                target: Target::Number(number),
                text,
                span,
            });
        }
        Column::Type | Column::Number | Column::Priority => {}
    }
}

fn due(text: &str) -> Due {
    let read = |format| NaiveDate::parse_from_str(text, format).ok();
    match (read("%Y-%m-%d"), read("%d/%m/%Y"), read("%m/%d/%Y")) {
        (Some(date), _, _) => Due::On(date),
        (None, Some(day_first), Some(month_first)) => Due::Ambiguous {
            day_first,
            month_first,
        },
        _ => Due::Unreadable,
    }
}
