//! What git knows about the checkout, asked of the `git` program; without it, nothing is known.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::HostError;
use crate::model::link::Repository;

/// The nearest folder from `start` upwards that holds `.git`: the root of the repository.
#[must_use]
pub fn repository_root(start: &Path) -> Option<PathBuf> {
    let found = start
        .ancestors()
        .find(|folder| folder.join(".git").exists())?;
    Some(found.to_path_buf())
}

/// A checkout that the `git` program can read.
#[derive(Clone, Debug)]
pub struct Git {
    root: PathBuf,
}

/// Where `origin` points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The host in lower case, without a port, such as `github.com`.
    pub host: String,
    /// Owner and name there.
    pub repository: Repository,
}

impl Origin {
    /// Reads the address of a remote: `https://`, `ssh://`, `git://` or `user@host:owner/name`.
    #[must_use]
    pub fn parse(address: &str) -> Option<Self> {
        let address = address.trim();
        let (authority, path) = match address.split_once("://") {
            Some(("https" | "http" | "ssh" | "git" | "git+ssh", rest)) => rest.split_once('/')?,
            Some(_) => return None,
            None => address.split_once(':')?,
        };
        let (_, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        let host = host.split(':').next().unwrap_or_default();
        // A single letter is a drive, and a slash before the colon a local path.
        if host.len() < 2 || host.contains(['/', '\\']) {
            return None;
        }
        let path = path.trim_matches('/');
        let host = host.to_ascii_lowercase();
        // https://docs.github.com/authentication/troubleshooting-ssh/using-ssh-over-the-https-port
        let host = match host.as_str() {
            "ssh.github.com" | "www.github.com" => "github.com".to_owned(),
            _ => host,
        };
        Some(Self {
            host,
            repository: Repository::parse(path.strip_suffix(".git").unwrap_or(path))?,
        })
    }
}

impl Git {
    /// The checkout that `root` lies in; `None` without the program, or where it sees no checkout.
    #[must_use]
    pub fn open(root: &Path) -> Option<Self> {
        let git = Self { root: root.into() };
        let inside = git.line(&["rev-parse", "--is-inside-work-tree"])?;
        (inside == "true").then_some(git)
    }

    /// The commit that is checked out; `None` before the first one.
    #[must_use]
    pub fn head(&self) -> Option<String> {
        self.commit("HEAD")
    }

    /// The commit that `revision` names; `None` where this clone does not have it.
    #[must_use]
    pub fn commit(&self, revision: &str) -> Option<String> {
        // Else a branch's name, which a stranger chooses, could be read as an option.
        if revision.is_empty() || revision.starts_with('-') {
            return None;
        }
        let revision = format!("{revision}^{{commit}}");
        self.line(&["rev-parse", "--verify", "--quiet", &revision])
    }

    /// Where `origin` points; `None` without one, or where it is no address of a host.
    #[must_use]
    pub fn origin(&self) -> Option<Origin> {
        Origin::parse(&self.line(&["remote", "get-url", "origin"])?)
    }

    /// Files that differ between two revisions and are there in `to`, relative to the root and sorted.
    ///
    /// # Errors
    /// A revision that this clone does not have.
    pub fn changed(&self, from: &str, to: &str) -> Result<Vec<String>, HostError> {
        let (from, to) = (self.known(from)?, self.known(to)?);
        self.diff(&[&from, &to])
    }

    /// Files that `head` changed since it left `base`, as a pull request shows them.
    ///
    /// # Errors
    /// A revision that this clone does not have, or two that share no commit here.
    pub fn changed_since_fork(&self, base: &str, head: &str) -> Result<Vec<String>, HostError> {
        let (base, head) = (self.known(base)?, self.known(head)?);
        let fork = self
            .line(&["merge-base", &base, &head])
            .ok_or(HostError::Revision {
                revision: format!("{base}...{head}"),
            })?;
        self.diff(&[&fork, &head])
    }

    /// The text of the file `path`, relative to the root, at `revision`; `None` where it has none.
    ///
    /// # Errors
    /// A revision that this clone does not have; a file that is no UTF-8.
    pub fn text_at(&self, revision: &str, path: &str) -> Result<Option<String>, HostError> {
        let object = format!("{}:./{path}", self.known(revision)?);
        let Ok(bytes) = self.run("cat-file", &["blob", &object]) else {
            return Ok(None);
        };
        let text = String::from_utf8(bytes);
        text.map(Some).map_err(|_| HostError::NotUtf8 {
            path: path.into(),
            line: 1,
        })
    }

    fn known(&self, revision: &str) -> Result<String, HostError> {
        self.commit(revision).ok_or_else(|| HostError::Revision {
            revision: revision.into(),
        })
    }

    fn diff(&self, range: &[&str]) -> Result<Vec<String>, HostError> {
        let fixed = [
            "--name-only",
            "-z",
            "--relative",
            "--no-renames",
            "--diff-filter=d",
            "--no-ext-diff",
            "--no-textconv",
        ];
        let bytes = self.run("diff", &[&fixed[..], range, &["--"]].concat())?;
        let mut paths: Vec<String> = bytes
            .split(|byte| *byte == 0)
            .filter_map(|path| std::str::from_utf8(path).ok())
            .filter(|path| !path.is_empty())
            .map(str::to_owned)
            .collect();
        paths.sort();
        Ok(paths)
    }

    /// The only line of the answer; `None` where git fails or says nothing.
    fn line(&self, arguments: &[&str]) -> Option<String> {
        let (command, rest) = arguments.split_first()?;
        let answer = self.output(command, rest).ok()?;
        let text = String::from_utf8(answer.ok()?).ok()?;
        let line = text.trim_end_matches(['\r', '\n']);
        (!line.is_empty()).then(|| line.to_owned())
    }

