//! Trackers that say on the screen what they are asked, so that long work shows where it stands.

use std::cell::Cell;

use async_trait::async_trait;

use crate::{
    host::Screen,
    model::{
        issue::{Draft, Issue, IssuePatch, Lookup},
        link::IssueKey,
    },
    report::phrase::count,
    tracker::{Extent, Home, Reader, TrackerError, Writer},
};

/// A reader that is watched.
pub(super) struct WatchedReader<'a> {
    pub(super) reader: &'a dyn Reader,
    pub(super) screen: &'a Screen,
}

#[async_trait(?Send)]
impl Reader for WatchedReader<'_> {
    fn home(&self) -> &Home {
        self.reader.home()
    }

    async fn lookup(&self, keys: &[IssueKey]) -> Result<Vec<Lookup>, TrackerError> {
        if !keys.is_empty() {
            let issues = count(keys.len(), "issue");
            self.screen.progress(&format!("reading {issues}"));
        }
        self.reader.lookup(keys).await
    }

    async fn listing(&self, label: &str, extent: Extent) -> Result<Vec<Issue>, TrackerError> {
        self.screen.progress("listing issues");
        self.reader.listing(label, extent).await
    }
}

/// A writer that is watched.
pub(super) struct WatchedWriter<'a> {
    writer: &'a dyn Writer,
    screen: &'a Screen,
    /// Issues that are to be opened.
    wanted: usize,
    opened: Cell<usize>,
}

impl<'a> WatchedWriter<'a> {
    /// A writer that is about to open `wanted` issues.
    pub(super) fn new(writer: &'a dyn Writer, screen: &'a Screen, wanted: usize) -> Self {
        Self {
            writer,
            screen,
            wanted,
            opened: Cell::new(0),
        }
    }

    fn tell(&self, verb: &str, key: &IssueKey) {
        self.screen.progress(&format!("{verb} #{}", key.number));
    }
}

#[async_trait(?Send)]
impl Writer for WatchedWriter<'_> {
    async fn open(&self, draft: &Draft) -> Result<Issue, TrackerError> {
        self.opened.set(self.opened.get() + 1);
        self.screen.progress(&format!(
            "opening issue {} of {}: {}",
            self.opened.get(),
            self.wanted,
            draft.title
        ));
        self.writer.open(draft).await
    }

    async fn update(&self, key: &IssueKey, patch: &IssuePatch) -> Result<(), TrackerError> {
        self.tell("updating", key);
        self.writer.update(key, patch).await
    }

    async fn add_labels(&self, key: &IssueKey, labels: &[String]) -> Result<(), TrackerError> {
        self.tell("labelling", key);
        self.writer.add_labels(key, labels).await
    }

    async fn remove_label(&self, key: &IssueKey, label: &str) -> Result<(), TrackerError> {
        self.tell("labelling", key);
        self.writer.remove_label(key, label).await
    }

    async fn close_duplicate(&self, key: &IssueKey, of: &IssueKey) -> Result<(), TrackerError> {
        self.tell("closing the duplicate", key);
        self.writer.close_duplicate(key, of).await
    }
}
