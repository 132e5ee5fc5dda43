//! Changes of documents as a patch, for people to apply.

use similar::TextDiff;

use super::FileChange;

/// A patch that `git apply` takes; empty where nothing changes.
#[must_use]
pub fn patch(files: &[FileChange]) -> String {
    files
        .iter()
        .map(|file| {
            TextDiff::from_lines(&file.old, &file.new)
                .unified_diff()
                .header(&format!("a/{}", file.path), &format!("b/{}", file.path))
                .to_string()
        })
        .collect()
}
