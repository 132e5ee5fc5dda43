//! Spares the Markdown parser the inline Markdown, of which nothing that it finds is used.
//!
//! The signs of emphasis, code, links and images in the middle of a line decide nothing about blocks, and take the
//! parser a third of its time. As letters they are text, and every byte keeps its place.

use std::borrow::Cow;

use memchr::{memchr2, memmem};

/// What each byte becomes; tables, since every byte is looked up.
const PLAIN: [u8; 256] = plain_bytes(b"*_`&!");
const PLAIN_WITHOUT_BRACKETS: [u8; 256] = plain_bytes(b"*_`&![]");

const fn plain_bytes(signs: &[u8]) -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    loop {
        table[byte as usize] = byte;
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = b'x';
        at += 1;
    }
    table
}

/// `body` with letters in place of the signs that cannot change a block.
pub(super) fn plain_lines(body: &str) -> Cow<'_, str> {
    // A reference to a footnote decides whether the footnote is there.
    if memmem::find(body.as_bytes(), b"[^").is_some() {
        return Cow::Borrowed(body);
    }
    // Where the label of a definition or the end of `CDATA` may be, brackets make blocks.
    let are_brackets_free = ![&b"]:"[..], b"]]>"]
        .into_iter()
        .any(|sign| memmem::find(body.as_bytes(), sign).is_some());
    let plain = if are_brackets_free {
        &PLAIN_WITHOUT_BRACKETS
    } else {
        &PLAIN
    };
    let mut bytes = body.as_bytes().to_vec();
    let mut rest = bytes.as_mut_slice();
    while !rest.is_empty() {
        let end = memchr2(b'\n', b'\r', rest).map_or(rest.len(), |end| end + 1);
        let (line, after) = rest.split_at_mut(end);
        if let Some(start) = text_start(line) {
            for byte in &mut line[start..] {
                *byte = plain[usize::from(*byte)];
            }
        }
        rest = after;
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(body), Cow::Owned)
}

/// Where the text of a line begins, behind the marks of lists, quotes, headings, cells and tasks. Nothing where signs
/// before it may open a block to which what follows matters: a fence, HTML, a definition.
fn text_start(line: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match line.get(at)? {
            b' ' | b'\t' | b'-' | b'+' | b'*' | b'#' | b'>' | b'|' | b'.' | b')' | b'0'..=b'9' => {
                at += 1;
            }
            b'[' if matches!(line[at..], [b'[', b' ' | b'x' | b'X', b']', b' ', ..]) => at += 4,
            // A byte order mark at the start of all is passed over.
            0xef if line[at..].starts_with("\u{feff}".as_bytes()) => return None,
            byte if byte.is_ascii_alphabetic() || !byte.is_ascii() => return Some(at),
            _ => return None,
        }
    }
}
