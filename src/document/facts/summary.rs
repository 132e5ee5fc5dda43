//! Tells what the values of summary fields mean.

use chrono::NaiveDate;

use super::{
    calendar::{Calendar, Stamped},
    days::Day,
    lengths, stamp,
};
use crate::{
    document::{
        Vocabulary, dates,
        fold::{fold, is_wide, without_brackets},
        owners,
    },
    model::{
        config::FieldKind,
        item::Owner,
        moment::{Carried, Moment},
        span::Span,
        summary::{Field, Meaning, Scheme, Severity, Summary},
    },
};

/// Whether the value of such a field is a list of names.
pub(in crate::document) const fn is_of_names(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Services
            | FieldKind::Teams
            | FieldKind::Participants
            | FieldKind::Related
            | FieldKind::Authors
            | FieldKind::Owner
    )
}

/// What the field means; `day` is that of the incident, for times without one.
pub(in crate::document) fn meaning(
    field: &Field,
    day: Option<&Carried<NaiveDate>>,
    vocabulary: &Vocabulary,
) -> Meaning {
    let text = field.value.text.as_str();
    let is_declined = vocabulary
        .words("declined")
        .is_some_and(|words| words.has(text));
    if is_declined || text.contains(['?', '？']) && fold(text).is_empty() {
        return Meaning::Declined;
    }
    if vocabulary.is_placeholder(text) {
        return Meaning::Nothing;
    }
    let read = match field.kind {
        FieldKind::Date
        | FieldKind::Start
        | FieldKind::Detected
        | FieldKind::Acknowledged
        | FieldKind::Mitigated
        | FieldKind::Resolved
        | FieldKind::End => when(text, field.value.span, day, vocabulary),
        FieldKind::Duration => lengths::read(text, vocabulary).map(Meaning::Length),
        FieldKind::Severity => severity(text, vocabulary).map(Meaning::Severity),
        FieldKind::Status => status(&field.name, text, vocabulary),
        FieldKind::Detection => {
            let words = format!("{} {}", fold(&field.name), fold(text));
            vocabulary.facts.noticed_by(&words).map(Meaning::Noticed)
        }
        FieldKind::Services => Some(Meaning::Names(listed(text))),
        FieldKind::Teams
        | FieldKind::Participants
        | FieldKind::Related
        | FieldKind::Authors
        | FieldKind::Owner => owners::read(text, field.value.span, vocabulary)
            .map(|names| Meaning::Names(names.value)),
        FieldKind::Impact | FieldKind::Id => None,
    };
    read.unwrap_or(Meaning::Words)
}

/// The first day in the value of a field, where its year is written.
pub(in crate::document) fn first_day(text: &str, vocabulary: &Vocabulary) -> Option<NaiveDate> {
    match stamp::anywhere(text, vocabulary)?.start.day {
        Some(Day::Full(day)) => Some(day),
        _ => dates::day_in(text, vocabulary),
    }
}

fn when(
    text: &str,
    span: Span,
    day: Option<&Carried<NaiveDate>>,
    vocabulary: &Vocabulary,
) -> Option<Meaning> {
    let stamp = stamp::anywhere(text, vocabulary)?;
    let mut calendar = Calendar::new(day.cloned(), vocabulary.facts.default_zone);
    let stamped = Stamped::in_field(text, stamp, span);
    let when = calendar.when(&stamped, None, None);
    Some(Meaning::When(Box::new(when)))
}

/// When the incident began, where day and time are written.
pub(super) fn beginning(summary: &Summary) -> Option<Moment> {
    let mut starts = summary.all(FieldKind::Start);
    starts.find_map(|field| match &field.value.value {
        Meaning::When(when) => when
            .start()
            .filter(|start| start.local().is_some())
            .cloned(),
        _ => None,
    })
}

/// Names between commas. Names of services hold slashes and the word “and”.
fn listed(text: &str) -> Vec<Owner> {
    let parts = text.split([',', ';', '、', '，', '；']);
    let names = parts.map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| Owner::Name(name.to_owned())).collect()
}

/// `SEV-1`, `P2 (partial)`, `🔴 Critical`: the first words decide.
fn severity(text: &str, vocabulary: &Vocabulary) -> Option<Severity> {
    let bare = without_brackets(text);
    let folded = fold(&bare);
    let mut words = folded.split(' ');
    let first = words.next()?;
    let digits = first.trim_start_matches(|c: char| c.is_alphabetic());
    let name = &first[..first.len() - digits.len()];
    let number = if digits.is_empty() {
        words.next().unwrap_or_default()
    } else {
        digits
    };
    let scheme = match name {
        "" => Some(Scheme::Number),
        "sev" | "s" => Some(Scheme::Severity),
        "p" | "prio" | "priority" => Some(Scheme::Priority),
        name => {
            let is_name = name == "level" || vocabulary.field(name) == Some(FieldKind::Severity);
            is_name.then_some(Scheme::Severity)
        }
    };
    if let (Some(scheme), Ok(level @ 0..=5)) = (scheme, number.parse::<u8>()) {
        return Some(Severity {
            level: level.max(1),
            scheme,
        });
    }
    let level = first_words(&folded, |words| vocabulary.facts.severity(words))?;
    Some(Severity {
        level,
        scheme: Scheme::Word,
    })
}

