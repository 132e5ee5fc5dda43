//! The commits of a fake repository: git objects in memory, made by libgit2, and checkouts of them on disk.
//!
//! The object ids are real, so that a checkout and the API agree about them. The `git` program is not needed.

use std::{collections::BTreeMap, fs, path::Path};

use chrono::{DateTime, Utc};
use git2::{
    FileMode, ObjectType, Odb, Oid, Repository, RepositoryInitOptions, Signature, Time,
    build::{CheckoutBuilder, TreeUpdateBuilder},
};

use super::state::ChangedFile;

/// Paths and contents of one commit.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Paths and what is written there; `None` removes the file.
pub type Changes = Vec<(String, Option<Vec<u8>>)>;

pub struct Git {
    objects: Repository,
    commits: BTreeMap<String, Commit>,
    branches: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
pub struct Commit {
    pub oid: String,
    pub tree: String,
    pub parents: Vec<String>,
    pub message: String,
    pub files: Files,
    pub at: DateTime<Utc>,
}

impl Git {
    pub fn new() -> Self {
        let memory = Odb::new().unwrap();
        memory.add_new_mempack_backend(1).unwrap();
        Self {
            objects: Repository::from_odb(memory).unwrap(),
            commits: BTreeMap::new(),
            branches: BTreeMap::new(),
        }
    }

    /// Makes a commit that belongs to no branch yet; gives its id.
    pub fn commit(
        &mut self,
        parents: &[String],
        files: Files,
        message: &str,
        at: DateTime<Utc>,
    ) -> String {
        let git = &self.objects;
        let who = Signature::new(
            "GitHub",
            "noreply@github.com",
            &Time::new(at.timestamp(), 0),
        );
        let who = who.unwrap();
        let before: Vec<git2::Commit<'_>> = parents
            .iter()
            .map(|parent| git.find_commit(id(parent)).unwrap())
            .collect();
        let before: Vec<&git2::Commit<'_>> = before.iter().collect();
        let tree = git.find_tree(write_tree(git, &files)).unwrap();
        let made = git.commit(None, &who, &who, message, &tree, &before);
        let oid = made.unwrap().to_string();
        let commit = Commit {
            oid: oid.clone(),
            tree: tree.id().to_string(),
            parents: parents.to_vec(),
            message: message.to_owned(),
            files,
            at,
        };
        self.commits.insert(oid.clone(), commit);
        oid
    }

    /// Checks out one commit without its history, as actions/checkout does; on no branch if there is none.
    pub fn check_out(&self, oid: &str, branch: Option<&str>, origin: &str, workspace: &Path) {
        let commit = &self.commits[oid];
        let clone = init(workspace);
        write_tree(&clone, &commit.files);
        let objects = self.objects.odb().unwrap();
        let object = objects.read(id(oid)).unwrap();
        let copied = clone.odb().unwrap();
        copied.write(ObjectType::Commit, object.data()).unwrap();
        if !commit.parents.is_empty() {
            fs::write(clone.path().join("shallow"), format!("{oid}\n")).unwrap();
        }
        clone.remote("origin", origin).unwrap();
        if let Some(branch) = branch {
            let name = format!("refs/heads/{branch}");
            clone.reference(&name, id(oid), true, "checkout").unwrap();
            clone.set_head(&name).unwrap();
        } else {
            clone.set_head_detached(id(oid)).unwrap();
        }
        let mut whole = CheckoutBuilder::new();
        whole.force().disable_filters(true);
        clone.checkout_head(Some(&mut whole)).unwrap();
    }

    pub fn set_branch(&mut self, name: &str, oid: &str) {
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
        self.branches.remove(name).is_some()
    }

    /// The content with this id.
    pub fn blob(&self, oid: &str) -> Option<&Vec<u8>> {
        self.commits
            .values()
            .flat_map(|commit| commit.files.values())
            .find(|content| blob_oid(content) == oid)
    }

    /// Every branch with its last commit.
    pub fn heads(&self) -> impl Iterator<Item = (&String, &Commit)> {
        let branches = self.branches.iter();
        branches.map(|(name, oid)| (name, &self.commits[oid]))
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
        self.merge_base(oid, ancestor).as_deref() == Some(ancestor)
    }

    /// The newest commit that both have.
    pub fn merge_base(&self, one: &str, other: &str) -> Option<String> {
        let base = self.objects.merge_base(id(one), id(other));
        base.ok().map(|oid| oid.to_string())
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

/// An empty repository whose first branch is `main`, whatever the machine's own configuration says.
pub fn init(folder: &Path) -> Repository {
    let mut options = RepositoryInitOptions::new();
    options.initial_head("main").external_template(false);
    Repository::init_opts(folder, &options).unwrap()
}

/// The id that git gives to this content.
pub fn blob_oid(content: &[u8]) -> String {
    let oid = Oid::hash_object(ObjectType::Blob, content);
    oid.unwrap().to_string()
}

fn id(oid: &str) -> Oid {
    Oid::from_str(oid).unwrap()
}

fn write_tree(git: &Repository, files: &Files) -> Oid {
    let empty = git.treebuilder(None).unwrap().write().unwrap();
    let empty = git.find_tree(empty).unwrap();
    let mut tree = TreeUpdateBuilder::new();
    for (path, content) in files {
        tree.upsert(path.as_str(), git.blob(content).unwrap(), FileMode::Blob);
    }
    tree.create_updated(git, &empty).unwrap()
}
