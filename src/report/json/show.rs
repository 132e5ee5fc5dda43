//! All that was read of documents, as JSON: frozen structs, apart from the types of the inside.

use serde::Serialize;

use super::{Item, VERSION, line, times::Times};
use crate::{
    document::Document,
    model::{
        analysis::{
            Category, LessonKind, Participant, Reference, ReferenceTarget, TimelineEntry, WhyChain,
        },
        config::{FieldKind, SectionKind},
        item::{Owner, Written},
        moment::Origin,
        span::Span,
        summary::{DocumentStatus, Field, IncidentStatus, Meaning, NoticedBy, Scheme},
    },
    report::Report,
};

/// The documents as `{"version":1,"documents":[…]}`, one line, with a line ending.
///
/// Lines and columns count from 1, columns in characters. Texts are as written; what nothing is written of is null.
#[must_use]
pub fn show(report: &Report<'_>) -> String {
    let documents = report.documents.iter();
    line(&Shown {
        version: VERSION,
        documents: documents
            .map(|document| Read::of(document, report))
            .collect(),
    })
}

#[derive(Serialize)]
struct Shown<'a> {
    version: u32,
    documents: Vec<Read<'a>>,
}

#[derive(Serialize)]
struct Read<'a> {
    file: &'a str,
    title: &'a str,
    date: Option<String>,
    date_from: Option<Origin>,
    summary: Vec<SummaryField<'a>>,
    timeline: Vec<Row<'a>>,
    whys: Vec<Vec<WhyStep<'a>>>,
    factors: Vec<Factor<'a>>,
    lessons: Vec<Lesson<'a>>,
    participants: Vec<Person<'a>>,
    references: Vec<Other<'a>>,
    items: Vec<Item>,
    sections: Vec<Section<'a>>,
    problems: Vec<Problem<'a>>,
}

