//! What a YAML or type error means for somebody who writes the configuration.

use serde_saphyr::{Error, MessageFormatter as _, UserMessageFormatter};

use crate::model::{config::Config, spelling::closest};

/// What is wrong, and what to do where that needs a sentence of its own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Words {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }
}

/// The words for `error`, which stands at the start of `rest` of its line.
pub(super) fn of(error: &Error, rest: &str) -> Words {
    match error.without_snippet() {
        Error::AliasError { error, .. } => of(error, rest),
        Error::SerdeUnknownField {
            field, expected, ..
        } => key(field, expected),
        Error::SerdeUnknownVariant {
            variant, expected, ..
        } => unknown("value", variant, expected),
        Error::Message { msg, .. } => Words::new(msg),
        Error::InvalidScalar { ty, .. } => Words::new(number(ty)),
        Error::Unexpected { expected, .. } => Words::new(shape(expected)),
        Error::NullIntoString { .. } => {
            Words::new("a value is missing here; write one, or delete the line")
        }
        Error::MultipleDocuments { .. } => Words::new(
            "a second document starts here; the configuration is one, so delete this `---`",
        ),
        Error::DuplicateMappingKey { key: Some(key), .. } => {
            Words::new(format!("the key `{key}` is given twice; delete one"))
        }
        other => syntax(other, rest),
    }
}

/// The words for a key that is none of `known`, unless it is one elsewhere.
fn key(name: &str, known: &[&str]) -> Words {
    let words = unknown("key", name, known);
    if nearest(name, known).is_some() {
        return words;
    }
    let sections = keys_of("");
    let folded = name.to_lowercase().replace('_', "-");
    let holds = |section: &&&str| keys_of(&format!("{section}: ")).contains(&folded.as_str());
    let home = match sections.iter().find(holds) {
        Some(section) => format!("`{folded}` is a key of `{section}:`"),
        None if sections.contains(&folded.as_str()) => {
            format!("`{folded}` starts in the first column")
        }
        None => return words,
    };
    Words {
        message: format!("{}; {home}", words.message),
        ..words
    }
}

/// The keys that the configuration has behind `section`, as the type itself tells them.
fn keys_of(section: &str) -> Vec<&'static str> {
    match serde_saphyr::from_str::<Config>(&format!("{section}{{\"\": }}")) {
        Err(error) => match error.without_snippet() {
            Error::SerdeUnknownField { expected, .. } => expected.clone(),
            _ => Vec::new(),
        },
        Ok(_) => Vec::new(),
    }
}

fn syntax(error: &Error, rest: &str) -> Words {
    let text = UserMessageFormatter.format_message(error);
    let help = match rest.chars().next() {
        Some(sign @ ('@' | '`')) => {
            let word = rest.split_whitespace().next().unwrap_or_default();
            format!("a text that starts with `{sign}` needs quotes: `\"{word}\"`")
        }
        _ if text.contains("tab") => "YAML is indented with blanks; replace the tab".to_owned(),
        _ => "see https://yaml.org/spec/1.2.2/ for how YAML is written".to_owned(),
    };
    Words {
        message: text.chars().filter(|c| !c.is_control()).collect(),
        help: Some(help),
    }
}

/// The words for a name that is none of `known`.
pub(super) fn unknown(what: &str, name: &str, known: &[&str]) -> Words {
    let quoted: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let meant =
        nearest(name, known).map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
    Words {
        message: format!("unknown {what} `{}`{meant}", name.escape_debug()),
        help: Some(format!("known {what}s here: {}", quoted.join(", "))),
    }
}

/// The one of `known` that was probably meant.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let folded = name.trim().to_lowercase().replace(['_', ' '], "-");
    let same = known
        .iter()
        .find(|known| known.eq_ignore_ascii_case(&folded));
    let extends = || {
        let part = |known: &&&str| folded.len() > 2 && known.split('-').any(|word| word == folded);
        known.iter().find(part)
    };
    let close = || closest(&folded, known.iter().copied());
    same.copied().or_else(close).or_else(|| extends().copied())
}

fn number(kind: &str) -> String {
    let allowed = match kind {
        "u16" => "a whole number from 0 to 65535",
        "u64" | "u32" | "usize" => "a whole number, not below 0,",
        "bool" => "`true` or `false`",
        _ => "a number",
    };
    format!("{allowed} is needed here")
}

fn shape(expected: &str) -> String {
    match expected {
        "mapping start" => "keys with values are needed here, such as `key: value`",
        "sequence start" => "a list is needed here, such as `[one, two]`",
        "string scalar" => "one text is needed here; put it in quotes where it holds `: ` or ` #`",
        _ => return format!("{expected} is needed here"),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant_is_found() {
        let known = ["time-zone", "max-new", "fail-on", "label", "extra-labels"];
        for (written, meant) in [
            ("time_zone", Some("time-zone")),
            ("timezone", Some("time-zone")),
            ("TIME-ZONE", Some("time-zone")),
            ("zone", Some("time-zone")),
            ("lable", Some("label")),
            ("labels", Some("label")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, &known), meant, "{written}");
        }
    }
}
