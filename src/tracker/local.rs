//! The embedded tracker: a folder in which every issue is a Markdown file that people read, edit and commit.
//!
//! An issue is closed by writing `state: closed` into its front matter, with `reason: not-planned` or
//! `duplicate-of: 3` where it was not simply done, and reopened by writing `state: open`.
//!
//! # Guarantees
//! A file is written in one step. Keys that this tracker does not know and the text below stay as they are.
//! Two processes that open issues at once get two numbers, and no number is given twice, whenever a process is killed.

mod file;
mod front;

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use self::file::IssueFile;
use super::{Extent, Home, Reader, TrackerError, Writer};
use crate::{
    host::{HostError, disk},
    model::{
        issue::{Author, Draft, Issue, IssuePatch, Lookup, NewState, State, same_label},
        link::{IssueKey, Repository},
        marker::Marker,
    },
};

/// Where the issues live, relative to the root of the repository.
pub const FOLDER: &str = ".followthrough/issues";

/// Every folder that the tracker writes to, relative to the root.
pub const FOLDERS: [&str; 2] = [".followthrough", FOLDER];

/// Holds the highest number ever given. Were the number of a deleted issue given again, a link that is
/// still in a document would lead to another issue. It is noted before the issue is made: a run that is killed in
/// between leaves a number that no issue has.
const LAST_NUMBER: &str = ".followthrough/last-number";

/// Numbers from here on were not given by counting.
const LIMIT: u64 = 1 << 32;

const GONE: &str = "the file is gone. Restore it, or take its link out of the document";

/// Both sides of the tracker of the repository at `root`. A dry run takes a [`LocalReader`] alone.
/// `today` is the day that is written where an issue is opened or closed.
#[must_use]
pub fn open(root: &Path, today: NaiveDate) -> (LocalReader, LocalWriter) {
    (LocalReader::new(root), LocalWriter::new(root, today))
}

/// Reads the issues below a root.
#[derive(Clone, Debug)]
pub struct LocalReader {
    folder: Folder,
}

/// Writes the issues below a root.
#[derive(Clone, Debug)]
pub struct LocalWriter {
    folder: Folder,
    today: NaiveDate,
}

impl LocalReader {
    /// A reader of the issues below `root`. Nothing needs to be there yet.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self {
            folder: Folder::new(root),
        }
    }
}

impl LocalWriter {
    /// A writer of issues below `root`, on the day `today`.
    #[must_use]
    pub fn new(root: &Path, today: NaiveDate) -> Self {
        Self {
            folder: Folder::new(root),
            today,
        }
    }

    /// Reads an issue, changes it and writes it, unless nothing changed.
    fn change(
        &self,
        key: &IssueKey,
        change: impl FnOnce(&mut IssueFile),
    ) -> Result<(), TrackerError> {
        let path = Folder::path(key.number);
        let wrong = |detail| TrackerError::File {
            path: path.clone(),
            detail,
        };
        let text = self.folder.text(key)?;
        let text = text.ok_or_else(|| wrong(GONE.to_owned()))?;
        let old = IssueFile::parse(key.number, &text).map_err(wrong)?;
        let mut new = old.clone();
        change(&mut new);
        if new == old {
            return Ok(());
        }
        let text = file::rewritten(key.number, &text, &old, &new).map_err(wrong)?;
        disk::write(&self.folder.root, &path, &text).map_err(|error| failed(&path, &error))
    }
}

#[async_trait(?Send)]
impl Reader for LocalReader {
    fn home(&self) -> &Home {
        &self.folder.home
    }

    async fn lookup(&self, keys: &[IssueKey]) -> Result<Vec<Lookup>, TrackerError> {
        Ok(keys.iter().map(|key| self.folder.lookup(key)).collect())
    }

    async fn listing(&self, label: &str, _extent: Extent) -> Result<Vec<Issue>, TrackerError> {
        let mut numbers = self.folder.numbers()?;
        numbers.reverse();
        let issues = numbers.into_iter().filter_map(|number| {
            let key = self.folder.home.key(number);
            let text = self.folder.text(&key).ok()??;
            let file = IssueFile::parse(number, &text).ok();
            let file = file.or_else(|| IssueFile::salvaged(&text))?;
            Some(Folder::issue(key, file))
        });
        let ours = |issue: &Issue| issue.has_label(label) || Marker::read(&issue.body).is_some();
        Ok(issues.filter(ours).collect())
    }
}

#[async_trait(?Send)]
impl Writer for LocalWriter {
    async fn open(&self, draft: &Draft) -> Result<Issue, TrackerError> {
        let mut file = IssueFile {
            title: draft.title.clone(),
            state: State::Open,
            labels: Vec::new(),
            assignees: draft.assignees.clone(),
            created: Some(self.today),
            closed: None,
            body: lines_of(&draft.body),
        };
        file.add_labels(&draft.labels);
        loop {
            // Another process may take the number in between; then the next one is tried.
            let number = self.folder.next_number()?;
            let path = Folder::path(number);
            disk::write(&self.folder.root, LAST_NUMBER, &format!("{number}\n"))
                .map_err(|error| failed(LAST_NUMBER, &error))?;
            let made = disk::create(&self.folder.root, &path, &file.text(number));
            if made.map_err(|error| failed(&path, &error))? {
                return Ok(Folder::issue(self.folder.home.key(number), file));
            }
        }
    }

