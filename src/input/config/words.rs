//! What a YAML or type error means for somebody who writes the configuration.

use serde_saphyr::{Error, MessageFormatter as _, UserMessageFormatter};

use crate::model::{
    choice::{Unknown, nearest},
    config::Config,
};

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

impl From<Unknown> for Words {
    fn from(unknown: Unknown) -> Self {
        Self {
            message: unknown.message,
            help: Some(unknown.help),
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
        } => Unknown::new("value", variant, expected).into(),
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
    let words = Words::from(Unknown::new("key", name, known));
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
