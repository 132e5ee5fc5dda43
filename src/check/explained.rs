//! Whether an action item says more than its first words.

use super::{Context, wording::Hit};
use crate::{document::Document, model::config::Level};

/// Passes over items with notes below them: what is vague in a word or two is told there.
pub(super) fn judge(hit: &Hit<'_>, document: &Document, _: &Context<'_>) -> Level {
    let below = document.item_around(hit.span).and_then(|item| {
        let rest = document.text.get(item.action_span.end..item.span.end)?;
        rest.split_once('\n')
    });
    if below.is_some_and(|(_, below)| below.lines().any(is_note)) {
        Level::Off
    } else {
        Level::Error
    }
}

/// Whether a line tells something: a field such as `- Owner: SRE` does not.
fn is_note(line: &str) -> bool {
    const LONGEST_NAME: usize = 20;
    let words = line.trim_matches(|c: char| !c.is_alphanumeric());
    let name = words.split(':').next().unwrap_or_default();
    let is_field = name.len() < words.len() && name.len() <= LONGEST_NAME;
    let tells = words.split_whitespace().count() > 4;
    !words.is_empty() && (!is_field || tells)
}
