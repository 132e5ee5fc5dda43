//! `action.yml` passes inputs, outputs and exit code through unchanged, whatever they hold.

use std::collections::BTreeMap;

use super::{
    runner::{Machine, Run, run},
    text, yaml,
};

/// A program in the place of the real one: it notes what it was given, and answers what it is told to.
const PROGRAM: &str = r#"#!/usr/bin/env bash
printf '%s\n' "$@" > "$NOTES/arguments"
for name in COMMAND PATHS CONFIG FAIL_ON WRITE_BACK TODAY; do
  name="FOLLOWTHROUGH_$name"
  printf '%s' "${!name}" > "$NOTES/$name"
done
printf '%s' "$GITHUB_TOKEN" > "$NOTES/GITHUB_TOKEN"
for name in items opened updated overdue findings changed; do
  printf '%s=%s\n' "$name" "the $name" >> "$GITHUB_OUTPUT"
done
printf 'plan<<end\nthe plan\nend\n' >> "$GITHUB_OUTPUT"
exit "${ANSWER:-0}"
"#;

fn started(inputs: &[(&str, &str)], answer: &str) -> Run {
    run(inputs, ready(answer))
}

/// A machine with a ready program.
fn ready(answer: &str) -> Machine<'_> {
    Machine {
        program: PROGRAM,
        is_ready: true,
        answer,
        ..Machine::default()
    }
}

#[test]
fn no_expression_reaches_a_script() {
    for step in yaml(&text("action.yml"))["runs"]["steps"]
        .as_array()
        .unwrap()
    {
        let script = step["run"].as_str().unwrap_or_default();
        assert!(!script.contains("${{"), "{script}");
        if !script.is_empty() {
            assert_eq!(step["shell"], "bash");
        }
    }
}

#[test]
fn every_input_reaches_the_program_as_it_was_written() {
    let hostile = "$(touch escaped) `id` \"q\" 'q' %0A ::error::x\nsecond line; exit 9";
    let names = [
        ("command", "FOLLOWTHROUGH_COMMAND"),
        ("paths", "FOLLOWTHROUGH_PATHS"),
        ("config", "FOLLOWTHROUGH_CONFIG"),
        ("fail-on", "FOLLOWTHROUGH_FAIL_ON"),
        ("write-back", "FOLLOWTHROUGH_WRITE_BACK"),
        ("today", "FOLLOWTHROUGH_TODAY"),
        ("token", "GITHUB_TOKEN"),
    ];
    let action = yaml(&text("action.yml"));
    let declared: Vec<_> = action["inputs"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let mut covered: Vec<_> = names.iter().map(|(input, _)| (*input).to_owned()).collect();
    covered.sort();
    assert_eq!(declared, covered);
    for (input, variable) in names {
        let run = started(&[(input, hostile)], "0");
        assert_eq!(run.note(variable), hostile, "{input}");
        assert_eq!(run.note("arguments"), "action\n");
        assert!(!run.workspace_has("escaped"));
    }
}

#[test]
fn without_inputs_the_program_gets_the_defaults_and_the_jobs_token() {
    let run = started(&[], "0");
    let seen: Vec<_> = [
        "COMMAND",
        "PATHS",
        "CONFIG",
        "FAIL_ON",
        "WRITE_BACK",
        "TODAY",
    ]
    .map(|name| run.note(&format!("FOLLOWTHROUGH_{name}")))
    .to_vec();
    assert_eq!(seen, ["auto", "", "", "", "", ""]);
    assert_eq!(run.note("GITHUB_TOKEN"), "the job's token");
}

#[test]
fn every_output_is_the_programs_own() {
    let run = started(&[], "0");
    let mut expected: BTreeMap<String, String> = [
        "items", "opened", "updated", "overdue", "findings", "changed", "plan",
    ]
    .map(|name| (name.to_owned(), format!("the {name}")))
    .into();
    expected.insert("exit-code".into(), "0".into());
    assert_eq!(run.outputs, expected);
}

#[test]
fn the_step_fails_with_the_exit_code_of_the_program_and_still_has_outputs() {
    for code in ["1", "2", "3", "4"] {
        let run = started(&[], code);
        assert_eq!(run.code.to_string(), code);
        assert_eq!(run.outputs["exit-code"], code);
        assert_eq!(run.outputs["findings"], "the findings");
    }
}

#[test]
fn a_ready_program_is_neither_fetched_nor_built() {
    let run = started(&[], "0");
    assert_eq!(run.steps, ["find", "run"]);
}

#[test]
fn a_ready_program_that_is_not_there_is_an_error_that_names_the_variable() {
    let machine = Machine {
        program: "",
        ..ready("0")
    };
    let run = run(&[], machine);
    assert_eq!(run.code, 2);
    assert!(run.log.contains("::error"), "{}", run.log);
    assert!(run.log.contains("FOLLOWTHROUGH_BINARY"), "{}", run.log);
}

#[test]
fn without_a_ready_program_the_named_source_is_built_and_kept_before_it_runs() {
    let run = run(
        &[],
        Machine {
            is_ready: false,
            cargo: "1.999.0",
            ..ready("1")
        },
    );
    assert_eq!(
        run.steps,
        ["find", "cache", "build", "keep", "run"],
        "{}",
        run.log
    );
    assert_eq!(run.code, 1);
    assert_eq!(run.note("arguments"), "action\n");
    let source = env!("CARGO_MANIFEST_DIR");
    let home = &run.with["cache.path"];
    assert_eq!(
        run.note("cargo"),
        format!("install\n--locked\n--path\n{source}\n--root\n{home}\n")
    );
    assert_eq!(run.note("rustup"), "");
    assert_eq!(run.with["keep.path"], *home);
    assert_eq!(run.with["keep.key"], run.with["cache.key"]);
    let version = env!("CARGO_PKG_VERSION");
    let start = format!("followthrough-{version}-Linux-X64-");
    assert!(run.with["cache.key"].starts_with(&start), "{:?}", run.with);
}

#[test]
fn a_program_in_the_cache_is_not_built_again() {
    let run = run(
        &[],
        Machine {
            is_ready: false,
            is_cached: true,
            cargo: "1.999.0",
            ..ready("0")
        },
    );
    assert_eq!(run.steps, ["find", "cache", "run"], "{}", run.log);
    assert_eq!(run.note("cargo"), "");
    assert_eq!(run.note("arguments"), "action\n");
}

#[test]
fn a_rust_that_is_too_old_is_joined_by_the_one_that_the_manifest_promises() {
    let run = run(
        &[],
        Machine {
            is_ready: false,
            cargo: "1.9.0",
            ..ready("0")
        },
    );
    let promised = env!("CARGO_PKG_RUST_VERSION");
    let asked = run.note("rustup");
    let install = format!("toolchain install {promised} --profile minimal --no-self-update\n");
    assert!(asked.starts_with(&install), "{asked}");
    assert!(
        asked.contains(&format!("run {promised} cargo install")),
        "{asked}"
    );
    assert_eq!(run.code, 0, "{}", run.log);
}
