//! What a run asks, and what it knows afterwards.

use std::collections::BTreeSet;

use super::{Observed, Question, Tie, observe};
use crate::{
    check::sample::Sample,
    model::{
        issue::{Issue, State},
        status::Status,
    },
    tracker::memory::{Memory, issue, key},
};
