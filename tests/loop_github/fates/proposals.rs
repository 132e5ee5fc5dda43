//! What becomes of the branch: refusals of every kind, heads that move, and the pull request that is kept current.

use super::*;
use serde_json::json;

pub(super) const BRANCH: &str = "followthrough/sync";

/// Where the next commit for [`BRANCH`] is made ready.
pub(super) const ASIDE: &str = "followthrough/sync-next";

/// A world whose `main` takes no direct commit, and which has adopted the tool.
pub(super) fn protected_shop() -> (GitHub, String) {
    let (github, before) = adopted_shop(&founding());
    protect(&github, Protection::Ruleset);
    (github, before)
}

pub(super) fn protect(github: &GitHub, protection: Protection) {
    let mut world = github.world();
    world.shop().protected.insert("main".into(), protection);
}

pub(super) fn unprotect(github: &GitHub) {
    github.world().shop().protected.clear();
}

/// The only pull request.
#[track_caller]
pub(super) fn the_pull(github: &GitHub) -> u64 {
    let pulls = github.world().pulls();
    assert_eq!(pulls.len(), 1, "{pulls:?}");
    pulls[0]
}

pub(super) fn on_branch(github: &GitHub) -> String {
    github.world().file(BRANCH, PATH)
}

pub(super) fn has_branch(github: &GitHub, name: &str) -> bool {
    github.world().shop().git.head(name).is_some()
}

/// A refusal of the commit, in the words that GitHub has for `why`.
fn refused(why: &str) -> Effect {
    let message = format!("Repository rule violations found\n\n{why}\n\n");
    Effect::GraphQlErrors(json!([
        {"type": "UNPROCESSABLE", "path": ["createCommitOnBranch"], "message": message}
    ]))
}

#[test]
fn every_rule_that_refuses_a_direct_commit_leads_to_one_pull_request() {
    for why in [
        "Changes must be made through a pull request.",
        "Required status check \"test\" is expected.",
        "Changes must be made through the merge queue",
        "Cannot update this protected ref.",
        "At least 1 approving review is required by reviewers with write access.",
    ] {
        let (github, before) = adopted_shop(&founding());
        github.fault(When::GraphQl("createCommitOnBranch"), refused(why));
        let run = Runner::push(&github, &before).run().expect_code(0);
        let pull = the_pull(&github);
        assert_said(&run, &[&format!("/pull/{pull}")]);
        github.take_writes();
    }
}

#[test]
fn a_branch_that_requires_signatures_takes_the_commit_since_github_signs_it() {
    let (github, before) = shop(&founding());
    protect(&github, Protection::Signatures);
    Runner::push(&github, &before).run().expect_code(0);
    assert_linked(&github, &document(&github), ACTION);
    github.assert_no_unexpected_writes(&SYNC);
}

#[test]
fn a_ruleset_for_all_branches_leaves_a_patch_and_the_next_run_finds_the_issues() {
    let (github, before) = protected_shop();
    let refusal = json!({
        "message": "Repository rule violations found\n\nCannot create ref due to creations being restricted.",
        "status": "422",
    });
    github.faults(Fault::always(
        When::Rest("POST", "/repos/*/*/git/refs"),
        Effect::Refuse(422, refusal),
    ));
    let run = Runner::push(&github, &before).run().expect_code(4);
    assert_said(&run, &["creations being restricted"]);
    assert!(run.summary.contains("+| Add memory"), "{}", run.summary);
    assert_eq!(github.world().issues().len(), 2);
    github.take_writes();
    github.world().faults.clear();
    unprotect(&github);
    swept(&github).expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
}

#[test]
fn where_workflows_may_open_no_pull_requests_the_change_is_a_patch_and_the_branch_is_kept_current()
{
    let (github, before) = protected_shop();
    github.world().shop().actions_may_open_pulls = false;
    let run = Runner::push(&github, &before).run().expect_code(4);
    assert!(run.summary.contains("+| Add memory"), "{}", run.summary);
    assert_linked(&github, &on_branch(&github), ACTION);
    github.take_writes();
    // A person allows it, and the next run opens the pull request on the branch that is there.
    github.world().shop().actions_may_open_pulls = true;
    swept(&github).expect_code(0);
    the_pull(&github);
    assert_eq!(github.world().issues().len(), 2);
}

#[test]
fn a_head_that_never_stands_still_leaves_a_patch_where_pull_requests_are_not_allowed() {
    let (github, before) = adopted_shop(&founding());
    github.world().shop().actions_may_open_pulls = false;
    github.faults(Fault {
        times: 5,
        ..Fault::always(
            When::GraphQl("createCommitOnBranch"),
            Effect::MovedHead {
                branch: "main",
                path: PATH,
                content: founding() + "\nOne more line.\n",
            },
        )
    });
    let run = Runner::push(&github, &before).run().expect_code(4);
    assert!(run.summary.contains("+| Add memory"), "{}", run.summary);
    github.take_writes();
    github.world().faults.clear();
    swept(&github).expect_code(0);
    assert_eq!(github.world().issues().len(), 2);
    assert_linked(&github, &document(&github), ACTION);
}

