//! Where the bytes of a text that was cut out of a document stand in it.

use std::ops::Range;

use crate::model::span::Span;

/// The places of a text's bytes, piece by piece: most of a text is copied in long runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pieces: Vec<Piece>,
    length: usize,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    /// First byte in the text.
    at: usize,
    place: Span,
    /// Whether the text has the same bytes as the place, so that a part of the one is a part of the other.
    is_copy: bool,
}

impl Piece {
    fn start(&self, at: usize) -> usize {
        self.place.start + if self.is_copy { at - self.at } else { 0 }
    }

    fn end(&self, end: usize) -> usize {
        if self.is_copy {
            self.place.start + end - self.at
        } else {
            self.place.end
        }
    }
}

impl Places {
    /// Adds bytes that stand in the document as they are, from `start` on.
    pub(super) fn push_copy(&mut self, length: usize, start: usize) {
        self.push(length, Span::new(start, start + length), true);
    }

    /// Adds bytes that stand for all of `place` together.
    pub(super) fn push_for(&mut self, length: usize, place: Span) {
        self.push(length, place, false);
    }

    /// Adds the bytes that `other` has in `range`.
    pub(super) fn push_range(&mut self, other: &Self, range: Range<usize>) {
        let first = other.index(range.start);
        for (index, piece) in other.pieces.iter().enumerate().skip(first) {
            if piece.at >= range.end {
                break;
            }
            let (from, to) = (
                piece.at.max(range.start),
                other.end_of(index).min(range.end),
            );
            let place = Span::new(piece.start(from), piece.end(to));
            self.push(to - from, place, piece.is_copy);
        }
    }

    fn push(&mut self, length: usize, place: Span, is_copy: bool) {
        if length > 0 {
            self.pieces.push(Piece {
                at: self.length,
                place,
                is_copy,
            });
            self.length += length;
        }
    }

    /// The bytes of the document that the range was read from; an empty range stands before its byte, and behind
    /// the last one where it begins at the end.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let Some(first) = self.pieces.get(self.index(range.start)) else {
            return Span::empty(0);
        };
        if range.start >= self.length {
            return Span::empty(first.end(self.length));
        }
        let start = first.start(range.start);
        let last = self.index(range.end.saturating_sub(1));
        match self.pieces.get(last) {
            Some(last) if range.start < range.end => {
                Span::new(start, last.end(range.end.min(self.length)))
            }
            _ => Span::empty(start),
        }
    }

    /// Takes out the bytes of the ranges `gone`, which are sorted and do not overlap. Of what was pushed at once, all
    /// bytes go or none.
    pub(super) fn remove(&mut self, gone: &[Range<usize>]) {
        let pieces = std::mem::take(&mut self.pieces);
        let length = std::mem::take(&mut self.length);
        let mut gone = gone.iter().peekable();
        for (index, piece) in pieces.iter().enumerate() {
            let end = pieces.get(index + 1).map_or(length, |next| next.at);
            while gone.next_if(|range| range.end <= piece.at).is_some() {}
            if gone.peek().is_none_or(|range| piece.at < range.start) {
                self.push(end - piece.at, piece.place, piece.is_copy);
            }
        }
    }

    /// The piece that holds the byte `at`; the last one where no piece does.
    fn index(&self, at: usize) -> usize {
        self.pieces
            .partition_point(|piece| piece.at <= at)
            .saturating_sub(1)
    }

    fn end_of(&self, index: usize) -> usize {
        self.pieces
            .get(index + 1)
            .map_or(self.length, |next| next.at)
    }
}
