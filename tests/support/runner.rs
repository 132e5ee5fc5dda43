//! Starts the real binary: on a runner as GitHub starts it, and on a laptop.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use super::{
    github::{GitHub, READ_ONLY_TOKEN, TOKEN, git, world::REPOSITORY},
    payloads,
    protocol::{self, Command as WorkflowCommand},
};

/// The day of the runs: both items of the founding template are late.
pub const TODAY: &str = "2024-03-01";

/// What a run left behind.
pub struct Outcome {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    pub outputs: BTreeMap<String, String>,
    /// All workflow commands in the order printed, standard output first.
    pub commands: Vec<WorkflowCommand>,
    pub summary: String,
    /// The checkout, as the run left it.
    pub workspace: PathBuf,
    _folder: TempDir,
}

impl Outcome {
    pub fn annotations(&self) -> Vec<&WorkflowCommand> {
        let commands = self.commands.iter();
        commands.filter(|command| command.is_annotation()).collect()
    }

    /// Fails with everything that the run said where it ended otherwise.
    #[track_caller]
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "exit code\n--- stdout\n{}\n--- stderr\n{}\n--- summary\n{}",
            self.stdout, self.stderr, self.summary
        );
        self
    }

    #[track_caller]
    pub fn output(&self, name: &str) -> &str {
        let value = self.outputs.get(name);
        value.unwrap_or_else(|| panic!("no output {name} in {:?}", self.outputs))
    }

    /// Everything that the run printed or wrote for people.
    pub fn said(&self) -> String {
        [&self.stdout, &self.stderr, &self.summary]
            .map(String::as_str)
            .join("\n")
    }
}

/// A run on GitHub's runner, under way to be started.
pub struct Runner<'g> {
    github: &'g GitHub,
    token: String,
    event: String,
    payload: Value,
    /// The commit that is checked out.
    commit: String,
    variables: BTreeMap<String, String>,
}

impl<'g> Runner<'g> {
    fn new(github: &'g GitHub, event: &str, payload: Value, commit: String) -> Self {
        let mut run = Self {
            github,
            token: TOKEN.into(),
            event: event.into(),
            payload,
            commit,
            variables: BTreeMap::new(),
        };
        run.set("GITHUB_REF", "refs/heads/main");
        run.set("GITHUB_REF_NAME", "main");
        // The runner sets them for every event; outside of pull requests they are empty.
        run.set("GITHUB_HEAD_REF", "");
        run.set("GITHUB_BASE_REF", "");
        run.set("FOLLOWTHROUGH_TODAY", TODAY);
        run
    }

    /// `pull_request` with this action.
    pub fn pull_request(github: &'g GitHub, action: &str, number: u64) -> Self {
        let payload = payloads::pull_request(github, action, number);
        let merge = github.world().merge_commit(number);
        let head = payload["pull_request"]["head"]["ref"].clone();
        let from_fork = payload["pull_request"]["head"]["repo"]["full_name"] != REPOSITORY;
        let mut run = Self::new(github, "pull_request", payload, merge);
        run.set("GITHUB_REF", &format!("refs/pull/{number}/merge"));
        run.set("GITHUB_REF_NAME", &format!("{number}/merge"));
        run.set("GITHUB_HEAD_REF", head.as_str().unwrap());
        run.set("GITHUB_BASE_REF", "main");
        if from_fork {
            run.token = READ_ONLY_TOKEN.into();
        }
        run
    }

    /// A push that moved `main` from `before` to where it is.
    pub fn push(github: &'g GitHub, before: &str) -> Self {
        let after = github.world().head("main");
        let payload = payloads::push(github, before, &after);
        Self::new(github, "push", payload, after)
    }

    /// Something happened to an issue.
    pub fn issues(github: &'g GitHub, action: &str, issue: &Value) -> Self {
        let payload = payloads::issues(github, action, issue);
        Self::at_main(github, "issues", payload)
    }

    pub fn schedule(github: &'g GitHub) -> Self {
        Self::at_main(github, "schedule", payloads::schedule())
    }

    /// Any event, with the head of `main` checked out.
    pub fn at_main(github: &'g GitHub, event: &str, payload: Value) -> Self {
        let head = github.world().head("main");
        Self::new(github, event, payload, head)
    }

    fn set(&mut self, name: &str, value: &str) {
        self.variables.insert(name.into(), value.into());
    }

