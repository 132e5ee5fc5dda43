//! Summaries with fields that nobody filled.

use super::summary_field_missing::goes_on;
use crate::{
    check::{Context, Found, enumerated},
    document::Document,
    model::{
        config::FieldKind,
        summary::{Field, Meaning},
    },
};

rule! {
    /// A required field of the summary has no value.
    ///
    /// # What it checks
    ///
    /// The fields under `required: { fields: [...] }` that are there have a value that is no placeholder of the
    /// template. "Unknown", "none" and "n/a" are values. An incident that goes on needs no duration. One finding
    /// names all that is empty.
    ///
    /// # Why it matters
    ///
    /// An empty field looks as if somebody still were to fill it, forever.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Incident Summary
    ///
    /// - **Date**: 2024-01-08
    /// - **Duration**:
    /// - **Impact**: One in ten orders failed
    /// - **Severity**: SEV2
    /// ```
    ///
    /// # How to fix it
    ///
    /// Fill it, or write "unknown".
    ///
    /// ```markdown
    /// ## Incident Summary
    ///
    /// - **Date**: 2024-01-08
    /// - **Duration**: unknown
    /// - **Impact**: One in ten orders failed
    /// - **Severity**: SEV2
    /// ```
    SUMMARY_FIELD_EMPTY: "STRUCT004", "summary-field-empty", Warning, Some(check)
}

fn check(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    let empty: Vec<&Field> = context
        .config
        .required
        .fields
        .iter()
        .filter_map(|kind| first_if_all_empty(document, *kind))
        .collect();
    let Some(first) = empty.iter().min_by_key(|field| field.value.span.start) else {
        return;
    };
    let labels: Vec<&str> = empty.iter().map(|field| field.kind.label()).collect();
    found.add(
        first.value.span,
        format!("The summary leaves {} empty", enumerated(&labels)),
        "Fill it in, or write “unknown”",
    );
}

fn first_if_all_empty(document: &Document, kind: FieldKind) -> Option<&Field> {
    if kind == FieldKind::Duration && goes_on(document) {
        return None;
    }
    let mut fields = document.summary.all(kind);
    let first = fields.next()?;
    let is_empty = |field: &Field| field.value.value == Meaning::Nothing;
    (is_empty(first) && fields.all(is_empty)).then_some(first)
}
