//! The front matter of an issue's file, as people may write it.

use std::fmt;

use chrono::NaiveDate;
use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};
use serde_saphyr::{MessageFormatter as _, Options, UserMessageFormatter};

use crate::model::{
    issue::State,
    link::{IssueKey, Repository},
};

/// Every key that the tracker knows.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Front {
    pub(super) number: Option<u64>,
    pub(super) title: Option<String>,
    state: Option<String>,
    reason: Option<String>,
    duplicate_of: Option<String>,
    #[serde(default)]
    pub(super) labels: Names,
    #[serde(default)]
    pub(super) assignees: Names,
    created: Option<String>,
    closed: Option<String>,
}

impl Front {
    /// Reads the lines between the fences.
    ///
    /// # Errors
    /// What is wrong and what to do, in words.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut options = Options::default();
        // Else the label `yes` would be a switch.
        options.strict_booleans = true;
        serde_saphyr::from_str_with_options(text, options).map_err(|error| words(&error))
    }

    /// The day on which the issue was opened.
    pub(super) fn created(&self) -> Result<Option<NaiveDate>, String> {
        day("created", self.created.as_deref())
    }

    /// The day on which the issue was last closed.
    pub(super) fn closed(&self) -> Result<Option<NaiveDate>, String> {
        day("closed", self.closed.as_deref())
    }

    /// Whether the issue is open, and why not.
    pub(super) fn state(&self) -> Result<State, String> {
        let folded = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_lowercase());
        let of = self.duplicate_of.as_deref().map(original).transpose()?;
        match folded(&self.state).as_deref() {
            None | Some("open") if self.closed.is_some() => return Ok(State::Reopened),
            None | Some("open") => return Ok(State::Open),
            Some("closed") => {}
            Some(other) => {
                return Err(format!(
                    "`state: {other}` is not known. Write `open` or `closed`"
                ));
            }
        }
        let reason = folded(&self.reason).map(|reason| reason.replace([' ', '_'], "-"));
        match reason.as_deref() {
            None if of.is_some() => Ok(State::Duplicate(of)),
            None | Some("completed") => Ok(State::Completed),
            Some("not-planned") => Ok(State::NotPlanned),
            Some("duplicate") => Ok(State::Duplicate(of)),
            Some(other) => Err(format!(
                "`reason: {other}` is not known. Write `completed`, `not-planned` or `duplicate`"
            )),
        }
    }
}

fn words(error: &serde_saphyr::Error) -> String {
    let error = error.without_snippet();
    let text: String = UserMessageFormatter
        .format_message(error)
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    // The fence is the first line of the file.
    let line = error.location().map(|place| place.line() + 1);
    let place = line.map_or_else(String::new, |line| format!(" in line {line}"));
    format!("its front matter is no valid YAML{place}: {text}. Mend it")
}

fn day(key: &str, text: Option<&str>) -> Result<Option<NaiveDate>, String> {
    let Some(text) = text else {
        return Ok(None);
    };
    // A time behind the day does not matter here.
    let date = text.trim().split(['T', ' ']).next().unwrap_or_default();
    NaiveDate::parse_from_str(date, "%Y-%m-%d")
        .map(Some)
        .map_err(|_| format!("`{key}: {text}` is no date. Write it as `2024-01-31`"))
}

/// `3`, `#3` or `owner/name#3`.
fn original(text: &str) -> Result<IssueKey, String> {
    let (repository, number) = text.trim().rsplit_once('#').unwrap_or(("", text.trim()));
    let repository = match repository {
        "" => Some(Repository::embedded()),
        name => Repository::parse(name),
    };
    match (repository, number.parse()) {
        (Some(repository), Ok(number)) => Ok(IssueKey { repository, number }),
        _ => Err(format!(
            "`duplicate-of: {text}` is no issue. Write its number"
        )),
    }
}

/// A list of names, or one name alone.
#[derive(Debug, Default)]
pub(super) struct Names(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list such as `[one, two]`")
            }

            fn visit_str<E>(self, name: &str) -> Result<Names, E> {
                Ok(Names(vec![name.to_owned()]))
            }

            fn visit_unit<E>(self) -> Result<Names, E> {
                Ok(Names::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }
        deserializer.deserialize_any(OneOrMany)
    }
}
