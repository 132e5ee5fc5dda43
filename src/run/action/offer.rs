//! `issues.open: on-pull-request`: the issues of a pull request are opened before the merge, and closed where it comes
//! to nothing.

use chrono::DateTime;

use crate::{
    apply::Head,
    input::event::PullRequest,
    model::{config::Opening, escape},
    plan::{Offering, Scope},
    report::text::{self, Look},
};

use super::{
    super::{
        connect::Connected,
        exit::{Exit, Failure},
        session::{Gathered, Place, Session},
        sync::{Job, Offered},
        write::Told,
    },
    Bench,
    choice::CLOSED,
    world::World,
};

/// The pull request as one whose issues are opened now; `None` where they wait for the merge: by the configuration,
/// or since it comes from a fork.
pub(super) fn offered(
    session: &Session<'_>,
    pull: &PullRequest,
    is_complete: bool,
) -> Option<Offered> {
    if session.config.issues.open != Opening::OnPullRequest || pull.from_fork {
        return None;
    }
    Some(Offered {
        offering: Offering {
            pull: pull.number,
            is_draft: pull.draft,
            is_complete,
        },
        head: Some(Head {
            branch: pull.head.branch.clone(),
            oid: pull.head.sha.clone(),
        }),
        since: pull.created_at.unwrap_or(DateTime::UNIX_EPOCH),
    })
}

/// A job over the changed postmortems of a pull request.
pub(super) fn job<'a>(
    session: &'a Session<'a>,
    connected: &'a Connected,
    gathered: &Gathered,
    offered: Offered,
) -> Job<'a> {
    let mut job = Job::new(session, connected, gathered);
    job.scope.named = gathered.paths();
    job.offered = Some(offered);
    job
}

/// Closes the issues of a pull request that was closed without merging.
pub(super) async fn withdraw(
    bench: &Bench<'_>,
    place: Place,
    pull: &PullRequest,
) -> Result<Exit, Failure> {
    let mut world = World::meet(bench, &place).await?;
    let session = world.session(bench, place, &pull.base.sha).await?;
    let Some(offered) = offered(&session, pull, true) else {
        bench.screen.result(CLOSED);
        // A configuration that could not be read says nothing of issues opened before the merge.
        return Ok(world.tell_troubles(bench, Exit::Fine));
    };
    let Some(connected) = &world.connected else {
        return Ok(world.tell_troubles(bench, Exit::Fine));
    };
    let gathered = Gathered::default();
    let mut job = Job {
        offered: Some(Offered {
            head: None,
            ..offered
        }),
        scope: Scope::default(),
        ..Job::new(&session, connected, &gathered)
    };
    let done = job.run(Vec::new(), bench.order.write_back).await?;
    let told = Told::new(&session, &gathered, connected, done);
    let report = told.report(&session, &job.blob_url);
    let outcome = text::outcome(&report, Look::PLAIN);
    bench.screen.result(&escape::log_lines(&outcome));
    bench.publish(&report)?;
    let write_back = bench.order.write_back;
    let exit = told.exit(
        session.config.fail_on,
        write_back.unwrap_or(session.config.write_back),
    );
    Ok(world.tell_troubles(bench, exit))
}
