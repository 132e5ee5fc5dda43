//! Examples, environment and exit codes under the help of each command.

/// The exit codes of a command that checks and writes.
macro_rules! all_exit_codes {
    () => {
        "\
Exit codes:
  0 fine · 1 findings at or above `fail-on` · 2 wrong usage, input or configuration
  3 GitHub, network or disk failed · 4 done in part, the next run does the rest"
    };
}

pub(super) const ALL: &str = concat!(
    "\
Start here:
  followthrough plan     what a sync would do in this repository
  followthrough sync     do it
  followthrough init     have GitHub do it, on every pull request, merge and morning

Environment:
  GITHUB_TOKEN, GH_TOKEN           token for GitHub; without one, issues are files in .followthrough/issues
  GITHUB_REPOSITORY                owner/name [default: the remote `origin`]
  GITHUB_API_URL, GITHUB_GRAPHQL_URL, GITHUB_SERVER_URL
                                   addresses of a GitHub Enterprise Server
  NO_COLOR                         no colours

",
    all_exit_codes!()
);

pub(super) const CHECK: &str = "\
Examples:
  followthrough check
  followthrough check --fail-on warning postmortems/2024-01-18-memory-leak.md
  followthrough check --format sarif > followthrough.sarif
  followthrough check --rules

Exit codes:
  0 no finding at or above `fail-on` · 1 such a finding, or an example that fails · 2 wrong usage, input or configuration
  3 the disk failed";

pub(super) const PLAN: &str = "\
Examples:
  followthrough plan
  followthrough plan --format json docs/postmortems

Exit codes:
  0 fine · 2 wrong usage, input or configuration · 3 GitHub, network or disk failed";

pub(super) const SYNC: &str = concat!(
    "\
Examples:
  followthrough sync
  followthrough sync --write-back pull-request postmortems/2024-01-18-memory-leak.md
  GITHUB_TOKEN=$(gh auth token) followthrough sync --tracker github

",
    all_exit_codes!()
);

pub(super) const SWEEP: &str = concat!(
    "\
Examples:
  followthrough sweep
  followthrough sweep --today 2024-03-01

",
    all_exit_codes!()
);

pub(super) const ITEMS: &str = "\
Examples:
  followthrough items
  followthrough items --format csv > items.csv
  followthrough items --format json docs/postmortems

In CSV, owners stand without their @. A cell that starts with = + - @, a tab or a carriage return gets a ' before it, so
that no spreadsheet takes it for a formula.

Exit codes:
  0 fine · 2 wrong usage, input or configuration · 3 the disk failed";

pub(super) const CONVERT: &str = "\
Examples:
  followthrough convert postmortems/2025-03-06-certificate-renewal.md
  followthrough convert --write postmortems
  followthrough convert > tables.patch && git apply tables.patch

Every item keeps its words, owner, due date, status, links and place. Bullets below an item go into its cell. What no
cell can hold, such as a code block, keeps the list as it is; the reason is told, and is no failure.

Exit codes:
  0 fine · 2 wrong usage, input or configuration · 3 the disk failed · 4 some files were written and others could not be";

pub(super) const SHOW: &str = "\
Examples:
  followthrough show postmortems/2024-01-18-memory-leak.md
  followthrough show --format json docs/postmortems

Exit codes:
  0 fine · 2 wrong usage, input or configuration · 3 the disk failed";

pub(super) const EXPLAIN: &str = "\
Examples:
  followthrough explain
  followthrough explain owner-missing

Exit codes:
  0 fine · 2 no such rule";

pub(super) const INIT: &str = "\
Writes:
  .github/followthrough.yml                  every setting with its default, as comments
  .github/workflows/postmortems.yml          pull requests, merges and issue events
  .github/workflows/postmortem-sweep.yml     the daily sweep

Example:
  followthrough init && followthrough plan

Exit codes:
  0 fine, whether or not a file was there already · 2 wrong usage · 3 the disk failed";

pub(super) const ACTION: &str = concat!(
    "\
Example:
  uses: followthrough/followthrough@VERSION     in a workflow; `followthrough init` writes one

",
    all_exit_codes!()
);
