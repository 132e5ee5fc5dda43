//! How the world begins, and how tests change it as people would.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, TimeZone, Utc};

use super::{
    READ_ONLY_TOKEN, TOKEN,
    git::{Changes, Git},
    rest,
    state::{Access, Gone, Issue, Label, Protection, Pull, Repository, Token, User, World},
};

/// The repository of the default world.
pub const REPOSITORY: &str = "acme/shop";
const BOT: &str = "github-actions[bot]";

impl World {
    pub fn empty() -> Self {
        Self {
            now: Utc.with_ymd_and_hms(2024, 3, 1, 9, 0, 0).unwrap(),
            server: "https://github.com".into(),
            api: String::new(),
            repositories: Vec::new(),
            users: BTreeMap::new(),
            tokens: BTreeMap::new(),
            faults: Vec::new(),
            gate: None,
            calls: Vec::new(),
            accounted: 0,
            unknown: Vec::new(),
            quota: Some(1000),
            limits_content: false,
            lag: None,
            next_id: 1_296_000,
        }
    }

    /// Fills an empty world with the default one.
    pub fn settle_in(&mut self, files: &[(&str, &str)]) {
        // The id of GitHub's own bot is the one in its noreply address.
        self.add_user(BOT, Some(41_898_282));
        for login in ["alice", "bob", "mallory"] {
            self.add_user(login, None);
        }
        self.add_repository(REPOSITORY, files);
        for login in ["alice", "bob"] {
            self.repository(REPOSITORY).members.insert(login.into());
        }
        self.add_token(TOKEN, BOT, REPOSITORY, Access::Write);
        self.add_token(READ_ONLY_TOKEN, BOT, REPOSITORY, Access::Read);
    }

    pub fn add_user(&mut self, login: &str, id: Option<u64>) {
        let id = id.unwrap_or_else(|| self.fresh_id());
        let user = User {
            login: login.into(),
            id,
            is_bot: login.ends_with("[bot]"),
        };
        self.users.insert(login.to_lowercase(), user);
    }

    pub fn add_token(&mut self, text: &str, login: &str, repository: &str, access: Access) {
        let token = Token {
            login: login.into(),
            is_installation: login.ends_with("[bot]"),
            permissions: ["contents", "issues", "pull_requests"]
                .map(|name| (name, access))
                .into(),
            repositories: [repository.to_owned()].into(),
        };
        self.tokens.insert(text.into(), token);
    }

    pub fn add_repository(&mut self, full_name: &str, files: &[(&str, &str)]) {
        let id = self.fresh_id();
        let mut git = Git::new();
        let files = owned(files);
        git.push("main", files, "Start", self.now);
        let mut repository = Repository {
            id,
            full_name: full_name.into(),
            old_names: Vec::new(),
            default_branch: "main".into(),
            is_private: false,
            has_issues: true,
            is_archived: false,
            actions_may_open_pulls: true,
            members: std::iter::once("octocat".to_owned()).collect(),
            readers: BTreeSet::new(),
            labels: BTreeMap::new(),
            issues: BTreeMap::new(),
            gone: BTreeMap::new(),
            git,
            protected: BTreeMap::new(),
        };
        for name in ["bug", "enhancement"] {
            let id = self.fresh_id();
            repository.labels.insert(name.into(), Label::new(id, name));
        }
        self.repositories.push(repository);
    }

    /// The repository, by its present name; the test stops where there is none.
    pub fn repository(&mut self, full_name: &str) -> &mut Repository {
        self.find(full_name)
            .unwrap_or_else(|| panic!("no repository {full_name}"))
    }

    /// The repository of the default world.
    pub fn shop(&mut self) -> &mut Repository {
        self.repository(REPOSITORY)
    }

    pub fn find(&mut self, full_name: &str) -> Option<&mut Repository> {
        self.repositories
            .iter_mut()
            .find(|repository| repository.full_name.eq_ignore_ascii_case(full_name))
    }

    pub fn fresh_id(&mut self) -> u64 {
        self.next_id += 7;
        self.next_id
    }

    /// Time goes by in which nothing happens, and the hour's calls are there again.
    pub fn rest(&mut self, time: Duration) {
        self.now += time;
        self.quota = self.quota.map(|_| 1000);
    }