impl<'a> Read<'a> {
    fn of(document: &'a Document, report: &Report<'_>) -> Self {
        let at = |span: Span| Place::of(document, span);
        let day = document.day();
        Self {
            file: &document.path,
            title: &document.title,
            date: day.map(|day| day.value.to_string()),
            date_from: day.map(|day| day.from),
            summary: document
                .summary
                .fields
                .iter()
                .filter(|field| !field.value.text.is_empty())
                .map(|field| SummaryField::of(document, field))
                .collect(),
            timeline: document
                .timeline
                .iter()
                .map(|entry| Row::of(document, entry))
                .collect(),
            whys: document
                .whys
                .iter()
                .map(|chain| WhyStep::all(document, chain))
                .collect(),
            factors: document
                .factors
                .iter()
                .map(|factor| Factor {
                    place: at(factor.text.span),
                    text: &factor.text.text,
                    category: factor.category.as_ref().and_then(|category| category.value),
                    category_text: factor
                        .category
                        .as_ref()
                        .map(|category| category.text.as_str()),
                    is_contributing: factor.is_contributing,
                })
                .collect(),
            lessons: document
                .lessons
                .iter()
                .map(|lesson| Lesson {
                    place: at(lesson.text.span),
                    kind: lesson.kind,
                    text: &lesson.text.text,
                })
                .collect(),
            participants: document
                .participants
                .iter()
                .map(|person| Person::of(document, person))
                .collect(),
            references: document
                .references
                .iter()
                .map(|reference| Other::of(document, reference))
                .collect(),
            items: Item::all(document, report.today).collect(),
            sections: document
                .sections
                .iter()
                .map(|section| Section {
                    place: at(section.heading_span),
                    kind: section.kind,
                    heading: &section.heading,
                    level: section.level,
                    is_empty: section.is_empty,
                })
                .collect(),
            problems: document
                .problems
                .iter()
                .map(|problem| Problem {
                    place: at(problem.span),
                    detail: &problem.detail,
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

impl Place {
    fn of(document: &Document, span: Span) -> Self {
        let position = document.position(span);
        Self {
            line: position.line,
            column: position.column,
        }
    }
}

#[derive(Serialize)]
struct SummaryField<'a> {
    #[serde(flatten)]
    place: Place,
    field: FieldKind,
    name: &'a str,
    text: &'a str,
    #[serde(flatten)]
    meaning: Value<'a>,
}

impl<'a> SummaryField<'a> {
    fn of(document: &'a Document, field: &'a Field) -> Self {
        Self {
            place: Place::of(document, field.value.span),
            field: field.kind,
            name: &field.name,
            text: &field.value.text,
            meaning: Value::of(document, &field.value.value),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case", tag = "meaning")]
enum Value<'a> {
    Nothing,
    Declined,
    Words,
    Time(Box<Times<'a>>),
    Duration {
        minutes: u64,
        up_to_minutes: Option<u64>,
        about: bool,
    },
    Severity {
        level: u8,
        scheme: Scheme,
    },
    DocumentStatus {
        status: DocumentStatus,
    },
    IncidentStatus {
        status: IncidentStatus,
    },
    NoticedBy {
        noticed_by: NoticedBy,
    },
    Names {
        names: Vec<&'a str>,
    },
}

impl<'a> Value<'a> {
    fn of(document: &Document, meaning: &'a Meaning) -> Self {
        match meaning {
            Meaning::Nothing => Self::Nothing,
            Meaning::Declined => Self::Declined,
            Meaning::Words => Self::Words,
            Meaning::When(when) => Self::Time(Box::new(Times::of(document, when))),
            Meaning::Length(length) => Self::Duration {
                minutes: length.minutes,
                up_to_minutes: length.up_to,
                about: length.is_about,
            },
            Meaning::Severity(severity) => Self::Severity {
                level: severity.level,
                scheme: severity.scheme,
            },
            Meaning::Document(status) => Self::DocumentStatus { status: *status },
            Meaning::Incident(status) => Self::IncidentStatus { status: *status },
            Meaning::Noticed(by) => Self::NoticedBy { noticed_by: *by },
            Meaning::Names(names) => Self::Names {
                names: names.iter().map(Owner::name).collect(),
            },
        }
    }
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    place: Place,
    time_text: Option<&'a str>,
    #[serde(flatten)]
    times: Option<Times<'a>>,
    event: &'a str,
}

impl<'a> Row<'a> {
    fn of(document: &'a Document, entry: &'a TimelineEntry) -> Self {
        let when = entry.when.as_ref();
        Self {
            place: Place::of(document, entry.span),
            time_text: when.map(|when| when.text.as_str()),
            times: when.map(|when| Times::of(document, &when.value)),
            event: &entry.event.text,
        }
    }
}

#[derive(Serialize)]
struct WhyStep<'a> {
    #[serde(flatten)]
    place: Place,
    level: usize,
    question: Option<&'a str>,
    answer: Option<&'a str>,
}

impl<'a> WhyStep<'a> {
    fn all(document: &'a Document, chain: &'a WhyChain) -> Vec<Self> {
        let words = |written: &'a Written<()>| written.text.as_str();
        let steps = chain.steps.iter();
        steps
            .map(|why| Self {
                place: Place::of(document, why.span),
                level: why.level,
                question: why.question.as_ref().map(words),
                answer: why.answer.as_ref().map(words),
            })
            .collect()
    }
}

#[derive(Serialize)]
struct Factor<'a> {
    #[serde(flatten)]
    place: Place,
    text: &'a str,
    category: Option<Category>,
    category_text: Option<&'a str>,
    #[serde(rename = "contributing")]
    is_contributing: bool,
}

#[derive(Serialize)]
struct Lesson<'a> {
    #[serde(flatten)]
    place: Place,
    kind: LessonKind,
    text: &'a str,
}

#[derive(Serialize)]
struct Person<'a> {
    #[serde(flatten)]
    place: Place,
    name: &'a str,
    kind: &'static str,
    role: Option<&'a str>,
}

impl<'a> Person<'a> {
    fn of(document: &Document, person: &'a Participant) -> Self {
        Self {
            place: Place::of(document, person.span),
            name: person.name.name(),
            kind: super::owner_kind(&person.name),
            role: person.role.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Other<'a> {
    #[serde(flatten)]
    place: Place,
    #[serde(flatten)]
    target: &'a ReferenceTarget,
    text: &'a str,
    related: bool,
    repeat: bool,
}

impl<'a> Other<'a> {
    fn of(document: &Document, reference: &'a Reference) -> Self {
        Self {
            place: Place::of(document, reference.span),
            target: &reference.target,
            text: &reference.text,
            related: reference.is_related,
            repeat: reference.is_repeat,
        }
    }
}

#[derive(Serialize)]
struct Section<'a> {
    #[serde(flatten)]
    place: Place,
    kind: Option<SectionKind>,
    heading: &'a str,
    level: u8,
    #[serde(rename = "empty")]
    is_empty: bool,
}

#[derive(Serialize)]
struct Problem<'a> {
    #[serde(flatten)]
    place: Place,
    detail: &'a str,
}
