//! What was read of a document, for people: each thing with its line and column.

use std::collections::BTreeSet;

use super::{Report, columns::aligned, items::cells};
use crate::{
    document::Document,
    model::{
        analysis::{LessonKind, Reference, ReferenceTarget, TimelineEntry},
        escape::{terminal_line, truncate_line},
        moment::{Moment, Origin, When},
        span::Span,
        summary::{DocumentStatus, Field, IncidentStatus, Length, Meaning, NoticedBy},
    },
};

/// Longest text in a column, in characters.
const WIDTH: usize = 80;

/// All that was read of the documents, one after the other.
#[must_use]
pub fn text(report: &Report<'_>) -> String {
    if report.documents.is_empty() {
        return "No postmortem was read\n".to_owned();
    }
    let documents: Vec<String> = report.documents.iter().map(document).collect();
    documents.join("\n")
}

fn document(document: &Document) -> String {
    let mut text = format!("{}\n", terminal_line(&document.path));
    let date = document.day().map(|day| {
        let from = day.from;
        format!(", {} ({})", day.value, source(from))
    });
    text.push_str(&terminal_line(&document.title));
    text.push_str(&date.unwrap_or_default());
    text.push('\n');
    let part = Part {
        document,
        text: &mut text,
    };
    part.all();
    text
}

/// Writes the parts of one document that it has.
struct Part<'a> {
    document: &'a Document,
    text: &'a mut String,
}

impl Part<'_> {
    fn all(mut self) {
        let document = self.document;
        let fields = document.summary.fields.iter();
        let fields = fields.filter(|field| !field.value.text.is_empty());
        self.add(
            "Summary",
            fields.map(|field| {
                let said = [field.kind.label().to_owned(), field.value.text.clone()];
                (
                    field.value.span,
                    [said.as_slice(), &[meaning(field)]].concat(),
                )
            }),
        );
        let heading = format!("Timeline{}", carried(&document.timeline));
        let rows = document.timeline.iter();
        self.add(
            &heading,
            rows.map(|entry| {
                let when = entry.when.as_ref();
                let when = when.map_or_else(String::new, |when| time(&when.value, &when.text));
                (entry.span, vec![when, entry.event.text.clone()])
            }),
        );
        for chain in &document.whys {
            self.add(
                "Whys",
                chain.steps.iter().map(|why| {
                    let words = |written: &Option<crate::model::item::Written<()>>| {
                        written
                            .as_ref()
                            .map_or_else(String::new, |words| words.text.clone())
                    };
                    let cells = vec![
                        why.level.to_string(),
                        words(&why.question),
                        words(&why.answer),
                    ];
                    (why.span, cells)
                }),
            );
        }
        for (heading, is_contributing) in [("Contributing factors", true), ("Causes", false)] {
            let factors = document.factors.iter();
            let factors = factors.filter(|factor| factor.is_contributing == is_contributing);
            self.add(
                heading,
                factors.map(|factor| {
                    let category = factor.category.as_ref();
                    let category =
                        category.map_or_else(String::new, |category| category.text.clone());
                    (factor.text.span, vec![factor.text.text.clone(), category])
                }),
            );
        }
        for (kind, heading) in [
            (LessonKind::WentWell, "Went well"),
            (LessonKind::WentWrong, "Could be improved"),
            (LessonKind::Lucky, "Lucky"),
            (LessonKind::Learned, "Lessons"),
        ] {
            let lessons = document.lessons.iter().filter(|lesson| lesson.kind == kind);
            self.add(
                heading,
                lessons.map(|lesson| (lesson.text.span, vec![lesson.text.text.clone()])),
            );
        }
        self.add(
            "Participants",
            document.participants.iter().map(|person| {
                let role = person.role.clone().unwrap_or_default();
                (person.span, vec![person.name.name().to_owned(), role])
            }),
        );
        let references = document.references.iter();
        self.add(
            "References",
            references.map(|reference| (reference.span, leads_to(reference))),
        );
        self.items();
    }

    /// A part with a heading, where it has rows.
    fn add(&mut self, heading: &str, rows: impl Iterator<Item = (Span, Vec<String>)>) {
        let rows = rows.map(|(span, cells)| {
            let at = self.document.position(span);
            let cells = cells
                .iter()
                .map(|cell| truncate_line(&terminal_line(cell), WIDTH));
            let place = format!("{}:{}", at.line, at.column);
            std::iter::once(place).chain(cells).collect()
        });
        let rows: Vec<Vec<String>> = rows.collect();
        self.table(heading, &rows);
    }

    fn items(&mut self) {
        let document = self.document;
        let rows = document.items.iter().map(|item| {
            let [action, owner, due, status, link] = cells(item).map(|cell| terminal_line(&cell));
            let mut row = vec![format!("{}:{}", item.line, document.column_of(item))];
            row.extend([action, owner, due, status].map(|cell| truncate_line(&cell, WIDTH)));
            row.push(link);
            row
        });
        let rows: Vec<Vec<String>> = rows.collect();
        self.table("Action items", &rows);
    }

    fn table(&mut self, heading: &str, rows: &[Vec<String>]) {
        if !rows.is_empty() {
            let rows = aligned(rows, "  ");
            self.text.push('\n');
            self.text.push_str(heading);
            self.text.push('\n');
            self.text.push_str(&rows);
        }
    }
}

