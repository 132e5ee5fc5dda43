//! The policy, answer by answer.

use http::HeaderName;
use http::HeaderValue;

use super::*;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| {
            let value = HeaderValue::from_str(value).expect("a value");
            (HeaderName::from_static(name), value)
        })
        .collect()
}

fn judged(status: u16, pairs: &[(&'static str, &str)], body: &str, limited: u32) -> Verdict {
    let status = StatusCode::from_u16(status).expect("a status");
    judge(status, &headers(pairs), body, limited, &Pace::default())
}

fn waits(verdict: &Verdict) -> Option<u64> {
    match verdict {
        Verdict::RetryAfter { wait, .. } => Some(wait.as_secs()),
        _ => None,
    }
}

const SECONDARY: &str = r#"{"message":"You have exceeded a secondary rate limit."}"#;
const NO_PERMISSION: &str = r#"{"message":"Resource not accessible by integration"}"#;
const DATE: (&str, &str) = ("date", "Thu, 01 Jan 1970 00:16:40 GMT");

#[test]
fn the_hosts_own_wait_comes_before_everything_else() {
    let spent = ("x-ratelimit-remaining", "0");
    let verdict = judged(403, &[("retry-after", "7"), spent], SECONDARY, 3);
    assert_eq!(waits(&verdict), Some(7));
    let dated = ("retry-after", "Thu, 01 Jan 1970 00:17:00 GMT");
    assert_eq!(waits(&judged(429, &[dated, DATE], "", 0)), Some(20));
}

#[test]
fn a_spent_quota_is_waited_for_until_its_reset_by_the_hosts_clock() {
    let spent = ("x-ratelimit-remaining", "0");
    let reset = ("x-ratelimit-reset", "1090");
    for status in [403, 429] {
        assert_eq!(
            waits(&judged(status, &[spent, reset, DATE], NO_PERMISSION, 0)),
            Some(91)
        );
    }
    let past = ("x-ratelimit-reset", "5");
    assert_eq!(waits(&judged(403, &[spent, past, DATE], "", 0)), Some(1));
    assert_eq!(waits(&judged(403, &[spent], "", 0)), Some(60));
}

#[test]
fn a_limit_known_by_its_words_alone_is_waited_for_longer_each_time() {
    let left = ("x-ratelimit-remaining", "4290");
    let wait = |limited| waits(&judged(403, &[left], SECONDARY, limited));
    assert_eq!(
        [wait(0), wait(1), wait(2), wait(9)],
        [Some(60), Some(120), Some(240), Some(600)]
    );
    assert_eq!(waits(&judged(429, &[], "", 0)), Some(60));
}

#[test]
fn content_that_comes_too_quickly_is_a_limit_and_other_validation_errors_are_not() {
    let error = |text: &str| format!(r#"{{"message":"Validation Failed","errors":["{text}"]}}"#);
    assert_eq!(
        waits(&judged(422, &[], &error("was submitted too quickly"), 0)),
        Some(60)
    );
    assert_eq!(
        judged(422, &[], &error("title about a rate limit"), 0),
        Verdict::Accept
    );
}

#[test]
fn a_missing_permission_is_no_limit_and_names_what_is_wanted() {
    let wanted = ("x-accepted-github-permissions", "issues=write");
    let Verdict::Stop(Refusal::Permission(text)) = judged(403, &[wanted], NO_PERMISSION, 0) else {
        panic!("not a permission");
    };
    assert!(text.contains("not accessible") && text.contains("issues=write"));
    let archived = r#"{"message":"Repository was archived so is read-only."}"#;
    assert!(matches!(
        judged(403, &[], archived, 0),
        Verdict::Stop(Refusal::Archived(_))
    ));
    assert!(matches!(
        judged(401, &[], "", 0),
        Verdict::Stop(Refusal::Token(_))
    ));
}

#[test]
fn a_broken_host_leaves_it_unclear() {
    for status in [408, 500, 502, 503, 504, 520] {
        assert!(
            matches!(judged(status, &[], "<html>", 0), Verdict::Unclear(_)),
            "{status}"
        );
    }
    assert_eq!(waits(&judged(503, &[("retry-after", "5")], "", 0)), Some(5));
}

#[test]
fn a_page_for_people_is_no_success() {
    for status in [200, 201] {
        let verdict = judged(status, &[], "<html>We will be back soon</html>", 0);
        assert!(matches!(verdict, Verdict::Unclear(_)), "{status}");
    }
    assert_eq!(judged(204, &[], "", 0), Verdict::Accept);
    assert_eq!(judged(200, &[], " [1]", 0), Verdict::Accept);
}

#[test]
fn every_other_answer_is_the_callers_to_read() {
    for status in [200, 201, 204, 301, 307, 304, 404, 409, 410, 422] {
        assert_eq!(judged(status, &[], "{}", 0), Verdict::Accept, "{status}");
    }
}

#[test]
fn graphql_reports_limits_under_status_200() {
    for error in [
        r#"{"errors":[{"type":"RATE_LIMITED","message":"no"}]}"#,
        r#"{"data":null,"errors":[{"message":"API rate limit exceeded"}]}"#,
        r#"{"data":{"a":null},"errors":[{"type":"UNPROCESSABLE","message":"was submitted too quickly"}]}"#,
    ] {
        assert_eq!(waits(&judged(200, &[], error, 0)), Some(60), "{error}");
    }
    let spent = [
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", "1010"),
        DATE,
    ];
    let other = r#"{"errors":[{"message":"no"}]}"#;
    assert_eq!(waits(&judged(200, &spent, other, 0)), Some(11));
}

#[test]
fn a_breakdown_that_graphql_reports_under_status_200_leaves_it_unclear() {
    let broken = r#"{"data":null,"errors":[{"message":"Something went wrong while executing your query."}]}"#;
    assert!(matches!(judged(200, &[], broken, 0), Verdict::Unclear(_)));
}

#[test]
fn words_about_limits_in_the_data_are_no_limit() {
    let data = r#"{"data":{"i0":{"title":"\"errors\": API rate limit exceeded"}},"errors":[{"type":"NOT_FOUND","message":"x"}]}"#;
    assert_eq!(judged(200, &[], data, 0), Verdict::Accept);
    let spent = ("x-ratelimit-remaining", "0");
    assert_eq!(
        judged(200, &[spent], r#"{"data":{"errors":1}}"#, 0),
        Verdict::Accept
    );
}

#[test]
fn pauses_grow_are_capped_and_are_the_same_in_every_run() {
    let pace = Pace::default();
    let pause = |attempt| backoff(attempt, "/repos/a/b", &pace);
    assert_eq!(pause(1), pause(1));
    assert_ne!(backoff(1, "/repos/a/c", &pace), pause(1));
    for attempt in 1..40 {
        let base = Duration::from_secs(2_u64.saturating_pow(attempt - 1).min(20));
        assert!((base..base + base / 2 + Duration::from_millis(1)).contains(&pause(attempt)));
    }
}
