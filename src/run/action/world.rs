//! GitHub and git as a review meets them: what one of them does not answer is told, and the rest goes on.

use std::collections::BTreeSet;

use crate::{
    host::Git,
    input::Source,
    model::{config::CONFIG_PATH, escape},
    tracker::{
        Reader, TrackerError,
        github::{FileStatus, GithubReader},
    },
};

use super::{
    super::{
        connect::{Connected, connect},
        exit::{Exit, Failure},
        session::{Gathered, Place, Session},
        sync::{Done, Job, Offered, Planned},
        write::Told,
    },
    Bench,
    choice::Change,
    offer,
    pull_request::Reviewed,
};

/// GitHub and git, as far as they answer, and what they did not.
pub(super) struct World {
    pub(super) connected: Option<Connected>,
    git: Option<Git>,
    pub(super) notices: Vec<String>,
    troubles: Vec<String>,
}

impl World {
    pub(super) async fn meet(bench: &Bench<'_>, place: &Place) -> Result<Self, Failure> {
        let mut world = Self {
            connected: None,
            git: Git::open(&place.root),
            notices: Vec::new(),
            troubles: Vec::new(),
        };
        if bench.environment.token.is_none() {
            world.note("Without a token there is no preview of issues.");
            return Ok(world);
        }
        // To connect takes no configuration; to read the configuration takes a connection.
        let source = Source::Text(None);
        let stranger = Session::start(
            bench.options,
            bench.environment,
            bench.screen,
            place.clone(),
            source,
        )?;
        match connect(&stranger).await {
            Ok(connected) => world.connected = Some(connected),
            Err(Failure::Tracker(error)) => world.fail(&error),
            Err(failure) => return Err(failure),
        }
        Ok(world)
    }

    pub(super) fn note(&mut self, notice: &str) {
        self.notices.push(notice.to_owned());
    }

    pub(super) fn fail(&mut self, error: &TrackerError) {
        self.troubles.push(error.to_string());
    }

    fn github(&self) -> Option<&GithubReader> {
        match &self.connected {
            Some(Connected::Github { reader, .. }) => Some(reader),
            _ => None,
        }
    }

    /// Says what GitHub did not answer; then the run has not ended well.
    pub(super) fn tell_troubles(&self, bench: &Bench<'_>, exit: Exit) -> Exit {
        self.troubles.iter().fold(exit, |exit, trouble| {
            bench.screen.message(&format!("error: {trouble}"));
            exit.or(Exit::World)
        })
    }

    /// A session with the configuration of the base branch, at its commit `base`.
    pub(super) async fn session<'a>(
        &mut self,
        bench: &Bench<'a>,
        place: Place,
        base: &str,
    ) -> Result<Session<'a>, Failure> {
        let config = self.config_at(bench, base).await;
        let source = Source::Text(config.as_deref());
        Session::start(
            bench.options,
            bench.environment,
            bench.screen,
            place,
            source,
        )
    }

    /// The configuration of the base branch; `None` where it has none.
    async fn config_at(&mut self, bench: &Bench<'_>, base: &str) -> Option<String> {
        let path = bench.order.config.as_deref().unwrap_or(CONFIG_PATH);
        let asked = match self.github() {
            Some(reader) => Some(reader.file_at(base, path).await),
            None => None,
        };
        match asked {
            Some(Ok(text)) => return text,
            Some(Err(error)) => self.fail(&error),
            None => {}
        }
        let local = self
            .git
            .as_ref()
            .and_then(|git| git.text_at(base, path).ok());
        if local.is_none() {
            self.note("The configuration of the base branch cannot be read; the defaults apply.");
        }
        local.flatten()
    }

    /// The paths that the change adds, modifies or renames to; `None` where nobody can tell.
    pub(super) async fn changed(&mut self, change: &Change) -> Option<BTreeSet<String>> {
        let asked = match (change, self.github()) {
            (Change::Pull(pull), Some(reader)) => Some(reader.changed_files(pull.number).await),
            (Change::Group(group), Some(reader)) => Some(
                reader
                    .changed_between(&group.base_sha, &group.head_sha)
                    .await,
            ),
            (_, None) => None,
        };
        match asked {
            Some(Ok(changed)) if !changed.truncated => {
                let there = changed
                    .files
                    .into_iter()
                    .filter(|file| file.status != FileStatus::Removed);
                return Some(there.map(|file| file.path).collect());
            }
            Some(Err(error)) => self.fail(&error),
            Some(Ok(_)) | None => {}
        }
        let git = self.git.as_ref()?;
        let paths = git
            .changed_since_fork(change.base_sha(), change.head_sha())
            .ok()?;
        Some(paths.into_iter().collect())
    }

    /// Where the changed files can be looked at. By branch and not by commit: links by commit would change the comment
    /// with every push, whatever it pushes.
    pub(super) fn blob_url(&self, change: &Change) -> String {
        let Some(reader) = self.github() else {
            return String::new();
        };
        let home = reader.home();
        let (repository, revision) = match change {
            Change::Pull(pull) => (pull.head.repository.as_ref(), &pull.head.branch),
            Change::Group(group) => (None, &group.head_sha),
        };
        let repository = repository.unwrap_or(&home.repository);
        format!(
            "{}/{repository}/blob/{}",
            home.server,
            escape::url_path(revision)
        )
    }

    /// What merging will do to `gathered`.
    pub(super) async fn preview(&mut self, session: &Session<'_>, gathered: &Gathered) -> Reviewed {
        let planned = match &self.connected {
            Some(connected) => {
                let mut job = Job::new(session, connected, gathered);
                job.scope.named = gathered.paths();
                job.plan(&gathered.documents, &[]).await
            }
            None => Ok(Planned::default()),
        };
        let Planned { plan, known } = planned.unwrap_or_else(|error| {
            self.fail(&error);
            Planned::default()
        });
        Reviewed {
            documents: gathered.documents.clone(),
            plan,
            known,
            outcomes: None,
            refused: Vec::new(),
            notices: Vec::new(),
            patch: None,
            exit: Exit::Fine,
        }
    }

    /// Opens the issues of the pull request. `None` where the token may not, or GitHub does not answer: then there is
    /// a preview, and the merge opens them.
    pub(super) async fn open(
        &mut self,
        bench: &Bench<'_>,
        session: &Session<'_>,
        gathered: &Gathered,
        offered: Offered,
    ) -> Option<(Told, Exit)> {
        let connected = self.connected.take()?;
        let mut job = offer::job(session, &connected, gathered, offered);
        let done = job
            .run(gathered.documents.clone(), bench.order.write_back)
            .await;
        let told = match done {
            Ok(Done {
                forbidden: Some(refusal),
                ..
            }) => {
                self.note(&format!(
                    "No issue was opened before the merge, which opens them: {refusal}"
                ));
                None
            }
            Ok(done) => {
                let write_back = bench.order.write_back.unwrap_or(session.config.write_back);
                let told = Told::new(session, gathered, &connected, done);
                let exit = told.work(write_back);
                Some((told, exit))
            }
            Err(Failure::Tracker(error)) => {
                self.fail(&error);
                None
            }
            Err(failure) => {
                self.troubles.push(failure.to_string());
                None
            }
        };
        self.connected = Some(connected);
        told
    }
}
