//! A gate at which the calls that overlapping runs can disturb each other with wait to be let through, one at a time.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use super::{Call, faults::matches};

/// The calls that matter: lists, creates, changes of issues, commits.
const GATED: [(&str, &str); 3] = [
    ("GET", "/repos/*/*/issues"),
    ("POST", "/repos/*/*/issues"),
    ("PATCH", "/repos/*/*/issues/*"),
];

/// Runs are known by their tokens.
#[derive(Clone, Default)]
pub struct Gate(Arc<Shared>);

#[derive(Default)]
struct Shared {
    waiting: Mutex<BTreeSet<String>>,
    changed: Notify,
}

impl Gate {
    /// Waits until the call is let through.
    pub(super) async fn pass(&self, call: &Call) {
        let is_gated = match &call.operation {
            Some(operation) => operation == "createCommitOnBranch",
            None => GATED
                .iter()
                .any(|(method, path)| call.method == *method && matches(path, &call.path)),
        };
        let Some(token) = call.token.clone().filter(|_| is_gated) else {
            return;
        };
        self.waiting().insert(token.clone());
        loop {
            let changed = self.0.changed.notified();
            if !self.waiting().contains(&token) {
                return;
            }
            changed.await;
        }
    }

    /// Whether the run with this token stands at the gate.
    pub fn holds(&self, token: &str) -> bool {
        self.waiting().contains(token)
    }

    /// Lets the call of this run through.
    pub fn let_through(&self, token: &str) {
        self.waiting().remove(token);
        self.0.changed.notify_waiters();
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
