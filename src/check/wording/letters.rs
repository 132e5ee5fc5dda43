//! Finds letters without which a pattern cannot match, so that one scan tells which patterns to try.

use std::cmp::Reverse;

use regex_syntax::hir::{Hir, HirKind};

/// Letters that are in every document say nothing about it.
const COMMON: [&str; 28] = [
    "and", "are", "been", "but", "cause", "did", "error", "fail", "failed", "for", "from", "had",
    "has", "have", "her", "his", "its", "not", "out", "she", "team", "that", "the", "their",
    "they", "this", "was", "with",
];

/// Letters in lower case that a match has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Letters {
    pub(super) text: String,
    /// Whether no letter or digit of ASCII stands before them.
    pub(super) begins: bool,
}

/// Sets of letters: of each, every text that the expression matches as whole words has at least one, whatever the case.
/// No more than two, those that are rarest.
pub(super) fn needed(expression: &Hir) -> Vec<Vec<Letters>> {
    match expression.kind() {
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Concat(parts) => {
            let mut sets = of_parts(parts, true);
            sets.sort_by_key(|set| Reverse(worth(set)));
            sets.dedup();
            sets.truncate(2);
            sets
        }
        _ => required(expression, true).into_iter().collect(),
    }
}

/// One set; `None` where there are no such letters. `begins` tells that the expression begins a word.
fn required(expression: &Hir, begins: bool) -> Option<Vec<Letters>> {
    match expression.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?.to_ascii_lowercase();
            let mut at = 0;
            let pieces = text.split(|c: char| !is_letter(c)).map(|piece| {
                let start = at;
                at += piece.len() + 1;
                Letters {
                    text: piece.to_owned(),
                    begins: start > 0 || begins,
                }
            });
            let piece = pieces.max_by_key(weight)?;
            (text.is_ascii() && !piece.text.is_empty()).then(|| vec![piece])
        }
        HirKind::Capture(capture) => required(&capture.sub, begins),
        HirKind::Repetition(repetition) if repetition.min > 0 => {
            required(&repetition.sub, begins && repetition.min == 1)
        }
        HirKind::Concat(parts) => of_parts(parts, begins)
            .into_iter()
            .max_by_key(|set| worth(set)),
        HirKind::Alternation(ways) => {
            let mut all = Vec::new();
            for way in ways {
                all.extend(required(way, begins)?);
            }
            all.sort();
            all.dedup();
            Some(all)
        }
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) | HirKind::Repetition(_) => None,
    }
}

/// The sets of expressions one behind the other.
fn of_parts(parts: &[Hir], mut begins: bool) -> Vec<Vec<Letters>> {
    let mut sets = Vec::new();
    for part in parts {
        sets.extend(required(part, begins));
        begins = ends_apart(part, begins);
    }
    sets
}

/// Whether what comes behind an expression begins a word, where the expression itself does or does not begin one.
fn ends_apart(expression: &Hir, begins: bool) -> bool {
    match expression.kind() {
        HirKind::Literal(literal) => literal
            .0
            .last()
            .is_some_and(|last| !last.is_ascii_alphanumeric()),
        HirKind::Capture(capture) => ends_apart(&capture.sub, begins),
        HirKind::Repetition(repetition) => {
            ends_apart(&repetition.sub, begins) && (begins || repetition.min > 0)
        }
        HirKind::Concat(parts) => parts
            .iter()
            .fold(begins, |begins, part| ends_apart(part, begins)),
        HirKind::Alternation(ways) => ways.iter().all(|way| ends_apart(way, begins)),
        HirKind::Empty | HirKind::Look(_) => begins,
        HirKind::Class(_) => false,
    }
}

/// The sign of a login, which is rarer than any letter.
const SIGN: &str = "@";

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || SIGN.contains(c)
}

/// How much a set sifts: as much as its most frequent member.
fn worth(set: &[Letters]) -> usize {
    set.iter().map(weight).min().unwrap_or_default()
}

/// Long words are rare, but for those that every sentence needs.
fn weight(letters: &Letters) -> usize {
    let text = letters.text.as_str();
    if COMMON.contains(&text) {
        1
    } else if text == SIGN {
        6
    } else {
        text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::{Letters, needed, required};

    fn words(set: &[Letters]) -> Vec<&str> {
        set.iter().map(|letters| letters.text.as_str()).collect()
    }

    #[track_caller]
    fn assert_required(expression: &str, expected: Option<&[&str]>) {
        let hir = regex_syntax::parse(expression).expect("an expression");
        let found = required(&hir, true);
        let found = found.as_deref().map(words);
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
    fn two_sets_sift_more_than_one() {
        let hir = regex_syntax::parse("(?:engineer|operator)s? (?:forgot|skipped) (?:to|the)");
        let sets = needed(&hir.expect("an expression"));
        let sets: Vec<_> = sets.iter().map(|set| words(set)).collect();
        assert_eq!(sets, [["engineer", "operator"], ["forgot", "skipped"]]);
    }

    #[test]
    fn letters_begin_a_word_where_nothing_can_stand_right_before_them() {
        for (expression, expected) in [
            ("he", true),
            ("(?:just )?he", true),
            ("(?:just )*(?P<who>he)", true),
            ("on-?call", false),
            ("un(?:just )?he", false),
            ("\\w+he", false),
            ("\\w+ he", true),
            ("a he", true),
            ("@he", true),
            ("(?:he){1,2}", true),
            ("(?:he){2}", false),
        ] {
            let hir = regex_syntax::parse(expression).expect("an expression");
            let sets = needed(&hir);
            let found = sets
                .iter()
                .flatten()
                .find(|letters| letters.text.contains("he") || letters.text == "call");
            assert_eq!(
                found.map(|found| found.begins),
                Some(expected),
                "{expression}"
            );
        }
    }

    #[test]
    fn an_expression_that_can_match_without_letters_has_none() {
        for expression in ["", ".*", "[a-z]+", "(?:error)?", "error|[0-9]", "’"] {
            assert_required(expression, None);
        }
    }
}
