//! The parts that the sticky comment and the job summary share, as Markdown.

use std::fmt::Write as _;

use super::{
    Report,
    left::{self, Place},
    links::Links,
    phrase::{self, count},
    place::{Documents, by_file},
    tally::{self, Deeds},
};
use crate::{
    check::rules,
    document::Document,
    model::{
        change::{ItemRef, Late},
        escape::{code_span, markdown_inline, truncate_line},
        finding::{Finding, Severity},
    },
};

/// Findings beyond this number are folded away.
const UNFOLDED: usize = 8;

/// Adds each line as long as the text stays within `budget` characters, then says how many are left out.
fn push_within(
    text: &mut String,
    lines: impl IntoIterator<Item = String>,
    budget: usize,
    rest: impl Fn(usize) -> String,
) {
    let mut used = text.chars().count();
    let mut hidden = 0;
    for line in lines {
        used += line.chars().count() + 1;
        if hidden == 0 && used <= budget {
            text.push_str(&line);
            text.push('\n');
        } else {
            hidden += 1;
        }
    }
    if hidden > 0 {
        text.push_str(&rest(hidden));
        text.push('\n');
    }
}

/// A table of what happens to each item, or happened, and of items that get no issue.
pub(super) fn items_table(report: &Report<'_>, links: &Links<'_>, budget: usize) -> String {
    let documents = Documents::of(report);
    let mut deeds = tally::by_item(report);
    // What is left comes first: a table of many items is cut at its end.
    deeds.sort_by_key(|deeds| deeds.trouble.is_empty());
    let unplaceable: Vec<&ItemRef> = left::unplaceable(report).collect();
    if deeds.is_empty() && unplaceable.is_empty() {
        return String::new();
    }
    let heading = if report.outcomes.is_some() {
        "What was done"
    } else {
        "On merge"
    };
    // Before anything is opened, there is seldom an issue to show.
    let has_issues = deeds.iter().any(|deeds| deeds.number.is_some());
    let mut text = if has_issues {
        format!("| Item | Owner | Due | Issue | {heading} |\n| --- | --- | --- | --- | --- |\n")
    } else {
        format!("| Item | Owner | Due | {heading} |\n| --- | --- | --- | --- |\n")
    };
    let none = has_issues.then_some("");
    let cannot = unplaceable
        .iter()
        .map(|item| item_row(&documents, links, item, none, left::UNPLACEABLE));
    let rows = deeds
        .iter()
        .map(|deeds| {
            let number = || deeds.number.map(|n| markdown_inline(&format!("#{n}")));
            let issue = deeds
                .issue
                .map(|issue| links.issue(issue))
                .or_else(number)
                .unwrap_or_default();
            let issue = has_issues.then_some(issue.as_str());
            item_row(&documents, links, deeds.item, issue, &told(deeds))
        })
        .chain(cannot);
    push_within(&mut text, rows, budget, |hidden| {
        format!("\n… and {}.", count(hidden, "more item"))
    });
    text
}

/// A table of the items that have an issue, and of what went wrong with others.
pub(super) fn standing_table(report: &Report<'_>, links: &Links<'_>, budget: usize) -> String {
    let documents = Documents::of(report);
    let troubled: Vec<Deeds<'_>> = tally::by_item(report)
        .into_iter()
        .filter(|deeds| !deeds.trouble.is_empty())
        .collect();
    let standing = tally::standing(report);
    if standing.is_empty() && troubled.is_empty() {
        return String::new();
    }
    let mut text = String::from("| Item | Owner | Due | Issue |\n| --- | --- | --- | --- |\n");
    let rows = standing
        .iter()
        .map(|(item, issue)| item_row(&documents, links, item, None, &links.issue(issue)))
        .chain(
            troubled
                .iter()
                .map(|deeds| item_row(&documents, links, deeds.item, None, &told(deeds))),
        );
    push_within(&mut text, rows, budget, |hidden| {
        format!("\n… and {}.", count(hidden, "more item"))
    });
    text
}

fn told(deeds: &Deeds<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !deeds.told.is_empty() {
        parts.push(markdown_inline(&truncate_line(&deeds.told.join(", "), 200)));
    }
    for reason in &deeds.trouble {
        parts.push(format!(
            "❌ {}",
            markdown_inline(&truncate_line(reason, 300))
        ));
    }
    parts.join("<br>")
}

fn item_row(
    documents: &Documents<'_>,
    links: &Links<'_>,
    item: &ItemRef,
    issue: Option<&str>,
    told: &str,
) -> String {
    let read = documents
        .get(&item.path)
        .and_then(|document: &Document| document.items.get(item.index));
    let owner = read
        .and_then(|item| item.owners.as_ref())
        .map(|owners| owners.text.as_str());
    let due = read
        .and_then(|item| item.due.as_ref())
        .map(|due| due.text.as_str());
    let cell = |text: Option<&str>| {
        text.map_or_else(
            || "–".to_owned(),
            |text| markdown_inline(&truncate_line(text, 60)),
        )
    };
    let issue = issue.map_or_else(String::new, |issue| format!(" {issue} |"));
    format!(
        "| {} | {} | {} |{issue} {told} |",
        links.item(item),
        cell(owner),
        cell(due)
    )
}

