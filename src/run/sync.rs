//! `sync` and `sweep`: read, observe, plan, apply; and again where the branch moved meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::{
    apply::{self, Delivery, FileChange, Head, Ledger, Outcome, Target},
    document::Document,
    host::{Git, disk},
    model::{
        change::{Change, Plan},
        config::WriteBack,
        issue::Issue,
        link::IssueKey,
        status::Status,
    },
    observe::{self, Observed, Question},
    plan::{self, Offering, Policy, Scope},
    tracker::{TrackerError, github::FileAt, local},
};

use super::{
    connect::{Connected, write_back},
    exit::Failure,
    proposal::is_stale,
    session::{Gathered, Session},
    watched::{WatchedReader, WatchedWriter},
};

/// How often a run starts over because the branch moved: beyond that, somebody commits faster than it can.
const ATTEMPTS: usize = 5;

const BUSY: &str = "the branch moved each time that its links were to be written";

/// What a run is about.
pub(super) struct Job<'a> {
    pub(super) session: &'a Session<'a>,
    pub(super) connected: &'a Connected,
    /// Documents in which issues are opened.
    pub(super) scope: Scope,
    /// Only items that link to one of these; `None` for all.
    pub(super) only: Option<BTreeSet<IssueKey>>,
    /// Names of all documents of the repository; `None` where the run was not shown all of them.
    pub(super) existing: Option<BTreeSet<String>>,
    /// Address of the files at the commit that was read; empty where there is none.
    pub(super) blob_url: String,
    /// Why nothing can be written to the tracker, in words.
    pub(super) read_only: Option<String>,
    /// The pull request whose issues the run opens; `None` for the branch that counts.
    pub(super) offered: Option<Offered>,
}

/// A pull request whose issues are opened before the merge.
pub(super) struct Offered {
    pub(super) offering: Offering,
    /// Its branch, to which links are committed; `None` where it has none any more.
    pub(super) head: Option<Head>,
    /// When it was opened.
    pub(super) since: DateTime<Utc>,
}

/// What a run did.
pub(super) struct Done {
    pub(super) documents: Vec<Document>,
    pub(super) plan: Plan,
    pub(super) known: Known,
    /// Why the token may open no issue, where that is so and nothing else was done either.
    pub(super) forbidden: Option<String>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) files: Vec<FileChange>,
    pub(super) delivery: Delivery,
    /// Items whose row could not be written safely, by path and index, with the reason.
    pub(super) refused: BTreeMap<(String, usize), String>,
    /// What became of the pull request of an earlier run, where nothing of it was left to do.
    pub(super) withdrawn: Option<String>,
}

/// Status by the issue, of every item whose issue was read: path of the document and index of the item → status.
#[derive(Debug, Default)]
pub(super) struct Known(pub(super) BTreeMap<(String, usize), Status>);

/// A plan, and what was learnt on the way.
#[derive(Default)]
pub(super) struct Planned {
    pub(super) plan: Plan,
    pub(super) known: Known,
}

impl<'a> Job<'a> {
    /// A job over all items.
    pub(super) fn new(
        session: &'a Session<'a>,
        connected: &'a Connected,
        gathered: &Gathered,
    ) -> Self {
        let scope = Scope {
            since: session.config.issues.since,
            named: gathered.named.clone(),
            everything: matches!(connected, Connected::Local { .. }),
        };
        Self {
            session,
            connected,
            scope,
            only: None,
            existing: gathered.existing.clone(),
            blob_url: blob_url(connected, || checked_out(session)),
            offered: None,
            read_only: connected.read_only().map(|why| why.to_string()),
        }
    }

    /// What would be done. Nothing is written: there is no writer here.
    pub(super) async fn plan(
        &self,
        documents: &[Document],
        opened: &[Issue],
    ) -> Result<Planned, TrackerError> {
        let question = Question {
            only: self.only.as_ref(),
            label: &self.session.config.issues.label,
            existing: self.existing.as_ref(),
            opened,
            offered_since: self.offered.as_ref().map(|offered| offered.since),
        };
        let reader = self.connected.reader();
        let watched = WatchedReader {
            reader,
            screen: self.session.screen,
        };
        let observed = observe::observe(documents, &watched, &question).await?;
        let policy = Policy {
            config: &self.session.config,
            today: self.session.today,
            home: reader.home(),
            scope: &self.scope,
            blob_url: &self.blob_url,
            vocabulary: &self.session.vocabulary,
            can_open: self.connected.takes_issues(),
            opened_before: opened.len(),
            offering: self.offered.as_ref().map(|offered| offered.offering),
        };
        let plan = plan::plan(documents, &observed, &policy);
        let known = self.known(documents, &observed, &plan);
        Ok(Planned { plan, known })
    }

