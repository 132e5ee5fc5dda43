//! The commands that only read: `check`, `plan`, `items`, `show`, `explain`.

use crate::{
    check::{self, Context, rules, wording},
    cli::{FindingFormat, ItemFormat, PlanFormat, ShowFormat},
    document::Document,
    model::{
        change::Plan,
        config::{Config, FailOn},
        finding::Finding,
    },
    report::{
        self, Report, annotations, examples::Tried, explain, items, json, sarif, show, text,
        text::Look,
    },
};

use super::{
    connect::connect,
    exit::{Exit, Failure},
    session::{Gathered, Session},
    sync::{Job, Planned},
};

/// Everything that the rules find, files that cannot be read first.
pub(super) fn findings(session: &Session<'_>, gathered: &Gathered) -> Vec<Finding> {
    let context = Context::new(&session.config, session.today);
    let mut findings = gathered.unreadable.clone();
    findings.extend(check::run(&gathered.documents, &context));
    findings
}

/// A report about documents, to which the caller adds what it has.
pub(super) fn report<'a>(
    session: &Session<'_>,
    documents: &'a [Document],
    findings: &'a [Finding],
    plan: &'a Plan,
) -> Report<'a> {
    Report {
        documents,
        findings,
        plan,
        outcomes: None,
        notices: &[],
        blob_url: "",
        patch: None,
        today: session.today,
    }
}

impl Session<'_> {
    /// How results look on standard output.
    pub(super) fn look(&self) -> Look {
        Look {
            colour: self.environment.colors_stdout(),
            ..Look::PLAIN
        }
    }

    /// Says what the search for files has to say; wrong input where a path was named that is none.
    pub(super) fn tell_about_files<T>(&self, gathered: &Gathered<T>) -> Exit {
        for notice in &gathered.notices {
            self.screen.message(&format!("note: {notice}"));
        }
        for message in &gathered.misnamed {
            self.screen.message(&format!("error: {message}"));
        }
        if gathered.misnamed.is_empty() {
            Exit::Fine
        } else {
            Exit::Usage
        }
    }
}

pub(super) fn check(
    session: &Session<'_>,
    paths: &[String],
    fail_on: Option<FailOn>,
    format: FindingFormat,
) -> Result<Exit, Failure> {
    let context = Context::new(&session.config, session.today);
    let review = check::Review::new(&session.config);
    // What was read is let go at once, so that thousands of documents do not stay in memory until the report.
    let mut gathered = session.gather_as(paths, |document| {
        let findings = review.of_document(&document, &context);
        (document.into_text(!findings.is_empty()), findings)
    })?;
    let (documents, found): (Vec<Document>, Vec<Vec<Finding>>) =
        std::mem::take(&mut gathered.documents).into_iter().unzip();
    let mut findings = std::mem::take(&mut gathered.unreadable);
    findings.extend(found.into_iter().flatten());
    let plan = Plan::default();
    let report = report(session, &documents, &findings, &plan);
    session.screen.result(&match format {
        FindingFormat::Text => text::findings(&report, session.look()),
        FindingFormat::Github => annotations::commands(&report),
        FindingFormat::Json => json::findings(&report),
        FindingFormat::Sarif => sarif::log(&report, &rules::own(&session.config)),
    });
    let input = session.tell_about_files(&gathered);
    Ok(Exit::of_findings(&findings, fail_on.unwrap_or(session.config.fail_on)).or(input))
}

pub(super) async fn plan(
    session: &Session<'_>,
    paths: &[String],
    format: PlanFormat,
) -> Result<Exit, Failure> {
    let gathered = session.gather_as(paths, Document::into_promises)?;
    let connected = connect(session).await?;
    let notice = connected.notice(session.environment);
    session.screen.message(&format!("note: {notice}"));
    let job = Job::new(session, &connected, &gathered);
    let Planned { plan, .. } = job.plan(&gathered.documents, &[]).await?;
    let mut findings = gathered.unreadable.clone();
    findings.extend(plan.conflicts.iter().cloned());
    let report = Report {
        blob_url: &job.blob_url,
        ..report(session, &gathered.documents, &findings, &plan)
    };
    session.screen.result(&match format {
        PlanFormat::Text => text::plan(&report, session.look()),
        PlanFormat::Json => json::plan(&report),
    });
    Ok(session.tell_about_files(&gathered))
}

pub(super) fn items(
    session: &Session<'_>,
    paths: &[String],
    format: ItemFormat,
) -> Result<Exit, Failure> {
    tell_what_was_read(
        session,
        paths,
        Document::into_promises,
        match format {
            ItemFormat::Text => items::table,
            ItemFormat::Json => json::items,
            ItemFormat::Csv => items::csv,
        },
    )
}

pub(super) fn show(
    session: &Session<'_>,
    paths: &[String],
    format: ShowFormat,
) -> Result<Exit, Failure> {
    tell_what_was_read(
        session,
        paths,
        |document| document,
        match format {
            ShowFormat::Text => show::text,
            ShowFormat::Json => json::show,
        },
    )
}

/// Tells of the documents what `tell` tells of what `keep` leaves of them, and names those that could not be read.
fn tell_what_was_read(
    session: &Session<'_>,
    paths: &[String],
    keep: fn(Document) -> Document,
    tell: fn(&Report<'_>) -> String,
) -> Result<Exit, Failure> {
    let gathered = session.gather_as(paths, keep)?;
    let plan = Plan::default();
    let report = report(session, &gathered.documents, &gathered.unreadable, &plan);
    session.screen.result(&tell(&report));
    for finding in &gathered.unreadable {
        session
            .screen
            .message(&format!("warning: {}. {}", finding.message, finding.remedy));
    }
    Ok(session.tell_about_files(&gathered))
}

/// Runs the examples of all rules. Those of the configuration have been run when it was read: a failing one is a mistake
/// in it.
pub(super) fn examples(session: &Session<'_>) -> Exit {
    let config = &session.config;
    let own = rules::own(config);
    let all = rules::ALL.into_iter().chain(&own);
    let tried: Vec<Tried> = all
        .map(|rule| {
            let (examples, failures) =
                wording::examples::of_rule(rule, config, &session.vocabulary);
            Tried {
                rule: rule.id.to_string(),
                examples,
                failures,
            }
        })
        .filter(|tried| tried.examples > 0)
        .collect();
    session.screen.result(&report::examples::text(&tried));
    if tried.iter().all(|tried| tried.failures.is_empty()) {
        Exit::Fine
    } else {
        Exit::Findings
    }
}

/// The page of a rule, or the list of all rules.
pub(super) fn explain(word: Option<&str>, config: &Config) -> Result<String, Failure> {
    let own = rules::own(config);
    let Some(word) = word else {
        return Ok(explain::list(&own, config));
    };
    if let Some(rule) = own.iter().find(|rule| rule.is_called(word.trim())) {
        return Ok(explain::page(rule, config));
    }
    rules::find(word)
        .map(|rule| explain::page(rule, config))
        .map_err(|unknown| Failure::Usage(unknown.to_string()))
}
