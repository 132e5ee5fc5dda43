//! Decides which files are read as postmortems, and reads them.

use std::{collections::BTreeMap, path::Path};

use super::{
    InputError,
    globs::{self, Globs},
};
use crate::{
    host::{HostError, disk, threads, walk},
    model::config::{Config, Postmortems},
};

/// A file to be read as a postmortem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path relative to the root, with `/`.
    pub path: String,
    /// The text, byte for byte.
    pub text: String,
    /// Whether somebody named it, or a folder or glob that it is in, and did not leave it to the configuration.
    pub named: bool,
}

/// Something that was to be read and cannot be. The rest is read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathProblem {
    /// The path as named, or relative to the root.
    pub path: String,
    /// What is wrong and what to do; names the path.
    pub message: String,
}

/// Which files are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// All that the configuration's globs match.
    Configured,
    /// What somebody named, relative to the working directory. A file is taken whatever its name. In a folder,
    /// the configuration's postmortems are taken, and where it has none there, all files of their types. A
    /// path that is not there and has the signs of a glob is one.
    Named(&'a [String]),
}

/// Files, and what is to be said about those that are not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Sorted by path; each file once.
    pub files: Vec<SourceFile>,
    /// Paths that cannot be read.
    pub problems: Vec<PathProblem>,
    /// Things that are no mistake and worth a word: a search that found nothing.
    pub notices: Vec<String>,
}

/// Reads the wanted files.
///
/// # Errors
/// A glob in `config` that is none. Whatever is wrong with a single path is in [`Files::problems`].
pub fn files(
    root: &Path,
    working_directory: &Path,
    config: &Config,
    wanted: Wanted<'_>,
) -> Result<Files, InputError> {
    let globs = Globs::new(&config.postmortems).map_err(InputError::Glob)?;
    let mut search = Search {
        root,
        working_directory,
        globs: &globs,
        found: BTreeMap::new(),
        files: Files::default(),
    };
    match wanted {
        Wanted::Configured => search.everywhere(&config.postmortems),
        Wanted::Named(paths) => {
            for path in paths {
                if let Err(message) = search.named(path) {
                    let path = path.clone();
                    search.files.problems.push(PathProblem { path, message });
                }
            }
        }
    }
    Ok(search.read())
}

struct Search<'a> {
    root: &'a Path,
    working_directory: &'a Path,
    globs: &'a Globs,
    /// Paths relative to the root, and whether somebody named them.
    found: BTreeMap<String, bool>,
    files: Files,
}

