//! Rules over documents: what is wrong, where, and the way out.
//!
//! Imports: model, document, observe.

pub mod rules;

use chrono::NaiveDate;

use crate::{
    document::Document,
    model::{
        config::{Config, Level},
        finding::Finding,
    },
};

/// What a rule may look at besides the document.
pub struct Context<'a> {
    /// Configuration.
    pub config: &'a Config,
    /// The day of the run in the configured zone.
    pub today: NaiveDate,
}

/// One row of the table of rules, the single source of checks, configuration keys, `explain`, SARIF and README.
pub struct Rule {
    /// Stable id, such as `FOLLOW001`.
    pub id: &'static str,
    /// Readable name, such as `owner-missing`; a key of the configuration as well.
    pub name: &'static str,
    /// Level without configuration.
    pub default: Level,
    /// The rule's page: Markdown with `# What it checks`, `# Why it matters`, `# Example`, `# How to fix it`.
    pub page: &'static str,
    /// Looks at one document. A rule that other stages fire has one that finds nothing.
    pub check: fn(&Document, &Context<'_>, &mut Report<'_>),
}

/// Takes what a rule finds.
pub struct Report<'a> {
    _todo: &'a (),
}

/// All findings in `documents`, in the order of documents, places and rules.
#[must_use]
pub fn run(documents: &[Document], context: &Context<'_>) -> Vec<Finding> {
    todo!()
}
