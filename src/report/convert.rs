//! What became of the lists of action items in each postmortem, in words.

use std::fmt::Write as _;

use crate::document::{Conversion, Document};

use super::phrase::count;

/// A postmortem, and what of it became a table.
#[derive(Clone, Debug)]
pub struct Converted<'a> {
    /// The postmortem as it was read.
    pub document: &'a Document,
    /// What is to become of it, or became.
    pub conversion: Conversion,
}

/// One line for each list and each postmortem without one, and the sum.
#[must_use]
pub fn told(files: &[Converted<'_>], written: bool) -> String {
    let mut text = String::new();
    for file in files {
        let path = &file.document.path;
        for (line, reason) in &file.conversion.kept {
            let _ = writeln!(text, "{path}:{line}: the list stays as it is: {reason}");
        }
        if file.conversion.converted.is_empty() && file.conversion.kept.is_empty() {
            let _ = writeln!(text, "{path}: {}", nothing_to_do(file.document));
        }
    }
    let lists: usize = files
        .iter()
        .map(|file| file.conversion.converted.len())
        .sum();
    let changed = files
        .iter()
        .filter(|file| !file.conversion.converted.is_empty());
    let changed = changed.count();
    if files.iter().any(|file| !file.conversion.kept.is_empty()) {
        text.push_str("Move what is named out of its list, or reword it, and convert again\n");
    }
    if changed > 0 {
        let what = format!("{} in {}", count(lists, "list"), count(changed, "file"));
        let _ = if written {
            writeln!(text, "Wrote {what} as tables")
        } else {
            writeln!(
                text,
                "Would write {what} as tables; with --write, it is done"
            )
        };
    }
    text
}

fn nothing_to_do(document: &Document) -> &'static str {
    if document.items.is_empty() {
        "no action items; `followthrough check` says what is missing"
    } else {
        "unchanged; its action items stand in tables already"
    }
}
