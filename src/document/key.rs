//! The identity of an item by its text.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::fold::fold_accented;

/// Gives out keys, and counts items of the same text.
#[derive(Default)]
pub(super) struct Keys {
    seen: BTreeMap<String, usize>,
}

impl Keys {
    /// The key of the next item with this text: the first 16 hexadecimal digits of the SHA-256 of the
    /// folded text and its ordinal among equals, from 1.
    pub(super) fn next(&mut self, text: &str) -> String {
        let mut folded = fold_accented(text);
        if folded.is_empty() {
            text.trim().clone_into(&mut folded);
        }
        let ordinal = self.seen.entry(folded.clone()).or_default();
        *ordinal += 1;
        let digest = Sha256::digest(format!("{folded}\n{ordinal}").as_bytes());
        let (head, _) = digest.split_at(8);
        let number = head
            .iter()
            .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        format!("{number:016x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys stand in the issues of users: none may ever change.
    #[test]
    fn keys_stay_what_they_are() {
        for (text, key) in [
            ("Add an alert for memory", "dfaf711cbbe0461a"),
            ("Prüfen, ob der Alarm auslöst", "9f25bd0944f026f4"),
            (
                "Won’t **fix**: `cache::get` :rocket: (10 %)",
                "639dd89c584b37ce",
            ),
            ("支払いの監視を追加する", "c7f71c0955875556"),
            ("…", "5cc9869874afda3d"),
        ] {
            assert_eq!(Keys::default().next(text), key, "{text}");
        }
    }

    #[test]
    fn dress_does_not_change_the_key_and_repetition_does() {
        let first = Keys::default().next("Add an `alert`.");
        let mut keys = Keys::default();
        assert_eq!(keys.next("**add** an  alert"), first);
        assert_ne!(keys.next("Add an alert"), first);
        assert_eq!(first.len(), 16);
    }
}
