//! What every command starts from: the place, the configuration, the day, and the documents.

use std::{collections::BTreeSet, path::PathBuf};

use chrono::NaiveDate;

use crate::{
    check::{self, rules},
    cli::{Options, TrackerChoice},
    document::{self, Document, Vocabulary},
    host::{
        Environment, Screen, clock, environment::working_directory, git::repository_root, threads,
    },
    input::{self, Source, discover, discover::Wanted},
    model::{config::Config, finding::Finding},
};

use super::exit::Failure;

/// Where a run takes place.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Root of the repository.
    pub(super) root: PathBuf,
    /// Folder that relative paths start from.
    pub(super) here: PathBuf,
}

impl Place {
    /// The root that is named, else the Git repository around the working directory, else that directory.
    pub(super) fn find(options: &Options) -> Result<Self, Failure> {
        let here = working_directory()?;
        let root = match &options.root {
            Some(named) => {
                let root = here.join(named);
                if !root.is_dir() {
                    return Err(Failure::Usage(format!(
                        "--root {} is no folder. Name the root of a repository, or leave the option out",
                        named.display()
                    )));
                }
                root
            }
            None => repository_root(&here).unwrap_or_else(|| here.clone()),
        };
        Ok(Self { root, here })
    }
}

/// A run that knows its settings.
pub(super) struct Session<'a> {
    pub(super) environment: &'a Environment,
    pub(super) screen: &'a Screen,
    pub(super) place: Place,
    pub(super) config: Config,
    pub(super) vocabulary: Vocabulary,
    pub(super) today: NaiveDate,
    pub(super) tracker: TrackerChoice,
}

/// Documents, and what is to be said about files that are none.
#[derive(Default)]
pub(super) struct Gathered<T = Document> {
    pub(super) documents: Vec<T>,
    /// Findings about files that cannot be read.
    pub(super) unreadable: Vec<Finding>,
    /// Whether a file could not be read, whatever the level of its finding.
    pub(super) has_unreadable: bool,
    /// Paths that somebody named and that cannot be read, in words.
    pub(super) misnamed: Vec<String>,
    /// Paths that somebody named, as far as they were found.
    pub(super) named: BTreeSet<String>,
    /// The names by which markers may call the postmortems of the repository, those that cannot be read or were left
    /// out included; `None` where not all of them were looked for.
    pub(super) existing: Option<BTreeSet<String>>,
    pub(super) notices: Vec<String>,
}

impl Gathered {
    /// The paths of the documents.
    pub(super) fn paths(&self) -> BTreeSet<String> {
        let documents = self.documents.iter();
        documents.map(|document| document.path.clone()).collect()
    }
}

impl<'a> Session<'a> {
    /// Reads the configuration from `source`, and what follows from it.
    pub(super) fn start(
        options: &Options,
        environment: &'a Environment,
        screen: &'a Screen,
        place: Place,
        source: Source<'_>,
    ) -> Result<Self, Failure> {
        let known = input::config::Rules {
            names: &rules::words(),
            complaints: check::wording::own::complaints,
        };
        let config = input::config::load(&place.root, &place.here, source, known)?;
        let now = options.today.unwrap_or_else(clock::now);
        Ok(Self {
            environment,
            screen,
            place,
            vocabulary: Vocabulary::new(&config),
            today: now.day(config.time_zone),
            tracker: options.tracker,
            config,
        })
    }

    /// Reads the postmortems that `paths` name, else those that the configuration names.
    pub(super) fn gather(&self, paths: &[String]) -> Result<Gathered, Failure> {
        self.gather_where(paths, |_| true, |document| document)
    }

    /// The same, but keeps of each document only what `keep` makes of it, as soon as it is read.
    pub(super) fn gather_as<T: Send>(
        &self,
        paths: &[String],
        keep: impl Fn(Document) -> T + Sync,
    ) -> Result<Gathered<T>, Failure> {
        self.gather_where(paths, |_| true, keep)
    }

    /// The same for the postmortems that `changed` names. Of the others, only what names them is read: a marker that
    /// names one of them is no sign that a changed one was renamed.
    pub(super) fn gather_changed(
        &self,
        paths: &[String],
        changed: &BTreeSet<String>,
    ) -> Result<Gathered, Failure> {
        self.gather_where(paths, |path| changed.contains(path), |document| document)
    }

    fn gather_where<T: Send>(
        &self,
        paths: &[String],
        is_wanted: impl Fn(&str) -> bool + Sync,
        keep: impl Fn(Document) -> T + Sync,
    ) -> Result<Gathered<T>, Failure> {
        let somebody_asked = !paths.is_empty();
        let wanted = if somebody_asked {
            Wanted::Named(paths)
        } else {
            Wanted::Configured
        };
        let found = discover::files(&self.place.root, &self.place.here, &self.config, wanted)?;
        let (misnamed, unread): (Vec<_>, Vec<_>) =
            found.problems.into_iter().partition(|_| somebody_asked);
        let mut existing: BTreeSet<String> =
            unread.iter().map(|problem| problem.path.clone()).collect();
        let unread: Vec<_> = unread
            .into_iter()
            .filter(|problem| is_wanted(&problem.path))
            .collect();
        let has_unreadable = !unread.is_empty();
        let unreadable = unread
            .into_iter()
            .filter_map(|problem| {
                // Every message ends in a sentence on what to do.
                let (message, remedy) = problem.message.rsplit_once(". ").unwrap_or((
                    &problem.message,
                    "Mend the file, or leave it out with `postmortems: exclude:`",
                ));
                check::finding(
                    &rules::FILE_UNREADABLE,
                    &self.config,
                    &problem.path,
                    None,
                    message.to_owned(),
                    remedy,
                )
            })
            .collect();
        let named = found
            .files
            .iter()
            .filter(|file| file.named)
            .map(|file| file.path.clone())
            .collect();
        let vocabulary = &self.vocabulary;
        let read = threads::map(found.files, |file| {
            if is_wanted(&file.path) {
                let document = Document::parse(&file.path, file.text, vocabulary);
                (document.id().to_owned(), file.path, Some(keep(document)))
            } else {
                let id = document::id(&file.path, &file.text, vocabulary);
                (id, file.path, None)
            }
        });
        let mut documents = Vec::new();
        for (id, path, document) in read {
            existing.extend([id, path]);
            documents.extend(document);
        }
        Ok(Gathered {
            documents,
            unreadable,
            has_unreadable,
            misnamed: misnamed
                .into_iter()
                .map(|problem| problem.message)
                .collect(),
            named,
            existing: (!somebody_asked).then_some(existing),
            notices: found.notices,
        })
    }
}

/// Paths as the command line gives them, for the stage that reads them.
pub(super) fn as_text(paths: &[PathBuf]) -> Vec<String> {
    paths
        .iter()
        .map(|path| path.to_string_lossy().into_owned())
        .collect()
}
