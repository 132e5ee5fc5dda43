//! Reads how far an item is: from a cell, from the words of a list item, or from a heading.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    Vocabulary,
    inline::{Inline, overlap},
    links,
};
use crate::model::{
    item::{StatusWord, Written},
    status::Status,
};

/// What a status cell says.
#[derive(Clone, Debug, Default)]
pub(super) struct CellStatus {
    pub(super) status: Option<Written<StatusWord>>,
    /// The overdue flag, with the blanks before it, as a range of the text.
    pub(super) flag: Option<Range<usize>>,
}

/// A status in the words of a sentence, and what of the text is nothing else.
pub(super) struct Spoken {
    pub(super) status: Status,
    /// The words, as a range of the text.
    pub(super) words: Range<usize>,
    /// What goes from the action's text; empty where the words are part of the sentence.
    pub(super) cut: Range<usize>,
    /// The brackets' inside, flag included, where the status has brackets of its own.
    pub(super) place: Option<Range<usize>>,
}

impl Spoken {
    /// A status without a place of its own.
    fn new(status: Status, words: Range<usize>, cut: Range<usize>) -> Self {
        Self {
            status,
            words,
            cut,
            place: None,
        }
    }
}

/// Reads a status cell: the first words outside brackets, links and struck text.
pub(super) fn cell(inline: &Inline, links: &[links::Found], vocabulary: &Vocabulary) -> CellStatus {
    let flag = flag(&inline.text, vocabulary);
    let end = flag.as_ref().map_or(inline.text.len(), |flag| flag.start);
    let mut holes: Vec<Range<usize>> = inline.struck.clone();
    holes.extend(links.iter().map(|found| found.visible.clone()));
    holes.extend(brackets(&inline.text));
    holes.sort_by_key(|hole| hole.start);
    let mut from = 0;
    let mut status = None;
    for hole in holes.into_iter().chain(std::iter::once(end..end)) {
        let to = hole.start.min(end);
        if from < to && status.is_none() {
            status = segment(inline, from..to, vocabulary);
        }
        from = from.max(hole.end);
    }
    CellStatus { status, flag }
}

/// The overdue flag at the end of a cell, with the blanks before it.
pub(super) fn flag(text: &str, vocabulary: &Vocabulary) -> Option<Range<usize>> {
    let flag = vocabulary.flag.trim();
    let visible = text.trim_end();
    if flag.is_empty() {
        return None;
    }
    let rest = visible.strip_suffix(flag)?;
    Some(rest.trim_end().len()..visible.len())
}

/// The range without the overdue flag at its end.
pub(super) fn unflagged(text: &str, range: Range<usize>, vocabulary: &Vocabulary) -> Range<usize> {
    let flag = flag(&text[range.clone()], vocabulary);
    let end = flag.map_or(range.end, |flag| range.start + flag.start);
    range.start..end
}

/// Reads one run of words of a status cell.
fn segment(
    inline: &Inline,
    range: Range<usize>,
    vocabulary: &Vocabulary,
) -> Option<Written<StatusWord>> {
    let words = trimmed(&inline.text, range);
    let text = &inline.text[words.clone()];
    if vocabulary.is_placeholder(text) {
        return None;
    }
    let (value, words) = if let Some(status) = vocabulary.status(text) {
        (StatusWord::Known(status), words)
    } else if let Some((length, status)) = known_start(text, vocabulary) {
        (StatusWord::Known(status), words.start..words.start + length)
    } else if let Some((_, status)) = vocabulary.sign(text) {
        (StatusWord::Known(status), words)
    } else {
        (StatusWord::Unknown, words)
    };
    Some(written(inline, value, words))
}

/// A status with the words at `words`.
pub(super) fn written(
    inline: &Inline,
    value: StatusWord,
    words: Range<usize>,
) -> Written<StatusWord> {
    Written {
        value,
        text: super::fold::squeeze(&inline.text[words.clone()]),
        span: inline.span(words),
    }
}

/// Longest run of words at the start that is a status: `Done in March` → `Done`.
fn known_start(text: &str, vocabulary: &Vocabulary) -> Option<(usize, Status)> {
    let first = text.len() - text.trim_start_matches(char::is_alphanumeric).len();
    if first > 0 && !vocabulary.may_begin_status(&text[..first]) {
        return None;
    }
    let ends = text
        .char_indices()
        .filter(|(_, c)| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '_'))
        .map(|(at, _)| at)
        .filter(|at| *at > 0)
        .chain([text.len()])
        .take(7);
    let mut best = None;
    for end in ends {
        let words = text[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
        if words.chars().any(char::is_alphanumeric)
            && let Some(status) = vocabulary.status(words)
        {
            best = Some((words.len(), status));
        }
    }
    best
}

