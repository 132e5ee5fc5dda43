//! What a run has to say beside what it did: things to know, and the items that get no issue.

use std::fmt::Write as _;

use super::{FAINT, LATE, Look, shortened};
use crate::{
    model::escape::terminal_line,
    report::{
        Report,
        columns::aligned,
        left::{self, Place},
        phrase::{self, count},
    },
};

pub(super) fn all(report: &Report<'_>, look: Look) -> String {
    notices(report, look) + &left_out(report, look)
}

fn notices(report: &Report<'_>, look: Look) -> String {
    report
        .notices
        .iter()
        .fold(String::new(), |mut text, notice| {
            let _ = writeln!(
                text,
                "{} {}",
                look.paint(FAINT, "note:"),
                terminal_line(notice)
            );
            text
        })
}

/// Places that a note lists before it says how many more there are.
const LISTED: usize = 10;

fn left_out(report: &Report<'_>, look: Look) -> String {
    let mut text = String::new();
    let note = |words: &str| format!("{} {}\n", look.paint(LATE, "note:"), terminal_line(words));
    for item in left::unplaceable(report) {
        text.push_str(&note(&format!("{item} {}", left::UNPLACEABLE)));
    }
    for group in left::groups(report) {
        text.push_str(&note(&group.told));
        let listed = group.places.iter().take(LISTED).map(|place| match place {
            Place::Document(path, items) => vec![
                terminal_line(path),
                look.paint(FAINT, &count(*items, "item")),
            ],
            Place::Item(item) => vec![
                shortened(&item.action),
                look.paint(
                    FAINT,
                    &terminal_line(&format!("{}:{}", item.path, item.line)),
                ),
            ],
        });
        text.push_str(&aligned(&listed.collect::<Vec<_>>(), "      "));
        let more = group.places.len().saturating_sub(LISTED);
        if more > 0 {
            let more = format!(
                "and {} more; `followthrough plan --format json` lists all",
                phrase::grouped(more)
            );
            let _ = writeln!(text, "      {}", look.paint(FAINT, &more));
        }
    }
    text
}
