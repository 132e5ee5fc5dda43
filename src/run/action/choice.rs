//! Which run an event asks for.

use clap::ValueEnum;

use crate::{
    host::Inputs,
    input::event::{Event, IssueEvent, MergeGroup, PullRequest, Push},
    model::{
        choice,
        config::{FailOn, WriteBack},
        link::IssueKey,
        now::Now,
    },
    tracker::Home,
};

use super::super::exit::Failure;

/// The inputs of action.yml, read into types.
#[derive(Debug, Default)]
pub(super) struct Order {
    pub(super) command: Named,
    pub(super) config: Option<String>,
    pub(super) paths: Vec<String>,
    pub(super) fail_on: Option<FailOn>,
    pub(super) write_back: Option<WriteBack>,
    pub(super) today: Option<Now>,
}

/// Commands that the input `command` may name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Named {
    /// By the event.
    #[default]
    Auto,
    Check,
    Plan,
    Sync,
    Sweep,
}

impl Order {
    pub(super) fn read(inputs: &Inputs) -> Result<Self, Failure> {
        let today = |text: &String| {
            text.parse()
                .map_err(|why| Failure::Usage(format!("the input `today` is `{text}`; {why}")))
        };
        Ok(Self {
            command: one_of("command", inputs.command.as_deref())?.unwrap_or_default(),
            config: inputs.config.clone(),
            paths: inputs.paths.clone(),
            fail_on: one_of("fail-on", inputs.fail_on.as_deref())?,
            write_back: one_of("write-back", inputs.write_back.as_deref())?,
            today: inputs.today.as_ref().map(today).transpose()?,
        })
    }
}

fn one_of<T: ValueEnum>(input: &str, text: Option<&str>) -> Result<Option<T>, Failure> {
    let read = text.map(choice::named).transpose();
    read.map_err(|unknown| Failure::Usage(format!("the input `{input}`: {unknown}")))
}

/// What an action does.
#[derive(Debug)]
pub(super) enum Choice {
    /// Nothing, for this reason.
    Nothing(String),
    /// Reviews what a pull request or merge group changes.
    Review(Change),
    /// Closes what a pull request brought that comes to nothing.
    Withdraw(PullRequest),
    /// Checks all postmortems.
    Check,
    /// Shows what a sync would change.
    Plan,
    /// Syncs all items, or those of some issues; after a push, its documents are in scope for opening.
    Sync {
        only: Option<Vec<Moved>>,
        push: Option<Push>,
    },
}

/// A change that is not merged yet.
#[derive(Debug)]
pub(super) enum Change {
    Pull(PullRequest),
    Group(MergeGroup),
}

/// An issue that moved.
#[derive(Debug)]
pub(super) enum Moved {
    /// An issue of the workflow's own repository.
    Here(u64),
    /// Where it was transferred to.
    There(IssueKey),
}

impl Moved {
    pub(super) fn key(self, home: &Home) -> IssueKey {
        match self {
            Self::Here(number) => home.key(number),
            Self::There(key) => key,
        }
    }
}

/// Chooses by the event, within what the input `command` allows.
pub(super) fn choose(order: &Order, event: Event) -> Result<Choice, Failure> {
    match (order.command, event) {
        (_, Event::PullRequestTarget) => refuse(PULL_REQUEST_TARGET),
        (Named::Plan, _) => Ok(Choice::Plan),
        (Named::Sync | Named::Sweep, Event::PullRequest(_) | Event::MergeGroup(_)) => {
            refuse(BEFORE_THE_MERGE)
        }
        (Named::Auto, Event::PullRequest(pull))
            if pull.action == "closed" && !pull.merged && !pull.from_fork =>
        {
            Ok(Choice::Withdraw(pull))
        }
        (_, Event::PullRequest(pull)) if pull.action == "closed" => {
            Ok(Choice::Nothing(CLOSED.to_owned()))
        }
        (_, Event::PullRequest(pull)) => Ok(Choice::Review(Change::Pull(pull))),
        (_, Event::MergeGroup(group)) => Ok(Choice::Review(Change::Group(group))),
        (Named::Check, _) => Ok(Choice::Check),
        (Named::Auto, Event::Other(name)) => {
            refuse(&format!("the event `{name}` {NO_POSTMORTEMS}"))
        }
        (Named::Auto | Named::Sync, Event::Push(push)) => Ok(pushed(push)),
        (Named::Auto | Named::Sync, Event::Issues(issue)) => Ok(Choice::Sync {
            only: Some(moved(issue)),
            push: None,
        }),
        (Named::Auto | Named::Sync | Named::Sweep, _) => Ok(Choice::Sync {
            only: None,
            push: None,
        }),
    }
}

const PULL_REQUEST_TARGET: &str = "`pull_request_target` is refused: it runs with a token that \
    can write, on files that anybody can send. Use `pull_request`; a pull request from a fork gets \
    the same findings in annotations and summary";

const BEFORE_THE_MERGE: &str = "`sync` before the merge would open issues for rows that still \
    change. Leave the input `command` at `auto`: the push that merges opens them";

pub(super) const CLOSED: &str = "The pull request is closed. What it merged is handled by the push to the \
    default branch.";

const NO_POSTMORTEMS: &str = "says nothing about postmortems. Set the input `command`, or run on \
    pull_request, merge_group, push, issues, schedule or workflow_dispatch";

fn refuse(why: &str) -> Result<Choice, Failure> {
    Err(Failure::Usage(why.to_owned()))
}

fn pushed(push: Push) -> Choice {
    if push.is_to_default_branch() {
        return Choice::Sync {
            only: None,
            push: Some(push),
        };
    }
    Choice::Nothing(format!(
        "{} is not the default branch. Issues are opened when the change arrives there.",
        push.git_ref
    ))
}

fn moved(issue: IssueEvent) -> Vec<Moved> {
    let here = Moved::Here(issue.number);
    let there = issue.transferred_to.map(Moved::There);
    [Some(here), there].into_iter().flatten().collect()
}
