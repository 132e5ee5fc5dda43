//! Items that get no issue, gathered by reason and listed, so that what is left undone can be seen.

use std::collections::BTreeMap;

use super::{Report, phrase::count};
use crate::model::change::{ItemRef, Left};

/// Items that get no issue for the same reason.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// How many they are, why, and what to do about it; code stands between backticks.
    pub(super) told: String,
    /// Where they are, in the order of the plan.
    pub(super) places: Vec<Place<'a>>,
}

/// Where items without an issue are.
#[derive(Debug)]
pub(super) enum Place<'a> {
    /// A document, with how many of its items are meant: nobody goes through years of postmortems row by row.
    Document(&'a str, usize),
    /// An item that the next run takes up.
    Item(&'a ItemRef),
}

/// The items of `report` that get no issue. Those that cannot be placed are told one by one: see [`unplaceable`].
pub(super) fn groups<'a>(report: &Report<'a>) -> Vec<Group<'a>> {
    let mut reasons: BTreeMap<Left, Vec<&ItemRef>> = BTreeMap::new();
    for (item, reason) in &report.plan.left {
        reasons.entry(*reason).or_default().push(item);
    }
    let groups = reasons.into_iter();
    groups
        .filter_map(|(reason, items)| group(reason, &items))
        .collect()
}

fn group<'a>(reason: Left, items: &[&'a ItemRef]) -> Option<Group<'a>> {
    let documents = by_document(items);
    let number = count(items.len(), "item");
    let (one, many) = if items.len() == 1 {
        ("gets", "waits")
    } else {
        ("get", "wait")
    };
    let outside = format!("{number} in {}", count(documents.len(), "postmortem"));
    let each = || items.iter().copied().map(Place::Item).collect();
    let (told, places) = match reason {
        Left::OutOfScope => (
            format!(
                "{outside} from before this run {one} no issue: name the files on the command line, or set `issues.since` to the day from which postmortems count"
            ),
            documents,
        ),
        Left::BeforeSince(since) => (
            format!("{outside} from before {since}, which is `issues.since`, {one} no issue"),
            documents,
        ),
        Left::Undated => (
            format!(
                "{outside} without a date {one} no issue, since `issues.since` is set: give the incident's date to open issues"
            ),
            documents,
        ),
        Left::OverLimit => (
            format!(
                "{number} {many} for the next run: a run opens no more issues than `issues.max-new` allows"
            ),
            each(),
        ),
        Left::IssuesDisabled => (
            format!("{number} {one} no issue: the repository takes none"),
            each(),
        ),
        Left::Draft => (
            format!(
                "{number} {many} until the pull request is ready for review: a draft opens no issues"
            ),
            each(),
        ),
        Left::CannotPlace => return None,
    };
    Some(Group { told, places })
}

/// The documents of `items`, which come document by document.
fn by_document<'a>(items: &[&'a ItemRef]) -> Vec<Place<'a>> {
    items
        .chunk_by(|a, b| a.path == b.path)
        .map(|same| Place::Document(&same[0].path, same.len()))
        .collect()
}

/// The items that get no issue since their row cannot hold the link.
pub(super) fn unplaceable<'a>(report: &Report<'a>) -> impl Iterator<Item = &'a ItemRef> {
    let left = report.plan.left.iter();
    left.filter(|(_, left)| *left == Left::CannotPlace)
        .map(|(item, _)| item)
}

/// Why such an item gets none.
pub(super) const UNPLACEABLE: &str =
    "cannot be placed: its row has no room for a link, or is not cut into cells as it seems meant";
