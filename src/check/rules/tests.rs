//! Each rule has a page and a name, fires where it should, and is silent where it should be.

use std::collections::BTreeSet;

use super::*;
use crate::{
    check::{
        Context,
        sample::{Sample, day},
    },
    document::{Document, Problem, ProblemKind, Vocabulary},
    model::{
        config::{Config, FieldKind, Level, SectionKind},
        finding::Finding,
    },
};

const ITEM: [&str; 4] = ["Alert on memory", "SRE Team", "2026-02-01", "In Progress"];

fn sample() -> Sample {
    Sample::complete("a.md").section(SectionKind::ActionItems)
}

fn with_row(cells: [&str; 4]) -> Document {
    sample().template_table().row(&cells).build()
}

fn prose(text: &str) -> Document {
    sample().line(text).build()
}

fn torn() -> Document {
    let mut document = with_row(ITEM);
    document.problems.push(Problem {
        kind: ProblemKind::TornTable,
        span: document.tables[0].span,
        detail: String::new(),
    });
    document
}

fn found(document: Document, config: &Config) -> Vec<Finding> {
    crate::check::run(&[document], &Context::new(config, day("2026-01-10")))
}

fn found_by(rule: &Rule, document: Document) -> Vec<Finding> {
    let mut config = Config::default();
    if rule.default == Level::Off {
        config.rules.insert(rule.id.to_string(), Level::Info);
    }
    let mut findings = found(document, &config);
    findings.retain(|finding| finding.rule == rule.id);
    findings
}

/// For each rule that looks at documents: one document that fires it once, and one that does not.
fn cases() -> Vec<(&'static Rule, Document, Document)> {
    let good = || with_row(ITEM);
    let row = |at: usize, text: &'static str| {
        let mut cells = ITEM;
        cells[at] = text;
        with_row(cells)
    };
    let summary = |value: &str| {
        Sample::new("a.md")
            .section(SectionKind::Summary)
            .field(FieldKind::Duration, value)
    };
    let twice = |second: &'static str| sample().bullet("Limit the queue").bullet(second).build();
    let owned_by = |owner: &'static str| row(1, owner);
    vec![
        (
            &DUPLICATE_IN_DOCUMENT,
            twice("Limit the **queue**."),
            twice("Limit the cache"),
        ),
        (&NAMED_INDIVIDUAL, owned_by("@alice"), owned_by("@acme/sre")),
        (&OWNER_MISSING, row(1, ""), good()),
        (&DUE_MISSING, row(2, ""), good()),
        (&DUE_UNREADABLE, row(2, "03/04/2026"), good()),
        (
            &PAST_DUE_AT_BIRTH,
            row(2, "2023-02-01"),
            row(2, "2024-01-08"),
        ),
        (&STATUS_UNKNOWN, row(3, "Halfway-ish"), row(3, "")),
        (&OVERDUE, row(2, "2026-01-09"), row(2, "2026-01-10")),
        (&SECTION_MISSING, Sample::new("a.md").build(), good()),
        (&SUMMARY_FIELD_MISSING, summary("1 h").build(), good()),
        (
            &SUMMARY_FIELD_EMPTY,
            summary("").build(),
            summary("unknown").build(),
        ),
        (
            &ACTIONS_ONLY_AS_PROSE,
            prose("We plan to do it."),
            prose("There are no further action items."),
        ),
        (
            &FRONT_MATTER_INVALID,
            Sample::new("a.md")
                .line(
                    "---
title: a: b
---",
                )
                .build(),
            good(),
        ),
        (
            &NO_ACTION_ITEMS,
            sample().build(),
            sample().line("None.").build(),
        ),
        (&TORN_TABLE, torn(), good()),
    ]
}

#[test]
fn every_rule_has_a_page_with_its_four_headings() {
    for rule in ALL {
        assert!(rule.summary().ends_with('.'), "{}", rule.id);
        for heading in [
            "What it checks",
            "Why it matters",
            "Example",
            "How to fix it",
        ] {
            assert!(!rule.section(heading).is_empty(), "{}: {heading}", rule.id);
        }
        assert!(
            rule.page().lines().all(|line| !line.starts_with(' ')),
            "{}",
            rule.id
        );
        assert!(rule.section("Example").contains("```"), "{}", rule.id);
    }
}

