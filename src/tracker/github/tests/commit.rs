//! The signs by which a refusal is told from another.

use super::*;

#[test]
fn the_words_of_protection_are_known_in_all_their_forms() {
    for text in [
        "protected branch 'main' check failed",
        "Repository rule violations found\n\nChanges must be made through a pull request.",
        "Required status check \"ci\" is expected.",
        "At least 1 approving review is required by reviewers with write access.",
        "Cannot update this protected ref.",
    ] {
        assert!(is_protection(text), "{text}");
    }
    assert!(!is_protection("Resource not accessible by integration"));
}

#[test]
fn a_moved_head_is_known_by_its_type_or_its_words() {
    let error = |kind: &str, message: &str| GraphError {
        kind: kind.into(),
        message: message.into(),
        ..GraphError::default()
    };
    assert!(is_stale(&error("STALE_DATA", "whatever")));
    assert!(is_stale(&error(
        "",
        "Expected branch to point to \"a\" but it did not."
    )));
    assert!(!is_stale(&error("UNPROCESSABLE", "A path was too long")));
}
