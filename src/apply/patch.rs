//! Changes of documents as a patch, for people to apply.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use super::FileChange;

/// A patch that `git apply` takes; empty where nothing changes.
#[must_use]
pub fn patch(files: &[FileChange]) -> String {
    let changed = files.iter().filter(|file| file.old != file.new);
    changed.map(of_file).collect()
}

fn of_file(file: &FileChange) -> String {
    // To git, a lone carriage return ends no line.
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<&str>>();
    let diff = TextDiff::from_slices(&lines(&file.old), &lines(&file.new));
    let mut patch = format!(
        "--- {}\n+++ {}\n",
        quoted("a", &file.path),
        quoted("b", &file.path)
    );
    for hunk in diff.unified_diff().iter_hunks() {
        let _ = writeln!(patch, "{}", hunk.header());
        for change in hunk.iter_changes() {
            patch.push_str(match change.tag() {
                // Blanks at the end of a line get lost on the way, and git needs none here.
                ChangeTag::Equal if change.value() == "\n" => "",
                ChangeTag::Equal => " ",
                ChangeTag::Delete => "-",
                ChangeTag::Insert => "+",
            });
            patch.push_str(change.value());
            if !change.value().ends_with('\n') {
                patch.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    patch
}

/// The path below `side`, in quotes where git puts them
/// (<https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath>).
fn quoted(side: &str, path: &str) -> String {
    let is_plain = |c: char| !c.is_ascii_control() && !matches!(c, '"' | '\\');
    if path.chars().all(is_plain) {
        return format!("{side}/{path}");
    }
    let mut quoted = format!("\"{side}/");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_ascii_control() => {
                let _ = write!(quoted, "\\{:03o}", u32::from(c));
            }
            c => quoted.push(c),
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

    fn patched(old: &str, new: &str) -> String {
        patch(&[FileChange {
            path: "a.md".to_owned(),
            old: old.to_owned(),
            new: new.to_owned(),
        }])
    }

    #[test]
    fn lines_keep_their_endings_and_a_missing_last_one_is_told() {
        assert_eq!(
            patched("a\r\nb\rc", "a\r\nb\rd\n"),
            "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n a\r\n-b\rc\n\\ No newline at end of file\n+b\rd\n"
        );
    }

    #[test]
    fn a_large_list_is_replaced_in_one_piece() {
        const LINES: usize = 20_000;
        let lines = |sign: &str| format!("{sign} Add alert\n\n").repeat(LINES);
        let text = patched(
            &format!("above\n{}below\n", lines("-")),
            &format!("above\n{}below\n", lines("|")),
        );
        assert_eq!(text.matches("\n-- Add alert\n").count(), LINES);
        assert_eq!(text.matches("\n+| Add alert\n").count(), LINES);
        assert_eq!(text.matches("\n@@ ").count(), 1);
    }
}
