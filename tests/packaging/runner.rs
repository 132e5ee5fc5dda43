//! Runs the steps of `action.yml` as the runner of GitHub Actions does, as far as they need it.

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use serde_json::Value;
use tempfile::TempDir;

use super::{support, text, yaml};

/// The machine on which the action is started.
#[derive(Clone, Copy, Default)]
pub(crate) struct Machine<'a> {
    /// The program, as a script.
    pub(crate) program: &'a str,
    /// Whether `FOLLOWTHROUGH_BINARY` names the program; it does not exist where the script is empty.
    pub(crate) is_ready: bool,
    /// Whether the program is in the cache.
    pub(crate) is_cached: bool,
    /// The version that `cargo --version` tells.
    pub(crate) cargo: &'a str,
    /// Exit code that the program is told to end with.
    pub(crate) answer: &'a str,
    /// The real program, on a machine that GitHub made ready for an event: in the place of all of the above.
    pub(crate) real: Option<&'a support::runner::Machine>,
}

/// What a run of the action left behind.
pub(crate) struct Run {
    /// Exit code of the step that failed, else 0.
    pub(crate) code: i32,
    /// Outputs of the action.
    pub(crate) outputs: BTreeMap<String, String>,
    /// Ids of the steps that were run.
    pub(crate) steps: Vec<String>,
    /// What other actions were given, by the id of the step and the name of the input.
    pub(crate) with: BTreeMap<String, String>,
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

/// In the place of `cargo`: tells its version, and "builds" by copying the program.
const CARGO: &str = r#"#!/usr/bin/env bash
if [[ "$1" == --version ]]; then echo "cargo $CARGO_VERSION (0000000 2026-01-01)"; exit; fi
printf '%s\n' "$@" > "$NOTES/cargo"
while (($#)); do
  if [[ "$1" == --root ]]; then root=$2; fi
  shift
done
mkdir -p "$root/bin"
cp "$NOTES/a ready program" "$root/bin/followthrough"
"#;

/// In the place of `rustup`: notes what it is asked for, and runs what it is asked to run.
const RUSTUP: &str = r#"#!/usr/bin/env bash
echo "$*" >> "$NOTES/rustup"
if [[ "$1" == run ]]; then shift 2; exec "$@"; fi
"#;

/// Runs the action with `inputs` on `machine`.
pub(crate) fn run(inputs: &[(&str, &str)], machine: Machine<'_>) -> Run {
    let action = yaml(&text("action.yml"));
    let token = machine.real.map_or("the job's token", |real| &real.token);
    let mut context = given(&action, inputs, token);
    let mut run = Run {
        code: 0,
        outputs: BTreeMap::new(),
        steps: Vec::new(),
        with: BTreeMap::new(),
        log: String::new(),
        home: furnished(machine),
    };
    for step in action["runs"]["steps"].as_array().unwrap() {
        if !holds(step["if"].as_str().unwrap_or_default(), &context) {
            continue;
        }
        let id = step["id"].as_str().expect("an id").to_owned();
        run.steps.push(id.clone());
        let Some(script) = step["run"].as_str() else {
            for (name, value) in step["with"].as_object().unwrap() {
                let value = filled(value.as_str().unwrap(), &context);
                run.with.insert(format!("{id}.{name}"), value);
            }
            if machine.is_cached {
                let bin = Path::new(&run.with[&format!("{id}.path")]).join("bin");
                fs::create_dir_all(&bin).unwrap();
                program(&bin.join("followthrough"), machine.program);
                context.insert(format!("steps.{id}.outputs.cache-hit"), "true".into());
            }
            continue;
        };
        let output = run.home.path().join(format!("output of {id}"));
        let mut command = shell(run.home.path(), &id, script, machine);
        command.env("GITHUB_OUTPUT", &output);
        for (name, value) in step["env"].as_object().into_iter().flatten() {
            command.env(name, filled(value.as_str().unwrap(), &context));
        }
        let done = command.output().unwrap();
        run.log += &String::from_utf8_lossy(&done.stdout);
        run.log += &String::from_utf8_lossy(&done.stderr);
        for (name, value) in outputs(&fs::read_to_string(&output).unwrap_or_default()) {
            context.insert(format!("steps.{id}.outputs.{name}"), value);
        }
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

/// The outputs in a step's file: `name=value`, or `name<<end`, lines, `end`.
fn outputs(text: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let at = line.find(['=', '<']).expect("a name");
        let (name, rest) = line.split_at(at);
        let value = match rest.strip_prefix("<<") {
            None => rest[1..].to_owned(),
            Some(end) => {
                let held: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
                held.join("\n")
            }
        };
        all.push((name.to_owned(), value));
    }
    all
}

/// A folder with a workspace, the tools, and the program.
fn furnished(machine: Machine<'_>) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    for folder in ["workspace", "tools"] {
        fs::create_dir(home.path().join(folder)).unwrap();
    }
    program(&home.path().join("tools/cargo"), CARGO);
    program(&home.path().join("tools/rustup"), RUSTUP);
    if !machine.program.is_empty() {
        program(&home.path().join("a ready program"), machine.program);
    }
    home
}

fn program(path: &Path, script: &str) {
    fs::write(path, script).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A step's shell, in the environment that the runner gives it and no other.
fn shell(home: &Path, id: &str, script: &str, machine: Machine<'_>) -> Command {
    let file = home.join(format!("script of {id}"));
    fs::write(&file, script).unwrap();
    let tools = [home.join("tools")];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(tools.into_iter().chain(std::env::split_paths(&path)));
    let mut command = Command::new("bash");
    command
        .args(["--noprofile", "--norc", "-e", "-o", "pipefail"])
        .arg(&file)
        .current_dir(home.join("workspace"))
        .env_clear()
        .env("PATH", path.unwrap())
        .env("NOTES", home)
        .env("ANSWER", machine.answer)
        .env("CARGO_VERSION", machine.cargo)
        .env("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR"))
        .env("RUNNER_TEMP", home.join("temp"))
        .env("RUNNER_OS", "Linux")
        .env("RUNNER_ARCH", "X64");
    if machine.is_ready {
        command.env("FOLLOWTHROUGH_BINARY", home.join("a ready program"));
    }
    if let Some(real) = machine.real {
        command
            .current_dir(real.at("work"))
            .envs(&real.variables)
            .env("HOME", real.at("home"))
            .env("FOLLOWTHROUGH_BINARY", env!("CARGO_BIN_EXE_followthrough"))
            // A token reaches a step only where the action passes it.
            .env_remove("GITHUB_TOKEN");
    }
    command
}

/// The inputs as given, else by their defaults.
fn given(action: &Value, inputs: &[(&str, &str)], token: &str) -> Context {
    let mut context = Context::from([("github.token".to_owned(), token.to_owned())]);
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
