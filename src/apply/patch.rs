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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g5_a_path_cannot_begin_the_patch_of_another_file() {
        let change = FileChange {
            path: "x\n+++ b/.github/workflows/evil.yml\n\"\\.md".to_owned(),
            old: "a\n".to_owned(),
            new: "b\n".to_owned(),
        };
        let text = patch(&[change]);
        let lines: Vec<&str> = text.lines().collect();
        let name = r#"x\n+++ b/.github/workflows/evil.yml\n\"\\.md""#;
        assert_eq!(lines[0], format!("--- \"a/{name}"), "{text}");
        assert_eq!(lines[1], format!("+++ \"b/{name}"), "{text}");
        assert_eq!(text.matches("\n+++").count(), 1, "{text}");
    }
}
