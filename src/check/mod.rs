//! Rules over documents: what is wrong, where, and the way out.
//!
//! Imports: model, document.

pub mod rules;
pub mod wording;

mod absent;
mod cause;
mod explained;
mod names;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, collections::BTreeMap};

use chrono::NaiveDate;

use self::wording::{Worded, Wordings};
use crate::{
    document::Document,
    model::{
        config::{Config, Level},
        finding::{Finding, Severity},
        item::ActionItem,
        span::Span,
        status::Status,
    },
};

/// What a rule may look at besides the document.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// Configuration.
    pub config: &'a Config,
    /// The day of the run in the configured zone.
    pub today: NaiveDate,
    /// Status by the issue, for items whose issue was read: path and index of the item → status. It counts
    /// more than the document's. Empty where nothing but documents was read.
    pub known: BTreeMap<(&'a str, usize), Status>,
}

impl<'a> Context<'a> {
    /// The context of a run that reads documents only.
    #[must_use]
    pub const fn new(config: &'a Config, today: NaiveDate) -> Self {
        Self {
            config,
            today,
            known: BTreeMap::new(),
        }
    }

    /// The items of `document` that are not settled, each with its index.
    pub fn open_items<'d>(
        &self,
        document: &'d Document,
    ) -> impl Iterator<Item = (usize, &'d ActionItem)> {
        let items = document.items.iter().enumerate();
        items.filter(|(index, _)| !self.is_settled(document, *index))
    }

    /// Whether nothing is left to do about the item with this index.
    #[must_use]
    pub fn is_settled(&self, document: &Document, index: usize) -> bool {
        let known = self.known.get(&(document.path.as_str(), index)).copied();
        let stated = || document.items.get(index).map(ActionItem::stated_status);
        known.or_else(stated).is_some_and(Status::is_settled)
    }
}

/// How a rule looks at one document.
pub type Check = fn(&Document, &Context<'_>, &mut Found<'_>);

/// One row of the table of rules, the single source of checks, configuration keys, `explain`, SARIF and README.
#[derive(Debug)]
pub struct Rule {
    /// Stable id, such as `FOLLOW001`.
    pub id: Cow<'static, str>,
    /// Readable name, such as `owner-missing`; a key of the configuration as well.
    pub name: Cow<'static, str>,
    /// Level without configuration.
    pub default: Level,
    /// The lines of the rule's documentation as the compiler keeps them; read it with [`Rule::page`].
    pub doc: Cow<'static, str>,
    /// Looks at one document; `None` for a rule about words, and for one that another stage fires.
    pub check: Option<Check>,
    /// The words of a rule about words.
    pub wording: Option<Worded>,
}

impl Rule {
    /// The rule's page: a sentence, then Markdown with `# What it checks`, `# Why it matters`, `# Example`,
    /// `# How to fix it`.
    #[must_use]
    pub fn page(&self) -> String {
        self.doc
            .lines()
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The first sentence of the page.
    #[must_use]
    pub fn summary(&self) -> &str {
        self.doc.lines().next().unwrap_or_default().trim()
    }

    /// One section of the page, such as `What it checks`, without its heading; empty where there is none.
    #[must_use]
    pub fn section(&self, heading: &str) -> String {
        let mut in_code = false;
        let mut is_inside = false;
        let mut body = Vec::new();
        let page = self.page();
        for line in page.lines() {
            in_code ^= line.starts_with("```");
            // A `#` in an example is no heading of the page.
            match line.strip_prefix("# ").filter(|_| !in_code) {
                Some(text) => is_inside = text == heading,
                None if is_inside => body.push(line),
                None => {}
            }
        }
        body.join("\n").trim().to_owned()
    }

    /// The level that the configuration sets by id or name, else the default.
    #[must_use]
    pub fn level(&self, config: &Config) -> Level {
        config
            .rules
            .iter()
            .find(|(key, _)| self.is_called(key))
            .map_or(self.default, |(_, level)| *level)
    }

    /// Whether `word` is the rule's id or name; case does not count.
    #[must_use]
    pub fn is_called(&self, word: &str) -> bool {
        word.eq_ignore_ascii_case(&self.id) || word.eq_ignore_ascii_case(&self.name)
    }
}

/// A finding of `rule` at its configured severity; `None` where the rule is off. For stages that find what no
/// document alone shows.
#[must_use]
pub fn finding(
    rule: &Rule,
    config: &Config,
    path: &str,
    span: Option<Span>,
    message: impl Into<String>,
    remedy: impl Into<String>,
) -> Option<Finding> {
    Some(Finding {
        rule: rule.id.clone(),
        severity: rule.level(config).severity()?,
        path: path.to_owned(),
        span,
        message: message.into(),
        remedy: remedy.into(),
    })
}

/// Takes what one rule finds in one document.
#[derive(Debug)]
pub struct Found<'a> {
    rule: &'a Rule,
    path: &'a str,
    severity: Severity,
    findings: Vec<Finding>,
}

impl Found<'_> {
    /// Notes a finding at `span`; `None` where the whole document is meant.
    pub fn add(
        &mut self,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let finding = Finding {
            rule: self.rule.id.clone(),
            severity: self.severity,
            path: self.path.to_owned(),
            span: span.into(),
            message: message.into(),
            remedy: remedy.into(),
        };
        // A date in a heading is the date of every item below it, and is told of once.
        if self.findings.last() != Some(&finding) {
            self.findings.push(finding);
        }
    }
}

/// All findings in `documents`, in the order of documents, places and rules; what concerns a whole document
/// comes first.
#[must_use]
pub fn run(documents: &[Document], context: &Context<'_>) -> Vec<Finding> {
    let review = Review::new(context.config);
    documents
        .iter()
        .flat_map(|document| review.of_document(document, context))
        .collect()
}

/// The rules that look at documents and are on.
pub struct Review {
    checks: Vec<(&'static Rule, Severity, Check)>,
    wordings: Wordings,
}

impl Review {
    /// The rules that `config` leaves switched on.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let checks = rules::ALL
            .iter()
            .filter_map(|rule| Some((*rule, rule.level(config).severity()?, rule.check?)));
        Self {
            checks: checks.collect(),
            wordings: Wordings::new(config),
        }
    }

    /// What the rules find in one document, in the order of places and rules; what concerns the whole document comes
    /// first. All findings of a document pass here before anything counts them.
    #[must_use]
    pub fn of_document(&self, document: &Document, context: &Context<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (rule, severity, check) in &self.checks {
            let mut found = Found {
                rule,
                path: &document.path,
                severity: *severity,
                findings: Vec::new(),
            };
            check(document, context, &mut found);
            findings.append(&mut found.findings);
        }
        findings.append(&mut self.wordings.check(document, context));
        sort(&mut findings);
        findings
    }
}

/// Puts the findings of several stages into the order of paths, places and rules.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let start = |finding: &Finding| finding.span.map(|span| span.start);
        let place = a.path.cmp(&b.path).then_with(|| start(a).cmp(&start(b)));
        place.then_with(|| a.rule.cmp(&b.rule))
    });
}

/// “The action”, short enough for a message.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("“{}”", crate::model::escape::truncate_line(text, 60))
}

/// `a, b and c`.
#[must_use]
pub fn enumerated(words: &[impl AsRef<str>]) -> Cow<'static, str> {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        None => Cow::Borrowed(""),
        Some((last, [])) => Cow::Owned((*last).to_owned()),
        Some((last, rest)) => Cow::Owned(format!("{} and {last}", rest.join(", "))),
    }
}
