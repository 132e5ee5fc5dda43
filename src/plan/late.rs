//! What is late and what soon will be. An item that is due today is neither done too late nor overdue.

use chrono::NaiveDate;

use crate::model::{item::ActionItem, status::Status};

/// Where an item stands in relation to its due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Settled, without a date, or far enough away.
    Fine,
    /// Due within the days that the configuration names, today included.
    Soon {
        /// The due day.
        due: NaiveDate,
        /// Days until then.
        days: i64,
    },
    /// Past its due day.
    Late {
        /// The due day.
        due: NaiveDate,
        /// Days since then.
        days: i64,
    },
}

/// Compares an item's due day with `today`.
pub(super) fn standing(
    item: &ActionItem,
    status: Status,
    today: NaiveDate,
    soon_days: u16,
) -> Standing {
    let Some(due) = item.due_date().filter(|_| !status.is_settled()) else {
        return Standing::Fine;
    };
    let days = (today - due).num_days();
    if days > 0 {
        Standing::Late { due, days }
    } else if -days <= i64::from(soon_days) {
        Standing::Soon { due, days: -days }
    } else {
        Standing::Fine
    }
}
