//! Finds letters without which a pattern cannot match, so that one scan tells which patterns to try.

use regex_syntax::hir::{Hir, HirKind};

/// Letters that are in every document say nothing about it.
const COMMON: [&str; 28] = [
    "and", "are", "been", "but", "cause", "did", "error", "fail", "failed", "for", "from", "had",
    "has", "have", "her", "his", "its", "not", "out", "she", "team", "that", "the", "their",
    "they", "this", "was", "with",
];

/// Letters in lower case, of which every text has at least one that the expression matches, whatever the case; `None`
/// where there are no such letters.
pub(super) fn required(expression: &Hir) -> Option<Vec<String>> {
    match expression.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?.to_ascii_lowercase();
            let pieces = text.split(|c: char| !c.is_ascii_alphanumeric());
            let piece = pieces.max_by_key(|piece| weight(piece))?;
            (!piece.is_empty()).then(|| vec![piece.to_owned()])
        }
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(parts) => parts
            .iter()
            .filter_map(required)
            .max_by_key(|set| worth(set)),
        HirKind::Alternation(ways) => {
            let mut all = Vec::new();
            for way in ways {
                all.extend(required(way)?);
            }
            all.sort();
            all.dedup();
            Some(all)
        }
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) | HirKind::Repetition(_) => None,
    }
}

/// How much a set sifts: as much as its most frequent member.
fn worth(set: &[String]) -> usize {
    set.iter()
        .map(|letters| weight(letters))
        .min()
        .unwrap_or_default()
}

/// Long words are rare, but for those that every sentence needs.
fn weight(letters: &str) -> usize {
    if COMMON.contains(&letters) {
        1
    } else {
        letters.len()
    }
}

#[cfg(test)]
mod tests {
    use super::required;

    #[track_caller]
    fn assert_required(expression: &str, expected: Option<&[&str]>) {
        let hir = regex_syntax::parse(expression).expect("an expression");
        let found = required(&hir);
        let found: Option<Vec<&str>> = found
            .as_ref()
            .map(|set| set.iter().map(String::as_str).collect());
        assert_eq!(found.as_deref(), expected, "{expression}");
    }

    #[test]
    fn the_rarest_letters_that_every_match_has_are_taken() {
        assert_required("human mistakes?", Some(&["mistake"]));
        // The rarer one, since errors are in every postmortem.
        assert_required("human errors?", Some(&["human"]));
        assert_required("(?:human|operator) mistakes?", Some(&["mistake"]));
        assert_required("should(?: not)? have been", Some(&["should"]));
        assert_required(
            "(?:we|they) (?:forgot|did not check)",
            Some(&["check", "forgot"]),
        );
        assert_required("(?P<words>[A-Z][a-z]+ (?:forgot){1,2})", Some(&["forgot"]));
        assert_required("DBA", Some(&["dba"]));
        assert_required("not in (?:place|use)", Some(&["place", "use"]));
    }

    #[test]
    fn an_expression_that_can_match_without_letters_has_none() {
        for expression in ["", ".*", "[a-z]+", "(?:error)?", "error|[0-9]", "’"] {
            assert_required(expression, None);
        }
    }
}
