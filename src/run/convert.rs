//! `convert`: shows lists of action items as tables, and writes them where that is asked for.

use std::collections::BTreeMap;

use crate::{
    apply::{self, Delivery, FileChange, Target},
    document,
    model::escape::terminal_lines,
    report::convert::{self, Converted},
};

use super::{
    exit::{Exit, Failure},
    session::Session,
};

pub(super) async fn convert(
    session: &Session<'_>,
    paths: &[String],
    write: bool,
) -> Result<Exit, Failure> {
    let gathered = session.gather(paths)?;
    let mut converted: Vec<Converted<'_>> = gathered
        .documents
        .iter()
        .map(|document| Converted {
            document,
            conversion: document::convert(document, &session.vocabulary),
        })
        .collect();
    let files: Vec<FileChange> = converted
        .iter()
        .filter(|file| file.conversion.text != file.document.text)
        .map(|file| FileChange {
            path: file.document.path.clone(),
            old: file.document.text.clone(),
            new: file.conversion.text.clone(),
        })
        .collect();
    let mut exit = Exit::Fine;
    let mut failures = BTreeMap::new();
    if write {
        let target = Target::Files(&session.place.root);
        if let Delivery::Partly(failed) = target.deliver(&files, None).await {
            exit = if failed.len() < files.len() {
                Exit::Partial
            } else {
                Exit::World
            };
            converted.retain(|file| !failed.contains_key(&file.document.path));
            failures = failed;
        }
    } else {
        let patch = terminal_lines(&apply::patch(&files));
        session.screen.result(&patch);
    }
    let input = session.tell_about_files(&gathered);
    for finding in &gathered.unreadable {
        session
            .screen
            .message(&format!("warning: {}. {}", finding.message, finding.remedy));
    }
    for failure in failures.values() {
        session.screen.message(&format!("error: {failure}"));
    }
    session.screen.message(&convert::told(&converted, write));
    Ok(exit.or(input))
}
