//! The hidden first line of an issue's body, by which an issue is found again.
//!
//! A marker is a HTML comment that holds JSON: `<!-- followthrough:1 {…} -->`. Inside the JSON
//! `<`, `>`, `-`, `@` and `#` are written as escapes such as `\u003c`, so that no text of a document
//! can end the comment early, look like a second marker, or name anybody or anything.

use serde::{Deserialize, Serialize};

use super::{escape, status::Status};

const OPEN: &str = "<!-- followthrough:1 ";
const CLOSE: &str = " -->";

/// Longest text that a marker keeps, in characters. Escapes make it six times as long at most, so that a marker of
/// three texts and the tool's own part fit into the body of an issue.
const TEXT_LIMIT: usize = 1000;

/// What a marker says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// Numeric id of the repository that holds the document; 0 for the embedded tracker.
    pub repository: u64,
    /// The document: front-matter `id`, else its path.
    pub document: String,
    /// The item's key within the document.
    pub key: String,
    /// What the tool last wrote or saw: the base of the three-way comparison.
    #[serde(default)]
    pub base: Base,
    /// The pull request that brings the item, where the issue was opened before the merge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
}

/// An item that stands in a pull request, and on the default branch only once that is merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Number of the pull request.
    pub pull: u64,
    /// Whether the tool closed the issue, since the item disappeared before the merge. A person who closes an issue
    /// leaves this alone, and is never contradicted.
    #[serde(default)]
    pub withdrawn: bool,
}

/// The values that document and issue last agreed on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// Action, by the document.
    pub action: String,
    /// Owner cell, by the document; empty where there was none.
    #[serde(default)]
    pub owner: String,
    /// Due cell, by the document; empty where there was none.
    #[serde(default)]
    pub due: String,
    /// Logins that the tool assigned.
    #[serde(default)]
    pub assignees: Vec<String>,
    /// Status, by the issue.
    pub status: Option<Status>,
}

impl Marker {
    /// The marker that `body` starts with, if it does. Blanks before it do not count.
    #[must_use]
    pub fn read(body: &str) -> Option<Self> {
        let rest = unpadded(body).strip_prefix(OPEN)?;
        let (json, _) = rest.split_once(CLOSE)?;
        serde_json::from_str(json).ok()
    }

    /// `body` with this marker in the place of the one that it starts with.
    #[must_use]
    pub fn put(&self, body: &str) -> String {
        let old = unpadded(body).strip_prefix(OPEN);
        let rest = old
            .and_then(|old| old.split_once(CLOSE))
            .map_or(body, |(_, rest)| rest.trim_start_matches(['\r', '\n']));
        format!("{self}\n{rest}")
    }

    /// Whether both name the same item of the same document.
    #[must_use]
    pub fn names_same_item(&self, other: &Self) -> bool {
        self.repository == other.repository
            && self.document == other.document
            && self.key == other.key
    }
}

/// `text` as a marker keeps it: the beginning of one that is too long. Two texts that begin alike for that long count
/// as the same.
#[must_use]
pub fn remembered(text: &str) -> String {
    escape::truncate_line(text, TEXT_LIMIT)
}

fn unpadded(body: &str) -> &str {
    body.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace())
}

impl std::fmt::Display for Marker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A struct of strings and numbers always has a JSON form.
        let json = serde_json::to_string(self).map_err(|_| std::fmt::Error)?;
        // None of these can stand outside strings: no number here has a sign.
        let quiet = json
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('-', "\\u002d")
            .replace('@', "\\u0040")
            .replace('#', "\\u0023");
        write!(f, "{OPEN}{quiet}{CLOSE}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker(action: &str) -> Marker {
        Marker {
            repository: 7,
            document: "postmortems/a--b.md".into(),
            key: "0123".into(),
            base: Base {
                action: action.into(),
                status: Some(Status::NotStarted),
                ..Base::default()
            },
            offer: None,
        }
    }

    #[test]
    fn a_marker_reads_back_whatever_the_action_says() {
        for action in [
            "plain",
            "--> <!-- followthrough:1 {} -->",
            "a\nb \" \\ 完了",
        ] {
            let marker = marker(action);
            let body = marker.put("text");
            assert_eq!(Marker::read(&body), Some(marker));
        }
    }

    #[test]
    fn a_marker_holds_nothing_that_ends_a_comment() {
        let text = marker("x --> y <img> -- z").to_string();
        assert_eq!(text.matches("-->").count(), 1);
        assert_eq!(text.matches('<').count(), 1);
    }

    #[test]
    fn putting_a_marker_replaces_the_old_one_and_keeps_the_text() {
        let body = marker("old").put("a person's text\n");
        let body = marker("new").put(&body);
        assert_eq!(
            Marker::read(&body).map(|m| m.base.action),
            Some("new".into())
        );
        assert!(body.ends_with("\na person's text\n"));
        assert_eq!(body.matches("followthrough:1").count(), 1);
    }

    #[test]
    fn blanks_before_a_marker_neither_hide_it_nor_double_it() {
        for padding in ["\u{feff}", "\r\n\r\n", "  "] {
            let body = format!("{padding}{}", marker("old").put("text"));
            assert_eq!(Marker::read(&body), Some(marker("old")));
            let body = marker("new").put(&body);
            assert_eq!(body.matches("followthrough:1").count(), 1);
        }
    }

    #[test]
    fn a_marker_counts_only_at_the_start_of_a_body() {
        assert_eq!(Marker::read(&format!("quoted: {}", marker("x"))), None);
    }
}