#[test]
fn a_pull_request_that_would_conflict_is_made_anew_on_the_new_content() {
    let (github, before) = protected_shop();
    Runner::push(&github, &before).run().expect_code(0);
    let pull = the_pull(&github);
    // The very row that it changes, and the whole table's padding.
    let text = founding().replace("| SRE Team | 2024-02-01 |", "|  Platform  | 2024-02-03 |");
    github.world().push("main", &[(PATH, &text)]);
    github.world().push(BRANCH, &[("notes.md", "Mine\n")]);
    swept(&github).expect_code(0);
    assert_eq!(the_pull(&github), pull);
    assert!(github.world().issue(pull).is_open);
    let memory = issue_of(&github, ACTION);
    let new = on_branch(&github);
    assert!(new.contains("|  Platform  | 2024-02-03 |"), "{new}");
    assert_eq!(link(&new, ACTION), linked(memory));
    let mut world = github.world();
    let (main, branch) = (world.head("main"), world.head(BRANCH));
    let git = &world.shop().git;
    assert_eq!(git.merge_base(&main, &branch), Some(main));
    assert!(!git.head(BRANCH).unwrap().files.contains_key("notes.md"));
}

#[test]
fn a_pull_request_from_a_fork_s_branch_of_the_same_name_is_left_alone() {
    let (github, before) = adopted_shop(&founding());
    github.world().push(BRANCH, &[("README.md", "# Mine\n")]);
    let pull = github.world().open_pull("mallory", BRANCH, "mallory/shop");
    Runner::push(&github, &before).run().expect_code(0);
    swept(&github).expect_code(0);
    assert!(github.world().issue(pull).is_open);
    let title = github.world().issue(pull).title.clone();
    assert_eq!(title, "A pull request");
}

#[test]
fn a_pull_request_that_a_person_closed_is_opened_anew_while_something_is_left_to_do() {
    let (github, before) = protected_shop();
    Runner::push(&github, &before).run().expect_code(0);
    let pull = the_pull(&github);
    github.world().close(pull, "completed");
    github.take_writes();
    Runner::schedule(&github).run().expect_code(0);
    let pulls = github.world().pulls();
    let open = pulls
        .iter()
        .filter(|number| github.world().issue(**number).is_open);
    assert_eq!(open.count(), 1);
    swept(&github).expect_code(0);
}

#[test]
fn an_event_about_one_issue_leaves_the_other_rows_of_the_pull_request_in_it() {
    let github = linked_shop(&founding());
    protect(&github, Protection::Ruleset);
    let (memory, tests) = (issue_of(&github, ACTION), issue_of(&github, OTHER));
    for number in [memory, tests] {
        github.world().close(number, "completed");
        event(&github, "closed", number).expect_code(0);
    }
    the_pull(&github);
    for row in [ACTION, OTHER] {
        assert_eq!(status(&on_branch(&github), row), "Done", "{row}");
    }
    swept(&github).expect_code(0);
}

#[test]
fn an_event_about_one_issue_closes_no_pull_request_that_holds_more() {
    let (github, before) = protected_shop();
    Runner::push(&github, &before).run().expect_code(0);
    let pull = the_pull(&github);
    github.take_writes();
    let other = github.world().open_issue("alice", "Something else", "");
    event(&github, "edited", other).expect_code(0);
    assert!(github.world().issue(pull).is_open);
    github.assert_silent();
}

#[test]
fn two_runs_that_keep_the_pull_request_current_do_not_disturb_each_other() {
    for disturbed in [
        Effect::MovedHead {
            branch: ASIDE,
            path: "other.md",
            content: "of another run\n".into(),
        },
        Effect::GoneBranch(ASIDE),
    ] {
        let (github, before) = protected_shop();
        Runner::push(&github, &before).run().expect_code(0);
        let memory = issue_of(&github, ACTION);
        github.world().close(memory, "completed");
        // The first commit of the run is tried on `main`.
        github.faults(Fault::nth(
            2,
            When::GraphQl("createCommitOnBranch"),
            disturbed,
        ));
        Runner::schedule(&github).run().expect_code(0);
        the_pull(&github);
        assert_eq!(status(&on_branch(&github), ACTION), "Done");
        assert!(!has_branch(&github, ASIDE));
        swept(&github).expect_code(0);
    }
}

#[test]
fn a_file_that_is_gone_from_a_protected_branch_is_gone_from_the_pull_request() {
    let (github, before) = protected_shop();
    let other = "postmortems/2024-02-01-keys.md";
    let keys = postmortem("| Rotate keys | @alice | 2024-06-01 | Not Started |\n");
    github.world().push("main", &[(other, &keys)]);
    Runner::push(&github, &before).run().expect_code(0);
    github.world().remove("main", other);
    swept(&github).expect_code(0);
    let mut world = github.world();
    let files = &world.shop().git.head(BRANCH).unwrap().files;
    assert!(files.contains_key(PATH) && !files.contains_key(other));
}

#[test]
fn g3_a_push_of_our_own_commit_and_events_of_our_own_labels_write_nothing() {
    // A token of an app starts workflows, unlike the workflow's own.
    let (github, before) = shop(&founding());
    let head = github.world().head("main");
    Runner::push(&github, &before).run().expect_code(0);
    let own = github.world().head("main");
    assert_ne!(own, head);
    github.take_writes();
    Runner::push(&github, &head).run().expect_code(0);
    let numbers = github.world().issues();
    for number in numbers {
        for action in ["labeled", "edited"] {
            event(&github, action, number).expect_code(0);
        }
    }
    github.assert_silent();
    assert_eq!(github.world().head("main"), own);
}
