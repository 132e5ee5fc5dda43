//! Builds the text of a postmortem part by part, for tests of stages that look at documents.

use chrono::NaiveDate;

use crate::{
    document::{Document, Vocabulary},
    model::config::{Config, FieldKind, SectionKind},
};

/// A document that grows from top to bottom.
pub(crate) struct Sample {
    path: String,
    text: String,
}

/// The day `text`.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day as YYYY-MM-DD")
}

impl Sample {
    pub(crate) fn new(path: &str) -> Self {
        Self {
            path: path.into(),
            text: String::new(),
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
            sample = sample.section(kind).line("Memory ran out.");
        }
        sample
    }

    pub(crate) fn line(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self.text.push('\n');
        self
    }

    pub(crate) fn section(self, kind: SectionKind) -> Self {
        self.line("")
            .line(&format!("## {}", kind.heading()))
            .line("")
    }

    pub(crate) fn field(self, kind: FieldKind, value: &str) -> Self {
        self.line(&format!("- **{}**: {value}", kind.label()))
    }

    /// A table with these columns.
    pub(crate) fn table(self, columns: &[&str]) -> Self {
        self.row(columns)
            .line(&format!("|{}", " --- |".repeat(columns.len())))
    }

    /// The founding template's table.
    pub(crate) fn template_table(self) -> Self {
        self.table(&["Action", "Owner", "Due Date", "Status"])
    }

    pub(crate) fn row(self, cells: &[&str]) -> Self {
        self.line(&format!("| {} |", cells.join(" | ")))
    }

    pub(crate) fn bullet(self, action: &str) -> Self {
        self.line(&format!("- {action}"))
    }

    pub(crate) fn build(self) -> Document {
        Document::parse(&self.path, self.text, &Vocabulary::new(&Config::default()))
    }
}
