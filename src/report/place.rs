//! Where findings are, as people count: lines and columns.

use std::collections::BTreeMap;

use super::Report;
use crate::{
    document::Document,
    model::{
        finding::Finding,
        span::{Position, Span},
    },
};

/// First and last place of a finding; the end is one past its last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: Position,
    pub(super) end: Position,
}

/// The documents of a run by path.
pub(super) struct Documents<'a>(BTreeMap<&'a str, &'a Document>);

impl<'a> Documents<'a> {
    pub(super) fn of(report: &Report<'a>) -> Self {
        Self(
            report
                .documents
                .iter()
                .map(|document| (document.path.as_str(), document))
                .collect(),
        )
    }

    pub(super) fn get(&self, path: &str) -> Option<&'a Document> {
        self.0.get(path).copied()
    }

    /// The place of `finding`; `None` where it concerns a whole file, or a file that was not read.
    pub(super) fn place(&self, finding: &Finding) -> Option<Place> {
        let (document, span) = self.located(finding)?;
        Some(Place {
            start: document.lines.position(&document.text, span.start),
            end: document.lines.position(&document.text, span.end),
        })
    }

    /// The document and the bytes of `finding`, without blanks and line endings at their end.
    pub(super) fn located(&self, finding: &Finding) -> Option<(&'a Document, Span)> {
        let document = self.get(&finding.path)?;
        let span = finding.span?;
        let text = document.text.get(span.start..span.end)?;
        Some((
            document,
            Span::new(span.start, span.start + text.trim_end().len()),
        ))
    }
}

/// The findings of each file, in the order in which files first appear.
pub(super) fn by_file(findings: &[Finding]) -> Vec<(&str, Vec<&Finding>)> {
    let mut files: Vec<(&str, Vec<&Finding>)> = Vec::new();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        let at = *index.entry(&finding.path).or_insert_with(|| {
            files.push((&finding.path, Vec::new()));
            files.len() - 1
        });
        files[at].1.push(finding);
    }
    files
}
