//! Whatever documents and issues say: once a run did all of its work, the next one finds nothing to do.

use std::{collections::BTreeSet, sync::LazyLock};

use proptest::{
    collection::vec,
    option,
    prelude::{Strategy, prop_assert, prop_assert_eq, proptest},
    sample::{select, subsequence},
    test_runner::Config as Runs,
};

use crate::{
    apply::{Delivery, FileChange, Ledger, open, rewrites, settle},
    check::sample::day,
    document::{Document, Vocabulary},
    model::{
        change::{Change, Plan},
        config::{Config, OwnerTarget},
        issue::{Issue, State},
        marker::{Base, Marker},
        status::Status,
    },
    observe::{Question, observe},
    plan::{Policy, Scope, plan},
    tracker::{
        Reader,
        memory::{Memory, issue, key, outcome_of},
    },
};

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&Config::default()));

struct World {
    memory: Memory,
    config: Config,
    texts: Vec<(String, String)>,
}

impl World {
    fn new(texts: Vec<(String, String)>, issues: Vec<Issue>) -> Self {
        let memory = Memory::new();
        for issue in issues {
            memory.put(issue);
        }
        let mut config = Config::default();
        for (name, login) in [("SRE", "alice"), ("Gone", "ghost")] {
            config
                .owners
                .insert(name.into(), OwnerTarget::One(login.into()));
        }
        Self {
            memory,
            config,
            texts,
        }
    }

    fn documents(&self) -> Vec<Document> {
        let parse =
            |(path, text): &(String, String)| Document::parse(path, text.clone(), &VOCABULARY);
        self.texts.iter().map(parse).collect()
    }

    async fn plan(&self) -> Plan {
        let documents = self.documents();
        let existing: BTreeSet<String> = documents
            .iter()
            .map(|document| document.path.clone())
            .collect();
        let question = Question {
            only: None,
            label: &self.config.issues.label,
            existing: Some(&existing),
            opened: &[],
            offered_since: None,
        };
        let observed = observe(&documents, &self.memory, &question).await;
        let policy = Policy {
            config: &self.config,
            today: day("2024-01-20"),
            home: self.memory.home(),
            scope: &Scope {
                everything: true,
                ..Scope::default()
            },
            blob_url: "https://github.com/acme/shop/blob/0123456",
            vocabulary: &VOCABULARY,
            can_open: true,
            opened_before: 0,
            offering: None,
        };
        plan(
            &documents,
            &observed.expect("a tracker that answers"),
            &policy,
        )
    }

    /// Does all that is planned; how many rows could not be written.
    async fn run(&mut self) -> usize {
        let plan = self.plan().await;
        let documents = self.documents();
        let mut ledger = Ledger::default();
        open(&plan, &self.memory, &mut ledger).await;
        let home = self.memory.home();
        let (files, refused) = rewrites(&plan, &documents, &ledger, home, &VOCABULARY);
        for FileChange { path, new, .. } in files {
            for text in self.texts.iter_mut().filter(|text| text.0 == path) {
                text.1.clone_from(&new);
            }
        }
        let delivery = Delivery::Written(String::new());
        ledger.note_documents(&plan, home, &refused, &delivery);
        settle(&plan, &self.memory, &mut ledger, None).await;
        refused.len()
    }
}

fn status() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "Not Started",
        "In Progress",
        "Done",
        "Won't Do",
        "Blocked",
        "✅ Complete",
        "soonish",
        "Not Started ⚠️ overdue",
        "Done ⚠️ overdue",
    ])
}

fn link() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "",
        "",
        "#1",
        "#2",
        "#3",
        "#4",
        "#950",
        "acme/other#5",
        "https://x.example/1",
    ])
}

fn action() -> impl Strategy<Value = &'static str> {
    select(vec![
        "Add alert",
        "Add **alert**",
        "Fix `a` and @bob #3",
        "Write | runbook",
        "完了 --> <b>",
        "Mute pager",
    ])
}

fn row() -> impl Strategy<Value = (String, String)> {
    let owner = select(vec!["", "SRE", "Gone", "@carol", "Dev & Ops"]);
    let due = select(vec![
        "",
        "2024-01-01",
        "2024-01-20",
        "2024-01-25",
        "2025-01-01",
        "03/04/2024",
    ]);
    (action(), owner, due, status(), link()).prop_map(|(action, owner, due, status, link)| {
        let escaped = action.replace('|', "\\|");
        let row = format!("| {escaped} | {owner} | {due} | {status} | {link} |\n");
        let mark = if status.starts_with("Done") { "x" } else { " " };
        let link = if link.is_empty() {
            String::new()
        } else {
            format!(" ({link})")
        };
        (row, format!("- [{mark}] {action}{link}\n"))
    })
}

