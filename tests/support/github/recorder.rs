//! Writes down what is asked and answered, for `.ci/node/exchanges.mjs` to hold against GitHub's own description.

use std::{
    collections::BTreeMap,
    env,
    fs::{self, File},
    io::Write,
    path::PathBuf,
    process,
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use hyper::http::request::Parts;
use serde_json::{Value, json};

use super::{Reply, faults::Effect};

/// The folder to record into; without it nothing is recorded.
const FOLDER: &str = "FOLLOWTHROUGH_RECORD";

/// The file of one fake: a JSON object on a line of its own for each exchange.
pub(super) struct Recorder {
    file: File,
    /// The test that started the fake.
    test: String,
}

impl Recorder {
    pub(super) fn from_environment() -> Option<Self> {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let folder = PathBuf::from(env::var_os(FOLDER)?);
        fs::create_dir_all(&folder).unwrap();
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{}-{number}.jsonl", process::id()));
        let file = File::options().create(true).append(true).open(path);
        Some(Self {
            file: file.unwrap(),
            test: thread::current().name().unwrap_or("main").to_owned(),
        })
    }

    /// `path` is the path below the address of the API.
    pub(super) fn note(
        &self,
        path: &str,
        asked: &Parts,
        body: &[u8],
        effect: Option<&Effect>,
        reply: Option<&Reply>,
    ) {
        let asked_headers: BTreeMap<&str, &str> = asked
            .headers
            .iter()
            .filter(|(name, _)| *name != "authorization")
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
            .collect();
        let answer = reply.map(|reply| {
            let headers: BTreeMap<&str, &str> = reply
                .headers
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            json!({
                "status": reply.status,
                "headers": headers,
                "body": reply.body,
                "invented": effect.is_some_and(Effect::invents_answer),
            })
        });
        let line = json!({
            "test": self.test,
            "method": asked.method.as_str(),
            "path": path,
            "query": asked.uri.query(),
            "headers": asked_headers,
            "body": serde_json::from_slice::<Value>(body).ok(),
            "answer": answer,
        });
        // One write for each line, for connections write at the same time.
        (&self.file)
            .write_all(format!("{line}\n").as_bytes())
            .unwrap();
    }
}
