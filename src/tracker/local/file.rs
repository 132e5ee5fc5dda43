//! An issue ↔ the text of its file: front matter in YAML, and the body below it.

use chrono::NaiveDate;

use super::front::Front;
use crate::model::{
    issue::{State, same_label},
    marker::Marker,
};

const FENCE: &str = "---";

const NO_FRONT: &str = "it does not start with front matter. \
    Write `---`, the keys `title:` and `state:`, and `---` above the text";

const NO_FORM: &str = "its front matter cannot be changed line by line. \
    Write one key on a line, from the first column";

/// What a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct IssueFile {
    pub(super) title: String,
    pub(super) state: State,
    pub(super) labels: Vec<String>,
    pub(super) assignees: Vec<String>,
    pub(super) created: Option<NaiveDate>,
    pub(super) closed: Option<NaiveDate>,
    /// With `\n` between lines, whatever the file has.
    pub(super) body: String,
}

impl IssueFile {
    /// Reads the file of the issue `number`.
    ///
    /// # Errors
    /// What is wrong and what to do, in words.
    pub(super) fn parse(number: u64, text: &str) -> Result<Self, String> {
        let text = normalised(text);
        let unmerged = text.lines().any(|line| line.starts_with("<<<<<<< "));
        let mend = |detail: String| {
            if unmerged {
                "it holds an unresolved merge. Choose one side of each conflict".to_owned()
            } else {
                detail
            }
        };
        let (front, tail) = split(&text).ok_or_else(|| mend(NO_FRONT.to_owned()))?;
        let front = Front::parse(front).map_err(mend)?;
        if let Some(other) = front.number.filter(|other| *other != number) {
            return Err(format!(
                "`number: {other}` is not the number in its name. Make them equal; a copy needs a number of its own"
            ));
        }
        Ok(Self {
            title: front.title.clone().ok_or("`title:` is missing. Write it")?,
            state: front.state()?,
            created: front.created()?,
            closed: front.closed()?,
            labels: front.labels.0,
            assignees: front
                .assignees
                .0
                .iter()
                .map(|login| login.trim_start_matches('@').to_owned())
                .collect(),
            body: body_of(tail).to_owned(),
        })
    }

    /// What can be known of a file that does not parse: to which item it belongs, so that the item does
    /// not get a second issue. `None` where the text has no marker.
    pub(super) fn salvaged(text: &str) -> Option<Self> {
        let text = normalised(text);
        let body = text
            .match_indices("<!--")
            .map(|(at, _)| &text[at..])
            .find(|rest| Marker::read(rest).is_some())?;
        Some(Self {
            title: String::new(),
            state: State::Open,
            labels: Vec::new(),
            assignees: Vec::new(),
            created: None,
            closed: None,
            body: body.to_owned(),
        })
    }

    /// Adds those of `labels` that are not there.
    pub(super) fn add_labels(&mut self, labels: &[String]) {
        for label in labels {
            if !self.labels.iter().any(|own| same_label(own, label)) {
                self.labels.push(label.clone());
            }
        }
    }

    /// The text of a new file for the issue `number`.
    pub(super) fn text(&self, number: u64) -> String {
        let mut lines = vec![FENCE.to_owned(), format!("number: {number}")];
        let values = self.values().into_iter();
        lines.extend(values.filter_map(|(key, value)| Some(format!("{key}: {}", value?))));
        lines.push(FENCE.to_owned());
        format!("{}\n\n{}\n", lines.join("\n"), self.body)
    }

