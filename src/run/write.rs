//! `sync` and `sweep` as people call them, and what every run that writes has to tell afterwards.

use crate::{
    apply::{self, Delivery, Ending, Outcome},
    check::{self, Context, rules},
    document::Document,
    model::{
        change::{ItemRef, Left, Plan},
        config::{FailOn, WriteBack},
        escape::terminal_lines,
        finding::Finding,
        item::ActionItem,
    },
    report::{Report, text},
};

use super::{
    connect::{self, Connected, connect},
    exit::{Exit, Failure},
    review,
    session::{Gathered, Place, Session},
    sync::{Done, Job, Known},
};

pub(super) async fn sync(
    session: &Session<'_>,
    paths: &[String],
    write_back: Option<WriteBack>,
) -> Result<Exit, Failure> {
    let gathered = session.gather(paths)?;
    let connected = connect(session).await?;
    let mut job = Job::new(session, &connected, &gathered);
    let done = job.run(gathered.documents.clone(), write_back).await?;
    let told = Told::new(session, &gathered, &connected, done);
    let input = session.tell_about_files(&gathered);
    for finding in &gathered.unreadable {
        session
            .screen
            .message(&format!("error: {}. {}", finding.message, finding.remedy));
    }
    let report = told.report(session, &job.blob_url);
    session
        .screen
        .result(&text::outcome(&report, session.look()));
    if let Some(patch) = report.patch {
        session
            .screen
            .result(&terminal_lines(&format!("\n{patch}")));
    }
    if let Some(next) = next_step(session, &told.done.delivery, &connected, write_back) {
        session.screen.message(&next);
    }
    let write_back = write_back.unwrap_or(session.config.write_back);
    Ok(told.exit(session.config.fail_on, write_back).or(input))
}

/// What a person does with files that were changed in the working tree.
fn next_step(
    session: &Session<'_>,
    delivery: &Delivery,
    connected: &Connected,
    asked: Option<WriteBack>,
) -> Option<String> {
    let in_files = connect::write_back(session, asked, connected) == WriteBack::Files;
    if !in_files || !matches!(delivery, Delivery::Written(_)) {
        return None;
    }
    let Place { root, here } = &session.place;
    let folder = root.strip_prefix(here).ok();
    let folder = folder.map_or_else(String::new, |folder| format!(" {}", folder.display()));
    let diff = format!("`{}`", format!("git diff{folder}").trim_end());
    Some(match connected {
        Connected::Github { .. } => format!("Next: look at the rows with {diff}, and commit them."),
        Connected::Local { .. } => format!(
            "Next: look at the rows with {diff}, and commit them together with the issues.\n\
             To finish an item, set `state: closed` in the file of its issue and sync again: its row follows."
        ),
    })
}

/// What a run did, ready to be told.
pub(super) struct Told {
    pub(super) done: Done,
    pub(super) findings: Vec<Finding>,
    /// Rows that were left as they are, since writing to them could have changed something else.
    pub(super) refused: Vec<Finding>,
    pub(super) notices: Vec<String>,
    pub(super) patch: Option<String>,
    has_unreadable: bool,
}

impl Told {
    pub(super) fn new(
        session: &Session<'_>,
        gathered: &Gathered,
        connected: &Connected,
        done: Done,
    ) -> Self {
        let mut findings = gathered.unreadable.clone();
        findings.extend(standing(session, &done.documents, &done.plan));
        let refused = refused(session, &done);
        findings.extend(refused.iter().cloned());
        check::sort(&mut findings);
        let mut notices = vec![connected.notice(session.environment)];
        notices.extend(delivery_notice(&done.delivery));
        notices.extend(done.tidied.notices.iter().cloned());
        if done
            .plan
            .left
            .iter()
            .any(|(_, why)| *why == Left::IssuesDisabled)
        {
            notices.push(connected.no_issues().to_string());
        }
        let undelivered = matches!(done.delivery, Delivery::Patch(_) | Delivery::Failed(_));
        Self {
            findings,
            refused,
            notices,
            patch: undelivered
                .then(|| apply::patch(&done.files))
                .filter(|patch| !patch.is_empty()),
            has_unreadable: gathered.has_unreadable,
            done,
        }
    }

