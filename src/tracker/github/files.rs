//! Reads files and branches of the repository, byte for byte.

use std::{collections::BTreeMap, fmt::Write as _};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, json};

use super::{
    call::{Call, Nature},
    graphql::Operation,
    route::Route,
    session::Session,
    words::or_default,
};
use crate::tracker::TrackerError;

/// How many files one query asks for: their text comes along.
const BATCH: usize = 50;

const PERMISSION: &str = "contents: read";

/// A file at a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileAt {
    /// Its text, exactly.
    Text(String),
    /// It is not UTF-8.
    Binary,
    /// There is no such file; perhaps a folder of that name.
    Missing,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Blob {
    oid: String,
    #[serde(default, deserialize_with = "or_default")]
    text: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    is_truncated: bool,
    #[serde(default, deserialize_with = "or_default")]
    is_binary: Option<bool>,
    #[serde(default, deserialize_with = "or_default")]
    byte_size: Option<usize>,
}

#[derive(Deserialize)]
struct Encoded {
    #[serde(default, deserialize_with = "or_default")]
    content: String,
    #[serde(default, deserialize_with = "or_default")]
    encoding: String,
}

#[derive(Deserialize)]
struct Ref {
    object: RefObject,
}

#[derive(Deserialize)]
struct RefObject {
    sha: String,
}

impl Session {
    /// The commit at the head of `branch`; `None` where there is no such branch.
    pub(super) async fn head(&self, branch: &str) -> Result<Option<String>, TrackerError> {
        let route = self.route().then("git/ref/heads").path(branch)?;
        let call = Call::read(route, format!("read the branch `{branch}`"), PERMISSION);
        let answer = self
            .client
            .send(&call)
            .await
            .map_err(|f| f.into_error(&call.what))?;
        match answer.status {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => {
                Ok(Some(self.client.decode::<Ref>(&answer)?.object.sha))
            }
            _ => Err(self.client.refusal(&call, &answer)),
        }
    }

    /// The files `paths` at `revision`, which is a commit, a branch or a tag.
    pub(super) async fn read_files(
        &self,
        revision: &str,
        paths: &[String],
    ) -> Result<BTreeMap<String, FileAt>, TrackerError> {
        let mut files = BTreeMap::new();
        for batch in paths.chunks(BATCH) {
            let operation = self.files_query(revision, batch);
            let envelope = self
                .client
                .graphql(&operation)
                .await
                .map_err(|failure| failure.into_error(operation.what))?;
            if envelope.at::<serde_json::Value>(&["repository"]).is_none() {
                return Err(envelope.refusal(&operation, &self.client));
            }
            for (index, path) in batch.iter().enumerate() {
                let alias = format!("f{index}");
                let steps = ["repository", alias.as_str()];
                // NOTE: a missing file is null without an error; an error says that it could not be read.
                if envelope
                    .errors
                    .iter()
                    .any(|e| e.is_at(&steps) && e.kind != "NOT_FOUND")
                {
                    return Err(envelope.refusal(&operation, &self.client));
                }
                let file = match envelope.at::<Blob>(&steps) {
                    Some(blob) => self.complete(revision, path, blob).await?,
                    None => FileAt::Missing,
                };
                files.insert(path.clone(), file);
            }
        }
        Ok(files)
    }

    fn files_query(&self, revision: &str, paths: &[String]) -> Operation {
        let mut variables = Map::new();
        variables.insert("owner".into(), json!(self.facts.repository.owner()));
        variables.insert("name".into(), json!(self.facts.repository.name()));
        let (mut declared, mut fields) = (String::new(), String::new());
        for (index, path) in paths.iter().enumerate() {
            // Writing into a string cannot fail.
            let _ = write!(declared, ", $e{index}: String!");
            let _ = writeln!(
                fields,
                "    f{index}: object(expression: $e{index}) {{ ...Content }}"
            );
            variables.insert(format!("e{index}"), json!(format!("{revision}:{path}")));
        }
        Operation {
            text: format!(
                "query Files($owner: String!, $name: String!{declared}) {{\n  rateLimit {{ cost }}\n  repository(owner: $owner, name: $name) {{\n    nameWithOwner\n{fields}  }}\n}}\nfragment Content on GitObject {{ ... on Blob {{ oid text isTruncated isBinary byteSize }} }}"
            ),
            variables: variables.into(),
            nature: Nature::Read,
            what: "read files of the repository",
            permission: PERMISSION,
        }
    }

    /// The whole content of the file: what GraphQL shows is cut when it is long, and converted when it is
    /// not plain UTF-8. The size tells.
    async fn complete(
        &self,
        revision: &str,
        path: &str,
        blob: Blob,
    ) -> Result<FileAt, TrackerError> {
        if blob.is_binary == Some(true) {
            return Ok(FileAt::Binary);
        }
        match blob.text {
            Some(text) if !blob.is_truncated && Some(text.len()) == blob.byte_size => {
                return Ok(FileAt::Text(text));
            }
            _ => {}
        }
        let route = self
            .route()
            .then("contents")
            .path(path)?
            .query("ref", revision);
        let mut encoded = self.encoded(route).await?;
        // NOTE: from one megabyte on, contents come without content.
        // https://docs.github.com/en/rest/repos/contents#get-repository-content
        if encoded.encoding == "none" {
            encoded = self
                .encoded(self.route().then("git/blobs").segment(&blob.oid)?)
                .await?;
        }
        let packed: String = encoded.content.split_whitespace().collect();
        let bytes = BASE64
            .decode(packed)
            .map_err(|error| TrackerError::Unreachable {
                host: self.client.host().to_owned(),
                detail: format!("its answer cannot be read ({error})"),
            })?;
        Ok(String::from_utf8(bytes).map_or(FileAt::Binary, FileAt::Text))
    }

    async fn encoded(&self, route: Route) -> Result<Encoded, TrackerError> {
        let call = Call::read(route, "read a file of the repository", PERMISSION);
        self.client.decode(&self.client.success(&call).await?)
    }
}
