//! Holds the layout of the code: who may import whom, what pure modules must not touch, and how files look.
//!
//! `src/lib.rs` declares the modules in the order in which data flows. A module imports only modules declared
//! above it, and of those only the ones that the `//! Imports:` line of its root file names.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "test code: a surprise shall stop the test where it happens"
)]

mod rust;

use std::{collections::BTreeMap, fs, path::Path};

use rust::{Mention, mentions};

/// Modules that compute and touch nothing outside.
const PURE: [&str; 5] = ["model", "document", "check", "plan", "report"];
/// What they must not name.
const OUTSIDE: [&str; 7] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "tokio",
    "async_trait",
    "octocrab",
];
/// The calendar clock.
const CLOCK: [&str; 3] = ["Utc::now", "Local::now", "SystemTime"];
const LONGEST_FILE: usize = 400;

/// A source file: path relative to the package, with `/`, and text.
#[derive(Clone)]
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// `tracker` for `src/tracker/github/rest.rs`; `None` for `lib.rs` and `main.rs`.
    fn module(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        match inside.split_once('/') {
            Some((module, _)) => Some(module),
            None => inside
                .strip_suffix(".rs")
                .filter(|name| !matches!(*name, "lib" | "main")),
        }
    }

    /// How deep the file's own module lies below the root of the crate.
    fn depth(&self) -> usize {
        let inside = self.path.trim_start_matches("src/");
        let depth = inside.split('/').count();
        if inside.ends_with("mod.rs") {
            depth - 1
        } else {
            depth
        }
    }

    fn is_root_of(&self, module: &str) -> bool {
        self.path == format!("src/{module}.rs") || self.path == format!("src/{module}/mod.rs")
    }
}

