//! A run that is killed in the middle of any call leaves nothing that the next run does not mend.

use super::*;

fn rows() -> String {
    let rows = (1..=6)
        .map(|n| format!("| Promise number {n} | Dev Team | 2024-02-0{n} | Not Started |\n"));
    postmortem(&rows.collect::<String>())
}

#[test]
fn g1_g9_a_push_that_was_killed_before_any_link_was_written_is_made_good_by_the_sweep() {
    // Nothing but the markers tells that the postmortem is in scope.
    let (github, before) = shop(&rows());
    github.faults(Fault::nth(
        1,
        When::Rest("POST", "/repos/*/*/issues"),
        Effect::HoldAfter,
    ));
    let run = Runner::push(&github, &before).start();
    assert!(run.kill_when(|| github.world().issues().len() == 1));
    assert_eq!(document(&github), rows());
    Runner::schedule(&github).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 6);
    for number in 1..=6 {
        let title = github.world().issue(number).title.clone();
        assert_eq!(link(&document(&github), &title), linked(number));
    }
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn g1_a_push_that_is_run_again_after_it_was_killed_does_the_rest() {
    let (github, before) = shop(&rows());
    github.faults(Fault::nth(
        4,
        When::Rest("POST", "/repos/*/*/issues"),
        Effect::HoldAfter,
    ));
    let again = Runner::push(&github, &before);
    let run = Runner::push(&github, &before).start();
    assert!(run.kill_when(|| github.world().issues().len() == 4));
    again.run().expect_code(0);
    assert_eq!(github.world().issues().len(), 6);
    github.assert_no_unexpected_writes(&SYNC);
}
