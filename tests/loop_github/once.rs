//! One issue for one item, whatever fails, wherever a run ends, however many runs overlap.

use super::*;

/// Fails unless both items have one open issue each, linked in their rows, and nothing is left to do.
#[track_caller]
fn assert_each_has_one_issue(github: &GitHub, case: &str) {
    let text = document(github);
    for action in ["Add memory monitoring", "Update testing suite"] {
        let mut world = github.world();
        let numbers = world.issues();
        let own: Vec<u64> = numbers
            .into_iter()
            .filter(|number| world.issue(*number).title.contains(action))
            .collect();
        let open: Vec<u64> = own
            .iter()
            .copied()
            .filter(|number| world.issue(*number).is_open)
            .collect();
        assert_eq!(
            open.len(),
            1,
            "{case}: open issues for {action:?}: {open:?}"
        );
        assert_eq!(
            open[0], own[0],
            "{case}: the first issue is the one that stays"
        );
        for later in &own[1..] {
            let reason = world.issue(*later).state_reason.clone();
            assert_eq!(reason.as_deref(), Some("duplicate"), "{case}: #{later}");
        }
        assert_eq!(link(&text, action), linked(open[0]), "{case}");
    }
    github.take_writes();
    Runner::schedule(github).run();
    let writes = github.take_writes();
    assert!(writes.is_empty(), "{case}: the run after wrote {writes:?}");
}

#[test]
fn g1_a_list_that_lags_behind_leads_to_no_second_open_issue() {
    let (github, before) = shop(&founding());
    github.fault(When::Rest("POST", "/repos/*/*/issues"), Effect::CutAfter);
    github.faults(Fault::always(
        When::Rest("GET", "/repos/*/*/issues"),
        Effect::LagBehind(0),
    ));
    Runner::push(&github, &before).run();
    github.world().faults.clear();
    Runner::schedule(&github).run();
    Runner::schedule(&github).run();
    assert_each_has_one_issue(&github, "lagging list");
}

#[test]
fn g1_overlapping_runs_leave_one_issue_for_each_item() {
    let (github, before) = shop(&founding());
    let one = Runner::push(&github, &before).start();
    let other = Runner::push(&github, &before).start();
    one.finish();
    other.finish();
    Runner::schedule(&github).run();
    Runner::schedule(&github).run();
    assert_each_has_one_issue(&github, "two runs at once");
}

#[test]
fn g1_rows_with_the_same_words_are_two_items() {
    let row = "| Add an alarm | Dev Team | 2024-06-01 | Not Started |\n";
    let (github, before) = shop(&postmortem(&row.repeat(2)));
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    let text = document(&github);
    let numbers = github.world().issues();
    for number in numbers {
        assert_eq!(text.matches(&linked(number)).count(), 1, "{text}");
    }
    github.assert_no_unexpected_writes(&SYNC);
    assert_settled(&github);
}

#[test]
fn an_issue_whose_label_was_taken_off_before_its_link_was_written_is_found_again() {
    let (github, before) = shop(&founding());
    push_without_links(&github, &before);
    let numbers = github.world().issues();
    for number in numbers {
        github.world().issue(number).labels.clear();
    }
    Runner::schedule(&github).run();
    assert_eq!(github.world().issues().len(), 2);
    assert_linked(&github, &document(&github), "Add memory monitoring");
    github.take_writes();
}

#[test]
fn g1_an_issue_without_a_link_is_found_behind_hundreds_of_newer_ones() {
    let (github, before) = shop(&founding());
    push_without_links(&github, &before);
    for n in 0..350 {
        let mut world = github.world();
        let newer = world.open_issue("alice", &format!("Another promise {n}"), "");
        let labels = &mut world.issue(newer).labels;
        labels.push("postmortem-action".into());
    }
    Runner::schedule(&github).run().expect_code(0);
    for action in ["Add memory monitoring", "Update testing suite"] {
        assert_linked(&github, &document(&github), action);
    }
    assert_eq!(github.world().issues().len(), 352);
    github.take_writes();
}

#[test]
fn an_issue_that_a_person_linked_is_adopted_and_no_second_one_opened() {
    let (github, _) = shop("");
    let number = github
        .world()
        .open_issue("alice", "Memory alarm, by hand", "please");
    let row =
        format!("| Add memory monitoring #{number} | SRE Team | 2024-06-01 | Not Started |\n");
    let before = github.world().head("main");
    github.world().push("main", &[(PATH, &postmortem(&row))]);
    let run = Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issues(), [number]);
    assert_eq!(github.world().issue(number).title, "Memory alarm, by hand");
    assert_eq!((run.output("items"), run.output("opened")), ("1", "0"));
    github.assert_no_unexpected_writes(&SYNC[1..]);
}

#[test]
fn g4_a_marker_in_a_stranger_s_issue_is_not_believed() {
    let (github, before) = shop(&founding());
    push_without_links(&github, &before);
    let memory = issue_of(&github, "Add memory monitoring");
    let body = github.world().issue(memory).body().to_owned();
    github.world().delete(memory);
    let forged = github
        .world()
        .open_issue("mallory", "Add memory monitoring", &body);
    github
        .world()
        .issue(forged)
        .labels
        .push("postmortem-action".into());
    Runner::schedule(&github).run();
    assert!(
        !document(&github).contains(&linked(forged)),
        "{}",
        document(&github)
    );
    github.take_writes();
}

#[test]
fn g4_a_stale_document_reopens_and_rewrites_nothing() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, "Add memory monitoring");
    let stale = document(&github);
    github.world().close(number, "completed");
    let issue = github.world().issue_json(number);
    Runner::issues(&github, "closed", &issue)
        .run()
        .expect_code(0);
    let before = github.world().head("main");
    github.take_writes();

    // Somebody merges a branch that still has the old row.
    github.world().push("main", &[(PATH, &stale)]);
    Runner::push(&github, &before).run();
    assert!(!github.world().issue(number).is_open);
    assert_eq!(status(&document(&github), "Add memory monitoring"), "Done");
    github.assert_no_unexpected_writes(&["graphql createCommitOnBranch"]);
}

#[test]
fn g4_a_run_from_an_old_checkout_rewrites_no_issue() {
    let github = linked_shop(&founding());
    let number = issue_of(&github, "Add memory monitoring");
    let old = Runner::schedule(&github);
    let before = github.world().head("main");
    let text = document(&github).replace("Add memory monitoring", "Add disk monitoring");
    github.world().push("main", &[(PATH, &text)]);
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issue(number).title, "Add disk monitoring");
    github.take_writes();

    old.run().expect_code(0);
    github.assert_silent();
    assert_eq!(github.world().issue(number).title, "Add disk monitoring");
}
