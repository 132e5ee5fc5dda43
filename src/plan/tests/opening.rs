//! Which items get an issue, which do not and why, and what the issue says.

use std::collections::BTreeSet;

use super::{PATH, World, table, world};
use crate::{
    check::sample::day,
    model::{
        change::{Change, Left, Plan},
        config::OwnerTarget,
        issue::{BODY_LIMIT, Draft, TITLE_LIMIT},
        marker::Marker,
    },
    plan::Scope,
};

const ROW: &str = "| Add memory monitoring | SRE Team | 2024-02-01 | In Progress | |";

fn drafts(plan: &Plan) -> Vec<&Draft> {
    plan.changes
        .iter()
        .filter_map(|change| match change {
            Change::Open { draft, .. } => Some(draft),
            _ => None,
        })
        .collect()
}

fn left(world: &World) -> Vec<Left> {
    world.plan().left.iter().map(|(_, why)| *why).collect()
}

#[test]
fn an_open_item_gets_an_issue() {
    assert_eq!(world(&[ROW]).changes(), ["open Add memory monitoring"]);
}

#[test]
fn a_settled_item_never_gets_an_issue() {
    for word in ["Done", "Won't Do", "✅ Complete"] {
        let row = format!("| Add memory monitoring | SRE Team | 2024-02-01 | {word} | |");
        let world = world(&[&row]);
        assert!(world.plan().is_empty(), "{word}");
        assert!(left(&world).is_empty(), "{word}");
    }
}

#[test]
fn a_row_without_status_says_at_once_what_its_new_issue_says() {
    let world = world(&["| Add memory monitoring | SRE Team | 2024-01-01 | | |"]);
    assert_eq!(
        world.changes(),
        [
            "open Add memory monitoring",
            "status  → Not Started ⚠️ overdue"
        ]
    );
}

#[test]
fn an_issue_says_what_who_when_where_and_how_it_stays_in_sync() {
    let mut world = world(&[ROW]);
    world
        .config
        .owners
        .insert("SRE Team".into(), OwnerTarget::One("alice".into()));
    let plan = world.plan();
    let [draft] = drafts(&plan)[..] else {
        panic!("one draft")
    };
    assert_eq!(draft.title, "Add memory monitoring");
    assert_eq!(draft.assignees, ["alice"]);
    assert_eq!(draft.labels, ["postmortem-action", "due-soon"][..1]);
    for part in [
        "Checkout down",
        "2024-01-08",
        "Add memory monitoring",
        "SRE Team (@alice)",
        "2024-02-01",
        "/blob/0123456/postmortems/a.md?plain=1#L9",
        "kept in sync",
    ] {
        assert!(draft.body.contains(part), "{part} in\n{}", draft.body);
    }
}

#[test]
fn labels_of_a_new_issue_come_once_and_never_empty() {
    let mut world = world(&["| Add memory monitoring | SRE Team | 2024-01-01 | Not Started | |"]);
    world.config.issues.extra_labels = ["Postmortem-Action", "", "sre", "OVERDUE"]
        .map(str::to_owned)
        .to_vec();
    let plan = world.plan();
    assert_eq!(
        drafts(&plan)[0].labels,
        ["postmortem-action", "sre", "OVERDUE"]
    );
}

#[test]
fn a_document_is_in_scope_by_date_name_link_or_wholesale() {
    let named = |path: &str| Scope {
        named: BTreeSet::from([path.to_owned()]),
        ..Scope::default()
    };
    let since = |date: &str| Scope {
        since: Some(day(date)),
        ..named(PATH)
    };
    let everything = Scope {
        everything: true,
        ..Scope::default()
    };
    for (scope, why_not) in [
        (Scope::default(), Some(Left::OutOfScope)),
        (named(PATH), None),
        (named("postmortems/b.md"), Some(Left::OutOfScope)),
        (since("2024-01-08"), None),
        (
            since("2024-01-09"),
            Some(Left::BeforeSince(day("2024-01-09"))),
        ),
        (everything, None),
    ] {
        let mut world = world(&[ROW]);
        world.scope = scope.clone();
        let opens = usize::from(why_not.is_none());
        assert_eq!(drafts(&world.plan()).len(), opens, "{scope:?}");
        assert_eq!(left(&world), Vec::from_iter(why_not), "{scope:?}");
    }
}

