//! Reads what GitHub says about a failure, in whichever of its shapes.

use http::StatusCode;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::retry::is_limit_wording;

/// Longest text of a host that is passed on, in characters.
const TEXT_LIMIT: usize = 300;

/// One error of a GraphQL answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct GraphError {
    /// `NOT_FOUND`, `FORBIDDEN`, `STALE_DATA`, …; empty where the host gives none.
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub(super) kind: String,
    /// The steps from the root to the field that failed.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) path: Vec<Value>,
    /// Words for people.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) message: String,
}

impl GraphError {
    /// Whether this is about the field at `path`.
    pub(super) fn is_at(&self, path: &[&str]) -> bool {
        self.path.len() == path.len()
            && self
                .path
                .iter()
                .zip(path)
                .all(|(own, asked)| own.as_str() == Some(asked))
    }

    /// Whether a limit is spent.
    pub(super) fn is_limit(&self) -> bool {
        self.kind == "RATE_LIMITED" || is_limit_wording(&self.message)
    }

    /// Whether the host's schema lacks what was asked: a field, an argument, a type.
    pub(super) fn is_unknown(&self) -> bool {
        let text = &self.message;
        [
            "doesn't exist on type",
            "doesn't accept argument",
            "isn't a defined input type",
            "No such type",
        ]
        .iter()
        .any(|words| text.contains(words))
    }

    /// Whether the host failed rather than refused: its words for what took too long, or broke within.
    pub(super) fn is_breakdown(&self) -> bool {
        self.kind.is_empty() && self.message.starts_with("Something went wrong")
    }

    /// Whether the token may not do it.
    pub(super) fn is_forbidden(&self) -> bool {
        let text = self.message.to_lowercase();
        self.kind == "FORBIDDEN"
            || self.kind == "INSUFFICIENT_SCOPES"
            || text.contains("resource not accessible")
    }
}

/// The value, or its default where it is null or of another shape than expected.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + serde::de::DeserializeOwned,
{
    let value = Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

/// What the host said in a failed REST answer, on one line, short.
pub(super) fn said(status: StatusCode, body: &str) -> String {
    let plain = || {
        let reason = status.canonical_reason().unwrap_or("error");
        format!("{} {reason}", status.as_u16())
    };
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        return plain();
    };
    let message = value.get("message").and_then(Value::as_str);
    let details: Vec<String> = errors(&value).iter().map(detail).collect();
    let text = match (message, details.is_empty()) {
        (None, true) => return plain(),
        (Some(message), true) => message.to_owned(),
        (None, false) => details.join("; "),
        (Some(message), false) => format!("{message}: {}", details.join("; ")),
    };
    shorten(&text)
}

/// `text` on one line, cut at a length that suits a message.
pub(super) fn shorten(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= TEXT_LIMIT {
        line
    } else {
        line.chars().take(TEXT_LIMIT).chain(['…']).collect()
    }
}

/// The values of `field` that a 422 names as wrong, or an empty text for one that it does not name;
/// `None` where the answer is not about that field.
pub(super) fn wrong_values(body: &str, field: &str) -> Option<Vec<String>> {
    let value: Value = serde_json::from_str(body).ok()?;
    let named: Vec<String> = errors(&value)
        .iter()
        .filter(|error| error.get("field").and_then(Value::as_str) == Some(field))
        .map(|error| match error.get("value") {
            Some(Value::String(text)) => text.clone(),
            _ => String::new(),
        })
        .collect();
    (!named.is_empty()).then_some(named)
}

fn errors(value: &Value) -> Vec<Value> {
    match value.get("errors") {
        Some(Value::Array(list)) => list.clone(),
        Some(Value::String(text)) => vec![Value::String(text.clone())],
        _ => Vec::new(),
    }
}

fn detail(error: &Value) -> String {
    if let Some(text) = error.as_str() {
        return text.to_owned();
    }
    let part = |name: &str| error.get(name).and_then(Value::as_str);
    match (part("message"), part("field"), part("code"), part("value")) {
        (Some(message), ..) => message.to_owned(),
        (None, Some(field), code, Some(value)) => {
            format!("{field} `{value}` is {}", code.unwrap_or("wrong"))
        }
        (None, Some(field), code, None) => format!("{field} is {}", code.unwrap_or("wrong")),
        (None, None, Some(code), _) => code.to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

    #[test]
    fn the_shapes_of_a_refusal_become_one_line() {
        for (body, text) in [
            (r#"{"message":"Not Found"}"#, "Not Found"),
            (
                r#"{"message":"Validation Failed","errors":[{"value":"ghost","resource":"Issue","field":"assignees","code":"invalid"}]}"#,
                "Validation Failed: assignees `ghost` is invalid",
            ),
            (
                r#"{"message":"Validation Failed","errors":[{"resource":"Issue","code":"custom","field":"body","message":"body is too long"}]}"#,
                "Validation Failed: body is too long",
            ),
            (r#"{"message":"x","errors":["one","two"]}"#, "x: one; two"),
            (r#"{"message":"x","errors":"one"}"#, "x: one"),
            (r#"{"errors":[{"a":1}]}"#, r#"{"a":1}"#),
            ("<html>502</html>", "422 Unprocessable Entity"),
            ("", "422 Unprocessable Entity"),
            ("[]", "422 Unprocessable Entity"),
        ] {
            assert_eq!(said(REFUSED, body), text, "{body}");
        }
    }

    #[test]
    fn a_long_or_broken_text_is_one_short_line() {
        assert_eq!(shorten("a\n b\t c"), "a b c");
        assert_eq!(shorten(&"ü".repeat(1000)).chars().count(), TEXT_LIMIT + 1);
    }

    #[test]
    fn wrong_assignees_are_found_by_their_field() {
        let body = r#"{"errors":[{"value":"ghost","field":"assignees"},{"field":"title"}]}"#;
        assert_eq!(wrong_values(body, "assignees"), Some(vec!["ghost".into()]));
        assert_eq!(wrong_values(body, "labels"), None);
        assert_eq!(wrong_values("no json", "assignees"), None);
        let unnamed = r#"{"errors":[{"field":"assignees"}]}"#;
        assert_eq!(
            wrong_values(unnamed, "assignees"),
            Some(vec![String::new()])
        );
    }

    #[test]
    fn a_graphql_error_without_type_path_or_message_is_read() {
        let error: GraphError = serde_json::from_str(r#"{"type":null,"path":7}"#).expect("read");
        assert_eq!(error, GraphError::default());
    }
}
