//! Says how what came out differs from what a case expects.

use similar::TextDiff;

use crate::folder::Tree;

/// One text for each file that is missing, not used, or different.
pub(crate) fn differences(expected: &Tree, actual: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (path, wanted) in expected {
        match actual.get(path) {
            None => found.push(format!("{path} is not used; it says:\n{}", visible(wanted))),
            Some(came) if came != wanted => {
                found.push(format!("{path} differs:\n{}", diff(wanted, came)));
            }
            Some(_) => {}
        }
    }
    for (path, came) in actual {
        if !expected.contains_key(path) {
            found.push(format!(
                "{path} is missing; it would be:\n{}",
                visible(came)
            ));
        }
    }
    found
}

/// The lines that differ, with carriage returns that can be seen.
pub(crate) fn diff(old: &[u8], new: &[u8]) -> String {
    let (old, new) = (visible(old), visible(new));
    TextDiff::from_lines(&old, &new)
        .unified_diff()
        .context_radius(2)
        .to_string()
}

fn visible(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\r', "␍")
}
