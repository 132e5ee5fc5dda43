//! Numbers and spans of time in words.

/// `1 issue`, `2 issues`.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    let plural = match one.strip_suffix('y') {
        _ if number == 1 => one.to_owned(),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if one.ends_with('s') => format!("{one}es"),
        _ => format!("{one}s"),
    };
    format!("{} {plural}", grouped(number))
}

/// `12,345`.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `12 days late`, `today`, `in 3 days`.
#[must_use]
pub fn lateness(days: i64) -> String {
    let number = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    match days {
        1.. => format!("{} late", count(number, "day")),
        0 => "today".to_owned(),
        _ => format!("in {}", count(number, "day")),
    }
}

/// The text with a large first letter.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_with_their_nouns() {
        assert_eq!(count(1, "issue"), "1 issue");
        assert_eq!(count(0, "issue"), "0 issues");
        assert_eq!(count(2, "status"), "2 statuses");
        assert_eq!(count(1200, "day"), "1,200 days");
        assert_eq!(count(3, "query"), "3 queries");
    }

    #[test]
    fn lateness_reads_from_both_sides() {
        assert_eq!(lateness(1), "1 day late");
        assert_eq!(lateness(0), "today");
        assert_eq!(lateness(-3), "in 3 days");
    }
}