    /// What is known once `plan` is carried out: an issue that the run opens again says no longer that it is settled.
    fn known(&self, documents: &[Document], observed: &Observed, plan: &Plan) -> Known {
        let reopened: BTreeSet<&IssueKey> = plan
            .changes
            .iter()
            .filter_map(|change| match change {
                Change::Reinstate { issue, .. } => Some(issue),
                _ => None,
            })
            .collect();
        let labels = &self.session.config.issues.in_progress_labels;
        let mut known = BTreeMap::new();
        for (at, document) in documents.iter().enumerate() {
            for (index, item) in document.items.iter().enumerate() {
                let tie = observed.tie(at, index);
                if tie
                    .issue()
                    .is_some_and(|issue| !reopened.contains(&issue.key))
                {
                    let status = observe::effective_status(item, tie, labels);
                    known.insert((document.path.clone(), index), status);
                }
            }
        }
        Known(known)
    }

    /// Does what is to be done.
    pub(super) async fn run(
        &mut self,
        mut documents: Vec<Document>,
        asked: Option<WriteBack>,
    ) -> Result<Done, Failure> {
        self.clear(&documents);
        let mut head = self.head();
        let standing = self.standing(asked, head.as_ref()).await;
        // For a pull request, a runner checks out what its merge would give.
        let is_merged = self.offered.is_some() && head.is_some();
        if is_merged || is_stale(head.as_ref(), &standing) {
            let branch = head.as_ref().map_or("", |head| &head.branch);
            (documents, head) = self.read_again(branch, &documents).await?;
        }
        if standing.proposal.is_some() {
            // It holds other rows as well, which a proposal about one issue would drop.
            self.only = None;
        }
        let mut opened: Vec<Issue> = Vec::new();
        let mut earlier: Vec<Outcome> = Vec::new();
        let mut attempt = 1;
        let Planned {
            mut plan,
            mut known,
        } = self.plan(&documents, &opened).await?;
        loop {
            let mut ledger = Ledger::default();
            let writer = self.writer(&plan);
            apply::open(&plan, &writer, &mut ledger).await;
            opened.extend(ledger.opened.values().cloned());
            let home = self.connected.reader().home();
            let (files, refused) =
                apply::rewrites(&plan, &documents, &ledger, home, &self.session.vocabulary);
            let target = self.target(asked, attempt);
            let mut delivery = target.deliver(&files, head.as_ref()).await;
            if delivery == Delivery::HeadMoved {
                let branch = head.as_ref().map_or("", |head| &head.branch);
                match self.again(branch, &documents, &opened).await {
                    Ok(_) if self.offered.is_some() && attempt > ATTEMPTS => {
                        delivery = Delivery::Failed(BUSY.to_owned());
                    }
                    Ok(again) => {
                        attempt += 1;
                        ledger.keep_done();
                        earlier.append(&mut ledger.outcomes);
                        (documents, head, Planned { plan, known }) = again;
                        continue;
                    }
                    // What this attempt opened is told all the same, and found again by the next run.
                    Err(failure) => delivery = Delivery::Failed(failure.to_string()),
                }
            }
            ledger.note_documents(&plan, home, &refused, &delivery);
            apply::settle(&plan, &writer, &mut ledger, self.read_only.clone()).await;
            let withdrawn = self.withdrawn(asked, standing.proposal, &delivery).await;
            let outcomes = joined(earlier, ledger.outcomes, &opened);
            return Ok(Done {
                documents,
                plan,
                known,
                forbidden: ledger.forbidden,
                outcomes,
                files,
                delivery,
                refused,
                withdrawn,
            });
        }
    }

    /// Removes what a killed run left where this one may write files.
    fn clear(&self, documents: &[Document]) {
        let parents = documents.iter().map(|document| {
            let parent = document.path.rsplit_once('/');
            parent.map_or("", |(folder, _)| folder)
        });
        let folders: BTreeSet<&str> = parents.chain(local::FOLDERS).collect();
        for folder in folders {
            disk::clear(&self.session.place.root, folder);
        }
    }

