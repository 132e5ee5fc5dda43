//! Which paths are postmortems by the globs of the configuration.

use std::collections::BTreeSet;

use globset::{Glob, GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};

use crate::model::config::Postmortems;

/// What is searched in a folder whose configuration names no file types.
const FILE_TYPES: [&str; 2] = ["markdown", "md"];

/// The globs, ready to be asked.
#[derive(Debug)]
pub(super) struct Globs {
    include: GlobSet,
    exclude: GlobSet,
    roots: Roots,
    file_types: BTreeSet<String>,
}

/// Where postmortems can lie: one entry for each glob of `include`.
#[derive(Clone, Debug)]
pub(super) struct Roots(Vec<Root>);

/// The folders, outermost first, that every match of a glob lies in.
#[derive(Clone, Debug)]
struct Root {
    folders: Vec<GlobMatcher>,
    names_hidden: bool,
}

/// The glob, or what is wrong with it in words.
pub(super) fn checked(glob: &str) -> Result<Glob, String> {
    let wrong = if glob.trim().is_empty() {
        Some("an empty glob matches nothing; delete it")
    } else if glob.starts_with('/') || glob.starts_with("./") || glob.contains('\\') {
        Some(
            "a glob starts at the root of the repository, with `/` between folders: `docs/**/*.md`",
        )
    } else if glob.split('/').any(|part| part == "..") {
        Some("a glob cannot leave the repository; delete the `..`")
    } else if glob.ends_with('/') {
        Some("this names a folder; write `**/*.md` behind it to name the files in it")
    } else {
        None
    };
    if let Some(words) = wrong {
        return Err(words.to_owned());
    }
    GlobBuilder::new(glob)
        .literal_separator(true)
        .case_insensitive(true)
        .build()
        .map_err(|error| format!("this is no glob: {}", error.kind()))
}

impl Globs {
    /// The globs of `postmortems`.
    ///
    /// # Errors
    /// A glob that cannot be read, in words.
    pub(super) fn new(postmortems: &Postmortems) -> Result<Self, String> {
        let set = |globs: &[String]| {
            let mut builder = GlobSetBuilder::new();
            for glob in globs {
                builder.add(checked(glob)?);
            }
            builder.build().map_err(|error| error.to_string())
        };
        Ok(Self {
            include: set(&postmortems.include)?,
            exclude: set(&postmortems.exclude)?,
            roots: Roots(postmortems.include.iter().map(|glob| root(glob)).collect()),
            file_types: file_types(&postmortems.include),
        })
    }

    /// Whether the file at `path` is a postmortem.
    pub(super) fn includes(&self, path: &str) -> bool {
        let hidden = is_hidden(path);
        let wanted = self.include.matches(path);
        let named = |index: &usize| !hidden || self.roots.0[*index].names_hidden;
        wanted.iter().any(named) && !self.excludes(path)
    }

    /// Where postmortems can lie.
    pub(super) fn roots(&self) -> Roots {
        self.roots.clone()
    }

    /// Whether `path` is left alone.
    pub(super) fn excludes(&self, path: &str) -> bool {
        self.exclude.is_match(path)
    }

    /// Whether the file at `path` has one of the types that the globs name.
    pub(super) fn has_file_type(&self, path: &str) -> bool {
        let kind = path.rsplit_once('.').map(|(_, kind)| kind.to_lowercase());
        kind.is_some_and(|kind| self.file_types.contains(&kind))
    }
}

impl Roots {
    /// Whether a postmortem could lie somewhere below `folder`.
    pub(super) fn may_hold(&self, folder: &str) -> bool {
        let hidden = is_hidden(folder);
        self.0.iter().any(|root| {
            (!hidden || root.names_hidden)
                && folder
                    .split('/')
                    .zip(&root.folders)
                    .all(|(name, glob)| glob.is_match(name))
        })
    }
}

/// Whether a part of `path` starts with a dot.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

fn root(glob: &str) -> Root {
    let parts: Vec<&str> = glob.split('/').collect();
    let (_, folders) = parts.split_last().unwrap_or((&"", &[]));
    // A part with an open brace is torn: the slash after it belongs to an alternative.
    let whole = |part: &&&str| {
        !part.contains("**") && part.matches('{').count() == part.matches('}').count()
    };
    Root {
        folders: folders
            .iter()
            .take_while(whole)
            .map_while(|part| Some(checked(part).ok()?.compile_matcher()))
            .collect(),
        names_hidden: is_hidden(glob),
    }
}

/// The endings of file names in `globs`: `md` and `markdown` for `docs/*.{md,markdown}`.
fn file_types(globs: &[String]) -> BTreeSet<String> {
    let mut types = BTreeSet::new();
    for glob in globs {
        let name = glob
            .rsplit_once('/')
            .map_or(glob.as_str(), |(_, name)| name);
        let Some((before, ending)) = name.rsplit_once('.') else {
            continue;
        };
        // In `{*.md,*.txt}` the dots stand inside the braces, once for each type.
        let inside = before.matches('{').count() > before.matches('}').count();
        let endings: Vec<&str> = if inside {
            name.split([',', '{', '}'])
                .filter_map(|part| part.rsplit_once('.').map(|(_, ending)| ending))
                .collect()
        } else {
            ending.split([',', '{', '}']).collect()
        };
        let plain = |ending: &&str| !ending.is_empty() && ending.chars().all(char::is_alphanumeric);
        types.extend(endings.into_iter().filter(plain).map(str::to_lowercase));
    }
    if types.is_empty() {
        types.extend(FILE_TYPES.map(str::to_owned));
    }
    types
}

