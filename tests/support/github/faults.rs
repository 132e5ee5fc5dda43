//! What goes wrong, and at which call.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{Call, Reply, World, real_seconds};

/// Which calls a fault is about.
#[derive(Clone, Debug)]
pub enum When {
    /// Every call.
    Any,
    /// Every call that writes.
    Write,
    /// REST calls: method, and path with `*` for one part of it, such as `/repos/*/*/issues`.
    Rest(&'static str, &'static str),
    /// GraphQL calls with this root field.
    GraphQl(&'static str),
}

/// What happens to such a call.
#[derive(Clone, Debug)]
pub enum Effect {
    /// This answer, and no change.
    Refuse(u16, Value),
    /// The change is made, and this answer given all the same.
    RefuseAfter(u16, Value),
    /// No answer and no change.
    CutBefore,
    /// The change is made, and no answer comes.
    CutAfter,
    /// No change, and no answer for as long as the connection lasts.
    HoldBefore,
    /// The change is made, and no answer comes for as long as the connection lasts.
    HoldAfter,
    /// Everything as usual, later.
    Delay(Duration),
    /// The limit on bursts, with the seconds to wait where GitHub tells them.
    SecondaryLimit(Option<u32>),
    /// The hourly limit, with the seconds until it is lifted.
    PrimaryLimit(u32),
    /// Status 200 with these GraphQL errors and no data.
    GraphQlErrors(Value),
    /// Another commit lands on the branch right before the call is looked at: path and content.
    MovedHead {
        branch: &'static str,
        path: &'static str,
        content: String,
    },
    /// A file is deleted on the branch right before the call is looked at.
    GoneFile {
        branch: &'static str,
        path: &'static str,
    },
    /// This branch is deleted right before the call is looked at.
    GoneBranch(&'static str),
    /// Issue lists do not show the newest issues: those with a number above this one.
    LagBehind(u64),
}

impl Effect {
    /// Whether the answer is the test's invention and not the fake's own.
    pub fn invents_answer(&self) -> bool {
        matches!(
            self,
            Self::Refuse(..)
                | Self::RefuseAfter(..)
                | Self::GraphQlErrors(_)
                | Self::SecondaryLimit(_)
                | Self::PrimaryLimit(_)
        )
    }
}

/// A fault: the first `skip` matching calls are spared, the next `times` suffer.
#[derive(Clone, Debug)]
pub struct Fault {
    pub when: When,
    pub effect: Effect,
    pub skip: usize,
    pub times: usize,
}

impl Fault {
    pub fn once(when: When, effect: Effect) -> Self {
        Self {
            when,
            effect,
            skip: 0,
            times: 1,
        }
    }

    /// The `n`-th matching call, from 1.
    pub fn nth(n: usize, when: When, effect: Effect) -> Self {
        Self {
            skip: n - 1,
            ..Self::once(when, effect)
        }
    }

    pub fn always(when: When, effect: Effect) -> Self {
        Self {
            times: usize::MAX,
            ..Self::once(when, effect)
        }
    }

    /// Whether `call` suffers; counts it.
    pub fn strikes(&mut self, call: &Call) -> bool {
        let concerned = match &self.when {
            When::Any => true,
            When::Write => call.is_write,
            When::Rest(method, path) => {
                call.operation.is_none() && call.method == *method && matches(path, &call.path)
            }
            When::GraphQl(field) => call
                .operation
                .as_ref()
                .is_some_and(|fields| fields.split('+').any(|name| name == *field)),
        };
        if !concerned || self.times == 0 {
            return false;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        self.times -= 1;
        true
    }
}

/// Whether `text` has the form of `pattern`, in which `*` stands for anything but `/`.
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut wanted = pattern.split('/');
    let mut given = text.split('/');
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(want), Some(part)) if want == "*" || want == part => {}
            _ => return false,
        }
    }
}

/// Refuses another issue where there were too many of late.
/// <https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits>
pub fn refuse_haste(world: &World) -> Result<(), Reply> {
    let created = |within: TimeDelta| {
        let issues = world
            .repositories
            .iter()
            .flat_map(|repository| repository.issues.values());
        issues
            .filter(|issue| world.now - issue.created_at < within)
            .count()
    };
    let is_hasty = created(TimeDelta::minutes(1)) >= 80 || created(TimeDelta::hours(1)) >= 500;
    match limit(&Effect::SecondaryLimit(None), false) {
        Some(refusal) if is_hasty && world.limits_content => Err(refusal),
        _ => Ok(()),
    }
}

/// The answer of a limit; GraphQL tells the hourly one with status 200.
pub fn limit(effect: &Effect, is_graphql: bool) -> Option<Reply> {
    let graphql_error = |kind: &str, message: &str| {
        Reply::new(200, json!({"errors": [{"type": kind, "message": message}]}))
    };
    match effect {
        Effect::SecondaryLimit(wait) => {
            let message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
            let reply = Reply::refusal(403, message);
            Some(match wait {
                Some(seconds) => reply.header("retry-after", seconds.to_string()),
                None => reply,
            })
        }
        Effect::PrimaryLimit(seconds) => {
            let message = "API rate limit exceeded for installation.";
            let reply = if is_graphql {
                graphql_error("RATE_LIMITED", message)
            } else {
                Reply::refusal(403, message)
            };
            let reset = real_seconds() + u64::from(*seconds);
            Some(
                reply
                    .header("x-ratelimit-limit", "1000")
                    .header("x-ratelimit-remaining", "0")
                    .header("x-ratelimit-used", "1000")
                    .header("x-ratelimit-reset", reset.to_string())
                    .header(
                        "x-ratelimit-resource",
                        if is_graphql { "graphql" } else { "core" },
                    ),
            )
        }
        _ => None,
    }
}
