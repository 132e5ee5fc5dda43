//! Finds fields that are marked inside a sentence: `owner: …`, `due: …`, `by 2024-02-01`, `status: …`.

use std::{ops::Range, sync::OnceLock};

use regex::Regex;

use super::{Vocabulary, dates, inline::Inline, statuses};

/// What a mark announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Owner,
    Due,
    Status,
}

/// A marked field.
pub(super) struct Marked {
    pub(super) mark: Mark,
    /// The value, as a range of the text.
    pub(super) value: Range<usize>,
    /// Mark and value, as a range of the text.
    pub(super) whole: Range<usize>,
}

/// The patterns of all marks, made once for a vocabulary, where a text first needs them.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns {
    named: OnceLock<Option<Regex>>,
    loose: OnceLock<Option<Regex>>,
}

/// Names of the lists of marks.
const OWNER: &str = "owner-marks";
const DUE: &str = "due-marks";
const LOOSE_DUE: &str = "loose-due-marks";
const STATUS: &str = "status-marks";

/// Whether a text may begin with a mark; most texts cannot, by their first letter.
pub(super) fn may_begin(text: &str, vocabulary: &Vocabulary) -> bool {
    let mut lists = [OWNER, DUE, LOOSE_DUE, STATUS].into_iter();
    lists.any(|list| {
        vocabulary
            .words(list)
            .is_some_and(|words| words.may_begin(text))
    })
}

/// Marks with a colon behind them.
fn named_pattern(vocabulary: &Vocabulary) -> Option<&Regex> {
    let pattern = vocabulary.marks.named.get_or_init(|| {
        Regex::new(&format!(
            r"(?i)(?:(?P<owner>{})|(?P<due>{})|(?P<status>{}))\s*[:：]\s*",
            any_of(vocabulary, &[OWNER]),
            any_of(vocabulary, &[DUE]),
            any_of(vocabulary, &[STATUS])
        ))
        .ok()
    });
    pattern.as_ref()
}

/// Marks of a date that need no colon.
fn loose_pattern(vocabulary: &Vocabulary) -> Option<&Regex> {
    let pattern = vocabulary.marks.loose.get_or_init(|| {
        Regex::new(&format!(
            r"(?i)(?:{})(?:\s+(?:on|by|is|at|at the latest|the))?\s+",
            any_of(vocabulary, &[DUE, LOOSE_DUE])
        ))
        .ok()
    });
    pattern.as_ref()
}

/// A pattern for the words of the lists, longest first.
fn any_of(vocabulary: &Vocabulary, lists: &[&str]) -> String {
    let mut words: Vec<&str> = lists
        .iter()
        .flat_map(|list| vocabulary.list(list).chain(vocabulary.accented(list)))
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let words: Vec<String> = words
        .iter()
        .map(|word| regex::escape(word).replace(' ', r"[\s_-]"))
        .collect();
    words.join("|")
}

/// The marked fields of a text, in order.
pub(super) fn find(inline: &Inline, vocabulary: &Vocabulary) -> Vec<Marked> {
    let text = inline.text.as_str();
    let mut starts: Vec<(Mark, Range<usize>)> = Vec::new();
    let has_colon = text.contains([':', '：']);
    if let Some(pattern) = has_colon.then(|| named_pattern(vocabulary)).flatten() {
        for captures in pattern.captures_iter(text) {
            let Some(whole) = captures.get(0) else {
                continue;
            };
            if !bordered(text, whole.start()) || inline.in_code(&whole.range()) {
                continue;
            }
            let mark = if captures.name("owner").is_some() {
                Mark::Owner
            } else if captures.name("due").is_some() {
                Mark::Due
            } else {
                Mark::Status
            };
            starts.push((mark, whole.range()));
        }
    }
    let end = super::links::suffix_start(inline);
    let mut found: Vec<Marked> = Vec::new();
    for (index, (mark, whole)) in starts.iter().enumerate() {
        let limit = starts
            .get(index + 1)
            .map_or(end.max(whole.end), |(_, next)| next.start);
        let mut value = value(text, whole.end..limit);
        if *mark == Mark::Due
            && let Some(date) =
                dates::first(&text[value.clone()], vocabulary).filter(|date| date.start == 0)
        {
            value.end = value.start + date.end;
        }
        // "Owner: ann (DONE)": the brackets say how far it is, not who.
        if *mark == Mark::Owner
            && let Some(group) = statuses::brackets(&text[value.clone()]).pop()
            && group.end == value.len()
            && let inside = statuses::inside(&text[value.clone()], &group)
            && vocabulary.status(&text[value.clone()][inside]).is_some()
        {
            value.end = trimmed(text, value.start..value.start + group.start);
        }
        found.push(Marked {
            mark: *mark,
            whole: whole.start..value.end,
            value,
        });
    }
    if !found.iter().any(|marked| marked.mark == Mark::Due)
        && let Some(due) = loose(inline, vocabulary)
    {
        for marked in &mut found {
            if marked.value.contains(&due.whole.start) {
                marked.value.end = trimmed(text, marked.value.start..due.whole.start);
                marked.whole.end = marked.value.end;
            }
        }
        found.push(due);
    }
    found
}

/// `by 2024-02-01`, `(due Feb 1, 2024)`: a mark without a colon needs a full date right behind it.
fn loose(inline: &Inline, vocabulary: &Vocabulary) -> Option<Marked> {
    let text = inline.text.as_str();
    let pattern = dates::has_year(text)
        .then(|| loose_pattern(vocabulary))
        .flatten()?;
    pattern.find_iter(text).find_map(|mark| {
        if !bordered(text, mark.start()) || inline.in_code(&mark.range()) {
            return None;
        }
        let rest = &text[mark.end()..];
        let window = rest.char_indices().nth(40).map_or(rest.len(), |(at, _)| at);
        let date = dates::first(&rest[..window], vocabulary).filter(|date| date.start == 0)?;
        let value = mark.end()..mark.end() + date.end;
        Some(Marked {
            mark: Mark::Due,
            whole: mark.start()..value.end,
            value,
        })
    })
}

/// Whether no letter stands right before the mark.
fn bordered(text: &str, at: usize) -> bool {
    text[..at]
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '-' || super::fold::is_wide(c))
}

/// The value behind a mark: up to the end of the sentence or of the bracket around it.
fn value(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = &text[range.clone()];
    let mut depth = 0_usize;
    let mut end = whole.len();
    for (at, c) in whole.char_indices() {
        let rest = &whole[at + c.len_utf8()..];
        let ends = match c {
            ')' | ']' | '）' | ';' | '|' | '。' | '；' | '、' => depth == 0,
            '.' => rest.is_empty() || rest.starts_with(' '),
            '-' => rest.starts_with(' ') && whole[..at].ends_with(' '),
            '—' | '–' => true,
            _ => false,
        };
        if ends {
            end = at;
            break;
        }
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth -= 1,
            _ => {}
        }
    }
    range.start..trimmed(text, range.start..range.start + end)
}

/// Where a value ends without the separators behind it.
fn trimmed(text: &str, range: Range<usize>) -> usize {
    let kept = text[range.clone()]
        .trim_end_matches(|c: char| c.is_whitespace() || ",、([（-–—*".contains(c));
    range.start + kept.len()
}
