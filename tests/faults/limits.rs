//! The host's limits, and repositories so large that a run could meet them.

use chrono::TimeDelta;
use serde_json::json;

use super::{
    CONFIG, Effect, Fault, GitHub, PATH, Runner, When, postmortem, pushed,
    support::{github::World, runner::Outcome},
};

const CREATE: When = When::Rest("POST", "/repos/*/*/issues");

fn promises(count: usize) -> String {
    let rows = (1..=count)
        .map(|n| format!("| Promise number {n:03} | Dev Team | 2024-06-01 | Not Started |\n"));
    postmortem(&rows.collect::<String>())
}

/// A run that may open all of `items`, while the host refuses every create after the first `allowed` with `effect`;
/// and the run after it, which knows nothing of the first and meets no limit.
#[track_caller]
fn stops_and_goes_on(items: usize, allowed: usize, effect: Effect) {
    let config = format!("issues:\n  since: 2024-01-01\n  max-new: {items}\n");
    let (github, before) = pushed(&[(CONFIG, &config)], &promises(items));
    github.world().quota = None;
    github.faults(Fault {
        skip: allowed,
        ..Fault::always(CREATE, effect)
    });
    let run = Runner::push(&github, &before).run().expect_code(4);
    assert_eq!(run.output("opened"), allowed.to_string());
    assert_eq!(github.world().issues().len(), allowed);
    let left = format!("Promise number {items:03}");
    assert!(run.summary.contains(&left), "{}", run.summary);
    assert!(run.said().contains("limit"), "{}", run.said());
    let text = github.world().file("main", PATH);
    assert_eq!(
        text.matches("/issues/").count(),
        allowed,
        "what was opened is linked"
    );

    github.world().faults.clear();
    let run = Runner::schedule(&github).run().expect_code(0);
    assert_eq!(run.output("opened"), (items - allowed).to_string());
    let text = github.world().file("main", PATH);
    assert_eq!(text.matches("/issues/").count(), items);
    assert_eq!(github.world().issues().len(), items);
    github.take_writes();
}

/// How many issues the runs open, one after the other, until a world with `items` unlinked items has them all. Each one
/// begins an hour after the last and knows nothing of it.
#[track_caller]
fn runs_until_done(items: usize, limits: impl FnOnce(&mut World)) -> Vec<usize> {
    let config = format!("issues:\n  since: 2024-01-01\n  max-new: {items}\n");
    let (github, before) = pushed(&[(CONFIG, &config)], &promises(items));
    limits(&mut github.world());
    let mut opened = Vec::new();
    loop {
        let run = if opened.is_empty() {
            Runner::push(&github, &before)
        } else {
            Runner::schedule(&github)
        };
        let run = run.with("RUNNER_DEBUG", "1").run();
        opened.push(run.output("opened").parse().unwrap());
        let done: usize = opened.iter().sum();
        let text = github.world().file("main", PATH);
        assert_eq!(
            text.matches("/issues/").count(),
            done,
            "what is opened is linked"
        );
        assert_eq!(
            github.world().issues().len(),
            done,
            "one issue for each item"
        );
        assert_paced(&run, opened[opened.len() - 1]);
        if done == items {
            run.expect_code(0);
            break;
        }
        let run = run.expect_code(4);
        assert!(run.said().contains("limit"), "{}", run.said());
        let next = format!("Promise number {:03}", done + 1);
        assert!(run.summary.contains(&next), "{}", run.summary);
        let left = format!("{} changes left for the next run", items - done);
        assert!(run.summary.contains(&left), "{}", run.summary);
        github.world().rest(TimeDelta::hours(1));
    }
    github.take_writes();
    Runner::schedule(&github).run().expect_code(0);
    github.assert_silent();
    println!("tried: {items} items against the limits of an hour, opened in runs of {opened:?}");
    opened
}

/// Fails unless a run that wrote more than `writes` times waited before most of them, as long as it has to on a machine
/// that needs no time itself.
#[track_caller]
fn assert_paced(run: &Outcome, writes: usize) {
    let waits = turns(run);
    assert!(waits.iter().all(|wait| *wait <= 1000), "{waits:?}");
    let waited = waits.iter().sum::<u64>() / 1000;
    assert!(
        waited as usize > writes / 2,
        "{waited} s for {writes} writes"
    );
}

/// For how many milliseconds a run waited for its turn before each of its writes that came too early.
fn turns(run: &Outcome) -> Vec<u64> {
    run.said()
        .lines()
        .filter(|line| line.contains("one write after the other"))
        .filter_map(|line| line.split("milliseconds=").nth(1))
        .map(|rest| rest.split_whitespace().next().unwrap().parse().unwrap())
        .collect()
}