#[cfg(test)]
mod tests {
    use super::*;

    fn globs(include: &[&str], exclude: &[&str]) -> Globs {
        let owned = |globs: &[&str]| globs.iter().map(|&glob| glob.to_owned()).collect();
        Globs::new(&Postmortems {
            include: owned(include),
            exclude: owned(exclude),
        })
        .expect("good globs")
    }

    #[test]
    fn the_defaults_find_the_usual_folders() {
        let globs = Globs::new(&Postmortems::default()).expect("good defaults");
        for path in [
            "postmortems/2024-01-15-outage.md",
            "postmortems/2024/q1/outage.markdown",
            "Post-Mortems/Outage.MD",
            "incidents/db.md",
            "docs/incidents/db.md",
            "docs/source/incident-reports/db.md",
            "docs/postmortems/2024-05-01-broken-email-template.md",
            "postmortems/email-template-outage.md",
            "postmortems/guided-tour-outage.md",
        ] {
            assert!(globs.includes(path), "{path}");
            let (folder, _) = path.rsplit_once('/').expect("a folder");
            assert!(globs.roots.may_hold(folder), "{folder}");
        }
    }

    #[test]
    fn the_defaults_leave_templates_index_pages_and_other_folders_alone() {
        let globs = Globs::new(&Postmortems::default()).expect("good defaults");
        for path in [
            "README.md",
            "postmortems/README.md",
            "postmortems/2024/index.md",
            "postmortems/_category_.md",
            "postmortems/CHANGELOG.md",
            "postmortems/template.md",
            "postmortems/TEMPLATE.md",
            "postmortems/Postmortem Template.md",
            "postmortems/postmortem_template.md",
            "postmortems/0000-template.md",
            "postmortems/template-short.md",
            "postmortems/YYYY-MM-DD-title.md",
            "docs/postmortems/templates/outage.md",
            "postmortems/notes.txt",
            "postmortems/.draft.md",
            "src/incidents/readable.md",
            "docs/api/incidents/list.md",
            ".followthrough/issues/1.md",
        ] {
            assert!(!globs.includes(path), "{path}");
        }
    }

    #[test]
    fn one_star_stays_in_its_folder() {
        let globs = globs(&["docs/*.md", "notes/**/*.md"], &["notes/old/**"]);
        assert!(globs.includes("docs/a.md"));
        assert!(!globs.includes("docs/b/a.md"));
        assert!(globs.includes("notes/b/c/a.md"));
        assert!(!globs.includes("notes/old/a.md"));
    }

    #[test]
    fn only_folders_on_the_way_to_a_match_are_entered() {
        let globs = globs(&["{docs,wiki}/incidents/**/*.md", "a/{b/c,d}/*.md"], &[]);
        for folder in [
            "docs",
            "wiki/incidents",
            "docs/incidents/2024/q1",
            "a",
            "a/b/c",
        ] {
            assert!(globs.roots.may_hold(folder), "{folder}");
        }
        for folder in ["src", "docs/api", "incidents", "docs/incidents/.git"] {
            assert!(!globs.roots.may_hold(folder), "{folder}");
        }
    }

    #[test]
    fn hidden_folders_count_where_a_glob_names_one() {
        let globs = globs(&["**/*.md", ".github/postmortems/*.md"], &[]);
        assert!(globs.includes(".github/postmortems/a.md"));
        assert!(!globs.includes(".cache/a.md"));
        assert!(globs.roots.may_hold(".github/postmortems"));
    }

    #[test]
    fn file_types_are_those_of_the_globs() {
        let types = |globs: &[&str]| -> Vec<String> {
            let globs: Vec<String> = globs.iter().map(|&glob| glob.to_owned()).collect();
            file_types(&globs).into_iter().collect()
        };
        assert_eq!(types(&["a/*.{md,markdown}"]), ["markdown", "md"]);
        assert_eq!(types(&["a/*.mdx", "b/{*.md,*.txt}"]), ["md", "mdx", "txt"]);
        assert_eq!(types(&["a/**"]), ["markdown", "md"]);
    }

    #[test]
    fn a_glob_that_cannot_match_is_refused_in_words() {
        for (glob, words) in [
            ("", "empty"),
            ("/docs/*.md", "starts at the root"),
            ("docs\\*.md", "starts at the root"),
            ("../docs/*.md", "leave"),
            ("docs/", "names a folder"),
            ("docs/{a", "no glob"),
            ("docs/[z-a]", "no glob"),
        ] {
            let error = checked(glob).expect_err(glob);
            assert!(error.contains(words), "{error}");
        }
    }
}
