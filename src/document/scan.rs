//! Small scanners over the bytes of inline Markdown: runs, addresses, tags.

use std::{collections::BTreeMap, ops::Range};

/// Length of the run of equal bytes at `at`.
pub(super) fn run(bytes: &[u8], at: usize) -> usize {
    let first = bytes[at];
    bytes[at..]
        .iter()
        .take_while(|byte| **byte == first)
        .count()
}

/// Places of all runs of backticks, by length.
pub(super) fn tick_runs(bytes: &[u8]) -> BTreeMap<usize, Vec<usize>> {
    let mut runs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'`' {
            let length = run(bytes, at);
            runs.entry(length).or_default().push(at);
            at += length;
        } else {
            at += 1;
        }
    }
    runs
}

/// Width in bytes of the UTF-8 character that begins with `first`.
pub(super) const fn char_width(first: u8) -> usize {
    match first {
        0xf0.. => 4,
        0xe0..=0xef => 3,
        0xc0..=0xdf => 2,
        _ => 1,
    }
}

/// The character at `at`.
pub(super) fn char_at(bytes: &[u8], at: usize) -> Option<char> {
    let first = *bytes.get(at)?;
    let end = (at + char_width(first)).min(bytes.len());
    std::str::from_utf8(&bytes[at..end]).ok()?.chars().next()
}

/// Where `needle` begins.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .position(|window| window == needle)
}

/// The bytes that may mean something in inline Markdown or begin an address; a table, since every byte is looked up.
const MARKS: [bool; 256] = {
    let marks = b"\\`<![]*_~&\nhw";
    let mut table = [false; 256];
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

/// Where the next byte stands, from `from` on, that may mean something in inline Markdown or begin an address.
pub(super) fn plain_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(length) = bytes[at..]
        .iter()
        .position(|byte| MARKS[usize::from(*byte)])
    {
        at += length;
        let rest = &bytes[at..];
        let means_nothing = match rest[0] {
            b'h' => !rest.starts_with(b"http"),
            b'w' => !rest.starts_with(b"www."),
            _ => false,
        };
        if !means_nothing {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// The `>` that ends what begins with `<` at `at`; nothing where another `<` comes first.
pub(super) fn angle_end(bytes: &[u8], at: usize) -> Option<usize> {
    let length = bytes[at + 1..]
        .iter()
        .position(|byte| matches!(byte, b'<' | b'>'))?;
    (bytes[at + 1 + length] == b'>').then_some(at + 1 + length)
}

/// Whether the text is an absolute address as in `<https://…>`.
pub(super) fn is_uri(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        (2..=32).contains(&scheme.len())
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
            && !rest.is_empty()
            && !text.contains(char::is_whitespace)
    })
}

/// Whether the text between `<` and `>` is an HTML tag.
pub(super) fn is_tag(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "a", "abbr", "b", "br", "code", "del", "details", "div", "em", "font", "hr", "i", "img",
        "ins", "kbd", "li", "mark", "ol", "p", "pre", "s", "small", "span", "strike", "strong",
        "sub", "summary", "sup", "td", "th", "tr", "u", "ul",
    ];
    let name: String = text
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    NAMES.contains(&name.to_ascii_lowercase().as_str())
}

/// End of the address that begins at `at`, where one does: `http://`, `https://`, `www.`.
pub(super) fn bare_url(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    let prefix = [&b"https://"[..], b"http://", b"www."]
        .into_iter()
        .find(|prefix| rest.starts_with(prefix))?;
    if at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let mut end = at + prefix.len();
    while let Some(c) = char_at(bytes, end) {
        if c.is_whitespace()
            || matches!(
                c,
                '<' | '|' | '`' | '）' | '」' | '、' | '。' | '，' | '；' | '“' | '”' | '"'
            )
        {
            break;
        }
        end += c.len_utf8();
    }
    let end = at + trim_url(&bytes[at..end]);
    (end > at + prefix.len()).then_some(end)
}

/// Length of an address without the punctuation of the sentence around it.
fn trim_url(url: &[u8]) -> usize {
    let mut end = url.len();
    let (mut opened, mut closed) = (0_usize, 0_usize);
    for byte in url {
        opened += usize::from(*byte == b'(');
        closed += usize::from(*byte == b')');
    }
    while let Some(last) = end.checked_sub(1).map(|at| url[at]) {
        match last {
            b'?' | b'!' | b'.' | b',' | b':' | b';' | b'*' | b'_' | b'~' | b'\'' | b'"' | b']'
            | b'[' | b'>' => {}
            b')' if closed > opened => closed -= 1,
            b'(' => opened -= 1,
            _ => break,
        }
        end -= 1;
    }
    end
}

/// Address and end of `(address "title")`.
pub(super) struct Destination {
    /// The bytes of the address.
    pub(super) address: Range<usize>,
    /// One past the closing bracket.
    pub(super) end: usize,
}

/// Reads `(address "title")` at `at`, which is the opening bracket.
pub(super) fn inline_destination(bytes: &[u8], at: usize) -> Option<Destination> {
    let mut next = skip_blanks(bytes, at + 1);
    let address = if bytes.get(next) == Some(&b'<') {
        let end = angle_end(bytes, next)?;
        let range = next + 1..end;
        next = end + 1;
        range
    } else {
        let end = balanced_end(bytes, next)?;
        let range = next..end;
        next = end;
        range
    };
    next = skip_blanks(bytes, next);
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(next).copied() {
        let length = bytes[next + 1..].iter().position(|byte| *byte == quote)?;
        next = skip_blanks(bytes, next + length + 2);
    }
    (bytes.get(next) == Some(&b')')).then_some(Destination {
        address,
        end: next + 1,
    })
}

fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    at + bytes
        .iter()
        .skip(at)
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n'))
        .count()
}

/// End of an address without angle brackets: round brackets in it are balanced.
fn balanced_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'(' => {
                depth += 1;
                // NOTE: CommonMark allows parsers to limit the nesting; cmark's limit is 32.
                if depth > 32 {
                    return None;
                }
            }
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            byte if byte.is_ascii_whitespace() || byte.is_ascii_control() => break,
            _ => {}
        }
        at += 1;
    }
    (depth == 0).then_some(at.min(bytes.len()))
}

/// Undoes backslash escapes.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '\\' && characters.peek().is_some_and(char::is_ascii_punctuation) {
            continue;
        }
        plain.push(c);
    }
    plain
}