    fn run(&self, command: &'static str, arguments: &[&str]) -> Result<Vec<u8>, HostError> {
        let failed = |detail| HostError::Git {
            what: command,
            detail,
        };
        match self.output(command, arguments) {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(words)) => Err(failed(words)),
            Err(error) => Err(failed(error.to_string())),
        }
    }

    /// What git prints on success, and what it complains of on failure.
    fn output(
        &self,
        command: &str,
        arguments: &[&str],
    ) -> std::io::Result<Result<Vec<u8>, String>> {
        let output = Command::new("git")
            .arg("-C")
            .arg(&self.root)
            .arg(command)
            .args(arguments)
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .stdin(Stdio::null())
            .output()?;
        if output.status.success() {
            return Ok(Ok(output.stdout));
        }
        let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Ok(Err(words))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use git2::{Oid, Repository, Signature};

    use super::*;

    #[test]
    fn every_form_of_a_remote_names_host_and_repository() {
        for address in [
            "https://github.com/acme/shop.git",
            "https://github.com/acme/shop",
            "https://github.com/acme/shop/",
            "https://x-access-token:ghs_1@github.com/acme/shop",
            "git@github.com:acme/shop.git",
            "github.com:acme/shop",
            "ssh://git@github.com/acme/shop.git",
            "ssh://git@GitHub.com:22/acme/shop.git",
            "ssh://git@ssh.github.com:443/acme/shop.git",
            "git://github.com/acme/shop.git\n",
        ] {
            let origin = Origin::parse(address).expect(address);
            assert_eq!(origin.host, "github.com", "{address}");
            assert_eq!(origin.repository.as_str(), "acme/shop", "{address}");
        }
        let enterprise = Origin::parse("https://git.example:8443/acme/shop").expect("an origin");
        assert_eq!(enterprise.host, "git.example");
    }

    #[test]
    fn what_is_no_address_of_a_repository_is_none() {
        for address in [
            "",
            "/srv/git/shop.git",
            "../shop",
            "C:\\work\\shop",
            "file:///srv/shop",
            "https://github.com/acme",
            "https://gitlab.example/group/sub/shop",
            "./host:acme/shop",
        ] {
            assert_eq!(Origin::parse(address), None, "{address}");
        }
    }

    /// A full clone: two commits on `main`, and `topic`, which leaves it after the first and is checked out.
    fn checkout() -> (tempfile::TempDir, Git) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let made = Repository::init(folder.path()).expect("a repository");
        let commit = |branch: &str, parent: Option<Oid>, files: &[(&str, &str)]| {
            let mut tree = made.treebuilder(None).expect("a tree");
            for (name, text) in files {
                let blob = made.blob(text.as_bytes()).expect("a blob");
                tree.insert(*name, blob, 0o100_644).expect("a new name");
            }
            let tree = made.find_tree(tree.write().expect("written"));
            let who = Signature::now("a", "a@example.org").expect("a person");
            let parent = parent.map(|oid| made.find_commit(oid).expect("known"));
            made.commit(
                Some(&format!("refs/heads/{branch}")),
                &who,
                &who,
                "Change files",
                &tree.expect("a tree"),
                parent.as_ref().as_slice(),
            )
            .expect("committed")
        };
        let (old, gone) = (("a.md", "one\n"), ("gone.md", "x\n"));
        let first = commit("main", None, &[old, gone]);
        let changed = [("a.md", "two\n"), ("完了 b.md", "b\n")];
        commit("main", Some(first), &changed);
        commit("topic", Some(first), &[old, gone, ("t.md", "t\n")]);
        made.set_head("refs/heads/topic").expect("a branch");
        made.checkout_head(None).expect("checked out");
        let git = Git::open(folder.path()).expect("git reads the checkout");
        (folder, git)
    }

    #[test]
    #[ignore = "needs the git program"]
    fn changed_files_are_those_that_are_still_there() {
        let (_folder, git) = checkout();
        let changed = git.changed("main~1", "main").expect("known revisions");
        assert_eq!(changed, ["a.md", "完了 b.md"]);
        let since = git.changed_since_fork("main", "topic");
        assert_eq!(since.expect("known revisions"), ["t.md"]);
        assert_eq!(git.head(), git.commit("topic"));
        assert_eq!(git.origin(), None);
    }

    #[test]
    #[ignore = "needs the git program"]
    fn a_file_is_read_as_it_was_at_a_revision() {
        let (_folder, git) = checkout();
        let at = |revision: &str, path: &str| git.text_at(revision, path).expect("known");
        assert_eq!(at("main~1", "a.md"), Some("one\n".into()));
        assert_eq!(at("main", "a.md"), Some("two\n".into()));
        assert_eq!(at("main", "gone.md"), None);
    }

    #[test]
    #[ignore = "needs the git program"]
    fn a_revision_that_is_not_there_is_named_and_never_an_option() {
        let (folder, git) = checkout();
        for revision in ["nowhere", "--output=x", ""] {
            let error = git.changed(revision, "main").expect_err(revision);
            assert!(matches!(error, HostError::Revision { .. }), "{error}");
        }
        assert!(!folder.path().join("x").exists());
    }

    #[test]
    fn the_root_is_the_nearest_folder_with_a_repository() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let below = root.path().join("a/b");
        fs::create_dir_all(&below).expect("made");
        fs::write(root.path().join(".git"), "gitdir: elsewhere").expect("written");
        assert_eq!(repository_root(&below).as_deref(), Some(root.path()));
    }

    #[test]
    fn a_folder_without_a_checkout_is_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert!(Git::open(folder.path()).is_none());
    }
}
