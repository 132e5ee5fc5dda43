//! What people read on GitHub: the sticky comment and the job summary.

use comrak::{Options, markdown_to_html};
use insta::assert_snapshot;
use proptest::prelude::*;

use super::{World, open, postmortem, several, world};
use crate::{
    check::sample::day,
    model::{change::Left, issue::BODY_LIMIT},
    report::{
        comment,
        links::{Links, Stage},
        markdown, summary,
        text::{self, Look},
    },
};

fn html(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.render.r#unsafe = true;
    markdown_to_html(markdown, &options)
}

#[test]
fn the_comment_says_what_merging_does_and_what_to_mend() {
    assert_snapshot!(comment::markdown(&world().report()));
}

#[test]
fn the_comment_is_friendly_when_all_is_well() {
    let mut world = World::of(vec![postmortem(
        "a.md",
        &[["Act", "SRE", "2027-01-01", "Not Started"]],
    )]);
    assert_snapshot!(comment::markdown(&world.report()));
    let item = world.item(0, 0);
    world.plan.changes = vec![open(&item, &[])];
    let text = comment::markdown(&world.report());
    assert!(
        text.contains("Merging this **opens 1 issue**. Nothing to mend. ✅"),
        "{text}"
    );
}

#[test]
fn many_findings_are_folded_away() {
    let actions = several(5);
    let rows: Vec<_> = actions
        .iter()
        .map(|act| [act, "", "", "Halfway-ish"])
        .collect();
    let world = World::of(vec![postmortem("a.md", &rows)]);
    let text = comment::markdown(&world.report());
    assert!(
        text.contains("<details>\n<summary>15 warnings in 1 file</summary>"),
        "{text}"
    );
    assert_eq!(text.matches("</details>").count(), 1);
}

#[test]
fn a_huge_comment_keeps_to_the_limit_and_closes_what_it_opens() {
    let action = "@x ".repeat(60);
    let rows = vec![[action.as_str(), "", "", "Halfway-ish"]; 2_000];
    let mut world = World::of(vec![postmortem("a.md", &rows)]);
    world.plan.changes = (0..2_000)
        .map(|index| open(&world.item(0, index), &[]))
        .collect();
    let text = comment::markdown(&world.report());
    assert!(text.chars().count() <= BODY_LIMIT);
    assert!(text.starts_with(comment::MARKER));
    assert_eq!(
        text.matches("<details>").count(),
        text.matches("</details>").count()
    );
    assert!(text.contains("more items."));
    assert!(summary::markdown(&world.report()).len() < 1_048_576);
}

#[test]
fn the_summary_tells_what_was_done_and_what_is_late() {
    assert_snapshot!(summary::markdown(&world().applied().report()));
}

#[test]
fn the_summary_holds_the_patch_that_was_not_written() {
    let mut world = world();
    world.patch = Some("--- a/x.md\n+++ b/x.md\n+```\n".into());
    let text = summary::markdown(&world.report());
    assert!(
        text.contains("\n````diff\n--- a/x.md\n+++ b/x.md\n+```\n````\n"),
        "{text}"
    );
}

#[test]
fn g9_what_gets_no_issue_is_counted_and_listed() {
    let mut world = world();
    let (one, other) = (world.item(0, 0), world.item(1, 0));
    world.plan.left = vec![
        (one.clone(), Left::BeforeSince(day("2026-01-01"))),
        (other.clone(), Left::BeforeSince(day("2026-01-01"))),
        (one, Left::OverLimit),
        (other, Left::Undated),
    ];
    let report = world.report();
    let listed = markdown::left(&report, &Links::of(&report, Stage::Summary), 5_000);
    assert_snapshot!("left_on_github", listed);
    assert_snapshot!("left_on_a_terminal", text::plan(&report, Look::PLAIN));
    assert!(summary::markdown(&world.report()).contains(&listed));
    assert!(comment::markdown(&world.report()).contains(&listed));
}

#[test]
fn issues_of_a_comment_are_linked_without_an_event_on_them() {
    let world = world();
    let text = comment::markdown(&world.report());
    assert!(
        text.contains("(https://redirect.github.com/acme/shop/issues/7)"),
        "{text}"
    );
    assert!(!text.contains("//github.com/acme/shop/issues/"), "{text}");
    let text = summary::markdown(&world.report());
    assert!(
        text.contains("(https://github.com/acme/shop/issues/7)"),
        "{text}"
    );
}

#[test]
fn without_an_address_nothing_is_linked() {
    let mut world = world();
    world.blob = "";
    for text in [
        comment::markdown(&world.report()),
        summary::markdown(&world.report()),
    ] {
        assert!(!text.contains("]("), "{text}");
        assert!(text.contains("Add memory monitoring"), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn g5_whatever_a_row_says_comment_and_summary_notify_nobody_and_keep_their_shape(
        action in "[@#|<>&`*_\\[\\]!()\\\\a-f0-9 :/.x-]{1,40}", owner in "[@|<`\\\\a-z/-]{0,12}", due in "\\PC{0,12}",
    ) {
        let action = format!("{action}@evil fixes #1 <!-- followthrough-comment:1 --><img src=x> https://github.com/o/r/issues/1");
        let mut document = postmortem("a@b#1|`.md", &[["Act", "SRE", "next sprint", "Halfway-ish"]]);
        let read = &mut document.items[0];
        read.action.clone_from(&action);
        let (wrote_owner, wrote_due) = (read.owners.as_mut(), read.due.as_mut());
        wrote_owner.expect("an owner").text.clone_from(&owner);
        wrote_due.expect("a date").text.clone_from(&due);
        read.status.as_mut().expect("a status").text = "@who".into();
        let mut world = World::of(vec![document]);
        let item = world.item(0, 0);
        world.plan.overdue = vec![super::late(item.clone(), &owner, "2024-02-01", 3)];
        world.plan.left = vec![(item.clone(), Left::CannotPlace)];
        world.plan.changes = vec![open(&item, &[])];
        for text in [comment::markdown(&world.report()), summary::markdown(&world.report())] {
            let rest = text.strip_prefix(comment::MARKER).unwrap_or(&text);
            prop_assert!(!rest.contains("<!--"), "{}", text);
            prop_assert!(!rest.contains("<img"), "{}", text);
            for (at, _) in rest.match_indices('@') {
                prop_assert!(rest[at + 1..].starts_with('\u{200b}'), "{}", text);
            }
            let page = html(rest);
            prop_assert!(page.matches("<a href=").count() == page.matches("<a href=\"https://github.com/acme/shop/blob/").count(), "{}", page);
            // Each table has one line of dashes, which becomes no row.
            let lines = rest.lines().filter(|line| line.starts_with("| ")).count();
            let rows = page.matches("<tr>").count() + page.matches("<table>").count();
            prop_assert_eq!(rows, lines, "{}", page);
        }
    }
}
