//! What is read of a postmortem beside its items, in shapes that people write.

use super::read;
use crate::{
    document::Document,
    model::{
        config::FieldKind,
        item::Owner,
        moment::When,
        summary::{Field, Meaning},
    },
};

/// Day, time and words of each row of the timeline.
fn rows(document: &Document) -> Vec<String> {
    let entries = document.timeline.iter();
    let shown = entries.map(|entry| {
        let when = entry.when.as_ref().map(|when| &when.value);
        let moment = match when {
            Some(When::At(moment) | When::Between(moment, _)) => Some(moment),
            _ => None,
        };
        let day = moment.and_then(|moment| moment.day.as_ref());
        let day = day.map_or_else(String::new, |day| day.value.to_string());
        let time = moment.and_then(|moment| moment.time);
        let time = time.map_or_else(String::new, |time| time.format("%H:%M").to_string());
        format!("{day} {time} {}", entry.event.text)
    });
    shown.collect()
}

fn names(field: &Field) -> Vec<&str> {
    match &field.value.value {
        Meaning::Names(names) => names.iter().map(Owner::name).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_sentence_gives_the_day_of_rows_that_name_none() {
    let document = read(
        "# Outage\n\nDate: 2024-01-15\n\n## Timeline\n\nAll events happened on 2024-01-14, all times are in UTC.\n\n\
         - 2024-01-13 23:00: deployed\n- 10:00: alarm\n- 11:00: mended\n",
    );
    assert_eq!(
        rows(&document),
        [
            "2024-01-13 23:00 deployed",
            "2024-01-14 10:00 alarm",
            "2024-01-14 11:00 mended"
        ]
    );
}

#[test]
fn days_come_from_headings_and_past_midnight_it_is_the_next_one() {
    let document = read(
        "# Outage\n\n## Timeline (UTC)\n\n### January 15, 2024\n\n- ~23:50 alarm\n- 00:10 mended\n- --:-- somebody called\n\n\
         ### January 18, 2024\n\n- 09:00 review\n",
    );
    assert_eq!(
        rows(&document),
        [
            "2024-01-15 23:50 alarm",
            "2024-01-16 00:10 mended",
            "  somebody called",
            "2024-01-18 09:00 review"
        ]
    );
    let Some(When::At(first)) = document.timeline[0].when.as_ref().map(|when| &when.value) else {
        panic!("{:?}", document.timeline[0]);
    };
    assert!(first.is_about && first.zone.is_some());
}

#[test]
fn times_after_the_start_of_the_incident_are_counted_from_it() {
    let timeline = "## Timeline\n\n- T+0: alarm\n- T+90m: mended\n";
    let document = read(&format!(
        "# Outage\n\n- **Start**: 2024-01-15 23:00 UTC\n\n{timeline}"
    ));
    assert_eq!(
        rows(&document),
        ["2024-01-15 23:00 alarm", "2024-01-16 00:30 mended"]
    );
    let document = read(&format!("# Outage\n\nDate: 2024-01-15\n\n{timeline}"));
    assert_eq!(rows(&document), ["  alarm", "  mended"]);
}

#[test]
fn a_time_may_stand_behind_a_shortcode() {
    let document = read(
        "# Outage\n\nDate: 2024-01-15\n\n## Timeline\n\n- :hourglass: 10:00 AM: alarm\n- :tada: 11:30 AM: mended\n",
    );
    assert_eq!(
        rows(&document),
        ["2024-01-15 10:00 alarm", "2024-01-15 11:30 mended"]
    );
}

#[test]
fn instructions_of_a_template_are_no_rows_of_a_timeline() {
    let document = read(
        "# Outage\n\n## Timeline\n\nSome times to include:\n\n1. time of the page\n2. time of the fix\n",
    );
    assert!(rows(&document).is_empty());
}

#[test]
fn a_bold_question_is_answered_by_the_lines_behind_it() {
    let document = read(
        "# Caída\n\n## 5 Whys\n\n**1. ¿Por qué falló?**\nPorque el disco estaba lleno.\n\n**2. ¿Por qué se llenó?**\nPorque nadie miraba.\n",
    );
    let steps = &document.whys[0].steps;
    let answers = steps
        .iter()
        .map(|why| why.answer.as_ref().map(|answer| answer.text.as_str()));
    let answers: Vec<Option<&str>> = answers.collect();
    assert_eq!(
        answers,
        [
            Some("Porque el disco estaba lleno."),
            Some("Porque nadie miraba.")
        ]
    );
}

#[test]
fn names_stand_one_on_a_line_beside_each_other_or_before_a_colon() {
    for (text, kind, wanted) in [
        (
            "**Authors**: @ann @ben\n",
            FieldKind::Authors,
            ["ann", "ben"],
        ),
        (
            "## Authors\n\n*Ann*\n*Ben*\n",
            FieldKind::Authors,
            ["Ann", "Ben"],
        ),
        (
            "## Affected systems\n\n- **Search:** it was slow for an hour\n- **Shop:** it was down\n",
            FieldKind::Services,
            ["Search", "Shop"],
        ),
    ] {
        let document = read(&format!("# Outage\n\n{text}"));
        let field = document
            .summary
            .fields
            .iter()
            .find(|field| field.kind == kind);
        assert_eq!(field.map(names).unwrap_or_default(), wanted, "{text}");
    }
}

#[test]
fn fields_of_the_front_matter_may_stand_below_one_of_it() {
    let document = read(
        "---\ndate: 2024-01-15\ntimes:\n  start: 2024-01-15 10:00\n  resolved: 2024-01-15 11:30\n---\n# Outage\n",
    );
    assert_eq!(document.field(FieldKind::Start), Some("2024-01-15 10:00"));
    assert_eq!(
        document.field(FieldKind::Resolved),
        Some("2024-01-15 11:30")
    );
}

#[test]
fn fields_beside_the_impact_are_read_wherever_it_stands() {
    let document = read(
        "# Outage\n\n## Timeline\n\n- 10:00 alarm\n\n## Impact\n\n- **Services affected**: Shop\n- **Duración del incidente**: 2 horas\n",
    );
    assert_eq!(document.field(FieldKind::Services), Some("Shop"));
    assert_eq!(document.field(FieldKind::Duration), Some("2 horas"));
}

#[test]
fn steps_of_the_repair_are_no_causes() {
    let document = read(
        "# Outage\n\n## Root cause and resolution\n\n**Root cause**:\nA full disk.\n\n**Resolution**:\nIt was mended by:\n1. Removing logs\n2. Restarting\n",
    );
    let causes: Vec<&str> = document
        .factors
        .iter()
        .map(|cause| cause.text.text.as_str())
        .collect();
    assert!(
        !causes.iter().any(|cause| cause.contains("Restarting")),
        "{causes:?}"
    );
}
