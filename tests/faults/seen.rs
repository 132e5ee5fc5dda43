//! What people see of a world, in a form in which two worlds can be compared.

use std::{collections::BTreeMap, fmt::Write as _, sync::LazyLock};

use regex::{Captures, Regex};

use super::GitHub;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(#|/issues/)(\d+)").unwrap());
static COMMIT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b[0-9a-f]{40}\b").unwrap());

/// Every issue with its title, text, state, labels, people and comments, and every file of every branch.
///
/// Issues go by their titles, since their numbers tell the order in which they were opened; the commits that texts
/// link to are left out, since a run that comes later reads a later one.
pub fn seen(github: &GitHub) -> Vec<String> {
    let mut world = github.world();
    let shop = world.shop();
    let names: BTreeMap<String, String> = shop
        .issues
        .values()
        .map(|issue| (issue.number.to_string(), issue.title.clone()))
        .collect();
    let plain = |text: &str| {
        let by_title = NUMBER.replace_all(text, |found: &Captures<'_>| {
            let name = names.get(&found[2]).map_or(&found[2], String::as_str);
            format!("{}{name}", &found[1])
        });
        COMMIT.replace_all(&by_title, "commit").into_owned()
    };
    let mut all: Vec<String> = shop
        .issues
        .values()
        .map(|issue| {
            let mut labels = issue.labels.clone();
            labels.sort();
            let mut text = format!(
                "{} open={} {:?} {labels:?} {:?}\n{}",
                issue.title,
                issue.is_open,
                issue.state_reason,
                issue.assignees,
                plain(issue.body())
            );
            for comment in &issue.comments {
                write!(text, "\n--- comment\n{}", plain(&comment.body)).unwrap();
            }
            text
        })
        .collect();
    for (branch, head) in shop.git.heads() {
        for (path, content) in &head.files {
            let text = String::from_utf8_lossy(content);
            all.push(format!("{branch}:{path}\n{}", plain(&text)));
        }
    }
    all.sort();
    all
}

/// Where two worlds differ; nothing where they do not.
pub fn difference(seen: &[String], expected: &[String]) -> Option<String> {
    let told = |mark: &str, these: &[String], those: &[String]| -> String {
        let only = these.iter().filter(|one| !those.contains(one));
        only.map(|one| format!("{mark} {one}\n")).collect()
    };
    // A text that is there twice is found in the other world all the same.
    let same = seen == expected;
    (!same).then(|| {
        format!(
            "{} things instead of {}\n{}{}",
            seen.len(),
            expected.len(),
            told("+", seen, expected),
            told("-", expected, seen)
        )
    })
}
