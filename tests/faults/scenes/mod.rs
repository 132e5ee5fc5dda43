//! The runs that faults strike: one for each way in which the product is started, with as much to do as it can have.

use serde_json::Value;

use super::{
    ADOPTED, CONFIG, GitHub, PATH, Runner, postmortem, pushed,
    support::{
        github::TOKEN,
        laptop::Laptop,
        runner::TODAY,
        worlds::{README, proposal},
    },
};

/// Some days after [`TODAY`]: what was due between is late.
const LATER: &str = "2024-03-20";

const KEYS: &str = "| Rotate keys | @alice | 2024-06-01 | Not Started |\n";
const ALARM: &str = "| Add an alarm | @bob | 2024-03-10 | Not Started |\n";
const TESTS: &str = "| Write tests | @bob | 2024-06-01 | Not Started |\n";
const RUNBOOK: &str = "| Write a runbook | Dev Team | 2024-06-01 | Not Started | |\n";

/// What starts a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// A push with a new row, while one issue was closed and another one is late.
    Push,
    /// A sweep that finds an issue closed, one reopened and one late.
    Sweep,
    /// An issue was closed.
    Issue,
    /// A pull request brings a postmortem.
    Review,
    /// A pull request that has its issues at once brings a row and drops one.
    Offer,
    /// Somebody syncs on a laptop, with a token.
    Laptop,
}

pub const STARTS: [Start; 6] = [
    Start::Push,
    Start::Sweep,
    Start::Issue,
    Start::Review,
    Start::Offer,
    Start::Laptop,
];

/// A world in which a run is about to start.
pub struct Scene {
    start: Start,
    pub github: GitHub,
    /// Where `main` stood before the push.
    before: String,
    /// The pull request.
    number: u64,
    /// The issue of the event.
    issue: Value,
    laptop: Option<Laptop>,
}

impl Scene {
    pub fn new(start: Start) -> Self {
        let mut scene = match start {
            Start::Push => Self::push(),
            Start::Sweep => Self::sweep(),
            Start::Issue => Self::issue(),
            Start::Review => Self::review(),
            Start::Offer => Self::offer(),
            Start::Laptop => Self::laptop(),
        };
        scene.start = start;
        scene.github.take_writes();
        scene
    }