/// A postmortem with its items in a table or a list.
fn text() -> impl Strategy<Value = String> {
    (vec(row(), 0..5), 0..3_u8).prop_map(|(rows, form)| {
        let head = "# A\n\n- **Date**: 2024-01-08\n\n## Action Items\n\n";
        let cells = |rows: &[(String, String)]| -> String {
            rows.iter().map(|(row, _)| row.as_str()).collect()
        };
        match form {
            0 => format!("{head}| Action | Owner | Due Date | Status | Issue |\n| --- | --- | --- | --- | --- |\n{}", cells(&rows)),
            1 => format!("{head}| Action | Owner | Due Date | Status |\n| --- | --- | --- | --- |\n{}", cells(&rows).replace(" |\n", "\n")),
            _ => format!("{head}{}", rows.iter().map(|(_, item)| item.as_str()).collect::<String>()),
        }
    })
}

fn state() -> impl Strategy<Value = State> {
    select(vec![
        State::Open,
        State::Reopened,
        State::Completed,
        State::NotPlanned,
        State::Duplicate(None),
        State::HiddenDuplicate,
        State::Duplicate(Some(key("#2"))),
        State::Duplicate(Some(key("acme/secret#960"))),
    ])
}

fn marker() -> impl Strategy<Value = Marker> {
    let base = select(vec![
        None,
        Some(Status::NotStarted),
        Some(Status::Done),
        Some(Status::InProgress),
    ]);
    (
        action(),
        select(vec!["postmortems/a.md", "postmortems/gone.md"]),
        base,
    )
        .prop_map(|(action, document, status)| {
            let text = format!("## Action Items\n\n- {action}\n");
            let document_read = Document::parse(document, text, &VOCABULARY);
            Marker {
                repository: 7,
                document: document.into(),
                key: document_read
                    .items
                    .first()
                    .map_or(String::new(), |item| item.key.clone()),
                base: Base {
                    action: action.into(),
                    status,
                    ..Base::default()
                },
                offer: None,
            }
        })
}

fn any_issue(name: &'static str) -> impl Strategy<Value = Issue> {
    let labels = subsequence(
        vec!["postmortem-action", "Overdue", "due-soon", "wip"],
        0..4,
    );
    let people = subsequence(vec!["alice", "dora"], 0..2);
    let who = select(vec![(true, true), (false, true), (false, false)]);
    (
        option::of(marker()),
        state(),
        labels,
        people,
        vec(proptest::bool::weighted(0.2), 2),
        who,
    )
        .prop_map(
            move |(marker, state, labels, people, coins, (is_self, can_write))| {
                let mut one = issue(name);
                one.body = marker.map_or("text".into(), |marker| marker.put("text"));
                one.state = state;
                one.labels = labels.into_iter().map(str::to_owned).collect();
                one.assignees = people.into_iter().map(str::to_owned).collect();
                one.is_pull_request = coins[0];
                one.has_open_pull_request = coins[1];
                one.author.is_self = is_self;
                one.author.can_write = can_write;
                one
            },
        )
}

fn issues() -> impl Strategy<Value = Vec<Issue>> {
    (
        any_issue("#1"),
        any_issue("#2"),
        any_issue("#3"),
        any_issue("#4"),
        any_issue("acme/other#5"),
    )
        .prop_map(|(a, b, c, d, e)| vec![a, b, c, d, e])
}

proptest! {
    #![proptest_config(Runs { cases: 48, failure_persistence: None, ..Runs::default() })]

    #[test]
    fn g3_a_run_after_a_run_that_did_everything_has_nothing_to_do(
        first in text(),
        second in text(),
        issues in issues(),
    ) {
        let texts = [("postmortems/a.md", first), ("postmortems/b.md", second)];
        let texts = texts.map(|(path, text)| (path.to_owned(), text)).to_vec();
        let mut world = World::new(texts, issues);
        let foreign = world.memory.get("acme/other#5");
        let before: usize = world.memory.issues.borrow().len();
        let opened = outcome_of(world.plan());
        let refused = outcome_of(world.run());
        let again = outcome_of(world.plan());
        let shown: Vec<String> = world.texts.iter().map(|(_, text)| text.clone()).collect();
        if refused == 0 {
            prop_assert!(again.is_empty(), "{again}\nafter\n{opened}\nin\n{}", shown.join("\n"));
        }
        let opening = |change: &&Change| matches!(change, Change::Open { .. });
        prop_assert_eq!(again.changes.iter().filter(opening).count(), 0);
        let count = opened.changes.iter().filter(opening).count();
        prop_assert_eq!(world.memory.issues.borrow().len(), before + count);
        prop_assert_eq!(world.memory.get("acme/other#5"), foreign);
    }
}
