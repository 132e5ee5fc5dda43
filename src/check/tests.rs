//! Levels, order, and what an issue knows better than its document.

use super::{
    Context,
    rules::{DUE_MISSING, OVERDUE, SECTION_MISSING, STATUS_CONFLICT},
    sample::{Sample, day},
};
use crate::{
    document::Document,
    model::{
        config::{Config, Level, SectionKind},
        finding::{Finding, Severity},
        span::Span,
        status::Status,
    },
};

fn with_row(cells: [&str; 4]) -> Document {
    Sample::complete("a.md")
        .section(SectionKind::ActionItems)
        .template_table()
        .row(&cells)
        .build()
}

fn found(document: Document, config: &Config) -> Vec<Finding> {
    super::run(&[document], &Context::new(config, day("2026-01-10")))
}

#[test]
fn the_issue_says_whether_an_item_is_late() {
    let config = Config::default();
    let documents = [with_row(["a", "b", "2024-02-01", "In Progress"])];
    let mut context = Context::new(&config, day("2026-01-10"));
    assert_eq!(crate::check::run(&documents, &context).len(), 1);
    context.known.insert(("a.md", 0), Status::Done);
    assert_eq!(crate::check::run(&documents, &context), []);
}

#[test]
fn the_configuration_sets_levels_by_id_and_by_name() {
    let mut config = Config::default();
    config.rules.insert("owner-missing".into(), Level::Error);
    config.rules.insert("follow002".into(), Level::Off);
    let findings = found(with_row(["a", "", "", ""]), &config);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].severity, Severity::Error);
}

#[test]
fn a_rule_that_other_stages_fire_obeys_the_configuration() {
    let mut config = Config::default();
    let make =
        |config: &Config| crate::check::finding(&STATUS_CONFLICT, config, "a.md", None, "m", "r");
    assert_eq!(
        make(&config).map(|finding| finding.rule),
        Some("FOLLOW008".into())
    );
    config.rules.insert("FOLLOW008".into(), Level::Off);
    assert_eq!(make(&config), None);
}

#[test]
fn findings_of_several_stages_are_put_in_order() {
    let config = Config::default();
    let make = |rule, path, start: Option<usize>| {
        let span = start.map(Span::empty);
        crate::check::finding(rule, &config, path, span, "", "")
    };
    let mut findings: Vec<Finding> = [
        make(&OVERDUE, "b.md", Some(1)),
        make(&OVERDUE, "a.md", Some(7)),
        make(&STATUS_CONFLICT, "a.md", Some(3)),
        make(&DUE_MISSING, "a.md", Some(3)),
        make(&SECTION_MISSING, "a.md", None),
    ]
    .into_iter()
    .flatten()
    .collect();
    crate::check::sort(&mut findings);
    let order: Vec<&str> = findings.iter().map(|finding| &*finding.rule).collect();
    assert_eq!(
        order,
        [
            "STRUCT001",
            "FOLLOW002",
            "FOLLOW008",
            "FOLLOW007",
            "FOLLOW007"
        ]
    );
}

#[test]
fn lists_in_several_sections_that_all_lack_dates_are_reported_once() {
    let document = |date: &str| {
        Sample::complete("a.md")
            .line("## Action Items\n\n### Prevent\n")
            .bullet("one")
            .line("\n### Detect\n")
            .bullet(&format!("two{date}"))
            .build()
    };
    let messages = |document: Document| {
        let config = Config::default();
        let findings = super::run(&[document], &Context::new(&config, day("2024-01-10")));
        findings
            .into_iter()
            .filter(|finding| finding.rule == DUE_MISSING.id)
            .map(|finding| finding.message)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        messages(document("")),
        ["None of the 2 open list items has a due date"]
    );
    assert_eq!(
        messages(document(" (due 2024-02-01)")),
        ["“one” has no due date"]
    );
}

#[test]
fn a_summary_in_sentences_tells_what_happened() {
    let config = Config::default();
    let missing = |summary: &str| {
        let text = format!("# Outage\n\n## Summary\n\n{summary}\n\n## Timeline\n\nx\n");
        let document = Document::parse("a.md", text, &crate::document::Vocabulary::new(&config));
        let findings = super::run(&[document], &Context::new(&config, day("2024-01-10")));
        findings.iter().any(|finding| {
            finding.rule == SECTION_MISSING.id && finding.message.contains("What Happened?")
        })
    };
    assert!(!missing(
        "A cache without a limit grew until the kernel ended the process. Orders failed\nuntil the service was started again by hand."
    ));
    assert!(missing(
        "- **Date**: 2024-01-15\n- **Impact**: one order in five was refused, and the page said nothing of the reason why"
    ));
    assert!(missing("It broke."));
}
