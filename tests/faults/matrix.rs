//! Every start × every fate × every call.

use super::{
    fates::{FATES, Fate},
    scenes::{Ended, STARTS, Scene, Start},
    seen::{difference, seen},
    support::github::Call,
    workers::exhaust,
};

/// What a run without faults does: its calls, and the worlds right after it and after the run that follows it.
struct Healthy {
    calls: Vec<Call>,
    at_once: Vec<String>,
    healed: Vec<String>,
}

fn world_of(scene: &Scene, ended: &Ended) -> Vec<String> {
    let mut world = seen(&scene.github);
    world.extend(scene.on_the_laptop());
    if scene.only_tells() {
        world.push(ended.told.clone());
    }
    world
}

fn healthy(start: Start) -> Healthy {
    let scene = Scene::new(start);
    let from = scene.github.calls().len();
    let first = scene.run(false);
    assert_eq!(first.code, 0, "{start:?}\n{}", first.said);
    let calls = scene.github.world().calls[from..].to_vec();
    let at_once = world_of(&scene, &first);
    scene.github.take_writes();
    let second = scene.heal();
    assert_eq!(second.code, 0, "{start:?}, the run after\n{}", second.said);
    let healed = world_of(&scene, &second);
    scene.github.assert_silent();
    Healthy {
        calls,
        at_once,
        healed,
    }
}

/// Runs `start` with `fate` at its `k`-th call, and a healthy run after it.
fn strike(start: Start, fate: Fate, k: usize, healthy: &Healthy) -> Result<(), String> {
    let call = &healthy.calls[k - 1];
    let case = format!("{start:?}, {fate:?} at call {k} ({call})");
    let scene = Scene::new(start);
    let ended = struck(&scene, fate, k, healthy);
    scene.github.take_writes();
    ended.map_err(|how| format!("{case}: {how}"))
}

/// As [`strike`], in a world that is there.
fn struck(scene: &Scene, fate: Fate, k: usize, healthy: &Healthy) -> Result<(), String> {
    let from = scene.github.calls().len();
    for fault in fate.faults(k, &healthy.calls[k - 1]) {
        scene.github.faults(fault);
    }
    let mut said = String::new();
    if fate.kills() {
        let was_killed = scene.kill_when(|| scene.github.world().calls.len() >= from + k);
        if !was_killed {
            return Err("the run ended before it could be killed".to_owned());
        }
    } else {
        let ended = scene.run(fate.is_slow());
        if ![0, 1, 3, 4].contains(&ended.code) {
            return Err(format!("exit code {}\n{}", ended.code, ended.said));
        }
        // With a token that may not write, a review is as green as with one that may.
        let may_be_green = fate == Fate::Forbidden && scene.is_review();
        if let (0, false, Some(difference)) = (
            ended.code,
            may_be_green,
            difference(&world_of(scene, &ended), &healthy.at_once),
        ) {
            return Err(format!("green and not done\n{difference}\n{}", ended.said));
        }
        said = ended.said;
    }
    let healed = scene.heal();
    if healed.code != 0 {
        return Err(format!(
            "the healthy run ended with {}\n{}",
            healed.code, healed.said
        ));
    }
    match difference(&world_of(scene, &healed), &healthy.healed) {
        None => Ok(()),
        Some(difference) => Err(format!(
            "another world\n{difference}\n{said}\n--- healed\n{}",
            healed.said
        )),
    }
}

/// Every call of every one of `starts` with the `fates` chosen for it; gives how many runs were struck.
fn strike_all(starts: &[Start], chosen: impl Fn(Start, Fate, usize) -> bool) -> usize {
    let known: Vec<(Start, Healthy)> = starts
        .iter()
        .map(|start| (*start, healthy(*start)))
        .collect();
    let mut cases = Vec::new();
    for (start, healthy) in &known {
        for fate in FATES {
            for k in 1..=healthy.calls.len() {
                if fate.meets(&healthy.calls[k - 1]) && chosen(*start, fate, k) {
                    cases.push((*start, fate, k, healthy));
                }
            }
        }
    }
    exhaust(cases, |(start, fate, k, healthy), _| {
        strike(start, fate, k, healthy)
    })
}

#[test]
fn g1_any_fate_of_any_call_of_a_push_is_made_good_by_the_next_run() {
    let count = strike_all(&[Start::Push], |_, _, _| true);
    println!(
        "tried: {count} fault points of a push, of {} kinds",
        FATES.len()
    );
}

#[test]
fn g1_one_fate_of_any_call_of_every_other_run_is_made_good_by_the_next() {
    // One kind for each call, so that all kinds have their turn.
    let count = strike_all(&STARTS[1..], |start, fate, k| {
        FATES[(7 * start as usize + 5 * k) % FATES.len()] == fate
    });
    println!("tried: {count} fault points of every other run, one kind at each call");
}

#[test]
#[ignore = "long"]
fn g1_any_fate_of_any_call_of_any_run_is_made_good_by_the_next() {
    let count = strike_all(&STARTS, |_, _, _| true);
    println!(
        "tried: {count} fault points: {} runs, {} kinds, every call",
        STARTS.len(),
        FATES.len()
    );
}
