//! The process's environment, read once and passed on as a value.

use std::{
    collections::BTreeMap,
    io::IsTerminal,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    HostError, Secret,
    network::{Network, Proxy, Trust},
};
use crate::model::link::Repository;

/// Addresses of the host, without trailing slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// What people open, such as `https://github.com`.
    pub server: String,
    /// REST, such as `https://api.github.com`.
    pub api: String,
    /// GraphQL, such as `https://api.github.com/graphql`.
    pub graphql: String,
}

impl Endpoints {
    /// Host of the addresses that people open, with a port where there is one, such as `github.com`.
    #[must_use]
    pub fn host(&self) -> &str {
        self.server
            .split_once("://")
            .map_or(self.server.as_str(), |(_, rest)| rest)
    }
}

/// What `action.yml` passes on; `None` where an input is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Command to run instead of the one that fits the event.
    pub command: Option<String>,
    /// Path of the configuration.
    pub config: Option<String>,
    /// Files and folders, one a line.
    pub paths: Vec<String>,
    /// Least severity that fails the run.
    pub fail_on: Option<String>,
    /// How links and status reach the documents.
    pub write_back: Option<String>,
    /// The day of the run.
    pub today: Option<String>,
}

/// Whether the pauses that a run makes between its calls take their time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pauses {
    /// They do.
    #[default]
    Taken,
    /// They pass at once: the host is part of a test.
    Skipped,
}

/// Everything that the process was given. Built once; a value that is empty counts as not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Whether a GitHub Actions runner started the process.
    pub on_runner: bool,
    /// Name of the event.
    pub event_name: Option<String>,
    /// File with the event's payload.
    pub event_path: Option<PathBuf>,
    /// Repository of the workflow.
    pub repository: Option<Repository>,
    /// Commit that started the workflow; on pull requests, of a merge that is no branch's head.
    pub sha: Option<String>,
    /// Addresses of the host.
    pub endpoints: Endpoints,
    /// File for outputs of the step.
    pub output: Option<PathBuf>,
    /// File for the summary of the step.
    pub step_summary: Option<PathBuf>,
    /// Whether the runner was asked for debug logs.
    pub debug: bool,
    /// Folder for files that later steps may read.
    pub runner_temp: Option<PathBuf>,
    /// `GITHUB_TOKEN`, else `GH_TOKEN`.
    pub token: Option<Secret>,
    /// Whether the run's own pauses take their time.
    pub pauses: Pauses,
    /// Longest time for one call, where it is not the usual one.
    pub call_timeout: Option<Duration>,
    /// Proxy and trusted authorities.
    pub network: Network,
    /// `RUST_LOG`: what the log holds.
    pub log_filter: Option<String>,
    is_coloured: bool,
    inputs: Inputs,
}

impl Environment {
    /// Reads the environment of this process.
    ///
    /// # Errors
    /// A variable with a value that cannot be meant.
    pub fn of_process() -> Result<Self, HostError> {
        // Names and values that are no Unicode are none of those that are read here.
        let pairs = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        Self::from_pairs(pairs, std::io::stdout().is_terminal())
    }

    /// Reads `pairs` of names and values.
    ///
    /// # Errors
    /// A variable with a value that cannot be meant.
    pub fn from_pairs<N: Into<String>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (N, V)>,
        stdout_is_terminal: bool,
    ) -> Result<Self, HostError> {
        let pairs = pairs
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()));
        let given = Given(pairs.collect());
        Ok(Self {
            on_runner: given.text("GITHUB_ACTIONS").as_deref() == Some("true"),
            event_name: given.text("GITHUB_EVENT_NAME"),
            event_path: given.path("GITHUB_EVENT_PATH"),
            repository: given.repository("GITHUB_REPOSITORY")?,
            sha: given.text("GITHUB_SHA"),
            endpoints: given.endpoints()?,
            output: given.path("GITHUB_OUTPUT"),
            step_summary: given.path("GITHUB_STEP_SUMMARY"),
            debug: given.text("RUNNER_DEBUG").as_deref() == Some("1"),
            runner_temp: given.path("RUNNER_TEMP"),
            token: given.token()?,
            pauses: given.pauses("FOLLOWTHROUGH_PAUSES")?,
            call_timeout: given
                .number("FOLLOWTHROUGH_CALL_TIMEOUT_MS")?
                .map(Duration::from_millis),
            network: given.network(),
            log_filter: given.text("RUST_LOG"),
            is_coloured: given.color().unwrap_or(stdout_is_terminal),
            inputs: given.inputs(),
        })
    }

    /// Whether text on standard output is coloured (<https://no-color.org>, <https://bixense.com/clicolors>).
    #[must_use]
    pub const fn colors_stdout(&self) -> bool {
        self.is_coloured
    }

    /// What `action.yml` passed on.
    #[must_use]
    pub const fn inputs(&self) -> &Inputs {
        &self.inputs
    }
}

/// The folder that relative paths start from.
///
/// # Errors
/// The folder was deleted, or cannot be read.
pub fn working_directory() -> Result<PathBuf, HostError> {
    std::env::current_dir().map_err(|cause| HostError::reading(Path::new("."), cause))
}

/// Names and values as given.
struct Given(BTreeMap<String, String>);

