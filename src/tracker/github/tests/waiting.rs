//! The run's patience and pace, in time that passes only here.

use std::time::Duration;

use tokio::time::Instant;

use super::{
    super::{Pace, client::Client},
    host::connection,
};
use crate::tracker::TrackerError;

fn client() -> Client {
    Client::new(&connection("https://ghe.example", Pace::default())).expect("a client")
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
