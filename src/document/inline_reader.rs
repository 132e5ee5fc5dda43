//! Walks over the inline Markdown of one paragraph or cell.

use std::{collections::BTreeMap, ops::Range};

use super::{
    bare_url,
    characters::Characters,
    emphasis::Emphasis,
    entities,
    inline::{Anchor, Inline, References, fold_label},
    scan,
};
use crate::model::span::Span;

/// A `[` that may yet open a link.
struct Bracket {
    source: usize,
    visible: usize,
    image: bool,
}

pub(super) struct Reader<'a> {
    source: &'a Characters,
    references: &'a References,
    out: Inline,
    brackets: Vec<Bracket>,
    emphasis: Emphasis,
    ticks: Option<BTreeMap<usize, Vec<usize>>>,
}

impl<'a> Reader<'a> {
    pub(super) fn read(source: &'a Characters, references: &'a References) -> Inline {
        let mut reader = Reader {
            source,
            references,
            out: Inline::default(),
            brackets: Vec::new(),
            emphasis: Emphasis::default(),
            ticks: None,
        };
        reader.out.text.reserve_exact(source.all.len());
        let mut at = 0;
        while let Some(byte) = source.at(at) {
            at = reader.step(at, byte);
        }
        reader.emphasis.resolve(&mut reader.out);
        reader.out
    }

    /// Reads what stands at `at`; returns where to go on.
    fn step(&mut self, at: usize, byte: u8) -> usize {
        match byte {
            b'\\' => self.escape(at),
            b'`' => self.code(at),
            b'<' => self.angle(at),
            b'!' if self.source.at(at + 1) == Some(b'[') => {
                self.open(at, at + 2, true);
                at + 2
            }
            b'[' => {
                self.open(at, at + 1, false);
                at + 1
            }
            b']' => self.close(at),
            b'*' | b'_' | b'~' => self.delimiter(at, byte),
            b'&' => self.entity(at),
            b'\n' => {
                self.push(" ", at, at + 1);
                at + 1
            }
            b'h' | b'w' => match bare_url::end(self.source.bytes(), at) {
                Some(end) => self.url(at, end),
                None => self.copy(at),
            },
            _ => self.copy(at),
        }
    }

    /// Puts a string into the visible text, for the source bytes from `start` to `end`.
    fn push(&mut self, visible: &str, start: usize, end: usize) {
        let span = self.source.span(start..end);
        self.out.text.push_str(visible);
        self.out.places.push_for(visible.len(), span);
    }

    /// Copies one character as it is, and all behind it up to the next one that may mean something.
    fn copy(&mut self, at: usize) -> usize {
        let bytes = self.source.bytes();
        let first = (at + scan::char_width(bytes[at])).min(bytes.len());
        let end = scan::plain_end(bytes, first);
        self.copy_range(at..end);
        end
    }

    fn copy_range(&mut self, range: Range<usize>) {
        self.out.text.push_str(self.source.text(range.clone()));
        self.out.places.push_range(&self.source.places, range);
    }

    fn escape(&mut self, at: usize) -> usize {
        match self.source.at(at + 1) {
            Some(b'\n') => at + 1,
            Some(next) if next.is_ascii_punctuation() => {
                self.push(char::from(next).encode_utf8(&mut [0; 4]), at, at + 2);
                at + 2
            }
            _ => self.copy(at),
        }
    }

    fn code(&mut self, at: usize) -> usize {
        let source = self.source;
        let length = scan::run(source.bytes(), at);
        let ticks = self
            .ticks
            .get_or_insert_with(|| scan::tick_runs(source.bytes()));
        let inner = at + length;
        let closer = ticks.get(&length).and_then(|places| {
            let next = places.partition_point(|place| *place < inner);
            places.get(next).copied()
        });
        let Some(closer) = closer else {
            for place in at..inner {
                self.push("`", place, place + 1);
            }
            return inner;
        };
        let (mut from, mut to) = (inner, closer);
        let is_blank = |at: usize| matches!(source.at(at), Some(b' ' | b'\n'));
        let padded = is_blank(from) && is_blank(to - 1);
        if padded && to > from + 2 {
            from += 1;
            to -= 1;
        }
        let begin = self.out.text.len();
        while from < to {
            let line = source.text(from..to).find('\n');
            let end = line.map_or(to, |length| from + length);
            self.copy_range(from..end);
            if end < to {
                self.push(" ", end, end + 1);
            }
            from = end + 1;
        }
        self.out.code.push(begin..self.out.text.len());
        closer + length
    }

    /// `<https://…>`, a tag, a comment, or just a sign.
    fn angle(&mut self, at: usize) -> usize {
        let bytes = self.source.bytes();
        if bytes[at..].starts_with(b"<!--") {
            return scan::comment_end(bytes, at).unwrap_or_else(|| self.copy(at));
        }
        let Some(end) = scan::angle_end(bytes, at) else {
            return self.copy(at);
        };
        let inner = self.source.text(at + 1..end);
        if scan::is_uri(inner) {
            let begin = self.out.text.len();
            self.push(inner, at, end + 1);
            self.out.links.push(Anchor {
                address: inner.to_owned(),
                visible: begin..self.out.text.len(),
                span: self.source.span(at..end + 1),
                destination: None,
            });
        } else if scan::is_tag(inner) {
            if inner.to_ascii_lowercase().starts_with("br") {
                self.push(" ", at, end + 1);
            }
        } else {
            return self.copy(at);
        }
        end + 1
    }

