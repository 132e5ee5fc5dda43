//! Findings as SARIF 2.1.0, which code scanning of GitHub and other hosts reads.
//!
//! The format: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Report, place::Documents};
use crate::{
    check::{Rule, rules},
    model::{
        config::Level,
        escape::{json_text, plain_line, url_path},
        finding::{Finding, Severity},
    },
};

/// One log with one run: every rule, those of the configuration (`own`) last, and every finding with its place and a fingerprint that survives moved lines.
#[must_use]
pub fn log(report: &Report<'_>, own: &[Rule]) -> String {
    let rules: Vec<&Rule> = rules::ALL.into_iter().chain(own).collect();
    let documents = Documents::of(report);
    let mut seen = BTreeMap::new();
    let results = report
        .findings
        .iter()
        .map(|finding| outcome(&documents, &rules, finding, &mut seen))
        .collect();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "followthrough",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: rules.iter().map(|rule| Descriptor::of(rule)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results,
        }],
    };
    // Structs of strings, numbers and lists always have a JSON form.
    let text = serde_json::to_string_pretty(&log).unwrap_or_default();
    format!("{}\n", json_text(&text))
}

fn outcome(
    documents: &Documents<'_>,
    rules: &[&Rule],
    finding: &Finding,
    seen: &mut BTreeMap<String, usize>,
) -> Outcome {
    let region = documents.place(finding).map(|place| Region {
        start_line: place.start.line,
        start_column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
    });
    Outcome {
        rule_id: finding.rule.clone(),
        rule_index: rules.iter().position(|rule| rule.id == finding.rule),
        level: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        },
        message: Message {
            text: harmless(&format!("{}. {}.", finding.message, finding.remedy)),
        },
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation {
                    uri: url_path(&finding.path),
                },
                region,
            },
        }],
        partial_fingerprints: Fingerprints {
            line: fingerprint(documents, finding, seen),
        },
    }
}

/// Viewers read `[…](…)` in a message as a link, and hosts post messages as comments.
fn harmless(message: &str) -> String {
    plain_line(message).replace("](", "]\u{200b}(")
}

/// Hash of rule, path and the line's text, and a number among equals. Lines above may come and go.
fn fingerprint(
    documents: &Documents<'_>,
    finding: &Finding,
    seen: &mut BTreeMap<String, usize>,
) -> String {
    let line = documents.located(finding).map_or("", |(document, span)| {
        let number = document.lines.line(span.start);
        document
            .lines
            .span(&document.text, number)
            .of(&document.text)
            .trim()
    });
    let digest = Sha256::digest(format!("{}\0{}\0{line}", finding.rule, finding.path));
    let hash = digest.iter().take(8).fold(String::new(), |mut hash, byte| {
        // Writing into a string cannot fail.
        let _ = write!(hash, "{byte:02x}");
        hash
    });
    let number = seen.entry(hash.clone()).or_default();
    *number += 1;
    format!("{hash}:{number}")
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: Cow<'static, str>,
    name: Cow<'static, str>,
    short_description: Message,
    full_description: Message,
    help: Help,
    default_configuration: Configuration,
}

impl Descriptor {
    fn of(rule: &Rule) -> Self {
        Self {
            id: rule.id.clone(),
            name: rule.name.clone(),
            short_description: Message {
                text: rule.summary().to_owned(),
            },
            full_description: Message {
                text: rule.section("What it checks"),
            },
            help: Help {
                text: rule.section("How to fix it"),
                markdown: rule.page(),
            },
            default_configuration: Configuration {
                enabled: rule.default != Level::Off,
                level: match rule.default {
                    Level::Error => "error",
                    Level::Warning => "warning",
                    Level::Info | Level::Off => "note",
                },
            },
        }
    }
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

/// Lines and columns from 1; the end column is one past the last character.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// NOTE: this is the only name of a fingerprint that GitHub reads
/// (<https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>).
#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "primaryLocationLineHash")]
    line: String,
}