impl Search<'_> {
    fn everywhere(&mut self, postmortems: &Postmortems) {
        let roots = self.globs.roots();
        let walked = walk::files(self.root, move |folder| roots.may_hold(folder));
        let globs = self.globs;
        let paths = self.take(walked, |path| globs.includes(path));
        if paths.is_empty() {
            self.files.notices.push(none_found(postmortems));
        }
        self.found
            .extend(paths.into_iter().map(|path| (path, false)));
    }

    /// Takes what `path` names, or says why not.
    fn named(&mut self, path: &str) -> Result<(), String> {
        let place = disk::relative(self.root, self.working_directory, Path::new(path));
        let found = match place {
            Ok(folder) if disk::is_folder(self.root, &folder) => {
                let found = self.in_folder(&folder);
                if found.is_empty() {
                    let notice = format!("no postmortem in {path} that git does not ignore");
                    self.files.notices.push(notice);
                }
                found
            }
            Ok(file) => vec![file],
            Err(HostError::Missing { .. }) if path.contains(['*', '?', '[', '{']) => {
                self.by_glob(path)?
            }
            Err(error @ HostError::Missing { .. }) => {
                // Somebody who gives the root may expect paths to start there.
                let meant = disk::relative(self.root, self.root, Path::new(path));
                return Err(meant.map_or_else(
                    |_| error.to_string(),
                    |meant| {
                        let meant = self.root.join(meant);
                        let meant = meant.display();
                        format!(
                            "{path} does not exist in the working directory. Did you mean {meant}?"
                        )
                    },
                ));
            }
            Err(error) => return Err(error.to_string()),
        };
        self.found
            .extend(found.into_iter().map(|path| (path, true)));
        Ok(())
    }

    /// The configuration's postmortems in `folder`; where it has none there, the files of their types. Only
    /// the root is never taken whole: most of its Markdown is no postmortem.
    fn in_folder(&mut self, folder: &str) -> Vec<String> {
        let on_the_way = {
            let folder = folder.to_owned();
            move |path: &str| below(path, &folder).is_some() || below(&folder, path).is_some()
        };
        let walked = walk::files(self.root, on_the_way);
        let all = self.take(walked, |path| below(path, folder).is_some());
        let globs = self.globs;
        let configured: Vec<String> = all
            .iter()
            .filter(|path| globs.includes(path))
            .cloned()
            .collect();
        if !configured.is_empty() || folder.is_empty() {
            return configured;
        }
        // Somebody who names a folder of templates means them.
        let left_alone = globs.excludes(&format!("{folder}/file.md"));
        let wanted = |path: &String| {
            let inside = below(path, folder).unwrap_or(path);
            let excluded = globs.excludes(if left_alone { inside } else { path });
            !excluded && !globs::is_hidden(inside) && globs.has_file_type(path)
        };
        all.into_iter().filter(wanted).collect()
    }

    fn by_glob(&mut self, glob: &str) -> Result<Vec<String>, String> {
        let base = disk::relative(self.root, self.working_directory, Path::new("."));
        let base = base.map_err(|error| error.to_string())?;
        let from_root = if base.is_empty() {
            glob.to_owned()
        } else {
            format!("{base}/{glob}")
        };
        let only = Globs::new(&Postmortems {
            include: vec![from_root],
            exclude: Vec::new(),
        })?;
        let roots = only.roots();
        let walked = walk::files(self.root, move |folder| roots.may_hold(folder));
        let globs = self.globs;
        let found = self.take(walked, |path| only.includes(path) && !globs.excludes(path));
        if found.is_empty() {
            return Err(format!(
                "{glob} matches no file. Check the spelling; paths are relative to the working directory"
            ));
        }
        Ok(found)
    }

    /// The wanted files; what could not be looked into becomes a problem.
    fn take(&mut self, walked: walk::Walked, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        for (path, problem) in walked.problems {
            let message = problem.to_string();
            self.files.problems.push(PathProblem { path, message });
        }
        let mut files = walked.files;
        files.retain(|path| wanted(path));
        files
    }

    fn read(mut self) -> Files {
        let root = self.root;
        let found = self.found.into_iter().collect();
        let read = threads::map(found, |(path, named)| {
            let text = disk::read_text_in(root, &path);
            (path, named, text)
        });
        for (path, named, text) in read {
            match text {
                Ok(text) => self.files.files.push(SourceFile { path, text, named }),
                Err(error) => self.files.problems.push(PathProblem {
                    path,
                    message: error.to_string(),
                }),
            }
        }
        self.files
    }
}

/// Says that there is nothing to read, and how to show where it is.
fn none_found(postmortems: &Postmortems) -> String {
    let way_out = format!(
        "Name files or folders, or set `postmortems: include:` in {}",
        crate::model::config::CONFIG_PATH
    );
    if *postmortems == Postmortems::default() {
        return format!(
            "no postmortem in the usual folders, such as postmortems/, docs/postmortems/ or incidents/. {way_out}"
        );
    }
    let globs: Vec<String> = postmortems
        .include
        .iter()
        .map(|glob| format!("`{glob}`"))
        .collect();
    format!("no postmortem matches {}. {way_out}", globs.join(" or "))
}

/// What of `path` lies below `folder`; the empty folder is the root.
fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() || path == folder {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

#[cfg(test)]
mod tests;
