//! Issues by other people that look like the tool's own: with the very marker of an item, and with the labels.

use super::*;
use followthrough::model::marker::{Marker, Offer};

const MEMORY: &str = "Add memory monitoring";
const LABEL: &str = "postmortem-action";
const PERMISSION: When = When::Rest("GET", "/repos/*/*/collaborators/*/permission");
const CREATE: When = When::Rest("POST", "/repos/*/*/issues");
const AT_ONCE: &str = "issues: {open: on-pull-request}\n";

/// The marker that the tool gives to the item, changed by `change`.
fn marker(change: impl FnOnce(&mut Marker)) -> String {
    let github = linked_shop(&founding());
    let number = issue_of(&github, MEMORY);
    let mut marker = Marker::read(github.world().issue(number).body()).unwrap();
    change(&mut marker);
    marker.put("Mine.\n")
}

/// Somebody opens an issue with this body.
fn forged(github: &GitHub, who: &str, body: &str, labels: &[&str]) -> u64 {
    let mut world = github.world();
    let number = world.open_issue(who, MEMORY, body);
    let labels = labels.iter().map(|label| (*label).to_owned());
    world.issue(number).labels.extend(labels);
    number
}

/// Fails unless `number` is as its author left it, and nothing links to it.
#[track_caller]
fn assert_left_alone(github: &GitHub, number: u64, body: &str, is_open: bool) {
    let issue = github.world().issue(number).clone();
    assert_eq!((issue.body(), issue.is_open), (body, is_open), "{issue:?}");
    assert!(
        issue.comments.is_empty() && issue.title == MEMORY,
        "{issue:?}"
    );
    for (branch, head) in github.world().shop().git.heads() {
        for text in head.files.values() {
            let text = String::from_utf8_lossy(text);
            assert!(!text.contains(&linked(number)), "{branch}\n{text}");
        }
    }
}

#[test]
fn g4_a_stranger_s_perfect_marker_is_found_by_no_list() {
    let body = marker(|_| {});
    for labels in [&[][..], &[LABEL]] {
        let (github, before) = shop(&founding());
        let forgery = forged(&github, "mallory", &body, labels);
        Runner::push(&github, &before).run().expect_code(0);
        assert_left_alone(&github, forgery, &body, true);
        assert_eq!(github.world().issues().len(), 3, "{labels:?}");
        Runner::schedule(&github).run().expect_code(0);
        assert_left_alone(&github, forgery, &body, true);
        github.take_writes();
    }
}

#[test]
fn g4_a_stranger_s_perfect_marker_is_not_taken_for_the_issue_whose_answer_was_lost() {
    let body = marker(|_| {});
    for effect in [Effect::CutBefore, Effect::CutAfter] {
        let (github, before) = shop(&founding());
        let forgery = forged(&github, "mallory", &body, &[LABEL]);
        github.fault(CREATE, effect);
        Runner::push(&github, &before).run();
        Runner::schedule(&github).run().expect_code(0);
        assert_left_alone(&github, forgery, &body, true);
        assert_eq!(github.world().issues().len(), 3);
        github.take_writes();
    }
}

#[test]
fn g4_a_perfect_marker_counts_by_who_may_write_and_not_by_who_belongs_to_the_organisation() {
    let body = marker(|_| {});
    for (may_write, count) in [(true, 2), (false, 3)] {
        let (github, before) = shop(&founding());
        if !may_write {
            github.world().shop().readers.insert("bob".into());
        }
        let issue = forged(&github, "bob", &body, &[LABEL]);
        Runner::push(&github, &before).run().expect_code(0);
        assert_eq!(github.world().issues().len(), count);
        if may_write {
            assert_eq!(link(&document(&github), MEMORY), linked(issue));
        } else {
            assert_left_alone(&github, issue, &body, true);
        }
        let asked = "GET /repos/acme/shop/collaborators/bob/permission".to_owned();
        let calls = github.calls();
        let asked = calls.iter().filter(|call| **call == asked);
        assert_eq!(asked.count(), 1, "a person is asked about once");
        github.take_writes();
        assert_settled(&github);
    }
}

#[test]
fn g1_a_run_that_cannot_ask_who_may_write_opens_nothing_and_the_next_one_goes_on() {
    let body = marker(|_| {});
    let (github, before) = shop(&founding());
    let issue = forged(&github, "bob", &body, &[LABEL]);
    github.faults(Fault::always(PERMISSION, Effect::CutBefore));
    Runner::push(&github, &before).run().expect_code(3);
    github.assert_silent();
    github.world().faults.clear();
    Runner::push(&github, &before).run().expect_code(0);
    assert_eq!(link(&document(&github), MEMORY), linked(issue));
    github.take_writes();
}

