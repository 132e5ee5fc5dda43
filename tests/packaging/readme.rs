//! The README says what is so: the same inputs, outputs, workflows and settings.

use super::{rendered, text, yaml};

/// The lines between `<!-- name -->` and `<!-- /name -->`.
fn part(name: &str) -> String {
    let readme = text("README.md");
    let open = format!("<!-- {name} -->\n");
    let close = format!("<!-- /{name} -->");
    assert_eq!(readme.matches(&open).count(), 1, "{open}");
    let (_, rest) = readme.split_once(&open).unwrap();
    let (part, _) = rest
        .split_once(&close)
        .unwrap_or_else(|| panic!("no {close}"));
    part.to_owned()
}

/// The block of code in a part.
fn block(name: &str) -> String {
    let part = part(name);
    let (_, rest) = part.split_once("```yaml\n").expect("a block of YAML");
    let (block, rest) = rest.split_once("```\n").expect("the end of the block");
    assert!(!rest.contains("```"), "{name} has two blocks");
    block.to_owned()
}

/// Rows of a table: the cells of each, trimmed, header left out.
pub(crate) fn rows(name: &str) -> Vec<Vec<String>> {
    part(name)
        .lines()
        .filter(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            line.trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .collect()
        })
        .collect()
}

fn sorted(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    rows.sort();
    rows
}

#[test]
fn the_readme_lists_the_inputs_of_the_action_with_their_defaults() {
    let action = yaml(&text("action.yml"));
    let inputs = action["inputs"].as_object().unwrap();
    let expected = inputs
        .iter()
        .map(|(name, input)| {
            let default = match input["default"].as_str().unwrap() {
                "" => "empty".to_owned(),
                text => format!("`{text}`"),
            };
            let description = input["description"].as_str().unwrap().to_owned();
            vec![format!("`{name}`"), default, description]
        })
        .collect();
    assert_eq!(sorted(rows("inputs")), sorted(expected));
}

#[test]
fn the_readme_lists_the_outputs_of_the_action() {
    let action = yaml(&text("action.yml"));
    let outputs = action["outputs"].as_object().unwrap();
    let expected = outputs
        .iter()
        .map(|(name, output)| {
            let description = output["description"].as_str().unwrap().to_owned();
            vec![format!("`{name}`"), description]
        })
        .collect();
    assert_eq!(sorted(rows("outputs")), sorted(expected));
}

/// With `UPDATE_README=1` the blocks are rewritten first: `UPDATE_README=1 cargo test --test packaging`.
#[test]
fn the_readme_shows_the_files_that_init_writes() {
    for name in [
        "postmortems.yml",
        "postmortem-sweep.yml",
        "followthrough.yml",
    ] {
        let (shown, written) = (block(name), rendered(name));
        if shown != written && std::env::var_os("UPDATE_README").is_some() {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
            std::fs::write(path, text("README.md").replace(&shown, &written)).unwrap();
        }
        assert_eq!(block(name), written, "{name}");
    }
}

#[test]
fn paths_that_the_readme_names_are_there() {
    let readme = text("README.md");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for link in readme.split("](").skip(1) {
        let (target, _) = link.split_once(')').expect("the end of a link");
        if target.contains("://") || target.starts_with('#') || target.contains(".followthrough/") {
            continue;
        }
        assert!(root.join(target).exists(), "{target}");
    }
}

#[test]
fn headings_that_the_readme_links_to_are_there() {
    let readme = text("README.md");
    let anchors: Vec<String> = readme
        .lines()
        .filter_map(|line| line.strip_prefix('#'))
        .map(|line| {
            line.trim_start_matches('#')
                .trim()
                .to_lowercase()
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'))
                .map(|c| if c == ' ' { '-' } else { c })
                .collect()
        })
        .collect();
    for link in readme.split("](#").skip(1) {
        let (target, _) = link.split_once(')').expect("the end of a link");
        assert!(anchors.iter().any(|anchor| anchor == target), "#{target}");
    }
}