    /// Sets a variable of the environment, or an input by its variable.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    pub fn named(mut self, event: &str) -> Self {
        self.event = event.into();
        self
    }

    pub fn token(mut self, token: &str) -> Self {
        self.token = token.into();
        self
    }

    pub fn today(self, day: &str) -> Self {
        self.with("FOLLOWTHROUGH_TODAY", day)
    }

    /// Runs to the end. Whatever happens, the token must not be shown.
    #[track_caller]
    pub fn run(self) -> Outcome {
        self.start().finish()
    }

    /// Starts without waiting, for runs that overlap.
    pub fn start(self) -> Started {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        self.check_out(&at("work"));
        for name in ["home", "temp"] {
            fs::create_dir(at(name)).unwrap();
        }
        for name in ["output", "summary"] {
            fs::write(at(name), "").unwrap();
        }
        fs::write(at("event.json"), self.payload.to_string()).unwrap();
        let mut command = scrubbed(&at("work"), &at("home"));
        command
            .arg("action")
            .envs([
                ("CI", "true"),
                ("GITHUB_ACTIONS", "true"),
                ("GITHUB_ACTOR", "alice"),
                ("GITHUB_EVENT_NAME", &self.event),
                ("GITHUB_JOB", "followthrough"),
                ("GITHUB_REF_TYPE", "branch"),
                ("GITHUB_REPOSITORY", REPOSITORY),
                ("GITHUB_REPOSITORY_OWNER", "acme"),
                ("GITHUB_RUN_ATTEMPT", "1"),
                ("GITHUB_RUN_ID", "8412345678"),
                ("GITHUB_SERVER_URL", &self.github.server_url()),
                ("GITHUB_API_URL", &self.github.api_url()),
                ("GITHUB_GRAPHQL_URL", &self.github.graphql_url()),
                ("GITHUB_SHA", &self.commit),
                ("GITHUB_TOKEN", &self.token),
                ("RUNNER_ARCH", "X64"),
                ("RUNNER_OS", "Linux"),
                ("FOLLOWTHROUGH_WRITE_INTERVAL_MS", "0"),
            ])
            .env(
                "GITHUB_REPOSITORY_ID",
                self.github.world().shop().id.to_string(),
            )
            .env("GITHUB_EVENT_PATH", at("event.json"))
            .env("GITHUB_OUTPUT", at("output"))
            .env("GITHUB_STEP_SUMMARY", at("summary"))
            .env("GITHUB_WORKSPACE", at("work"))
            .env("RUNNER_TEMP", at("temp"))
            .envs(&self.variables);
        Started {
            child: command.spawn().unwrap(),
            token: self.token,
            folder,
        }
    }

    /// One commit without history, as actions/checkout fetches it.
    fn check_out(&self, workspace: &Path) {
        let source = self.github.world().shop().git.path().to_path_buf();
        fs::create_dir(workspace).unwrap();
        let source = format!("file://{}", source.display());
        let page = format!("{}/{REPOSITORY}", self.github.server_url());
        git::run(workspace, &["init", "--quiet"], &[]);
        git::run(workspace, &["remote", "add", "origin", &page], &[]);
        let fetch = ["fetch", "--quiet", "--depth=1", &source, &self.commit];
        git::run(workspace, &fetch, &[]);
        let branch = ["checkout", "--quiet", "-B", "main", "FETCH_HEAD"];
        let detached = ["checkout", "--quiet", "--detach", "FETCH_HEAD"];
        let is_pull = self.event.starts_with("pull_request");
        let checkout: &[&str] = if is_pull { &detached } else { &branch };
        git::run(workspace, checkout, &[]);
    }
}

/// A run under way.
pub struct Started {
    child: Child,
    token: String,
    folder: TempDir,
}

impl Started {
    #[track_caller]
    pub fn finish(self) -> Outcome {
        let output = self.child.wait_with_output().unwrap();
        let read = |name: &str| fs::read_to_string(self.folder.path().join(name)).unwrap();
        let (written, summary) = (read("output"), read("summary"));
        let workspace = self.folder.path().join("work");
        let outcome = outcome(&output, &written, summary, workspace, self.folder);
        let shown = outcome.said() + &written;
        assert!(!shown.contains(&self.token), "the token is shown:\n{shown}");
        outcome
    }
}

/// A folder on somebody's own machine: a git repository, no token, no variable of GitHub's.
pub struct Laptop {
    folder: TempDir,
}

impl Laptop {
    pub fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let laptop = Self { folder };
        fs::create_dir(laptop.root()).unwrap();
        fs::create_dir(laptop.folder.path().join("home")).unwrap();
        git::run(&laptop.root(), &["init", "--quiet"], &[]);
        for (path, content) in files {
            laptop.write(path, content);
        }
        laptop
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    pub fn write(&self, path: &str, content: &[u8]) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        let read = fs::read_to_string(self.root().join(path));
        read.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every file with its content, git's own left out.
    pub fn snapshot(&self) -> BTreeMap<String, Vec<u8>> {
        let mut folders = vec![self.root()];
        let mut files = BTreeMap::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path
                    .strip_prefix(self.root())
                    .unwrap()
                    .display()
                    .to_string();
                if name == ".git" {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// Runs `followthrough --today … arguments`.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with(arguments, &[])
    }

    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Outcome {
        let mut command = scrubbed(&self.root(), &self.folder.path().join("home"));
        command.args(["--today", TODAY]).args(arguments);
        command.envs(variables.iter().copied());
        let output = command.output().unwrap();
        let keep = tempfile::tempdir().unwrap();
        outcome(&output, "", String::new(), self.root(), keep)
    }
}

/// The binary in `folder`, with nothing of this process's environment but the path to programs.
fn scrubbed(folder: &Path, home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_followthrough"));
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn outcome(
    output: &Output,
    written: &str,
    summary: String,
    workspace: PathBuf,
    folder: TempDir,
) -> Outcome {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    let mut commands = protocol::commands(&stdout);
    commands.extend(protocol::commands(&stderr));
    Outcome {
        // A process that was ended by a signal has no code.
        code: output.status.code().unwrap_or(-1),
        stdout,
        stderr,
        outputs: protocol::outputs(written),
        commands,
        summary,
        workspace,
        _folder: folder,
    }
}
