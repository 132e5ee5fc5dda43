//! Walks over the inline Markdown of one paragraph or cell.

use std::{collections::BTreeMap, ops::Range};

use super::{
    characters::Characters,
    emphasis,
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
    delimiters: Vec<emphasis::Delimiter>,
    /// Places of the `[` that turned out to open a link, in the visible text.
    openers: Vec<usize>,
    ticks: Option<BTreeMap<usize, Vec<usize>>>,
    no_comment_end: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn read(source: &'a Characters, references: &'a References) -> Inline {
        let mut reader = Reader {
            source,
            references,
            out: Inline::default(),
            brackets: Vec::new(),
            delimiters: Vec::new(),
            openers: Vec::new(),
            ticks: None,
            no_comment_end: false,
        };
        reader.out.text.reserve_exact(source.all.len());
        let mut at = 0;
        while let Some(byte) = source.at(at) {
            at = reader.step(at, byte);
        }
        emphasis::resolve(&mut reader.out, &reader.delimiters, &reader.openers);
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
            b'h' | b'w' => match scan::bare_url(self.source.bytes(), at) {
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
        let padded = self.source.at(from) == Some(b' ') && self.source.at(to - 1) == Some(b' ');
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
            if !self.no_comment_end {
                if let Some(length) = scan::find(&bytes[at..], b"-->") {
                    return at + length + 3;
                }
                self.no_comment_end = true;
            }
            return self.copy(at);
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
        self.push("[", at, end);
    }

    fn close(&mut self, at: usize) -> usize {
        let Some(bracket) = self.brackets.pop() else {
            return self.copy(at);
        };
        let label_from = bracket.source + if bracket.image { 2 } else { 1 };
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
        self.openers.push(bracket.visible);
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

    /// Address, end and place of the address of the link whose label ends at `at`.
    fn target(&self, label_from: usize, at: usize) -> Option<(String, usize, Option<Span>)> {
        let bytes = self.source.bytes();
        if bytes.get(at + 1) == Some(&b'(')
            && let Some(found) = scan::inline_destination(bytes, at + 1)
        {
            let address = scan::unescape(self.source.text(found.address.clone()));
            return Some((address, found.end, Some(self.source.span(found.address))));
        }
        if self.references.is_empty() {
            return None;
        }
        let label = self.source.text(label_from..at);
        if bytes.get(at + 1) == Some(&b'[')
            && let Some(length) = bytes[at + 2..]
                .iter()
                .take(1000)
                .position(|byte| *byte == b']')
        {
            let named = self.source.text(at + 2..at + 2 + length);
            let key = if named.trim().is_empty() {
                fold_label(label)
            } else {
                fold_label(named)
            };
            let address = self.references.get(&key)?;
            return Some((address.clone(), at + 3 + length, None));
        }
        let address = self.references.get(&fold_label(label))?;
        Some((address.clone(), at + 1, None))
    }

    fn delimiter(&mut self, at: usize, byte: u8) -> usize {
        let length = scan::run(self.source.bytes(), at);
        let before = self.out.text.chars().next_back();
        let after = scan::char_at(self.source.bytes(), at + length);
        let visible = self.out.text.len();
        for place in at..at + length {
            self.push(char::from(byte).encode_utf8(&mut [0; 4]), place, place + 1);
        }
        self.delimiters.push(emphasis::Delimiter::new(
            visible, length, byte, before, after,
        ));
        at + length
    }

    fn entity(&mut self, at: usize) -> usize {
        for (name, visible) in [
            ("&amp;", "&"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#39;", "'"),
            ("&nbsp;", " "),
            ("&#124;", "|"),
        ] {
            if self.source.bytes()[at..].starts_with(name.as_bytes()) {
                self.push(visible, at, at + name.len());
                return at + name.len();
            }
        }
        self.copy(at)
    }
}
