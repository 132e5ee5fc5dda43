//! Reads the value of an option that is one of a few names.

use std::{ffi::OsStr, marker::PhantomData};

use clap::{
    Arg, Command, Error, ValueEnum,
    builder::{PossibleValue, TypedValueParser},
    error::ErrorKind,
};

use crate::model::choice;

/// Like clap's own parser of enums; whoever writes an unknown name is told what the configuration and the action
/// tell as well.
pub(super) struct OneOf<T>(PhantomData<fn() -> T>);

impl<T> OneOf<T> {
    pub(super) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Clone for OneOf<T> {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl<T: ValueEnum + Clone + Send + Sync + 'static> TypedValueParser for OneOf<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        option: Option<&Arg>,
        value: &OsStr,
    ) -> Result<T, Error> {
        choice::named(&value.to_string_lossy()).map_err(|unknown| {
            let option = option.and_then(Arg::get_long).unwrap_or_default();
            let words = format!("--{option}: {unknown}\n");
            Error::raw(ErrorKind::InvalidValue, words).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values = T::value_variants().iter();
        Some(Box::new(values.filter_map(ValueEnum::to_possible_value)))
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use crate::cli::Cli;

    fn refused(arguments: &[&str]) -> String {
        let all = ["followthrough"].iter().chain(arguments);
        Cli::try_parse_from(all)
            .expect_err("a bad value")
            .to_string()
    }

    #[test]
    fn an_option_with_an_unknown_value_names_the_nearest_one() {
        let words = refused(&["check", "--fail-on", "errors"]);
        let told = "error: --fail-on: unknown value `errors`; did you mean `error`? \
                    (known values here: `error`, `warning`, `info`, `never`)\n";
        assert!(words.starts_with(told), "{words}");
        let words = refused(&["sync", "--tracker", "git-hub"]);
        assert!(words.contains("did you mean `github`?"), "{words}");
    }
}
