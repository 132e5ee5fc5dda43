//! Tells which links of a row or list item lead to an issue, and which are mere reading.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Vocabulary, inline::Inline};
use crate::model::link::{IssueKey, Link, Repository, Target};

/// A link, and where its visible text stands.
pub(super) struct Found {
    pub(super) link: Link,
    pub(super) visible: Range<usize>,
    /// Whether the visible text is nothing but the name of the issue.
    pub(super) is_name: bool,
}

impl Found {
    /// Whether the link tracks the row in whose action it stands: a written link does, and a short reference where it
    /// is the last word. “fixes #7, then cleans up” tells of an issue and is not about it.
    pub(super) fn tracks(&self, action: &Inline) -> bool {
        let rest = action.text.get(self.visible.end..).unwrap_or_default();
        let is_last = rest.trim_matches([' ', ')', ']', '.', ',', ';']).is_empty();
        self.link.text.contains('/') && !self.is_name || is_last
    }
}

/// The links of a text in the order written.
pub(super) fn find(inline: &Inline, vocabulary: &Vocabulary) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for anchor in &inline.links {
        let Some(target) = target(&anchor.address) else {
            continue;
        };
        let visible = inline.text.get(anchor.visible.clone()).unwrap_or_default();
        found.push(Found {
            is_name: visible == anchor.address || is_name(visible),
            link: Link {
                target,
                text: anchor.address.clone(),
                span: anchor.span,
            },
            visible: anchor.visible.clone(),
        });
    }
    find_short(inline, &mut found);
    find_tickets(inline, vocabulary, &mut found);
    found.sort_by_key(|found| found.visible.start);
    found
}

/// What an address leads to; nothing for anchors inside the page and mail addresses.
pub(super) fn target(address: &str) -> Option<Target> {
    static EMBEDDED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?:^|/)\.followthrough/issues/([0-9]+)\.md$").ok());
    if address.is_empty() || address.starts_with('#') || address.starts_with("mailto:") {
        return None;
    }
    if let Some(number) = EMBEDDED
        .as_ref()
        .and_then(|pattern| pattern.captures(address))
        .and_then(|captures| captures.get(1)?.as_str().parse().ok())
    {
        return Some(Target::Embedded(number));
    }
    Some(
        issue(address)
            .or_else(|| ticket(address))
            .unwrap_or_else(|| Target::Url(address.to_owned())),
    )
}

/// The address of an issue, pull request or merge request on any host.
fn issue(address: &str) -> Option<Target> {
    static ISSUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^https?://(?P<host>[^/ ]+)/(?P<path>[^ ?#]+?)/(?:-/)?(?:issues|issue|pull|pulls|pull-requests|merge_requests|work_items)/(?P<number>[0-9]+)(?:[/?#].*)?$",
        )
        .ok()
    });
    let captures = ISSUE.as_ref()?.captures(address)?;
    let number = captures["number"].parse().ok()?;
    let host = captures["host"].to_ascii_lowercase();
    let path = captures["path"]
        .trim_start_matches("api/v3/repos/")
        .trim_start_matches("repos/");
    Some(match Repository::parse(path) {
        Some(repository) => Target::Remote {
            host: Some(host),
            key: IssueKey { repository, number },
        },
        None => Target::External(format!("{path}#{number}")),
    })
}

/// The address of a ticket of a tracker that is known by the shape of its addresses.
fn ticket(address: &str) -> Option<Target> {
    static TICKET: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^https?://[^ ]+?(?:/browse/|/issue/|selectedIssue=|show_bug\.cgi\?id=)(?P<key>[A-Za-z][A-Za-z0-9_]*-[0-9]+|[0-9]+)(?:[/?#&].*)?$",
        )
        .ok()
    });
    let captures = TICKET.as_ref()?.captures(address)?;
    Some(Target::External(captures["key"].to_owned()))
}

/// Whether the text names an issue and says nothing else: `#12`, `owner/name#12`, `PR #12`, an address.
pub(super) fn is_name(text: &str) -> bool {
    static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i-u)^(?:(?:issue|pr|pull request|ticket|bug|mr|gh)[ -]?)?(?:[\w.-]+(?:/[\w.-]+)?)?[#!]?\d+$").ok()
    });
    let text = text.trim();
    text.starts_with("http://")
        || text.starts_with("https://")
        || (text.contains(['#', '!'])
            && NAME.as_ref().is_some_and(|pattern| pattern.is_match(text)))
}

/// `#12` and `owner/name#12` in plain text.
fn find_short(inline: &Inline, found: &mut Vec<Found>) {
    static SHORT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?P<repo>[A-Za-z0-9_-]+/[A-Za-z0-9_.-]+)?#(?P<number>[1-9][0-9]{0,8})").ok()
    });
    let text = inline.text.as_str();
    let Some(pattern) = SHORT.as_ref().filter(|_| text.contains('#')) else {
        return;
    };
    for captures in pattern.captures_iter(text) {
        let (Some(whole), Ok(number)) = (captures.get(0), captures["number"].parse()) else {
            continue;
        };
        let range = whole.range();
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        let glued = before
            .is_some_and(|c| c.is_alphanumeric() && c.is_ascii() || "/_#&.-".contains(c))
            || after.is_some_and(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
        if glued || inline.in_code(&range) || inline.in_link(&range) {
            continue;
        }
        let target = match captures.name("repo") {
            Some(repo) => match Repository::parse(repo.as_str()) {
                Some(repository) => Target::Remote {
                    host: None,
                    key: IssueKey { repository, number },
                },
                None => continue,
            },
            None if stands_alone(text, &range) => Target::Number(number),
            None => continue,
        };
        found.push(Found {
            link: Link {
                target,
                text: text[range.clone()].to_owned(),
                span: inline.span(range.clone()),
            },
            visible: range,
            is_name: true,
        });
    }
}

