//! Small scanners over the bytes of inline Markdown: runs, addresses, tags.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use memchr::memmem;
use regex::Regex;

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

/// The character that ends before `at`.
pub(super) fn char_before(bytes: &[u8], at: usize) -> Option<char> {
    let is_first = |byte: &u8| !matches!(byte, 0x80..=0xbf);
    let start = bytes[..at].iter().rposition(is_first)?;
    char_at(bytes, start)
}

/// End of the comment that begins at `at`: it has no `--` inside, and does not begin with `>` or `->`.
pub(super) fn comment_end(bytes: &[u8], at: usize) -> Option<usize> {
    let inner = bytes.get(at + 4..)?;
    if inner.starts_with(b">") || inner.starts_with(b"->") {
        return None;
    }
    let length = memmem::find(inner, b"--")?;
    (inner.get(length + 2) == Some(&b'>')).then_some(at + 4 + length + 3)
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

/// Whether the text between `<` and `>` is an HTML tag. A name that HTML does not have is a placeholder, as in
/// `Restart <service>`, and stays.
pub(super) fn is_tag(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "a", "abbr", "b", "br", "code", "del", "details", "div", "em", "font", "hr", "i", "img",
        "ins", "kbd", "li", "mark", "ol", "p", "pre", "s", "small", "span", "strike", "strong",
        "sub", "summary", "sup", "td", "th", "tr", "u", "ul",
    ];
    static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#"(?x)^(?:
            /(?P<closing>[A-Za-z][A-Za-z0-9-]*)\s*
            | (?P<opening>[A-Za-z][A-Za-z0-9-]*)
              (?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*/?
            )$"#,
        )
        .ok()
    });
    let found = TAG.as_ref().and_then(|pattern| pattern.captures(text));
    found.is_some_and(|found| {
        let name = found.name("closing").or_else(|| found.name("opening"));
        name.is_some_and(|name| NAMES.contains(&name.as_str().to_ascii_lowercase().as_str()))
    })
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
