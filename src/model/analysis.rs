//! What a document tells of an incident beside its summary and its promises: what happened when, why, what was learned,
//! who was there, and which other documents have to do with it.

use serde::Serialize;

use super::{
    item::{Owner, Written},
    moment::When,
    span::Span,
};

/// One row of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    /// All of it.
    pub span: Span,
    /// When; absent where the row says nothing of it.
    pub when: Option<Written<When>>,
    /// What happened, without the time.
    pub event: Written<()>,
}

/// A chain of questions, each about the answer before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyChain {
    /// The steps in the order written.
    pub steps: Vec<Why>,
}

/// One step of a chain. At least one of question and answer is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// How deep it is, from 1. A step that is no deeper than the one before it begins a branch.
    pub level: usize,
    /// The question.
    pub question: Option<Written<()>>,
    /// The answer.
    pub answer: Option<Written<()>>,
    /// All of it.
    pub span: Span,
}

/// One thing without which the incident would have been another one, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// What it is.
    pub text: Written<()>,
    /// Its category, where one is written.
    pub category: Option<Written<Option<Category>>>,
    /// Whether it stands under contributing factors, and not under a cause.
    pub is_contributing: bool,
}

/// Kinds of contributing factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Code, configuration, infrastructure.
    Technical,
    /// How work is done.
    Process,
    /// Who told whom what.
    Communication,
    /// What was written down.
    Documentation,
    /// Alerts, dashboards, tests: what could have shown it.
    Monitoring,
    /// People, training, staffing.
    Human,
    /// What others did.
    External,
}

impl Category {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Technical,
        Self::Process,
        Self::Communication,
        Self::Documentation,
        Self::Monitoring,
        Self::Human,
        Self::External,
    ];
}

/// One thing that was learned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// What kind of thing.
    pub kind: LessonKind,
    /// What was learned.
    pub text: Written<()>,
}

/// Kinds of lessons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LessonKind {
    /// What helped.
    WentWell,
    /// What hindered.
    WentWrong,
    /// Where it was luck.
    Lucky,
    /// What to remember.
    Learned,
}

/// Somebody who took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Who.
    pub name: Owner,
    /// In which role, where one is written.
    pub role: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// Another document or incident that this one names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What it leads to.
    pub target: ReferenceTarget,
    /// The words.
    pub text: String,
    /// Where it is written.
    pub span: Span,
    /// Whether it stands where related incidents are listed.
    pub is_related: bool,
    /// Whether it is said there to be a repeat.
    pub is_repeat: bool,
}

/// What a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "name")]
pub enum ReferenceTarget {
    /// A Markdown file, relative to the root of the repository.
    File(String),
    /// The name of a page, as in `[[PM-2026-002]]`.
    Page(String),
    /// The number of an incident, as in `INC-123`.
    Id(String),
}
