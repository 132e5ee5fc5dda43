//! Carries a call through: paces writes, keeps the quota's last tenth, waits and repeats as the policy says.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use http::{StatusCode, header};
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use super::{
    call::{Call, Failure, Nature},
    connection::{Connection, Pace},
    grant::{Grant, lacks_scope},
    pauses::Clock,
    retry::{self, Refusal, Verdict},
    route::Route,
    transport::{Answer, Channel, Silence, Transport},
    words::said,
};
use crate::tracker::TrackerError;

/// How many redirects are followed for one call.
const HOPS: usize = 3;

/// How often one call is put off by a limit before the run stops.
const LIMITED: u32 = 5;

/// How many pages of one list are read at most.
const PAGES: usize = 1000;

#[derive(Clone, Copy)]
struct Quota {
    limit: u64,
    remaining: u64,
    full_again: Option<Instant>,
}

/// The host, with a memory of what this run has already asked of it.
pub(super) struct Client {
    transport: Transport,
    grant: Grant,
    pub(super) pace: Pace,
    clock: Clock,
    waited: Cell<Duration>,
    next_write: Cell<Option<Instant>>,
    quotas: RefCell<[Option<Quota>; 2]>,
}

impl Client {
    /// Must run inside a tokio runtime.
    pub(super) fn new(connection: &Connection) -> Result<Self, TrackerError> {
        Ok(Self {
            transport: Transport::new(connection)?,
            grant: Grant::new(&connection.token, &connection.server_url),
            pace: connection.pace,
            clock: Clock::new(connection.pace.pauses),
            waited: Cell::default(),
            next_write: Cell::default(),
            quotas: RefCell::default(),
        })
    }

    /// Host as people know it.
    pub(super) fn host(&self) -> &str {
        &self.transport.host
    }

    /// Carries `call` through and follows redirects on the same host with the same method: a renamed
    /// repository answers 307 to writes, and nothing was done then.
    pub(super) async fn send(&self, call: &Call) -> Result<Answer, Failure> {
        let mut route = call.route.clone();
        let mut answer = self.attempt(call, &route).await?;
        for _ in 0..HOPS {
            let moved = matches!(answer.status.as_u16(), 301 | 302 | 307 | 308);
            let place = answer.header(header::LOCATION.as_str());
            let Some(next) = place
                .filter(|_| moved)
                .and_then(|to| self.transport.follow(to))
            else {
                break;
            };
            route = next;
            answer = self.attempt(call, &route).await?;
        }
        Ok(answer)
    }

    /// Carries `call` through; any answer but success is an error.
    pub(super) async fn success(&self, call: &Call) -> Result<Answer, TrackerError> {
        let answer = self
            .send(call)
            .await
            .map_err(|f| f.into_error(&call.what))?;
        if answer.status.is_success() {
            Ok(answer)
        } else {
            Err(self.refusal(call, &answer))
        }
    }

    /// All entries of a list, page after page. With a `limit`, no more pages than that are read; the
    /// second value says whether some were left.
    pub(super) async fn pages<T: DeserializeOwned>(
        &self,
        first: Call,
        limit: Option<usize>,
    ) -> Result<(Vec<T>, bool), TrackerError> {
        let mut call = first;
        let mut entries = Vec::new();
        for _ in 0..limit.unwrap_or(PAGES) {
            let answer = self.success(&call).await?;
            entries.extend(self.decode::<Vec<T>>(&answer)?);
            let next = answer.header(header::LINK.as_str()).and_then(next_page);
            match next.and_then(|place| self.transport.follow(&place)) {
                Some(route) => call.route = route,
                None => return Ok((entries, false)),
            }
        }
        Ok((entries, true))
    }

    /// The body of `answer` as JSON.
    pub(super) fn decode<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, TrackerError> {
        serde_json::from_slice(&answer.body).map_err(|error| TrackerError::Unreachable {
            host: self.host().to_owned(),
            detail: format!("its answer cannot be read ({error})"),
        })
    }

