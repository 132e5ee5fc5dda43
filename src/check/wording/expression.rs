//! Makes the patterns of a wording ready: lists are filled in, words are whole, and none is compiled before it is needed.

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{LazyLock, OnceLock},
};

use regex::bytes::{Captures, Regex, RegexBuilder};
use regex_syntax::{ParserBuilder, hir::Hir};

use crate::{
    document::Voice,
    model::config::{Scope, Wording},
};

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
    case: Case,
    /// Whether it asks for the start or end of a sentence, which are not to be seen among others.
    is_anchored: bool,
    compiled: OnceLock<Option<Regex>>,
}

/// How an expression treats capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// As other letters.
    Sensitive,
    /// The expression is in small letters and meets text in small letters: two letters for one take twice as long to
    /// compile, and hide from the search what it could look for.
    Small,
    /// The expression itself takes both.
    Ignored,
}

/// A sentence as written, and the same bytes with the small letters of ASCII.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence<'a> {
    pub(super) written: &'a str,
    pub(super) small: &'a str,
}

impl<'a> Sentence<'a> {
    /// A range of a voice, whose text in small letters is `small`.
    pub(super) fn of(voice: &'a Voice, small: &'a str, range: Range<usize>) -> Self {
        Self {
            written: &voice.text()[range.clone()],
            small: &small[range],
        }
    }
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
        let expression =
            |text: &str| Expression::new(filled(text, &wording.words), wording.case_sensitive);
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

    /// What keeps patterns and exceptions from being expressions: the list, the number in it, and the reason.
    pub(super) fn problems(&self) -> Vec<(&'static str, usize, String)> {
        let lists = [("patterns", &self.patterns), ("except", &self.except)];
        let all = lists.into_iter().flat_map(|(list, expressions)| {
            let numbered = expressions.iter().enumerate();
            numbered.map(move |(number, expression)| (list, number, expression))
        });
        all.filter_map(|(list, number, expression)| Some((list, number, expression.problem()?)))
            .collect()
    }

    /// The patterns that read texts of this kind, each with its number, as far as they are expressions at all.
    pub(super) fn parsed(&self, scope: Scope) -> impl Iterator<Item = (usize, Hir)> {
        let patterns = self.wording.patterns.iter().zip(&self.patterns).enumerate();
        let read = patterns.filter(move |(_, (written, _))| written.reads(scope));
        read.filter_map(|(number, (_, pattern))| Some((number, pattern.parsed()?)))
    }

    /// Whether a pattern matches in one of several sentences, at least if they were one.
    pub(super) fn may_match(&self, pattern: usize, sentences: Sentence<'_>) -> bool {
        let Some(expression) = self.patterns.get(pattern) else {
            return false;
        };
        expression.is_anchored
            || expression
                .regex()
                .is_some_and(|regex| regex.is_match(expression.bytes(sentences)))
    }

    /// What a pattern matches in `sentence`.
    pub(super) fn find<'a>(&self, pattern: usize, sentence: Sentence<'a>) -> Option<Captures<'a>> {
        let expression = self.patterns.get(pattern)?;
        let regex = expression.regex()?;
        let bytes = expression.bytes(sentence);
        // Nearly always nothing is found, and captures cost more.
        let found = regex.find(bytes)?;
        regex.captures_at(bytes, found.start())
    }

    /// Whether an exception matches.
    pub(super) fn excepts(&self, sentence: Sentence<'_>) -> bool {
        self.except.iter().any(|expression| {
            let bytes = expression.bytes(sentence);
            expression
                .regex()
                .is_some_and(|regex| regex.is_match(bytes))
        })
    }
}

impl Expression {
    fn new(text: String, is_case_sensitive: bool) -> Self {
        let without_classes = text.replace("[^", "[");
        let is_anchored = ["^", "$", "\\A", "\\z"]
            .iter()
            .any(|anchor| without_classes.contains(anchor));
        // What depends on case inside an expression that does not would be lost in small letters.
        let depends = ["(?-i", "\\p", "\\P"]
            .iter()
            .any(|sign| text.contains(sign));
        let (text, case) = match (is_case_sensitive, depends) {
            (true, _) => (text, Case::Sensitive),
            (false, true) => (text, Case::Ignored),
            (false, false) => (in_small_letters(&text), Case::Small),
        };
        Self {
            text,
            case,
            is_anchored,
            compiled: OnceLock::new(),
        }
    }

    fn bytes<'a>(&self, sentence: Sentence<'a>) -> &'a [u8] {
        match self.case {
            Case::Small => sentence.small.as_bytes(),
            Case::Sensitive | Case::Ignored => sentence.written.as_bytes(),
        }
    }

    fn parsed(&self) -> Option<Hir> {
        let parse = |unicode: bool| {
            let mut parser = ParserBuilder::new().unicode(unicode).utf8(false).build();
            parser.parse(&self.text).ok()
        };
        parse(false).or_else(|| parse(true))
    }

    fn problem(&self) -> Option<String> {
        if let Some(list) = unknown_list(&self.text) {
            return Some(format!("there is no list `{list}`"));
        }
        if self.parsed().is_some() && self.regex().is_none() {
            return Some("it is too large".to_owned());
        }
        let error = regex_syntax::parse(&self.text).err()?.to_string();
        let reason = error.lines().last().unwrap_or_default();
        self.parsed()
            .is_none()
            .then(|| reason.trim_start_matches("error: ").to_owned())
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
                    .case_insensitive(self.case == Case::Ignored)
                    .build()
                    .ok()
            };
            compile(false).or_else(|| compile(true))
        });
        compiled.as_ref()
    }
}

/// An expression with small letters, its own signs left alone.
fn in_small_letters(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        // `\W`, and the `P` of a named group.
        let is_sign = matches!(before, '\\' | '?');
        small.push(if is_sign { c } else { c.to_ascii_lowercase() });
        // Of two backslashes the second one is no sign.
        before = if before == '\\' { ' ' } else { c };
    }
    small
}

/// The name in braces that no list has.
fn unknown_list(filled: &str) -> Option<&str> {
    let names = filled.match_indices('{').filter_map(|(at, _)| {
        let is_escape = filled[..at].ends_with(['p', 'P', 'x', 'u', 'U', 'b']);
        let (name, _) = filled[at + 1..].split_once('}')?;
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
        (is_name && !is_escape).then_some(name)
    });
    names.into_iter().next()
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