    fn of(github: GitHub) -> Self {
        Self {
            start: Start::Push,
            github,
            before: String::new(),
            number: 0,
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

    fn push() -> Self {
        let mut scene = Self::linked();
        let mut world = scene.github.world();
        world.close(1, "completed");
        scene.before = world.head("main");
        let more = with_runbook(&world.file("main", PATH));
        world.push("main", &[(PATH, &more)]);
        drop(world);
        scene
    }

    fn sweep() -> Self {
        let scene = Self::linked();
        scene.github.world().close(1, "completed");
        Runner::schedule(&scene.github).run().expect_code(0);
        scene.github.world().reopen(1);
        scene.github.world().close(3, "not_planned");
        scene
    }

    fn issue() -> Self {
        let mut scene = Self::linked();
        scene.github.world().close(1, "completed");
        scene.issue = scene.github.world().issue_json(1);
        scene
    }

    fn review() -> Self {
        let rows = [KEYS, ALARM].concat();
        let (github, number) = proposal(&[README], &[(PATH, &postmortem(&rows))]);
        Self {
            number,
            ..Self::of(github)
        }
    }

    fn offer() -> Self {
        let config = (CONFIG, "issues: {open: on-pull-request}\n");
        let rows = [KEYS, ALARM].concat();
        let (github, number) = proposal(&[config], &[(PATH, &postmortem(&rows))]);
        Runner::pull_request(&github, "opened", number)
            .run()
            .expect_code(0);
        let mut world = github.world();
        let text = world.file("topic", PATH);
        let kept: String = text
            .split_inclusive('\n')
            .filter(|line| !line.contains("Add an alarm"))
            .collect();
        world.push("topic", &[(PATH, &with_runbook(&kept))]);
        drop(world);
        Self {
            number,
            ..Self::of(github)
        }
    }

    fn laptop() -> Self {
        let mut scene = Self::push();
        let text = scene.github.world().file("main", PATH);
        scene.laptop = Some(Laptop::new(&[
            (CONFIG, ADOPTED.as_bytes()),
            (PATH, text.as_bytes()),
        ]));
        scene
    }

    /// Starts the run and waits for its end; gives the exit code and what was said.
    pub fn run(&self, is_slow: bool) -> (i32, String) {
        let outcome = match &self.laptop {
            Some(laptop) => {
                let variables = self.variables(is_slow);
                let given: Vec<(&str, &str)> = pairs(&variables);
                laptop.run_with(&["sync"], &given)
            }
            None => self.runner(is_slow).run(),
        };
        let said = outcome.said();
        (outcome.code, said)
    }

    /// Starts the run and ends it by SIGKILL once `moment` has come.
    pub fn kill_when(&self, moment: impl Fn() -> bool) -> bool {
        match &self.laptop {
            Some(laptop) => {
                let variables = self.variables(false);
                laptop.kill_when(&["sync"], &pairs(&variables), moment)
            }
            None => self.runner(false).start().kill_when(moment),
        }
    }

    /// What comes next in the life of the repository, and meets no fault.
    pub fn heal(&self) -> (i32, String) {
        self.github.world().faults.clear();
        match self.start {
            Start::Push | Start::Sweep | Start::Issue => {
                let outcome = Runner::schedule(&self.github).today(self.day()).run();
                (outcome.code, outcome.said())
            }
            Start::Review | Start::Offer | Start::Laptop => self.run(false),
        }
    }

    /// Whether the run is one of a pull request.
    pub fn is_review(&self) -> bool {
        matches!(self.start, Start::Review | Start::Offer)
    }

    /// The file on the laptop, where there is one.
    pub fn on_the_laptop(&self) -> Option<String> {
        self.laptop.as_ref().map(|laptop| laptop.read(PATH))
    }

    /// Whether something is late by then.
    fn day(&self) -> &'static str {
        match self.start {
            Start::Issue | Start::Review | Start::Laptop => TODAY,
            _ => LATER,
        }
    }

    fn runner(&self, is_slow: bool) -> Runner<'_> {
        let github = &self.github;
        let run = match self.start {
            Start::Push | Start::Laptop => Runner::push(github, &self.before),
            Start::Sweep => Runner::schedule(github),
            Start::Issue => Runner::issues(github, "closed", &self.issue),
            Start::Review | Start::Offer => {
                Runner::pull_request(github, "synchronize", self.number)
            }
        };
        let run = run.today(self.day());
        if is_slow {
            run.with("FOLLOWTHROUGH_CALL_TIMEOUT_MS", SHORT)
        } else {
            run
        }
    }

    fn variables(&self, is_slow: bool) -> Vec<(&'static str, String)> {
        let mut variables = vec![
            ("GITHUB_API_URL", self.github.api_url()),
            ("GITHUB_GRAPHQL_URL", self.github.graphql_url()),
            ("GITHUB_SERVER_URL", self.github.server_url()),
            ("GITHUB_REPOSITORY", "acme/shop".to_owned()),
            ("GITHUB_TOKEN", TOKEN.to_owned()),
            ("FOLLOWTHROUGH_PAUSES", "skipped".to_owned()),
        ];
        if is_slow {
            variables.push(("FOLLOWTHROUGH_CALL_TIMEOUT_MS", SHORT.to_owned()));
        }
        variables
    }
}

/// Long for a host on the same machine, and short for a test that waits for its end.
const SHORT: &str = "1000";

fn pairs<'a>(variables: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    let pairs = variables.iter();
    pairs.map(|(name, value)| (*name, value.as_str())).collect()
}

fn with_runbook(text: &str) -> String {
    text.replace("\n## Lessons", &format!("{RUNBOOK}\n## Lessons"))
}