    /// Every key with its value as written; `None` for a key that is left out.
    fn values(&self) -> [(&'static str, Option<String>); 8] {
        let state = if self.state.is_open() {
            "open"
        } else {
            "closed"
        };
        let (reason, of) = match &self.state {
            State::Open | State::Reopened => (None, None),
            State::Completed => (Some("completed"), None),
            State::NotPlanned => (Some("not-planned"), None),
            State::Duplicate(of) => (Some("duplicate"), of.as_ref()),
            State::HiddenDuplicate => (Some("duplicate"), None),
        };
        let of = of.map(|key| {
            if key.repository.is_embedded() {
                key.number.to_string()
            } else {
                quoted(&key.to_string())
            }
        });
        [
            ("title", Some(quoted(&self.title))),
            ("state", Some(state.to_owned())),
            ("reason", reason.map(str::to_owned)),
            ("duplicate-of", of),
            ("labels", Some(list(&self.labels))),
            ("assignees", Some(list(&self.assignees))),
            ("created", self.created.map(|day| day.to_string())),
            ("closed", self.closed.map(|day| day.to_string())),
        ]
    }
}

/// The text of the issue `number` with what differs between `old` and `new` changed, and everything
/// else as it stands.
///
/// # Errors
/// Front matter in a form that cannot be changed line by line, in words. Nothing is lost: the result is
/// read again before it is given back.
pub(super) fn rewritten(
    number: u64,
    text: &str,
    old: &IssueFile,
    new: &IssueFile,
) -> Result<String, String> {
    let plain = normalised(text);
    let (front, tail) = split(&plain).ok_or(NO_FORM)?;
    let mut lines: Vec<String> = front.lines().map(str::to_owned).collect();
    for ((key, before), (_, after)) in old.values().into_iter().zip(new.values()) {
        if before != after {
            set(&mut lines, key, after);
        }
    }
    let tail = if old.body == new.body {
        tail.to_owned()
    } else {
        format!("\n{}\n", new.body)
    };
    let changed = format!("{FENCE}\n{}\n{FENCE}\n{tail}", lines.join("\n"));
    if IssueFile::parse(number, &changed).as_ref() != Ok(new) {
        return Err(NO_FORM.to_owned());
    }
    let mark = if text.starts_with('\u{feff}') {
        "\u{feff}"
    } else {
        ""
    };
    let crlf = text
        .split_inclusive('\n')
        .next()
        .is_some_and(|line| line.ends_with("\r\n"));
    let changed = if crlf {
        changed.replace('\n', "\r\n")
    } else {
        changed
    };
    Ok(format!("{mark}{changed}"))
}

/// Puts `value` in the place of what `key` says, lines below it included.
fn set(lines: &mut Vec<String>, key: &str, value: Option<String>) {
    let names_key = |line: &String| {
        let name = line.split_once(':').map_or("", |(name, _)| name.trim_end());
        !line.starts_with([' ', '\t']) && name.trim_matches(['"', '\'']) == key
    };
    let line = value.map(|value| format!("{key}: {value}"));
    let Some(start) = lines.iter().position(names_key) else {
        lines.extend(line);
        return;
    };
    // A list may start in the first column, and comments and blanks may stand inside of it.
    let continues = |line: &str| line.starts_with([' ', '\t', '-']) && !line.trim().is_empty();
    let neutral = |line: &str| line.trim().is_empty() || line.starts_with('#');
    let mut end = start + 1;
    for (at, line) in lines.iter().enumerate().skip(start + 1) {
        if continues(line) {
            end = at + 1;
        } else if !neutral(line) {
            break;
        }
    }
    lines.splice(start..end, line);
}

/// `text` without a byte order mark and with `\n` between lines.
fn normalised(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

/// The lines of the front matter, and everything below its closing fence.
fn split(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(FENCE)?;
    let rest = rest.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == FENCE {
            return Some((&rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// One blank line above the body and one line ending behind it are no part of it.
fn body_of(tail: &str) -> &str {
    let body = tail.strip_prefix('\n').unwrap_or(tail);
    body.strip_suffix('\n').unwrap_or(body)
}

/// A JSON text is a double-quoted YAML text, once what YAML cannot hold as it stands is escaped.
fn quoted(text: &str) -> String {
    let mut safe = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => safe.extend(['\\', c]),
            '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => {
                safe.push_str(&escaped(c));
            }
            c if c.is_control() => safe.push_str(&escaped(c)),
            c => safe.push(c),
        }
    }
    safe.push('"');
    safe
}

fn escaped(c: char) -> String {
    format!("\\u{:04x}", u32::from(c))
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    format!("[{}]", names.join(", "))
}

#[cfg(test)]
mod tests;
