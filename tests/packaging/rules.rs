//! The README lists the rules as the program has them.

use followthrough::report::explain;

use super::text;

/// With `UPDATE_README=1` the table is rewritten first: `UPDATE_README=1 cargo test --test packaging`.
#[test]
fn the_readme_lists_every_rule_with_its_level_and_first_sentence() {
    let (before, rest) = cut("<!-- rules -->\n", &text("README.md"));
    let (shown, after) = cut("<!-- /rules -->\n", &rest);
    let table = explain::markdown_table();
    if shown != table && std::env::var_os("UPDATE_README").is_some() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        let updated = format!("{before}<!-- rules -->\n{table}<!-- /rules -->\n{after}");
        std::fs::write(path, updated).unwrap();
        return;
    }
    assert_eq!(shown, table);
}

/// What stands before and behind the mark.
fn cut(mark: &str, text: &str) -> (String, String) {
    let (before, behind) = text.split_once(mark).expect("the mark");
    (before.to_owned(), behind.to_owned())
}