    pub(super) fn report<'a>(&'a self, session: &Session<'_>, blob_url: &'a str) -> Report<'a> {
        Report {
            outcomes: Some(&self.done.outcomes),
            notices: &self.notices,
            patch: self.patch.as_deref(),
            blob_url,
            ..review::report(
                session,
                &self.done.documents,
                &self.findings,
                &self.done.plan,
            )
        }
    }

    /// How the run ended: work that is left undone is never green.
    pub(super) fn exit(&self, fail_on: FailOn, write_back: WriteBack) -> Exit {
        Exit::of_findings(&self.findings, fail_on).or(self.work(write_back))
    }

    /// How the work itself ended, whatever was found.
    pub(super) fn work(&self, write_back: WriteBack) -> Exit {
        let outcomes = &self.done.outcomes;
        let failed = outcomes
            .iter()
            .any(|outcome| matches!(outcome.result, Ending::Failed(_)));
        let disabled = self
            .done
            .plan
            .left
            .iter()
            .any(|(_, why)| *why == Left::IssuesDisabled);
        let achieved = outcomes
            .iter()
            .any(|outcome| outcome.result == Ending::Done);
        if (failed || disabled) && !achieved {
            return Exit::World;
        }
        let patch_on_request = write_back == WriteBack::None;
        let left = outcomes
            .iter()
            .any(|outcome| is_left(outcome, patch_on_request));
        let waiting = self
            .done
            .plan
            .left
            .iter()
            .any(|(_, why)| matches!(why, Left::OverLimit | Left::CannotPlace));
        let untidy = self.done.tidied.is_left;
        if failed || disabled || left || waiting || untidy || self.has_unreadable {
            Exit::Partial
        } else {
            Exit::Fine
        }
    }
}

/// Whether the next run has to do this. What waits for a person, such as the merge of a pull request, is not left.
fn is_left(outcome: &Outcome, patch_on_request: bool) -> bool {
    let Ending::Left(reason) = &outcome.result else {
        return false;
    };
    let in_the_patch = outcome.change.is_in_document() && patch_on_request;
    reason != apply::AWAITS_DOCUMENT && !in_the_patch
}

fn delivery_notice(delivery: &Delivery) -> Option<String> {
    match delivery {
        Delivery::Unchanged | Delivery::HeadMoved => None,
        Delivery::Written(what) => Some(format!("Links and status were written: {what}.")),
        Delivery::Proposed { place, reason, .. } if reason.is_empty() => {
            Some(format!("Proposed in {place}."))
        }
        Delivery::Proposed { place, reason, .. } => Some(format!(
            "Proposed in {place}, since the branch was not written directly: {reason}"
        )),
        Delivery::Patch(reason) => Some(format!("The postmortems were not written: {reason}")),
        Delivery::Failed(reason) => Some(format!("The postmortems could not be written: {reason}")),
        Delivery::Partly(failures) => {
            let reasons: Vec<&str> = failures.values().map(String::as_str).collect();
            Some(format!("Not written: {}", reasons.join("; ")))
        }
    }
}

/// Rows that were left as they are, since writing to them could have changed something else.
fn refused(session: &Session<'_>, done: &Done) -> Vec<Finding> {
    let findings = done.refused.iter().filter_map(|((path, index), reason)| {
        let document = done
            .documents
            .iter()
            .find(|document| document.path == *path)?;
        check::finding(
            &rules::EDIT_REFUSED,
            &session.config,
            path,
            document.items.get(*index).map(|item| item.span),
            format!("the row was left as it is: {reason}"),
            "mend the row; the next run writes it",
        )
    });
    findings.collect()
}

/// What keeps documents from being read or written as they should: torn tables and front matter that is none.
fn problems(session: &Session<'_>, documents: &[Document]) -> Vec<Finding> {
    let rules = [&rules::FRONT_MATTER_INVALID, &rules::TORN_TABLE];
    let context = Context::new(&session.config, session.today);
    documents
        .iter()
        .filter(|document| !document.problems.is_empty())
        .flat_map(|document| check::run(std::slice::from_ref(document), &context))
        .filter(|finding| rules.iter().any(|rule| rule.id == finding.rule))
        .collect()
}

/// What needs a person's eye after a sync: conflicts, items that are late by the status that counts, and what could
/// not be read.
pub(super) fn standing(session: &Session<'_>, documents: &[Document], plan: &Plan) -> Vec<Finding> {
    let mut findings = plan.conflicts.clone();
    findings.extend(problems(session, documents));
    findings.extend(plan.overdue.iter().filter_map(|late| {
        let item = item_of(documents, &late.item)?;
        let span = item.due.as_ref().map(|due| due.span);
        let words = rules::late(item, late.due);
        check::finding(
            &rules::OVERDUE,
            &session.config,
            &late.item.path,
            span,
            words,
            rules::OVERDUE_REMEDY,
        )
    }));
    check::sort(&mut findings);
    findings
}

fn item_of<'a>(documents: &'a [Document], place: &ItemRef) -> Option<&'a ActionItem> {
    documents
        .iter()
        .find(|document| document.path == place.path)?
        .items
        .get(place.index)
}

impl Known {
    /// The context of rules in a run that has read the issues.
    pub(super) fn context<'a>(&'a self, session: &'a Session<'_>) -> Context<'a> {
        Context {
            known: self
                .0
                .iter()
                .map(|((path, item), status)| ((path.as_str(), *item), *status))
                .collect(),
            ..Context::new(&session.config, session.today)
        }
    }
}
