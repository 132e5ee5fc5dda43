//! What people write wrongly, and what they are told.

use proptest::prelude::*;

use super::*;
use crate::model::{config::WriteBack, status::Status};

const RULES: Rules<'static> = Rules {
    names: &["FOLLOW001", "owner-missing"],
    complaints: |_| Vec::new(),
};

fn good(text: &str) -> Config {
    parse("f.yml", text, RULES).unwrap_or_else(|error| panic!("{error}"))
}

fn bad(text: &str) -> ConfigError {
    parse("f.yml", text, RULES).expect_err(text)
}

#[test]
fn nothing_written_means_the_defaults() {
    let commented = "postmortems:\n  # include: []\nissues:\nowners:\nrules:\n  # FOLLOW001: off\n";
    for text in [
        "",
        "\u{feff}",
        "# only words\n",
        "---\n",
        "null\n",
        commented,
        "issues:\n  since:\n",
    ] {
        assert_eq!(good(text), Config::default(), "{text:?}");
    }
}

#[test]
fn what_is_written_is_read() {
    let config = good(
        "time-zone: Europe/Berlin\n\
         issues: {since: 2024-01-31, max-new: 5, label: yes}\n\
         owners:\n  SRE Team: [alice, '@bob', acme/sre]\n  Dev: 'renovate[bot]'\n\
         reading: {status-words: {done: [erledigt]}, date-order: day-first}\n\
         write-back: pull-request\n\
         rules: {FOLLOW001: off, owner-missing: error}\n",
    );
    assert_eq!(config.issues.label, "yes");
    assert_eq!(
        config.issues.since.map(|day| day.to_string()).as_deref(),
        Some("2024-01-31")
    );
    let names: Vec<&str> = config.owners["SRE Team"].names().collect();
    assert_eq!(names, ["alice", "bob", "acme/sre"]);
    assert_eq!(config.reading.status_words[&Status::Done], ["erledigt"]);
    assert_eq!(config.write_back, WriteBack::PullRequest);
}

#[test]
fn an_unknown_key_is_shown_at_its_place_with_the_one_that_was_meant() {
    assert_eq!(
        bad("# ours\r\nissues:\r\n  max_new: 3\r\n").to_string(),
        "error: unknown key `max_new`; did you mean `max-new`?\n \
         --> f.yml:3:3\n  \
         |\n\
         3 |   max_new: 3\n  \
         |   ^^^^^^^\n  \
         |\n  \
         = help: known keys here: `open`, `since`, `max-new`, `label`, `extra-labels`, `in-progress-labels`"
    );
}

#[test]
fn every_mistake_says_where_it_is_and_what_is_allowed() {
    let cases = [
        ("- a\n", (1, 1), "keys with values are needed here"),
        ("time_zone: UTC\n", (1, 1), "did you mean `time-zone`?"),
        (
            "soon-days: 3\n",
            (1, 1),
            "; `soon-days` is a key of `overdue:`",
        ),
        (
            "issues: {fail_on: error}\n",
            (1, 10),
            "; `fail-on` starts in the first column",
        ),
        (
            "owners: {}\ncolour: red\n",
            (2, 1),
            "unknown key `colour`\n",
        ),
        ("time-zone: Mars/Olympus\n", (1, 12), "use an IANA name"),
        (
            "issues:\n  since: 2024-13-01\n",
            (2, 10),
            "write it as `2024-01-31`",
        ),
        ("issues: {max-new: many}\n", (1, 19), "a whole number"),
        ("overdue: {soon-days: 70000}\n", (1, 22), "from 0 to 65535"),
        ("issues:\n  label:\n", (2, 8), "a value is missing here"),
        ("issues: x\n", (1, 9), "keys with values are needed here"),
        ("issues: {}\nissues: {}\n", (2, 1), "given twice"),
        ("fail-on: errors\n", (1, 10), "did you mean `error`?"),
        (
            "rules: {owner-mising: off}\n",
            (1, 9),
            "did you mean `owner-missing`?",
        ),
        ("rules: {FOLLOW001: OFF}\n", (1, 20), "did you mean `off`?"),
        ("owners: {A: 5}\n", (1, 13), "a login such as"),
        (
            "owners: {完了: [b, 'c d']}\n",
            (1, 14),
            "`c d` is neither a login",
        ),
        ("owners: {A: []}\n", (1, 13), "a login or team is needed"),
        (
            "required: {sections: timeline}\n",
            (1, 22),
            "a list is needed here",
        ),
        (
            "required: {fields: [dat]}\n",
            (1, 21),
            "did you mean `date`?",
        ),
        (
            "reading: {status-words: {finished: [x]}}\n",
            (1, 26),
            "unknown value `finished`",
        ),
        (
            "reading: {status-words: {done: [a], blocked: [A]}}\n",
            (1, 33),
            "stands under `blocked` already",
        ),
        (
            "reading: {ticket-prefixes: ['OPS-']}\n",
            (1, 29),
            "`OPS` for `OPS-12`",
        ),
        (
            "postmortems: {include: docs/*.md}\n",
            (1, 24),
            "a list is needed here",
        ),
        (
            "postmortems: {include: ['é', '/a']}\n",
            (1, 30),
            "starts at the root",
        ),
        ("postmortems: {exclude: ['{a']}\n", (1, 25), "no glob"),
        ("issues: {label: 'a,b'}\n", (1, 17), "comma"),
        ("issues: {label: ''}\n", (1, 17), "a label is needed here"),
        ("issues: {extra-labels: [a, ' b']}\n", (1, 28), "blank"),
        ("issues: {max-new: 0}\n", (1, 19), "at least 1"),
        (
            "overdue: {label: Postmortem-Action}\n",
            (1, 18),
            "`issues: label` already",
        ),
        (
            "overdue: {soon-label: overdue}\n",
            (1, 23),
            "`overdue: label` already",
        ),
        ("overdue: {flag: ' | late'}\n", (1, 17), "no `|`"),
        ("overdue: {flag: \"a\\nb\"}\n", (1, 17), "no line break"),
        (
            "fail-on: error\n---\nfail-on: info\n",
            (3, 1),
            "a second document",
        ),
    ];
    for (text, (line, column), words) in cases {
        let error = bad(text);
        let place = Position { line, column };
        assert_eq!(error.mistakes[0].position, Some(place), "{error}");
        assert!(error.to_string().contains(words), "{words}: {error}");
        assert!(error.to_string().contains("f.yml"), "{error}");
    }
}

