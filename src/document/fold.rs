//! Brings wordings into the one shape in which they are compared.

use std::borrow::Cow;

use unicode_normalization::char::decompose_canonical;

/// Lower case, and every run of characters that are neither letters nor digits as one blank.
/// Apostrophes go without a trace (`won't` → `wont`), and so do accents, which many people leave out
/// (`acción` → `accion`); shortcodes such as `:mag:` are dropped.
pub(super) fn fold(text: &str) -> String {
    fold_start(text, usize::MAX, push_plain)
}

/// As [`fold`], with accents: a name that is made of the result stays as it is, whatever the reader learns.
pub(super) fn fold_accented(text: &str) -> String {
    fold_start(text, usize::MAX, push_lowercase)
}

/// As [`fold`], where the text has no more than `limit` bytes then: to look up known words, of which none is longer.
pub(super) fn fold_short(text: &str, limit: usize) -> Option<String> {
    Some(fold_start(text, limit, push_plain)).filter(|folded| folded.len() <= limit)
}

/// By byte of ASCII: a letter in lower case or a digit as it is, 0 for what is neither.
const LETTERS: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// Folds the text up to the word with which the result has more than `limit` bytes; `push` adds letters beyond ASCII.
fn fold_start(text: &str, limit: usize, push: fn(&mut Folded, char)) -> String {
    let mut folded = Folded(Vec::with_capacity(text.len().min(limit.saturating_add(8))));
    // A blank is due, and comes with the next character.
    let mut is_apart = false;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at).copied()
        && folded.0.len() <= limit
    {
        match LETTERS.get(usize::from(byte)).copied() {
            Some(0) if byte == b':' => {
                is_apart = true;
                at += shortcode(&text[at..]).unwrap_or(1);
            }
            Some(0) => {
                is_apart |= byte != b'\'';
                at += 1;
            }
            Some(_) => {
                folded.part(&mut is_apart);
                let rest = text.as_bytes()[at..].iter();
                let letters = rest.map_while(|byte| LETTERS.get(usize::from(*byte)));
                let before = folded.0.len();
                folded.0.extend(letters.take_while(|letter| **letter != 0));
                at += folded.0.len() - before;
            }
            None => {
                let Some(c) = text[at..].chars().next() else {
                    break;
                };
                if c.is_alphanumeric() || is_mark(c) {
                    folded.part(&mut is_apart);
                    push(&mut folded, c);
                } else {
                    is_apart |= !matches!(c, '’' | '\u{fe0f}' | '\u{200b}' | '\u{200d}');
                }
                at += c.len_utf8();
            }
        }
    }
    folded.finish()
}

/// A folded text while it is being made, in UTF-8.
struct Folded(Vec<u8>);

impl Folded {
    /// Puts the blank that is due, unless it would be the first character.
    fn part(&mut self, is_apart: &mut bool) {
        if *is_apart && !self.0.is_empty() {
            self.0.push(b' ');
        }
        *is_apart = false;
    }

    fn push(&mut self, c: char) {
        self.0.extend(c.encode_utf8(&mut [0; 4]).bytes());
    }

    fn finish(mut self) -> String {
        // A mark behind a blank may have gone.
        while self.0.last() == Some(&b' ') {
            self.0.pop();
        }
        String::from_utf8(self.0).unwrap_or_default()
    }
}

fn push_lowercase(folded: &mut Folded, c: char) {
    c.to_lowercase().for_each(|c| folded.push(c));
}

/// Last letter of the blocks of Latin letters with accents.
pub(super) const LATIN_EXTENDED_END: char = '\u{24f}';

/// Adds a letter of a Latin alphabet without its accents, any other one as it is.
fn push_plain(folded: &mut Folded, c: char) {
    for c in c.to_lowercase() {
        match c {
            'ß' => folded.0.extend(b"ss"),
            'ø' => folded.push('o'),
            ..=LATIN_EXTENDED_END => decompose_canonical(c, |part| {
                if !is_mark(part) {
                    folded.push(part);
                }
            }),
            _ if is_mark(c) => {}
            _ => folded.push(c),
        }
    }
}

