//! Title, fields, sections and problems of a document.

use super::{actions, items, read, vocabulary};
use crate::{
    document::{Document, ProblemKind},
    model::{
        config::{FieldKind, SectionKind},
        summary::Meaning,
    },
};

#[test]
fn fields_are_read_in_every_form() {
    for text in [
        "# Outage\n\n## Summary\n- **Date**: 2024-01-15\n- **Severity**: SEV-1\n",
        "# Outage\n\n**Date:** 2024-01-15\n**Severity:** SEV-1\n",
        "# Outage\n\n|  |  |\n|--|--|\n| Date | 2024-01-15 |\n| **Severity** | SEV-1 |\n",
        "# Outage\n\n## Metadata\n\nDate: 2024-01-15\nSeverity: SEV-1\n",
        "---\ndate: 2024-01-15\nseverity: SEV-1\n---\n# Outage\n",
        "# Outage\n\n## Date\n\n2024-01-15\n\n## Severity\n\nSEV-1\n",
        "# 障害\n\n| 項目 | 値 |\n|-|-|\n| 発生日時 | 2024年1月15日 10:00 |\n| 重大度 | SEV-1 |\n",
    ] {
        let document = read(text);
        assert_eq!(
            document.date().map(|day| day.to_string()).as_deref(),
            Some("2024-01-15"),
            "{text}"
        );
        assert_eq!(document.field(FieldKind::Severity), Some("SEV-1"), "{text}");
    }
}

#[test]
fn fields_below_bold_lines_are_read_one_beside_the_other() {
    let text = "# Outage\n\n**Impact:**\nAll of it was down.\n\n**Resolution:**\nWe restarted it.\n\n\
                **Detection:**\nAn alert fired.\n\n## Action items\n\n**Date:** 2024-01-15\n";
    let document = read(text);
    assert_eq!(
        document.field(FieldKind::Impact),
        Some("All of it was down.")
    );
    assert_eq!(
        document.field(FieldKind::Detection),
        Some("An alert fired.")
    );
    assert_eq!(document.field(FieldKind::Date), None);
}

#[test]
fn a_blank_field_is_there_and_empty() {
    let document =
        read("# Outage\n\n## Incident Summary\n- **Date**: \n- **Impact**: [what users felt]\n");
    assert_eq!(document.summary.fields.len(), 2);
    assert!(
        document
            .summary
            .fields
            .iter()
            .all(|field| field.value.value == Meaning::Nothing)
    );
    assert_eq!(document.field(FieldKind::Impact), None);
}

#[test]
fn bold_words_of_the_story_are_no_fields() {
    let document = read(
        "# Outage\n\n## Root Cause\n\n**Impact**: the cache\n\n## Timeline\n\n- **Date**: 2024-01-15\n",
    );
    assert!(document.summary.fields.is_empty());
}

#[test]
fn the_day_is_taken_from_the_title_and_then_from_the_name() {
    assert_eq!(
        read("# Outage of Feb 1, 2024\n")
            .date()
            .map(|day| day.to_string())
            .as_deref(),
        Some("2024-02-01")
    );
    assert_eq!(
        read("# Outage\n")
            .date()
            .map(|day| day.to_string())
            .as_deref(),
        Some("2024-01-15")
    );
    let unnamed = Document::parse("a.md", "# Outage\n".into(), &vocabulary());
    assert_eq!(unnamed.date(), None);
}

#[test]
fn sections_are_known_in_several_languages_and_end_at_the_next() {
    let document = read(
        "# Ausfall\n\n## Zusammenfassung\nx\n\n## Zeitlicher Ablauf\n\n### 10:00\ny\n\n## Was lief gut\nz\n\n# Maßnahmen\n",
    );
    let kinds: Vec<Option<SectionKind>> = document
        .sections
        .iter()
        .map(|section| section.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            None,
            Some(SectionKind::Summary),
            Some(SectionKind::Timeline),
            None,
            Some(SectionKind::WentWell),
            Some(SectionKind::ActionItems)
        ]
    );
    assert_eq!(
        document.sections[2].body.of(&document.text),
        "\n\n### 10:00\ny\n\n"
    );
}

#[test]
fn a_section_with_nothing_but_instructions_is_empty() {
    let text = "# Outage\n\n## Timeline\n\n[Detailed timeline with timestamps]\n\n## What went well\n\n*What helped?*\n\n<!-- be kind -->\n\n\
                ## Lessons\n\n- \n- [Lesson]\n\n## What happened?\n\nIt broke.\n";
    let empty: Vec<bool> = read(text).sections[1..]
        .iter()
        .map(|section| section.is_empty)
        .collect();
    assert_eq!(empty, [true, true, true, false]);
}

