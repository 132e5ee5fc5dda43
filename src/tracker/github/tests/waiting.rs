//! The run's patience and pace, in time that passes only here.

use std::time::Duration;

use tokio::time::Instant;

use super::super::{Connection, Token, client::Client};
use crate::{model::link::Repository, tracker::TrackerError};

fn client() -> Client {
    let repository = Repository::parse("acme/app").expect("a repository");
    let connection = Connection::to_github_com(repository, Token::new("ghs_a"));
    Client::new(&connection).expect("a client")
}

#[tokio::test(start_paused = true)]
async fn writes_are_a_second_apart_and_the_first_one_waits_for_nothing() {
    let client = client();
    let start = Instant::now();
    client.take_turn().await;
    assert_eq!(start.elapsed(), Duration::ZERO);
    client.take_turn().await;
    client.take_turn().await;
    assert_eq!(start.elapsed(), Duration::from_secs(2));
    tokio::time::advance(Duration::from_secs(9)).await;
    client.take_turn().await;
    assert_eq!(start.elapsed(), Duration::from_secs(11));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_has_waited_long_enough_stops_instead() {
    let client = client();
    let start = Instant::now();
    client
        .wait(Duration::from_mins(1), "a limit")
        .await
        .expect("patience");
    client
        .wait(Duration::from_mins(1), "a limit")
        .await
        .expect("patience");
    let outcome = client.wait(Duration::from_secs(1), "a limit").await;
    assert!(
        matches!(outcome, Err(TrackerError::RateLimited { .. })),
        "{outcome:?}"
    );
    assert_eq!(start.elapsed(), Duration::from_mins(2));
}
