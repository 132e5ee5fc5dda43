//! Starts the real binary on a laptop.

use std::{collections::BTreeMap, fs, path::PathBuf, process::Stdio};

use tempfile::TempDir;

use super::{
    github::git,
    runner::{Outcome, TODAY, kill_when, outcome, scrubbed},
};

/// A folder on somebody's own machine: a git repository, no token, no variable of GitHub's.
pub struct Laptop {
    folder: TempDir,
}

impl Laptop {
    pub fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let laptop = Self { folder };
        fs::create_dir(laptop.folder.path().join("home")).unwrap();
        git::init(&laptop.root());
        for (path, content) in files {
            laptop.write(path, content);
        }
        laptop
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    pub fn write(&self, path: &str, content: &[u8]) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        let read = fs::read_to_string(self.root().join(path));
        read.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every file with its content, git's own left out.
    pub fn snapshot(&self) -> BTreeMap<String, Vec<u8>> {
        let mut folders = vec![self.root()];
        let mut files = BTreeMap::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path
                    .strip_prefix(self.root())
                    .unwrap()
                    .display()
                    .to_string();
                if name == ".git" {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// Runs `followthrough --today … arguments`.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with(arguments, &[])
    }

    /// Runs, and ends the run by SIGKILL once `moment` has come; whether it came before the run ended by itself.
    pub fn kill_when(
        &self,
        arguments: &[&str],
        variables: &[(&str, &str)],
        moment: impl Fn() -> bool,
    ) -> bool {
        let mut command = scrubbed(&self.root(), &self.folder.path().join("home"));
        command.args(["--today", TODAY]).args(arguments);
        command.envs(variables.iter().copied());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        kill_when(&mut command.spawn().unwrap(), moment)
    }

    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Outcome {
        let mut command = scrubbed(&self.root(), &self.folder.path().join("home"));
        command.args(["--today", TODAY]).args(arguments);
        command.envs(variables.iter().copied());
        let output = command.output().unwrap();
        let keep = tempfile::tempdir().unwrap();
        outcome(&output, "", String::new(), self.root(), keep)
    }
}
