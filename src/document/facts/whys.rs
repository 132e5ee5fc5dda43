//! Reads chains of whys: lists, nested or not, tables, headings, and lines that begin with “Why 1:”.

use super::{
    items::nodes,
    tables::Table,
    walk::{Collect, heading_text},
    written,
};
use crate::{
    document::{
        Source, blocks::Kind, fold::fold, inline::Inline, sections::Head, tables::row_span,
    },
    model::{
        analysis::{Why, WhyChain},
        item::Written,
        span::Span,
    },
};

#[derive(Default)]
pub(super) struct Whys {
    chains: Vec<WhyChain>,
}

/// A text of a chain, taken apart.
struct Step {
    /// The number that it gives itself.
    number: Option<usize>,
    /// Whether it says of itself that it is a why.
    is_marked: bool,
    question: Option<Written<()>>,
    answer: Option<Written<()>>,
}

impl Whys {
    pub(super) fn finish(mut self) -> Vec<WhyChain> {
        self.chains.retain(|chain| !chain.steps.is_empty());
        self.chains
    }

    fn begin(&mut self) {
        self.chains.push(WhyChain { steps: Vec::new() });
    }

    fn last(&mut self) -> Option<&mut Why> {
        self.chains.last_mut()?.steps.last_mut()
    }

    /// Adds a step; its own number counts more than `level`. The first of a chain begins a new one.
    fn push(&mut self, step: Step, level: usize, span: Span) {
        let level = step.number.unwrap_or(level);
        if level <= 1 || self.chains.is_empty() {
            self.begin();
        }
        if let Some(chain) = self.chains.last_mut() {
            chain.steps.push(Why {
                level,
                question: step.question,
                answer: step.answer,
                span,
            });
        }
    }

    fn next_level(&self) -> usize {
        let steps = self.chains.last().map(|chain| &chain.steps);
        steps
            .and_then(|steps| steps.last())
            .map_or(1, |why| why.level + 1)
    }

    /// Takes a text as the answer that the last question waits for; whether one did.
    fn answer(&mut self, inline: &Inline) -> bool {
        let Some(last) = self.last() else {
            return false;
        };
        let waits = last.answer.is_none() && !inline.text.trim().is_empty();
        if waits {
            let answer = written(inline, 0..inline.text.len());
            last.span.end = last.span.end.max(answer.span.end);
            last.answer = Some(answer);
        }
        waits
    }
}

impl Collect for Whys {
    fn heading(&mut self, source: &Source<'_>, head: &Head, opens: bool) {
        if opens {
            self.begin();
            return;
        }
        let inline = heading_text(source, head);
        let step = step(source, &inline);
        if step.is_marked {
            let level = self.next_level();
            self.push(step, level, head.span);
        } else {
            self.begin();
        }
    }

    fn list(&mut self, _source: &Source<'_>, _block: usize) {
        let waits = self.last().is_some_and(|last| last.answer.is_none());
        if !waits {
            self.begin();
        }
    }

    fn item(&mut self, source: &Source<'_>, block: usize) {
        let nodes = nodes(source, block);
        // The level of each item that is a step.
        let mut levels: Vec<Option<usize>> = Vec::with_capacity(nodes.len());
        for node in &nodes {
            let step = step(source, &node.inline);
            let around = node.parent.and_then(|parent| levels[parent]);
            let says_nothing = step.question.is_none() && step.answer.is_none();
            if says_nothing || source.vocabulary.is_placeholder(&node.inline.text) {
                levels.push(around);
                continue;
            }
            let is_answer =
                !step.is_marked && self.last().is_some_and(|last| last.answer.is_none());
            if is_answer
                && (node.depth > 0 || self.last().is_some_and(|last| last.question.is_some()))
            {
                self.answer(&node.inline);
                levels.push(around);
                continue;
            }
            // Below a question with its answer, plain lines are details; below a statement they go on.
            let goes_on = self.last().is_none_or(|last| last.question.is_none());
            if node.depth > 0 && !step.is_marked && !goes_on {
                levels.push(around);
                continue;
            }
            let level = match around {
                Some(around) => around + 1,
                None => self.next_at_top(),
            };
            levels.push(Some(step.number.unwrap_or(level)));
            let span = source.outline.blocks[node.block].span;
            self.push(step, level, span);
            // The answer may be the next paragraph of the same item.
            if let Some(next) = source.outline.children(node.block).nth(1)
                && source.outline.blocks[next].kind == Kind::Paragraph
            {
                self.answer(&source.paragraph(source.outline.blocks[next].span));
            }
        }
    }

