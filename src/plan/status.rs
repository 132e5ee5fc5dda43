//! What the row says when document and issue disagree about how far an item is.

use crate::model::status::Status;

/// What is done about the status of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// The row is right, or says more than the issue can.
    Keep,
    /// The row takes the status of the issue.
    Write(Status),
    /// The row claims an end that the issue does not know; a person has to settle it.
    Conflict,
}

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A known word, or a box.
    Says(Status),
    /// A word outside the vocabulary.
    Unknown,
    /// Nothing.
    Empty,
}

/// Settles the status of a row against its issue.
///
/// The issue owns whether an item is finished. `base` is the status of the issue when the tool last
/// wrote or saw it; it tells a row that became stale from one that a person changed. `reopened`
/// says that the issue was closed before, which explains a finished row where there is no base: with one, the
/// row was open again since, and somebody finished it anew.
pub(super) fn decide(row: Row, base: Option<Status>, issue: Status, reopened: bool) -> Decision {
    match (row, issue) {
        (Row::Says(row), issue) if row == issue => Decision::Keep,
        (_, Status::Done | Status::WontDo) | (Row::Empty, _) => Decision::Write(issue),
        (Row::Unknown | Row::Says(Status::Blocked), _) => Decision::Keep,
        (Row::Says(Status::Done | Status::WontDo), _) => {
            if base.map_or(reopened, Status::is_settled) {
                Decision::Write(issue)
            } else {
                Decision::Conflict
            }
        }
        // Somebody who works without saying so in the issue may say so in the row.
        (Row::Says(Status::InProgress), _) if base != Some(Status::InProgress) => Decision::Keep,
        (Row::Says(Status::NotStarted | Status::InProgress), issue) => Decision::Write(issue),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Status::{Blocked, Done, InProgress, NotStarted, WontDo};

    #[test]
    fn a_closed_issue_always_reaches_the_row() {
        for row in [
            Row::Empty,
            Row::Unknown,
            Row::Says(NotStarted),
            Row::Says(Blocked),
            Row::Says(WontDo),
        ] {
            for base in [None, Some(NotStarted), Some(Done)] {
                assert_eq!(decide(row, base, Done, false), Decision::Write(Done));
            }
        }
    }

    #[test]
    fn a_row_that_agrees_is_left_alone() {
        for status in [NotStarted, InProgress, Done, WontDo] {
            assert_eq!(
                decide(Row::Says(status), None, status, false),
                Decision::Keep
            );
        }
    }

    #[test]
    fn a_person_who_says_done_while_the_issue_is_open_makes_a_conflict() {
        assert_eq!(
            decide(Row::Says(Done), Some(NotStarted), NotStarted, false),
            Decision::Conflict
        );
        assert_eq!(
            decide(Row::Says(Done), None, InProgress, false),
            Decision::Conflict
        );
        assert_eq!(
            decide(Row::Says(Done), Some(NotStarted), NotStarted, true),
            Decision::Conflict
        );
    }

    #[test]
    fn a_reopened_issue_opens_the_row_again() {
        assert_eq!(
            decide(Row::Says(Done), Some(Done), NotStarted, false),
            Decision::Write(NotStarted)
        );
        assert_eq!(
            decide(Row::Says(Done), None, NotStarted, true),
            Decision::Write(NotStarted)
        );
    }

    #[test]
    fn work_that_only_the_row_knows_of_stays() {
        assert_eq!(
            decide(Row::Says(InProgress), Some(NotStarted), NotStarted, false),
            Decision::Keep
        );
        assert_eq!(
            decide(Row::Says(Blocked), Some(NotStarted), InProgress, false),
            Decision::Keep
        );
    }

    #[test]
    fn work_that_stopped_in_the_issue_stops_in_the_row() {
        assert_eq!(
            decide(Row::Says(InProgress), Some(InProgress), NotStarted, false),
            Decision::Write(NotStarted)
        );
    }
}
