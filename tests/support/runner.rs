//! Starts the real binary on a runner, as GitHub starts it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;

use super::{
    github::{GitHub, READ_ONLY_TOKEN, TOKEN, world::REPOSITORY},
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

    /// A merge queue asks for checks of what a pull request makes of `main`.
    pub fn merge_group(github: &'g GitHub, number: u64) -> Self {
        let base = github.world().head("main");
        let head = github.world().merge_commit(number);
        let payload = payloads::merge_group(github, number, &base, &head);
        let branch = payload["merge_group"]["head_ref"].clone();
        let mut run = Self::new(github, "merge_group", payload, head);
        run.set("GITHUB_REF", branch.as_str().unwrap());
        run
    }

    /// Somebody names the command by hand.
    pub fn dispatch(github: &'g GitHub, command: &str) -> Self {
        let payload = payloads::load(github, "workflow_dispatch");
        Self::at_main(github, "workflow_dispatch", payload).with("FOLLOWTHROUGH_COMMAND", command)
    }

    /// A push that moved something other than `main`; [`payloads::NO_COMMIT`] for a branch that begins or ends.
    pub fn push_elsewhere(github: &'g GitHub, git_ref: &str, before: &str, after: &str) -> Self {
        let payload = payloads::push_elsewhere(github, git_ref, before, after);
        let kind = if git_ref.starts_with("refs/tags/") {
            "tag"
        } else {
            "branch"
        };
        Self::at_main(github, "push", payload)
            .with("GITHUB_REF", git_ref)
            .with("GITHUB_REF_TYPE", kind)
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

    /// On a machine that has no git program.
    pub fn without_git(self) -> Self {
        self.with("PATH", "")
    }

    /// With a GitHub that nobody reaches: port 9 (discard) is closed on any machine that runs tests.
    pub fn offline(self) -> Self {
        self.with("GITHUB_API_URL", "http://127.0.0.1:9/api/v3")
            .with("GITHUB_GRAPHQL_URL", "http://127.0.0.1:9/api/graphql")
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
        let machine = self.prepare();
        let mut command = scrubbed(&machine.at("work"), &machine.at("home"));
        command.arg("action").envs(&machine.variables);
        Started {
            child: command.spawn().unwrap(),
            machine,
        }
    }

    /// A machine with the checkout, the event and the variables that GitHub gives to a step.
    pub fn prepare(self) -> Machine {
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
        let texts = [
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
            ("FOLLOWTHROUGH_PAUSES", "skipped"),
        ];
        let files = [
            ("GITHUB_EVENT_PATH", "event.json"),
            ("GITHUB_OUTPUT", "output"),
            ("GITHUB_STEP_SUMMARY", "summary"),
            ("GITHUB_WORKSPACE", "work"),
            ("RUNNER_TEMP", "temp"),
        ];
        let id = self.github.world().shop().id.to_string();
        let mut variables: BTreeMap<String, String> = texts
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .into();
        variables.extend(files.map(|(name, file)| (name.into(), at(file).display().to_string())));
        variables.insert("GITHUB_REPOSITORY_ID".into(), id);
        variables.extend(self.variables);
        Machine {
            folder,
            variables,
            token: self.token,
        }
    }

    fn check_out(&self, workspace: &Path) {
        let origin = format!("{}/{REPOSITORY}", self.github.server_url());
        let branch = (!self.event.starts_with("pull_request")).then_some("main");
        let mut world = self.github.world();
        let git = &world.shop().git;
        git.check_out(&self.commit, branch, &origin, workspace);
    }
}

/// A runner's machine, ready for a step.
pub struct Machine {
    folder: TempDir,
    /// Everything that GitHub sets for a step.
    pub variables: BTreeMap<String, String>,
    pub token: String,
}

impl Machine {
    /// `work` is the checkout; `home`, `temp`, `output`, `summary` and `event.json` lie beside it.
    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A run under way.
pub struct Started {
    child: Child,
    machine: Machine,
}

impl Started {
    #[track_caller]
    pub fn finish(self) -> Outcome {
        let output = self.child.wait_with_output().unwrap();
        let machine = self.machine;
        let read = |name: &str| fs::read_to_string(machine.at(name)).unwrap();
        let (written, summary) = (read("output"), read("summary"));
        let workspace = machine.at("work");
        let outcome = outcome(&output, &written, summary, workspace, machine.folder);
        let shown = outcome.said() + &written;
        assert!(
            machine.token.is_empty() || !shown.contains(&machine.token),
            "the token is shown:\n{shown}"
        );
        outcome
    }

    /// Whether the run has come to its end.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Ends the run by SIGKILL once `moment` has come; whether it came before the run ended by itself.
    pub fn kill_when(mut self, moment: impl Fn() -> bool) -> bool {
        kill_when(&mut self.child, moment)
    }
}

/// Ends a process by SIGKILL once `moment` has come; whether it came before the process ended by itself.
pub(super) fn kill_when(child: &mut Child, moment: impl Fn() -> bool) -> bool {
    while child.try_wait().unwrap().is_none() {
        if moment() {
            child.kill().unwrap();
            child.wait().unwrap();
            return true;
        }
        // Leaves the core to the run; nothing depends on how long this takes.
        std::thread::sleep(Duration::from_millis(1));
    }
    false
}

/// The binary in `folder`, with nothing of this process's environment but the path to programs.
pub(super) fn scrubbed(folder: &Path, home: &Path) -> Command {
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

pub(super) fn outcome(
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
