//! Rules about words: patterns as data, found in the sentences of a document and in what its items promise.
//!
//! One scan over the text, for a few letters of each pattern, tells which passages are read at all.

pub mod examples;
mod expression;
mod filter;
mod letters;
pub mod own;

use std::{borrow::Cow, ops::Range};

pub use self::expression::Expressions;
use regex::bytes::Captures;

use self::{
    expression::Sentence,
    filter::{Filter, Key},
};
use super::{Context, quoted, rules};
use crate::{
    document::{Document, MASK, Voice},
    model::{
        config::{Config, Level, Scope},
        finding::Finding,
        span::Span,
    },
};

/// The words of a rule, and what else it looks at.
#[derive(Clone, Copy, Debug)]
pub struct Worded {
    /// The rule's data as it stands in its file.
    pub data: &'static str,
    /// The same, read once.
    pub expressions: fn() -> &'static Expressions,
    /// Sets the highest level of a finding, or passes it over; `None` for rules to which the words are enough.
    pub judge: Option<Judge>,
}

/// Looks at what was found once more: the highest level of the finding, `Off` for none.
pub type Judge = fn(&Hit<'_>, &Document, &Context<'_>) -> Level;

/// Words that a rule has found.
#[derive(Debug)]
pub struct Hit<'a> {
    /// The sentence, or the whole text of an action.
    pub sentence: &'a str,
    /// Where the words stand in the document.
    pub span: Span,
    captures: Captures<'a>,
}

impl<'a> Hit<'a> {
    /// The words that are told and marked: those of the group `words` where the pattern has one.
    #[must_use]
    pub fn words(&self) -> &'a str {
        &self.sentence[told(self.sentence, &self.captures)]
    }

    /// The words of a group of the pattern.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&'a str> {
        let group = self.captures.name(name)?;
        self.sentence.get(group.range())
    }
}

/// The words that are told, in whole characters: expressions match bytes.
fn told(sentence: &str, captures: &Captures<'_>) -> Range<usize> {
    let words = captures
        .name("words")
        .unwrap_or_else(|| captures.get_match());
    sentence.floor_char_boundary(words.start())..sentence.ceil_char_boundary(words.end())
}

/// The rules about words that are switched on.
pub(super) struct Wordings {
    rules: Vec<Active>,
    prose: Filter,
    actions: Filter,
}

struct Active {
    id: Cow<'static, str>,
    level: Level,
    expressions: Cow<'static, Expressions>,
    judge: Option<Judge>,
}

impl Active {
    fn reads(&self, scope: Scope) -> bool {
        self.expressions.wording.scope.contains(&scope)
    }
}

impl Wordings {
    /// The rules that `config` leaves switched on.
    pub(super) fn new(config: &Config) -> Self {
        let built_in = rules::ALL.iter().filter_map(|rule| {
            let worded = rule.wording?;
            Some(Active {
                id: rule.id.clone(),
                level: rule.level(config),
                expressions: Cow::Borrowed((worded.expressions)()),
                judge: worded.judge,
            })
        });
        let own = own::rules(config);
        let own = own
            .iter()
            .zip(config.custom_rules.values())
            .map(|(rule, wording)| Active {
                id: rule.id.clone(),
                level: rule.level(config),
                expressions: Cow::Owned(Expressions::new(wording.clone())),
                judge: None,
            });
        let rules = built_in.chain(own);
        Self::of(rules.filter(|rule| rule.level > Level::Off).collect())
    }

    fn of(rules: Vec<Active>) -> Self {
        let filter = |scope| {
            let read = rules
                .iter()
                .enumerate()
                .filter(|(_, rule)| rule.reads(scope));
            Filter::new(scope, read.map(|(index, rule)| (index, &*rule.expressions)))
        };
        Self {
            prose: filter(Scope::Prose),
            actions: filter(Scope::Action),
            rules,
        }
    }

    /// What the rules find in `document`.
    pub(super) fn check(&self, document: &Document, context: &Context<'_>) -> Vec<Finding> {
        let mut reading = Reading {
            document,
            context,
            findings: Vec::new(),
        };
        let passages = document.passages();
        let sifted = self.prose.passages(&document.text, passages);
        for (passage, keys) in sifted {
            let Some(voice) = document.voice(passages[passage]) else {
                continue;
            };
            let small = voice.text().to_ascii_lowercase();
            for part in voice.parts() {
                let whole = Sentence::of(&voice, &small, part.clone());
                let keys = self.that_may_match(&keys, whole);
                if keys.is_empty() {
                    continue;
                }
                for range in voice.sentences(part) {
                    let sentence = Sentence::of(&voice, &small, range.clone());
                    // Who asks claims nothing.
                    if !sentence.written.ends_with('?') {
                        self.read(&mut reading, Scope::Prose, &voice, range, sentence, &keys);
                    }
                }
            }
        }
        for (_, item) in context.open_items(document) {
            let keys = self.actions.keys(&item.action);
            if !keys.is_empty() {
                let voice = document.promise(item);
                let small = voice.text().to_ascii_lowercase();
                let whole = 0..voice.text().len();
                let sentence = Sentence::of(&voice, &small, whole.clone());
                let before = reading.findings.len();
                self.read(&mut reading, Scope::Action, &voice, whole, sentence, &keys);
                // Of one item, a family speaks once, whatever the words.
                let of_item = reading.findings.split_off(before);
                reading
                    .findings
                    .extend(one_of_each_family(of_item, |_, _| true));
            }
        }
        let findings = reading.findings;
        // The language is the last thing asked, since few documents get so far.
        if findings.is_empty() || !document.is_english() {
            return Vec::new();
        }
        beside_each_other(findings)
            .into_iter()
            .flat_map(|group| one_of_each_family(group, |one, other| overlap(one.span, other.span)))
            .collect()
    }

