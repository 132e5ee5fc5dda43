//! Runs the examples of rules about words: what must fire does, what must not does not.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::{Active, Expressions, Judge, Wordings};
use crate::{
    check::{Context, Rule},
    document::{Document, Vocabulary},
    model::config::{Config, Level, Scope, Wording},
};

/// An example that does not behave as its rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Whether the rule must find something in it.
    pub must_fire: bool,
    /// Its number in its list, from 0.
    pub number: usize,
    /// The example.
    pub text: String,
}

/// How many examples a rule has, and those that fail, whatever its level.
#[must_use]
pub fn of_rule(rule: &Rule, config: &Config, vocabulary: &Vocabulary) -> (usize, Vec<Failure>) {
    let Some(worded) = rule.wording else {
        let own = config.custom_rules.get(&*rule.id);
        return own.map_or((0, Vec::new()), |wording| {
            of_own(&rule.id, wording, config, vocabulary)
        });
    };
    let expressions = Expressions::with_examples(worded.data);
    run(&rule.id, &expressions, worded.judge, config, vocabulary)
}

/// The same for a rule of the configuration.
pub(super) fn of_own(
    id: &str,
    wording: &Wording,
    config: &Config,
    vocabulary: &Vocabulary,
) -> (usize, Vec<Failure>) {
    run(
        id,
        &Expressions::new(wording.clone()),
        None,
        config,
        vocabulary,
    )
}

fn run(
    id: &str,
    expressions: &Expressions,
    judge: Option<Judge>,
    config: &Config,
    vocabulary: &Vocabulary,
) -> (usize, Vec<Failure>) {
    let wordings = Wordings::of(vec![Active {
        id: Cow::Owned(id.to_owned()),
        level: Level::Error,
        expressions: Cow::Owned(expressions.clone()),
        judge,
    }]);
    let wording = &expressions.wording;
    let context = Context::new(config, NaiveDate::MIN);
    let fires = |text: &str| {
        wording.scope.iter().any(|scope| {
            let text = match scope {
                Scope::Prose => text.to_owned(),
                Scope::Action => format!("## Action Items\n\n- {text}\n"),
            };
            let document = Document::parse("example.md", text, vocabulary);
            !wordings.check(&document, &context).is_empty()
        })
    };
    let lists = [(true, &wording.must_fire), (false, &wording.must_not_fire)];
    let failures = lists.into_iter().flat_map(|(must_fire, texts)| {
        let failing = texts
            .iter()
            .enumerate()
            .filter(move |(_, text)| fires(text) != must_fire);
        failing.map(move |(number, text)| Failure {
            must_fire,
            number,
            text: text.clone(),
        })
    });
    let failures = failures.collect();
    (
        wording.must_fire.len() + wording.must_not_fire.len(),
        failures,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules;

    #[test]
    fn every_example_of_every_rule_behaves_as_the_rule_says() {
        let config = Config::default();
        let vocabulary = Vocabulary::new(&config);
        for rule in rules::ALL {
            let (_, failures) = of_rule(rule, &config, &vocabulary);
            assert_eq!(failures, [], "{}", rule.id);
        }
    }

    #[test]
    fn every_pattern_is_shown_by_an_example_that_fires() {
        let config = Config::default();
        let vocabulary = Vocabulary::new(&config);
        for rule in rules::ALL {
            let Some(worded) = rule.wording else { continue };
            let expressions = Expressions::with_examples(worded.data);
            for pattern in expressions.wording.patterns.clone() {
                let mut wording = expressions.wording.clone();
                wording.patterns = vec![pattern.clone()];
                let (_, failures) = run(
                    &rule.id,
                    &Expressions::new(wording),
                    worded.judge,
                    &config,
                    &vocabulary,
                );
                let silent = failures.iter().filter(|failure| failure.must_fire).count();
                assert!(
                    silent < expressions.wording.must_fire.len(),
                    "{}: {}",
                    rule.id,
                    pattern.text()
                );
            }
        }
    }

    #[test]
    fn every_rule_about_words_has_words_and_examples_of_both_kinds() {
        for rule in rules::ALL {
            let Some(worded) = rule.wording else { continue };
            let wording = Expressions::with_examples(worded.data).wording;
            assert!(
                wording.must_fire.len() >= 3 && wording.must_not_fire.len() >= 3,
                "{}",
                rule.id
            );
            for words in [&wording.message, &wording.hint] {
                assert!(
                    !words.is_empty() && !words.ends_with('.'),
                    "{}: {words}",
                    rule.id
                );
            }
        }
    }
}
