//! What a connection to GitHub needs to know, and which addresses are refused.

use std::{net::IpAddr, time::Duration};

use http::Uri;

use crate::{
    host::{HostError, Network, Pauses, Secret},
    model::link::Repository,
    tracker::TrackerError,
};

/// Where the API is, and as whom to speak to it.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Address of the REST API, such as `https://api.github.com` or `https://ghe.example/api/v3`.
    pub api_url: String,
    /// Address of the GraphQL API, such as `https://api.github.com/graphql` or `https://ghe.example/api/graphql`.
    pub graphql_url: String,
    /// Address that people open, such as `https://github.com`.
    pub server_url: String,
    /// The repository in which issues are opened.
    pub repository: Repository,
    /// The token.
    pub token: Secret,
    /// How fast to go and how long to wait.
    pub pace: Pace,
    /// Proxy and trusted authorities.
    pub network: Network,
}

/// How fast a run goes and how long it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Time between two calls that write. GitHub asks for at least one second.
    /// <https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api>
    pub write_interval: Duration,
    /// All the time that a run spends waiting for limits and broken answers; beyond it the run stops.
    pub patience: Duration,
    /// The first wait after a broken answer; doubles from attempt to attempt.
    pub backoff: Duration,
    /// The first wait after a limit that names no time; doubles from attempt to attempt. GitHub asks
    /// for at least one minute.
    pub limit_wait: Duration,
    /// The wait between a create whose answer was lost and the look whether it took effect.
    pub settle: Duration,
    /// Longest time for one call, answer included. GitHub itself gives up after about ten seconds.
    pub timeout: Duration,
    /// Whether its own pauses take their time.
    pub pauses: Pauses,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            write_interval: Duration::from_secs(1),
            patience: Duration::from_mins(2),
            backoff: Duration::from_secs(1),
            limit_wait: Duration::from_mins(1),
            settle: Duration::from_secs(3),
            timeout: Duration::from_secs(30),
            pauses: Pauses::Taken,
        }
    }
}

/// The checked address of an API: scheme and authority, and the path before every request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endpoint {
    /// `https://ghe.example`, without a path.
    pub(super) origin: String,
    /// `/api/v3`, without a trailing slash; empty where the API is at the root.
    pub(super) prefix: String,
}

impl Endpoint {
    /// The REST API at `url`.
    pub(super) fn rest(url: &str) -> Result<Self, TrackerError> {
        Self::parse("GITHUB_API_URL", url)
    }

    /// The API whose `/graphql` is at `url`. octocrab appends paths to the base of its REST API, which
    /// on an Enterprise Server is not where GraphQL is; so GraphQL gets a base of its own.
    pub(super) fn graphql(url: &str) -> Result<Self, TrackerError> {
        let name = "GITHUB_GRAPHQL_URL";
        let base = url
            .trim()
            .trim_end_matches('/')
            .strip_suffix("/graphql")
            .ok_or_else(|| refused(name, url, "it does not end in `/graphql`"))?;
        Self::parse(name, base)
    }

    fn parse(name: &'static str, url: &str) -> Result<Self, TrackerError> {
        let uri: Uri = url
            .trim()
            .parse()
            .map_err(|_| refused(name, url, "no address"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(refused(name, url, "no absolute address"));
        };
        if authority.as_str().contains('@') {
            return Err(refused(
                name,
                "***",
                "it holds a user name; the token belongs into GITHUB_TOKEN",
            ));
        }
        if uri.query().is_some() {
            return Err(refused(name, url, "it holds a query"));
        }
        if !(scheme == "https" || scheme == "http" && is_loopback(authority.host())) {
            return Err(refused(
                name,
                url,
                "a token is sent over https only; plain http is for this machine alone",
            ));
        }
        Ok(Self {
            origin: format!("{scheme}://{authority}"),
            prefix: uri.path().trim_end_matches('/').to_owned(),
        })
    }

    /// The address, for the client.
    pub(super) fn uri(&self) -> Result<Uri, TrackerError> {
        let address = format!("{}{}", self.origin, self.prefix);
        address
            .parse()
            .map_err(|_| refused("GITHUB_API_URL", &address, "no address"))
    }

    /// The path and query of `location` below this address, where a redirect or a next page stays
    /// on the same host. A token is never carried to another one.
    pub(super) fn relative(&self, location: &str) -> Option<String> {
        let rest = if location.starts_with('/') {
            location
        } else {
            location.strip_prefix(&self.origin)?
        };
        let rest = rest.strip_prefix(&self.prefix)?;
        let clean = rest.split('#').next().unwrap_or_default();
        (clean.starts_with('/') && !clean.starts_with("//")).then(|| clean.to_owned())
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn refused(name: &'static str, url: &str, why: &str) -> TrackerError {
    let detail = format!("is `{}`: {why}. Correct or unset it", url.trim());
    HostError::Variable { name, detail }.into()
}

/// The host of an address, such as `github.com`, with its port.
pub(super) fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enterprise_server_keeps_its_two_prefixes() {
        let rest = Endpoint::rest("https://ghe.example/api/v3/").and_then(|e| e.uri());
        assert_eq!(rest.expect("an address"), "https://ghe.example/api/v3");
        let graphql = Endpoint::graphql("https://ghe.example/api/graphql").and_then(|e| e.uri());
        assert_eq!(graphql.expect("an address"), "https://ghe.example/api");
    }

    #[test]
    fn a_token_never_travels_over_plain_http_except_on_this_machine() {
        for local in [
            "http://127.0.0.1:81",
            "http://localhost:8080/api/v3",
            "http://[::1]:9",
        ] {
            assert!(Endpoint::rest(local).is_ok(), "{local}");
        }
        for foreign in [
            "http://api.github.com",
            "http://127.0.0.1.example",
            "http://localhost.example",
            "ftp://localhost",
            "api.github.com",
            "https://user:pw@api.github.com",
            "https://api.github.com/?a=b",
            "",
        ] {
            assert!(Endpoint::rest(foreign).is_err(), "{foreign}");
        }
        assert!(Endpoint::graphql("https://api.github.com/").is_err());
    }

    #[test]
    fn only_places_on_the_same_host_are_followed() {
        let api = Endpoint {
            origin: "https://ghe.example".into(),
            prefix: "/api/v3".into(),
        };
        let follow = |location: &str| api.relative(location);
        assert_eq!(
            follow("https://ghe.example/api/v3/repositories/1/issues/2?page=3"),
            Some("/repositories/1/issues/2?page=3".into())
        );
        assert_eq!(follow("/api/v3/user"), Some("/user".into()));
        for away in [
            "https://ghe.example.evil/api/v3/user",
            "https://evil/api/v3/user",
            "http://ghe.example/api/v3/user",
            "https://ghe.example/login",
            "//evil/api/v3/user",
            "user",
        ] {
            assert_eq!(follow(away), None, "{away}");
        }
    }
}
