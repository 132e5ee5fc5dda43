//! Arguments of the command line.
//!
//! Imports: model.

mod help;
mod one_of;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use self::one_of::OneOf;
use crate::model::{
    config::{FailOn, WriteBack},
    now::Now,
};

/// Postmortem action items that get done.
#[derive(Debug, Parser)]
#[command(name = "followthrough", version, about, long_about = None, propagate_version = true)]
#[command(after_help = help::ALL)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options of every command.
    #[command(flatten)]
    pub options: Options,
}

/// Options of every command.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Options {
    /// Root of the repository [default: that of the Git repository around the working directory, else this directory]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Configuration [default: .github/followthrough.yml, where it exists]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The day that counts as today, or an instant such as 2024-02-29T23:30:00Z [default: today in the configured time zone]
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub today: Option<Now>,
    /// Where issues live
    #[arg(long, global = true, value_enum, value_parser = OneOf::<TrackerChoice>::new(), default_value_t)]
    pub tracker: TrackerChoice,
    /// Show each call to the tracker; never the token or a body
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// Where issues live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TrackerChoice {
    /// GitHub where there is a token and a repository on GitHub, else the embedded tracker.
    #[default]
    Auto,
    /// GitHub; needs `GITHUB_TOKEN` or `GH_TOKEN`.
    Github,
    /// The embedded tracker: Markdown files in .followthrough/issues.
    Local,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Review postmortems: findings only, no network, nothing written
    ///
    /// Each finding names file, line, column and remedy, and shows the line with a mark under the place.
    #[command(after_help = help::CHECK)]
    Check {
        /// What is read.
        #[command(flatten)]
        paths: Paths,
        /// Run the examples of all rules, those of the configuration included, and read no postmortem
        #[arg(long, conflicts_with_all = ["paths", "fail_on", "format"])]
        rules: bool,
        /// Least severity that makes the exit code 1 [default: the configuration's `fail-on`]
        #[arg(long, value_enum, value_parser = OneOf::<FailOn>::new())]
        fail_on: Option<FailOn>,
        /// Form of the findings
        #[arg(long, value_enum, value_parser = OneOf::<FindingFormat>::new(), default_value_t)]
        format: FindingFormat,
    },
    /// Show what a sync would change; nothing written
    ///
    /// Reads the issues, so that the preview is exact. Documents and issues stay as they are.
    #[command(after_help = help::PLAN)]
    Plan {
        /// What is read.
        #[command(flatten)]
        paths: Paths,
        /// Form of the plan
        #[arg(long, value_enum, value_parser = OneOf::<PlanFormat>::new(), default_value_t)]
        format: PlanFormat,
    },
    /// Open issues, write links and status back, flag what is overdue
    ///
    /// Without a token the issues are files in .followthrough/issues. A second sync writes nothing.
    #[command(after_help = help::SYNC)]
    Sync {
        /// What is read and written.
        #[command(flatten)]
        write: Write,
    },
    /// Sync every postmortem and list what is overdue or due soon: the scheduled run
    ///
    /// The same as a sync of all postmortems, by the name that the scheduled workflow uses.
    #[command(after_help = help::SWEEP)]
    Sweep {
        /// What is read and written.
        #[command(flatten)]
        write: Write,
    },
    /// List the action items as read
    ///
    /// Nothing is asked of a tracker: status, owner and due date are those of the documents.
    #[command(after_help = help::ITEMS)]
    Items {
        /// What is read.
        #[command(flatten)]
        paths: Paths,
        /// Form of the list
        #[arg(long, value_enum, value_parser = OneOf::<ItemFormat>::new(), default_value_t)]
        format: ItemFormat,
    },
    /// Rewrite lists of action items as the standard table
    ///
    /// Shows the difference and writes nothing, unless told to. A list that would not read back as the same items stays.
    #[command(after_help = help::CONVERT)]
    Convert {
        /// What is read.
        #[command(flatten)]
        paths: Paths,
        /// Write the files
        #[arg(long)]
        write: bool,
    },
    /// Show what was read of a postmortem: summary, timeline, causes, lessons, people, links and items
    ///
    /// Each with its line and column, both counted from 1, columns in characters. Times are shown with day and zone
    /// where the document tells them, and JSON says where from.
    #[command(after_help = help::SHOW)]
    Show {
        /// What is read.
        #[command(flatten)]
        paths: Paths,
        /// Form of what was read
        #[arg(long, value_enum, value_parser = OneOf::<ShowFormat>::new(), default_value_t)]
        format: ShowFormat,
    },
    /// Explain a rule, or list all rules
    ///
    /// A page says what the rule checks, why it matters, and how to mend a finding.
    #[command(after_help = help::EXPLAIN)]
    Explain {
        /// Id or name, such as FOLLOW001 or owner-missing [default: list all rules]
        rule: Option<String>,
    },
    /// Write the workflows and a commented configuration into the repository
    ///
    /// Asks nothing and overwrites nothing: a file that is there already stays.
    #[command(after_help = help::INIT)]
    Init,
    /// What action.yml calls: chooses by event
    ///
    /// Reads the inputs, the event and the token from the environment, as GitHub's runner sets them.
    #[command(after_help = help::ACTION)]
    Action,
}

/// Which postmortems are read.
#[derive(Clone, Debug, Default, Args)]
pub struct Paths {
    /// Files or folders [default: the configuration's `postmortems`]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// What is read, and how it is written back.
#[derive(Clone, Debug, Default, Args)]
pub struct Write {
    /// What is read.
    #[command(flatten)]
    pub paths: Paths,
    /// How links and status reach the documents [default: the configuration's `write-back`]
    #[arg(long, value_enum, value_parser = OneOf::<WriteBack>::new())]
    pub write_back: Option<WriteBack>,
}

/// Forms of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FindingFormat {
    /// Text with source excerpts.
    #[default]
    Text,
    /// Annotations of GitHub Actions.
    Github,
    /// JSON, version 1.
    Json,
    /// SARIF 2.1.0.
    Sarif,
}

/// Forms of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// One line per change.
    #[default]
    Text,
    /// JSON, version 1.
    Json,
}

/// Forms of what was read of a postmortem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// Aligned tables.
    #[default]
    Text,
    /// JSON, version 1.
    Json,
}

/// Forms of a list of items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ItemFormat {
    /// An aligned table.
    #[default]
    Text,
    /// JSON, version 1.
    Json,
    /// Comma-separated values with a header row.
    Csv,
}
