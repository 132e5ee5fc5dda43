//! What a person reads in a terminal.

use insta::assert_snapshot;

use super::{World, postmortem, world};
use crate::{
    apply::Ending,
    check::rules,
    model::config::Config,
    report::{
        explain, items,
        text::{self, Look},
    },
};

#[test]
fn findings_show_their_line_with_a_mark_under_the_place() {
    assert_snapshot!(text::findings(&world().report(), Look::PLAIN));
}

#[test]
fn no_findings_are_told_in_one_line() {
    let world = World::of(vec![postmortem(
        "a.md",
        &[["Act", "SRE", "2027-01-01", "Done"]],
    )]);
    assert_eq!(
        text::findings(&world.report(), Look::PLAIN),
        "No findings; 1 postmortem read\n"
    );
}

#[test]
fn a_sync_tells_item_by_item_what_was_done() {
    assert_snapshot!(text::outcome(&world().applied().report(), Look::PLAIN));
}

#[test]
fn a_sync_with_nothing_to_do_says_so_in_one_line() {
    let mut world = world();
    world.plan.changes.clear();
    world.plan.left.clear();
    world.plan.overdue.truncate(1);
    let overdue = std::mem::take(&mut world.plan.overdue);
    world.plan.due_soon.clear();
    assert_eq!(
        text::outcome(&world.report(), Look::PLAIN),
        "Everything is up to date: 4 items in 2 postmortems, 4 open\n"
    );
    world.plan.overdue = overdue;
    let told = text::outcome(&world.report(), Look::PLAIN);
    assert!(
        told.ends_with("Everything is up to date: 4 items in 2 postmortems, 4 open, 1 overdue\n")
    );
}

#[test]
fn g7_what_failed_and_what_was_left_is_told_with_its_reason() {
    let mut world = world().applied();
    if let Some(outcomes) = &mut world.outcomes {
        outcomes[0].result = Ending::Failed("no permission to open an issue".into());
        outcomes[1].result = Ending::Left("the issue was not opened".into());
        outcomes.truncate(3);
    }
    world.plan.overdue.clear();
    world.plan.due_soon.clear();
    assert_snapshot!(text::outcome(&world.report(), Look::PLAIN));
}

#[test]
fn a_plan_shows_old_and_new_and_what_is_left_alone() {
    let mut world = world();
    world
        .notices
        .push("no token: issues are kept in .followthrough/issues".into());
    world.plan.overdue.clear();
    world.plan.due_soon.clear();
    assert_snapshot!(text::plan(&world.report(), Look::PLAIN));
}

#[test]
fn colours_are_used_only_when_asked_for() {
    let world = world().applied();
    let colour = Look {
        colour: true,
        width: 100,
    };
    for draw in [text::findings, text::outcome, text::plan] {
        assert!(draw(&world.report(), colour).contains("\u{1b}["));
        assert!(!draw(&world.report(), Look::PLAIN).contains('\u{1b}'));
    }
}

#[test]
fn g5_a_document_draws_nothing_on_the_terminal_and_starts_no_workflow_command() {
    let action = "\u{1b}[2J\u{9b}31m\u{202e}evil ##[error]boo";
    let mut world = World::of(vec![postmortem(
        "a\u{1b}.md",
        &[[action, "", "::error::x", "??"]],
    )]);
    let item = world.item(0, 0);
    world.plan.changes = vec![super::open(&item, &[])];
    let applied = text::outcome(&world.report(), Look::PLAIN);
    let all = [
        text::findings(&world.report(), Look::PLAIN),
        text::plan(&world.report(), Look::PLAIN),
        items::table(&world.report()),
        applied,
    ];
    for text in all {
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{text:?}");
        assert!(!text.contains("##["), "{text}");
        assert!(
            text.lines()
                .all(|line| !line.trim_start().starts_with("::")),
            "{text}"
        );
    }
}

#[test]
fn a_finding_of_a_file_that_was_not_read_is_shown_with_its_path() {
    let mut world = World::of(Vec::new());
    let config = Config::default();
    let path = "postmortems/logo.md";
    let message = "The file is no UTF-8 text";
    world.findings.extend(crate::check::finding(
        &rules::FILE_UNREADABLE,
        &config,
        path,
        None,
        message,
        "Save it as UTF-8",
    ));
    assert_snapshot!(text::findings(&world.report(), Look::PLAIN));
}

#[test]
fn items_stand_in_columns() {
    let world = World::of(world().documents);
    assert_snapshot!(items::table(&world.report()));
}

#[test]
fn csv_quotes_what_it_must_and_runs_no_formula() {
    let rows = [["Say \"no\", twice", "@alice", "=1+1", "完了"]];
    let world = World::of(vec![postmortem("a.md", &rows)]);
    let csv = items::csv(&world.report());
    let line = csv.lines().nth(1).map(str::to_owned);
    assert_eq!(
        line.as_deref(),
        Some("a.md,34,3,\"Say \"\"no\"\", twice\",alice,'=1+1,完了,")
    );
    assert!(csv.lines().count() == 2 && csv.ends_with("\r\n"));
}

#[test]
fn a_page_of_a_rule_reads_well_without_markdown() {
    assert_snapshot!(explain::page(&rules::OVERDUE, &Config::default()));
}

#[test]
fn the_list_of_rules_has_a_line_for_each() {
    let list = explain::list(&[], &Config::default());
    let table = explain::markdown_table();
    for rule in rules::ALL {
        assert!(list.contains(&*rule.id) && table.contains(&*rule.name));
    }
    assert_eq!(table.lines().count(), rules::ALL.len() + 2);
}