    /// The time of a change; the next one is a second later.
    pub fn tick(&mut self) -> DateTime<Utc> {
        self.now += Duration::seconds(1);
        self.now
    }

    /// Text of a file on a branch.
    pub fn file(&mut self, branch: &str, path: &str) -> String {
        let head = self.shop().git.head(branch).unwrap();
        let bytes = head
            .files
            .get(path)
            .unwrap_or_else(|| panic!("no file {path} on {branch}"));
        String::from_utf8(bytes.clone()).unwrap()
    }

    /// Id of the commit at the head of a branch.
    pub fn head(&mut self, branch: &str) -> String {
        self.shop().git.head(branch).unwrap().oid.clone()
    }

    /// Somebody pushes to a branch; a new one starts where `main` is.
    pub fn push(&mut self, branch: &str, files: &[(&str, &str)]) -> String {
        self.push_changes(branch, owned(files))
    }

    /// Somebody deletes a file on a branch.
    pub fn remove(&mut self, branch: &str, path: &str) -> String {
        self.push_changes(branch, vec![(path.to_owned(), None)])
    }

    fn push_changes(&mut self, branch: &str, changes: Changes) -> String {
        let at = self.tick();
        let git = &mut self.shop().git;
        if git.head(branch).is_none() {
            let start = git.head("main").unwrap().oid.clone();
            git.set_branch(branch, &start);
        }
        let head = git.push(branch, changes, "Change files", at);
        // An open pull request goes along with its branch.
        for issue in self
            .shop()
            .issues
            .values_mut()
            .filter(|issue| issue.is_open)
        {
            if let Some(pull) = issue.pull.as_mut().filter(|pull| pull.head_ref == branch) {
                pull.head_sha.clone_from(&head);
            }
        }
        head
    }

    /// Commits to `main` are taken by pull request only.
    pub fn protect(&mut self, protection: Protection) {
        self.shop().protected.insert("main".into(), protection);
    }

    /// Somebody opens an issue; gives its number.
    pub fn open_issue(&mut self, user: &str, title: &str, body: &str) -> u64 {
        let (id, at) = (self.fresh_id(), self.tick());
        let repository = self.shop();
        let number = repository.next_number();
        let mut issue = Issue::new(id, number, user, at);
        issue.title = title.into();
        issue.body = Some(body.into());
        repository.issues.insert(number, issue);
        number
    }

    pub fn issue(&mut self, number: u64) -> &mut Issue {
        self.shop()
            .issues
            .get_mut(&number)
            .unwrap_or_else(|| panic!("no issue {number}"))
    }

    /// Numbers of the issues that are no pull requests, in order.
    pub fn issues(&mut self) -> Vec<u64> {
        let issues = &self.shop().issues;
        let own = issues.values().filter(|issue| issue.pull.is_none());
        own.map(|issue| issue.number).collect()
    }

    /// Numbers of the pull requests, in order.
    pub fn pulls(&mut self) -> Vec<u64> {
        let issues = &self.shop().issues;
        let own = issues.values().filter(|issue| issue.pull.is_some());
        own.map(|issue| issue.number).collect()
    }

    /// A person closes an issue: `completed`, `not_planned` or `duplicate`.
    pub fn close(&mut self, number: u64, reason: &str) {
        let at = self.tick();
        self.issue(number).close(reason, "alice", at);
    }

    pub fn reopen(&mut self, number: u64) {
        let at = self.tick();
        self.issue(number).reopen(at);
    }

    /// Closes an issue as a duplicate of another one, which may live elsewhere.
    pub fn close_as_duplicate(&mut self, number: u64, repository: &str, original: u64) {
        let id = self.repository(repository).id;
        self.close(number, "duplicate");
        self.issue(number).duplicate_of = Some((id, original));
    }

    pub fn delete(&mut self, number: u64) {
        self.lose(number, Gone::Deleted);
    }

    /// Takes an issue out of the repository.
    pub fn lose(&mut self, number: u64, how: Gone) {
        let shop = self.shop();
        shop.issues.remove(&number);
        shop.gone.insert(number, how);
    }