/// Whether a bare `#12` is the item's issue and no mention in passing ("extend the tests of #12 to …",
/// "see #6 below").
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    static TRACKED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i-u)(?:track(?:ed|ing)(?: issue)?(?: in| by| as| at)?|filed as|\bissue|\bticket):?\s*$").ok()
    });
    let after = text[range.end..].trim_start();
    let ends = after.is_empty()
        || after.starts_with(|c: char| !c.is_alphanumeric() && !"'’(@\"“`".contains(c))
        || after.starts_with("and #");
    ends || TRACKED
        .as_ref()
        .is_some_and(|pattern| pattern.is_match(last_words(&text[..range.start], 40)))
}

/// Where the link suffix of a list item begins, ` ([#12](…))`; the end of the text where there is none. What
/// is said at the end of an item is said before its suffix.
pub(super) fn suffix_start(inline: &Inline) -> usize {
    let text = inline.text.trim_end();
    let Some(group) = text
        .ends_with(')')
        .then(|| super::statuses::brackets(text).pop())
        .flatten()
        .filter(|group| group.end == text.len())
    else {
        return inline.text.len();
    };
    let inner = text[super::statuses::inside(text, &group)].trim();
    if is_name(inner) {
        text[..group.start].trim_end().len()
    } else {
        inline.text.len()
    }
}

/// At most `count` characters at the end of a text: enough for a few words, however long the text is.
pub(super) fn last_words(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().take(count).last();
    start.map_or("", |(at, _)| &text[at..])
}

/// Keys of other trackers, by the configured prefixes.
fn find_tickets(inline: &Inline, vocabulary: &Vocabulary, found: &mut Vec<Found>) {
    let text = inline.text.as_str();
    for prefix in &vocabulary.ticket_prefixes {
        let start = format!("{}-", prefix.trim_end_matches('-'));
        for (at, _) in text.match_indices(&start) {
            let digits = text[at + start.len()..]
                .bytes()
                .take_while(u8::is_ascii_digit)
                .count();
            let range = at..at + start.len() + digits;
            let bordered = !text[..at]
                .ends_with(|c: char| c.is_ascii_alphanumeric() || "-_/".contains(c))
                && !text[range.end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            if digits == 0 || !bordered || inline.in_code(&range) || inline.in_link(&range) {
                continue;
            }
            found.push(Found {
                link: Link {
                    target: Target::External(text[range.clone()].to_owned()),
                    text: text[range.clone()].to_owned(),
                    span: inline.span(range.clone()),
                },
                visible: range,
                is_name: true,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::inline::References,
        model::{config::Config, span::Span},
    };

    fn texts(text: &str) -> Vec<String> {
        let mut config = Config::default();
        config.reading.ticket_prefixes = vec!["OPS".into()];
        let mut references = References::new();
        references.insert("t".into(), "https://example.org/o/r/issues/9".into());
        let inline = Inline::paragraph(text, &[Span::new(0, text.len())], &references);
        find(&inline, &Vocabulary::new(&config))
            .into_iter()
            .filter(|found| found.link.target.is_tracking())
            .map(|found| found.link.text)
            .collect()
    }

    #[test]
    fn every_form_of_a_tracking_link_is_found() {
        for (text, wanted) in [
            ("Add alert (#12)", "#12"),
            ("Add alert o/r#12", "o/r#12"),
            (
                "Add alert [x](https://github.com/o/r/issues/12)",
                "https://github.com/o/r/issues/12",
            ),
            (
                "Add alert <https://git.example.org/o/r/pull/12>",
                "https://git.example.org/o/r/pull/12",
            ),
            (
                "Add alert (https://github.com/o/r/issues/12).",
                "https://github.com/o/r/issues/12",
            ),
            ("Add alert [ticket][t]", "https://example.org/o/r/issues/9"),
            (
                "Add alert [#3](../.followthrough/issues/3.md)",
                "../.followthrough/issues/3.md",
            ),
            ("Add alert OPS-12", "OPS-12"),
            ("tracked in #7 by us", "#7"),
        ] {
            assert_eq!(texts(text), [wanted], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_an_issue_is_none() {
        for text in [
            "post in #high-priority-alerts",
            "see #6 below",
            "extend the #12 tests",
            "`#12`",
            "[top](#12)",
            "C#12x",
            "PM-2026",
            "CVE-2022-1",
            "[docs](https://example.org/guide)",
            "&#12;",
        ] {
            assert!(texts(text).is_empty(), "{text}");
        }
    }
}
