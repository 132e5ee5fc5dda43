//! Pairs the runs of `*`, `_` and `~` of one text, and takes the paired ones out of what is visible.

use std::ops::Range;

use super::inline::Inline;

/// A run of emphasis characters.
#[derive(Clone, Debug)]
pub(super) struct Delimiter {
    /// Where it stands in the visible text.
    pub(super) at: usize,
    length: usize,
    byte: u8,
    opens: bool,
    closes: bool,
}

impl Delimiter {
    /// Judges by the characters on both sides whether the run can open or close, as `CommonMark` does.
    pub(super) fn new(
        at: usize,
        length: usize,
        byte: u8,
        before: Option<char>,
        after: Option<char>,
    ) -> Self {
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let punctuation =
            |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
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
}

/// A run that still has characters to pair.
struct Open {
    end: usize,
    left: usize,
}

/// Pairs the runs and removes them from the visible text, and the opening brackets of links, which are at `openers`.
pub(super) fn resolve(inline: &mut Inline, delimiters: &[Delimiter], openers: &[usize]) {
    if delimiters.is_empty() && openers.is_empty() {
        return;
    }
    let mut gone: Vec<Range<usize>> = openers.iter().map(|at| *at..at + 1).collect();
    let mut open: [Vec<Open>; 3] = [Vec::new(), Vec::new(), Vec::new()];
    let mut pairs: Vec<(Range<usize>, usize, u8)> = Vec::new();
    for run in delimiters {
        let stack = &mut open[usize::from(run.byte == b'_') + 2 * usize::from(run.byte == b'~')];
        let (mut at, mut left) = (run.at, run.length);
        while run.closes && left > 0 {
            let Some(opener) = stack.last_mut() else {
                break;
            };
            if run.byte == b'~' && opener.left != left {
                break;
            }
            let width = left.min(opener.left).min(2);
            let from = opener.end;
            gone.extend([from - width..from, at..at + width]);
            pairs.push((from..at, width, run.byte));
            opener.end -= width;
            opener.left -= width;
            if opener.left == 0 {
                stack.pop();
            }
            at += width;
            left -= width;
        }
        if run.opens && left > 0 {
            stack.push(Open {
                end: at + left,
                left,
            });
        }
    }
    note_pairs(inline, pairs);
    gone.sort_by_key(|range| range.start);
    drop_bytes(inline, &gone);
}

fn note_pairs(inline: &mut Inline, pairs: Vec<(Range<usize>, usize, u8)>) {
    for (range, width, byte) in pairs {
        if inline.in_code(&range)
            && inline
                .code
                .iter()
                .any(|code| code.start <= range.start && range.end < code.end)
        {
            continue;
        }
        if byte == b'~' {
            inline.struck.push(range);
        } else {
            if width == 2 {
                inline.strong.push(range.clone());
            }
            inline.emphasis.push(range);
        }
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
