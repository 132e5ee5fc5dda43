//! Postmortems without the parts that readers look for.

use unicode_width::UnicodeWidthStr;

use crate::{
    check::{Context, Found, enumerated, rules::no_action_items},
    document::Document,
    model::config::{FieldKind, SectionKind},
};

rule! {
    /// A required section is missing.
    ///
    /// # What it checks
    ///
    /// Each section under `required: { sections: [...] }` is there, under any of its usual names: "What went
    /// poorly" serves for "What Could Be Improved". By default these are the sections of the template. A heading,
    /// a bold line or a bold list item counts. Summary fields or a paragraph at the top are a summary; a summary in
    /// sentences tells what happened; a sentence that says that there are no action items stands for their section.
    /// One finding names all that is missing.
    ///
    /// # Why it matters
    ///
    /// Readers in a hurry, metrics and follow-up look for the same few facts in known places. A missing timeline
    /// is most often a timeline that nobody can reconstruct any more.
    ///
    /// # Example
    ///
    /// ```markdown
    /// # Checkout down for 53 minutes
    ///
    /// ## What Happened?
    ///
    /// The service ran out of memory.
    /// ```
    ///
    /// # How to fix it
    ///
    /// Add the headings with a sentence each, or change the list in the configuration: a form that is filled for
    /// the form's sake teaches nothing.
    ///
    /// ```markdown
    /// # Checkout down for 53 minutes
    ///
    /// ## Incident Summary
    ///
    /// - **Date**: 2024-01-08
    /// - **Duration**: 53 minutes
    /// - **Impact**: One in ten orders failed
    /// - **Severity**: SEV2
    ///
    /// ## What Happened?
    ///
    /// The service ran out of memory.
    ///
    /// ## Timeline
    ///
    /// - 14:32 - Alert fired for high error rate
    /// - 15:25 - System returned to normal
    ///
    /// ## What Went Well
    ///
    /// The alert fired within two minutes.
    ///
    /// ## What Could Be Improved
    ///
    /// The runbook did not mention memory.
    ///
    /// ## Action Items
    ///
    /// | Action | Owner | Due Date | Status |
    /// | --- | --- | --- | --- |
    /// | Alert when memory stays above 90 % | SRE Team | 2024-02-01 | Done |
    ///
    /// ## Lessons Learned
    ///
    /// Memory is a capacity like any other.
    /// ```
    SECTION_MISSING: "STRUCT001", "section-missing", Warning, Some(check)
}

fn check(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    let missing: Vec<&str> = context
        .config
        .required
        .sections
        .iter()
        .filter(|kind| !is_there(document, **kind))
        .map(|kind| kind.heading())
        .collect();
    if missing.is_empty() {
        return;
    }
    let (noun, verb, heading) = match missing.len() {
        1 => ("section", "is", "heading"),
        _ => ("sections", "are", "headings"),
    };
    let headings: Vec<String> = missing
        .iter()
        .map(|heading| format!("“{heading}”"))
        .collect();
    found.add(
        None,
        format!("The {noun} {} {verb} missing", enumerated(&missing)),
        format!(
            "Add the {heading} {} with a sentence or two, or change `required.sections` in the configuration",
            enumerated(&headings)
        ),
    );
}

fn is_there(document: &Document, kind: SectionKind) -> bool {
    let has_fields = || {
        document.summary.fields.iter().any(|field| {
            let tells = matches!(
                field.kind,
                FieldKind::Date | FieldKind::Duration | FieldKind::Impact | FieldKind::Severity
            );
            tells && !field.value.text.trim().is_empty()
        })
    };
    document
        .sections
        .iter()
        .any(|section| section.kind == Some(kind))
        || match kind {
            SectionKind::Summary => has_fields() || is_prose(opening(document)),
            SectionKind::WhatHappened => document.sections.iter().any(|section| {
                section.kind == Some(SectionKind::Summary)
                    && is_prose(section.body.of(&document.text))
            }),
            SectionKind::ActionItems => {
                !document.items.is_empty() || no_action_items::says_so(&document.text)
            }
            _ => false,
        }
}

/// What stands between the title and the next heading.
fn opening(document: &Document) -> &str {
    let [title, rest @ ..] = document.sections.as_slice() else {
        return "";
    };
    let end = rest
        .first()
        .map_or(title.body.end, |next| next.heading_span.start);
    let is_title = title.level == 1 && title.body.start <= end;
    if is_title {
        &document.text[title.body.start..end]
    } else {
        ""
    }
}

/// Whether the text holds sentences, and not fields, lists, tables and headings alone.
fn is_prose(text: &str) -> bool {
    // Two short sentences; a wide letter of Japanese or Chinese says about as much as two narrow ones.
    const LEAST: usize = 100;
    let sentences = text.lines().map(str::trim).filter(|line| {
        let is_field = line.starts_with("**")
            || line
                .split(' ')
                .take(3)
                .any(|word| word.ends_with([':', '：']));
        !is_field && !line.starts_with(['-', '*', '+', '|', '#', '>', '<', '`'])
    });
    // Most lines are ASCII, whose width is known without a look at each letter.
    let widths = sentences.map(|line| {
        if line.is_ascii() {
            line.len()
        } else {
            line.width()
        }
    });
    let mut sums = widths.scan(0, |sum, width| {
        *sum += width;
        Some(*sum)
    });
    sums.any(|sum| sum >= LEAST)
}
