//! Runs that are ended by SIGKILL, at moments that look random.

use super::{
    CONFIG, Drawn, Effect, Fault, GitHub, PATH, Runner, When, postmortem, pushed,
    support::documents::link,
};

/// After many runs that were killed, one opens whatever is left.
const ALL_AT_ONCE: &str = "issues:\n  since: 2024-01-01\n  max-new: 200\n";

/// A run that finds nothing to do makes four calls, one that opens an issue makes more.
const CALLS: usize = 7;

fn action(round: usize) -> String {
    format!("Promise number {round:03}")
}

fn row(round: usize) -> String {
    format!(
        "| {} | @alice | 2024-06-01 | Not Started | |\n",
        action(round)
    )
}

/// Kills `rounds` runs in one world, to which people add an item at every second of them; gives how many runs were
/// under way when they were killed, and the world.
fn loop_of(rounds: usize) -> (usize, usize, GitHub) {
    let table = postmortem(&row(0).replace(" | |", " |"));
    let (github, mut before) = pushed(&[(CONFIG, ALL_AT_ONCE)], &table);
    let mut drawn = Drawn(0x5eed_f011);
    let (mut killed, mut items) = (0, 1);
    for round in 1..=rounds {
        if round % 2 == 0 {
            let mut world = github.world();
            before = world.head("main");
            let more = row(items);
            let more = world
                .file("main", PATH)
                .replace("\n## Lessons", &format!("{more}\n## Lessons"));
            world.push("main", &[(PATH, &more)]);
            items += 1;
        }
        let run = if drawn.below(2) == 0 {
            Runner::push(&github, &before)
        } else {
            Runner::schedule(&github)
        };
        // In the middle of a call, or somewhere between two of them.
        let call = drawn.below(CALLS) + 1;
        match drawn.below(4) {
            0 => github.faults(Fault::nth(call, When::Any, Effect::HoldBefore)),
            1 => github.faults(Fault::nth(call, When::Any, Effect::HoldAfter)),
            _ => {}
        }
        let looks = drawn.below(4);
        let seen = std::cell::Cell::new(0);
        let from = github.calls().len();
        let moment = || {
            let has_come = github.world().calls.len() >= from + call;
            seen.set(seen.get() + usize::from(has_come));
            seen.get() > looks
        };
        killed += usize::from(run.start().kill_when(moment));
        github.world().faults.clear();
    }
    (killed, items, github)
}

/// Fails unless, after one healthy sweep, each item has one issue, open and linked.
fn assert_whole(github: &GitHub, items: usize) {
    Runner::schedule(github).run().expect_code(0);
    let mut world = github.world();
    let text = world.file("main", PATH);
    let numbers = world.issues();
    assert_eq!(numbers.len(), items, "no duplicate and none too few");
    for number in numbers {
        let issue = world.issue(number).clone();
        assert!(issue.is_open, "#{number}");
        let wanted = format!("[#{number}](https://github.com/acme/shop/issues/{number})");
        assert_eq!(link(&text, &issue.title), wanted);
    }
    drop(world);
    github.take_writes();
    Runner::schedule(github).run().expect_code(0);
    github.assert_silent();
}

#[test]
fn g1_runs_killed_at_any_moment_leave_no_duplicate_and_lose_no_link() {
    let (killed, items, github) = loop_of(20);
    assert_whole(&github, items);
    println!("tried: 20 runs, {killed} of them killed by SIGKILL, {items} items");
}

#[test]
#[ignore = "long"]
fn g1_two_hundred_runs_killed_at_any_moment_leave_no_duplicate_and_lose_no_link() {
    let (killed, items, github) = loop_of(200);
    assert_whole(&github, items);
    println!("tried: 200 runs, {killed} of them killed by SIGKILL, {items} items");
}