impl Given {
    fn text(&self, name: &str) -> Option<String> {
        let value = self.0.get(name)?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        self.text(name).map(PathBuf::from)
    }

    fn number(&self, name: &'static str) -> Result<Option<u64>, HostError> {
        let read = |text: String| {
            text.parse().map_err(|_| HostError::Variable {
                name,
                detail: format!("is `{text}`, which is no whole number. Correct or unset it"),
            })
        };
        self.text(name).map(read).transpose()
    }

    fn pauses(&self, name: &'static str) -> Result<Pauses, HostError> {
        match self.text(name).as_deref() {
            None => Ok(Pauses::Taken),
            Some("skipped") => Ok(Pauses::Skipped),
            Some(other) => Err(HostError::Variable {
                name,
                detail: format!("is `{other}`, and can only be `skipped`. Unset it"),
            }),
        }
    }

    fn repository(&self, name: &'static str) -> Result<Option<Repository>, HostError> {
        let read = |text: String| {
            Repository::parse(&text).ok_or_else(|| HostError::Variable {
                name,
                detail: format!("is `{text}`, which is no `owner/name`. Correct or unset it"),
            })
        };
        self.text(name).map(read).transpose()
    }

    fn address(&self, name: &'static str) -> Result<Option<String>, HostError> {
        let read = |text: String| {
            let address = text.trim_end_matches('/').to_owned();
            let rest = address
                .strip_prefix("https://")
                .or_else(|| address.strip_prefix("http://"));
            match rest {
                // The part before an `@` would be a password, which must not be shown.
                Some(rest) if !rest.is_empty() && !rest.contains(['@', ' ']) => Ok(address),
                _ => Err(HostError::Variable {
                    name,
                    detail: "is no address such as `https://github.example`. Correct or unset it"
                        .to_owned(),
                }),
            }
        };
        self.text(name).map(read).transpose()
    }

    /// Addresses as given. What is missing follows from what is there: GitHub Enterprise Server has its
    /// interfaces under `/api/v3` and `/api/graphql`, Enterprise Cloud with data residency under `api.`.
    fn endpoints(&self) -> Result<Endpoints, HostError> {
        let server = self
            .address("GITHUB_SERVER_URL")?
            .unwrap_or_else(|| "https://github.com".to_owned());
        let (scheme, host) = server.split_once("://").unwrap_or(("https", &server));
        let api = self.address("GITHUB_API_URL")?.unwrap_or_else(|| {
            if host.eq_ignore_ascii_case("github.com") || host.ends_with(".ghe.com") {
                format!("{scheme}://api.{host}")
            } else {
                format!("{server}/api/v3")
            }
        });
        let graphql = self.address("GITHUB_GRAPHQL_URL")?.unwrap_or_else(|| {
            let base = api.strip_suffix("/v3").unwrap_or(&api);
            format!("{base}/graphql")
        });
        Ok(Endpoints {
            server,
            api,
            graphql,
        })
    }

    fn token(&self) -> Result<Option<Secret>, HostError> {
        for name in ["GITHUB_TOKEN", "GH_TOKEN"] {
            if let Some(value) = self.0.get(name)
                && let Some(secret) = Secret::read(name, value)?
            {
                return Ok(Some(secret));
            }
        }
        Ok(None)
    }

    /// The names in lower case come first, as for curl and for GitHub's runner
    /// (<https://docs.github.com/actions/how-tos/manage-runners/use-proxy-servers>).
    fn network(&self) -> Network {
        let proxy = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
        let proxy = proxy.into_iter().find_map(|variable| {
            let address = self.text(variable)?;
            Some(Proxy { variable, address })
        });
        let direct = ["no_proxy", "NO_PROXY"];
        let folders = self.text("SSL_CERT_DIR").unwrap_or_default();
        Network {
            proxy,
            direct: direct
                .into_iter()
                .find_map(|name| self.text(name))
                .unwrap_or_default(),
            trust: Trust {
                file: self.path("SSL_CERT_FILE"),
                folders: std::env::split_paths(&folders)
                    .filter(|folder| !folder.as_os_str().is_empty())
                    .collect(),
                extra: self.path("NODE_EXTRA_CA_CERTS"),
            },
        }
    }

    fn color(&self) -> Option<bool> {
        let forced = self.text("CLICOLOR_FORCE").is_some_and(|on| on != "0");
        if self.text("NO_COLOR").is_some() {
            Some(false)
        } else if forced {
            Some(true)
        } else if self.text("TERM").as_deref() == Some("dumb") {
            Some(false)
        } else {
            None
        }
    }

    fn inputs(&self) -> Inputs {
        let lines = |text: String| -> Vec<String> {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.map(str::to_owned).collect()
        };
        Inputs {
            command: self.text("FOLLOWTHROUGH_COMMAND"),
            config: self.text("FOLLOWTHROUGH_CONFIG"),
            paths: self
                .text("FOLLOWTHROUGH_PATHS")
                .map_or_else(Vec::new, lines),
            fail_on: self.text("FOLLOWTHROUGH_FAIL_ON"),
            write_back: self.text("FOLLOWTHROUGH_WRITE_BACK"),
            today: self.text("FOLLOWTHROUGH_TODAY"),
        }
    }
}

#[cfg(test)]
mod tests;
