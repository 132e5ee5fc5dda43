//! Brings wordings into the one shape in which they are compared.

/// Lower case, and every run of characters that are neither letters nor digits as one blank.
/// Apostrophes go without a trace (`won't` → `wont`), and so do accents, which many people leave out
/// (`acción` → `accion`); shortcodes such as `:mag:` are dropped.
pub(super) fn fold(text: &str) -> String {
    fold_start(text, usize::MAX)
}

/// As [`fold`], where the text has no more than `limit` bytes then: to look up known words, of which none is longer.
pub(super) fn fold_short(text: &str, limit: usize) -> Option<String> {
    Some(fold_start(text, limit)).filter(|folded| folded.len() <= limit)
}

/// Folds the text up to the word with which the result has more than `limit` bytes.
fn fold_start(text: &str, limit: usize) -> String {
    let mut folded = String::with_capacity(text.len().min(limit.saturating_add(16)));
    let mut rest = text;
    // One byte more, since the last one may be a blank.
    while folded.len() <= limit.saturating_add(1) {
        let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        folded.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else {
            break;
        };
        if c == ':'
            && let Some(length) = shortcode(rest)
        {
            rest = &rest[length..];
            push_blank(&mut folded);
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if !c.is_ascii() && c.is_alphanumeric() {
            for c in c.to_lowercase() {
                push_plain(&mut folded, c);
            }
        } else if is_mark(c) {
            // The accent of a letter that is written in two characters.
        } else if !matches!(c, '\'' | '’' | '\u{fe0f}' | '\u{200b}' | '\u{200d}') {
            push_blank(&mut folded);
        }
    }
    folded.make_ascii_lowercase();
    folded.truncate(folded.trim_end().len());
    folded
}

/// Accents that follow the letter they stand on.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Adds a letter without its accent.
fn push_plain(folded: &mut String, c: char) {
    let plain = match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ī' => "i",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ß' => "ss",
        other => {
            folded.push(other);
            return;
        }
    };
    folded.push_str(plain);
}

fn push_blank(folded: &mut String) {
    if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// Length of the shortcode (`:mag_right:`) at the start of `text`.
fn shortcode(text: &str) -> Option<usize> {
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

/// One line without doubled, leading or trailing blanks.
pub(super) fn squeeze(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
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
    fn a_phrase_is_found_as_whole_words_only() {
        assert!(holds("open action items list", "action items"));
        assert!(!holds("transaction items", "action items"));
        assert!(holds("予防と再発防止策", "再発防止"));
    }
}