#[test]
fn a_document_with_an_issue_is_in_scope() {
    let mut world = world(&[
        ROW,
        "| Update suite | Dev | 2024-02-15 | Not Started | #3 |",
    ]);
    world.scope = Scope::default();
    // The link counts, whether the issue is there or not.
    assert_eq!(world.changes()[0], "open Add memory monitoring");
    world.give(1, "#3");
    assert_eq!(world.changes(), ["open Add memory monitoring"]);
    // So does an issue whose link was never written.
    world.rewrite("#3", "");
    assert_eq!(
        world.changes(),
        ["open Add memory monitoring", "adopt #3", "link #3"]
    );
}

#[test]
fn rows_out_of_scope_stay_as_they_are() {
    let mut world = world(&["| Add memory monitoring | SRE Team | 2024-01-01 | Not Started | |"]);
    world.scope = Scope::default();
    assert!(world.plan().is_empty());
    assert!(world.plan().overdue.is_empty());
}

#[test]
fn a_run_opens_as_many_issues_as_it_may_and_lists_the_rest() {
    let mut world = world(&[
        "| One | A | 2024-02-01 | Not Started | |",
        "| Two | A | 2024-02-01 | Not Started | |",
        "| Three | A | 2024-02-01 | Not Started | |",
    ]);
    world.config.issues.max_new = 2;
    assert_eq!(world.changes(), ["open One", "open Two"]);
    assert_eq!(left(&world), [Left::OverLimit]);
}

#[test]
fn without_issues_nothing_is_opened_and_the_items_are_listed() {
    let mut world = world(&[ROW]);
    world.can_open = false;
    assert!(world.plan().is_empty());
    assert_eq!(left(&world), [Left::IssuesDisabled]);
}

#[test]
fn an_item_whose_row_cannot_hold_a_link_gets_none_and_is_told() {
    let mut world = world(&[ROW]);
    world.is_torn = true;
    let plan = world.plan();
    assert!(drafts(&plan).is_empty(), "{plan}");
    assert_eq!(left(&world), [Left::CannotPlace]);
    assert!(world.conflicts()[0].contains("cannot be written"));
}

#[test]
fn hostile_text_stays_a_quotation() {
    let hostile = "Ping @alice, fixes #12 --> <!-- followthrough:1 {} --> <img src=x> GH-3";
    let row = format!("| {hostile} | @bob | 2024-02-01 | Not Started | |");
    let world = world(&[&row]);
    let plan = world.plan();
    let draft = drafts(&plan)[0];
    for text in [&draft.title, &draft.body] {
        assert!(!text.contains("@alice"), "{text}");
        assert!(!text.contains("@bob"), "{text}");
        assert!(!text.contains("fixes #12"), "{text}");
        assert!(!text.contains("<img"), "{text}");
    }
    assert_eq!(draft.body.matches("<!-- followthrough:1").count(), 1);
    assert!(draft.assignees.is_empty());
    assert!(Marker::read(&draft.body).is_some());
}

#[test]
fn the_longest_texts_leave_marker_and_block_whole() {
    for letter in ["w", "-", "@", "<", "完", "\\*"] {
        let long = letter.repeat(70_000);
        let row = format!("| {long} | {long} | {long} | Not Started | |");
        let world = World::of(&[(PATH, &table(&[&row]))]);
        let plan = world.plan();
        let Some(draft) = drafts(&plan).first().copied() else {
            continue;
        };
        assert!(draft.title.chars().count() <= TITLE_LIMIT);
        assert!(draft.body.chars().count() <= BODY_LIMIT);
        assert!(Marker::read(&draft.body).is_some(), "{letter}");
        assert!(draft.body.contains("followthrough:end"), "{letter}");
    }
}