    /// The patterns that match somewhere in several sentences: asking once for all of them spares asking for each.
    fn that_may_match(&self, keys: &[Key], sentences: Sentence<'_>) -> Vec<Key> {
        let may_match = |key: &&Key| {
            let rule = self.rules.get(key.rule);
            rule.is_some_and(|rule| rule.expressions.may_match(key.pattern, sentences))
        };
        keys.iter().filter(may_match).copied().collect()
    }

    /// Notes one finding for each rule that has one in the text `range` of `voice`, which is `both`.
    fn read(
        &self,
        reading: &mut Reading<'_>,
        scope: Scope,
        voice: &Voice,
        range: Range<usize>,
        both: Sentence<'_>,
        keys: &[Key],
    ) {
        let sentence = both.written;
        for of_rule in keys.chunk_by(|one, other| one.rule == other.rule) {
            let Some(rule) = of_rule.first().and_then(|key| self.rules.get(key.rule)) else {
                continue;
            };
            let hit = of_rule.iter().find_map(|key| {
                let captures = rule.expressions.find(key.pattern, both)?;
                let words = told(sentence, &captures);
                let span = voice.span(range.start + words.start..range.start + words.end);
                Some((
                    key.pattern,
                    Hit {
                        sentence,
                        span,
                        captures,
                    },
                ))
            });
            let Some((pattern, hit)) = hit else { continue };
            if rule.expressions.excepts(both) || reading.is_told_of_an_item(rule, scope, hit.span) {
                continue;
            }
            reading.note(rule, pattern, &hit);
        }
    }
}

/// One document while its words are looked at.
struct Reading<'a> {
    document: &'a Document,
    context: &'a Context<'a>,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    fn note(&mut self, rule: &Active, pattern: usize, hit: &Hit<'_>) {
        let wording = &rule.expressions.wording;
        let mut level = rule.level.min(wording.patterns[pattern].at_most());
        if let Some(judge) = rule.judge {
            level = level.min(judge(hit, self.document, self.context));
        }
        let words = hit.words().replace(MASK, "…");
        self.findings
            .extend(level.severity().map(|severity| Finding {
                rule: rule.id.clone(),
                severity,
                path: self.document.path.clone(),
                span: Some(hit.span),
                message: wording.message.replace("{words}", &quoted(&words)),
                remedy: wording.hint.clone(),
            }));
    }

    /// Whether a rule reads the words as those of an action item as well: it speaks of them once.
    fn is_told_of_an_item(&self, rule: &Active, scope: Scope, span: Span) -> bool {
        scope == Scope::Prose
            && rule.reads(Scope::Action)
            && self.document.item_around(span).is_some()
    }
}

/// Findings in groups, none of which overlaps with one of another group: there may be thousands of them.
fn beside_each_other(mut findings: Vec<Finding>) -> Vec<Vec<Finding>> {
    let span = |finding: &Finding| finding.span.unwrap_or_default();
    findings.sort_by_key(span);
    let mut groups: Vec<Vec<Finding>> = Vec::new();
    let mut end = 0;
    for finding in findings {
        let place = span(&finding);
        match groups.last_mut() {
            Some(group) if place.start < end => group.push(finding),
            _ => groups.push(vec![finding]),
        }
        end = end.max(place.end);
    }
    groups
}

/// Of findings of one family about the same, the most severe, and the first of equals.
fn one_of_each_family(
    mut findings: Vec<Finding>,
    is_same: fn(&Finding, &Finding) -> bool,
) -> Vec<Finding> {
    findings.sort_by(|a, b| {
        b.severity
            .cmp(&a.severity)
            .then_with(|| a.rule.cmp(&b.rule))
    });
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings {
        let is_told = kept
            .iter()
            .any(|kept| family(&kept.rule) == family(&finding.rule) && is_same(kept, &finding));
        if !is_told {
            kept.push(finding);
        }
    }
    kept
}

/// `BLAME` for `BLAME004`.
fn family(id: &str) -> &str {
    id.trim_end_matches(|c: char| c.is_ascii_digit())
}

fn overlap(one: Option<Span>, other: Option<Span>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one.start < other.end && other.start < one.end)
}
