//! Links from a document to issues, and the names of the issues themselves.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::span::Span;

/// `owner/name` of a repository, in the spelling in which it was read. Compared without regard to case, as GitHub does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Repository(String);

impl Repository {
    /// The repository `owner/name`; `None` where the text does not have that shape or holds
    /// characters that GitHub allows in neither part.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (owner, name) = text.split_once('/')?;
        let allowed = |part: &str, extra: &[char]| {
            !part.is_empty()
                && !matches!(part, "." | "..")
                && part
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || extra.contains(&c))
        };
        (allowed(owner, &['-', '_']) && allowed(name, &['-', '_', '.']))
            .then(|| Self(text.to_owned()))
    }

    /// The place of issues that live beside the documents, in the embedded tracker.
    #[must_use]
    pub fn embedded() -> Self {
        Self(String::new())
    }

    /// Whether this is the embedded tracker and no repository of a host.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.0.is_empty()
    }

    /// The part before the slash.
    #[must_use]
    pub fn owner(&self) -> &str {
        self.0.split_once('/').map_or("", |(owner, _)| owner)
    }

    /// The part after the slash.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.split_once('/').map_or("", |(_, name)| name)
    }

    /// `owner/name`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq for Repository {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Repository {}

impl PartialOrd for Repository {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Repository {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.folded().cmp(&other.folded())
    }
}

/// The name of one issue: repository and number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IssueKey {
    /// Where the issue lives.
    pub repository: Repository,
    /// Its number there.
    pub number: u64,
}

impl fmt::Display for IssueKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.repository, self.number)
    }
}

/// What a link in a document points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// `#12`: an issue or pull request of the repository that the document is in.
    Number(u64),
    /// `owner/name#12`, or the address of an issue or pull request on a host.
    Remote {
        /// The host of a written address; `None` for the short form.
        host: Option<String>,
        /// Repository and number.
        key: IssueKey,
    },
    /// `.followthrough/issues/12.md`: an issue of the embedded tracker.
    Embedded(u64),
    /// A key of another tracker, such as `OPS-12`, with a configured prefix.
    External(String),
    /// Any other address.
    Url(String),
}

impl Target {
    /// Whether the link names something that is tracked: an issue, a pull request or a ticket.
    #[must_use]
    pub const fn is_tracking(&self) -> bool {
        !matches!(self, Self::Url(_))
    }

    /// Whether the link leads to a commit, a file, a page of a wiki, a whole repository or a whole site: to something to
    /// read, and to no place where anybody says how far the work is.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        const FORGES: [&str; 4] = ["github.com", "gitlab.com", "codeberg.org", "bitbucket.org"];
        const PAGES: [&str; 7] = [
            "commit", "commits", "compare", "blob", "tree", "wiki", "raw",
        ];
        let Self::Url(address) = self else {
            return false;
        };
        let Some((_, path)) = address.split_once("://") else {
            return false;
        };
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut parts = path.trim_end_matches('/').split('/');
        let host = parts.next().unwrap_or_default();
        let parts: Vec<&str> = parts.filter(|part| *part != "-").collect();
        match parts.as_slice() {
            [] => true,
            [_, _] => FORGES.contains(&host),
            [_, _, rest @ ..] => rest.iter().any(|part| PAGES.contains(part)),
            [_] => false,
        }
    }
}

/// A link as it stands in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where it points.
    pub target: Target,
    /// `#12`, `owner/name#12`, or the address with references resolved: what a reader would follow.
    pub text: String,
    /// The bytes of the whole link as written, text and brackets included.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_code_or_a_whole_site_is_one_to_read() {
        for (address, is_reading) in [
            ("https://github.com/o/r/commit/0a1b2c3", true),
            ("https://gitlab.example.org/g/s/r/-/commit/0a1b2c3", true),
            ("https://github.com/o/r/compare/v1...v2?w=1", true),
            ("https://github.com/o/r/", true),
            ("https://github.com/o", false),
            ("https://example.org/o/r", false),
            ("https://github.com/o/r/wiki/Runbook", true),
            ("https://github.com/o/r/blob/main/a.md", true),
            ("https://example.org/", true),
            ("https://example.org/dashboard/disk", false),
            ("runbooks/disk.md", false),
        ] {
            let target = Target::Url(address.into());
            assert_eq!(target.is_reading(), is_reading, "{address}");
        }
        assert!(!Target::Number(1).is_reading());
    }
}
