//! Pairs the runs of `*`, `_` and `~` of one text, and takes the paired ones out of what is visible.

use std::ops::Range;

use finl_unicode::categories::CharacterCategories;

use super::{inline::Inline, scan};

/// A run of emphasis characters.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Where it stands in the visible text.
    at: usize,
    length: usize,
    byte: u8,
    opens: bool,
    closes: bool,
}

impl Run {
    /// Judges by the characters on both sides whether the run can open or close, as `CommonMark` does.
    fn new(at: usize, length: usize, byte: u8, before: Option<char>, after: Option<char>) -> Self {
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let punctuation =
            |c: Option<char>| c.is_some_and(|c| c.is_ascii_punctuation() || c.is_punctuation());
        let left = !blank(after) && (!punctuation(after) || blank(before) || punctuation(before));
        let right = !blank(before) && (!punctuation(before) || blank(after) || punctuation(after));
        let (opens, closes) = if byte == b'_' {
            (
                left && (!right || punctuation(before)),
                right && (!left || punctuation(after)),
            )
        } else {
            (left, right)
        };
        let usable = byte != b'~' || length <= 2;
        Self {
            at,
            length,
            byte,
            opens: opens && usable,
            closes: closes && usable,
        }
    }

    /// Runs of which one could do both do not pair where their lengths add up to a multiple of three, so that
    /// `**a*b**` is no emphasis of `a`.
    fn fits(&self, opener: &Self) -> bool {
        let unclear = self.opens || opener.closes;
        self.byte == opener.byte
            && !(unclear
                && !self.length.is_multiple_of(3)
                && (self.length + opener.length).is_multiple_of(3))
    }

    /// Which of the limits of the search is this run's.
    // NOTE: in cmark-gfm, runs that find no opener since they could open as well share one with those that could not, so
    // that these find none there either.
    fn limit(&self) -> usize {
        let byte = usize::from(self.byte == b'_') + 2 * usize::from(self.byte == b'~');
        byte * 3 + self.length % 3
    }
}

/// A run that still has characters to pair.
struct Open {
    run: Run,
    left: usize,
}

/// The emphasis of one text while it is read.
#[derive(Default)]
pub(super) struct Emphasis {
    runs: Vec<Run>,
    /// What is not visible.
    gone: Vec<Range<usize>>,
    pairs: Vec<(Range<usize>, usize, u8)>,
}

impl Emphasis {
    /// Notes the run of `length` bytes that begins at `from` in `bytes`, and at `at` in the visible text.
    pub(super) fn note(&mut self, bytes: &[u8], from: usize, length: usize, at: usize) {
        let byte = bytes[from];
        let (mut start, mut end) = (from, from + length);
        if byte != b'~' {
            // NOTE: for the other marks, cmark-gfm looks past the tildes of struck text.
            start -= bytes[..start]
                .iter()
                .rev()
                .take_while(|byte| **byte == b'~')
                .count();
            end += bytes[end..]
                .iter()
                .take_while(|byte| **byte == b'~')
                .count();
        }
        let (before, after) = (scan::char_before(bytes, start), scan::char_at(bytes, end));
        self.runs.push(Run::new(at, length, byte, before, after));
    }

    /// Takes bytes out of what is visible.
    pub(super) fn hide(&mut self, range: Range<usize>) {
        self.gone.push(range);
    }

    /// Takes the label of a footnote out of what is visible, and the runs in it.
    pub(super) fn hide_label(&mut self, range: Range<usize>) {
        self.runs
            .truncate(self.runs.partition_point(|run| run.at < range.start));
        self.hide(range);
    }