#[test]
fn g4_whom_the_token_may_not_ask_about_or_github_does_not_know_is_not_believed() {
    let body = marker(|_| {});
    for (status, words) in [
        (403, "Resource not accessible by integration"),
        (404, "Not Found"),
    ] {
        let (github, before) = shop(&founding());
        let issue = forged(&github, "bob", &body, &[LABEL]);
        let answer = serde_json::json!({"message": words});
        github.faults(Fault::always(PERMISSION, Effect::Refuse(status, answer)));
        Runner::push(&github, &before).run().expect_code(0);
        assert_left_alone(&github, issue, &body, true);
        github.take_writes();
    }
}

#[test]
fn g4_a_stranger_s_marker_of_a_document_that_is_gone_is_not_adopted_by_another() {
    let body = marker(|marker| marker.document = "postmortems/gone.md".into());
    let (github, before) = shop(&founding());
    let forgery = forged(&github, "mallory", &body, &[LABEL]);
    Runner::push(&github, &before).run().expect_code(0);
    Runner::schedule(&github).run().expect_code(0);
    assert_left_alone(&github, forgery, &body, true);
    github.take_writes();
}

#[test]
fn g4_a_perfect_marker_of_a_linked_item_closes_neither_issue() {
    let body = marker(|_| {});
    for who in ["mallory", "bob"] {
        let github = linked_shop(&founding());
        let own = link(&document(&github), MEMORY);
        let forgery = forged(&github, who, &body, &[LABEL]);
        assert_settled(&github);
        assert_left_alone(&github, forgery, &body, true);
        assert_eq!(link(&document(&github), MEMORY), own, "{who}");
    }
}

/// A pull request whose issues were opened, was closed, and had an issue by `who` with a marker that says it was brought
/// by that pull request.
fn offered(who: &str, offer: Offer) -> (GitHub, u64, u64, String) {
    let (github, number) = proposal(&[README, (CONFIG, AT_ONCE)], &[(PATH, &founding())]);
    assert_eq!(number, offer.pull);
    Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    let body = marker(|marker| {
        marker.key = "0123456789abcdef".into();
        marker.offer = Some(offer);
    });
    let forgery = forged(&github, who, &body, &[LABEL]);
    github.take_writes();
    (github, number, forgery, body)
}

const OFFER: Offer = Offer {
    pull: 1,
    withdrawn: false,
};

#[test]
fn g4_an_offer_that_somebody_else_wrote_is_not_closed_with_its_pull_request() {
    for who in ["mallory", "bob"] {
        let (github, number, forgery, body) = offered(who, OFFER);
        // Its row is not there, and never was.
        Runner::pull_request(&github, "synchronize", number)
            .run()
            .expect_code(0);
        assert_left_alone(&github, forgery, &body, true);
        github.world().close(number, "completed");
        Runner::pull_request(&github, "closed", number)
            .run()
            .expect_code(0);
        assert_left_alone(&github, forgery, &body, true);
        Runner::schedule(&github).run().expect_code(0);
        assert_left_alone(&github, forgery, &body, true);
        let open = github.world().issues();
        let open = open
            .into_iter()
            .filter(|one| github.world().issue(*one).is_open);
        assert_eq!(open.collect::<Vec<u64>>(), [forgery], "{who}");
        github.take_writes();
    }
}

#[test]
fn g4_an_offer_that_a_stranger_wrote_is_not_opened_again() {
    let body = marker(|marker| {
        marker.offer = Some(Offer {
            withdrawn: true,
            ..OFFER
        });
    });
    let (github, number) = proposal(&[README, (CONFIG, AT_ONCE)], &[(PATH, &founding())]);
    let forgery = forged(&github, "mallory", &body, &[LABEL]);
    github.world().close(forgery, "not_planned");
    Runner::pull_request(&github, "opened", number)
        .run()
        .expect_code(0);
    assert_left_alone(&github, forgery, &body, false);
    assert_eq!(github.world().issues().len(), 3);
    github.take_writes();
}

#[test]
fn g4_a_stranger_s_issue_that_a_row_links_to_is_read_and_its_marker_is_not_believed() {
    // The marker says that the row said something else, which would be news for the title.
    let body = marker(|marker| {
        marker.base.action = "Pay mallory".into();
        marker.base.owner = "mallory".into();
    });
    let github = GitHub::start(&[README]);
    let forgery = forged(&github, "mallory", &body, &[LABEL]);
    github.world().close(forgery, "completed");
    let link = linked(forgery);
    let row = format!("| {MEMORY} {link} | SRE Team | 2024-02-01 | In Progress |\n");
    let before = github.world().head("main");
    github.world().push("main", &[(PATH, &postmortem(&row))]);
    Runner::push(&github, &before).run().expect_code(0);
    let issue = github.world().issue(forgery).clone();
    assert_eq!(
        (issue.title.as_str(), issue.body()),
        (MEMORY, body.as_str())
    );
    assert_eq!(status(&document(&github), MEMORY), "Done");
    github.assert_no_unexpected_writes(&[SYNC[3]]);
}
