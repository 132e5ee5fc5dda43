//! The only place that reads the clock.

use chrono::Utc;

use crate::model::now::Now;

/// What the clock of the machine says.
#[must_use]
pub fn now() -> Now {
    Now::Instant(Utc::now())
}