    fn writer(&self, plan: &Plan) -> WatchedWriter<'a> {
        let opens = |change: &&Change| matches!(change, Change::Open { .. });
        let wanted = plan.changes.iter().filter(opens).count();
        WatchedWriter::new(self.connected.writer(), self.session.screen, wanted)
    }

    /// Reads and plans once more, at the commit to which the branch moved.
    async fn again(
        &mut self,
        branch: &str,
        documents: &[Document],
        opened: &[Issue],
    ) -> Result<(Vec<Document>, Option<Head>, Planned), Failure> {
        let (documents, head) = self.read_again(branch, documents).await?;
        let planned = self.plan(&documents, opened).await?;
        Ok((documents, head, planned))
    }

    pub(super) fn target(&self, asked: Option<WriteBack>, attempt: usize) -> Target<'_> {
        match (
            write_back(self.session, asked, self.connected),
            self.connected,
        ) {
            (WriteBack::None, _) => {
                Target::Nowhere("`write-back` is `none`: apply the patch yourself")
            }
            (WriteBack::Commit | WriteBack::PullRequest, _) if let Some(why) = &self.read_only => {
                Target::Nowhere(why)
            }
            (_, Connected::Github { writer, .. }) if self.offered.is_some() => {
                Target::Branch(writer)
            }
            (WriteBack::PullRequest, Connected::Github { writer, .. }) => {
                Target::PullRequest(writer)
            }
            (WriteBack::Commit, Connected::Github { writer, .. }) if attempt <= ATTEMPTS => {
                Target::Commit(writer)
            }
            (WriteBack::Commit, Connected::Github { writer, .. }) => Target::PullRequest(writer),
            _ => Target::Files(&self.session.place.root),
        }
    }

    /// The commit that is checked out, on the default branch.
    fn head(&self) -> Option<Head> {
        let Connected::Github { reader, .. } = self.connected else {
            return None;
        };
        if let Some(offered) = &self.offered {
            return offered.head.clone();
        }
        Some(Head {
            branch: reader.facts().default_branch.clone(),
            oid: checked_out(self.session)?,
        })
    }

    /// The documents as they stand at the head of `branch`, where links lead from here on. Those that are gone are
    /// dropped.
    async fn read_again(
        &mut self,
        branch: &str,
        documents: &[Document],
    ) -> Result<(Vec<Document>, Option<Head>), Failure> {
        let Connected::Github { reader, .. } = self.connected else {
            return Ok((documents.to_vec(), None));
        };
        let Some(oid) = reader.head(branch).await? else {
            return Err(TrackerError::NotFound(format!("the branch {branch}")).into());
        };
        let paths: Vec<String> = documents
            .iter()
            .map(|document| document.path.clone())
            .collect();
        let files: BTreeMap<String, FileAt> = reader.files_at(&oid, &paths).await?;
        let documents = files
            .into_iter()
            .filter_map(|(path, file)| match file {
                FileAt::Text(text) => Some(Document::parse(&path, text, &self.session.vocabulary)),
                FileAt::Binary | FileAt::Missing => None,
            })
            .collect();
        self.blob_url = blob_url(self.connected, || Some(oid.clone()));
        let branch = branch.to_owned();
        Ok((documents, Some(Head { branch, oid })))
    }
}

/// The outcomes of all attempts. What an earlier attempt opened, a later one finds by its marker: that is no adoption.
fn joined(earlier: Vec<Outcome>, last: Vec<Outcome>, opened: &[Issue]) -> Vec<Outcome> {
    let own = |outcome: &Outcome| match &outcome.change {
        Change::Adopt { issue, .. } => opened.iter().any(|mine| mine.key == *issue),
        _ => false,
    };
    earlier
        .into_iter()
        .chain(last.into_iter().filter(|outcome| !own(outcome)))
        .collect()
}

fn checked_out(session: &Session<'_>) -> Option<String> {
    Git::open(&session.place.root)
        .and_then(|git| git.head())
        .or_else(|| session.environment.sha.clone())
}

/// Where documents can be looked at, as they are in one commit; empty where there are no pages.
fn blob_url(connected: &Connected, commit: impl FnOnce() -> Option<String>) -> String {
    let Connected::Github { .. } = connected else {
        return String::new();
    };
    let home = connected.reader().home();
    commit()
        .map(|oid| format!("{}/{}/blob/{oid}", home.server, home.repository))
        .unwrap_or_default()
}
