//! Takes the built-in word list apart: `[table]`, then words separated by commas.

use crate::model::config::SectionKind;

pub(super) const SECTIONS: [SectionKind; 13] = [
    SectionKind::Summary,
    SectionKind::WhatHappened,
    SectionKind::Timeline,
    SectionKind::Impact,
    SectionKind::Cause,
    SectionKind::Detection,
    SectionKind::Resolution,
    SectionKind::WentWell,
    SectionKind::CouldBeImproved,
    SectionKind::Lucky,
    SectionKind::ActionItems,
    SectionKind::Lessons,
    SectionKind::Finished,
];

/// The value whose serialised name is `name`, so that the word list uses the names of the configuration.
pub(super) fn named<T: Copy + serde::Serialize>(name: &str, values: &[T]) -> Option<T> {
    values
        .iter()
        .copied()
        .find(|value| serde_json::to_value(value).is_ok_and(|written| written == name))
}

/// The tables of the word list: `[name]`, then words separated by commas.
pub(super) fn tables() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut tables: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in include_str!("words.txt").lines().map(str::trim) {
        if line.starts_with('#') {
            continue;
        }
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            tables.push((name, Vec::new()));
        } else if let Some((_, words)) = tables.last_mut() {
            words.extend(
                line.split(',')
                    .map(str::trim)
                    .filter(|word| !word.is_empty()),
            );
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::{Column, facts::FactWords},
        model::{config::FieldKind, status::Status},
    };

    #[test]
    fn every_table_of_the_word_list_is_known() {
        let lists = [
            "placeholders",
            "unassigned",
            "sure-action-columns",
            "time-columns",
            "date-columns",
            "action-headings",
            "whole-action-headings",
            "weak-action-headings",
            "finished-headings",
            "no-action-headings",
            "work",
            "unfinished-headings",
            "corrective-headings",
            "nothing-to-do",
            "groups",
            "checklists",
            "examples",
            "indefinite-articles",
            "days",
            "weeks",
            "months",
            "before-spans",
            "behind-spans",
            "before-periods",
            "between-periods",
            "calendar-weeks",
            "owner-marks",
            "due-marks",
            "loose-due-marks",
            "status-marks",
            "past-verbs",
            "zone-sentences",
            "weekdays",
            "about",
            "time-joins",
            "range-words",
            "hour-words",
            "half-day am",
            "half-day pm",
            "unknown-times",
            "declined",
            "when-columns",
            "end-columns",
            "factor-headings",
            "why-headings",
            "why-words",
            "answer-columns",
            "category-columns",
            "role-columns",
            "people-headings",
            "related-headings",
            "repeat-words",
        ];
        for (table, words) in tables() {
            let (kind, name) = table.split_once(' ').unwrap_or((table, ""));
            let known = match kind {
                "status" | "sign" => named(name, &Status::ALL).is_some(),
                "column" => named(name, &Column::ALL).is_some(),
                "field" => named(name, &FieldKind::ALL).is_some(),
                "section" => named(name, &SECTIONS).is_some(),
                "table" => words.len() == 6,
                "language" => {
                    let mut tables = tables().into_iter();
                    tables.any(|(table, _)| table == format!("table {name}"))
                }
                "month" => name.parse::<u32>().is_ok(),
                _ => FactWords::default().learn(kind, name, &words) || lists.contains(&table),
            };
            assert!(known && !words.is_empty(), "[{table}]");
        }
    }
}
