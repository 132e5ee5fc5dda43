//! What the runner makes of a step's output: its rules, written anew from the runner's own sources.

use std::collections::BTreeMap;

/// A workflow command that the runner saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    pub name: String,
    pub properties: BTreeMap<String, String>,
    pub data: String,
}

impl Command {
    /// Whether this becomes an annotation.
    pub fn is_annotation(&self) -> bool {
        ["error", "warning", "notice"].contains(&self.name.as_str())
    }

    pub fn file(&self) -> &str {
        self.properties.get("file").map_or("", String::as_str)
    }

    pub fn line(&self) -> usize {
        let line = self.properties.get("line");
        line.and_then(|line| line.parse().ok()).unwrap_or(0)
    }
}

/// The commands in a step's output: `::name key=value::data` at the start of a line, and `##[name …]data`
/// anywhere in one. Between `::stop-commands::token` and `::token::` nothing is a command.
pub fn commands(output: &str) -> Vec<Command> {
    let mut found = Vec::new();
    let mut stopped: Option<String> = None;
    // The runner reads lines as .NET's `ReadLine` does: a lone carriage return ends one, too.
    for line in output.split(['\n', '\r']) {
        if let Some(token) = &stopped {
            if line.trim() == format!("::{token}::") {
                stopped = None;
            }
            continue;
        }
        let Some(command) = double_colon(line).or_else(|| bracket(line)) else {
            continue;
        };
        if command.name == "stop-commands" {
            stopped = Some(command.data);
        } else {
            found.push(command);
        }
    }
    found
}

fn double_colon(line: &str) -> Option<Command> {
    let rest = line.trim_start().strip_prefix("::")?;
    let (head, data) = rest.split_once("::")?;
    let command = command(head, ',', data);
    Some(command)
}

fn bracket(line: &str) -> Option<Command> {
    let (_, rest) = line.split_once("##[")?;
    let (head, data) = rest.split_once(']')?;
    Some(command(head, ';', data))
}

fn command(head: &str, separator: char, data: &str) -> Command {
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties
        .split(separator)
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (key.trim().to_owned(), unescape(value)))
        .collect();
    Command {
        name: name.to_lowercase(),
        properties,
        data: unescape(data),
    }
}

fn unescape(text: &str) -> String {
    text.replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%25", "%")
}

/// The pairs of a `GITHUB_OUTPUT` file; stops the test where the runner would fail the step.
pub fn outputs(text: &str) -> BTreeMap<String, String> {
    let mut pairs = BTreeMap::new();
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            continue;
        }
        match (line.find('='), line.find("<<")) {
            (Some(equals), heredoc) if heredoc.is_none_or(|at| equals < at) => {
                pairs.insert(line[..equals].to_owned(), line[equals + 1..].to_owned());
            }
            (_, Some(at)) => {
                let (name, delimiter) = (&line[..at], &line[at + 2..]);
                let mut value = String::new();
                loop {
                    let line = lines
                        .next()
                        .unwrap_or_else(|| panic!("no end mark `{delimiter}` for `{name}`"));
                    assert!(
                        line.ends_with('\n'),
                        "no newline before the end of the file"
                    );
                    if line.trim_end_matches(['\r', '\n']) == delimiter {
                        break;
                    }
                    value.push_str(line);
                }
                let value = value.strip_suffix('\n').unwrap_or(&value);
                pairs.insert(name.to_owned(), value.to_owned());
            }
            _ => panic!("not a line of an output file: {line:?}"),
        }
    }
    pairs
}
