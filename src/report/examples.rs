//! What became of the examples of rules.

use std::fmt::Write as _;

use super::phrase::count;
use crate::{
    check::wording::examples::Failure,
    model::escape::{terminal_line, truncate_line},
};

/// The examples of one rule.
#[derive(Clone, Debug)]
pub struct Tried {
    /// Id of the rule.
    pub rule: String,
    /// How many examples it has.
    pub examples: usize,
    /// Those that do not behave as the rule says.
    pub failures: Vec<Failure>,
}

/// One line for each example that fails, and how many there are.
#[must_use]
pub fn text(tried: &[Tried]) -> String {
    let mut text = String::new();
    for rule in tried {
        for failure in &rule.failures {
            let what = if failure.must_fire {
                "finds nothing in an example of `must-fire`"
            } else {
                "finds something in an example of `must-not-fire`"
            };
            let example = terminal_line(&truncate_line(&failure.text, 200));
            let _ = writeln!(text, "{} {what}: {example}", rule.rule);
        }
    }
    let examples: usize = tried.iter().map(|rule| rule.examples).sum();
    let failing: usize = tried.iter().map(|rule| rule.failures.len()).sum();
    let all = format!(
        "{} of {}",
        count(examples, "example"),
        count(tried.len(), "rule")
    );
    let _ = match failing {
        0 => writeln!(text, "{all}: each does what its rule says"),
        _ => writeln!(text, "{all}: {failing} do not do what their rules say"),
    };
    text
}