/// A table of late items, or of those due soon.
pub(super) fn late_table(
    report: &Report<'_>,
    late: &[Late],
    links: &Links<'_>,
    budget: usize,
) -> String {
    let issues = tally::issues(report);
    let mut text =
        String::from("| Item | Owner | Due | | Issue |\n| --- | --- | --- | --- | --- |\n");
    let rows = late.iter().map(|late| {
        let owner = match late.owner.trim() {
            "" => "–".to_owned(),
            owner => markdown_inline(&truncate_line(owner, 60)),
        };
        let opened = issues
            .get(&(late.item.path.as_str(), late.item.index))
            .copied();
        let issue = late
            .issue
            .as_ref()
            .or(opened)
            .map(|issue| links.issue(issue))
            .unwrap_or_default();
        let days = phrase::lateness(late.days);
        format!(
            "| {} | {owner} | {} | {days} | {issue} |",
            links.item(&late.item),
            late.due
        )
    });
    push_within(&mut text, rows, budget, |hidden| {
        format!("\n… and {}.", count(hidden, "more item"))
    });
    text
}

/// The findings by file, folded away where there are many.
pub(super) fn findings(report: &Report<'_>, links: &Links<'_>, budget: usize) -> String {
    if report.findings.is_empty() {
        return String::new();
    }
    let documents = Documents::of(report);
    let files = by_file(report.findings);
    let total = format!(
        "{} in {}",
        severities(report.findings),
        count(files.len(), "file")
    );
    let mut list = Vec::new();
    for (path, findings) in &files {
        list.push(format!(
            "\n**{}**\n",
            links.line(&code_span(path), path, None)
        ));
        list.extend(
            findings
                .iter()
                .map(|finding| finding_line(&documents, links, finding)),
        );
    }
    let folded = report.findings.len() > UNFOLDED;
    let mut text = if folded {
        format!("<details>\n<summary>{total}</summary>\n")
    } else {
        format!("**{total}**\n")
    };
    push_within(&mut text, list, budget, |_| {
        "\n… and more: the list is cut here, `followthrough check` shows all of it.".to_owned()
    });
    if folded {
        text.push_str("\n</details>\n");
    }
    text
}

/// `1 error, 2 warnings`.
fn severities(findings: &[Finding]) -> String {
    let told: Vec<String> = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Info, "info"),
    ]
    .into_iter()
    .map(|(severity, noun)| {
        (
            findings.iter().filter(|f| f.severity == severity).count(),
            noun,
        )
    })
    .filter(|(number, _)| *number > 0)
    .map(|(number, noun)| count(number, noun))
    .collect();
    told.join(", ")
}

fn finding_line(documents: &Documents<'_>, links: &Links<'_>, finding: &Finding) -> String {
    let mark = match finding.severity {
        Severity::Error => "❌",
        Severity::Warning => "⚠️",
        Severity::Info => "ℹ️",
    };
    let rule = rules::title(&finding.rule);
    let place = documents.place(finding).map_or_else(String::new, |place| {
        let line = place.start.line;
        format!(
            "{}: ",
            links.line(&format!("line {line}"), &finding.path, Some(line))
        )
    });
    format!(
        "- {mark} {place}{}. {}. <sub>{rule}</sub>",
        markdown_inline(&truncate_line(&finding.message, 500)),
        with_code(&truncate_line(&finding.remedy, 500)),
    )
}

/// Text in which we wrote code between backticks ourselves; all of it is escaped all the same.
fn with_code(text: &str) -> String {
    if text.matches('`').count() % 2 == 1 {
        return markdown_inline(text);
    }
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 1 {
            out.push_str(&code_span(part));
        } else {
            let blank = |is: bool| {
                if is && !part.trim().is_empty() {
                    " "
                } else {
                    ""
                }
            };
            let before = blank(part.starts_with(' ') && at > 0);
            let _ = write!(
                out,
                "{before}{}{}",
                markdown_inline(part),
                blank(part.ends_with(' '))
            );
        }
    }
    out
}

/// What the run has to say as a whole, one bullet each.
pub(super) fn notices(report: &Report<'_>) -> String {
    report.notices.iter().map(|notice| bullet(notice)).collect()
}

fn bullet(words: &str) -> String {
    format!("- {}\n", with_code(&truncate_line(words, 1_000)))
}

/// The items that get no issue: a bullet for each reason, with a folded list of the places below it.
pub(super) fn left(report: &Report<'_>, links: &Links<'_>, budget: usize) -> String {
    let mut text = String::new();
    for group in left::groups(report) {
        let places = group.places.iter().map(|place| match place {
            Place::Document(path, items) => format!(
                "  - {}: {}",
                links.line(&code_span(path), path, None),
                count(*items, "item")
            ),
            Place::Item(item) => format!("  - {}", links.item(item)),
        });
        let mut list = String::from("  <details>\n  <summary>Where</summary>\n\n");
        push_within(&mut list, places, budget, |hidden| {
            let hidden = phrase::grouped(hidden);
            format!("  - … and {hidden} more: `followthrough plan --format json` lists all")
        });
        let _ = write!(text, "{}\n{list}\n  </details>\n", bullet(&group.told));
    }
    text
}

/// The last line, so that people find out who speaks.
pub(super) const SIGNATURE: &str =
    "<sub>followthrough · `followthrough explain RULE` tells more about a finding</sub>\n";
