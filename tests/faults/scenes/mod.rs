//! The runs that faults strike: one for each way in which the product is started, with as much to do as it can have.

mod beginnings;

use serde_json::Value;

use super::{
    GitHub, PATH, Runner,
    support::{
        laptop::Laptop,
        runner::{Outcome, TODAY},
    },
};

/// Some days after [`TODAY`]: what was due between is late.
const LATER: &str = "2024-03-20";

/// What starts a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// A push with a new row, while one issue was closed and another one is late.
    Push,
    /// The same, and somebody asks for a plan.
    Plan,
    /// The same, with a branch that takes changes by pull request.
    Propose,
    /// The same, and the pull request of an earlier run is open.
    ProposeMore,
    /// A push that leaves nothing to do of the pull request of an earlier run.
    ProposeNothing,
    /// A sweep that finds an issue closed, one reopened and one late.
    Sweep,
    /// An issue was closed.
    Issue,
    /// A pull request brings a postmortem.
    Review,
    /// The same in a merge queue.
    Queue,
    /// A pull request that has its issues at once brings a row and drops one.
    Offer,
    /// The same, where only a check is asked for.
    Check,
    /// The same, by somebody who makes a draft of it.
    Draft,
    /// A pull request that has its issues is closed without merging.
    Withdraw,
    /// It is opened again.
    Reopen,
    /// Somebody syncs on a laptop, with a token.
    Laptop,
}

pub const STARTS: [Start; 15] = [
    Start::Push,
    Start::Plan,
    Start::Propose,
    Start::ProposeMore,
    Start::ProposeNothing,
    Start::Sweep,
    Start::Issue,
    Start::Review,
    Start::Queue,
    Start::Offer,
    Start::Check,
    Start::Draft,
    Start::Withdraw,
    Start::Reopen,
    Start::Laptop,
];

/// How a run ended.
pub struct Ended {
    pub code: i32,
    /// Everything that it said.
    pub said: String,
    /// The summary.
    pub told: String,
}

impl From<Outcome> for Ended {
    fn from(outcome: Outcome) -> Self {
        Self {
            code: outcome.code,
            said: outcome.said(),
            told: outcome.summary,
        }
    }
}

/// A world in which a run is about to start.
pub struct Scene {
    start: Start,
    pub github: GitHub,
    /// Where `main` stood before the push.
    before: String,
    /// The pull request.
    pull: u64,
    /// The issue of the event.
    issue: Value,
    laptop: Option<Laptop>,
}

impl Scene {
    pub fn new(start: Start) -> Self {
        let mut scene = match start {
            Start::Push | Start::Plan => Self::push(),
            Start::Propose => Self::propose(),
            Start::ProposeMore => Self::propose_more(),
            Start::ProposeNothing => Self::propose_nothing(),
            Start::Sweep => Self::sweep(),
            Start::Issue => Self::issue(),
            Start::Review | Start::Queue => Self::review(),
            Start::Offer | Start::Check => Self::offer(),
            Start::Draft => Self::draft(),
            Start::Withdraw => Self::withdraw(),
            Start::Reopen => Self::reopen(),
            Start::Laptop => Self::laptop(),
        };
        scene.start = start;
        scene.github.take_writes();
        scene
    }

    /// Starts the run and waits for its end.
    pub fn run(&self, is_slow: bool) -> Ended {
        match &self.laptop {
            Some(laptop) => {
                let variables = self.variables(is_slow);
                laptop.run_with(&["sync"], &pairs(&variables)).into()
            }
            None => self.runner(is_slow).run().into(),
        }
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
    pub fn heal(&self) -> Ended {
        self.github.world().faults.clear();
        match self.start {
            Start::Push
            | Start::Propose
            | Start::ProposeMore
            | Start::ProposeNothing
            | Start::Sweep
            | Start::Issue
            | Start::Withdraw => Runner::schedule(&self.github)
                .today(self.day())
                .run()
                .into(),
            _ => self.run(false),
        }
    }

    /// Whether the run is one of a pull request that is open.
    pub fn is_review(&self) -> bool {
        matches!(
            self.start,
            Start::Review
                | Start::Queue
                | Start::Offer
                | Start::Check
                | Start::Draft
                | Start::Reopen
        )
    }

    /// Whether what the run does is what it tells.
    pub fn only_tells(&self) -> bool {
        matches!(self.start, Start::Plan | Start::Queue)
    }

    /// The file on the laptop, where there is one.
    pub fn on_the_laptop(&self) -> Option<String> {
        self.laptop.as_ref().map(|laptop| laptop.read(PATH))
    }

    /// Whether something is late by then.
    fn day(&self) -> &'static str {
        match self.start {
            Start::Issue | Start::Review | Start::Queue | Start::Laptop => TODAY,
            _ => LATER,
        }
    }

    fn runner(&self, is_slow: bool) -> Runner<'_> {
        let github = &self.github;
        let pull_request = |action| Runner::pull_request(github, action, self.pull);
        let run = match self.start {
            Start::Push
            | Start::Propose
            | Start::ProposeMore
            | Start::ProposeNothing
            | Start::Laptop => Runner::push(github, &self.before),
            Start::Plan => Runner::dispatch(github, "plan"),
            Start::Sweep => Runner::schedule(github),
            Start::Issue => Runner::issues(github, "closed", &self.issue),
            Start::Review | Start::Offer => pull_request("synchronize"),
            Start::Check => pull_request("synchronize").with("FOLLOWTHROUGH_COMMAND", "check"),
            Start::Queue => Runner::merge_group(github, self.pull),
            Start::Draft => pull_request("converted_to_draft"),
            Start::Withdraw => pull_request("closed"),
            Start::Reopen => pull_request("reopened"),
        };
        let run = run.today(self.day());
        if is_slow {
            run.with("FOLLOWTHROUGH_CALL_TIMEOUT_MS", SHORT)
        } else {
            run
        }
    }

    fn variables(&self, is_slow: bool) -> Vec<(&'static str, String)> {
        let mut variables = self.github.variables();
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
