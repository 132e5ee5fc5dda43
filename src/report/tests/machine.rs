//! What programs read: JSON, SARIF and workflow commands.

use insta::assert_snapshot;
use serde_json::Value;

use super::{World, postmortem, several, world};
use crate::{
    apply::Ending,
    model::finding::Severity,
    report::{annotations, json, outputs, sarif},
};

fn pretty(json: &str) -> String {
    let value: Value = serde_json::from_str(json).expect("JSON");
    serde_json::to_string_pretty(&value).expect("JSON")
}

#[test]
fn items_keep_what_is_written_and_what_it_means() {
    let mut world = world();
    world.documents.remove(0);
    assert_snapshot!(pretty(&json::items(&world.report())));
}

#[test]
fn a_late_item_is_marked_unless_it_is_settled() {
    let rows = [
        ["a", "b", "2024-02-01", "Done"],
        ["a", "b", "2024-02-01", "Blocked"],
    ];
    let world = World::of(vec![postmortem("a.md", &rows)]);
    let value: Value = serde_json::from_str(&json::items(&world.report())).expect("JSON");
    assert_eq!(value["items"][0]["overdue"], false);
    assert_eq!(value["items"][1]["overdue"], true);
}

#[test]
fn findings_have_places_from_one() {
    let mut world = world();
    world.findings.truncate(1);
    assert_snapshot!(pretty(&json::findings(&world.report())));
}

#[test]
fn a_plan_lists_changes_with_what_became_of_them() {
    let mut world = world().applied();
    if let Some(outcomes) = &mut world.outcomes {
        outcomes.truncate(3);
        outcomes[2].result = Ending::Left("the head moved".into());
    }
    world.plan.overdue.truncate(1);
    world.plan.due_soon.clear();
    assert_snapshot!(pretty(&json::plan(&world.report())));
}

#[test]
fn an_empty_run_has_empty_lists() {
    let world = World::of(Vec::new());
    assert_eq!(
        json::items(&world.report()),
        "{\"version\":1,\"items\":[]}\n"
    );
    assert_eq!(
        json::findings(&world.report()),
        "{\"version\":1,\"findings\":[]}\n"
    );
    assert_eq!(
        json::plan(&world.report()),
        "{\"version\":1,\"changes\":[],\"left\":[],\"overdue\":[],\"due_soon\":[],\"conflicts\":[]}\n"
    );
}

#[test]
fn annotations_stand_at_their_lines() {
    assert_snapshot!(annotations::commands(&world().report()));
}

#[test]
fn at_most_ten_annotations_of_a_kind_are_given_and_the_rest_is_counted() {
    let actions = several(25);
    let rows: Vec<_> = actions
        .iter()
        .map(|act| [act, "", "2027-01-01", ""])
        .collect();
    let mut world = World::of(vec![postmortem("a.md", &rows)]);
    world.findings[24].severity = Severity::Error;
    let text = annotations::commands(&world.report());
    assert!(text.starts_with("::error "));
    assert_eq!(text.matches("::warning ").count(), 10);
    assert!(
        text.ends_with("::notice title=followthrough::14 more findings: see the job's summary\n"),
        "{text}"
    );
}

#[test]
fn the_count_of_the_rest_takes_the_place_of_a_notice() {
    let actions = several(12);
    let rows: Vec<_> = actions
        .iter()
        .map(|act| [act, "", "2027-01-01", ""])
        .collect();
    let mut world = World::of(vec![postmortem("a.md", &rows)]);
    for finding in &mut world.findings {
        finding.severity = Severity::Info;
    }
    let text = annotations::commands(&world.report());
    assert_eq!(text.lines().count(), 10);
    assert!(text.contains("3 more findings"), "{text}");
}

#[test]
fn g5_a_document_starts_no_workflow_command_of_its_own() {
    let action = "x%0A::error::boo\u{7} ##[group]";
    let world = World::of(vec![postmortem("a,b:c%.md", &[[action, "", "", ""]])]);
    let text = annotations::commands(&world.report());
    assert!(text.contains("file=a%2Cb%3Ac%25.md,"), "{text}");
    assert!(text.contains("x%250A::error::boo"), "{text}");
    assert!(!text.contains("##[") && !text.contains('\u{7}'), "{text}");
}

#[test]
fn sarif_has_every_rule_and_a_region_for_each_place() {
    let mut world = world();
    world.findings.retain(|finding| finding.rule == "FOLLOW003");
    let log: Value = serde_json::from_str(&sarif::log(&world.report(), &[])).expect("JSON");
    let run = &log["runs"][0];
    assert_eq!(log["version"], "2.1.0");
    let rules = run["tool"]["driver"]["rules"]
        .as_array()
        .map_or(0, Vec::len);
    assert_eq!(rules, crate::check::rules::ALL.len());
    assert_snapshot!(pretty(&run["results"].to_string()));
}

#[test]
fn fingerprints_survive_moved_lines_and_tell_equal_lines_apart() {
    let prints = |documents| -> Vec<String> {
        let log: Value =
            serde_json::from_str(&sarif::log(&World::of(documents).report(), &[])).expect("JSON");
        let results = log["runs"][0]["results"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let print =
            |result: &Value| result["partialFingerprints"]["primaryLocationLineHash"].to_string();
        results.iter().map(print).collect()
    };
    let one = ["Act", "", "2027-01-01", ""];
    let two = prints(vec![postmortem("a.md", &[one, one])]);
    let moved = prints(vec![postmortem(
        "a.md",
        &[["B", "b", "2027-01-01", ""], one, one],
    )]);
    assert_eq!(two, moved);
    assert_ne!(two[0], two[1]);
}

#[test]
fn outputs_count_what_was_done() {
    let told = |world: &World| -> Vec<String> {
        let outputs = outputs::of(&world.report());
        outputs
            .map(|(name, value)| format!("{name}={value}"))
            .to_vec()
    };
    let preview = [
        "items=4",
        "opened=2",
        "updated=1",
        "overdue=2",
        "findings=4",
        "changed=false",
    ];
    assert_eq!(told(&world()), preview);
    let done = [
        "items=4",
        "opened=2",
        "updated=1",
        "overdue=2",
        "findings=4",
        "changed=true",
    ];
    assert_eq!(told(&world().applied()), done);
}