#[test]
fn all_values_that_cannot_be_meant_are_told_at_once() {
    let error = bad("issues: {max-new: 0, label: 'a,b'}\nrules: {x: off}\n");
    assert_eq!(error.mistakes.len(), 3);
}

#[test]
fn mistakes_of_yaml_itself_come_with_a_way_out() {
    for (text, words) in [
        ("owners:\n  Alice: @alice\n", "needs quotes: `\"@alice\"`"),
        ("issues:\n\tlabel: a\n", "replace the tab"),
        ("issues: [\n", "yaml.org"),
        ("issues: {label: \"\\q\"}\n", "yaml.org"),
    ] {
        let error = bad(text).to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn an_empty_label_switches_the_overdue_labels_off() {
    let config = good("overdue: {label: '', soon-label: '', flag: ''}\n");
    assert!(config.overdue.label.is_empty());
}

#[test]
fn a_configuration_that_somebody_named_must_be_there_and_the_usual_one_need_not() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let load = |source| load(root.path(), root.path(), source, RULES);
    assert_eq!(load(Source::Usual).expect("defaults"), Config::default());
    assert_eq!(
        load(Source::Text(None)).expect("defaults"),
        Config::default()
    );
    let error = load(Source::Named(Path::new("ours.yml"))).expect_err("missing");
    assert!(
        error.to_string().contains("ours.yml does not exist"),
        "{error}"
    );
    std::fs::write(root.path().join("ours.yml"), "fail-on: never\n").expect("written");
    let config = load(Source::Named(Path::new("ours.yml"))).expect("read");
    assert_eq!(config.fail_on, crate::model::config::FailOn::Never);
    let base = load(Source::Text(Some("max: 1\n"))).expect_err("unknown key");
    assert!(base.to_string().contains(CONFIG_PATH));
}

#[test]
fn both_endings_of_the_usual_file_are_known_and_two_files_are_a_mistake() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let load = || load(root.path(), root.path(), Source::Usual, RULES);
    std::fs::create_dir(root.path().join(".github")).expect("made");
    let put = |name: &str| std::fs::write(root.path().join(name), "issues: {max-new: 3}\n");
    put(".github/followthrough.yaml").expect("written");
    assert_eq!(load().expect("read").issues.max_new, 3);
    put(".github/followthrough.yml").expect("written");
    let error = load().expect_err("two files").to_string();
    assert!(
        error.contains("followthrough.yaml are both there"),
        "{error}"
    );
}

proptest! {
    #[test]
    fn any_text_is_a_configuration_or_a_mistake_with_words(text in any::<String>()) {
        if let Err(error) = parse("f.yml", &text, RULES) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn text_that_looks_like_a_configuration_is_one_or_a_mistake_with_words(
        text in "((  )?(issues|label|max-new|rules|owners|FOLLOW001|include|完了|- |'a'|\"b|\\[|\\{|&a|\\*a|<<|@|\t|\r|#)(:|: )?(\n| )?){0,10}",
    ) {
        if let Err(error) = parse("f.yml", &text, RULES) {
            prop_assert!(!error.mistakes.is_empty());
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
