//! Summaries without the facts that everybody asks for first.

use crate::{
    check::{Context, Found, enumerated},
    document::Document,
    model::{
        config::{FieldKind, SectionKind},
        summary::IncidentStatus,
    },
};

rule! {
    /// A required field of the summary is missing.
    ///
    /// # What it checks
    ///
    /// Each field under `required: { fields: [...] }` is there: as a bullet, a `**Key**: value` line, a row of a
    /// table, or in the front matter; by default Date, Duration, Impact and Severity. A date in the title or in
    /// the file's name, and an Impact section, count as well. An incident that goes on needs no duration. One
    /// finding names all that is missing.
    ///
    /// # Why it matters
    ///
    /// When, how long, how bad and for whom: without these four nobody can compare incidents or decide what to do
    /// first.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Incident Summary
    ///
    /// - **Date**: 2024-01-08
    /// ```
    ///
    /// # How to fix it
    ///
    /// Add the lines. "Unknown" is an answer.
    ///
    /// ```markdown
    /// ## Incident Summary
    ///
    /// - **Date**: 2024-01-08
    /// - **Duration**: 53 minutes
    /// - **Impact**: One in ten orders failed
    /// - **Severity**: unknown
    /// ```
    SUMMARY_FIELD_MISSING: "STRUCT003", "summary-field-missing", Warning, Some(check)
}

fn check(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    let missing: Vec<&str> = context
        .config
        .required
        .fields
        .iter()
        .filter(|kind| !is_there(document, **kind))
        .map(|kind| kind.label())
        .collect();
    if missing.is_empty() {
        return;
    }
    let lines: Vec<String> = missing
        .iter()
        .map(|label| format!("`- **{label}**: …`"))
        .collect();
    let place = document
        .sections
        .iter()
        .find(|section| section.kind == Some(SectionKind::Summary))
        .map(|section| section.heading_span);
    found.add(
        place,
        format!("The summary has no line for {}", enumerated(&missing)),
        format!("Add {}; “unknown” is an answer", enumerated(&lines)),
    );
}

fn is_there(document: &Document, kind: FieldKind) -> bool {
    document.summary.all(kind).next().is_some()
        || match kind {
            FieldKind::Date => document.date().is_some(),
            FieldKind::Duration => goes_on(document),
            FieldKind::Impact => document
                .sections
                .iter()
                .any(|section| section.kind == Some(SectionKind::Impact)),
            _ => false,
        }
}

/// Whether the incident is not over, by the document's status field.
pub(super) fn goes_on(document: &Document) -> bool {
    document.summary.incident_status() == Some(IncidentStatus::Ongoing)
}
