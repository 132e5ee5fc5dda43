//! The token that authenticates a run, in a form that cannot be printed.

use std::fmt;

/// A token for the API. Prints as `***`, whichever way it is printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token in `text`, without the white space around it: secrets pasted into a settings page
    /// often end in a newline, which no header may hold.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Why this cannot be a token of any host; `None` where it can.
    pub(super) fn flaw(&self) -> Option<&'static str> {
        if self.is_empty() {
            Some("it is empty")
        } else if self.0.chars().all(|c| c.is_ascii_graphic()) {
            None
        } else {
            Some("it holds blanks, line breaks or characters that no token has")
        }
    }

    pub(super) fn secret(&self) -> &str {
        &self.0
    }

    /// `text` without this token in it.
    pub(super) fn redact(&self, text: &str) -> String {
        if self.is_empty() {
            text.to_owned()
        } else {
            text.replace(&self.0, "***")
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_prints_as_stars() {
        let token = Token::new("ghs_secret");
        assert_eq!(format!("{token} {token:?} {token:#?}"), "*** *** ***");
    }

    #[test]
    fn white_space_around_a_token_is_dropped_and_inside_it_is_a_flaw() {
        assert_eq!(Token::new(" ghs_a\r\n").secret(), "ghs_a");
        assert_eq!(Token::new(" ghs_a\r\n").flaw(), None);
        for bad in ["", "\n", "ghs a", "ghs\nb", "ghs_ü"] {
            assert!(Token::new(bad).flaw().is_some(), "{bad:?}");
        }
    }

    #[test]
    fn a_text_that_echoes_the_token_is_redacted() {
        assert_eq!(Token::new("abc").redact("bad token abc!"), "bad token ***!");
        assert_eq!(Token::new("").redact("abc"), "abc");
    }
}
