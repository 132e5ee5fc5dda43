//! The pages of rules for a terminal, and the table of all rules.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::columns::aligned;
use crate::{
    check::{Rule, rules},
    model::config::{Config, Level},
};

/// Columns of running text.
const WIDTH: usize = 88;

/// The page of `rule` with the level that the configuration gives it.
#[must_use]
pub fn page(rule: &Rule, config: &Config) -> String {
    let level = rule.level(config);
    let mut told = word(level).to_owned();
    if level != rule.default {
        told = format!("{told}, by default {}", word(rule.default));
    }
    let title = rules::title(&rule.id);
    format!("{title} ({told})\n\n{}", flowed(&rule.page()))
}

/// All rules in aligned columns, those of the configuration, `own`, last.
#[must_use]
pub fn list(own: &[Rule], config: &Config) -> String {
    let rows: Vec<Vec<String>> = rules::ALL
        .into_iter()
        .chain(own)
        .map(|rule| {
            let level = word(rule.level(config));
            [&rule.id, &rule.name, level, rule.summary()]
                .map(str::to_owned)
                .to_vec()
        })
        .collect();
    format!(
        "{}\n`followthrough explain RULE` shows the page of one.\n",
        aligned(&rows, "")
    )
}

/// All rules as a Markdown table, for the README.
#[must_use]
pub fn markdown_table() -> String {
    let mut text =
        String::from("| rule | name | default | what it says |\n| --- | --- | --- | --- |\n");
    for rule in rules::ALL {
        let level = word(rule.default);
        let _ = writeln!(
            text,
            "| {} | `{}` | {level} | {} |",
            rule.id,
            rule.name,
            rule.summary()
        );
    }
    text
}

const fn word(level: Level) -> &'static str {
    match level {
        Level::Off => "off",
        Level::Info => "info",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

/// Paragraphs filled anew, headings without their marks, and code indented.
fn flowed(page: &str) -> String {
    let mut text = String::new();
    let mut paragraph = String::new();
    let mut in_code = false;
    for line in page.lines() {
        if line.starts_with("```") {
            flush(&mut paragraph, &mut text);
            in_code = !in_code;
        } else if in_code {
            text.push_str(format!("    {line}").trim_end());
            text.push('\n');
        } else if line.is_empty() {
            flush(&mut paragraph, &mut text);
            if !text.ends_with("\n\n") {
                text.push('\n');
            }
        } else if let Some(heading) = line.strip_prefix("# ") {
            text.push_str(&heading.to_uppercase());
            text.push('\n');
        } else {
            paragraph.push_str(line);
            paragraph.push(' ');
        }
    }
    flush(&mut paragraph, &mut text);
    text
}

fn flush(paragraph: &mut String, text: &mut String) {
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let width = word.width();
        if column > 0 && column + 1 + width > WIDTH {
            text.push('\n');
            column = 0;
        } else if column > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += width;
    }
    if column > 0 {
        text.push('\n');
    }
    paragraph.clear();
}
