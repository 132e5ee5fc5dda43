//! A run that is killed in the middle of any call leaves nothing that the next run does not mend.

use super::*;

/// What people see of a world: each issue with its state, labels, people, comments and text, and the postmortem.
///
/// The commit that a text links to is left out: a run that comes later reads a later one.
fn seen(github: &GitHub) -> (Vec<String>, String) {
    let text = document(github);
    let mut world = github.world();
    let numbers = world.issues();
    let issues = numbers.into_iter().map(|number| {
        let issue = world.issue(number);
        let words = issue.body().split('/').map(|part| {
            let is_commit = part.len() == 40 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
            if is_commit { "commit" } else { part }
        });
        let body = words.collect::<Vec<_>>().join("/");
        format!(
            "#{number} {} open={} {:?} {:?} {:?} {} comments\n{body}",
            issue.title,
            issue.is_open,
            issue.state_reason,
            issue.labels,
            issue.assignees,
            issue.comments.len(),
        )
    });
    (issues.collect(), text)
}

fn rows() -> String {
    let rows = (1..=6)
        .map(|n| format!("| Promise number {n} | Dev Team | 2024-02-0{n} | Not Started |\n"));
    postmortem(&rows.collect::<String>())
}

/// Numbers below `bound` that look random and are the same in every run of the test.
fn drawn(count: usize, bound: usize) -> impl Iterator<Item = usize> {
    let mut state: u64 = 0x5eed_f011;
    std::iter::repeat_with(move || {
        // Knuth's generator (The Art of Computer Programming, volume 2, 3.3.4).
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % bound
    })
    .take(count)
}

#[test]
fn g1_a_run_killed_in_any_call_and_a_healthy_one_end_in_the_world_of_a_run_that_was_not() {
    let (healthy, before) = adopted_shop(&rows());
    Runner::push(&healthy, &before).run().expect_code(0);
    let calls = healthy.calls().len();
    Runner::schedule(&healthy).run().expect_code(0);
    let expected = seen(&healthy);
    assert_eq!(expected.0.len(), 6);
    healthy.take_writes();

    // Each call twice as a place to die: before it took effect, and after.
    for place in drawn(12, 2 * calls) {
        let (call, effect) = match place % 2 {
            0 => (place / 2 + 1, Effect::HoldBefore),
            _ => (place / 2 + 1, Effect::HoldAfter),
        };
        let case = format!("killed in call {call} of {calls}, {effect:?}");
        let (github, before) = adopted_shop(&rows());
        github.faults(Fault::nth(call, When::Any, effect));
        let run = Runner::push(&github, &before).start();
        let was_killed = run.kill_when(|| github.world().calls.len() >= call);
        assert!(was_killed, "{case}");
        Runner::schedule(&github).run().expect_code(0);
        assert_eq!(seen(&github), expected, "{case}");
        github.take_writes();
        assert_settled(&github);
    }
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
