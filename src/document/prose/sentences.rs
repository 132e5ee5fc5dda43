//! Cuts visible text into sentences, after what is not the document's own voice was left out.

use std::ops::Range;

use super::{MASK, Voice, quotes};
use crate::document::inline::Inline;

/// What stands before a dot that ends no sentence.
const SHORT: [&str; 28] = [
    "al", "approx", "ca", "cf", "corp", "dr", "eg", "est", "etc", "ex", "fig", "hr", "hrs", "ie",
    "inc", "incl", "jr", "ltd", "max", "min", "mr", "mrs", "ms", "no", "resp", "sr", "st", "vs",
];

/// Adds the words of `inline` to `voice`; a sentence ends with them.
pub(super) fn push(voice: &mut Voice, inline: &Inline) {
    let start = voice.text.len();
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
    voice.ends.extend(ends(&voice.text, start));
}

/// Whether nothing of the text has to be written otherwise.
fn is_settled(text: &str) -> bool {
    text.is_ascii() && !text.contains(['\t', '\n', '\r']) && !text.contains("  ")
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

/// Where the sentences of `text` from `start` on end, the last one included.
fn ends(text: &str, start: usize) -> Vec<usize> {
    let words = &text[start..];
    let signs = words.match_indices(['.', '!', '?', '…']);
    let mut ends: Vec<usize> = signs
        .filter_map(|(at, sign)| {
            let behind =
                words[at + sign.len()..].trim_start_matches([')', ']', '"', '\'', '*', '_', MASK]);
            let end = words.len() - behind.len();
            let next = behind.strip_prefix(' ')?.trim_start().chars().next()?;
            let goes_on = next.is_lowercase() || sign == "." && is_short(&words[..at]);
            (!goes_on).then_some(start + end)
        })
        .collect();
    if ends.last().copied().unwrap_or(start) < text.len() {
        ends.push(text.len());
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
