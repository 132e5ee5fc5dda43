//! What fields give: values, objects and the nodes of the world; and what goes wrong.

use std::collections::BTreeMap;

use graphql_parser::query::Value as Written;
use serde_json::{Map, Value, json};

/// The value of a field before its selections are looked at.
#[derive(Clone, Debug)]
pub(super) enum Out {
    Query,
    Mutation,
    /// Index of a repository.
    Repository(usize),
    /// Index of the repository, number.
    Issue(usize, u64),
    Pull(usize, u64),
    /// Index of the repository, name of the branch.
    Ref(usize, String),
    /// Index of the repository, id of the commit, path.
    Blob(usize, String, String),
    /// An object that is small enough to be made whole.
    Object(&'static str, BTreeMap<&'static str, Out>),
    List(Vec<Out>),
    Value(Value),
}

impl Out {
    pub(super) fn object<const N: usize>(
        kind: &'static str,
        fields: [(&'static str, Self); N],
    ) -> Self {
        Self::Object(kind, fields.into())
    }

    pub(super) const fn null() -> Self {
        Self::Value(Value::Null)
    }

    /// The type of the object.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Query => "Query",
            Self::Mutation => "Mutation",
            Self::Repository(_) => "Repository",
            Self::Issue(..) => "Issue",
            Self::Pull(..) => "PullRequest",
            Self::Ref(..) => "Ref",
            Self::Blob(..) => "Blob",
            Self::Object(kind, _) => kind,
            Self::List(_) => "List",
            Self::Value(_) => "scalar",
        }
    }

    /// Whether a fragment on `kind` applies: the same type, or an interface or union.
    pub(super) fn is(&self, kind: &str) -> bool {
        const ABSTRACT: [&str; 10] = [
            "Node",
            "Actor",
            "Assignable",
            "Closable",
            "Comment",
            "GitObject",
            "IssueOrPullRequest",
            "Labelable",
            "RepositoryNode",
            "UniformResourceLocatable",
        ];
        self.kind() == kind || ABSTRACT.contains(&kind)
    }
}

impl<T: Into<Value>> From<T> for Out {
    fn from(value: T) -> Self {
        Self::Value(value.into())
    }
}

/// An entry of `errors`.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub(super) message: String,
    kind: String,
    path: Vec<Value>,
    /// Whether the request is refused whole.
    pub(super) is_fatal: bool,
}

impl Problem {
    pub(super) fn new(kind: &str, message: &str) -> Self {
        Self {
            message: message.to_owned(),
            kind: kind.to_owned(),
            path: Vec::new(),
            is_fatal: false,
        }
    }

    pub(super) fn fatal(message: &str) -> Self {
        Self {
            is_fatal: true,
            ..Self::new("", message)
        }
    }

    pub(super) fn not_found(message: &str) -> Self {
        Self::new("NOT_FOUND", message)
    }

    pub(super) fn undefined(kind: &str, field: &str) -> Self {
        Self::fatal(&format!("Field '{field}' doesn't exist on type '{kind}'"))
    }

    pub(super) fn at(mut self, path: &[Value]) -> Self {
        self.path = path.to_vec();
        self
    }

    pub(super) fn json(&self) -> Value {
        let mut shape = json!({
            "message": self.message,
            "locations": [{"line": 1, "column": 1}],
        });
        if !self.kind.is_empty() {
            shape["type"] = json!(self.kind);
        }
        if !self.path.is_empty() {
            shape["path"] = json!(self.path);
        }
        shape
    }
}

/// A written value with its variables filled in.
pub(super) fn plain(value: &Written<'_, String>, variables: &Map<String, Value>) -> Value {
    match value {
        Written::Variable(name) => variables.get(name).cloned().unwrap_or(Value::Null),
        Written::Int(number) => json!(number.as_i64()),
        Written::Float(number) => json!(number),
        Written::String(text) | Written::Enum(text) => json!(text),
        Written::Boolean(flag) => json!(flag),
        Written::Null => Value::Null,
        Written::List(list) => list.iter().map(|entry| plain(entry, variables)).collect(),
        Written::Object(object) => object
            .iter()
            .map(|(name, entry)| (name.clone(), plain(entry, variables)))
            .collect(),
    }
}

/// A list with GitHub's rule that its length must be bounded.
pub(super) fn connection(
    kind: &'static str,
    name: &str,
    nodes: Vec<Out>,
    arguments: &super::Arguments,
) -> Result<Out, Problem> {
    let bound = arguments.get("first").or_else(|| arguments.get("last"));
    let Some(bound) = bound.and_then(Value::as_u64) else {
        let message = format!(
            "You must provide a `first` or `last` value to properly paginate the `{name}` connection."
        );
        return Err(Problem::new("MISSING_PAGINATION_BOUNDARIES", &message));
    };
    if !(1..=100).contains(&bound) {
        let message = format!(
            "Requesting {bound} records on the `{name}` connection exceeds the `first` limit of 100 records."
        );
        return Err(Problem::new("EXCESSIVE_PAGINATION", &message));
    }
    let total = nodes.len();
    let limit = usize::try_from(bound).unwrap_or(100);
    let page = Out::object(
        "PageInfo",
        [
            ("hasNextPage", (total > limit).into()),
            ("endCursor", "cursor".into()),
        ],
    );
    // `last` counts from the end.
    let skipped = match arguments.get("first") {
        Some(_) => 0,
        None => total.saturating_sub(limit),
    };
    let nodes = nodes.into_iter().skip(skipped).take(limit).collect();
    Ok(Out::object(
        kind,
        [
            ("nodes", Out::List(nodes)),
            ("totalCount", total.into()),
            ("pageInfo", page),
        ],
    ))
}
