//! `sync` and `sweep`: read, observe, plan, apply; and again where the branch moved meanwhile.

use crate::{
    apply::{self, Delivery, Ending, FileChange, Ledger, Outcome, Target},
    document::Document,
    model::{change::{Change, Found, Plan}, issue::Issue},
    observe::{self, Question},
    plan::{self, Policy, Scope},
    tracker::{Reader, Writer},
};

use super::{exit::Failure, session::Session};

/// How often a run starts over because the branch moved: then somebody commits faster than we do.
const ATTEMPTS: usize = 5;

/// What a run reads, and where it writes.
pub(super) struct Work<'a> {
    pub(super) session: &'a Session,
    pub(super) reader: &'a dyn Reader,
    pub(super) focus: &'a Focus,
    pub(super) scope: &'a Scope,
    pub(super) blob_url: &'a str,
    pub(super) can_open: bool,
}
