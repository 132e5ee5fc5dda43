//! The worlds in which the runs begin.

use serde_json::Value;

use super::{LATER, Scene, Start};
use crate::{
    ADOPTED, CONFIG, GitHub, PATH, Runner, postmortem, pushed,
    support::{
        github::state::Protection,
        laptop::Laptop,
        worlds::{README, proposal},
    },
};

/// The branch of the tool's own pull request.
const PROPOSED: &str = "followthrough/sync";

const KEYS: &str = "| Rotate keys | @alice | 2024-06-01 | Not Started |\n";
const ALARM: &str = "| Add an alarm | @bob | 2024-03-10 | Not Started |\n";
const TESTS: &str = "| Write tests | @bob | 2024-06-01 | Not Started |\n";
const RUNBOOK: &str = "| Write a runbook | Dev Team | 2024-06-01 | Not Started | |\n";
const DASHBOARD: &str = "| Draw a dashboard | Dev Team | 2024-06-01 | Not Started | |\n";

impl Scene {
    fn of(github: GitHub) -> Self {
        Self {
            start: Start::Push,
            github,
            before: String::new(),
            pull: 0,
            issue: Value::Null,
            laptop: None,
        }
    }

    /// A world whose rows have their issues.
    fn linked() -> Self {
        let rows = [KEYS, ALARM, TESTS].concat();
        let (github, before) = pushed(&[(CONFIG, ADOPTED)], &postmortem(&rows));
        Runner::push(&github, &before).run().expect_code(0);
        Self::of(github)
    }

    pub(super) fn push() -> Self {
        let mut scene = Self::linked();
        let mut world = scene.github.world();
        world.close(1, "completed");
        scene.before = world.head("main");
        let more = with_row(&world.file("main", PATH), RUNBOOK);
        world.push("main", &[(PATH, &more)]);
        drop(world);
        scene
    }

    pub(super) fn sweep() -> Self {
        let scene = Self::linked();
        scene.github.world().close(1, "completed");
        Runner::schedule(&scene.github).run().expect_code(0);
        scene.github.world().reopen(1);
        scene.github.world().close(3, "not_planned");
        scene
    }

    pub(super) fn issue() -> Self {
        let mut scene = Self::linked();
        scene.github.world().close(1, "completed");
        scene.issue = scene.github.world().issue_json(1);
        scene
    }

    pub(super) fn review() -> Self {
        let rows = [KEYS, ALARM].concat();
        let (github, pull) = proposal(&[README], &[(PATH, &postmortem(&rows))]);
        Self {
            pull,
            ..Self::of(github)
        }
    }

    /// A pull request whose rows have their issues.
    fn offered() -> Self {
        let config = (CONFIG, "issues: {open: on-pull-request}\n");
        let rows = [KEYS, ALARM].concat();
        let (github, pull) = proposal(&[config], &[(PATH, &postmortem(&rows))]);
        Runner::pull_request(&github, "opened", pull)
            .run()
            .expect_code(0);
        Self {
            pull,
            ..Self::of(github)
        }
    }

    pub(super) fn offer() -> Self {
        let scene = Self::offered();
        let mut world = scene.github.world();
        let text = world.file("topic", PATH);
        let kept: String = text
            .split_inclusive('\n')
            .filter(|line| !line.contains("Add an alarm"))
            .collect();
        world.push("topic", &[(PATH, &with_row(&kept, RUNBOOK))]);
        drop(world);
        scene
    }

    pub(super) fn draft() -> Self {
        let scene = Self::offer();
        let mut world = scene.github.world();
        world.issue(scene.pull).pull.as_mut().unwrap().is_draft = true;
        drop(world);
        scene
    }

    pub(super) fn withdraw() -> Self {
        let scene = Self::offered();
        scene.github.world().close(scene.pull, "completed");
        scene
    }

    pub(super) fn reopen() -> Self {
        let scene = Self::withdraw();
        Runner::pull_request(&scene.github, "closed", scene.pull)
            .run()
            .expect_code(0);
        scene.github.world().reopen(scene.pull);
        scene
    }

    pub(super) fn propose() -> Self {
        let scene = Self::push();
        scene.github.world().protect(Protection::Ruleset);
        scene
    }

    pub(super) fn propose_more() -> Self {
        let mut scene = Self::propose();
        Runner::push(&scene.github, &scene.before)
            .run()
            .expect_code(0);
        let mut world = scene.github.world();
        world.close(3, "not_planned");
        scene.before = world.head("main");
        let more = with_row(&world.file("main", PATH), DASHBOARD);
        world.push("main", &[(PATH, &more)]);
        drop(world);
        scene
    }

    pub(super) fn propose_nothing() -> Self {
        let mut scene = Self::propose();
        Runner::push(&scene.github, &scene.before)
            .today(LATER)
            .run()
            .expect_code(0);
        let mut world = scene.github.world();
        scene.before = world.head("main");
        let by_hand = world.file(PROPOSED, PATH);
        world.push("main", &[(PATH, &by_hand)]);
        drop(world);
        scene
    }

    pub(super) fn laptop() -> Self {
        let mut scene = Self::push();
        let text = scene.github.world().file("main", PATH);
        scene.laptop = Some(Laptop::new(&[
            (CONFIG, ADOPTED.as_bytes()),
            (PATH, text.as_bytes()),
        ]));
        scene
    }
}

fn with_row(text: &str, row: &str) -> String {
    text.replace("\n## Lessons", &format!("{row}\n## Lessons"))
}
