//! What a run is given, and what counts as not given.

use super::*;

fn read(pairs: &[(&str, &str)]) -> Environment {
    Environment::from_pairs(pairs.iter().copied(), false).expect("readable")
}

#[test]
fn g8_a_token_is_shown_by_nothing() {
    let environment = read(&[("GITHUB_TOKEN", " ghp_secret\n")]);
    let token = environment.token.clone().expect("a token");
    assert_eq!(token.expose(), "ghp_secret");
    assert_eq!(format!("{token} {token:?}"), "*** ***");
    assert!(!format!("{environment:?}").contains("ghp_secret"));
    let broken = [("GH_TOKEN", "ghp_a\nghp_b")];
    let error = Environment::from_pairs(broken, false).expect_err("a line break");
    assert!(!format!("{error} {error:?}").contains("ghp_"));
}

#[test]
fn the_runner_s_token_comes_before_the_command_line_s_and_blanks_are_none() {
    let token = |pairs: &[(&str, &str)]| read(pairs).token.map(|t| t.expose().to_owned());
    assert_eq!(
        token(&[("GH_TOKEN", "b"), ("GITHUB_TOKEN", "a")]),
        Some("a".into())
    );
    assert_eq!(
        token(&[("GH_TOKEN", "b"), ("GITHUB_TOKEN", "  ")]),
        Some("b".into())
    );
    assert_eq!(token(&[("GITHUB_TOKEN", "")]), None);
}

#[test]
fn addresses_default_to_github_com_and_follow_the_server() {
    let graphql = |pairs: &[(&str, &str)]| {
        let found = read(pairs).endpoints;
        (found.host().to_owned(), found.api, found.graphql)
    };
    let expect = |host: &str, api: &str, graphql: &str| {
        (host.to_owned(), api.to_owned(), graphql.to_owned())
    };
    assert_eq!(
        graphql(&[]),
        expect(
            "github.com",
            "https://api.github.com",
            "https://api.github.com/graphql"
        )
    );
    assert_eq!(
        graphql(&[("GITHUB_SERVER_URL", "https://git.example/")]),
        expect(
            "git.example",
            "https://git.example/api/v3",
            "https://git.example/api/graphql"
        )
    );
    assert_eq!(
        graphql(&[("GITHUB_SERVER_URL", "https://acme.ghe.com")]),
        expect(
            "acme.ghe.com",
            "https://api.acme.ghe.com",
            "https://api.acme.ghe.com/graphql"
        )
    );
    assert_eq!(
        graphql(&[("GITHUB_API_URL", "http://127.0.0.1:8080")]),
        expect(
            "github.com",
            "http://127.0.0.1:8080",
            "http://127.0.0.1:8080/graphql"
        )
    );
}

#[test]
fn a_value_that_cannot_be_meant_is_named() {
    for (name, value) in [
        ("GITHUB_REPOSITORY", "no-slash"),
        ("GITHUB_API_URL", "ftp://a"),
        ("GITHUB_SERVER_URL", "https://user:pw@a"),
        ("FOLLOWTHROUGH_CALL_TIMEOUT_MS", "1s"),
        ("FOLLOWTHROUGH_PAUSES", "0"),
    ] {
        let error = Environment::from_pairs([(name, value)], false)
            .expect_err(name)
            .to_string();
        assert!(error.contains(name), "{error}");
        assert!(!error.contains("pw"), "{error}");
    }
}

#[test]
fn colours_obey_the_variables_before_the_terminal() {
    let colors = |pairs: &[(&str, &str)], is_terminal| {
        let environment = Environment::from_pairs(pairs.iter().copied(), is_terminal);
        environment.expect("readable").colors_stdout()
    };
    for (pairs, on_a_terminal, elsewhere) in [
        (&[][..], true, false),
        (&[("NO_COLOR", "1")], false, false),
        (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false, false),
        (&[("CLICOLOR_FORCE", "1")], true, true),
        (&[("CLICOLOR_FORCE", "0")], true, false),
        (&[("TERM", "dumb")], false, false),
    ] {
        assert_eq!(colors(pairs, true), on_a_terminal, "{pairs:?}");
        assert_eq!(colors(pairs, false), elsewhere, "{pairs:?}");
    }
}

#[test]
fn empty_inputs_count_as_not_given() {
    let environment = read(&[
        ("FOLLOWTHROUGH_COMMAND", ""),
        ("FOLLOWTHROUGH_PATHS", "\n a.md \n\nb c.md\r\n"),
        ("FOLLOWTHROUGH_FAIL_ON", "warning"),
    ]);
    let inputs = environment.inputs();
    assert_eq!(inputs.command, None);
    assert_eq!(inputs.paths, ["a.md", "b c.md"]);
    assert_eq!(inputs.fail_on.as_deref(), Some("warning"));
}
