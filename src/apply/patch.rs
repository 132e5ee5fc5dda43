//! Changes of documents as a patch, for people to apply.

use std::fmt::Write as _;

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
                .header(&name("a", &file.path), &name("b", &file.path))
                .to_string()
        })
        .collect()
}

/// A name as git quotes it: else a line break in it could begin the patch of another file.
/// <https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath>
fn name(side: &str, path: &str) -> String {
    let needs_quotes = |c: char| c.is_control() || c == '"' || c == '\\';
    if !path.contains(needs_quotes) {
        return format!("{side}/{path}");
    }
    let mut quoted = format!("\"{side}/");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            _ if c.is_control() => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    // Writing into a string cannot fail.
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g5_a_path_cannot_begin_the_patch_of_another_file() {
        let change = FileChange {
            path: "x\n+++ b/.github/workflows/evil.yml\n\"\\ü.md".to_owned(),
            old: "a\n".to_owned(),
            new: "b\n".to_owned(),
        };
        let text = patch(&[change]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[..2],
            [
                r#"--- "a/x\012+++ b/.github/workflows/evil.yml\012\"\\ü.md""#,
                r#"+++ "b/x\012+++ b/.github/workflows/evil.yml\012\"\\ü.md""#,
            ]
        );
        assert_eq!(text.matches("\n+++").count(), 1);
    }
}