    /// Pairs the runs from the byte `at` of the visible text on with each other: what a link holds pairs with nothing
    /// outside.
    pub(super) fn pair_from(&mut self, at: usize) {
        let first = self.runs.partition_point(|run| run.at < at);
        let mut open: Vec<Open> = Vec::new();
        // Where no opener is to be found, it is not looked for again.
        let mut limits = [0; 9];
        for run in self.runs.split_off(first) {
            let (mut at, mut left) = (run.at, run.length);
            while run.closes && left > 0 {
                let from = limits[run.limit()];
                let fits = |open: &Open| run.fits(&open.run);
                let Some(opener) = open[from..].iter().rposition(fits) else {
                    limits[run.limit()] = open.len();
                    break;
                };
                open.truncate(from + opener + 1);
                let Some(opener) = open.last_mut() else {
                    break;
                };
                let strikes = run.byte == b'~';
                let pairs = !strikes || opener.left == left;
                let width = if strikes {
                    left
                } else {
                    left.min(opener.left).min(2)
                };
                if pairs {
                    let end = opener.run.at + opener.left;
                    self.gone.extend([end - width..end, at..at + width]);
                    self.pairs.push((end..at, width, run.byte));
                    opener.left -= width;
                }
                if opener.left == 0 {
                    open.pop();
                }
                for limit in &mut limits {
                    *limit = open.len().min(*limit);
                }
                at += width;
                left -= width;
            }
            if run.opens && left > 0 {
                let run = Run { at, ..run };
                open.push(Open { run, left });
            }
        }
    }

    /// Pairs all that is left, and takes what is not visible out of the text.
    pub(super) fn resolve(mut self, inline: &mut Inline) {
        self.pair_from(0);
        for (range, width, byte) in self.pairs {
            if byte == b'~' {
                inline.struck.push(range);
            } else {
                if width == 2 {
                    inline.strong.push(range.clone());
                }
                inline.emphasis.push(range);
            }
        }
        self.gone.sort_by_key(|range| range.start);
        drop_bytes(inline, &self.gone);
    }
}

/// Removes bytes and moves every range along. The ranges of `gone` are sorted and do not overlap.
fn drop_bytes(inline: &mut Inline, gone: &[Range<usize>]) {
    if gone.is_empty() {
        return;
    }
    let mut kept = String::with_capacity(inline.text.len());
    // How many bytes go before each of the ranges.
    let mut before = Vec::with_capacity(gone.len());
    let mut at = 0;
    for range in gone {
        before.push(at - kept.len());
        kept.push_str(&inline.text[at..range.start]);
        at = range.end;
    }
    kept.push_str(&inline.text[at..]);
    inline.text = kept;
    inline.places.remove(gone);
    let moved = |at: usize| {
        let next = gone.partition_point(|range| range.start < at);
        next.checked_sub(1).map_or(at, |last| {
            at - before[last] - (gone[last].end.min(at) - gone[last].start)
        })
    };
    let shift = |range: &mut Range<usize>| *range = moved(range.start)..moved(range.end);
    inline.code.iter_mut().for_each(shift);
    inline.strong.iter_mut().for_each(shift);
    inline.emphasis.iter_mut().for_each(shift);
    inline.struck.iter_mut().for_each(shift);
    for link in &mut inline.links {
        shift(&mut link.visible);
    }
}

#[cfg(test)]
mod tests {
    use super::super::inline::References;
    use super::*;
    use crate::model::span::Span;

    fn visible(text: &str) -> String {
        let line = Span::new(0, text.len());
        Inline::paragraph(text, &[line], &References::new()).text
    }

    #[test]
    fn marks_pair_as_github_pairs_them() {
        assert_eq!(visible("*em**em*"), "em**em");
        assert_eq!(visible("**bold****bold**"), "bold****bold");
        assert_eq!(visible("*a**bold**"), "*abold");
        assert_eq!(visible("***a** b*"), "a b");
        assert_eq!(visible("**em*a*em*"), "**emaem*");
        assert_eq!(visible("~~gone~~_a_"), "gone_a_");
        assert_eq!(visible("~a~~ b~"), "a~~ b");
        assert_eq!(visible("~a ~~b~ c~~"), "~a b~ c");
        assert_eq!(visible("_a_✅ *“b”*c"), "_a_✅ *“b”*c");
    }

    #[test]
    fn marks_in_a_link_pair_with_none_outside() {
        assert_eq!(visible("*a [b* *c*](/d)"), "*a b* c");
    }
}