    async fn update(&self, key: &IssueKey, patch: &IssuePatch) -> Result<(), TrackerError> {
        self.change(key, |file| {
            let IssuePatch {
                title,
                body,
                assignees,
                state,
            } = patch.clone();
            file.title = title.unwrap_or_else(|| file.title.clone());
            file.body = body.map_or_else(|| file.body.clone(), |body| lines_of(&body));
            file.assignees = assignees.unwrap_or_else(|| file.assignees.clone());
            match state {
                Some(NewState::Open) => {
                    file.state = State::Reopened;
                    file.closed = None;
                }
                Some(NewState::NotPlanned) => {
                    file.state = State::NotPlanned;
                    file.closed = Some(self.today);
                }
                None => {}
            }
        })
    }

    async fn add_labels(&self, key: &IssueKey, labels: &[String]) -> Result<(), TrackerError> {
        self.change(key, |file| file.add_labels(labels))
    }

    async fn remove_label(&self, key: &IssueKey, label: &str) -> Result<(), TrackerError> {
        self.change(key, |file| {
            file.labels.retain(|own| !same_label(own, label));
        })
    }

    async fn close_duplicate(&self, key: &IssueKey, of: &IssueKey) -> Result<(), TrackerError> {
        self.change(key, |file| {
            if file.state.is_open() {
                file.closed = Some(self.today);
            }
            file.state = State::Duplicate(Some(of.clone()));
        })
    }
}

/// The folder of issues below a root.
#[derive(Clone, Debug)]
struct Folder {
    root: PathBuf,
    home: Home,
}

impl Folder {
    fn new(root: &Path) -> Self {
        Self {
            root: root.into(),
            home: Home {
                host: String::new(),
                server: String::new(),
                repository: Repository::embedded(),
                repository_id: 0,
            },
        }
    }

    fn path(number: u64) -> String {
        format!("{FOLDER}/{number}.md")
    }

    /// The numbers in use, in ascending order.
    fn numbers(&self) -> Result<Vec<u64>, TrackerError> {
        let names = disk::names(&self.root.join(FOLDER));
        let number = |name: &String| -> Option<u64> {
            let number = name.strip_suffix(".md")?.parse().ok()?;
            // `007.md` is a person's file: no link leads to it.
            (*name == format!("{number}.md") && number < LIMIT).then_some(number)
        };
        let names = names.map_err(|error| failed(FOLDER, &error))?;
        let mut numbers: Vec<u64> = names.iter().filter_map(number).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// The number after the highest one that is or was in use.
    fn next_number(&self) -> Result<u64, TrackerError> {
        let used = self.numbers()?.last().copied().unwrap_or(0);
        // A merge can leave several numbers in the file.
        let noted = disk::read_text_in(&self.root, LAST_NUMBER).unwrap_or_default();
        let noted = noted
            .split_whitespace()
            .filter_map(|word| word.parse().ok());
        Ok(noted.max().unwrap_or(0).max(used) + 1)
    }

    /// The text of the file of `key`; `None` where there is none.
    fn text(&self, key: &IssueKey) -> Result<Option<String>, TrackerError> {
        let path = Self::path(key.number);
        if !key.repository.is_embedded() {
            return Err(TrackerError::Invalid {
                what: format!("{key} in {FOLDER}"),
                detail: "issues of GitHub need a token. Set GITHUB_TOKEN".to_owned(),
            });
        }
        match disk::read_text_in(&self.root, &path) {
            Ok(text) => Ok(Some(text)),
            Err(HostError::Missing { .. }) => Ok(None),
            Err(error) => Err(failed(&path, &error)),
        }
    }

    fn lookup(&self, key: &IssueKey) -> Lookup {
        let text = match self.text(key) {
            Ok(Some(text)) => text,
            Ok(None) => return Lookup::Deleted,
            Err(error) => return Lookup::Unreadable(error.to_string()),
        };
        match IssueFile::parse(key.number, &text) {
            Ok(file) => Lookup::Found(Box::new(Self::issue(key.clone(), file))),
            Err(detail) => Lookup::Unreadable(format!("{}: {detail}", Self::path(key.number))),
        }
    }

    fn issue(key: IssueKey, file: IssueFile) -> Issue {
        Issue {
            url: Self::path(key.number),
            key,
            title: file.title,
            body: file.body,
            state: file.state,
            labels: file.labels,
            assignees: file.assignees,
            duplicates: Vec::new(),
            has_open_pull_request: false,
            is_pull_request: false,
            locked: false,
            // Whoever can put a file there can change the documents as well.
            author: Author {
                login: String::new(),
                is_self: true,
                can_write: true,
            },
            created_at: file.created.map(start_of),
            closed_at: file.closed.map(start_of),
        }
    }
}

/// `text` with the line endings that issues are read with.
fn lines_of(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn start_of(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

fn failed(path: &str, error: &HostError) -> TrackerError {
    let words = error.to_string();
    TrackerError::File {
        path: path.to_owned(),
        // The path is said already.
        detail: words
            .strip_prefix(path)
            .map_or(words.as_str(), str::trim_start)
            .to_owned(),
    }
}

#[cfg(test)]
mod tests;
