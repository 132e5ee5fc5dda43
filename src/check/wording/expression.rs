//! Makes the patterns of a wording ready: lists are filled in, words are whole, and none is compiled before it is needed.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, OnceLock},
};

use regex::bytes::{Captures, Regex, RegexBuilder};
use regex_syntax::{ParserBuilder, hir::Hir};

use crate::model::config::{Scope, Wording};

/// Lists that all rules can name.
static SHARED: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("../rules/words.yml")).unwrap_or_default()
});

/// A wording with its patterns and exceptions as regular expressions.
#[derive(Clone, Debug)]
pub struct Expressions {
    pub(super) wording: Wording,
    patterns: Vec<Expression>,
    except: Vec<Expression>,
}

/// A regular expression that is compiled when it is needed first.
#[derive(Clone, Debug)]
struct Expression {
    text: String,
    ignores_case: bool,
    compiled: OnceLock<Option<Regex>>,
}

impl Expressions {
    /// The expressions of the data that comes along with a rule. Its examples, which stand last, are left out: reading
    /// them takes as long as reading all else.
    #[must_use]
    pub fn built_in(data: &str) -> Self {
        let (words, _) = data.split_once("\nmust-fire:").unwrap_or((data, ""));
        Self::with_examples(words)
    }

    /// The same with its examples.
    #[must_use]
    pub fn with_examples(data: &str) -> Self {
        Self::new(serde_saphyr::from_str(data).unwrap_or_default())
    }

    /// The expressions of `wording`.
    #[must_use]
    pub fn new(wording: Wording) -> Self {
        let expression = |text: &str| Expression {
            text: filled(text, &wording.words),
            ignores_case: !wording.case_sensitive,
            compiled: OnceLock::new(),
        };
        Self {
            patterns: wording
                .patterns
                .iter()
                .map(|pattern| expression(pattern.text()))
                .collect(),
            except: wording.except.iter().map(|text| expression(text)).collect(),
            wording,
        }
    }

    /// The patterns that read texts of this kind, each with its number, as far as they are expressions at all.
    pub(super) fn parsed(&self, scope: Scope) -> impl Iterator<Item = (usize, Hir)> {
        let patterns = self.wording.patterns.iter().zip(&self.patterns).enumerate();
        let read = patterns.filter(move |(_, (written, _))| written.reads(scope));
        read.filter_map(|(number, (_, pattern))| Some((number, pattern.parsed()?)))
    }

    /// What a pattern matches in `sentence`.
    pub(super) fn find<'a>(&self, pattern: usize, sentence: &'a str) -> Option<Captures<'a>> {
        let regex = self.patterns.get(pattern)?.regex()?;
        // Nearly always nothing is found, and captures cost more.
        let found = regex.find(sentence.as_bytes())?;
        regex.captures_at(sentence.as_bytes(), found.start())
    }

    /// Whether an exception matches.
    pub(super) fn excepts(&self, sentence: &str) -> bool {
        let mut except = self.except.iter().filter_map(Expression::regex);
        except.any(|regex| regex.is_match(sentence.as_bytes()))
    }
}

impl Expression {
    fn parsed(&self) -> Option<Hir> {
        let parse = |unicode: bool| {
            let mut parser = ParserBuilder::new().unicode(unicode).utf8(false).build();
            parser.parse(&self.text).ok()
        };
        parse(false).or_else(|| parse(true))
    }

    /// The compiled expression. Letters are those of ASCII, since tables of Unicode take milliseconds to compile;
    /// expressions that name others get all of them.
    fn regex(&self) -> Option<&Regex> {
        let compiled = self.compiled.get_or_init(|| {
            let whole_words = format!(
                "(?-u:\\b{{start-half}})(?:{})(?-u:\\b{{end-half}})",
                self.text
            );
            let compile = |unicode: bool| {
                let mut builder = RegexBuilder::new(&whole_words);
                builder
                    .unicode(unicode)
                    .case_insensitive(self.ignores_case)
                    .build()
                    .ok()
            };
            compile(false).or_else(|| compile(true))
        });
        compiled.as_ref()
    }
}

/// `text` with the entries of lists in place of their names in braces.
fn filled(text: &str, lists: &BTreeMap<String, Vec<String>>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let list = behind.split_once('}').and_then(|(name, behind)| {
            let entries = lists.get(name).or_else(|| SHARED.get(name))?;
            Some((entries, behind))
        });
        if let Some((entries, behind)) = list {
            filled.extend(["(?:", &entries.join("|"), ")"]);
            rest = behind;
        } else {
            filled.push('{');
            rest = behind;
        }
    }
    filled.push_str(rest);
    filled
}