#[test]
#[ignore = "long"]
fn g10_five_hundred_creates_an_hour_end_runs_in_good_order_and_the_next_go_on() {
    let opened = runs_until_done(1040, |world| world.limits_content = true);
    assert_eq!(opened, [500, 500, 40]);
}

#[test]
#[ignore = "long"]
fn g10_the_thousand_calls_of_an_hour_end_a_run_before_the_last_tenth_and_the_next_goes_on() {
    let opened = runs_until_done(1040, |world| world.quota = Some(1000));
    assert_eq!(opened.len(), 2, "{opened:?}");
    assert!((880..=900).contains(&opened[0]), "{opened:?}");
}

#[test]
fn g10_eighty_creates_a_minute_end_a_run_in_good_order_and_the_next_goes_on() {
    stops_and_goes_on(90, 80, Effect::SecondaryLimit(None));
}

#[test]
fn g10_a_limit_that_names_a_long_wait_ends_a_run_in_good_order_and_the_next_goes_on() {
    stops_and_goes_on(12, 7, Effect::SecondaryLimit(Some(3000)));
}

#[test]
fn g10_content_that_comes_too_quickly_ends_a_run_in_good_order_and_the_next_goes_on() {
    let too_quick =
        json!({"message": "Validation Failed", "errors": ["was submitted too quickly"]});
    stops_and_goes_on(12, 7, Effect::Refuse(422, too_quick));
}

#[test]
fn g10_a_thousand_calls_an_hour_end_a_run_in_good_order_and_the_next_goes_on() {
    stops_and_goes_on(12, 7, Effect::PrimaryLimit(3000));
}

#[test]
fn g10_a_limit_on_bursts_that_is_soon_over_is_waited_for() {
    for wait in [None, Some(60)] {
        let (github, before) = pushed(&[(CONFIG, super::ADOPTED)], &promises(3));
        github.faults(Fault::nth(2, CREATE, Effect::SecondaryLimit(wait)));
        Runner::push(&github, &before).run().expect_code(0);
        assert_eq!(github.world().issues().len(), 3, "{wait:?}");
        github.take_writes();
    }
}

#[test]
fn g10_writes_wait_for_their_turn() {
    let (github, before) = pushed(&[(CONFIG, super::ADOPTED)], &promises(10));
    let run = Runner::push(&github, &before)
        .with("RUNNER_DEBUG", "1")
        .run();
    let waits = turns(&run.expect_code(0));
    // Ten issues and one commit. The machine may be so slow that a turn comes without waiting, but not each time.
    assert!((1..=10).contains(&waits.len()), "{waits:?}");
    assert!(waits.iter().all(|wait| *wait <= 1000), "{waits:?}");
    github.take_writes();
}

/// A repository with 400 postmortems of 2019, of five items each.
fn old_repository() -> GitHub {
    let old = "| An old promise {n} | Dev Team | 2019-02-01 | Not Started |\n";
    let files: Vec<(String, String)> = (0..400)
        .map(|at| {
            let rows: String = (0..5)
                .map(|n| old.replace("{n}", &format!("{at}-{n}")))
                .collect();
            let text = postmortem(&rows).replace("2024-01-15", "2019-01-15");
            (format!("postmortems/2019-01-15-number-{at}.md"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    GitHub::start(&files)
}

#[test]
fn g9_adopting_2000_old_items_opens_nothing_by_surprise_and_says_what_would_happen() {
    let github = old_repository();
    let before = github.world().head("main");
    let plan = Runner::dispatch(&github, "plan").run().expect_code(0);
    for words in ["2,000 items", "400 postmortems", "issues.since"] {
        assert!(plan.summary.contains(words), "{words} in\n{}", plan.summary);
    }
    for config in ["fail-on: never\n", "issues:\n  since: 2024-03-01\n"] {
        github.world().push("main", &[(CONFIG, config)]);
        let push = Runner::push(&github, &before).run().expect_code(0);
        assert_eq!(
            (push.output("opened"), push.output("changed")),
            ("0", "false")
        );
        for command in ["sync", "sweep"] {
            let run = Runner::dispatch(&github, command).run().expect_code(0);
            assert!(run.summary.contains("2,000 items"), "{}", run.summary);
        }
        Runner::schedule(&github).run().expect_code(0);
    }
    github.assert_silent();
    assert_eq!(github.world().issues(), Vec::<u64>::new());

    // The first postmortem after the adoption gets its issues, and the old ones still get none.
    let before = github.world().head("main");
    github.world().push("main", &[(PATH, &promises(2))]);
    let push = Runner::push(&github, &before).run();
    assert_eq!(
        push.output("opened"),
        "0",
        "it is from before the day of adoption"
    );
    github.assert_silent();
    let new = promises(2).replace("2024-01-15", "2024-03-01");
    github
        .world()
        .push("main", &[("postmortems/2024-03-01-new.md", &new)]);
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    github.take_writes();
}
