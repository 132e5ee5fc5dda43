//! Changes of documents as a patch, for people to apply.

use diffy::DiffOptions;

use super::FileChange;

/// A patch that `git apply` takes; empty where nothing changes.
#[must_use]
pub fn patch(files: &[FileChange]) -> String {
    files
        .iter()
        .filter(|file| file.old != file.new)
        .map(|file| {
            DiffOptions::new()
                .set_original_filename(format!("a/{}", file.path))
                .set_modified_filename(format!("b/{}", file.path))
                .create_patch(&file.old, &file.new)
                .to_string()
        })
        .collect()
}
