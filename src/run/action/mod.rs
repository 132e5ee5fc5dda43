//! `action`: what action.yml calls. Chooses by event, and tells the runner what came of it.

mod choice;
mod offer;
mod pull_request;
mod world;

use std::collections::BTreeSet;

use crate::{
    cli::{Options, TrackerChoice},
    host::{Environment, Git, HostError, Screen, runner::Runner},
    input::{
        Source,
        event::{self, Push},
    },
    model::{change::Plan, escape},
    publish,
    report::{
        Report, annotations,
        text::{self, Look},
    },
};

use self::choice::{Choice, Order, choose};
use super::{
    connect::{Connected, connect},
    exit::{Exit, Failure},
    review,
    session::{Gathered, Place, Session},
    sync::{Job, Planned},
    write::Told,
};

pub(super) async fn action(
    options: &Options,
    environment: &Environment,
    screen: &Screen,
) -> Result<Exit, Failure> {
    if !environment.on_runner {
        return Err(Failure::Usage(
            "`action` is for GitHub Actions: action.yml calls it. Use `check`, `plan`, `sync` or `sweep` here".to_owned(),
        ));
    }
    let order = Order::read(environment.inputs())?;
    let options = Options {
        today: options.today.or(order.today),
        ..options.clone()
    };
    let event = event::read(environment)?.ok_or_else(|| {
        Failure::Usage("GITHUB_EVENT_NAME is not set; a runner sets it".to_owned())
    })?;
    let choice = choose(&order, event)?;
    let place = Place::find(&options)?;
    let bench = Bench {
        options: &options,
        environment,
        screen,
        order: &order,
    };
    match choice {
        Choice::Nothing(why) => {
            screen.result(&escape::terminal_line(&why));
            Ok(Exit::Fine)
        }
        Choice::Review(change) => pull_request::review(&bench, place, &change).await,
        Choice::Withdraw(pull) => offer::withdraw(&bench, place, &pull).await,
        Choice::Check => check_all(&bench, place),
        Choice::Plan => plan(&bench, place).await,
        Choice::Sync { only, push } => {
            let session = bench.session(place)?;
            let gathered = session.gather(&order.paths)?;
            let connected = bench.connect(&session).await?;
            let mut job = Job::new(&session, &connected, &gathered);
            if let Some(numbers) = only {
                let home = connected.reader().home();
                job.only = Some(numbers.into_iter().map(|issue| issue.key(home)).collect());
            }
            let mut unknown = None;
            if let (Some(push), None) = (push, job.scope.since) {
                match changed(&session, &connected, push, &gathered).await {
                    Ok(changed) => job.scope.named.extend(changed),
                    Err(why) => unknown = Some(why),
                }
            }
            let done = job
                .run(gathered.documents.clone(), order.write_back)
                .await?;
            let told = Told::new(&session, &gathered, &connected, done);
            let report = told.report(&session, &job.blob_url);
            let fail_on = order.fail_on.unwrap_or(session.config.fail_on);
            let exit = told.exit(
                fail_on,
                order.write_back.unwrap_or(session.config.write_back),
            );
            screen.result(&escape::log_lines(&text::outcome(&report, Look::PLAIN)));
            let mut exit = exit.or(session.tell_about_files(&gathered));
            if let Some(why) = unknown {
                // Items that nobody looked at are work left undone.
                screen.message(&format!("error: {NOT_KNOWN}: {why}"));
                exit = exit.or(Exit::Partial);
            }
            bench.publish(&report)?;
            Ok(exit)
        }
    }
}

/// What all ways through an action share.
struct Bench<'a> {
    options: &'a Options,
    environment: &'a Environment,
    screen: &'a Screen,
    order: &'a Order,
}