fn read(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join(folder)];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(root).unwrap().to_string_lossy();
                sources.push(Source {
                    path: relative.replace('\\', "/"),
                    text: fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

/// The modules in the order of `lib.rs`.
fn order(sources: &[Source]) -> Vec<String> {
    let lib = sources.iter().find(|source| source.path == "src/lib.rs");
    let lines = lib.map_or("", |lib| &lib.text).lines();
    lines
        .filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// What the `//! Imports:` line of a module allows.
fn allowed(module: &str, order: &[String], sources: &[Source]) -> Result<Vec<String>, String> {
    let above = &order[..order.iter().position(|name| name == module).unwrap_or(0)];
    let Some(root) = sources.iter().find(|source| source.is_root_of(module)) else {
        return Err(format!("src/lib.rs: module `{module}` has no file"));
    };
    let line = root
        .text
        .lines()
        .find_map(|line| line.strip_prefix("//! Imports:"));
    let Some(line) = line else {
        let path = &root.path;
        return Err(format!(
            "{path}:1: no line `//! Imports: …` (write `nothing` where it imports none)"
        ));
    };
    match line.trim().trim_end_matches('.') {
        "nothing" => Ok(Vec::new()),
        "everything above" if module == "run" => Ok(above.to_vec()),
        list => Ok(list.split(',').map(|name| name.trim().to_owned()).collect()),
    }
}

/// Every breach of the import rule, as `file:line: what`.
fn import_breaches(sources: &[Source]) -> Vec<String> {
    let order = order(sources);
    let mut breaches = Vec::new();
    let mut lists = BTreeMap::new();
    for (position, module) in order.iter().enumerate() {
        match allowed(module, &order, sources) {
            Err(breach) => breaches.push(breach),
            Ok(list) => {
                for name in &list {
                    if !order[..position].contains(name) {
                        breaches.push(format!(
                            "src/{module}: its `Imports:` line names `{name}`, which src/lib.rs does not declare above it"
                        ));
                    }
                }
                lists.insert(module.as_str(), list);
            }
        }
    }
    for source in sources {
        let Some(module) = source.module() else {
            continue;
        };
        let path = &source.path;
        let Some(list) = lists.get(module) else {
            if !order.iter().any(|name| name == module) {
                breaches.push(format!(
                    "{path}:1: `{module}` is not declared in src/lib.rs"
                ));
            }
            continue;
        };
        for Mention {
            path: words, line, ..
        } in mentions(&source.text, source.depth())
        {
            let [root, target, ..] = words.as_slice() else {
                continue;
            };
            if root == "crate" && target != module && !list.contains(target) {
                breaches.push(format!(
                    "{path}:{line}: `{module}` imports `{target}`, which its `Imports:` line does not name"
                ));
            }
        }
    }
    breaches
}

/// Every place where a file for which `concerns` holds names one of `names`.
fn namings(sources: &[Source], names: &[&str], concerns: impl Fn(&Source) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| concerns(source)) {
        for mention in mentions(&source.text, source.depth()) {
            let written = mention.path.join("::");
            let hit = names
                .iter()
                .find(|name| format!("::{written}::").contains(&format!("::{name}::")));
            if let Some(name) = hit {
                found.push(format!("{}:{}: names `{name}`", source.path, mention.line));
            }
        }
    }
    found
}

fn is_in(source: &Source, modules: &[&str]) -> bool {
    source
        .module()
        .is_some_and(|module| modules.contains(&module))
}

#[track_caller]
fn assert_none(breaches: &[String], rule: &str) {
    assert!(breaches.is_empty(), "{rule}\n{}", breaches.join("\n"));
}

#[test]
fn modules_import_only_what_is_above_them_and_named_in_their_line() {
    assert_none(
        &import_breaches(&read("src")),
        "Data flows one way: import from modules above, and name them in `//! Imports:`.",
    );
}

#[test]
fn pure_modules_touch_no_disk_environment_network_process_or_runtime() {
    assert_none(
        &namings(&read("src"), &OUTSIDE, |source| is_in(source, &PURE)),
        "These modules compute; let an adapter do it and pass the result in.",
    );
}

#[test]
fn pure_modules_do_not_wait() {
    assert_none(
        &namings(&read("src"), &["async", "await"], |source| {
            is_in(source, &PURE)
        }),
        "These modules compute; waiting belongs to the modules around them.",
    );
}

#[test]
fn only_the_host_reads_the_clock() {
    assert_none(
        &namings(&read("src"), &CLOCK, |source| {
            source.module() != Some("host")
        }),
        "The day is read once, in `host`, and passed on.",
    );
}

#[test]
fn octocrab_is_named_only_by_the_github_tracker() {
    assert_none(
        &namings(&read("src"), &["octocrab"], |source| {
            !source.path.starts_with("src/tracker/github")
        }),
        "The library's types stay inside `tracker/github`.",
    );
}

#[test]
fn files_are_short_enough_to_be_read_at_once() {
    let sources = [read("src"), read("tests")].concat();
    let long: Vec<String> = sources
        .iter()
        .map(|source| (&source.path, source.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert_none(
        &long,
        "Files have up to 400 lines; split the long ones by their jobs.",
    );
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let sources = [read("src"), read("tests")].concat();
    let silent: Vec<String> = sources
        .iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| format!("{}:1", source.path))
        .collect();
    assert_none(
        &silent,
        "The first line of a file is `//!` and one sentence.",
    );
}

#[cfg(test)]
mod the_rules_themselves {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source {
            path: path.into(),
            text: text.into(),
        }
    }

    fn breaches(body: &str) -> Vec<String> {
        import_breaches(&[
            source("src/lib.rs", "pub mod low;\npub mod mid;\npub mod high;\n"),
            source("src/low.rs", "//! x\n//! Imports: nothing.\n"),
            source("src/mid/mod.rs", "//! x\n//! Imports: low.\nmod deep;\n"),
            source("src/mid/deep.rs", body),
            source("src/high.rs", "//! x\n//! Imports: low, mid.\n"),
        ])
    }

    #[test]
    fn imports_from_above_and_from_the_own_module_are_fine() {
        for body in [
            "use crate::low::A;",
            "use crate::{low::{A, B}, mid::C};",
            "use super::C;",
            "use super::super::low::A;",
            "// use crate::high::A;\nconst X: &str = \"crate::high\";",
            "mod tests { use super::super::C; }",
            "pub(crate) fn f() {}",
        ] {
            assert_eq!(breaches(body), Vec::<String>::new(), "{body}");
        }
    }

    #[test]
    fn imports_from_below_are_found_with_file_and_line_however_they_are_written() {
        for body in [
            "\nuse crate::high::A;",
            "\nfn f() { crate::high::f() }",
            "\nuse crate::{low::A, high::B};",
            "\nuse super::super::high;",
            "\nuse super::{C, super::{low::A, high::B}};",
            "\nmod tests { use super::super::super::high; }",
        ] {
            let expected =
                "src/mid/deep.rs:2: `mid` imports `high`, which its `Imports:` line does not name";
            assert_eq!(breaches(body), [expected], "{body}");
        }
    }

    #[test]
    fn a_line_that_names_a_module_below_is_found() {
        let breaches = import_breaches(&[
            source("src/lib.rs", "pub mod low;\npub mod high;\n"),
            source("src/low.rs", "//! x\n//! Imports: high.\n"),
            source("src/high.rs", "//! x\n"),
        ]);
        assert_eq!(breaches.len(), 2, "{breaches:?}");
        assert!(breaches[0].contains("names `high`"));
        assert!(breaches[1].starts_with("src/high.rs:1: no line"));
    }

    #[test]
    fn forbidden_names_are_found_in_groups_and_not_in_longer_names() {
        let text = "use std::{env, fmt};\nuse my_tokio::x;\nfn f() { chrono::Utc::now(); }\n";
        let sources = [source("src/low.rs", text)];
        let found = |names: &[&str]| namings(&sources, names, |_| true);
        assert_eq!(found(&OUTSIDE), ["src/low.rs:1: names `std::env`"]);
        assert_eq!(found(&CLOCK), ["src/low.rs:3: names `Utc::now`"]);
    }
}