/// The range without blanks and the punctuation that joins a status to what follows.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = &text[range.clone()];
    let loose = |c: char| c.is_whitespace() || "-–—:,;|/.→".contains(c);
    let start = range.start + whole.len() - whole.trim_start_matches(loose).len();
    start..start + whole.trim_matches(loose).len()
}

/// The bracketed parts of a text, outermost only.
pub(super) fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // Most texts have no byte with which a bracket begins.
    if memchr::memchr3(b'(', b'[', "（".as_bytes()[0], text.as_bytes()).is_none() {
        return found;
    }
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '[' => open.push(at),
            ')' | '）' | ']' => {
                if let Some(start) = open.pop()
                    && open.is_empty()
                {
                    found.push(start..at + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    found
}

/// A bracketed part without its brackets.
pub(super) fn inside(text: &str, group: &Range<usize>) -> Range<usize> {
    let whole = &text[group.clone()];
    let first = whole.chars().next().map_or(0, char::len_utf8);
    let last = whole.chars().next_back().map_or(0, char::len_utf8);
    let start = group.start + first;
    start..(group.end - last).max(start)
}

/// The status that the words of a list item state, whatever its box says.
pub(super) fn spoken(inline: &Inline, vocabulary: &Vocabulary) -> Option<Spoken> {
    set_apart(inline, vocabulary).or_else(|| declared(inline, vocabulary))
}

/// The status that stands before, behind or beside the words of a list item, and in none of their sentences.
pub(super) fn set_apart(inline: &Inline, vocabulary: &Vocabulary) -> Option<Spoken> {
    leading(inline, vocabulary)
        .or_else(|| bracketed(inline, vocabulary))
        .or_else(|| trailing(inline, vocabulary))
}

/// `✅ …`, `DONE: …`, `[Done] …`, `**COMPLETED (PR #12)**: …`, `Ticket raised to …`
fn leading(inline: &Inline, vocabulary: &Vocabulary) -> Option<Spoken> {
    let text = inline.text.as_str();
    let start = text.len() - text.trim_start().len();
    let sign = vocabulary
        .sign(&text[start..])
        .filter(|(length, _)| !marks_importance(&text[start + length..]));
    let after = start + sign.map_or(0, |(length, _)| length);
    let from = after + text[after..].len() - text[after..].trim_start().len();
    let framed = text[from..].starts_with('[');
    let head_from = from + usize::from(framed);
    let head = &text[head_from..];
    let length = head
        .char_indices()
        .take(40)
        .find(|(_, c)| {
            matches!(c, ':' | '：' | '(' | '（' | ']' | '–' | '—') || framed && *c == ','
        })
        .map_or(0, |(at, _)| at);
    if length > 0
        && let Some(status) = vocabulary.status(head[..length].trim_end_matches(['-', ' ']))
    {
        let mut end = head_from + length;
        if text[end..].starts_with(['(', '（'])
            && let Some(group) = brackets(&text[end..]).first()
        {
            end += group.end;
        }
        let joins = text[end..].starts_with([':', '：', '–', '—', ']']) || sign.is_some();
        let whole = joins || bold(inline, &(head_from..head_from + length));
        let words =
            if framed { head_from } else { start }..head_from + head[..length].trim_end().len();
        if framed && text[end..].starts_with(',') {
            // Further fields stand in the same brackets.
            return Some(Spoken::new(status, words.clone(), words));
        }
        if whole {
            let cut = end + text[end..].len()
                - text[end..]
                    .trim_start_matches([':', '：', '–', '—', ']', ' '])
                    .len();
            return Some(Spoken::new(status, words, start..cut));
        }
    }
    loud(inline, head_from, start, vocabulary)
        .or_else(|| {
            let sign = sign.map(|(length, status)| (status, start..start + length))?;
            Some(Spoken::new(sign.0, sign.1.clone(), sign.1))
        })
        .or_else(|| {
            // Several words, such as "ticket raised": one word alone may begin an ordinary sentence
            // ("Open the port").
            let (length, status) = known_start(head, vocabulary)?;
            let several = status == Status::InProgress && head[..length].contains(' ');
            let words = head_from..head_from + length;
            several.then(|| Spoken::new(status, words, head_from..head_from))
        })
}

/// Whether a coloured sign before this text shows how important something is: `🟢 P3: …`.
fn marks_importance(rest: &str) -> bool {
    let rest = rest.trim_start();
    let word = rest
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let level = word
        .strip_prefix(['P', 'p'])
        .is_some_and(|level| matches!(level.as_bytes(), [b'0'..=b'5']));
    let grade = ["low", "medium", "high", "critical"]
        .iter()
        .any(|grade| word.eq_ignore_ascii_case(grade));
    level
        || grade
            && rest[word.len()..].starts_with([':', ' '])
            && rest[word.len()..]
                .trim_start_matches(" priority")
                .starts_with(':')
}

/// `DONE add an alert`, `**Done** add an alert`
fn loud(inline: &Inline, at: usize, start: usize, vocabulary: &Vocabulary) -> Option<Spoken> {
    let word = inline.text[at..]
        .split(|c: char| !c.is_alphanumeric())
        .next()?;
    let range = at..at + word.len();
    let capitals = word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase());
    let bold = !word.is_empty() && inline.strong.contains(&range);
    let status = vocabulary.status(word).filter(|_| capitals || bold)?;
    Some(Spoken::new(status, start..range.end, start..range.end))
}

fn bold(inline: &Inline, range: &Range<usize>) -> bool {
    inline
        .strong
        .iter()
        .any(|strong| strong.start <= range.start && range.end <= strong.end)
}

/// Words with which it goes on where, when or how something was done.
const JOINS: [&str; 11] = [
    "in ", "by ", "via ", "with ", "as ", "on ", "at ", "during ", "since ", "after ", "this ",
];

/// `… (Done)`, `… (issue created)`, `… (monitoring done in the dashboard)`, `… (completed: 72f0f55)`
fn bracketed(inline: &Inline, vocabulary: &Vocabulary) -> Option<Spoken> {
    let text = inline.text.as_str();
    for group in brackets(text).into_iter().rev() {
        if inline.in_code(&group) {
            continue;
        }
        let place = trimmed(text, inside(text, &group));
        let inner = unflagged(text, place.clone(), vocabulary);
        let words = text.get(inner.clone()).unwrap_or_default();
        let words_range = |length: usize| inner.start..inner.start + length;
        if let Some(status) = vocabulary.status(words) {
            let in_link = inline
                .links
                .iter()
                .any(|link| overlap(&link.visible, &group));
            let cut = if in_link { 0..0 } else { group };
            return Some(Spoken {
                place: (!in_link).then_some(place),
                ..Spoken::new(status, words_range(words.len()), cut)
            });
        }
        let mut ends = words.match_indices(' ').map(|(at, _)| at).take(2);
        let first = ends.next();
        let second = ends.next();
        for (from, to) in [(0, first), (first.map_or(0, |at| at + 1), second)] {
            let Some(to) = to else { continue };
            let joined = JOINS.iter().any(|join| words[to + 1..].starts_with(join));
            let named = words[..to].ends_with(':');
            if from <= to
                && (joined || named)
                && vocabulary.status(&words[from..to]) == Some(Status::Done)
            {
                let length = words[..to].trim_end_matches(':').len();
                return Some(Spoken::new(Status::Done, words_range(length), 0..0));
            }
        }
    }
    None
}

/// `… . DONE in #12`, `… . PR exists`, `… - done`
fn trailing(inline: &Inline, vocabulary: &Vocabulary) -> Option<Spoken> {
    const ENDS: [&str; 4] = [" - ", " – ", " — ", "。"];
    let text = &inline.text[..links::suffix_start(inline)];
    let visible = text.trim_end();
    let at = visible
        .rmatch_indices([' ', '。'])
        .map(|(at, last)| at + last.len())
        .find(|at| match visible.as_bytes()[..*at] {
            [.., b'.' | b'!' | b';' | b':', b' '] => true,
            // Most blanks stand behind a letter.
            [.., letter, b' '] if letter.is_ascii_alphanumeric() => false,
            _ => ENDS.iter().any(|end| visible[..*at].ends_with(end)),
        })?;
    let tail = trimmed(text, at..text.len());
    let words = &text[tail.clone()];
    if let Some(status) = vocabulary
        .status(words)
        .filter(|_| words.chars().count() <= 40)
    {
        return Some(Spoken::new(status, tail.clone(), tail));
    }
    let word = words.split(' ').next().unwrap_or_default();
    let loud = word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase());
    let status = vocabulary.status(word).filter(|_| loud)?;
    let words = tail.start..tail.start + word.len();
    Some(Spoken::new(status, words, tail.start..text.len()))
}

/// `This has been done`, `It is a work in progress and …` at the start of a sentence.
pub(super) fn declared(inline: &Inline, vocabulary: &Vocabulary) -> Option<Spoken> {
    static SUBJECT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i-u)(?:^|[.:!] )\s*(?P<subject>(?:this|it|that)(?: has been| have been| is| was)(?: now| already)? )").ok()
    });
    let text = inline.text.as_str();
    let begins = |sentence: &[u8]| {
        let first = sentence.trim_ascii_start().first();
        first.is_some_and(|first| matches!(first, b'T' | b't' | b'I' | b'i'))
    };
    let mut sentences = text
        .as_bytes()
        .split(|byte| matches!(byte, b'.' | b':' | b'!'));
    let pattern = SUBJECT.as_ref().filter(|_| sentences.any(begins))?;
    for captures in pattern.captures_iter(text) {
        let subject = captures.name("subject")?;
        if let Some((length, status)) = known_start(&text[subject.end()..], vocabulary) {
            let words = subject.start()..subject.end() + length;
            return Some(Spoken::new(status, words, 0..0));
        }
    }
    None
}
