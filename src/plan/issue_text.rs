//! What an issue says: title, body and the people who are asked.
//!
//! The body is marker, then the tool's own block between two comments, then whatever people add.
//! Only the block is written again when the document changes.

use crate::{
    document::Document,
    model::{
        config::{Config, FieldKind},
        escape,
        issue::{BODY_LIMIT, TITLE_LIMIT},
        item::{ActionItem, Owner},
        marker::{Base, Marker, remembered},
        status::Status,
    },
};

use super::{Offering, Policy};

const BLOCK_START: &str = "<!-- followthrough:begin -->";
const BLOCK_END: &str = "<!-- followthrough:end -->";

/// Longest action and longest other text that are quoted, in characters: escaped, all of them fit into [`BODY_LIMIT`].
const LONG: usize = 3000;
const SHORT: usize = 400;

/// `text` as a quotation that is at most `limit` characters long before it is escaped.
fn quoted(text: &str, limit: usize) -> String {
    escape::markdown_inline(&escape::truncate_line(text, limit))
}

/// The action, cut at GitHub's limit on a character boundary. Mentions and references in it are made harmless.
pub(super) fn title(action: &str) -> String {
    escape::truncate_line(&escape::plain_line(action), TITLE_LIMIT)
}

/// The logins that the configuration maps an item's owners to, in order and once each. Teams cannot be assigned.
pub(super) fn assignees(owners: &[Owner], config: &Config) -> Vec<String> {
    let mut logins: Vec<String> = Vec::new();
    for name in targets(owners, config).filter(|name| !name.contains('/')) {
        if !logins.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            logins.push(name.to_owned());
        }
    }
    logins
}

/// Everybody that the configuration maps an item's owners to: logins and teams.
fn targets<'a>(owners: &'a [Owner], config: &'a Config) -> impl Iterator<Item = &'a str> {
    owners.iter().flat_map(move |owner| {
        let name = owner.name();
        config
            .owners
            .iter()
            .filter(move |(written, _)| {
                written.trim_start_matches('@').to_lowercase() == name.to_lowercase()
            })
            .flat_map(|(_, target)| target.names())
    })
}

/// The marker of an item, with `status` as what the issue is known to say.
pub(super) fn marker(
    document: &Document,
    item: &ActionItem,
    policy: &Policy<'_>,
    status: Status,
) -> Marker {
    Marker {
        repository: policy.home.repository_id,
        document: document.id().to_owned(),
        key: item.key.clone(),
        base: Base {
            action: remembered(&item.action),
            owner: remembered(owner_text(item)),
            due: remembered(due_text(item)),
            assignees: assignees(item.owner_list(), policy.config),
            status: Some(status),
        },
        offer: policy.offering.map(Offering::mark),
    }
}

pub(super) fn owner_text(item: &ActionItem) -> &str {
    item.owners.as_ref().map_or("", |owners| &owners.text)
}

pub(super) fn due_text(item: &ActionItem) -> &str {
    item.due.as_ref().map_or("", |due| &due.text)
}

/// The body of a new issue.
pub(super) fn body(
    document: &Document,
    item: &ActionItem,
    policy: &Policy<'_>,
    marker: &Marker,
) -> String {
    let room = BODY_LIMIT.saturating_sub(marker.to_string().chars().count() + 1);
    let block = block(document, item, policy);
    marker.put(&escape::truncate_chars(
        &block,
        room,
        "\n\n…cut; the postmortem has the rest.",
    ))
}

/// `body` with the tool's block written anew; `None` where a person took the block out.
pub(super) fn with_new_block(
    body: &str,
    document: &Document,
    item: &ActionItem,
    policy: &Policy<'_>,
) -> Option<String> {
    let start = body.find(BLOCK_START)?;
    let end = start + body[start..].find(BLOCK_END)? + BLOCK_END.len();
    Some(format!(
        "{}{}{}",
        &body[..start],
        block(document, item, policy),
        &body[end..]
    ))
}

fn block(document: &Document, item: &ActionItem, policy: &Policy<'_>) -> String {
    let mut owners = quoted(owner_text(item), SHORT);
    let people: Vec<String> = targets(item.owner_list(), policy.config)
        .map(|name| format!("@{name}"))
        .collect();
    if !people.is_empty() {
        owners = format!("{owners} ({})", people.join(", "));
    }
    let due = match item.due_date() {
        Some(date) => date.to_string(),
        None => quoted(due_text(item), SHORT),
    };
    let or_none = |text: String| {
        if text.trim().is_empty() {
            "–".to_owned()
        } else {
            text
        }
    };
    format!(
        "{BLOCK_START}\n{origin}\n\n| | |\n|---|---|\n| **Action** | {action} |\n| **Owner** | {owner} |\n| **Due** | {due} |\n\n{sync}\n{BLOCK_END}",
        origin = origin(document, item, policy),
        action = quoted(&item.action, LONG),
        owner = or_none(owners),
        due = or_none(due),
        sync = how_it_stays_in_sync(policy),
    )
}

fn how_it_stays_in_sync(policy: &Policy<'_>) -> String {
    let close = if policy.home.repository.is_embedded() {
        "When the work is done, write `state: closed` at the top of this file; when it will not be done, write \
         `reason: not-planned` below that. The row follows with the next `followthrough sync`."
    } else {
        "Close the issue when the work is done, or as *not planned* when it will not be; the row follows."
    };
    format!(
        "This issue and the row in the postmortem are kept in sync. {close} Action, owner and due date belong to the \
         document: change them there, and the issue follows."
    )
}

/// What happened, and where it is written.
fn origin(document: &Document, item: &ActionItem, policy: &Policy<'_>) -> String {
    let title = quoted(&document.title, SHORT);
    let facts: Vec<String> = [
        FieldKind::Severity,
        FieldKind::Date,
        FieldKind::Duration,
        FieldKind::Impact,
    ]
    .into_iter()
    .filter_map(|kind| {
        let value = document.field(kind)?;
        Some(format!("{}: {}", kind.label(), quoted(value, SHORT)))
    })
    .collect();
    let file = file_address(document, policy);
    let line = format!("{file}{}", line_anchor(item, policy));
    let facts = if facts.is_empty() {
        String::new()
    } else {
        format!("\\\n{}", facts.join(" · "))
    };
    format!(
        "**What happened:** [{title}]({file}){facts}\n\n**Where it was promised:** [{} line {}]({line})",
        escape::markdown_inline(&document.path),
        item.line
    )
}

fn file_address(document: &Document, policy: &Policy<'_>) -> String {
    let path = escape::url_path(&document.path);
    if policy.blob_url.is_empty() {
        format!("../../{path}")
    } else {
        format!("{}/{path}", policy.blob_url)
    }
}

/// GitHub shows Markdown rendered, without lines, unless it is asked for the source.
fn line_anchor(item: &ActionItem, policy: &Policy<'_>) -> String {
    if policy.blob_url.is_empty() {
        String::new()
    } else {
        format!("?plain=1#L{}", item.line)
    }
}