#[test]
fn ids_and_names_are_unique_and_follow_the_convention() {
    let ids: Vec<&str> = ALL.iter().map(|rule| &*rule.id).collect();
    let names: BTreeSet<&str> = ALL.iter().map(|rule| &*rule.name).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    assert_eq!(names.len(), ALL.len());
    for rule in ALL {
        let (family, number) = rule.id.split_at(rule.id.len() - 3);
        assert!(
            family.chars().all(|c| c.is_ascii_uppercase()),
            "{}",
            rule.id
        );
        assert!(number.chars().all(|c| c.is_ascii_digit()), "{}", rule.id);
        let words = rule
            .name
            .split('-')
            .all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase()));
        assert!(words, "{}", rule.name);
    }
}

#[test]
fn every_rule_that_reads_documents_has_a_case_that_fires_it_once_and_one_that_does_not() {
    let mut with_case = BTreeSet::new();
    for (rule, fires, silent) in cases() {
        assert_eq!(found_by(rule, fires).len(), 1, "{} fires once", rule.name);
        assert_eq!(found_by(rule, silent), [], "{} is silent", rule.name);
        with_case.insert(&*rule.id);
    }
    let with_check: BTreeSet<&str> = ALL
        .iter()
        .filter(|rule| rule.check.is_some())
        .map(|rule| &*rule.id)
        .collect();
    assert_eq!(with_case, with_check);
}

#[test]
fn a_complete_document_has_no_finding() {
    assert_eq!(found(with_row(ITEM), &Config::default()), []);
}

#[test]
fn settled_items_need_neither_owner_nor_day() {
    for status in ["Done", "Won't Do"] {
        let document = with_row(["Alert on memory", "", "next sprint", status]);
        assert_eq!(found(document, &Config::default()), []);
    }
}

#[test]
fn missing_sections_are_told_in_one_finding_that_names_them_all() {
    let document = Sample::new("a.md").section(SectionKind::Timeline).build();
    let findings = found_by(&SECTION_MISSING, document);
    assert_eq!(
        findings[0].message,
        "The sections Incident Summary, What Happened?, What Went Well, What Could Be Improved, Action Items and \
         Lessons Learned are missing"
    );
}

#[test]
fn a_document_that_says_that_there_is_nothing_to_do_misses_no_action_items() {
    let document = Sample::complete("a.md")
        .line("There are no follow-up actions.")
        .build();
    assert_eq!(found(document, &Config::default()), []);
}

#[test]
fn an_ongoing_incident_needs_no_duration() {
    let document = Sample::new("a.md")
        .field(FieldKind::Date, "2024-01-08")
        .field(FieldKind::Status, "Ongoing")
        .field(FieldKind::Impact, "All")
        .field(FieldKind::Severity, "SEV1")
        .build();
    assert_eq!(found_by(&SUMMARY_FIELD_MISSING, document), []);
}

#[test]
fn an_ambiguous_date_is_told_with_both_readings_and_both_ways_out() {
    let findings = found_by(&DUE_UNREADABLE, with_row(["a", "b", "03/04/2026", ""]));
    assert_eq!(
        findings[0].message,
        "“03/04/2026” is 3 April 2026 or 4 March 2026, depending on who reads it"
    );
    assert_eq!(
        findings[0].remedy,
        "Write 2026-04-03 or 2026-03-04, or set `reading.date-order` in the configuration"
    );
}

#[test]
fn a_date_that_many_items_share_is_told_of_once() {
    let mut document = sample()
        .template_table()
        .row(&["one", "SRE", "soonish", ""])
        .row(&["two", "SRE", "soonish", ""])
        .build();
    assert_eq!(found_by(&DUE_UNREADABLE, document.clone()).len(), 2);
    document.items[1].due = document.items[0].due.clone();
    assert_eq!(found_by(&DUE_UNREADABLE, document).len(), 1);
}

#[test]
fn the_span_of_a_finding_cuts_out_the_words_concerned() {
    let document = with_row(["a", "b", "soonish", ""]);
    let text = document.text.clone();
    let findings = found_by(&DUE_UNREADABLE, document);
    assert_eq!(findings[0].span.map(|span| span.of(&text)), Some("soonish"));
}

