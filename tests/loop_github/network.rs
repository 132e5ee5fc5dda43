//! The way to the host: proxies, and authorities that only a company knows.

use super::*;
use crate::support::secure::{Front, Proxy};

/// A run on a push to a host at `address`.
fn push_to<'g>(github: &'g GitHub, before: &str, address: &str) -> Runner<'g> {
    Runner::push(github, before)
        .with("GITHUB_API_URL", &format!("{address}/api/v3"))
        .with("GITHUB_GRAPHQL_URL", &format!("{address}/api/graphql"))
}

fn trusting<'g>(run: Runner<'g>, front: &Front) -> Runner<'g> {
    run.with("SSL_CERT_FILE", &front.authority().display().to_string())
}

#[test]
fn the_loop_runs_through_a_proxy_that_wants_a_password() {
    let (github, before) = shop(&founding());
    let front = Front::before(&github);
    let proxy = Proxy::before(&front, Some("alice:p@ss"));
    let address = format!("http://alice:p%40ss@{}", proxy.place());
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let run = trusting(push_to(&github, &before, &front.named()), &front)
            .with(variable, &address)
            .with("RUST_LOG", "trace")
            .run()
            .expect_code(0);
        assert!(run.stderr.contains(&proxy.place()), "{}", run.stderr);
        for secret in ["p@ss", "p%40ss", "alice:", "YWxpY2U6cEBzcw"] {
            assert!(!run.said().contains(secret), "{secret}: {}", run.said());
        }
    }
    assert_eq!(github.world().issues().len(), 2);
    let wanted = front.named().replace("https://", "CONNECT ") + " HTTP/1.1";
    let asked = proxy.asked();
    assert!(
        !asked.is_empty() && asked.iter().all(|line| *line == wanted),
        "{asked:?}"
    );
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_proxy_that_refuses_the_password_is_named_at_once_and_nothing_is_shown_of_it() {
    let (github, before) = shop(&founding());
    let front = Front::before(&github);
    let proxy = Proxy::before(&front, Some("alice:right"));
    let run = trusting(push_to(&github, &before, &front.named()), &front)
        .with(
            "HTTPS_PROXY",
            &format!("http://alice:wr0ng@{}", proxy.place()),
        )
        .run()
        .expect_code(3);
    let said = run.said();
    assert!(
        said.contains("HTTPS_PROXY") && said.contains(&proxy.place()),
        "{said}"
    );
    assert!(
        said.contains("password") && !said.contains("wr0ng"),
        "{said}"
    );
    assert_eq!(proxy.asked().len(), 1, "asking again is of no use");
    assert_eq!(github.calls(), Vec::<String>::new());
}

#[test]
fn hosts_that_no_proxy_names_are_reached_directly() {
    let (github, before) = shop(&founding());
    let front = Front::before(&github);
    let proxy = Proxy::before(&front, None);
    let port = front.numbered();
    let (_, port) = port.rsplit_once(':').unwrap();
    for direct in [
        "127.0.0.1",
        "127.0.0.0/8",
        "*",
        &format!("127.0.0.1:{port}"),
    ] {
        trusting(push_to(&github, &before, &front.numbered()), &front)
            .with("HTTPS_PROXY", &format!("http://{}", proxy.place()))
            .with("NO_PROXY", direct)
            .run()
            .expect_code(0);
    }
    assert_eq!(proxy.asked(), Vec::<String>::new());
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn plain_http_on_this_machine_takes_no_proxy() {
    let (github, before) = shop(&founding());
    Runner::push(&github, &before)
        .with("HTTP_PROXY", "http://127.0.0.1:9")
        .with("HTTPS_PROXY", "http://127.0.0.1:9")
        .with("ALL_PROXY", "socks5://127.0.0.1:9")
        .run()
        .expect_code(0);
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_wrong_proxy_is_a_wrong_setting_and_hides_no_finding() {
    let (github, before) = shop(&founding());
    let front = Front::before(&github);
    let run = trusting(push_to(&github, &before, &front.named()), &front)
        .with("ALL_PROXY", "socks5://alice:s3cret@127.0.0.1:9")
        .run()
        .expect_code(2);
    assert!(
        run.said().contains("ALL_PROXY") && run.said().contains("SOCKS"),
        "{}",
        run.said()
    );
    assert!(!run.said().contains("s3cret"), "{}", run.said());
    assert_eq!(github.calls(), Vec::<String>::new());
}

#[test]
fn a_proxy_that_is_away_is_told_from_a_host_that_is_away() {
    let (github, before) = shop(&founding());
    let front = Front::before(&github);
    let run = trusting(push_to(&github, &before, &front.named()), &front)
        // Port 9 (discard) is closed on any machine that runs tests.
        .with("https_proxy", "127.0.0.1:9")
        .run()
        .expect_code(3);
    let said = run.said();
    assert!(
        said.contains("the proxy 127.0.0.1:9, named in https_proxy, cannot be reached"),
        "{said}"
    );
}

#[test]
fn a_private_authority_is_trusted_by_each_of_its_variables() {
    let (github, before) = shop(&founding());
    let front = Front::before(&github);
    let file = front.authority().display().to_string();
    let folder = front.trusted().display().to_string();
    for (variable, place) in [
        ("SSL_CERT_FILE", &file),
        ("SSL_CERT_DIR", &folder),
        ("NODE_EXTRA_CA_CERTS", &file),
    ] {
        push_to(&github, &before, &front.numbered())
            .with(variable, place)
            .run()
            .expect_code(0);
    }
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn g1_a_certificate_that_is_not_trusted_ends_the_run_before_anything_is_sent() {
    let (github, before) = shop(&founding());
    let (front, other) = (Front::before(&github), Front::before(&github));
    let run = trusting(push_to(&github, &before, &front.numbered()), &other)
        .run()
        .expect_code(3);
    let said = run.said();
    let host = front.numbered().replace("https://", "");
    assert!(
        said.contains(&host) && said.contains("certificate"),
        "{said}"
    );
    assert!(
        said.contains("SSL_CERT_FILE") && said.contains("NODE_EXTRA_CA_CERTS"),
        "{said}"
    );
    assert_eq!(github.calls(), Vec::<String>::new());
}

#[test]
fn a_certificate_for_another_name_is_not_trusted() {
    let (github, before) = shop(&founding());
    let front = Front::before(&github);
    let address = front.numbered().replace("127.0.0.1", "localhost");
    let run = trusting(push_to(&github, &before, &address), &front)
        .run()
        .expect_code(3);
    assert!(run.said().contains("another name"), "{}", run.said());
    assert_eq!(github.calls(), Vec::<String>::new());
}

#[test]
fn a_variable_that_names_no_certificate_is_a_wrong_setting() {
    let (github, before) = shop(&founding());
    let front = Front::before(&github);
    let run = push_to(&github, &before, &front.numbered())
        .with("SSL_CERT_FILE", "/nowhere/authority.pem")
        .run()
        .expect_code(2);
    assert!(
        run.said()
            .contains("SSL_CERT_FILE names /nowhere/authority.pem"),
        "{}",
        run.said()
    );
}
