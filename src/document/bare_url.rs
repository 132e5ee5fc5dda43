//! Finds addresses that stand in the text as they are: `https://…`, `www.…`.

use super::scan::char_at;

/// More dots than this, and the name of the host may have underscores.
const MANY_DOTS: usize = 10;

/// End of the address that begins at `at`, where one does, by the rules of GitHub.
pub(super) fn end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    let is_bare = rest.starts_with(b"www.");
    let prefix = [&b"https://"[..], b"http://", b"www."]
        .into_iter()
        .find(|prefix| rest.starts_with(prefix))?;
    let before = at.checked_sub(1).map(|before| bytes[before]);
    let begins = before.is_none_or(|before| {
        if is_bare {
            before.is_ascii_whitespace() || b"*_~(".contains(&before)
        } else {
            !before.is_ascii_alphabetic()
        }
    });
    let host = at + if is_bare { 0 } else { prefix.len() };
    if !begins || !is_host(bytes, host) {
        return None;
    }
    let mut end = at + prefix.len();
    while let Some(c) = char_at(bytes, end)
        && !c.is_whitespace()
        && !ends_address(c)
    {
        end += c.len_utf8();
    }
    let end = at + trimmed(&bytes[at..end]);
    (end > at + prefix.len()).then_some(end)
}

/// Signs that no address of an issue has. People who write no blanks between words put these behind one, and GitHub
/// takes them into the address.
fn ends_address(c: char) -> bool {
    matches!(c, '<' | '）' | '」' | '、' | '。' | '，' | '；' | '“' | '”')
}

/// Whether a host is named at `at`: the last two parts of its name have no underscore.
fn is_host(bytes: &[u8], at: usize) -> bool {
    // NOTE: cmark-gfm looks neither at the very last byte nor at what is behind other characters than those of ASCII.
    let bytes = &bytes[..bytes.len() - 1];
    let mut end = at;
    while let Some(byte) = bytes.get(end)
        && (byte.is_ascii_alphanumeric() || b".-_".contains(byte))
    {
        end += 1;
    }
    let name = bytes.get(at..end).unwrap_or_default();
    let mut parts = name.rsplit(|byte| *byte == b'.');
    let plain = parts.by_ref().take(2).all(|part| !part.contains(&b'_'));
    let begins = char_at(bytes, at).is_some_and(char::is_alphanumeric);
    begins && (plain || parts.count() + 1 > MANY_DOTS)
}

/// Length of an address without the punctuation of the sentence around it.
fn trimmed(url: &[u8]) -> usize {
    let count = |sign: u8| memchr::memchr_iter(sign, url).count();
    let mut unopened = [(b'(', b')'), (b'[', b']')]
        .map(|(opening, closing)| (closing, count(closing).saturating_sub(count(opening))));
    let mut end = url.len();
    while let Some(last) = end.checked_sub(1).map(|at| url[at]) {
        let bracket = unopened
            .iter_mut()
            .find(|(closing, left)| *closing == last && *left > 0);
        match last {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' | b'>' => end -= 1,
            b';' => end = without_reference(url, end),
            _ => {
                let Some((_, left)) = bracket else { break };
                *left -= 1;
                end -= 1;
            }
        }
    }
    end
}

/// Where an address ends that has a `;` before `end`: before the whole character reference, if it is one.
fn without_reference(url: &[u8], end: usize) -> usize {
    let name = url[..end - 1]
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let start = (end - 1 - name).checked_sub(1);
    start
        .filter(|start| name > 0 && url[*start] == b'&')
        .unwrap_or(end - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> &str {
        let at = text.find(['h', 'w']).unwrap_or(0);
        end(text.as_bytes(), at).map_or("", |end| &text[at..end])
    }

    #[test]
    fn punctuation_of_the_sentence_is_no_part_of_an_address() {
        assert_eq!(address("(https://x.org/a_(b).)"), "https://x.org/a_(b)");
        assert_eq!(address("https://x.org/a&amp;."), "https://x.org/a");
        assert_eq!(address("[https://x.org/1]"), "https://x.org/1");
        assert_eq!(address("https://x.org/1。次"), "https://x.org/1");
    }

    #[test]
    fn what_has_no_host_or_stands_in_a_word_is_no_address() {
        assert_eq!(address("https://"), "");
        assert_eq!(address("https://(x)"), "");
        assert_eq!(address("www.x_y.org"), "");
        assert_eq!(address("`www.x.org"), "");
    }
}
