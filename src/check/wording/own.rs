//! The rules of a team: what of them cannot be meant, and their pages.

use std::{borrow::Cow, fmt::Write as _};

use super::{Expressions, examples};
use crate::{
    check::{Rule, rules},
    document::Vocabulary,
    model::config::{Complaint, Config, Scope, Wording},
};

/// The key under which they stand in the configuration.
const KEY: &str = "custom-rules";

/// The rules under `custom-rules:` as rows of the table of rules, in the order of ids.
#[must_use]
pub fn rules(config: &Config) -> Vec<Rule> {
    let own = config.custom_rules.iter().map(|(id, wording)| Rule {
        id: Cow::Owned(id.clone()),
        name: Cow::Owned(id.clone()),
        default: wording.level,
        doc: Cow::Owned(page(wording)),
        check: None,
        wording: None,
    });
    own.collect()
}

/// The page that a rule's data makes.
fn page(wording: &Wording) -> String {
    let mut page = format!(
        "{}.\n\n# What it checks\n\n",
        wording
            .message
            .replace("{words}", "A pattern of the configuration")
    );
    let read = |scope| wording.scope.contains(&scope);
    page.push_str(match (read(Scope::Prose), read(Scope::Action)) {
        (true, true) => "Prose, and open action items. It looks for:\n\n```text\n",
        (false, true) => "Open action items. It looks for:\n\n```text\n",
        _ => "Prose. It looks for:\n\n```text\n",
    });
    for pattern in &wording.patterns {
        let _ = writeln!(page, "{}", pattern.text());
    }
    for (list, entries) in &wording.words {
        let _ = writeln!(page, "{{{list}}} is any of: {}", entries.join(", "));
    }
    page.push_str("```\n\n# Why it matters\n\nIt is a rule of this repository, under `custom-rules:` in the configuration.");
    page.push_str("\n\n# Example\n\n```markdown\n");
    for example in &wording.must_fire {
        let _ = writeln!(page, "{example}");
    }
    let _ = write!(
        page,
        "```\n\n# How to fix it\n\n{}.\n\n```markdown\n",
        wording.hint
    );
    for example in &wording.must_not_fire {
        let _ = writeln!(page, "{example}");
    }
    page.push_str("```\n");
    page
}

/// Everything about the rules under `custom-rules:` that cannot be meant, failing examples included.
#[must_use]
pub fn complaints(config: &Config) -> Vec<Complaint> {
    if config.custom_rules.is_empty() {
        return Vec::new();
    }
    let vocabulary = Vocabulary::new(config);
    let mut found = Vec::new();
    for (id, wording) in &config.custom_rules {
        let mut complaints = Complaints {
            id,
            found: Vec::new(),
        };
        complaints.of_id();
        complaints.of_words(wording);
        // The examples of a rule that cannot be understood tell nothing.
        if complaints.found.is_empty() {
            complaints.of_examples(wording, config, &vocabulary);
        }
        found.append(&mut complaints.found);
    }
    found
}

struct Complaints<'a> {
    id: &'a str,
    found: Vec<Complaint>,
}

impl Complaints<'_> {
    fn add(&mut self, path: &[&str], message: impl Into<String>, help: &str) {
        let around = [KEY, self.id];
        let path = around.iter().chain(path);
        self.found.push(Complaint {
            path: path.map(|step| (*step).to_owned()).collect(),
            at_key: false,
            message: message.into(),
            help: (!help.is_empty()).then(|| help.to_owned()),
        });
    }

    fn of_id(&mut self) {
        let is_id = self.id.starts_with(|c: char| c.is_ascii_uppercase())
            && self.id.ends_with(|c: char| c.is_ascii_digit())
            && self
                .id
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
        let message = if !is_id {
            format!(
                "`{}` is no id; write capital letters and a number, such as `SHOP001`",
                self.id.escape_debug()
            )
        } else if rules::find(self.id).is_ok() {
            format!(
                "`{}` is the id of a rule that comes along; choose another one",
                self.id
            )
        } else {
            return;
        };
        self.add(&[], message, "");
        self.found
            .iter_mut()
            .for_each(|complaint| complaint.at_key = true);
    }

    fn of_words(&mut self, wording: &Wording) {
        for (key, is_empty) in [
            ("scope", wording.scope.is_empty()),
            ("patterns", wording.patterns.is_empty()),
            ("message", wording.message.trim().is_empty()),
            ("hint", wording.hint.trim().is_empty()),
            ("must-fire", wording.must_fire.is_empty()),
            ("must-not-fire", wording.must_not_fire.is_empty()),
        ] {
            if is_empty {
                let message = format!("the rule {} needs `{key}`", self.id);
                self.add(
                    &[key],
                    message,
                    "each rule shows by examples what it finds and what it leaves alone",
                );
            }
        }
        for (list, number, problem) in Expressions::new(wording.clone()).problems() {
            let message = format!("this is no pattern of {}: {problem}", self.id);
            let help = "patterns are regular expressions of https://docs.rs/regex; `{name}` is a list under `words:`";
            self.add(&[list, &number.to_string()], message, help);
        }
    }

    fn of_examples(&mut self, wording: &Wording, config: &Config, vocabulary: &Vocabulary) {
        for failure in examples::of_own(self.id, wording, config, vocabulary).1 {
            let (list, message, help) = if failure.must_fire {
                (
                    "must-fire",
                    format!("{} finds nothing in this example", self.id),
                    "widen a pattern, narrow an exception, or move the example to `must-not-fire`",
                )
            } else {
                (
                    "must-not-fire",
                    format!("{} finds something in this example", self.id),
                    "narrow the patterns, or add an exception under `except:`",
                )
            };
            self.add(&[list, &failure.number.to_string()], message, help);
        }
    }
}
