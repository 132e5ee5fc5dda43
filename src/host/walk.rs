//! Lists the files below a folder, as git would see them.

use std::path::Path;

use ignore::WalkBuilder;

use super::{HostError, disk};

/// Files below a folder, and the places that could not be looked into.
#[derive(Debug, Default)]
pub struct Walked {
    /// Paths relative to the root, with `/`, sorted.
    pub files: Vec<String>,
    /// Places that could not be read, as in `files`, and why. The rest is in `files` all the same.
    pub problems: Vec<(String, HostError)>,
}

/// The regular files below `root`. Folders that `enter` does not want are not looked into; it is
/// asked with the folder's path relative to `root`.
///
/// `.gitignore` is obeyed, without a repository too; ignore files outside of the repository are not.
/// Symbolic links are not followed, and `.git` is left out. Hidden files and folders are listed:
/// whether they are wanted is the caller's to say.
#[must_use]
pub fn files(root: &Path, enter: impl Fn(&str) -> bool + Send + Sync + 'static) -> Walked {
    let base = root.to_path_buf();
    let in_repository = root.ancestors().any(|folder| folder.join(".git").exists());
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .ignore(false)
        .git_global(false)
        .require_git(false)
        .parents(in_repository)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            if !is_folder {
                return true;
            }
            let path = entry.path().strip_prefix(&base).ok();
            let path = path.and_then(|path| disk::with_slashes(path).ok());
            entry.file_name() != ".git" && path.is_none_or(|path| path.is_empty() || enter(&path))
        })
        .build();
    let mut found = Walked::default();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let path = entry.path();
                match disk::with_slashes(path.strip_prefix(root).unwrap_or(path)) {
                    Ok(path) => found.files.push(path),
                    Err(problem) => found.problems.push((shown(root, path), problem)),
                }
            }
            Ok(_) => {}
            Err(error) => found.problems.push(problem(root, error)),
        }
    }
    found.files.sort();
    found
}

fn problem(root: &Path, error: ignore::Error) -> (String, HostError) {
    let place = shown(root, path_of(&error).unwrap_or(root));
    let words = error.to_string();
    let cause = error
        .into_io_error()
        .unwrap_or_else(|| std::io::Error::other(words));
    let error = HostError::reading(&place, cause);
    (place, error)
}

/// `path` as it is named to people.
fn shown(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    match inside.to_string_lossy().replace('\\', "/") {
        place if place.is_empty() => ".".to_owned(),
        place => place,
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, text).expect("written");
        }
        root
    }

    #[test]
    fn gitignore_is_obeyed_without_a_repository_and_the_order_is_fixed() {
        let root = tree(&[
            (".gitignore", "drafts/\n*.tmp.md\n"),
            ("b.md", ""),
            ("a/z.md", ""),
            ("a/y.tmp.md", ""),
            ("drafts/c.md", ""),
            ("a-b.md", ""),
            (".git/x.md", ""),
        ]);
        let found = files(root.path(), |_| true);
        assert_eq!(found.files, [".gitignore", "a-b.md", "a/z.md", "b.md"]);
        assert!(found.problems.is_empty());
    }

    #[test]
    fn a_gitignore_between_the_repository_and_the_root_counts() {
        let root = tree(&[
            (".git/HEAD", ""),
            (".gitignore", "x.md\n"),
            ("sub/x.md", ""),
        ]);
        let found = files(&root.path().join("sub"), |_| true);
        assert!(found.files.is_empty());
    }

    #[test]
    fn folders_that_nobody_wants_are_not_looked_into() {
        let root = tree(&[("a/b/c.md", ""), ("x/c.md", "")]);
        let found = files(root.path(), |folder| folder.starts_with('a'));
        assert_eq!(found.files, ["a/b/c.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_not_followed() {
        let root = tree(&[("a/c.md", "")]);
        let away = tree(&[("d.md", "")]);
        std::os::unix::fs::symlink(away.path(), root.path().join("out")).expect("linked");
        std::os::unix::fs::symlink("a/c.md", root.path().join("c.md")).expect("linked");
        assert_eq!(files(root.path(), |_| true).files, ["a/c.md"]);
    }
}