    fn url(&mut self, at: usize, end: usize) -> usize {
        // `[https://a.org](https://b.org)`: in brackets, it is the text of a link.
        let bracket = memchr::memchr2(b'[', b']', &self.source.bytes()[at..end]);
        let end = bracket
            .filter(|_| !self.brackets.is_empty())
            .map_or(end, |length| at + length);
        let begin = self.out.text.len();
        let text = self.source.text(at..end);
        self.push(text, at, end);
        let address = if text.starts_with("www.") {
            format!("http://{text}")
        } else {
            text.to_owned()
        };
        self.out.links.push(Anchor {
            address,
            visible: begin..self.out.text.len(),
            span: self.source.span(at..end),
            destination: None,
        });
        end
    }

    fn open(&mut self, at: usize, end: usize, image: bool) {
        self.brackets.push(Bracket {
            source: at,
            visible: self.out.text.len(),
            image,
        });
        if image {
            self.push("!", at, at + 1);
        }
        self.push("[", end - 1, end);
    }

    fn close(&mut self, at: usize) -> usize {
        let Some(bracket) = self.brackets.pop() else {
            return self.copy(at);
        };
        let label_from = bracket.source + if bracket.image { 2 } else { 1 };
        if self.is_footnote(label_from, at) {
            self.push("]", at, at + 1);
            let begin = bracket.visible + usize::from(bracket.image);
            self.emphasis.hide_label(begin..self.out.text.len());
            return at + 1;
        }
        let Some((address, end, destination)) = self.target(label_from, at) else {
            return self.copy(at);
        };
        while self
            .out
            .links
            .last()
            .is_some_and(|link| link.visible.start >= bracket.visible)
        {
            self.out.links.pop();
        }
        let opener = if bracket.image { "![" } else { "[" };
        self.emphasis.pair_from(bracket.visible);
        self.emphasis
            .hide(bracket.visible..bracket.visible + opener.len());
        if bracket.image {
            return end;
        }
        // NOTE: links do not nest in CommonMark, so no earlier bracket can open one any more.
        self.brackets.clear();
        self.out.links.push(Anchor {
            address,
            visible: bracket.visible..self.out.text.len(),
            span: self.source.span(bracket.source..end),
            destination,
        });
        end
    }

    /// The text as a label, as far as it may be one: labels are short and hold no bracket.
    fn label(&self, range: Range<usize>) -> Option<&str> {
        let is_short = range.len() < 1000;
        let label = is_short.then(|| self.source.text(range))?;
        (!label.contains('[')).then_some(label)
    }

    /// Whether the label that ends at `at` is that of a footnote.
    fn is_footnote(&self, label_from: usize, at: usize) -> bool {
        self.label(label_from..at).is_some_and(|label| {
            label.starts_with('^') && self.references.contains_key(&fold_label(label))
        })
    }

    /// Address, end and place of the address of the link whose label ends at `at`.
    fn target(&self, label_from: usize, at: usize) -> Option<(String, usize, Option<Span>)> {
        let bytes = self.source.bytes();
        if bytes.get(at + 1) == Some(&b'(')
            && let Some(found) = scan::inline_destination(bytes, at + 1)
        {
            let address = entities::address(self.source.text(found.address.clone()));
            return Some((address, found.end, Some(self.source.span(found.address))));
        }
        if self.references.is_empty() {
            return None;
        }
        if bytes.get(at + 1) == Some(&b'[')
            && let Some(length) = bytes[at + 2..]
                .iter()
                .take(1000)
                .position(|byte| matches!(byte, b'[' | b']'))
            && bytes[at + 2 + length] == b']'
        {
            let named = self.source.text(at + 2..at + 2 + length);
            let key = if named.trim().is_empty() {
                fold_label(self.label(label_from..at)?)
            } else {
                fold_label(named)
            };
            let is_link = !key.starts_with('^');
            let address = self.references.get(&key).filter(|_| is_link)?;
            return Some((address.clone(), at + 3 + length, None));
        }
        let address = self
            .references
            .get(&fold_label(self.label(label_from..at)?))?;
        Some((address.clone(), at + 1, None))
    }

    fn delimiter(&mut self, at: usize, byte: u8) -> usize {
        let length = scan::run(self.source.bytes(), at);
        let visible = self.out.text.len();
        for place in at..at + length {
            self.push(char::from(byte).encode_utf8(&mut [0; 4]), place, place + 1);
        }
        self.emphasis.note(self.source.bytes(), at, length, visible);
        at + length
    }

    fn entity(&mut self, at: usize) -> usize {
        let Some((characters, length)) =
            entities::first(self.source.text(at..self.source.all.len()))
        else {
            return self.copy(at);
        };
        self.push(&characters, at, at + length);
        at + length
    }
}
