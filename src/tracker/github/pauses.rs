//! The run's own pauses: they take their time, or pass at once and are only counted.

use std::{cell::Cell, time::Duration};

use tokio::time::{Instant, sleep};

use crate::host::Pauses;

/// A clock that goes on by itself, and over a pause in one step where pauses are skipped.
pub(super) struct Clock {
    pauses: Pauses,
    skipped: Cell<Duration>,
}

impl Clock {
    pub(super) fn new(pauses: Pauses) -> Self {
        Self {
            pauses,
            skipped: Cell::default(),
        }
    }

    pub(super) fn now(&self) -> Instant {
        Instant::now() + self.skipped.get()
    }

    pub(super) async fn pause(&self, time: Duration, why: &str) {
        tracing::debug!(milliseconds = time.as_millis(), why, "waiting");
        match self.pauses {
            Pauses::Taken => sleep(time).await,
            Pauses::Skipped => self.skipped.set(self.skipped.get() + time),
        }
    }
}
