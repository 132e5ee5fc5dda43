//! How much a loose word about causes matters.

use super::{Context, wording::Hit};
use crate::{document::Document, model::config::Level};

/// In a document that lists several factors, naming one of them the cause is no harm.
pub(super) fn judge(_: &Hit<'_>, document: &Document, _: &Context<'_>) -> Level {
    if document.factors.len() >= 2 {
        Level::Info
    } else {
        Level::Error
    }
}
