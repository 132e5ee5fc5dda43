//! The token that authenticates a run, in a form that cannot be printed.

use std::fmt;

use super::HostError;

/// Something that is never shown: displays and debugs as `***`.
///
/// # Guarantees
/// It is not empty and can stand in a header of HTTP.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret from the variable `name`, without the white space around it: secrets pasted into a settings page
    /// often end in a newline. `None` where nothing else is there.
    ///
    /// # Errors
    /// Characters that cannot stand in a header, such as a line break in the middle.
    pub fn read(name: &'static str, value: &str) -> Result<Option<Self>, HostError> {
        let value = value.trim();
        if value.is_empty() {
            return Ok(None);
        }
        if value.chars().all(|c| c.is_ascii_graphic()) {
            return Ok(Some(Self(value.to_owned())));
        }
        let detail = "holds a blank, a line break or another character that no token has. \
                      Copy the token again"
            .to_owned();
        Err(HostError::Variable { name, detail })
    }

    /// The secret itself, for the one place that sends it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// `text` without this secret in it.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        text.replace(&self.0, "***")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Option<Secret> {
        Secret::read("GH_TOKEN", value).expect("a header")
    }

    #[test]
    fn a_secret_prints_as_stars() {
        let secret = read("ghs_secret").expect("a secret");
        assert_eq!(format!("{secret} {secret:?} {secret:#?}"), "*** *** ***");
    }

    #[test]
    fn white_space_around_a_secret_is_dropped_and_inside_it_is_refused_without_showing_it() {
        assert_eq!(read(" ghs_a\r\n"), read("ghs_a"));
        assert_eq!(read(" \n"), None);
        for bad in ["ghs a", "ghs\nb", "ghs_ü"] {
            let error = Secret::read("GH_TOKEN", bad).expect_err(bad);
            assert!(!format!("{error} {error:?}").contains("ghs"), "{bad:?}");
        }
    }

    #[test]
    fn a_text_that_echoes_the_secret_is_redacted() {
        let secret = read("abc").expect("a secret");
        assert_eq!(secret.redact("bad token abc!"), "bad token ***!");
    }
}
