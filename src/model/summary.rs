//! The facts of an incident in short, as its document states them.

use serde::Serialize;

use super::{
    config::FieldKind,
    item::{Owner, Written},
    moment::When,
};

/// The summary fields of a document: those of the text in order, then those of the front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// All of them, also those that nobody filled, and the same one several times.
    pub fields: Vec<Field>,
}

impl Summary {
    /// The fields of one kind that say something, in order: the text comes before the front matter.
    pub fn told(&self, kind: FieldKind) -> impl Iterator<Item = &Field> {
        let said =
            |field: &&Field| !matches!(field.value.value, Meaning::Nothing | Meaning::Declined);
        self.all(kind).filter(said)
    }

    /// The fields of one kind, in order.
    pub fn all(&self, kind: FieldKind) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |field| field.kind == kind)
    }

    /// The words of the first field of this kind that says something.
    #[must_use]
    pub fn text(&self, kind: FieldKind) -> Option<&str> {
        let field = self.told(kind).next()?;
        Some(field.value.text.as_str())
    }

    /// What the first readable field of this kind means.
    fn meaning<'a, T>(
        &'a self,
        kind: FieldKind,
        read: impl Fn(&'a Meaning) -> Option<T>,
    ) -> Option<T> {
        self.told(kind).find_map(|field| read(&field.value.value))
    }

    /// When something was, by a field that says when.
    #[must_use]
    pub fn when(&self, kind: FieldKind) -> Option<&When> {
        self.meaning(kind, |meaning| match meaning {
            Meaning::When(when) => Some(when.as_ref()),
            _ => None,
        })
    }

    /// How long it lasted, by the field that says so.
    #[must_use]
    pub fn length(&self) -> Option<Length> {
        self.meaning(FieldKind::Duration, |meaning| match meaning {
            Meaning::Length(length) => Some(*length),
            _ => None,
        })
    }

    /// How bad it was.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.meaning(FieldKind::Severity, |meaning| match meaning {
            Meaning::Severity(severity) => Some(*severity),
            _ => None,
        })
    }

    /// How far the document is.
    #[must_use]
    pub fn document_status(&self) -> Option<DocumentStatus> {
        self.meaning(FieldKind::Status, |meaning| match meaning {
            Meaning::Document(status) => Some(*status),
            _ => None,
        })
    }

    /// How far the incident is.
    #[must_use]
    pub fn incident_status(&self) -> Option<IncidentStatus> {
        self.meaning(FieldKind::Status, |meaning| match meaning {
            Meaning::Incident(status) => Some(*status),
            _ => None,
        })
    }

    /// Whether an alert or a person noticed it.
    #[must_use]
    pub fn noticed_by(&self) -> Option<NoticedBy> {
        self.meaning(FieldKind::Detection, |meaning| match meaning {
            Meaning::Noticed(by) => Some(*by),
            _ => None,
        })
    }

    /// The names in all fields of this kind, each once, in order.
    #[must_use]
    pub fn names(&self, kind: FieldKind) -> Vec<&Owner> {
        let mut names = Vec::new();
        for field in self.told(kind) {
            let Meaning::Names(written) = &field.value.value else {
                continue;
            };
            for name in written {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }
}

/// One field of the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Which field.
    pub kind: FieldKind,
    /// Its name as written.
    pub name: String,
    /// Its value.
    pub value: Written<Meaning>,
}

/// What the value of a field means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing is written, or a placeholder.
    Nothing,
    /// It is said on purpose that there is nothing to say: “unknown”, “none”, “n/a”.
    Declined,
    /// Words, for a reader to understand.
    Words,
    /// A time, or from when to when.
    When(Box<When>),
    /// A length of time.
    Length(Length),
    /// A severity.
    Severity(Severity),
    /// How far the document is.
    Document(DocumentStatus),
    /// How far the incident is.
    Incident(IncidentStatus),
    /// Who or what noticed it.
    Noticed(NoticedBy),
    /// People, teams or services.
    Names(Vec<Owner>),
}

/// A length of time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Length {
    /// In minutes; of a range, the shorter one.
    pub minutes: u64,
    /// The longer one of a range.
    pub up_to: Option<u64>,
    /// Whether it says of itself that it is not exact, or was rounded to a minute here.
    pub is_about: bool,
}

/// How bad an incident was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Severity {
    /// 1 for the worst to 5 for the mildest; the level 0 that some have above 1 counts as 1.
    pub level: u8,
    /// In which scheme it is written.
    pub scheme: Scheme,
}

/// Ways to write a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// `SEV-1`, `S1`, `Severity 1`
    Severity,
    /// `P1`, `Priority 1`
    Priority,
    /// A number alone.
    Number,
    /// A word, such as “critical”.
    Word,
}

/// How far a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentStatus {
    /// It is being written.
    Draft,
    /// It is being read by others.
    InReview,
    /// It is done.
    Complete,
}

impl DocumentStatus {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Draft, Self::InReview, Self::Complete];
}

/// How far an incident is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentStatus {
    /// It goes on.
    Ongoing,
    /// Its effect is gone.
    Mitigated,
    /// It is over.
    Resolved,
}

impl IncidentStatus {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Ongoing, Self::Mitigated, Self::Resolved];
}

/// Who or what noticed an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticedBy {
    /// A machine that watches.
    Alert,
    /// A person.
    Human,
}

impl NoticedBy {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Alert, Self::Human];
}