/// What a field means, where that says more than its words.
fn meaning(field: &Field) -> String {
    match &field.value.value {
        Meaning::Nothing => "empty".to_owned(),
        Meaning::Declined | Meaning::Words | Meaning::Names(_) => String::new(),
        Meaning::When(when) => time(when, ""),
        Meaning::Length(length) => minutes(*length),
        Meaning::Severity(severity) => format!("level {}", severity.level),
        Meaning::Document(status) => match status {
            DocumentStatus::Draft => "the document is a draft",
            DocumentStatus::InReview => "the document is in review",
            DocumentStatus::Complete => "the document is complete",
        }
        .to_owned(),
        Meaning::Incident(status) => match status {
            IncidentStatus::Ongoing => "the incident goes on",
            IncidentStatus::Mitigated => "the incident is mitigated",
            IncidentStatus::Resolved => "the incident is resolved",
        }
        .to_owned(),
        Meaning::Noticed(by) => match by {
            NoticedBy::Alert => "noticed by an alert",
            NoticedBy::Human => "noticed by people",
        }
        .to_owned(),
    }
}

fn minutes(length: Length) -> String {
    let about = if length.is_about { "about " } else { "" };
    match length.up_to {
        Some(up_to) => format!("{about}{} to {up_to} minutes", length.minutes),
        None if length.minutes == 1 => format!("{about}1 minute"),
        None => format!("{about}{} minutes", length.minutes),
    }
}

/// A time with all that is known of it.
fn time(when: &When, written: &str) -> String {
    match when {
        When::At(moment) => {
            let about = if moment.is_about { "~" } else { "" };
            format!("{about}{}{}", clock(moment, true), zone(moment))
        }
        When::Between(start, end) => {
            let day = |moment: &Moment| moment.day.as_ref().map(|day| day.value);
            let is_other_day = day(start) != day(end) || end.time.is_none();
            let about = if start.is_about { "~" } else { "" };
            let zone = zone(end);
            let (start, end) = (clock(start, true), clock(end, is_other_day));
            format!("{about}{start} – {end}{zone}")
        }
        When::Unknown => format!("{written} (not known)").trim().to_owned(),
        When::Unreadable => format!("{written} (cannot be read)").trim().to_owned(),
    }
}

fn clock(moment: &Moment, with_day: bool) -> String {
    let day = moment.day.as_ref().filter(|_| with_day);
    let parts = [day.map(|day| day.value.to_string()), moment.clock_face()];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" ")
}

fn zone(moment: &Moment) -> String {
    let zone = moment.zone.as_ref();
    zone.map_or_else(String::new, |zone| format!(" {}", zone.value.text))
}

/// From where days and zones of a timeline were carried, behind its heading.
fn carried(timeline: &[TimelineEntry]) -> String {
    let whens = timeline.iter().filter_map(|entry| entry.when.as_ref());
    let moments = whens.filter_map(|when| when.value.start());
    let (mut days, mut zones, mut has_no_zone) = (BTreeSet::new(), BTreeSet::new(), false);
    for moment in moments {
        days.extend(moment.day.as_ref().map(|day| day.from));
        zones.extend(moment.zone.as_ref().map(|zone| zone.from));
        has_no_zone |= moment.time.is_some() && moment.zone.is_none();
    }
    let list = |what: &str, origins: BTreeSet<Origin>| {
        let others = origins
            .into_iter()
            .filter(|origin| *origin != Origin::Written);
        let names: Vec<&str> = others.map(source).collect();
        (!names.is_empty()).then(|| format!("{what} {}", names.join(", ")))
    };
    let mut notes: Vec<String> = [list("day", days), list("zone", zones)]
        .into_iter()
        .flatten()
        .collect();
    if has_no_zone {
        notes.push("times without a zone".to_owned());
    }
    if notes.is_empty() {
        return String::new();
    }
    format!(" ({})", notes.join("; "))
}

const fn source(origin: Origin) -> &'static str {
    match origin {
        Origin::Written => "as written",
        Origin::NearestYear => "in the nearest year",
        Origin::Row => "from the row before",
        Origin::PastMidnight => "past midnight",
        Origin::Header => "from the header",
        Origin::Heading => "from the heading",
        Origin::Sentence => "from a sentence",
        Origin::Field => "from the summary",
        Origin::Title => "from the title",
        Origin::FileName => "from the file's name",
        Origin::Configuration => "from the configuration",
    }
}

fn leads_to(reference: &Reference) -> Vec<String> {
    let (ReferenceTarget::File(name) | ReferenceTarget::Page(name) | ReferenceTarget::Id(name)) =
        &reference.target;
    let note = match (reference.is_related, reference.is_repeat) {
        (_, true) => "repeat",
        (true, false) => "related",
        (false, false) => "",
    };
    let words = if reference.text == *name {
        ""
    } else {
        &reference.text
    };
    vec![name.clone(), words.to_owned(), note.to_owned()]
}
