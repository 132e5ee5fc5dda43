//! Runs that overlap, in every order of the calls with which they can disturb each other.
//!
//! The fake holds each such call at a gate until its turn. An order is the list of turns; from each one that was
//! tried follow the orders that first differ from it at a later turn, so that in the end all of them were tried.

use std::{thread, time::Duration};

use super::{
    ADOPTED, CONFIG, Drawn, Effect, Fault, GitHub, PATH, Runner, When, postmortem, pushed,
    support::{
        documents::link,
        github::{gate::Gate, state::Access},
        runner::Started,
    },
    workers::exhaust,
};

const ROWS: [&str; 2] = ["Rotate keys", "Add an alarm"];

/// What overlaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    Push,
    Sweep,
}

/// Runs that overlap, the items that they find, and for how many calls lists do not show what was opened.
#[derive(Clone, Copy, Debug)]
struct Overlap {
    runs: &'static [Run],
    items: usize,
    lag: usize,
}

fn token(run: usize) -> String {
    format!("ghs_Overlapp1ngRunOfTheSameBot00000000000{run}")
}

/// Which of the waiting runs goes on at each turn, by its place among them; the first one beyond the end.
type Order = Vec<usize>;

/// Lets the runs go on one call at a time until all have ended; gives how many were waiting at each turn.
fn conduct(
    gate: &Gate,
    mut runs: Vec<Started>,
    mut choose: impl FnMut(usize, usize) -> usize,
) -> Vec<usize> {
    let mut turns = Vec::new();
    let mut ended = vec![false; runs.len()];
    loop {
        loop {
            for (at, run) in runs.iter_mut().enumerate() {
                ended[at] = ended[at] || run.has_ended();
            }
            if (0..runs.len()).all(|at| ended[at] || gate.holds(&token(at))) {
                break;
            }
            // Leaves the core to the runs; nothing depends on how long this takes.
            thread::sleep(Duration::from_millis(1));
        }
        let waiting: Vec<usize> = (0..runs.len()).filter(|at| !ended[*at]).collect();
        if waiting.is_empty() {
            break;
        }
        let chosen = waiting[choose(turns.len(), waiting.len())];
        turns.push(waiting.len());
        gate.let_through(&token(chosen));
    }
    for run in runs {
        run.finish();
    }
    turns
}

/// A world in which all runs of `overlap` are about to start, and the gate.
fn stage(overlap: Overlap) -> (GitHub, String, Gate) {
    let rows: String = ROWS[..overlap.items]
        .iter()
        .map(|action| format!("| {action} | @alice | 2024-06-01 | Not Started |\n"))
        .collect();
    let (github, before) = pushed(&[(CONFIG, ADOPTED)], &postmortem(&rows));
    let gate = Gate::default();
    let mut world = github.world();
    for at in 0..overlap.runs.len() {
        world.add_token(
            &token(at),
            "github-actions[bot]",
            "acme/shop",
            Access::Write,
        );
    }
    world.faults.push(Fault {
        times: overlap.lag,
        ..Fault::always(When::Rest("GET", "/repos/*/*/issues"), Effect::LagBehind(0))
    });
    world.gate = Some(gate.clone());
    drop(world);
    (github, before, gate)
}

/// Lets the runs overlap in one order and sweeps; gives the turns, and what is wrong then.
fn overlap_once(
    overlap: Overlap,
    choose: impl FnMut(usize, usize) -> usize,
) -> (Vec<usize>, Result<(), String>) {
    let (github, before, gate) = stage(overlap);
    let started = overlap.runs.iter().enumerate().map(|(at, run)| {
        let run = match run {
            Run::Push => Runner::push(&github, &before),
            Run::Sweep => Runner::schedule(&github),
        };
        run.token(&token(at)).start()
    });
    let started = started.collect();
    let turns = conduct(&gate, started, choose);
    let mut world = github.world();
    world.gate = None;
    world.faults.clear();
    drop(world);
    Runner::schedule(&github).run();
    let end = one_issue_each(&github, overlap.items);
    github.take_writes();
    (turns, end)
}

