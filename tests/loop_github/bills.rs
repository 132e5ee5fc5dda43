//! What a run costs in calls, by kind. Each bill is printed: `cargo test g10 -- --nocapture`.

#![allow(
    clippy::print_stdout,
    reason = "a bill that nobody sees is checked by nobody"
)]

use std::collections::BTreeMap;

use super::*;

const REPOSITORY: &str = "GET /repos/acme/shop";
/// Where the branch stands, and which pull request of the tool's own is open.
const STANDING: &str = "graphql repository";
const LISTING: &str = "GET /repos/acme/shop/issues";
const CREATE: &str = "POST /repos/acme/shop/issues";
const COMMIT: &str = "graphql createCommitOnBranch";
const LOGIN: &str = "graphql viewer";
/// A hundred linked issues, and the run's own login beside them.
const LOOKUP: &str = "graphql viewer+repository";

fn promises(count: usize) -> String {
    let rows = (1..=count)
        .map(|n| format!("| Promise number {n} | Dev Team | 2024-06-01 | Not Started |\n"));
    postmortem(&rows.collect::<String>())
}

/// A world with a postmortem of `count` items, none of them linked, of which a run may open all; and the commit before.
fn promised(count: usize) -> (GitHub, String) {
    let config = format!("issues:\n  max-new: {count}\n");
    configured_shop(&config, &promises(count))
}

/// As [`promised`], with all items linked.
fn kept(count: usize) -> GitHub {
    let (github, before) = promised(count);
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(github.world().issues().len(), count);
    github.take_writes();
    github
}

/// The calls that `work` makes by kind, numbers left out; printed under `title`.
#[track_caller]
fn bill(github: &GitHub, title: &str, work: impl FnOnce()) -> BTreeMap<String, usize> {
    let start = github.calls().len();
    work();
    let mut bill = BTreeMap::new();
    for call in github.calls().split_off(start) {
        let parts = call.split('/').map(|part| match part.parse::<u64>() {
            Ok(_) => "*",
            Err(_) => part,
        });
        let kind = parts.collect::<Vec<_>>().join("/");
        *bill.entry(kind).or_insert(0) += 1;
    }
    println!("{title}: {} calls", bill.values().sum::<usize>());
    for (kind, count) in &bill {
        println!("  {count:4} × {kind}");
    }
    bill
}

/// A bill as it should be.
fn costs<const N: usize>(calls: [(&str, usize); N]) -> BTreeMap<String, usize> {
    let calls = calls.into_iter().filter(|(_, count)| *count > 0);
    calls
        .map(|(kind, count)| (kind.to_owned(), count))
        .collect()
}

/// What opening `count` issues costs where nothing was linked before: two listings, by label and by author.
fn opening(count: usize) -> BTreeMap<String, usize> {
    costs([
        (REPOSITORY, 1),
        (STANDING, 1),
        (LISTING, 2),
        (LOGIN, 1),
        (CREATE, count),
        (COMMIT, 1),
    ])
}

/// What a sweep costs that finds `count` linked issues and nothing to do.
fn looking(count: usize) -> BTreeMap<String, usize> {
    costs([
        (REPOSITORY, 1),
        (STANDING, 1),
        (LISTING, 1),
        (LOOKUP, count.div_ceil(100)),
    ])
}

#[test]
fn g3_g10_the_run_after_opening_writes_nothing_and_costs_four_calls() {
    let github = kept(10);
    let head = github.world().head("main");
    let bill = bill(&github, "the run after", || assert_settled(&github));
    assert_eq!(github.world().head("main"), head);
    assert_eq!(bill, looking(10));
}

#[test]
fn g9_g10_what_one_run_may_not_open_is_listed_and_the_next_run_opens_it() {
    let (github, before) = configured_shop("fail-on: error\n", &promises(30));
    let first = bill(&github, "opening 25 of 30", || {
        let run = Runner::push(&github, &before).run().expect_code(4);
        assert_eq!(run.output("opened"), "25");
        assert!(run.summary.contains("Promise number 30"), "{}", run.summary);
    });
    assert_eq!(first, opening(25));

    let second = bill(&github, "opening the other 5", || {
        let run = Runner::schedule(&github).run().expect_code(0);
        assert_eq!(run.output("opened"), "5");
    });
    let mut expected = opening(5);
    expected.remove(LOGIN);
    expected.insert(LOOKUP.into(), 1);
    assert_eq!(second, expected);
    assert_eq!(github.world().issues().len(), 30);
    github.take_writes();

    let third = bill(&github, "nothing left", || assert_settled(&github));
    assert_eq!(third, looking(30));
}

#[test]
fn g10_a_sweep_over_250_linked_issues_costs_three_lookups() {
    let github = kept(250);
    let bill = bill(&github, "a sweep of 250", || assert_settled(&github));
    assert_eq!(bill, looking(250));
}