    fn table(&mut self, source: &Source<'_>, block: usize) {
        let Some(table) = Table::read(source, block) else {
            return;
        };
        self.begin();
        let answers = table.column(source, "answer-columns");
        let numbers = table.header.first().is_some_and(|header| {
            let folded = fold(&header.text);
            folded.is_empty() || matches!(folded.as_str(), "no" | "nr" | "level" | "step")
        });
        for row in table.rows {
            let mut cells = row.cells.iter().enumerate().filter(|(at, cell)| {
                Some(*at) != answers
                    && !(numbers && *at == 0)
                    && !source.vocabulary.is_placeholder(&cell.text)
            });
            let Some((_, first)) = cells.next() else {
                continue;
            };
            let mut step = step(source, first);
            let second = answers
                .and_then(|at| row.cells.get(at))
                .or(cells.next().map(|(_, cell)| cell));
            if let Some(second) = second.filter(|cell| !cell.text.trim().is_empty()) {
                let answer = written(second, 0..second.text.len());
                // What stands beside the answer is the question, with or without its mark.
                step.question = step.question.or(step.answer);
                step.answer = Some(answer);
            }
            let level = self.next_level();
            self.push(step, level, row_span(source, row.span));
        }
    }

    fn paragraph(&mut self, source: &Source<'_>, block: usize) {
        let span = source.outline.blocks[block].span;
        let mut has_steps = false;
        for line in source.lines_of(span) {
            let inline = Inline::paragraph(source.text, &[line], &source.references);
            let step = step(source, &inline);
            // "Porque" begins answers, too.
            let answers = step.number.is_none()
                && !inline.text.contains(['?', '？'])
                && self
                    .last()
                    .is_some_and(|last| last.answer.is_none() && asks(last));
            if step.is_marked && !answers {
                let level = self.next_level();
                self.push(step, level, line);
                has_steps = true;
            } else if has_steps {
                self.answer(&inline);
            }
        }
        if !has_steps {
            self.answer(&source.paragraph(span));
        }
    }
}

impl Whys {
    /// The level of an item at the top of a list: one more than the one before, or 1 again behind a nested chain.
    fn next_at_top(&self) -> usize {
        let steps = self.chains.last().map_or(&[][..], |chain| &chain.steps);
        let is_flat = steps
            .windows(2)
            .all(|pair| !pair[0].span.contains(pair[1].span));
        if is_flat { self.next_level() } else { 1 }
    }
}

/// Whether a step has a question with its mark.
fn asks(why: &Why) -> bool {
    let question = why.question.as_ref();
    question.is_some_and(|question| question.text.trim_end().ends_with(['?', '？']))
}

/// Takes a text apart: `Why 1:`, question, answer.
fn step(source: &Source<'_>, inline: &Inline) -> Step {
    let text = inline.text.as_str();
    let start = text.len() - text.trim_start().len();
    let label = label(source, &text[start..]);
    let from = start
        + label
            .as_ref()
            .map_or_else(|| opening(&text[start..]), |(length, _)| *length);
    let is_why = source
        .vocabulary
        .begins_with("why-words", text[from..].trim_start_matches('¿'))
        .is_some();
    let mark = text[from..]
        .find(['?', '？'])
        .map(|at| from + at + text[from + at..].chars().next().map_or(1, char::len_utf8));
    let (question, rest) = match mark {
        Some(end) => (Some(written(inline, from..end)), end),
        None if is_why => (Some(written(inline, from..text.len())), text.len()),
        None => (None, from),
    };
    let joins = |c: char| c.is_whitespace() || "→-–—:：>*=".contains(c);
    let bare = text[rest..].trim_start_matches(joins);
    let answer =
        (!bare.trim().is_empty()).then(|| written(inline, text.len() - bare.len()..text.len()));
    Step {
        number: label.as_ref().and_then(|(_, number)| *number),
        is_marked: label.is_some() || is_why,
        question,
        answer,
    }
}

/// Length of a number before a question.
fn opening(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = text[digits..]
        .strip_prefix(['.', ')'])
        .filter(|_| (1..=2).contains(&digits));
    let rest = numbered.map_or(text, str::trim_start);
    text.len() - rest.len()
}

/// Length of `Why 1:`, `Why #2 -` or `なぜ3：` and its number.
fn label(source: &Source<'_>, text: &str) -> Option<(usize, Option<usize>)> {
    let why = source.vocabulary.begins_with("why-words", text)?;
    let rest = text[why..].trim_start_matches([' ', '#']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &rest[digits..];
    let bare = behind.trim_start_matches([' ', ':', '：', '.', ')', '-', '–', '—', '?', '？']);
    let is_label = digits > 0 && digits < 3 && bare.len() < behind.len().max(1)
        || digits > 0 && behind.is_empty()
        || digits == 0 && behind.trim_start().starts_with([':', '：']);
    is_label.then(|| (text.len() - bare.len(), rest[..digits].parse().ok()))
}