/// Whether every item has one open issue, the first that was opened for it, with its link in the row, and every
/// later one is closed as its duplicate.
fn one_issue_each(github: &GitHub, items: usize) -> Result<(), String> {
    let mut world = github.world();
    let text = world.file("main", PATH);
    for action in &ROWS[..items] {
        let numbers = world.issues();
        let own: Vec<u64> = numbers
            .into_iter()
            .filter(|number| world.issue(*number).title == *action)
            .collect();
        let states: Vec<(u64, bool, Option<String>)> = own
            .iter()
            .map(|number| {
                let issue = world.issue(*number);
                (*number, issue.is_open, issue.state_reason.clone())
            })
            .collect();
        let first = *own.first().ok_or(format!("no issue for {action}"))?;
        let is_right = states.iter().all(|(number, is_open, reason)| {
            if *number == first {
                *is_open
            } else {
                !is_open && reason.as_deref() == Some("duplicate")
            }
        });
        let wanted = format!("[#{first}](https://github.com/acme/shop/issues/{first})");
        if !is_right || link(&text, action) != wanted {
            return Err(format!(
                "{action}: {states:?}, linked {}",
                link(&text, action)
            ));
        }
    }
    Ok(())
}

/// Every order of `overlap` that begins as `order` does; gives how many there were.
fn every_order(overlap: Overlap) -> usize {
    // Runs of the same kind are the same until one of them has had a turn: the first one begins.
    let alike = overlap.runs.iter().all(|run| *run == overlap.runs[0]);
    exhaust(vec![Order::new()], |order, more| {
        let place = |turn: usize, _: usize| order.get(turn).copied().unwrap_or(0);
        let (turns, end) = overlap_once(overlap, place);
        for (turn, waiting) in turns.iter().enumerate().skip(order.len()) {
            let others = if turn == 0 && alike { 1 } else { *waiting };
            for other in 1..others {
                let mut next = order.clone();
                next.resize(turn, 0);
                next.push(other);
                more.push(next);
            }
        }
        end.map_err(|how| format!("{overlap:?} in the order {order:?}: {how}"))
    })
}

/// `count` orders, drawn.
fn some_orders(overlap: Overlap, count: usize) -> usize {
    exhaust((0..count as u64).collect(), |seed, _| {
        let mut drawn = Drawn(0x5eed_f011 + seed);
        let (_, end) = overlap_once(overlap, |_, waiting| drawn.below(waiting));
        end.map_err(|how| format!("{overlap:?}, seed {seed}: {how}"))
    })
}

const TWO_PUSHES: Overlap = Overlap {
    runs: &[Run::Push, Run::Push],
    items: 1,
    lag: 0,
};

#[test]
fn g1_two_runs_that_overlap_leave_one_issue_whatever_the_order_of_their_calls() {
    let count = some_orders(TWO_PUSHES, 12);
    println!("tried: {count} interleavings of two runs, drawn");
}

fn lagging(calls: usize) -> String {
    match calls {
        0 => "lists are up to date".to_owned(),
        usize::MAX => "lists never catch up".to_owned(),
        calls => format!("lists lag for {calls} calls"),
    }
}

#[test]
#[ignore = "long"]
fn g1_two_runs_leave_one_issue_in_every_order_of_their_calls() {
    let push_and_sweep = Overlap {
        runs: &[Run::Push, Run::Sweep],
        ..TWO_PUSHES
    };
    let mut count = 0;
    for overlap in [TWO_PUSHES, push_and_sweep] {
        for lag in [0, 3, usize::MAX] {
            let tried = every_order(Overlap { lag, ..overlap });
            println!(
                "tried: {tried} interleavings of {:?}, {}",
                overlap.runs,
                lagging(lag)
            );
            count += tried;
        }
    }
    println!("tried: {count} interleavings of two runs, all there are");
}

#[test]
#[ignore = "long"]
fn g1_two_runs_of_two_items_and_three_runs_leave_one_issue_for_each() {
    let three = Overlap {
        runs: &[Run::Push, Run::Push, Run::Sweep],
        ..TWO_PUSHES
    };
    let two_items = Overlap {
        items: 2,
        ..TWO_PUSHES
    };
    for lag in [0, 4, usize::MAX] {
        let tried = some_orders(Overlap { lag, ..three }, 60)
            + some_orders(Overlap { lag, ..two_items }, 60);
        println!(
            "tried: {tried} interleavings of three runs and of two items, drawn, {}",
            lagging(lag)
        );
    }
}
