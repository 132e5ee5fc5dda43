//! What a person reads in a terminal or a plain log: findings with their source lines, plans, and what was done.

mod drawing;
mod notes;

use std::fmt::Write as _;

use std::collections::BTreeMap;

use annotate_snippets::renderer::{AnsiColor, Effects, Style};

use self::drawing::Drawing;
use super::{
    Report,
    columns::aligned,
    phrase::{self, count},
    place::Documents,
    tally::{self, Deeds, Tense},
};
use crate::model::{
    change::Late,
    escape::{terminal_line, terminal_lines, truncate_line},
    finding::Severity,
    link::IssueKey,
};

/// Longest action in a table, in characters.
const ACTION_WIDTH: usize = 48;

/// Longest owner in a table, in characters.
const OWNER_WIDTH: usize = 40;

/// How text is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether colours are used.
    pub colour: bool,
    /// Columns of the terminal; long source lines are cut to fit.
    pub width: usize,
}

impl Look {
    /// No colours, for logs and files.
    pub const PLAIN: Self = Self {
        colour: false,
        width: 140,
    };

    fn paint(self, style: Style, text: &str) -> String {
        if self.colour {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
const LATE: Style = AnsiColor::Yellow.on_default();
const FAINT: Style = Style::new().effects(Effects::DIMMED);
const STRONG: Style = Style::new().effects(Effects::BOLD);

/// The findings, each with the line concerned and a mark under the place, and a closing line with their number.
#[must_use]
pub fn findings(report: &Report<'_>, look: Look) -> String {
    let documents = Documents::of(report);
    let mut text = String::new();
    for finding in report.findings {
        text.push_str(&Drawing::of(finding, documents.located(finding), look.width).render(look));
        text.push_str("\n\n");
    }
    text.push_str(&closing(report, look));
    text
}

fn closing(report: &Report<'_>, look: Look) -> String {
    let read = format!("{} read", count(report.documents.len(), "postmortem"));
    if report.documents.is_empty() && report.findings.is_empty() {
        return "No postmortem was read\n".to_owned();
    }
    if report.findings.is_empty() {
        return format!("{}; {read}\n", look.paint(GOOD, "No findings"));
    }
    let number = |severity| {
        report
            .findings
            .iter()
            .filter(|f| f.severity == severity)
            .count()
    };
    let told: Vec<String> = [
        (Severity::Error, "error", BAD),
        (Severity::Warning, "warning", LATE),
        (Severity::Info, "info", STRONG),
    ]
    .into_iter()
    .filter(|(severity, ..)| number(*severity) > 0)
    .map(|(severity, noun, style)| look.paint(style, &count(number(severity), noun)))
    .collect();
    let rule = &report.findings[0].rule;
    format!(
        "{}; {read}\n{}\n",
        told.join(", "),
        look.paint(
            FAINT,
            &format!("`followthrough explain {rule}` tells why it matters and how to mend it")
        )
    )
}

/// The plan, one line a change, old and new; and what is left alone.
#[must_use]
pub fn plan(report: &Report<'_>, look: Look) -> String {
    let mut text = terminal_lines(&report.plan.to_string());
    if !report.plan.is_empty() {
        text.push('\n');
    }
    text.push_str(&late(report, look));
    text.push_str(&conflicts(report, look));
    text.push_str(&notes::all(report, look));
    let tally = report.tally();
    let deeds = tally.deeds(Tense::Present);
    if deeds.is_empty() {
        text.push_str(&up_to_date(report, look));
    } else {
        let told = format!("A sync {deeds}");
        let _ = writeln!(text, "{}", look.paint(STRONG, &told));
    }
    text
}

/// What a sync did: the items concerned by document, what is late, what was left and why, and the sum of it.
#[must_use]
pub fn outcome(report: &Report<'_>, look: Look) -> String {
    let mut text = String::new();
    let items = tally::by_item(report);
    let mut rest = items.as_slice();
    while let Some(first) = rest.first() {
        let same = rest
            .iter()
            .take_while(|deeds| deeds.item.path == first.item.path)
            .count();
        let (here, after) = rest.split_at(same);
        text.push_str(&look.paint(STRONG, &terminal_line(&first.item.path)));
        text.push('\n');
        let rows: Vec<Vec<String>> = here.iter().map(|deeds| row(deeds, look)).collect();
        text.push_str(&aligned(&rows, "  "));
        text.push_str(&troubles(here, look));
        text.push('\n');
        rest = after;
    }
    text.push_str(&late(report, look));
    text.push_str(&conflicts(report, look));
    text.push_str(&notes::all(report, look));
    text.push_str(&sum(report, look));
    text
}

fn row(deeds: &Deeds<'_>, look: Look) -> Vec<String> {
    let (mark, style) = if deeds.trouble.is_empty() {
        ("✓", GOOD)
    } else {
        ("✗", BAD)
    };
    vec![
        look.paint(style, mark),
        number(deeds.number),
        shortened(&deeds.item.action),
        terminal_line(&deeds.told.join(", ")),
    ]
}

fn troubles(items: &[Deeds<'_>], look: Look) -> String {
    let mut text = String::new();
    for deeds in items {
        for reason in &deeds.trouble {
            let place = look.paint(BAD, &format!("line {}:", deeds.item.line));
            let _ = writeln!(text, "     {place} {}", terminal_line(reason));
        }
    }
    text
}

fn late(report: &Report<'_>, look: Look) -> String {
    let mut text = String::new();
    let issues = tally::issues(report);
    for (heading, items) in [
        ("Overdue", &report.plan.overdue),
        ("Due soon", &report.plan.due_soon),
    ] {
        if items.is_empty() {
            continue;
        }
        text.push_str(&look.paint(STRONG, heading));
        text.push('\n');
        let lateness: Vec<String> = items
            .iter()
            .map(|late| phrase::lateness(late.days))
            .collect();
        let widest = lateness.iter().map(String::len).max().unwrap_or_default();
        let rows: Vec<Vec<String>> = items
            .iter()
            .zip(lateness)
            .map(|(late, days)| late_row(late, &format!("{days:>widest$}"), &issues, look))
            .collect();
        text.push_str(&aligned(&rows, "  "));
        text.push('\n');
    }
    text
}

fn late_row(
    late: &Late,
    days: &str,
    issues: &BTreeMap<(&str, usize), &IssueKey>,
    look: Look,
) -> Vec<String> {
    let style = if late.days > 0 { LATE } else { Style::new() };
    let opened = issues
        .get(&(late.item.path.as_str(), late.item.index))
        .copied();
    let place = format!("{}:{}", terminal_line(&late.item.path), late.item.line);
    vec![
        look.paint(style, days),
        number(late.issue.as_ref().or(opened).map(|issue| issue.number)),
        shortened(&late.item.action),
        truncate_line(&terminal_line(&late.owner), OWNER_WIDTH),
        format!("due {}", late.due),
        look.paint(FAINT, &place),
    ]
}

fn number(number: Option<u64>) -> String {
    number.map_or_else(String::new, |number| format!("#{number}"))
}

fn sum(report: &Report<'_>, look: Look) -> String {
    let tally = report.tally();
    let in_conflict = report.plan.conflicts.len();
    if tally.is_quiet() && in_conflict == 0 {
        return up_to_date(report, look);
    }
    let mut told = tally.deeds(Tense::Past);
    if told.is_empty() {
        told.push_str("nothing was done");
    }
    if tally.overdue > 0 && tally.overdue != tally.flagged {
        let _ = write!(
            told,
            "; {} overdue in all",
            phrase::count(tally.overdue, "item")
        );
    }
    let mut text = look.paint(STRONG, &phrase::capitalised(&told));
    let undone = [
        (tally.failed, "failed"),
        (tally.postponed, "left for the next run"),
        (in_conflict, "for a person to settle"),
    ];
    for (number, what) in undone {
        if number > 0 {
            let _ = write!(
                text,
                "; {}",
                look.paint(BAD, &format!("{} {what}", phrase::grouped(number)))
            );
        }
    }
    text.push('\n');
    text
}

fn up_to_date(report: &Report<'_>, look: Look) -> String {
    let tally = report.tally();
    if tally.documents == 0 {
        return "Nothing to do: no postmortem was read\n".to_owned();
    }
    format!(
        "{} {}\n",
        look.paint(GOOD, "Everything is up to date:"),
        tally.stock()
    )
}

/// What a person has to settle; nothing else of the output tells it.
fn conflicts(report: &Report<'_>, look: Look) -> String {
    let documents = Documents::of(report);
    let mut text = String::new();
    for finding in &report.plan.conflicts {
        let line = documents.located(finding).map_or_else(String::new, |at| {
            format!(":{}", at.0.lines.line(at.1.start))
        });
        let place = terminal_line(&format!("{}{line}", finding.path));
        let words = terminal_line(&format!("{}: {}", finding.message, finding.remedy));
        let _ = writeln!(text, "{} {place}: {words}", look.paint(LATE, "conflict:"));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn shortened(action: &str) -> String {
    truncate_line(&terminal_line(action), ACTION_WIDTH)
}