fn status(name: &str, text: &str, vocabulary: &Vocabulary) -> Option<Meaning> {
    let folded = fold(&without_brackets(text));
    let facts = &vocabulary.facts;
    let document = |words: &str| facts.document_status(words).map(Meaning::Document);
    let incident = |words: &str| facts.incident_status(words).map(Meaning::Incident);
    if fold(name).contains("incident") {
        return first_words(&folded, incident).or_else(|| first_words(&folded, document));
    }
    first_words(&folded, |words| document(words).or_else(|| incident(words)))
}

/// What the longest run of first words means.
fn first_words<T>(folded: &str, meaning: impl Fn(&str) -> Option<T>) -> Option<T> {
    let ends = folded.char_indices().filter_map(|(at, c)| {
        let is_border = c == ' ' || folded[..at].ends_with(is_wide);
        is_border.then_some(at)
    });
    let mut ends: Vec<usize> = ends.take(8).collect();
    if ends.len() < 8 {
        ends.push(folded.len());
    }
    ends.into_iter()
        .rev()
        .find_map(|end| meaning(&folded[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        config::Config,
        item::Written,
        moment::Origin,
        summary::{DocumentStatus, IncidentStatus, NoticedBy},
    };

    fn read(kind: FieldKind, name: &str, text: &str) -> Meaning {
        let field = Field {
            kind,
            name: name.to_owned(),
            value: Written {
                value: Meaning::Words,
                text: text.to_owned(),
                span: Span::default(),
            },
        };
        let day = Carried {
            value: NaiveDate::from_ymd_opt(2024, 1, 15).expect("a day"),
            from: Origin::Title,
            span: None,
        };
        meaning(&field, Some(&day), &Vocabulary::new(&Config::default()))
    }

    #[test]
    fn severities_have_a_level_whatever_their_scheme() {
        for (text, level, scheme) in [
            ("SEV-1", 1, Scheme::Severity),
            ("Sev2 - degraded", 2, Scheme::Severity),
            ("Severity 3", 3, Scheme::Severity),
            ("P0", 1, Scheme::Priority),
            ("P2 (partial outage)", 2, Scheme::Priority),
            ("4", 4, Scheme::Number),
            ("🔴 Critical", 1, Scheme::Word),
            ("High (payment flow broken for 2 users)", 2, Scheme::Word),
            ("Moderate", 3, Scheme::Word),
            ("重大", 1, Scheme::Word),
            ("中程度の影響", 3, Scheme::Word),
        ] {
            let wanted = Meaning::Severity(Severity { level, scheme });
            assert_eq!(
                read(FieldKind::Severity, "Severity", text),
                wanted,
                "{text}"
            );
        }
        for text in ["S3 bucket was public", "All users", "12"] {
            let meaning = read(FieldKind::Severity, "Severity", text);
            assert!(text.starts_with('S') || meaning == Meaning::Words, "{text}");
        }
    }

    #[test]
    fn the_status_of_the_document_is_told_from_that_of_the_incident() {
        for (name, text, wanted) in [
            ("Status", "Draft", Meaning::Document(DocumentStatus::Draft)),
            (
                "Status",
                "In review by SRE",
                Meaning::Document(DocumentStatus::InReview),
            ),
            (
                "Status",
                "Complete",
                Meaning::Document(DocumentStatus::Complete),
            ),
            (
                "Incident status",
                "Resolved",
                Meaning::Incident(IncidentStatus::Resolved),
            ),
            (
                "Status",
                "✅ Fully Resolved (PR #1098)",
                Meaning::Incident(IncidentStatus::Resolved),
            ),
            (
                "Status",
                "Ongoing",
                Meaning::Incident(IncidentStatus::Ongoing),
            ),
            (
                "ステータス",
                "解決済み",
                Meaning::Incident(IncidentStatus::Resolved),
            ),
            ("Status", "Somewhere in between", Meaning::Words),
        ] {
            assert_eq!(read(FieldKind::Status, name, text), wanted, "{text}");
        }
    }

    #[test]
    fn what_noticed_it_is_an_alert_or_a_person_or_not_said() {
        for (name, text, wanted) in [
            (
                "Detection",
                "PagerDuty alert on error rate",
                Meaning::Noticed(NoticedBy::Alert),
            ),
            (
                "Detection",
                "Customers wrote to support",
                Meaning::Noticed(NoticedBy::Human),
            ),
            ("Reported by", "Ann", Meaning::Noticed(NoticedBy::Human)),
            (
                "Detection",
                "An alert and a customer report",
                Meaning::Words,
            ),
            ("Detection", "Twelve minutes late", Meaning::Words),
        ] {
            assert_eq!(read(FieldKind::Detection, name, text), wanted, "{text}");
        }
    }

    #[test]
    fn nothing_written_and_nothing_known_are_two_things() {
        for text in ["", "TBD", "[Severity]", "YYYY-MM-DD"] {
            assert_eq!(
                read(FieldKind::Duration, "Duration", text),
                Meaning::Nothing,
                "{text}"
            );
        }
        for text in ["Unknown", "?", "N/A", "不明"] {
            assert_eq!(
                read(FieldKind::Duration, "Duration", text),
                Meaning::Declined,
                "{text}"
            );
        }
    }

    #[test]
    fn a_time_without_a_day_is_on_the_day_of_the_incident() {
        let Meaning::When(when) = read(FieldKind::Start, "Start", "14:32 UTC") else {
            panic!("no time");
        };
        let start = when.start().expect("a time");
        let utc = start.utc().map(|utc| utc.to_rfc3339());
        assert_eq!(utc.as_deref(), Some("2024-01-15T14:32:00+00:00"));
        assert_eq!(start.day.as_ref().map(|day| day.from), Some(Origin::Title));
    }
}
