//! Addresses of files, lines and issues, made from the address of the commit that was read.

use super::Report;
use crate::model::{change::ItemRef, escape, link::IssueKey};

/// Where the rendered text will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// A comment, in which GitHub turns each link to an issue into an event on that issue.
    Comment,
    /// A job summary, which notifies nobody.
    Summary,
}

/// Makes links as Markdown.
pub(super) struct Links<'a> {
    blob: &'a str,
    /// `https://github.com` and `o/r`, where the blob address has its usual shape.
    home: Option<(&'a str, &'a str)>,
    stage: Stage,
}

impl<'a> Links<'a> {
    pub(super) fn of(report: &Report<'a>, stage: Stage) -> Self {
        let blob = report.blob_url.trim_end_matches('/');
        let home = blob.split_once("/blob/").and_then(|(repository, _)| {
            let (rest, name) = repository.rsplit_once('/')?;
            let (server, owner) = rest.rsplit_once('/')?;
            let repository = repository.get(server.len() + 1..)?;
            (!owner.is_empty() && !name.is_empty()).then_some((server, repository))
        });
        Self { blob, home, stage }
    }

    /// A link to a line of a file, with `label` as Markdown.
    pub(super) fn line(&self, label: &str, path: &str, line: Option<usize>) -> String {
        if self.blob.is_empty() {
            return label.to_owned();
        }
        // GitHub shows a rendered page without lines unless it is asked for the plain text.
        let anchor = line
            .map(|line| format!("?plain=1#L{line}"))
            .unwrap_or_default();
        let address = format!("{}/{}{anchor}", self.blob, escape::url_path(path));
        escape::markdown_link(label, &address)
    }

    /// The item as a link to its line.
    pub(super) fn item(&self, item: &ItemRef) -> String {
        let action = escape::markdown_inline(&escape::truncate_line(&item.action, 100));
        self.line(
            &action,
            &item.path,
            Some(item.line).filter(|line| *line > 0),
        )
    }

    /// `#12`, linked where that tells nobody.
    ///
    /// NOTE: `redirect.github.com` leads to the same page, and leaves no event on the issue.
    pub(super) fn issue(&self, key: &IssueKey) -> String {
        let label = escape::markdown_inline(&self.label(key));
        let server = match (self.home, self.stage) {
            _ if key.repository.is_embedded() => None,
            (Some((server, _)), Stage::Summary) => Some(server),
            (Some(("https://github.com", _)), Stage::Comment) => {
                Some("https://redirect.github.com")
            }
            _ => None,
        };
        match server {
            Some(server) => {
                let address = format!("{server}/{}/issues/{}", key.repository, key.number);
                escape::markdown_link(&label, &address)
            }
            None => label,
        }
    }

    /// `#12` for an issue of the repository that was read, `o/r#12` for another's.
    fn label(&self, key: &IssueKey) -> String {
        let own = self.home.is_some_and(|(_, repository)| {
            repository.eq_ignore_ascii_case(key.repository.as_str())
        });
        if own || key.repository.is_embedded() {
            format!("#{}", key.number)
        } else {
            key.to_string()
        }
    }
}