impl<'a> Bench<'a> {
    /// A session with the configuration of the checkout: the default branch, reviewed and merged.
    fn session(&self, place: Place) -> Result<Session<'a>, Failure> {
        let named = self.order.config.as_ref().map(|path| place.root.join(path));
        let source = named.as_deref().map_or(Source::Usual, Source::Named);
        Session::start(self.options, self.environment, self.screen, place, source)
    }

    /// Connects to GitHub. On a runner the embedded tracker would vanish with the machine, so it has to be asked for.
    async fn connect(&self, session: &Session<'_>) -> Result<Connected, Failure> {
        if self.environment.token.is_none() && session.tracker == TrackerChoice::Auto {
            return Err(Failure::Usage(
                "there is no token: leave the input `token` at its default, or pass one".to_owned(),
            ));
        }
        connect(session).await
    }

    /// Annotations, summary, outputs and the plan's file.
    fn publish(&self, report: &Report<'_>) -> Result<(), HostError> {
        let runner = Runner::new(self.environment);
        self.screen.result(&annotations::commands(report));
        publish::add_summary(&runner, report)?;
        publish::set_outputs(&runner, self.environment.runner_temp.as_deref(), report)
    }
}

fn check_all(bench: &Bench<'_>, place: Place) -> Result<Exit, Failure> {
    let session = bench.session(place)?;
    let gathered = session.gather(&bench.order.paths)?;
    let findings = review::findings(&session, &gathered);
    let plan = Plan::default();
    let report = review::report(&session, &gathered.documents, &findings, &plan);
    let exit = Exit::of_findings(
        &findings,
        bench.order.fail_on.unwrap_or(session.config.fail_on),
    );
    bench
        .screen
        .result(&escape::log_lines(&text::findings(&report, Look::PLAIN)));
    bench.publish(&report)?;
    Ok(exit.or(session.tell_about_files(&gathered)))
}

async fn plan(bench: &Bench<'_>, place: Place) -> Result<Exit, Failure> {
    let session = bench.session(place)?;
    let gathered = session.gather(&bench.order.paths)?;
    let connected = bench.connect(&session).await?;
    let job = Job::new(&session, &connected, &gathered);
    let Planned { plan, .. } = job.plan(&gathered.documents, &[]).await?;
    let mut findings = gathered.unreadable.clone();
    findings.extend(super::write::standing(&session, &gathered.documents, &plan));
    let report = Report {
        blob_url: &job.blob_url,
        ..review::report(&session, &gathered.documents, &findings, &plan)
    };
    bench
        .screen
        .result(&escape::log_lines(&text::plan(&report, Look::PLAIN)));
    bench.publish(&report)?;
    Ok(session.tell_about_files(&gathered))
}

const NOT_KNOWN: &str = "which postmortems the push changed cannot be found out, so that new ones among them get no \
    issues. Check out with `fetch-depth: 0` and run again, or run `sync` with their paths";

/// The files that a push added or modified: by its payload, which on runners does not say it, by git, where the
/// checkout reaches back far enough, else by GitHub. The first push of a branch brings everything.
///
/// # Errors
/// In words, where nobody can tell.
async fn changed(
    session: &Session<'_>,
    connected: &Connected,
    push: Push,
    gathered: &Gathered,
) -> Result<BTreeSet<String>, String> {
    if let Some(changed) = push.changed {
        return Ok(changed.into_iter().collect());
    }
    let Some(after) = push.after else {
        return Ok(BTreeSet::new());
    };
    let Some(before) = push.before else {
        let all = gathered.documents.iter();
        return Ok(all.map(|document| document.path.clone()).collect());
    };
    let by_git = Git::open(&session.place.root).and_then(|git| git.changed(&before, &after).ok());
    match (by_git, connected) {
        (Some(paths), _) => Ok(paths.into_iter().collect()),
        (None, Connected::Github { reader, .. }) => {
            let changed = reader.changed_between(&before, &after).await;
            let changed = changed.map_err(|error| error.to_string())?;
            if changed.truncated {
                return Err("GitHub does not name all of them".to_owned());
            }
            Ok(changed.files.into_iter().map(|file| file.path).collect())
        }
        (None, Connected::Local { .. }) => Ok(BTreeSet::new()),
    }
}
