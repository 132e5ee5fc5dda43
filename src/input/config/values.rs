//! Values of the configuration that have the right type and still cannot be meant.

use crate::{
    input::globs,
    model::{
        choice::Unknown,
        config::{Complaint, Config},
        issue::same_label,
    },
};

/// Longest name of a label that GitHub takes, in characters (422 `name is too long (maximum is 50 characters)`).
const LABEL_LIMIT: usize = 50;

/// Everything in `config` that cannot be meant, in the order of the sections. `rules` are the ids and
/// names of all rules.
pub(super) fn complaints(config: &Config, rules: &[&str]) -> Vec<Complaint> {
    let mut found = Complaints(Vec::new());
    found.globs(config);
    found.labels(config);
    found.flag(config);
    found.owners(config);
    found.reading(config);
    for name in config
        .rules
        .keys()
        .filter(|name| !rules.contains(&name.as_str()) && !config.custom_rules.contains_key(*name))
    {
        let Unknown { message, help } = Unknown::new("rule", name, rules);
        found.0.push(Complaint {
            path: vec!["rules".to_owned(), name.clone()],
            at_key: true,
            message,
            help: Some(help),
        });
    }
    found.0
}

struct Complaints(Vec<Complaint>);

impl Complaints {
    fn add(&mut self, path: &[&str], message: impl Into<String>) {
        self.0.push(Complaint {
            path: path.iter().map(|&step| step.to_owned()).collect(),
            at_key: false,
            message: message.into(),
            help: None,
        });
    }

    fn globs(&mut self, config: &Config) {
        let lists = [
            ("include", &config.postmortems.include),
            ("exclude", &config.postmortems.exclude),
        ];
        for (list, globs) in lists {
            for (index, glob) in globs.iter().enumerate() {
                if let Err(message) = globs::checked(glob) {
                    self.add(&["postmortems", list, &index.to_string()], message);
                }
            }
        }
    }

    fn labels(&mut self, config: &Config) {
        let (issues, overdue) = (&config.issues, &config.overdue);
        if issues.max_new == 0 {
            let message =
                "at least 1 is needed here; `plan` shows what would be opened without opening it";
            self.add(&["issues", "max-new"], message);
        }
        if issues.label.trim().is_empty() {
            let message = "a label is needed here: by it issues are found again";
            self.add(&["issues", "label"], message);
        }
        self.label(&["issues", "label"], &issues.label);
        self.label(&["overdue", "label"], &overdue.label);
        self.label(&["overdue", "soon-label"], &overdue.soon_label);
        for (index, label) in issues.extra_labels.iter().enumerate() {
            self.label(&["issues", "extra-labels", &index.to_string()], label);
        }
        for (index, label) in issues.in_progress_labels.iter().enumerate() {
            self.label(&["issues", "in-progress-labels", &index.to_string()], label);
        }
        // A label that comes and goes must not be one by which issues are found or understood.
        let moving = [
            ("label", &overdue.label),
            ("soon-label", &overdue.soon_label),
        ];
        for (key, label) in moving.iter().filter(|(_, label)| !label.is_empty()) {
            if same_label(label, &issues.label) {
                self.add(
                    &["overdue", key],
                    "this is `issues: label` already; choose another one",
                );
            }
        }
        if !overdue.label.is_empty() && same_label(&overdue.label, &overdue.soon_label) {
            self.add(
                &["overdue", "soon-label"],
                "this is `overdue: label` already; choose another one",
            );
        }
    }

    fn label(&mut self, path: &[&str], label: &str) {
        let problem = if label.contains(',') {
            Some("a label with a comma cannot be asked for; GitHub reads it as two")
        } else if label.chars().any(char::is_control) {
            Some("a label is one line of text")
        } else if label.chars().count() > LABEL_LIMIT {
            Some("a label has at most 50 characters")
        } else if label.trim() != label {
            Some("a label neither starts nor ends with a blank")
        } else {
            None
        };
        if let Some(message) = problem {
            self.add(path, message);
        }
    }

    fn flag(&mut self, config: &Config) {
        let flag = &config.overdue.flag;
        let path = ["overdue", "flag"];
        if flag.chars().any(char::is_control) || flag.contains('|') {
            self.add(
                &path,
                "the flag stands in a cell of a table: no line break and no `|`",
            );
        } else if !flag.is_empty() && flag.trim().is_empty() {
            self.add(&path, "blanks cannot be seen; write `\"\"` to put no flag");
        }
    }

    fn owners(&mut self, config: &Config) {
        for (name, target) in &config.owners {
            let mut names = target.names().peekable();
            if names.peek().is_none() {
                self.add(&["owners", name], "a login or team is needed here");
            }
            for login in names.filter(|login| !is_login_or_team(login)) {
                let message = format!(
                    "`{}` is neither a login such as `alice` nor a team such as `org/sre`",
                    login.escape_debug()
                );
                self.add(&["owners", name], message);
            }
        }
    }

    fn reading(&mut self, config: &Config) {
        let reading = &config.reading;
        for (index, heading) in reading.action_headings.iter().enumerate() {
            if heading.trim().is_empty() {
                let path = ["reading", "action-headings", &index.to_string()];
                self.add(&path, "an empty heading means nothing");
            }
        }
        for (index, prefix) in reading.ticket_prefixes.iter().enumerate() {
            let good = prefix.starts_with(|c: char| c.is_ascii_alphabetic())
                && prefix
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !good {
                let path = ["reading", "ticket-prefixes", &index.to_string()];
                self.add(
                    &path,
                    "a prefix is what stands before the dash: `OPS` for `OPS-12`",
                );
            }
        }
        self.status_words(config);
    }

    fn status_words(&mut self, config: &Config) {
        let mut seen: Vec<(String, String)> = Vec::new();
        for (status, words) in &config.reading.status_words {
            let key = serde_json::to_value(status).ok();
            let key = key
                .as_ref()
                .and_then(|key| key.as_str())
                .unwrap_or_default();
            for (index, word) in words.iter().enumerate() {
                let path = ["reading", "status-words", key, &index.to_string()];
                let folded = word.trim().to_lowercase();
                let other = seen
                    .iter()
                    .find(|(known, of)| *known == folded && of != key);
                if folded.is_empty() {
                    self.add(&path, "an empty word means nothing");
                } else if let Some((_, other)) = other {
                    self.add(
                        &path,
                        format!("the word stands under `{other}` already; delete one"),
                    );
                }
                seen.push((folded, key.to_owned()));
            }
        }
    }
}

/// A login, also of an app (`renovate[bot]`), or `org/team`.
fn is_login_or_team(name: &str) -> bool {
    let plain = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    match name.split_once('/') {
        Some((owner, team)) => plain(owner) && plain(team),
        None => plain(name.strip_suffix("[bot]").unwrap_or(name)),
    }
}
