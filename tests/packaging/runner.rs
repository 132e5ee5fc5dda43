//! Runs the steps of `action.yml` as the runner of GitHub Actions does, as far as they need it.

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, process::Command};

use serde_json::Value;
use tempfile::TempDir;

use super::{text, yaml};

/// What a run of the action left behind.
pub(crate) struct Run {
    /// Exit code of the step that failed, else 0.
    pub(crate) code: i32,
    /// Outputs of the action.
    pub(crate) outputs: BTreeMap<String, String>,
    /// Ids of the steps that were run.
    pub(crate) steps: Vec<String>,
    /// What the steps printed.
    pub(crate) log: String,
    home: TempDir,
}

impl Run {
    /// What the program noted under `name`.
    pub(crate) fn note(&self, name: &str) -> String {
        fs::read_to_string(self.home.path().join(name)).unwrap_or_default()
    }

    /// Whether a file of this name lies in the workspace.
    pub(crate) fn workspace_has(&self, name: &str) -> bool {
        self.home.path().join("workspace").join(name).exists()
    }
}

/// Values of expressions, by their text: `inputs.command`, `steps.find.outputs.ready`, `github.token`.
type Context = BTreeMap<String, String>;

/// Runs the action with `inputs`, the script `program` as a ready program (none where it is empty),
/// and `answer` as that program's exit code.
pub(crate) fn run(inputs: &[(&str, &str)], program: &str, answer: &str) -> Run {
    let action = yaml(&text("action.yml"));
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("workspace")).unwrap();
    let binary = home.path().join("a ready program");
    if !program.is_empty() {
        fs::write(&binary, program).unwrap();
        fs::set_permissions(&binary, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut context = given(&action, inputs);
    let mut run = Run {
        code: 0,
        outputs: BTreeMap::new(),
        steps: Vec::new(),
        log: String::new(),
        home,
    };
    for (index, step) in action["runs"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
    {
        if !holds(step["if"].as_str().unwrap_or_default(), &context) {
            continue;
        }
        let id = step["id"].as_str().unwrap_or_default().to_owned();
        let script = step["run"]
            .as_str()
            .unwrap_or_else(|| panic!("step {id} needs GitHub"));
        let files = run.home.path();
        let output = files.join(format!("output-{index}"));
        fs::write(&output, "").unwrap();
        let file = files.join(format!("script-{index}.sh"));
        fs::write(&file, script).unwrap();
        let mut command = Command::new("bash");
        command
            .args(["--noprofile", "--norc", "-e", "-o", "pipefail"])
            .arg(&file)
            .current_dir(files.join("workspace"))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("NOTES", files)
            .env("ANSWER", answer)
            .env("FOLLOWTHROUGH_BINARY", &binary)
            .env("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR"))
            .env("GITHUB_OUTPUT", &output)
            .env("RUNNER_TEMP", files)
            .env("RUNNER_OS", "Linux")
            .env("RUNNER_ARCH", "X64");
        for (name, value) in step["env"].as_object().into_iter().flatten() {
            command.env(name, filled(value.as_str().unwrap(), &context));
        }
        let done = command.output().unwrap();
        run.log += &String::from_utf8_lossy(&done.stdout);
        run.log += &String::from_utf8_lossy(&done.stderr);
        for line in fs::read_to_string(&output).unwrap().lines() {
            let (name, value) = line.split_once('=').expect("name=value");
            context.insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
        }
        run.steps.push(id);
        run.code = done.status.code().unwrap_or(-1);
        if run.code != 0 {
            break;
        }
    }
    for (name, output) in action["outputs"].as_object().unwrap() {
        let value = filled(output["value"].as_str().unwrap(), &context);
        run.outputs.insert(name.clone(), value);
    }
    run
}

/// The inputs as given, else by their defaults.
fn given(action: &Value, inputs: &[(&str, &str)]) -> Context {
    let mut context = Context::from([("github.token".to_owned(), "the job's token".to_owned())]);
    for (name, input) in action["inputs"].as_object().unwrap() {
        let default = filled(input["default"].as_str().unwrap(), &context);
        context.insert(format!("inputs.{name}"), default);
    }
    for (name, value) in inputs {
        context.insert(format!("inputs.{name}"), (*value).to_owned());
    }
    context
}

/// `text` with each `${{ … }}` replaced, once; what is not known is empty, as with the real runner.
fn filled(text: &str, context: &Context) -> String {
    let mut parts = text.split("${{");
    let mut all = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (expression, rest) = part.split_once("}}").expect("a closed expression");
        all += context.get(expression.trim()).map_or("", String::as_str);
        all += rest;
    }
    all
}

/// Whether a condition of the form `a != 'x' && b != 'y'` holds; an empty one does.
fn holds(condition: &str, context: &Context) -> bool {
    condition.is_empty()
        || condition.split("&&").all(|part| {
            let (name, value) = part.split_once("!=").expect("a comparison with !=");
            let known = context.get(name.trim()).map_or("", String::as_str);
            known != value.trim().trim_matches('\'')
        })
}
