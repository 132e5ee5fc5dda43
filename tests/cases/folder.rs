//! A case as it lies in its folder, and the run of the binary on a copy of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Files by their path with `/`, relative to a folder.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// One folder below `tests/cases`.
pub(crate) struct Case {
    folder: PathBuf,
}

/// What a run left behind.
pub(crate) struct Outcome {
    code: i32,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    before: Tree,
    after: Tree,
    /// The tree after the same command once more, where the command writes.
    again: Option<Tree>,
}

impl Case {
    /// Every folder there, by name.
    pub(crate) fn all_in(cases: &Path) -> Vec<Self> {
        let mut folders: Vec<PathBuf> = fs::read_dir(cases)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
            .collect();
        folders.sort();
        folders.into_iter().map(|folder| Self { folder }).collect()
    }

    pub(crate) fn name(&self) -> String {
        self.folder
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned()
    }

    /// Runs the command on a copy of the input. `Err` says what the folder lacks.
    pub(crate) fn run(&self) -> Result<Outcome, String> {
        let line = |name: &str| {
            fs::read_to_string(self.folder.join(name)).map_err(|_| format!("{name} is missing"))
        };
        let (today, arguments) = (line("today.txt")?, line("command.txt")?);
        let arguments: Vec<&str> = arguments.lines().filter(|line| !line.is_empty()).collect();
        let before = read_tree(&self.folder.join("input"));
        if before.is_empty() {
            return Err("input/ holds no file".to_owned());
        }
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("work");
        write_tree(&root, &before);
        let start = || {
            Command::new(env!("CARGO_BIN_EXE_followthrough"))
                .env_clear()
                .env("HOME", place.path())
                .args(["--root", ".", "--today", today.trim()])
                .args(&arguments)
                .current_dir(&root)
                .stdin(Stdio::null())
                .output()
                .unwrap()
        };
        let output = start();
        let after = read_tree(&root);
        let writes = arguments
            .iter()
            .any(|word| matches!(*word, "sync" | "sweep" | "convert"));
        let again = (writes && output.status.success()).then(|| {
            start();
            read_tree(&root)
        });
        Ok(Outcome {
            code: output.status.code().unwrap_or(-1),
            stdout: output.stdout,
            stderr: output.stderr,
            before,
            after,
            again,
        })
    }

    /// What the folder says beside input, day and command.
    pub(crate) fn expectations(&self) -> Tree {
        let mut tree = read_tree(&self.folder);
        tree.retain(|path, _| {
            !path.starts_with("input/")
                && !matches!(path.as_str(), "today.txt" | "command.txt" | "README.md")
        });
        tree
    }

    /// Puts what came out in the place of what was expected.
    pub(crate) fn rewrite(&self, expected: &Tree, actual: &Tree) {
        for unused in expected.keys().filter(|path| !actual.contains_key(*path)) {
            fs::remove_file(self.folder.join(unused)).unwrap();
        }
        write_tree(&self.folder, actual);
    }
}

impl Outcome {
    /// The outcome in the form in which a folder expects it: files that changed or are new, what was said, and
    /// a code other than 0. Standard error counts where the folder has a file for it.
    pub(crate) fn as_expectations(&self, expected: &Tree) -> Tree {
        let changed = self
            .after
            .iter()
            .filter(|(path, bytes)| self.before.get(*path) != Some(bytes));
        let mut tree: Tree = changed
            .map(|(path, bytes)| (format!("expected/{path}"), bytes.clone()))
            .collect();
        if !self.stdout.is_empty() {
            tree.insert("stdout.txt".to_owned(), self.stdout.clone());
        }
        if expected.contains_key("stderr.txt") {
            tree.insert("stderr.txt".to_owned(), self.stderr.clone());
        }
        if self.code != 0 {
            tree.insert(
                "code.txt".to_owned(),
                format!("{}\n", self.code).into_bytes(),
            );
        }
        tree
    }

    /// What holds in every case: nothing is deleted, and the same command once more changes nothing.
    pub(crate) fn broken_promises(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for path in self.before.keys() {
            if !self.after.contains_key(path) {
                broken.push(format!("{path} was deleted"));
            }
        }
        if let Some(again) = &self.again {
            let paths: BTreeSet<&String> = self.after.keys().chain(again.keys()).collect();
            for path in paths {
                if self.after.get(path) != again.get(path) {
                    broken.push(format!(
                        "a second run changed {path}:\n{}",
                        crate::verdict::diff(
                            self.after.get(path).map_or(&[], Vec::as_slice),
                            again.get(path).map_or(&[], Vec::as_slice),
                        )
                    ));
                }
            }
        }
        broken
    }
}

fn read_tree(root: &Path) -> Tree {
    let mut folders = vec![root.to_path_buf()];
    let mut tree = Tree::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy();
                tree.insert(name.replace('\\', "/"), fs::read(&path).unwrap());
            }
        }
    }
    tree
}

fn write_tree(root: &Path, tree: &Tree) {
    for (path, bytes) in tree {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