#[test]
fn prose_in_an_action_section_is_told_and_makes_no_item() {
    let document = read("# Outage\n\n## Action Items\n\nWe will add an alert soon.\n");
    assert!(document.items.is_empty());
    assert_eq!(document.problems[0].kind, ProblemKind::ProseOnly);
    assert!(
        read("# Outage\n\n## Action Items\n\nOurs:\n\n- Add it\n")
            .problems
            .is_empty()
    );
    assert!(
        read("# Outage\n\n## Action Items\n\n- N/A\n")
            .problems
            .is_empty()
    );
}

#[test]
fn bad_front_matter_hides_nothing() {
    let text = "---\nauthor: @joe\n---\n# Outage\n\n## Action Items\n\n- Add it\n";
    let document = read(text);
    assert_eq!(document.problems[0].kind, ProblemKind::FrontMatter);
    assert!(document.problems[0].span.start >= 4 && document.problems[0].span.end <= 17);
    assert_eq!(document.items.len(), 1);
    assert_eq!(document.items[0].line, 8);
}

#[test]
fn the_identity_is_the_one_that_the_front_matter_gives() {
    assert_eq!(read("---\nid: pm-7\n---\n# x\n").id(), "pm-7");
    assert_eq!(read("# x\n").id(), "postmortems/2024-01-15-outage.md");
}

#[test]
fn bold_bullets_beside_a_label_are_fields_and_what_the_label_holds_is_not() {
    let document = read(
        "# Outage\n\n- **Key events**\n  - Date: unclear\n- **Time to repair**: 7m\n- **Impact**: no checkout\n",
    );
    assert_eq!(document.field(FieldKind::Duration), Some("7m"));
    assert_eq!(document.field(FieldKind::Impact), Some("no checkout"));
    assert_eq!(document.field(FieldKind::Date), None);
}

#[test]
fn sections_at_the_level_of_the_title_are_sections() {
    let kinds = |text: &str| {
        let sections = read(text).sections;
        sections
            .into_iter()
            .filter_map(|section| section.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        kinds("# Overview\n\nIt broke.\n\n# Timeline\n\n## 14:00\n"),
        [SectionKind::Summary, SectionKind::Timeline]
    );
    assert_eq!(
        kinds("# Incident: overview page was down\n\n## Timeline\n"),
        [SectionKind::Timeline]
    );
}

#[test]
fn a_bold_line_opens_promises_though_its_paragraph_goes_on() {
    let text = "# Outage\n\n**Timeline:**\n\n- 14:00 alarm\n\n**Corrective actions:**<br>\nTo keep it from happening again:\n1. Add an alert\n\n\
                **Tasks to address the cause:**\nSoon.\n\n- Split the disk\n";
    assert_eq!(actions(&read(text)), ["Add an alert", "Split the disk"]);
    assert_eq!(read(text).timeline.len(), 1);
    let field = "# Outage\n\n**Impact:**\nNobody could pay.\n\n- for an hour\n";
    assert!(actions(&read(field)).is_empty());
}

#[test]
fn a_report_below_promises_leaves_the_headings_that_look_ahead() {
    let text = "# Outage\n\n## Prevention measures\n\n### Immediate\n\n1. Added a test\n2. Created a script\n3. Documented it\n\n\
                ### Recommended\n\n1. One server for each stage\n2. Automated tests of the routes\n3. Validation of the routes\n";
    assert_eq!(
        actions(&read(text)),
        [
            "One server for each stage",
            "Automated tests of the routes",
            "Validation of the routes"
        ]
    );
}

#[test]
fn a_checklist_among_promises_is_ticked_whenever_it_is_used() {
    let boxes = "- [ ] Tests pass\n- [ ] Alerts are silent\n";
    let document = items(&format!(
        "- Add an alert\n\n### Release checklist\n\n{boxes}"
    ));
    assert_eq!(actions(&document), ["Add an alert"]);
    let whole = items(&format!("### Checklist\n\n{boxes}"));
    assert_eq!(actions(&whole).len(), 2);
}

#[test]
fn a_heading_of_promises_may_be_decorated_and_stand_at_any_level() {
    for heading in [
        "# Action items",
        "###### Action items:",
        "## 5. Action items",
        "## Action items {#actions}",
        "## <a name=\"actions\"></a>Action items",
        "## :ballot_box_with_check: Follow-up tasks",
        "## 🚀 Next steps ##",
        "## **Action items**",
        "Action items\n------------",
        "**Action items**",
        "Action items:",
    ] {
        let text = format!("Title\n=====\n\n## Summary\n\nDown.\n\n{heading}\n\n- Add an alert\n");
        assert_eq!(actions(&read(&text)), ["Add an alert"], "{heading}");
    }
}

#[test]
fn several_sections_of_promises_are_read() {
    let text = "# Outage\n\n## Preventive actions\n\n- Add an alert\n\n## Lessons\n\n- Test more\n\n## Follow-ups\n\n\
                | Task | Who |\n|-|-|\n| Split the disk | Ann |\n\n| Task | Who |\n|-|-|\n| Rotate the logs | Ben |\n";
    assert_eq!(
        actions(&read(text)),
        ["Add an alert", "Split the disk", "Rotate the logs"]
    );
}
