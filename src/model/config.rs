//! What a team can set in `.github/followthrough.yml`. Every default works without the file.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use super::status::Status;

mod choice;
mod complaint;
mod required;
mod wording;
mod zone;

pub use choice::{FailOn, Level, Opening, WriteBack};
pub use complaint::Complaint;
pub use required::{FieldKind, Required, SectionKind};
pub use wording::{Pattern, Scope, Wording};
pub use zone::Zone;

/// Where the configuration is looked for, relative to the root of the repository.
pub const CONFIG_PATH: &str = ".github/followthrough.yml";

/// All places where it is looked for; the first one is the usual.
pub const CONFIG_PATHS: [&str; 2] = [CONFIG_PATH, ".github/followthrough.yaml"];

/// The whole configuration.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Which files are postmortems.
    #[serde(deserialize_with = "or_default")]
    pub postmortems: Postmortems,
    /// Zone in which days begin and end.
    pub time_zone: Zone,
    /// Issues that are opened and kept.
    #[serde(deserialize_with = "or_default")]
    pub issues: Issues,
    /// What happens to items that are late or soon will be.
    #[serde(deserialize_with = "or_default")]
    pub overdue: Overdue,
    /// Who stands behind an owner's name: the name as written in documents → login or team.
    #[serde(deserialize_with = "or_default")]
    pub owners: BTreeMap<String, OwnerTarget>,
    /// How documents are read.
    #[serde(deserialize_with = "or_default")]
    pub reading: Reading,
    /// How links and status reach the documents.
    pub write_back: WriteBack,
    /// Least severity of a finding that makes `check` exit with 1.
    pub fail_on: FailOn,
    /// Severity by rule, by id (`FOLLOW001`) or name (`owner-missing`).
    #[serde(deserialize_with = "or_default")]
    pub rules: BTreeMap<String, Level>,
    /// What a postmortem must have.
    #[serde(deserialize_with = "or_default")]
    pub required: Required,
    /// Rules of the team about words, by id: patterns, what to say about them, and examples.
    #[serde(deserialize_with = "or_default")]
    pub custom_rules: BTreeMap<String, Wording>,
    /// Which words are names of people, and which are not.
    #[serde(deserialize_with = "or_default")]
    pub names: Names,
}

/// A section of which every line is commented out has no value; it counts as left out.
fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Which files are postmortems.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Postmortems {
    /// Globs of postmortems, relative to the root; `**` crosses folders, `*` does not. Case does not count.
    pub include: Vec<String>,
    /// Globs of files inside those folders that are none.
    pub exclude: Vec<String>,
}

impl Default for Postmortems {
    fn default() -> Self {
        // `incidents` deeper in the documentation is often the page of an interface, and no postmortem.
        let include = [
            "{postmortems,postmortem,post-mortems,post-mortem,incidents,incident-reports}/**/*.{md,markdown}",
            "{docs,doc}/incidents/**/*.{md,markdown}",
            "{docs,doc}/**/{postmortems,postmortem,post-mortems,post-mortem,incident-reports}/**/*.{md,markdown}",
        ];
        // `2024-05-01-broken-email-template.md` is about a template and none: names that begin with a
        // date are kept.
        let exclude = [
            "**/{readme,index,summary,contributing,changelog,code_of_conduct,toc,process,guide}.*",
            "**/_*",
            "**/{templates,template}/**",
            "**/template{.,[-_ ]}*",
            "**/{[!0-9]*,0*}[-_. ]template.*",
            "**/{yyyy,dddd,xxxx}[-_]*",
        ];
        Self {
            include: include.map(str::to_owned).to_vec(),
            exclude: exclude.map(str::to_owned).to_vec(),
        }
    }
}

/// Issues that are opened and kept.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Issues {
    /// When issues are opened for the items of a pull request.
    pub open: Opening,
    /// Documents dated on or after this day are in scope for opening issues; see G9 in the README.
    #[serde(deserialize_with = "date")]
    pub since: Option<NaiveDate>,
    /// Most issues that one run opens.
    pub max_new: usize,
    /// The label by which the tool finds its issues again.
    pub label: String,
    /// More labels that a new issue gets.
    pub extra_labels: Vec<String>,
    /// Labels that mean somebody works on the issue.
    pub in_progress_labels: Vec<String>,
}

impl Default for Issues {
    fn default() -> Self {
        Self {
            open: Opening::default(),
            since: None,
            max_new: 25,
            label: "postmortem-action".into(),
            extra_labels: Vec::new(),
            in_progress_labels: ["in progress", "in-progress", "status: in progress", "wip"]
                .map(str::to_owned)
                .to_vec(),
        }
    }
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    NaiveDate::parse_from_str(&text, "%Y-%m-%d")
        .map(Some)
        .map_err(|_| {
            serde::de::Error::custom(format!("`{text}` is no date; write it as `2024-01-31`"))
        })
}

/// What happens to items that are late or soon will be.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Overdue {
    /// What is put behind the status of a late item; empty to leave the cell alone.
    pub flag: String,
    /// Label of late issues; empty for none.
    pub label: String,
    /// Label of issues that are due soon; empty for none.
    pub soon_label: String,
    /// Days before the due date on which an item counts as due soon.
    pub soon_days: u16,
}

impl Default for Overdue {
    fn default() -> Self {
        Self {
            flag: " ⚠️ overdue".into(),
            label: "overdue".into(),
            soon_label: "due-soon".into(),
            soon_days: 7,
        }
    }
}

/// Who stands behind a name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "a login such as `alice`, a team such as `org/sre`, or a list of them is needed here"
)]
pub enum OwnerTarget {
    /// A login (`alice`) or a team (`org/sre`).
    One(String),
    /// Several of them.
    Many(Vec<String>),
}

impl OwnerTarget {
    /// The logins and teams, in the order written, without a leading `@`.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Many(names) => names.as_slice(),
        }
        .iter()
        .map(|name| name.trim_start_matches('@'))
    }
}

/// Which words are names of people, for rules that must tell people from products.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Names {
    /// Names that are nobody's: products, services, teams.
    pub allow: Vec<String>,
    /// Names of people, logins included; they are told in no message.
    pub people: Vec<String>,
}

/// How documents are read.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reading {
    /// Order of day and month in dates such as `03/04/2024`; without it they are a finding.
    pub date_order: Option<DateOrder>,
    /// More headings of action sections.
    pub action_headings: Vec<String>,
    /// More words for each status.
    pub status_words: BTreeMap<Status, Vec<String>>,
    /// Prefixes of ticket keys of other trackers: `OPS` makes `OPS-12` a link.
    pub ticket_prefixes: Vec<String>,
    /// Zone of the times in a timeline that names none; without it such times belong to no instant.
    pub default_zone: Option<Zone>,
    /// What abbreviations of zones mean that have several meanings, such as `CST`.
    #[serde(deserialize_with = "or_default")]
    pub zone_names: BTreeMap<String, Zone>,
}

/// Order of day and month in a date of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 31/12/2024.
    DayFirst,
    /// 12/31/2024.
    MonthFirst,
}