/// Accents that follow the letter they stand on.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Length of the shortcode (`:mag_right:`) at the start of `text`.
pub(super) fn shortcode(text: &str) -> Option<usize> {
    let inner = text.get(1..)?;
    let end = inner.bytes().take(40).position(|byte| {
        !(byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_+-".contains(&byte))
    })?;
    let named = inner.as_bytes().get(end) == Some(&b':')
        && inner.as_bytes()[..end].iter().any(u8::is_ascii_lowercase);
    (end > 1 && named).then_some(end + 2)
}

/// Whether `phrase` stands in `folded` as a run of whole words. Scripts without blanks between words
/// need no border.
pub(super) fn holds(folded: &str, phrase: &str) -> bool {
    !phrase.is_empty()
        && folded.match_indices(phrase).any(|(at, _)| {
            border(&folded[..at], phrase, false)
                && ends_phrase(&folded[at + phrase.len()..], phrase)
        })
}

/// Whether a word ends between a phrase and what stands behind it.
pub(super) fn ends_phrase(behind: &str, phrase: &str) -> bool {
    border(behind, phrase, true)
}

/// Whether a word border lies between the phrase and the text beside it.
fn border(beside: &str, phrase: &str, after: bool) -> bool {
    let (outer, inner) = if after {
        (beside.chars().next(), phrase.chars().next_back())
    } else {
        (beside.chars().next_back(), phrase.chars().next())
    };
    match (outer, inner) {
        (None | Some(' '), _) => true,
        (Some(outer), Some(inner)) => is_wide(outer) || is_wide(inner),
        (Some(_), None) => false,
    }
}

/// Whether the character is of a script that is written without blanks between words.
pub(super) const fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// How many words a folded text has; a script without blanks has about one for two characters.
pub(super) fn words(folded: &str) -> usize {
    folded.split(' ').count() + folded.chars().filter(|c| is_wide(*c)).count() / 2
}

/// One line without doubled, leading or trailing blanks.
pub(super) fn squeeze(text: &str) -> String {
    if is_squeezed(text) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether a text is surely as [`squeeze`] makes it, as most are.
fn is_squeezed(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        // Beyond ASCII there are other blanks.
        let is_plain = byte.is_ascii_graphic() || byte == b' ' && before != b' ';
        if !is_plain {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// Whether the text is the pattern of a date, such as `YYYY-MM-DD`.
pub(super) fn is_date_pattern(text: &str) -> bool {
    const LONGEST: usize = 45;
    let mut letters = text.bytes().filter(u8::is_ascii_alphanumeric);
    letters.all(|letter| b"ymdhx".contains(&letter.to_ascii_lowercase()))
        && fold_short(text, LONGEST).is_some_and(|folded| {
            let mut words = folded.split(' ');
            words.all(|word| matches!(word, "yyyy" | "mm" | "dd" | "hh" | "xx" | "xxxx"))
        })
}

/// The text without what stands in round or square brackets.
pub(super) fn without_brackets(text: &str) -> Cow<'_, str> {
    const OPENING: [char; 4] = ['(', '[', '（', '【'];
    const CLOSING: [char; 4] = [')', ']', '）', '】'];
    // The bytes with which the brackets begin: most texts have none of them.
    let may_have = |byte: u8| matches!(byte, b'(' | b')' | b'[' | b']' | 0xe3 | 0xef);
    if !text.bytes().any(may_have) || !text.contains(OPENING) && !text.contains(CLOSING) {
        return Cow::Borrowed(text);
    }
    let mut depth = 0_usize;
    let mut bare = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if OPENING.contains(&c) => depth += 1,
            c if CLOSING.contains(&c) => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    Cow::Owned(bare)
}

/// The folded heading without its number (`5 `, `3 2 `).
pub(super) fn without_number(folded: &str) -> &str {
    let bare = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if bare.is_empty() { folded } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_punctuation_emoji_and_shortcodes_do_not_matter() {
        assert_eq!(fold(":mag_right: **IN_PROGRESS** ⏳!"), "in progress");
        assert_eq!(fold("Won’t do"), fold("wont DO"));
        assert_eq!(fold("5. Follow-up: tasks"), "5 follow up tasks");
        assert_eq!(fold("Maßnahmen"), fold("Massnahmen"));
        assert_eq!(fold("Plano de ac\u{327}a\u{303}o"), fold("PLANO DE AÇÃO"));
    }

    #[test]
    fn blanks_of_every_kind_are_squeezed_into_one() {
        for text in [
            "a b",
            " a",
            "a ",
            "a  b",
            "a\tb",
            "a\u{a0}b",
            "a\nb",
            "",
            " ",
            "日\u{3000}本",
            "a\u{1}b",
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(squeeze(text), words.join(" "), "{text:?}");
        }
    }

    #[test]
    fn a_phrase_is_found_as_whole_words_only() {
        assert!(holds("open action items list", "action items"));
        assert!(!holds("transaction items", "action items"));
        assert!(holds("予防と再発防止策", "再発防止"));
    }
}
