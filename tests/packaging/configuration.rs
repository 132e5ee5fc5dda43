//! The commented configuration that `init` writes names every setting, with its default.

use std::collections::BTreeSet;

use followthrough::model::config::Config;

use super::{SINCE, rendered, text};

/// The template with every setting switched on: a `#` at the start of a line is a setting, unless one blank and a word follow.
fn uncommented() -> String {
    rendered("followthrough.yml")
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') || rest.starts_with("  ") => rest,
            _ => line,
        })
        .fold(String::new(), |all, line| all + line + "\n")
}

#[test]
fn every_setting_of_the_template_shows_its_default() {
    let config: Config = serde_saphyr::from_str(&uncommented()).expect("every key is known");
    assert_eq!(config.issues.since, Some(SINCE.parse().unwrap()));
    let mut without_since = config;
    without_since.issues.since = None;
    assert_eq!(without_since, Config::default());
}

#[test]
fn the_template_as_written_sets_the_day_of_adoption_and_nothing_else() {
    let mut config: Config = serde_saphyr::from_str(&rendered("followthrough.yml")).unwrap();
    assert_eq!(config.issues.since.take(), Some(SINCE.parse().unwrap()));
    assert_eq!(config, Config::default());
}

/// The names of the settings are read from the source, since a type does not tell its fields at run time.
#[test]
fn the_template_names_every_setting() {
    let source = text("src/model/config.rs") + &text("src/model/config/required.rs");
    let mut missing = BTreeSet::new();
    let template = uncommented();
    for section in [
        "Config",
        "Postmortems",
        "Issues",
        "Overdue",
        "Reading",
        "Required",
        "Names",
    ] {
        let (_, body) = source
            .split_once(&format!("pub struct {section} {{\n"))
            .unwrap_or_else(|| panic!("no section {section}"));
        let (body, _) = body.split_once("\n}").unwrap();
        for line in body.lines() {
            let Some((name, _)) = line
                .trim()
                .strip_prefix("pub ")
                .and_then(|l| l.split_once(':'))
            else {
                continue;
            };
            let key = name.replace('_', "-");
            if !template
                .lines()
                .any(|line| line.trim_start().starts_with(&format!("{key}:")))
            {
                missing.insert(format!("{section}: {key}"));
            }
        }
    }
    assert_eq!(missing, BTreeSet::new());
}

#[test]
fn the_settings_of_the_sample_are_read() {
    let config: Config =
        serde_saphyr::from_str(&text("sample/.github/followthrough.yml")).expect("known keys");
    assert_eq!(
        config.issues.since,
        Some("2024-01-01".parse().unwrap()),
        "all postmortems of the sample are in scope"
    );
}
