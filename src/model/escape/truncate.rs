//! Cuts texts to a number of characters.

use unicode_segmentation::UnicodeSegmentation as _;

use super::GAP;

/// `text`, or as much of it as fits into `limit` characters with `notice` behind it, cut at a line end where
/// there is one in the last half.
#[must_use]
pub fn truncate_chars(text: &str, limit: usize, notice: &str) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(notice.chars().count());
    let kept = first_chars(text, room);
    let cut = match kept.rfind('\n') {
        Some(end) if end >= kept.len() / 2 => &kept[..=end],
        _ => kept,
    };
    format!("{cut}{}", first_chars(notice, limit))
}

/// `line`, or as much of it as fits into `limit` characters with `…` behind it; whole graphemes only, so that no
/// emoji or accented letter is torn.
#[must_use]
pub fn truncate_line(line: &str, limit: usize) -> String {
    if line.len() <= limit || line.chars().count() <= limit {
        return line.to_owned();
    }
    let mut room = limit.saturating_sub(1);
    let mut kept = String::with_capacity(limit + '…'.len_utf8());
    if let Some(start) = line.get(..=room)
        && start
            .bytes()
            .all(|byte| byte.is_ascii_graphic() || byte == b' ')
    {
        // Each letter is a grapheme.
        kept.push_str(&start[..room]);
    } else {
        for grapheme in line.graphemes(true) {
            let size = grapheme.chars().count();
            if size > room {
                break;
            }
            room -= size;
            kept.push_str(grapheme);
        }
    }
    let end = kept.trim_end_matches([' ', GAP]).len();
    kept.truncate(end);
    if limit > 0 {
        kept.push('…');
    }
    kept
}

fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices()
        .nth(count)
        .map_or(text, |(end, _)| &text[..end])
}