    /// The error for an answer that is no success and that the caller has no other use for.
    pub(super) fn refusal(&self, call: &Call, answer: &Answer) -> TrackerError {
        let detail = self.transport.redact(&said(answer.status, answer.text()));
        match answer.status {
            StatusCode::NOT_FOUND if call.nature.writes() && lacks_scope(&answer.headers) => {
                self.forbidden(&call.what, call.permission, &detail)
            }
            StatusCode::NOT_FOUND | StatusCode::GONE => {
                TrackerError::NotFound(format!("what is needed to {}", call.what))
            }
            status if status.is_redirection() => {
                TrackerError::NotFound(format!("what is needed to {}, which has moved,", call.what))
            }
            _ => TrackerError::Invalid {
                what: call.what.clone(),
                detail,
            },
        }
    }

    async fn attempt(&self, call: &Call, route: &Route) -> Result<Answer, Failure> {
        let (mut tries, mut limited) = (0, 0);
        loop {
            self.keep_reserve(call.channel).map_err(Failure::Refused)?;
            if call.nature.writes() {
                self.take_turn().await;
            }
            let body = call.body.as_ref();
            let outcome = self
                .transport
                .send(call.channel, &call.method, route, body)
                .await;
            let verdict = match &outcome {
                Ok(answer) => {
                    self.note_quota(call.channel, answer);
                    let Answer {
                        status, headers, ..
                    } = answer;
                    retry::judge(*status, headers, answer.text(), limited, &self.pace)
                }
                Err(Silence::Lost(lost)) => Verdict::Unclear(lost.clone()),
                Err(Silence::Barred(detail)) => {
                    return Err(Failure::Refused(TrackerError::Barred {
                        host: self.host().to_owned(),
                        detail: detail.clone(),
                    }));
                }
            };
            match (verdict, outcome) {
                (Verdict::RetryAfter { wait, limit }, _) => {
                    limited += 1;
                    if limited >= LIMITED {
                        return Err(Failure::Refused(self.limited(limit.to_owned())));
                    }
                    self.wait(wait, limit).await.map_err(Failure::Refused)?;
                }
                (Verdict::Stop(refusal), _) => {
                    return Err(Failure::Refused(self.stopped(call, refusal)));
                }
                (Verdict::Accept, Ok(answer)) => return Ok(answer),
                (Verdict::Unclear(lost), _)
                | (_, Err(Silence::Lost(lost) | Silence::Barred(lost))) => {
                    tries += 1;
                    if tries >= call.nature.attempts() {
                        return Err(self.given_up(call, &lost, tries));
                    }
                    let pause = retry::backoff(tries, route.without_query(), &self.pace);
                    self.wait(pause, "a broken answer")
                        .await
                        .map_err(Failure::Refused)?;
                }
            }
        }
    }

    fn given_up(&self, call: &Call, lost: &str, tries: u32) -> Failure {
        let lost = self.transport.redact(lost);
        if call.nature != Nature::Read {
            return Failure::Lost(lost);
        }
        Failure::Refused(TrackerError::Unreachable {
            host: self.host().to_owned(),
            detail: format!("{lost}, {tries} times"),
        })
    }

    fn stopped(&self, call: &Call, refusal: Refusal) -> TrackerError {
        let what = call.what.clone();
        match refusal {
            Refusal::Token(text) => TrackerError::BadToken {
                host: self.host().to_owned(),
                detail: self.transport.redact(&text),
            },
            Refusal::Permission(text) => {
                self.forbidden(&what, call.permission, &self.transport.redact(&text))
            }
            Refusal::Archived(text) => TrackerError::Invalid {
                what,
                detail: format!("{text} Unarchive the repository, or name another one"),
            },
        }
    }

