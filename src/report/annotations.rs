//! Findings as workflow commands, which GitHub shows at the lines of a pull request.

use std::fmt::Write as _;

use super::{Report, phrase::count, place::Documents};
use crate::{
    check::rules,
    model::{
        escape::{terminal_line, truncate_line, workflow_data, workflow_property},
        finding::{Finding, Severity},
    },
};

/// Annotations of one kind that GitHub shows for a step; it drops the rest without a word.
const SHOWN: usize = 10;

/// Characters of a message that GitHub keeps.
const MESSAGE_LIMIT: usize = 4_096;

/// One line a finding, the most severe first, at most ten of a kind; what is not shown is counted in one notice.
#[must_use]
pub fn commands(report: &Report<'_>) -> String {
    let documents = Documents::of(report);
    let mut text = String::new();
    let mut hidden = 0;
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let kind: Vec<&Finding> = report
            .findings
            .iter()
            .filter(|f| f.severity == severity)
            .collect();
        // The notice that counts the rest is a notice itself and takes one place.
        let room = match severity {
            Severity::Info if hidden > 0 || kind.len() > SHOWN => SHOWN - 1,
            _ => SHOWN,
        };
        hidden += kind.len().saturating_sub(room);
        for finding in kind.into_iter().take(room) {
            text.push_str(&command(&documents, finding));
            text.push('\n');
        }
    }
    if hidden > 0 {
        let rest = count(hidden, "more finding");
        let _ = writeln!(
            text,
            "::notice title=followthrough::{rest}: see the job's summary"
        );
    }
    text
}

fn command(documents: &Documents<'_>, finding: &Finding) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut properties = format!("file={}", workflow_property(&finding.path));
    if let Some(place) = documents.place(finding) {
        let (start, end) = (place.start, place.end);
        let _ = write!(properties, ",line={},endLine={}", start.line, end.line);
        // Columns are allowed only where the lines are the same; the last one counts.
        if start.line == end.line {
            let last = end.column.saturating_sub(1).max(start.column);
            let _ = write!(properties, ",col={},endColumn={last}", start.column);
        }
    }
    let message = format!("{}. {}", finding.message, finding.remedy);
    format!(
        "::{name} {properties},title={}::{}",
        workflow_property(&rules::title(&finding.rule)),
        workflow_data(&truncate_line(&terminal_line(&message), MESSAGE_LIMIT))
    )
}