    /// Turns an issue into a discussion, so that it is still shown, closed and locked.
    pub fn convert_in_place(&mut self, number: u64) {
        self.close(number, "completed");
        let issue = self.issue(number);
        (issue.locked, issue.is_discussion) = (true, true);
    }

    /// Gives a label another name, or deletes it; all issues follow.
    pub fn rename_label(&mut self, name: &str, new: Option<&str>) {
        let shop = self.shop();
        let label = shop.labels.remove(name).unwrap();
        if let Some(new) = new {
            let label = Label {
                name: new.into(),
                ..label
            };
            shop.labels.insert(new.to_lowercase(), label);
        }
        for issue in shop.issues.values_mut() {
            let had = issue.has_label(name);
            issue.labels.retain(|label| label != name);
            issue.labels.extend(new.filter(|_| had).map(str::to_owned));
        }
    }

    /// Moves an issue into another repository; gives the number that it gets there.
    pub fn transfer(&mut self, number: u64, to: &str) -> u64 {
        let mut issue = self.shop().issues.remove(&number).unwrap();
        let target = self.repository(to);
        issue.number = target.next_number();
        // Labels go along only where the target has the same ones.
        issue
            .labels
            .retain(|label| target.labels.contains_key(&label.to_lowercase()));
        let (id, new) = (target.id, issue.number);
        target.issues.insert(new, issue);
        self.shop().gone.insert(number, Gone::Transferred(id, new));
        new
    }

    /// Opens a pull request from `branch` of `head_repository` to `main`; its commits are in the shop's git.
    pub fn open_pull(&mut self, user: &str, branch: &str, head_repository: &str) -> u64 {
        let number = self.open_issue(user, "A pull request", "");
        let git = &self.shop().git;
        let head_sha = git.head(branch).unwrap().oid.clone();
        let base_sha = git.head("main").unwrap().oid.clone();
        self.issue(number).pull = Some(Pull {
            head_repository: head_repository.into(),
            head_ref: branch.into(),
            head_sha,
            base_ref: "main".into(),
            base_sha,
            is_draft: false,
            is_merged: false,
        });
        number
    }

    /// The commit that a workflow checks out for a pull request: base and head merged.
    pub fn merge_commit(&mut self, number: u64) -> String {
        let at = self.now;
        let pull = self.issue(number).pull.clone().unwrap();
        let git = &mut self.shop().git;
        let base = git.head(&pull.base_ref).unwrap().clone();
        let fork_point = git.merge_base(&base.oid, &pull.head_sha).unwrap();
        let mut files = base.files;
        for change in git.changed(&fork_point, &pull.head_sha) {
            match change.new {
                Some(content) => files.insert(change.path, content),
                None => files.remove(&change.path),
            };
        }
        let parents = [base.oid, pull.head_sha];
        git.commit(&parents, files, "Merge", at)
    }

    pub(super) fn open_writes(&self) -> Vec<String> {
        self.calls[self.accounted..]
            .iter()
            .filter(|call| call.is_write && call.took_effect)
            .map(ToString::to_string)
            .collect()
    }
}

fn owned(files: &[(&str, &str)]) -> Changes {
    files
        .iter()
        .map(|(path, content)| ((*path).to_owned(), Some(content.as_bytes().to_vec())))
        .collect()
}

/// The JSON that payloads carry.
impl World {
    /// An issue as the REST API shows it.
    pub fn issue_json(&mut self, number: u64) -> serde_json::Value {
        let shop = self.shop_index();
        let repository = &self.repositories[shop];
        rest::shapes::issue(self, repository, &repository.issues[&number])
    }

    pub fn pull_json(&mut self, number: u64) -> serde_json::Value {
        let shop = self.shop_index();
        let repository = &self.repositories[shop];
        rest::shapes::pull(self, repository, &repository.issues[&number])
    }

    pub fn repository_json(&mut self) -> serde_json::Value {
        let shop = self.shop_index();
        rest::shapes::repository(self, shop, true)
    }

    fn shop_index(&self) -> usize {
        let mut all = self.repositories.iter();
        all.position(|repository| repository.full_name == REPOSITORY)
            .unwrap()
    }
}
