//! Names out of a fixed set, and what somebody is told who writes another one.

use clap::{ValueEnum, builder::PossibleValue};
use thiserror::Error;

/// A name that is none of those known in its place.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message} ({help})")]
pub struct Unknown {
    /// What is wrong, with the name that was probably meant.
    pub message: String,
    /// The names that are known.
    pub help: String,
}

impl Unknown {
    /// `name` is no `what`, such as `value` or `key`; `known` are all there are.
    #[must_use]
    pub fn new(what: &str, name: &str, known: &[&str]) -> Self {
        let quoted: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        let meant = nearest(name, known)
            .map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
        Self {
            message: format!("unknown {what} `{}`{meant}", name.escape_debug()),
            help: format!("known {what}s here: {}", quoted.join(", ")),
        }
    }
}

/// The value called `name`.
///
/// # Errors
/// Where there is none.
pub fn named<T: ValueEnum>(name: &str) -> Result<T, Unknown> {
    T::from_str(name, false).map_err(|_| {
        let values = T::value_variants().iter();
        let values: Vec<_> = values.filter_map(ValueEnum::to_possible_value).collect();
        let known: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
        Unknown::new("value", name, &known)
    })
}

/// From this similarity on a word is taken for a misspelling; clap draws the line there for options.
const SIMILAR: f64 = 0.7;

/// The one of `known` that was probably meant.
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let folded = name.trim().to_lowercase().replace(['_', ' '], "-");
    let same = known
        .iter()
        .find(|known| known.eq_ignore_ascii_case(&folded));
    let extends = || {
        let part = |known: &&&str| folded.len() > 2 && known.split('-').any(|word| word == folded);
        known.iter().find(part)
    };
    let close = || {
        let alike = known
            .iter()
            .map(|known| (strsim::jaro(&folded, &known.to_lowercase()), known));
        let best = alike.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
        Some(best)
            .filter(|(alike, _)| *alike > SIMILAR)
            .map(|(_, known)| known)
    };
    same.or_else(close).or_else(extends).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::config::FailOn;

    #[test]
    fn the_name_that_was_meant_is_found() {
        let known = [
            "time-zone",
            "max-new",
            "fail-on",
            "label",
            "extra-labels",
            "FOLLOW001",
        ];
        for (written, meant) in [
            ("time_zone", Some("time-zone")),
            ("timezone", Some("time-zone")),
            ("TIME-ZONE", Some("time-zone")),
            ("zone", Some("time-zone")),
            ("lable", Some("label")),
            ("labels", Some("label")),
            ("folow001", Some("FOLLOW001")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, &known), meant, "{written}");
        }
    }

    #[test]
    fn a_value_that_is_not_known_says_which_are() {
        assert_eq!(named("never"), Ok(FailOn::Never));
        let error = named::<FailOn>("errors").expect_err("a plural");
        assert_eq!(
            error.to_string(),
            "unknown value `errors`; did you mean `error`? \
             (known values here: `error`, `warning`, `info`, `never`)"
        );
    }
}
