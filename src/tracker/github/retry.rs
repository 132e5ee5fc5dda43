//! Decides what an answer means for the request: it stands, it is waited for, it is lost, or it is refused.
//!
//! Pure. Waiting, counting and sending are elsewhere.

use std::time::Duration;

use chrono::{DateTime, Utc};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::{
    connection::Pace,
    words::{GraphError, said},
};

/// How often a request that may be repeated is sent at most.
pub(super) const ATTEMPTS: u32 = 4;

/// Longest pause between two attempts after a broken answer.
const BACKOFF_CAP: Duration = Duration::from_secs(20);

/// Longest pause that is assumed for a limit that names none.
const LIMIT_CAP: Duration = Duration::from_mins(10);

/// What an answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The host dealt with the request; the caller reads the status.
    Accept,
    /// The host did not deal with it and wants to be left alone for a while.
    RetryAfter {
        /// For how long.
        wait: Duration,
        /// Which limit, in the user's words.
        limit: &'static str,
    },
    /// The host may or may not have dealt with it.
    Unclear(String),
    /// The host refuses, and will refuse again.
    Stop(Refusal),
}

/// Why a request is refused for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The token is not valid.
    Token(String),
    /// The token lacks a permission.
    Permission(String),
    /// The repository takes no writes, whatever the token.
    Archived(String),
}

/// What `answer` means, after `limited` earlier answers to the same request that asked to wait.
///
/// A GraphQL answer with status 200 is read for its errors, because an exhausted limit is reported there.
/// Order for refusals: `retry-after`, a spent quota, the wording of a limit, and only then a permission.
pub(super) fn judge(
    status: StatusCode,
    headers: &HeaderMap,
    body: &str,
    limited: u32,
    pace: &Pace,
) -> Verdict {
    match status.as_u16() {
        401 => Verdict::Stop(Refusal::Token(said(status, body))),
        403 | 429 => {
            let text = said(status, body);
            match wait_for(headers, &text, limited, pace) {
                Some(verdict) => verdict,
                None if status == StatusCode::TOO_MANY_REQUESTS => secondary(limited, pace),
                None if is_archived(&text) => Verdict::Stop(Refusal::Archived(text)),
                None => Verdict::Stop(Refusal::Permission(with_permissions(text, headers))),
            }
        }
        422 if is_too_quick(&said(status, body)) => secondary(limited, pace),
        408 | 500..=599 => match seconds(headers, "retry-after") {
            Some(wait) if status == StatusCode::SERVICE_UNAVAILABLE => Verdict::RetryAfter {
                wait,
                limit: "the host is busy",
            },
            _ => Verdict::Unclear(said(status, body)),
        },
        200 if body.contains("\"errors\"") => {
            let errors = graph_errors(body);
            let limit = errors.iter().find(|error| error.is_limit());
            if let Some(broken) = errors.iter().find(|error| error.is_breakdown()) {
                return Verdict::Unclear(broken.message.clone());
            }
            let spent = !errors.is_empty() && number(headers, "x-ratelimit-remaining") == Some(0);
            match (limit, spent) {
                (None, false) => Verdict::Accept,
                (limit, _) => {
                    let text = limit.map_or("", |error| error.message.as_str());
                    wait_for(headers, text, limited, pace)
                        .unwrap_or_else(|| secondary(limited, pace))
                }
            }
        }
        200..=299 if !body.is_empty() && !is_json(body) => {
            Verdict::Unclear("its answer is a page for people".to_owned())
        }
        _ => Verdict::Accept,
    }
}

/// Whether `body` begins as everything does that the API itself says. A proxy in front of it may answer 200 and
/// pass nothing on.
fn is_json(body: &str) -> bool {
    body.trim_start().starts_with(['{', '['])
}

/// The pause before attempt `attempt` (the first repetition is 1) of the request named `seed`.
/// The spread between runs comes from the name, so that the same run always behaves the same.
pub(super) fn backoff(attempt: u32, seed: &str, pace: &Pace) -> Duration {
    let base = doubled(pace.backoff, attempt.saturating_sub(1), BACKOFF_CAP);
    // FNV-1a: any hash does that is the same on every machine.
    let hash = seed.bytes().fold(0x811c_9dc5_u32 ^ attempt, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    base + base * (hash % 500) / 1000
}

fn wait_for(headers: &HeaderMap, text: &str, limited: u32, pace: &Pace) -> Option<Verdict> {
    if let Some(wait) = seconds(headers, "retry-after") {
        return Some(Verdict::RetryAfter {
            wait,
            limit: "the limit for bursts",
        });
    }
    if number(headers, "x-ratelimit-remaining") == Some(0) {
        let wait = until_reset(headers).unwrap_or(pace.limit_wait);
        return Some(Verdict::RetryAfter {
            wait,
            limit: "the hourly limit",
        });
    }
    is_limit_wording(text).then(|| secondary(limited, pace))
}

fn secondary(limited: u32, pace: &Pace) -> Verdict {
    Verdict::RetryAfter {
        wait: doubled(pace.limit_wait, limited, LIMIT_CAP),
        limit: "the limit for bursts",
    }
}

fn doubled(base: Duration, times: u32, cap: Duration) -> Duration {
    base.saturating_mul(2_u32.saturating_pow(times))
        .min(cap.max(base))
}

/// Whether a text speaks of a limit rather than of a permission.
pub(super) fn is_limit_wording(text: &str) -> bool {
    let text = text.to_lowercase();
    [
        "rate limit",
        "abuse detection",
        "blocked from content creation",
    ]
    .iter()
    .any(|words| text.contains(words))
        || is_too_quick(&text)
}

/// Whether the limit on creating content speaks, which hides among the validation errors.
/// <https://github.com/cli/cli/issues/4801>
fn is_too_quick(text: &str) -> bool {
    text.contains("was submitted too quickly")
}

fn is_archived(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("archived") && text.contains("read-only")
}

fn with_permissions(text: String, headers: &HeaderMap) -> String {
    match headers
        .get("x-accepted-github-permissions")
        .and_then(|value| value.to_str().ok())
    {
        Some(wanted) => format!("{text} (GitHub asks for {wanted})"),
        None => text,
    }
}

/// The time until the quota is full again, by the host's own clock: this machine's may be wrong.
pub(super) fn until_reset(headers: &HeaderMap) -> Option<Duration> {
    let reset = i64::try_from(number(headers, "x-ratelimit-reset")?).ok()?;
    let left = reset.saturating_sub(date(headers)?.timestamp()).max(0);
    // One second more: the reset has passed when the second is over.
    Some(Duration::from_secs(
        u64::try_from(left).ok()?.saturating_add(1),
    ))
}

/// A header that holds a whole number.
pub(super) fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    if let Some(seconds) = number(headers, name) {
        return Some(Duration::from_secs(seconds));
    }
    let at = DateTime::parse_from_rfc2822(headers.get(name)?.to_str().ok()?).ok()?;
    let left = at
        .timestamp()
        .saturating_sub(date(headers)?.timestamp())
        .max(0);
    u64::try_from(left).ok().map(Duration::from_secs)
}

fn date(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let text = headers.get("date")?.to_str().ok()?;
    DateTime::parse_from_rfc2822(text).ok().map(Into::into)
}

fn graph_errors(body: &str) -> Vec<GraphError> {
    #[derive(Deserialize)]
    struct Errors {
        #[serde(default)]
        errors: Option<Vec<GraphError>>,
    }
    serde_json::from_str::<Errors>(body)
        .ok()
        .and_then(|errors| errors.errors)
        .unwrap_or_default()
}

#[cfg(test)]
#[path = "tests/retry.rs"]
mod tests;