    /// The error for what the token may not do.
    pub(super) fn forbidden(&self, what: &str, permission: &str, said: &str) -> TrackerError {
        TrackerError::Forbidden {
            what: what.to_owned(),
            refusal: self.with_remedy(permission, said),
        }
    }

    /// What the host said, and what to do so that the token has `permission`.
    pub(super) fn with_remedy(&self, permission: &str, said: &str) -> String {
        let remedy = self.grant.remedy(permission, said);
        format!("{}. {remedy}", said.trim_end_matches('.'))
    }

    fn limited(&self, detail: String) -> TrackerError {
        TrackerError::RateLimited {
            host: self.host().to_owned(),
            detail,
        }
    }

    /// `text` without the token, should the host echo it.
    pub(super) fn redact(&self, text: &str) -> String {
        self.transport.redact(text)
    }

    /// Waits for `time` out of the run's patience.
    pub(super) async fn wait(&self, time: Duration, why: &str) -> Result<(), TrackerError> {
        let total = self.waited.get().saturating_add(time);
        if total > self.pace.patience {
            return Err(self.limited(format!(
                "{why}; it takes {} s more, and a run waits {} s in all",
                time.as_secs_f32().ceil(),
                self.pace.patience.as_secs()
            )));
        }
        self.waited.set(total);
        self.clock.pause(time, why).await;
        Ok(())
    }

    /// Waits until it is time for the next write.
    pub(super) async fn take_turn(&self) {
        let now = self.clock.now();
        let turn = self.next_write.get().map_or(now, |turn| turn.max(now));
        if turn > now {
            self.clock
                .pause(turn - now, "one write after the other")
                .await;
        }
        self.next_write.set(Some(turn + self.pace.write_interval));
    }

    fn note_quota(&self, channel: Channel, answer: &Answer) {
        let count = |name| retry::number(&answer.headers, name);
        // An Enterprise Server has its limits off by default and sends no such headers.
        let (Some(limit), Some(remaining)) =
            (count("x-ratelimit-limit"), count("x-ratelimit-remaining"))
        else {
            return;
        };
        let full_again =
            retry::until_reset(&answer.headers).and_then(|time| self.clock.now().checked_add(time));
        self.quotas.borrow_mut()[channel as usize] = Some(Quota {
            limit,
            remaining,
            full_again,
        });
    }

    /// Refuses a call that would eat into the last tenth of the hourly quota, which the repository's
    /// other workflows share.
    fn keep_reserve(&self, channel: Channel) -> Result<(), TrackerError> {
        let Some(quota) = self.quotas.borrow()[channel as usize] else {
            return Ok(());
        };
        let over = match quota.full_again {
            Some(at) => at <= self.clock.now(),
            // A spent quota without an end has been waited for as the policy says.
            None => quota.remaining == 0,
        };
        if over || quota.remaining > quota.limit / 10 {
            return Ok(());
        }
        Err(self.limited(format!(
            "{} of {} calls are left this hour, and a run leaves the last tenth to others",
            quota.remaining, quota.limit
        )))
    }
}

/// The address marked `rel="next"` in a `Link` header.
fn next_page(link: &str) -> Option<String> {
    link.split(',').find_map(|part| {
        let (place, rest) = part.split_once('>')?;
        let is_next = rest
            .split(';')
            .any(|p| matches!(p.trim(), "rel=\"next\"" | "rel=next"));
        is_next.then(|| place.trim().trim_start_matches('<').to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::next_page;

    #[test]
    fn the_next_page_is_read_from_its_link() {
        let link = r#"<https://h/a?page=1>; rel="prev", <https://h/a?page=3>; rel="next", <https://h/a?page=9>; rel="last""#;
        assert_eq!(next_page(link).as_deref(), Some("https://h/a?page=3"));
        for none in ["", r#"<https://h/a?page=1>; rel="prev""#, "next", "<x"] {
            assert_eq!(next_page(none), None, "{none}");
        }
    }
}
