//! What a token is, told by its first letters, and how to give it a permission that it lacks.
//!
//! Pure, and costs no call. What a token may do, an attempt tells: no interface says it of the token of a workflow.

use http::HeaderMap;

use crate::host::Secret;

/// The kinds of tokens, by what gives them their permissions.
/// <https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Of a workflow, or of an app's installation: both begin alike.
    Installation,
    /// A person's, for named repositories and permissions.
    FineGrained,
    /// A person's, with scopes.
    Classic,
    /// A person's, through an app such as the command line `gh`.
    Login,
    /// Older, or of another host.
    Unknown,
}

/// How the token of a run gets the permissions that it lacks.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    kind: Kind,
    /// Address that people open, such as `https://github.com`.
    server: String,
}

impl Grant {
    pub(super) fn new(token: &Secret, server: &str) -> Self {
        let token = token.expose();
        let kinds = [
            ("ghs_", Kind::Installation),
            ("github_pat_", Kind::FineGrained),
            ("ghp_", Kind::Classic),
            ("gho_", Kind::Login),
            ("ghu_", Kind::Login),
        ];
        let found = kinds.iter().find(|(start, _)| token.starts_with(start));
        Self {
            kind: found.map_or(Kind::Unknown, |(_, kind)| *kind),
            server: server.trim_end_matches('/').to_owned(),
        }
    }

    /// What to do so that the token has `permission`, such as `issues: write`, given what the host said.
    pub(super) fn remedy(&self, permission: &str, said: &str) -> String {
        let server = &self.server;
        if said.contains("SAML") {
            return format!(
                "Authorise the token for the organisation's single sign-on, at {server}/settings/tokens"
            );
        }
        if is_switched_off(said) {
            return "Allow it in the repository's settings, under Actions, General, Workflow permissions"
                .to_owned();
        }
        let line =
            format!("add the line `{permission}` under `permissions:` of the workflow's job");
        let setting = setting(permission);
        match self.kind {
            Kind::Installation => format!(
                "{}; the token of an app gets “{setting}” in the app's settings",
                capitalised(&line)
            ),
            Kind::FineGrained => format!(
                "Give the token “{setting}” for this repository, at {server}/settings/personal-access-tokens"
            ),
            Kind::Classic => format!(
                "Give the token the scope `repo`, at {server}/settings/tokens; its owner has to be allowed to write to the repository"
            ),
            Kind::Login => "Log in again with the scope `repo`, with gh by `gh auth refresh --scopes repo`; who \
                            logs in has to be allowed to write to the repository"
                .to_owned(),
            Kind::Unknown => format!("For the token of a workflow, {line}; for another one, “{setting}” in its settings"),
        }
    }
}

/// Whether the repository's or organisation's settings keep workflows from opening pull requests.
pub(super) fn is_switched_off(said: &str) -> bool {
    let said = said.to_lowercase();
    said.contains("not permitted to create or approve pull requests")
}

/// The permission as the settings pages spell it: `pull-requests: write` is “Pull requests: Read and write”.
fn setting(permission: &str) -> String {
    let (name, access) = permission.split_once(": ").unwrap_or((permission, ""));
    let access = if access == "write" {
        "Read and write"
    } else {
        "Read-only"
    };
    format!("{}: {access}", capitalised(&name.replace('-', " ")))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// Whether an answer that finds nothing means that a token with scopes lacks one: the host hides then what may not be
/// changed. <https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api>
pub(super) fn lacks_scope(headers: &HeaderMap) -> bool {
    let scopes = |name: &str| -> Vec<String> {
        let listed = headers.get(name).and_then(|value| value.to_str().ok());
        let listed = listed.unwrap_or_default().split(',').map(str::trim);
        listed
            .filter(|scope| !scope.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let accepted = scopes("x-accepted-oauth-scopes");
    let own = scopes("x-oauth-scopes");
    headers.contains_key("x-oauth-scopes")
        && !accepted.is_empty()
        && !own
            .iter()
            .any(|scope| scope == "repo" || accepted.contains(scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remedy(token: &str, permission: &str) -> String {
        let token = Secret::read("GITHUB_TOKEN", token)
            .expect("a header")
            .expect("a token");
        Grant::new(&token, "https://ghe.example/").remedy(permission, "no")
    }

    #[test]
    fn each_kind_of_token_is_told_where_its_permissions_are() {
        for (token, words) in [
            ("ghs_x", "`issues: write` under `permissions:`"),
            ("ghs_x", "“Issues: Read and write” in the app's settings"),
            ("github_pat_x", "“Issues: Read and write”"),
            (
                "github_pat_x",
                "https://ghe.example/settings/personal-access-tokens",
            ),
            ("ghp_x", "scope `repo`"),
            ("gho_x", "gh auth refresh"),
            ("0123456789abcdef", "“Issues: Read and write”"),
            ("0123456789abcdef", "`issues: write` under `permissions:`"),
        ] {
            let said = remedy(token, "issues: write");
            assert!(said.contains(words), "{token}: {said}");
        }
        assert!(
            remedy("github_pat_x", "pull-requests: read").contains("“Pull requests: Read-only”")
        );
    }

    #[test]
    fn a_single_sign_on_is_no_missing_permission() {
        let token = Secret::read("GITHUB_TOKEN", "ghp_x")
            .expect("a header")
            .expect("a token");
        let said = "Resource protected by organization SAML enforcement.";
        let remedy = Grant::new(&token, "https://github.com").remedy("issues: write", said);
        assert!(remedy.contains("single sign-on"), "{remedy}");
    }

    #[test]
    fn a_hidden_thing_is_told_from_a_missing_one_by_the_scopes() {
        let lacks = |own: Option<&'static str>, accepted: &'static str| {
            let mut headers = HeaderMap::new();
            if let Some(own) = own {
                headers.insert("x-oauth-scopes", own.parse().expect("a header"));
            }
            headers.insert(
                "x-accepted-oauth-scopes",
                accepted.parse().expect("a header"),
            );
            lacks_scope(&headers)
        };
        assert!(lacks(Some("gist, read:org"), "public_repo, repo"));
        assert!(lacks(Some(""), "repo"));
        assert!(!lacks(Some("gist, repo"), "public_repo"));
        assert!(!lacks(Some("public_repo"), "public_repo, repo"));
        assert!(!lacks(Some("gist"), ""));
        assert!(!lacks(None, "repo"));
    }
}