#[test]
fn g10_an_issue_that_moved_costs_one_call_and_its_redirect() {
    let github = kept(10);
    let home = [("README.md", "# Platform\n")];
    github.world().add_repository("acme/platform", &home);
    github.world().transfer(3, "acme/platform");
    let bill = bill(&github, "a sweep of 10, one moved", || {
        Runner::schedule(&github).run().expect_code(0);
    });
    github.assert_no_unexpected_writes(&[COMMIT]);
    let mut expected = looking(10);
    expected.insert("GET /repos/acme/shop/issues/*".into(), 1);
    expected.insert("GET /repositories/*/issues/*".into(), 1);
    expected.insert(COMMIT.into(), 1);
    assert_eq!(bill, expected);
}

#[test]
fn g10_an_event_costs_three_calls_whether_a_row_links_to_its_issue_or_not() {
    let github = kept(10);
    let other = github.world().open_issue("alice", "Something else", "");
    for number in [3, other] {
        let issue = github.world().issue_json(number);
        let bill = bill(&github, &format!("an event of #{number}"), || {
            let run = Runner::issues(&github, "edited", &issue).run();
            run.expect_code(0);
        });
        github.assert_silent();
        assert_eq!(bill, costs([(REPOSITORY, 1), (STANDING, 1), (LOOKUP, 1)]));
    }
}

#[test]
fn g10_a_run_stops_before_the_last_tenth_of_the_hour_and_the_next_one_goes_on() {
    let (github, before) = promised(20);
    github.world().quota = Some(112);
    let run = Runner::push(&github, &before).run().expect_code(4);
    assert!(run.said().contains("rate limit"), "{}", run.said());
    let opened = github.world().issues().len();
    assert!((1..20).contains(&opened), "{opened} opened");
    assert!(
        github.world().quota >= Some(98),
        "{:?}",
        github.world().quota
    );
    github.take_writes();
    github.world().quota = Some(1000);
    Runner::schedule(&github).run().expect_code(0);
    assert_eq!(github.world().issues().len(), 20);
    github.assert_no_unexpected_writes(&[SYNC[0], SYNC[3]]);
}

/// What one run costs: all calls, and of those the GraphQL calls and the calls that write.
fn row(what: &str, bill: &BTreeMap<String, usize>) -> String {
    let of = |wanted: &dyn Fn(&str) -> bool| -> usize {
        let kinds = bill.iter().filter(|(kind, _)| wanted(kind));
        kinds.map(|(_, count)| count).sum()
    };
    let (all, graphql) = (of(&|_| true), of(&|kind| kind.starts_with("graphql")));
    let writes = of(&|kind| [CREATE, COMMIT].contains(&kind));
    format!(
        "| {what} | {} | {} | {graphql} | {writes} |\n",
        thousands(all),
        thousands(all - graphql)
    )
}

fn thousands(count: usize) -> String {
    match count {
        0..1000 => count.to_string(),
        _ => format!("{},{:03}", count / 1000, count % 1000),
    }
}

/// The rows of the README's table for worlds of so many items.
fn rows(counts: &[usize]) -> (String, String) {
    let (mut opened, mut swept) = (String::new(), String::new());
    for count in counts {
        let (github, before) = promised(*count);
        github.world().quota = None;
        let s = if *count == 1 { "" } else { "s" };
        let what = format!("opens {} issue{s}", thousands(*count));
        let open = bill(&github, &what, || {
            Runner::push(&github, &before).run().expect_code(0);
        });
        assert_eq!(github.world().issues().len(), *count);
        if *count <= 100 {
            assert_eq!(open, opening(*count));
            opened += &row(&what, &open);
        }
        github.assert_no_unexpected_writes(&[SYNC[0], SYNC[3]]);
        if [10, 1000, 5000].contains(count) {
            let what = format!("sweeps {} linked issues", thousands(*count));
            let sweep = bill(&github, &what, || assert_settled(&github));
            assert_eq!(sweep, looking(*count));
            swept += &row(&what, &sweep);
        }
    }
    (opened, swept)
}

#[test]
fn g10_opening_issues_costs_one_call_for_each_one_listing_and_one_commit() {
    let (opened, swept) = rows(&[1, 10, 100]);
    let (_, shown, _) = readme();
    for part in [opened, swept] {
        assert!(shown.contains(&part), "{part}\nis not in\n{shown}");
    }
}

/// With `UPDATE_README=1` the table is rewritten first.
#[test]
#[ignore = "long"]
fn g10_sweeping_5000_issues_costs_50_lookups_and_the_readme_says_what_runs_cost() {
    let (opened, swept) = rows(&[1, 10, 100, 1000, 5000]);
    let head = "| a run that | calls | REST | GraphQL | of them writes |\n| --- | --- | --- | --- | --- |\n";
    let table = [head, &opened, &swept].concat();
    println!("{table}");
    let (before, shown, after) = readme();
    if shown != table && std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(README_PATH, [before, table, after].concat()).unwrap();
        return;
    }
    assert_eq!(shown, table);
}

const README_PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// The README: what comes before the table of costs, the table, and the rest.
fn readme() -> (String, String, String) {
    let readme = std::fs::read_to_string(README_PATH).unwrap();
    let begin = readme.find("<!-- bills -->\n").unwrap() + "<!-- bills -->\n".len();
    let end = readme.find("<!-- /bills -->").unwrap();
    let part = |range: std::ops::Range<usize>| readme[range].to_owned();
    (part(0..begin), part(begin..end), part(end..readme.len()))
}
