//! What is to be done in the row of an item: its status cell or box, and the flag of a late one.

use crate::model::{
    change::{Change, Late},
    issue::Issue,
    status::Status,
};

use super::{Place, Planner, issue_text, late::Standing, status::Row};

impl Planner<'_> {
    /// A row that goes by its own word.
    pub(super) fn row_alone(&mut self, place: &Place<'_>, issue: Option<&Issue>) {
        self.row(place, None, place.item.stated_status(), issue);
    }

    /// Brings the status cell or box of a row up to date: `write` is the new status, where it changes, and
    /// `status` the one that counts.
    pub(super) fn row(
        &mut self,
        place: &Place<'_>,
        write: Option<Status>,
        status: Status,
        issue: Option<&Issue>,
    ) {
        // Blocked is a word that no issue has; a row that says so is still open.
        let late = self.note_lateness(place, status, issue);
        let item = place.item_ref();
        if !place.document.has_status_cell(place.index) {
            if let (Some(status), Some(checked)) = (write, checked(place)) {
                let wanted = status == Status::Done;
                if wanted != checked {
                    self.change(Change::Tick {
                        item,
                        checked: wanted,
                    });
                }
            }
            return;
        }
        let flag = &self.policy.config.overdue.flag;
        let word = place
            .item
            .status
            .as_ref()
            .map_or("", |status| status.text.as_str());
        let text = |word: &str, flagged: bool| {
            let text = if flagged {
                format!("{word}{flag}")
            } else {
                word.to_owned()
            };
            text.trim().to_owned()
        };
        let flagged = late.is_some() && !flag.is_empty();
        let old = text(word, place.item.flagged);
        match (write, late) {
            (Some(status), _) => {
                let new = text(&place.document.word_for(status), flagged);
                self.change(Change::Status { item, old, new });
            }
            (None, Some(due)) if flagged && !place.item.flagged => {
                let new = text(word, true);
                self.change(Change::Flag {
                    item,
                    old,
                    new,
                    due,
                });
            }
            (None, _) if !flagged && place.item.flagged => {
                self.change(Change::Unflag {
                    item,
                    old,
                    new: text(word, false),
                });
            }
            _ => {}
        }
    }

    /// Lists the item where it is late or soon will be; the due day where it is late.
    pub(super) fn note_lateness(
        &mut self,
        place: &Place<'_>,
        status: Status,
        issue: Option<&Issue>,
    ) -> Option<chrono::NaiveDate> {
        let late = |due, days| Late {
            item: place.item_ref(),
            owner: issue_text::owner_text(place.item).to_owned(),
            due,
            days,
            issue: issue.map(|issue| issue.key.clone()),
        };
        match self.standing(place, status) {
            Standing::Late { due, days } => {
                self.plan.overdue.push(late(due, days));
                Some(due)
            }
            Standing::Soon { due, days } => {
                self.plan.due_soon.push(late(due, -days));
                None
            }
            Standing::Fine => None,
        }
    }
}

/// What the row says, by word or by box.
pub(super) fn row(place: &Place<'_>) -> Row {
    match &place.item.status {
        Some(status) => status.value.known().map_or(Row::Unknown, Row::Says),
        None if place.document.has_status_cell(place.index) => Row::Empty,
        None => Row::Says(Status::NotStarted),
    }
}

fn checked(place: &Place<'_>) -> Option<bool> {
    let checkbox = place.item.form.checkbox();
    checkbox.map(|checkbox| checkbox.checked)
}