#[test]
fn each_row_without_an_owner_is_reported_once() {
    let document = sample()
        .template_table()
        .row(&["one", "", "2026-02-01", ""])
        .row(&["two", "", "2026-02-01", ""])
        .row(&["three", "SRE", "2026-02-01", ""])
        .build();
    let messages: Vec<String> = found_by(&OWNER_MISSING, document)
        .into_iter()
        .map(|finding| finding.message)
        .collect();
    assert_eq!(messages, ["“one” has no owner", "“two” has no owner"]);
}

#[test]
fn a_table_without_an_owner_column_is_reported_once_at_its_header() {
    let document = sample()
        .table(&["Action", "Due"])
        .row(&["one", "2026-02-01"])
        .row(&["two", "2026-02-01"])
        .build();
    let text = document.text.clone();
    let findings = found_by(&OWNER_MISSING, document);
    assert_eq!(findings.len(), 1);
    assert_eq!(
        findings[0].span.map(|span| span.of(&text)),
        Some("| Action | Due |")
    );
    assert!(
        findings[0]
            .message
            .starts_with("None of the 2 open items in this table has an owner")
    );
}

#[test]
fn a_long_list_in_which_nobody_is_named_is_reported_once() {
    let document = sample().bullet("one").bullet("two").bullet("three").build();
    let messages: Vec<String> = found_by(&DUE_MISSING, document)
        .into_iter()
        .map(|finding| finding.message)
        .collect();
    assert_eq!(
        messages,
        ["None of the 3 open items under “Action Items” has a due date"]
    );
}

#[test]
fn an_owner_of_the_document_owns_every_item() {
    let front_matter = Sample::new("a.md").line("---\nowner: SRE\n---");
    let document = front_matter
        .section(SectionKind::ActionItems)
        .bullet("one")
        .build();
    assert_eq!(document.items.len(), 1);
    assert_eq!(found_by(&OWNER_MISSING, document), []);
}

#[test]
fn a_rule_is_found_by_id_and_name_and_a_slip_gets_a_suggestion() {
    assert_eq!(
        find("Owner-Missing").map(|rule| &*rule.id).ok(),
        Some("FOLLOW001")
    );
    assert_eq!(
        find("follow001").map(|rule| &*rule.name).ok(),
        Some("owner-missing")
    );
    let told = find("owner_mising").expect_err("no rule").to_string();
    assert_eq!(
        told,
        "there is no rule `owner_mising`; did you mean `owner-missing` (FOLLOW001)?"
    );
    let told = find("weather").expect_err("no rule").to_string();
    assert_eq!(
        told,
        "there is no rule `weather`; `followthrough explain` lists them all"
    );
}

#[test]
fn the_configuration_knows_each_rule_by_id_and_name() {
    let words = words();
    assert_eq!(words.len(), 2 * ALL.len());
    assert!(words.into_iter().all(|word| find(word).is_ok()));
}

/// The first Markdown block of a section of the rule's page.
fn block(rule: &Rule, heading: &str) -> Option<String> {
    let section = rule.section(heading);
    let (_, rest) = section.split_once("```markdown\n")?;
    rest.split_once("\n```")
        .map(|(block, _)| format!("{block}\n"))
}

#[test]
fn the_example_of_a_page_fires_its_rule_and_the_mended_one_does_not() {
    let vocabulary = Vocabulary::new(&Config::default());
    let read = |text| Document::parse("a.md", text, &vocabulary);
    let reads = |rule: &&Rule| rule.check.is_some() || rule.wording.is_some();
    for rule in ALL.into_iter().filter(reads) {
        let Some(example) = block(rule, "Example") else {
            // No text is known that the two readers of a table split differently.
            assert_eq!(rule.name, "torn-table");
            continue;
        };
        assert_eq!(
            found_by(rule, read(example)).len(),
            1,
            "the example of {}",
            rule.name
        );
        let mended = block(rule, "How to fix it").expect("a way out");
        assert_eq!(
            found_by(rule, read(mended)),
            [],
            "the way out of {}",
            rule.name
        );
    }
}
