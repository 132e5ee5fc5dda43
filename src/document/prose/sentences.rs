//! Cuts visible text into sentences, after what is not the document's own voice was left out.

use std::ops::Range;

use memchr::{memchr3_iter, memmem};

use super::{MASK, Voice, quotes};
use crate::document::inline::Inline;

/// What stands before a dot that ends no sentence.
const SHORT: [&str; 28] = [
    "al", "approx", "ca", "cf", "corp", "dr", "eg", "est", "etc", "ex", "fig", "hr", "hrs", "ie",
    "inc", "incl", "jr", "ltd", "max", "min", "mr", "mrs", "ms", "no", "resp", "sr", "st", "vs",
];

/// Adds the words of `inline` to `voice`, as a part of its own.
pub(super) fn push(voice: &mut Voice, inline: &Inline) {
    let masks = masks(inline);
    if masks.is_empty() && is_settled(&inline.text) {
        copy(voice, inline, 0..inline.text.len());
    } else {
        let mut from = 0;
        for mask in masks {
            push_words(voice, inline, from..mask.start);
            let mut sign = [0; MASK.len_utf8()];
            voice.text.push_str(MASK.encode_utf8(&mut sign));
            let place = inline.places.span(mask.clone());
            voice.places.push_for(MASK.len_utf8(), place);
            from = mask.end;
        }
        push_words(voice, inline, from..inline.text.len());
    }
    voice.parts.push(voice.text.len());
}

/// Whether nothing of the text has to be written otherwise.
fn is_settled(text: &str) -> bool {
    let mut before = 0;
    text.bytes().all(|byte| {
        let is_doubled = byte == b' ' && before == b' ';
        before = byte;
        !is_doubled && (byte.is_ascii_graphic() || byte == b' ')
    })
}

/// Code, addresses and quoted words, in order and apart.
fn masks(inline: &Inline) -> Vec<Range<usize>> {
    let mut masks = inline.code.clone();
    let links = inline.links.iter().map(|link| link.visible.clone());
    masks.extend(links.filter(|visible| is_address(&inline.text[visible.clone()])));
    masks.extend(quotes::all(&inline.text));
    masks.sort_by_key(|mask| mask.start);
    masks.retain(|mask| !mask.is_empty());
    masks.dedup_by(|next, before| {
        let is_joined = next.start <= before.end;
        if is_joined {
            before.end = before.end.max(next.end);
        }
        is_joined
    });
    masks
}

fn is_address(visible: &str) -> bool {
    visible.contains("://") || visible.starts_with("www.")
}

/// Adds the words of a range: blanks single, apostrophes and hyphens straight.
fn push_words(voice: &mut Voice, inline: &Inline, range: Range<usize>) {
    let mut from = range.start;
    let mut is_behind_blank = voice.text.ends_with(' ');
    for (at, c) in inline.text[range.clone()].char_indices() {
        let at = range.start + at;
        let sign = match c {
            '’' | '‘' | 'ʼ' => '\'',
            '\u{2010}' | '\u{2011}' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        let is_doubled = sign == ' ' && is_behind_blank;
        is_behind_blank = sign == ' ';
        if sign == c && !is_doubled {
            continue;
        }
        copy(voice, inline, from..at);
        from = at + c.len_utf8();
        if !is_doubled {
            voice.text.push(sign);
            voice.places.push_for(1, inline.places.span(at..from));
        }
    }
    copy(voice, inline, from..range.end);
}

fn copy(voice: &mut Voice, inline: &Inline, range: Range<usize>) {
    voice.text.push_str(&inline.text[range.clone()]);
    voice.places.push_range(&inline.places, range);
}

/// Where the sentences of a part end, the last one included.
pub(super) fn ends(words: &str) -> Vec<usize> {
    let signs = memchr3_iter(b'.', b'!', b'?', words.as_bytes()).map(|at| (at, at + 1));
    let dots = memmem::find_iter(words.as_bytes(), "…").map(|at| (at, at + '…'.len_utf8()));
    let mut ends: Vec<usize> = signs
        .chain(dots)
        .filter_map(|(at, behind)| {
            let behind = words[behind..].trim_start_matches([')', ']', '"', '\'', '*', '_', MASK]);
            let end = words.len() - behind.len();
            let next = behind.strip_prefix(' ')?.trim_start().chars().next()?;
            let is_dot = words.as_bytes()[at] == b'.';
            let goes_on = next.is_lowercase() || is_dot && is_short(&words[..at]);
            (!goes_on).then_some(end)
        })
        .collect();
    ends.sort_unstable();
    if ends.last().copied().unwrap_or_default() < words.len() {
        ends.push(words.len());
    }
    ends
}

/// Whether the dot behind `words` belongs to an abbreviation: `e.g.`, `approx.`, the letter of a name.
fn is_short(words: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '.';
    let word = words
        .rsplit(|c: char| !is_letter(c))
        .next()
        .unwrap_or_default();
    let is_initial = word
        .split('.')
        .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    is_initial || SHORT.iter().any(|short| word.eq_ignore_ascii_case(short))
}
