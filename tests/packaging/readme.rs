//! The README says what is so: the same inputs, outputs, workflows and settings.

use followthrough::{
    document::{Document, Vocabulary},
    model::config::Config,
};

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
fn rows(name: &str) -> Vec<Vec<String>> {
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

/// Each example of the section on what is read, and what is read from it: action, owner, due day, status and link.
const EXAMPLES: [&[[&str; 5]]; 8] = [
    &[[
        "Add memory monitoring",
        "SRE Team",
        "2024-02-01",
        "In Progress",
        "",
    ]],
    &[[
        "Page the on-call engineer when a renewal job fails twice",
        "@priya",
        "2025-03-20",
        "[ ]",
        "",
    ]],
    &[[
        "Give the rebuild a lower priority than searches",
        "Platform",
        "2025-04-30",
        "",
        "",
    ]],
    &[[
        "Add a rate limit to the login",
        "SRE",
        "2025-04-30",
        "In Progress",
        "",
    ]],
    &[
        ["Alert at 80 %", "", "", "done", ""],
        [
            "Move the logs to a disk of their own",
            "",
            "",
            "",
            "https://github.com/acme/shop/issues/14",
        ],
    ],
    &[[
        "Warn before a certificate expires",
        "@priya",
        "2025-03-15",
        "Planned",
        "",
    ]],
    &[[
        "Write a runbook for the renewal",
        "",
        "2025-03-20",
        "in progress",
        "https://github.com/acme/shop/issues/12",
    ]],
    &[
        [
            "Alert on certificates that expire within 30 days",
            "",
            "2025-09-30",
            "",
            "",
        ],
        [
            "Renew all certificates by machine",
            "",
            "2025-09-30",
            "",
            "",
        ],
    ],
];

#[test]
fn the_examples_of_the_readme_are_read_as_it_says() {
    let readme = text("README.md");
    let (_, section) = readme.split_once("## What it reads").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let examples: Vec<&str> = section
        .split("```markdown\n")
        .skip(1)
        .map(|block| block.split("```").next().unwrap())
        .collect();
    assert_eq!(examples.len(), EXAMPLES.len());
    for (example, wanted) in examples.iter().zip(EXAMPLES) {
        let text = format!("# Outage of 1 March 2025\n\n## Action items\n\n{example}");
        let vocabulary = Vocabulary::new(&Config::default());
        let document = Document::parse("postmortems/outage.md", text, &vocabulary);
        let read: Vec<[String; 5]> = document
            .items
            .iter()
            .map(|item| {
                let owner = item.owners.as_ref().map(|owners| owners.text.clone());
                let due = item.due_date().map(|day| day.to_string());
                let status = item.status.as_ref().map(|status| status.text.clone());
                let link = item.tracking_link().map(|link| link.text.clone());
                let fields = [Some(item.action.clone()), owner, due, status, link];
                fields.map(Option::unwrap_or_default)
            })
            .collect();
        assert_eq!(read, *wanted, "{example}");
    }
}
