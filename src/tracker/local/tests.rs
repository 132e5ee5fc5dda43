//! What the folder holds after people and processes were at it.

use std::fs;

use super::*;
use crate::{model::marker::Base, tracker::Extent};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 3, 1).expect("a date")
}

fn draft(title: &str) -> Draft {
    Draft {
        title: title.into(),
        body: "text".into(),
        labels: vec!["postmortem-action".into()],
        assignees: Vec::new(),
    }
}

struct World {
    root: tempfile::TempDir,
    reader: LocalReader,
    writer: LocalWriter,
}

impl World {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        let (reader, writer) = open(root.path(), today());
        Self {
            root,
            reader,
            writer,
        }
    }

    fn put(&self, name: &str, text: &str) {
        let folder = self.root.path().join(FOLDER);
        fs::create_dir_all(&folder).expect("made");
        fs::write(folder.join(name), text).expect("written");
    }

    fn names(&self) -> Vec<String> {
        disk::names(&self.root.path().join(FOLDER)).expect("listed")
    }

    async fn lookup(&self, number: u64) -> Lookup {
        let key = self.reader.home().key(number);
        let mut answers = self.reader.lookup(&[key]).await.expect("asked");
        answers.remove(0)
    }
}

#[tokio::test]
async fn numbers_follow_the_highest_and_other_files_do_not_count() {
    let world = World::new();
    for name in ["7.md", "012.md", "99.txt", "notes.md"] {
        world.put(name, "---\ntitle: theirs\n---\n");
    }
    let issue = world.writer.open(&draft("a")).await.expect("opened");
    assert_eq!(issue.key.number, 8);
    assert_eq!(issue.url, ".followthrough/issues/8.md");
    assert_eq!(
        world.names(),
        ["012.md", "7.md", "8.md", "99.txt", "notes.md"]
    );
}

#[tokio::test]
async fn the_number_of_a_file_that_does_not_parse_is_not_given_again() {
    let world = World::new();
    world.put("1.md", "");
    let issue = world.writer.open(&draft("a")).await.expect("opened");
    assert_eq!(issue.key.number, 2);
}

#[tokio::test]
async fn the_number_of_a_deleted_issue_is_not_given_again() {
    let world = World::new();
    let issue = world.writer.open(&draft("a")).await.expect("opened");
    fs::remove_file(world.root.path().join(&issue.url)).expect("removed");
    let next = world.writer.open(&draft("b")).await.expect("opened");
    assert_eq!((issue.key.number, next.key.number), (1, 2));
    let merged = "<<<<<<< ours\n9\n=======\n12\n>>>>>>> theirs\n";
    fs::write(world.root.path().join(LAST_NUMBER), merged).expect("written");
    let next = world.writer.open(&draft("c")).await.expect("opened");
    assert_eq!(next.key.number, 13);
}

#[test]
fn g1_processes_that_open_at_once_get_numbers_of_their_own() {
    let world = World::new();
    let open = |name: usize| {
        let writer = world.writer.clone();
        move || {
            let runtime = tokio::runtime::Builder::new_current_thread().build();
            runtime.expect("a runtime").block_on(async {
                let mut numbers = Vec::new();
                for round in 0..5 {
                    let draft = draft(&format!("{name}-{round}"));
                    numbers.push(writer.open(&draft).await.expect("opened").key.number);
                }
                numbers
            })
        }
    };
    let mut numbers: Vec<u64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|name| scope.spawn(open(name))).collect();
        let joined = threads
            .into_iter()
            .map(|thread| thread.join().expect("done"));
        joined.flatten().collect()
    });
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=20).collect::<Vec<u64>>());
    assert_eq!(world.names().len(), 20);
}

#[tokio::test]
async fn g7_a_file_that_does_not_parse_hides_no_other_and_says_why() {
    let world = World::new();
    world.put("1.md", "---\ntitle: [\n---\n");
    world.put(
        "2.md",
        "---\ntitle: fine\nlabels: [postmortem-action]\n---\n",
    );
    let Lookup::Unreadable(words) = world.lookup(1).await else {
        panic!("readable");
    };
    assert!(
        words.starts_with(".followthrough/issues/1.md: its front matter"),
        "{words}"
    );
    assert!(matches!(world.lookup(2).await, Lookup::Found(_)));
    assert_eq!(world.lookup(3).await, Lookup::Deleted);
    let listing = world
        .reader
        .listing("postmortem-action", Extent::All)
        .await
        .expect("listed");
    assert_eq!(listing.len(), 1);
    let error = world
        .writer
        .remove_label(&world.reader.home().key(1), "x")
        .await
        .expect_err("unreadable");
    assert!(
        error.to_string().contains("issues/1.md: its front matter"),
        "{error}"
    );
}

#[tokio::test]
async fn g1_a_file_that_does_not_parse_still_counts_as_the_issue_of_its_item() {
    let world = World::new();
    let marker = Marker {
        repository: 0,
        document: "a.md".into(),
        key: "k".into(),
        base: Base::default(),
        offer: None,
    };
    world.put("1.md", &format!("---\ntitle: [\n---\n\n{marker}\ntext\n"));
    let listing = world
        .reader
        .listing("postmortem-action", Extent::All)
        .await
        .expect("listed");
    assert_eq!(Marker::read(&listing[0].body), Some(marker));
}

#[tokio::test]
async fn g3_a_change_that_changes_nothing_writes_nothing() {
    let world = World::new();
    world.put("1.md", "---\ntitle:   x\nlabels: [Overdue]\n---\ntext");
    let key = world.reader.home().key(1);
    let file = world.root.path().join(FOLDER).join("1.md");
    let mut permissions = fs::metadata(&file).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).expect("set");
    let writer = &world.writer;
    writer
        .add_labels(&key, &["overdue".into()])
        .await
        .expect("there");
    writer.remove_label(&key, "other").await.expect("not there");
    let patch = IssuePatch {
        body: Some("text".into()),
        ..IssuePatch::default()
    };
    writer.update(&key, &patch).await.expect("the same");
    assert!(writer.add_labels(&key, &["new".into()]).await.is_err());
}

#[tokio::test]
async fn an_issue_that_a_person_closed_and_reopened_says_so() {
    let world = World::new();
    let issue = world.writer.open(&draft("a")).await.expect("opened");
    let path = world.root.path().join(&issue.url);
    let edit = |from: &str, to: &str| {
        let text = fs::read_to_string(&path).expect("read");
        assert!(text.contains(from), "{text}");
        fs::write(&path, text.replace(from, to)).expect("written");
    };
    let state = async || match world.lookup(1).await {
        Lookup::Found(issue) => issue.state,
        other => panic!("{other:?}"),
    };
    assert_eq!(state().await, State::Open);
    edit("state: open", "state: closed\nclosed: 2024-02-02");
    assert_eq!(state().await, State::Completed);
    edit("state: closed", "state: open");
    assert_eq!(state().await, State::Reopened);
}

#[tokio::test]
async fn issues_of_a_host_are_not_looked_for_in_the_folder() {
    let world = World::new();
    let key = IssueKey {
        repository: Repository::parse("acme/shop").expect("a repository"),
        number: 1,
    };
    world.put("1.md", "---\ntitle: ours\n---\n");
    let answers = world.reader.lookup(&[key]).await.expect("asked");
    let [Lookup::Unreadable(words)] = &answers[..] else {
        panic!("{answers:?}");
    };
    assert!(words.contains("GITHUB_TOKEN"), "{words}");
}
