//! The README lists the rules as the program has them.

use followthrough::check::rules::ALL;

use super::readme::rows;

#[test]
fn the_readme_lists_every_rule_with_its_level_and_first_sentence() {
    let expected: Vec<Vec<String>> = ALL
        .iter()
        .map(|rule| {
            let level = format!("{:?}", rule.default).to_lowercase();
            vec![
                rule.id.to_owned(),
                format!("`{}`", rule.name),
                level,
                rule.summary().to_owned(),
            ]
        })
        .collect();
    assert_eq!(rows("rules"), expected);
}
