//! What a check says about a document: the rule, the place, what is wrong and the way out.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use super::span::Span;

/// How much a finding matters. Ordered: an error is greater than a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One finding in one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule, such as `FOLLOW001`.
    pub rule: Cow<'static, str>,
    /// Severity after configuration.
    pub severity: Severity,
    /// Path of the document, relative to the repository, with `/`.
    pub path: String,
    /// The bytes concerned; `None` where the whole document is.
    pub span: Option<Span>,
    /// What is wrong, one sentence, without a final full stop.
    pub message: String,
    /// What to do about it, one sentence.
    pub remedy: String,
}
