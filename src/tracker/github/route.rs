//! Builds the path of a request so that no name in it can ask for something else.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{model::link::Repository, tracker::TrackerError};

/// What stays as it is in a segment or a value: the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The path and query of a request. Every segment and every value is escaped when it is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route(String);

impl Route {
    /// `/repos/{owner}/{name}`.
    pub(super) fn of(repository: &Repository) -> Self {
        // A repository's parts hold neither slashes nor dots alone, by its type.
        let part = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
        Self(format!(
            "/repos/{}/{}",
            part(repository.owner()),
            part(repository.name())
        ))
    }

    /// A path and query that the host itself gave.
    pub(super) fn given(path: String) -> Self {
        Self(path)
    }

    /// With the fixed words `words` at the end, such as `git/refs`.
    pub(super) fn then(mut self, words: &'static str) -> Self {
        self.0.push('/');
        self.0.push_str(words);
        self
    }

    /// With a number at the end.
    pub(super) fn number(mut self, number: u64) -> Self {
        self.0.push('/');
        self.0.push_str(&number.to_string());
        self
    }

    /// With one segment at the end, whatever characters it has.
    pub(super) fn segment(mut self, text: &str) -> Result<Self, TrackerError> {
        if matches!(text, "" | "." | "..") {
            return Err(TrackerError::Invalid {
                what: format!("the name `{text}`"),
                detail: "it cannot stand in the path of a request".into(),
            });
        }
        self.0.push('/');
        self.0.extend(utf8_percent_encode(text, ESCAPED));
        Ok(self)
    }

    /// With the segments of a path or a branch name at the end.
    pub(super) fn path(self, path: &str) -> Result<Self, TrackerError> {
        path.split('/').try_fold(self, Self::segment)
    }

    /// With one more value in the query.
    pub(super) fn query(mut self, name: &'static str, value: &str) -> Self {
        self.0.push(if self.0.contains('?') { '&' } else { '?' });
        self.0.push_str(name);
        self.0.push('=');
        self.0.extend(utf8_percent_encode(value, ESCAPED));
        self
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The path without the query, for logs: a query may hold names of people.
    pub(super) fn without_query(&self) -> &str {
        self.0.split('?').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository() -> Route {
        Route::of(&Repository::parse("acme/post.mortems").expect("a repository"))
    }

    #[test]
    fn hash_question_mark_and_slash_stay_inside_their_segment() {
        let route = repository()
            .then("contents")
            .path("docs/a#b?c.md")
            .expect("a path");
        assert_eq!(
            route.as_str(),
            "/repos/acme/post.mortems/contents/docs/a%23b%3Fc.md"
        );
        let route = repository()
            .then("labels")
            .segment("a/b c")
            .expect("a name");
        assert_eq!(route.as_str(), "/repos/acme/post.mortems/labels/a%2Fb%20c");
    }

    #[test]
    fn dots_and_empty_parts_are_refused() {
        for bad in ["..", "docs/../x", "./x", "a//b", "", "/a"] {
            assert!(repository().path(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn values_of_a_query_cannot_add_another() {
        let route = repository().query("labels", "a&b=c").query("state", "all");
        assert_eq!(
            route.as_str(),
            "/repos/acme/post.mortems?labels=a%26b%3Dc&state=all"
        );
        assert_eq!(route.without_query(), "/repos/acme/post.mortems");
    }
}
