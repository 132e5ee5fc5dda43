//! The commits of a fake repository: a bare git repository on disk, mirrored in memory for quick answers.
//!
//! Real git makes the object ids, so that a checkout and the API agree about them.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use chrono::{DateTime, Utc};
use tempfile::TempDir;

use super::state::ChangedFile;

/// Paths and contents of one commit.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Paths and what is written there; `None` removes the file.
pub type Changes = Vec<(String, Option<Vec<u8>>)>;

pub struct Git {
    folder: TempDir,
    commits: BTreeMap<String, Commit>,
    branches: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
pub struct Commit {
    pub oid: String,
    pub parents: Vec<String>,
    pub message: String,
    pub files: Files,
    pub at: DateTime<Utc>,
}

impl Git {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let init = ["init", "--quiet", "--bare", "--template="];
        run(folder.path(), &init, &[]);
        // A workflow's checkout asks for one commit by its id.
        let allowed = "[uploadpack]\n\tallowAnySHA1InWant = true\n";
        let config = fs::OpenOptions::new()
            .append(true)
            .open(folder.path().join("config"));
        config.unwrap().write_all(allowed.as_bytes()).unwrap();
        Self {
            folder,
            commits: BTreeMap::new(),
            branches: BTreeMap::new(),
        }
    }

    /// Where the bare repository lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Makes a commit that belongs to no branch yet; gives its id.
    pub fn commit(
        &mut self,
        parents: &[String],
        files: Files,
        message: &str,
        at: DateTime<Utc>,
    ) -> String {
        let who = format!("GitHub <noreply@github.com> {} +0000", at.timestamp());
        let mut stream = format!(
            "commit refs/fake/{}\nmark :1\nauthor {who}\ncommitter {who}\ndata {}\n{message}\n",
            self.commits.len(),
            message.len(),
        )
        .into_bytes();
        for (index, parent) in parents.iter().enumerate() {
            let word = if index == 0 { "from" } else { "merge" };
            stream.extend(format!("{word} {parent}\n").bytes());
        }
        stream.extend(b"deleteall\n");
        for (path, content) in &files {
            stream.extend(format!("M 100644 inline {path}\ndata {}\n", content.len()).bytes());
            stream.extend(content);
            stream.push(b'\n');
        }
        stream.extend(b"get-mark :1\n");
        let oid = run(self.path(), &["fast-import", "--quiet", "--force"], &stream);
        let commit = Commit {
            oid: oid.clone(),
            parents: parents.to_vec(),
            message: message.to_owned(),
            files,
            at,
        };
        self.commits.insert(oid.clone(), commit);
        oid
    }

    pub fn set_branch(&mut self, name: &str, oid: &str) {
        run(
            self.path(),
            &["update-ref", &format!("refs/heads/{name}"), oid],
            &[],
        );
        self.branches.insert(name.to_owned(), oid.to_owned());
    }

    /// Commits on top of a branch.
    pub fn push(
        &mut self,
        branch: &str,
        changes: Changes,
        message: &str,
        at: DateTime<Utc>,
    ) -> String {
        let head = self.branches.get(branch).cloned();
        let mut files = head
            .as_ref()
            .map(|oid| self.commits[oid].files.clone())
            .unwrap_or_default();
        for (path, content) in changes {
            match content {
                Some(content) => files.insert(path, content),
                None => files.remove(&path),
            };
        }
        let parents: Vec<String> = head.into_iter().collect();
        let oid = self.commit(&parents, files, message, at);
        self.set_branch(branch, &oid);
        oid
    }

    pub fn head(&self, branch: &str) -> Option<&Commit> {
        self.commits.get(self.branches.get(branch)?)
    }

    /// Whether there was such a branch.
    pub fn delete_branch(&mut self, name: &str) -> bool {
        run(
            self.path(),
            &["update-ref", "-d", &format!("refs/heads/{name}")],
            &[],
        );
        self.branches.remove(name).is_some()
    }

    /// The id that git gives to this content.
    pub fn blob_oid(&self, content: &[u8]) -> String {
        run(self.path(), &["hash-object", "--stdin"], content)
    }

    /// The id of the tree of a commit.
    pub fn tree_oid(&self, commit: &str) -> String {
        let tree = format!("{commit}^{{tree}}");
        run(self.path(), &["rev-parse", &tree], &[])
    }

    /// The content with this id.
    pub fn blob(&self, oid: &str) -> Option<&Vec<u8>> {
        self.commits
            .values()
            .flat_map(|commit| commit.files.values())
            .find(|content| self.blob_oid(content) == oid)
    }

    pub fn branches(&self) -> impl Iterator<Item = (&String, &String)> {
        self.branches.iter()
    }

    /// The commit that a branch, `refs/heads/…`, full or shortened id names.
    pub fn resolve(&self, name: &str) -> Option<&Commit> {
        let branch = name.strip_prefix("refs/heads/").unwrap_or(name);
        self.head(branch).or_else(|| {
            let is_id = name.len() >= 7 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
            self.commits
                .values()
                .find(|commit| is_id && commit.oid.starts_with(name))
        })
    }

    /// Whether `ancestor` is `oid` or one of those before it.
    pub fn contains(&self, oid: &str, ancestor: &str) -> bool {
        oid == ancestor
            || self.commits.get(oid).is_some_and(|commit| {
                commit
                    .parents
                    .iter()
                    .any(|parent| self.contains(parent, ancestor))
            })
    }

    /// The newest commit that both have.
    pub fn merge_base(&self, one: &str, other: &str) -> Option<String> {
        let mut at = vec![other.to_owned()];
        while let Some(oid) = at.pop() {
            if self.contains(one, &oid) {
                return Some(oid);
            }
            at.extend(self.commits.get(&oid)?.parents.clone());
        }
        None
    }

    /// The files that differ between two commits, by path.
    pub fn changed(&self, from: &str, to: &str) -> Vec<ChangedFile> {
        let empty = Files::new();
        let files = |oid: &str| self.commits.get(oid).map_or(&empty, |commit| &commit.files);
        let (old, new) = (files(from), files(to));
        let mut paths: Vec<&String> = old.keys().chain(new.keys()).collect();
        paths.sort();
        paths.dedup();
        paths
            .into_iter()
            .filter(|path| old.get(*path) != new.get(*path))
            .map(|path| ChangedFile {
                path: path.clone(),
                status: match (old.get(path), new.get(path)) {
                    (None, _) => "added",
                    (_, None) => "removed",
                    _ => "modified",
                },
                old: old.get(path).cloned(),
                new: new.get(path).cloned(),
            })
            .collect()
    }
}

/// Runs git without the machine's own configuration; gives what it prints.
pub fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> String {
    let mut child = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
