//! Reviews what is not merged yet: findings on the changed postmortems, and a preview of what merging will do.
//!
//! The configuration is read from the base branch: a pull request cannot loosen its own check. Findings need no
//! network, so they are told whatever else fails.

use crate::{
    apply::Outcome,
    check,
    document::Document,
    model::{change::Plan, escape, finding::Finding},
    publish,
    report::{
        Report,
        text::{self, Look},
    },
    tracker::github::Commented,
};

use super::{
    super::{
        connect::Connected,
        exit::{Exit, Failure},
        review::report,
        session::{Place, Session},
        sync::{Done, Known},
        write::Told,
    },
    Bench,
    choice::{Change, Named},
    offer,
    world::World,
};

impl Change {
    pub(super) fn base_sha(&self) -> &str {
        match self {
            Self::Pull(pull) => &pull.base.sha,
            Self::Group(group) => &group.base_sha,
        }
    }

    pub(super) fn head_sha(&self) -> &str {
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
    let session = world.session(bench, place, change.base_sha()).await?;

    let paths = &bench.order.paths;
    let changed = world.changed(change).await;
    let gathered = if let Some(changed) = &changed {
        session.gather_changed(paths, changed)?
    } else {
        world.note(ALL_ARE_REVIEWED);
        session.gather(paths)?
    };
    let may_open = bench.order.command == Named::Auto && changed.is_some();
    let offered = match change {
        Change::Pull(pull) if may_open => {
            offer::offered(&session, pull, gathered.unreadable.is_empty())
        }
        Change::Pull(_) | Change::Group(_) => None,
    };
    let told = match offered {
        Some(offered) => world.open(bench, &session, &gathered, offered).await,
        None => None,
    };
    let reviewed = match told {
        Some(told) => Reviewed::after(told),
        None => world.preview(&session, &gathered).await,
    };
    let blob_url = world.blob_url(change);
    let found = reviewed.findings(&session, &gathered.unreadable);

    let report = Report {
        notices: &[world.notices.as_slice(), &reviewed.notices].concat(),
        blob_url: &blob_url,
        outcomes: reviewed.outcomes.as_deref(),
        patch: reviewed.patch.as_deref(),
        ..report(&session, &reviewed.documents, &found, &reviewed.plan)
    };
    if report.outcomes.is_some() {
        let outcome = text::outcome(&report, Look::PLAIN);
        bench.screen.result(&escape::log_lines(&outcome));
    }
    bench
        .screen
        .result(&escape::log_lines(&text::findings(&report, Look::PLAIN)));
    bench.publish(&report)?;
    let nothing_to_say = reviewed.documents.is_empty() && gathered.unreadable.is_empty();
    let commented = match (change, &world.connected) {
        (Change::Pull(pull), Some(Connected::Github { writer, .. })) if !nothing_to_say => {
            // What this run did is not for the comment: the next one, which does nothing, would edit it.
            let lasting = Report {
                notices: &world.notices,
                ..report
            };
            publish::put_comment(writer, pull.number, &lasting)
                .await
                .map(Some)
        }
        _ => Ok(None),
    };
    let fail_on = bench.order.fail_on.unwrap_or(session.config.fail_on);
    let exit = Exit::of_findings(&found, fail_on)
        .or(reviewed.exit)
        .or(session.tell_about_files(&gathered));
    match commented {
        Ok(Some(Commented::ReadOnly(words))) => {
            let from_fork = matches!(change, Change::Pull(pull) if pull.from_fork);
            let why = if from_fork {
                "GitHub gives a read-only token to a pull request from a fork"
            } else {
                &words
            };
            let message = format!("no comment was written: {why}");
            bench.screen.message(&message);
        }
        Ok(_) => {}
        Err(error) => world.fail(&error),
    }
    Ok(world.tell_troubles(bench, exit))
}

/// What a review has to tell: a preview, or what was done where issues are opened before the merge.
pub(super) struct Reviewed {
    pub(super) documents: Vec<Document>,
    pub(super) plan: Plan,
    pub(super) known: Known,
    pub(super) outcomes: Option<Vec<Outcome>>,
    /// Rows that could not be written.
    pub(super) refused: Vec<Finding>,
    pub(super) notices: Vec<String>,
    pub(super) patch: Option<String>,
    pub(super) exit: Exit,
}

impl Reviewed {
    fn after((told, exit): (Told, Exit)) -> Self {
        let (notices, patch) = (told.notices, told.patch);
        let Done {
            documents,
            plan,
            known,
            outcomes,
            ..
        } = told.done;
        Self {
            documents,
            plan,
            known,
            outcomes: Some(outcomes),
            refused: told.refused,
            notices,
            patch,
            exit,
        }
    }

    /// What the rules find with the issues in view, and what only the issues show.
    fn findings(&self, session: &Session<'_>, unreadable: &[Finding]) -> Vec<Finding> {
        let mut found = unreadable.to_vec();
        found.extend(check::run(&self.documents, &self.known.context(session)));
        found.extend(self.plan.conflicts.iter().cloned());
        found.extend(self.refused.iter().cloned());
        found
    }
}

const ALL_ARE_REVIEWED: &str =
    "Which files the change touches is not known; all postmortems are reviewed.";
