//! Reviews what is not merged yet: findings on the changed postmortems, and a preview of what merging will do.
//!
//! The configuration is read from the base branch: a pull request cannot loosen its own check. Findings need no
//! network, so they are told whatever else fails.

use std::collections::BTreeSet;

use crate::{
    check,
    host::Git,
    input::Source,
    model::{change::Plan, config::CONFIG_PATH, escape, finding::Finding},
    publish,
    report::{
        Report,
        text::{self, Look},
    },
    tracker::{
        Reader, TrackerError,
        github::{Commented, FileStatus, GithubReader},
    },
};

use super::{
    super::{
        connect::{Connected, connect},
        exit::{Exit, Failure},
        review::report,
        session::{Gathered, Place, Session},
        sync::{Job, Known, Planned},
    },
    Bench,
    choice::Change,
};

impl Change {
    fn base_sha(&self) -> &str {
        match self {
            Self::Pull(pull) => &pull.base.sha,
            Self::Group(group) => &group.base_sha,
        }
    }

    fn head_sha(&self) -> &str {
        match self {
            Self::Pull(pull) => &pull.head.sha,
            Self::Group(group) => &group.head_sha,
        }
    }
}

pub(super) async fn review(
    bench: &Bench<'_>,
    place: Place,
    change: &Change,
) -> Result<Exit, Failure> {
    let mut world = World::meet(bench, &place).await?;
    let config = world.base_config(bench, change).await;
    let source = Source::Text(config.as_deref());
    let session = Session::start(
        bench.options,
        bench.environment,
        bench.screen,
        place,
        source,
    )?;

    let paths = &bench.order.paths;
    let gathered = if let Some(changed) = world.changed(change).await {
        session.gather_changed(paths, &changed)?
    } else {
        world.note(ALL_ARE_REVIEWED);
        session.gather(paths)?
    };
    let touched = gathered
        .documents
        .iter()
        .map(|document| document.path.clone())
        .collect();
    let planned = world.preview(&session, &gathered, touched).await;
    let blob_url = world.blob_url(change);
    let found = all_findings(&session, &gathered, &planned);

    let report = Report {
        notices: &world.notices,
        blob_url: &blob_url,
        ..report(&session, &gathered.documents, &found, &planned.plan)
    };
    bench
        .screen
        .result(&escape::log_lines(&text::findings(&report, Look::PLAIN)));
    bench.publish(&report)?;
    let nothing_to_say = gathered.documents.is_empty() && gathered.unreadable.is_empty();
    let commented = match (change, &world.connected) {
        (Change::Pull(pull), Some(Connected::Github { writer, .. })) if !nothing_to_say => {
            publish::put_comment(writer, pull.number, &report)
                .await
                .map(Some)
        }
        _ => Ok(None),
    };
    let fail_on = bench.order.fail_on.unwrap_or(session.config.fail_on);
    let mut exit = Exit::of_findings(&found, fail_on).or(session.tell_about_files(&gathered));
    match commented {
        Ok(Some(Commented::ReadOnly(words))) => bench
            .screen
            .message(&format!("no comment was written: {words}")),
        Ok(_) => {}
        Err(error) => world.fail(&error),
    }
    for trouble in &world.troubles {
        bench.screen.message(&format!("error: {trouble}"));
        exit = exit.or(Exit::World);
    }
    Ok(exit)
}

const ALL_ARE_REVIEWED: &str =
    "Which files the change touches is not known; all postmortems are reviewed.";

/// What the rules find with the issues in view, and what only the issues show.
fn all_findings(session: &Session<'_>, gathered: &Gathered, planned: &Planned) -> Vec<Finding> {
    let mut found = gathered.unreadable.clone();
    found.extend(check::run(
        &gathered.documents,
        &planned.known.context(session),
    ));
    found.extend(planned.plan.conflicts.iter().cloned());
    found
}

/// GitHub and git, as far as they answer, and what they did not.
struct World {
    connected: Option<Connected>,
    git: Option<Git>,
    notices: Vec<String>,
    troubles: Vec<String>,
}

impl World {
    async fn meet(bench: &Bench<'_>, place: &Place) -> Result<Self, Failure> {
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

    fn note(&mut self, notice: &str) {
        self.notices.push(notice.to_owned());
    }

    fn fail(&mut self, error: &TrackerError) {
        self.troubles.push(error.to_string());
    }

    fn github(&self) -> Option<&GithubReader> {
        match &self.connected {
            Some(Connected::Github { reader, .. }) => Some(reader),
            _ => None,
        }
    }

    /// The configuration of the base branch; `None` where it has none.
    async fn base_config(&mut self, bench: &Bench<'_>, change: &Change) -> Option<String> {
        let path = bench.order.config.as_deref().unwrap_or(CONFIG_PATH);
        let asked = match self.github() {
            Some(reader) => Some(reader.file_at(change.base_sha(), path).await),
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
            .and_then(|git| git.text_at(change.base_sha(), path).ok());
        if local.is_none() {
            self.note("The configuration of the base branch cannot be read; the defaults apply.");
        }
        local.flatten()
    }

    /// The paths that the change adds, modifies or renames to; `None` where nobody can tell.
    async fn changed(&mut self, change: &Change) -> Option<BTreeSet<String>> {
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
    fn blob_url(&self, change: &Change) -> String {
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
    async fn preview(
        &mut self,
        session: &Session<'_>,
        gathered: &Gathered,
        touched: BTreeSet<String>,
    ) -> Planned {
        let nothing = Planned {
            plan: Plan::default(),
            known: Known::default(),
        };
        let Some(connected) = &self.connected else {
            return nothing;
        };
        let mut job = Job::new(session, connected, gathered);
        job.scope.named = touched;
        match job.plan(&gathered.documents, &[]).await {
            Ok(planned) => planned,
            Err(error) => {
                self.fail(&error);
                nothing
            }
        }
    }
}
