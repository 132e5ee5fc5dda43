//! Holds our reading of blocks, texts and links against `cmark-gfm`, GitHub's own parser, on generated documents and on
//! files. Part of the library's unit tests, since it asks about what is not public.
//!
//! `FOLLOWTHROUGH_DIFFERENTIAL` names a folder whose Markdown files are read instead of the project's own, and
//! `FOLLOWTHROUGH_DIFFERENTIAL_DOCUMENTS` says how many documents are generated.

#![allow(clippy::print_stdout, reason = "what was compared is told")]

mod documents;
mod explained;
mod ours;
mod seen;
mod theirs;

use std::{
    cell::RefCell,
    env, fmt, fs,
    path::{Path, PathBuf},
};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use self::explained::{Difference, EXPLAINED};
use super::{Vocabulary, vocabulary};

/// What was compared.
#[derive(Default)]
struct Tally {
    documents: usize,
    blocks: usize,
    cells: usize,
    links: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            documents,
            blocks,
            cells,
            links,
        } = self;
        write!(
            f,
            "{documents} documents, {blocks} blocks, {cells} cells, {links} links"
        )
    }
}

/// The differences that nothing explains.
fn unexplained(text: &str, vocabulary: &Vocabulary, tally: &mut Tally) -> Vec<Difference> {
    let mut found = differences(text, vocabulary, tally);
    found.retain(|difference| difference.explanation(text).is_none());
    found
}

/// The first difference of the blocks; where there is none, all those of texts and links.
fn differences(text: &str, vocabulary: &Vocabulary, tally: &mut Tally) -> Vec<Difference> {
    let ours = ours::see(text, vocabulary);
    let mut theirs = theirs::see(&text[ours.body..]);
    let ours = ours.seen;
    tally.documents += 1;
    tally.blocks += ours.len();
    tally.cells += ours.iter().filter(|one| one.kind == "cell").count();
    tally.links += ours.iter().map(|one| one.links.len()).sum::<usize>();
    for index in 0..ours.len().max(theirs.len()) {
        let pair = (ours.get(index), theirs.get(index));
        if !matches!(pair, (Some(ours), Some(theirs)) if ours.is_same_block(theirs)) {
            return vec![Difference {
                ours: pair.0.cloned(),
                theirs: pair.1.cloned(),
            }];
        }
    }
    let mut quotes = Vec::new();
    for theirs in &mut theirs {
        quotes.retain(|depth| *depth < theirs.depth);
        if !quotes.is_empty() {
            theirs.forget_text();
        }
        if matches!(theirs.kind.as_str(), "quote" | "footnote") {
            quotes.push(theirs.depth);
        }
        theirs.links.retain(|link| !link.starts_with("mailto:"));
    }
    let pairs = ours.into_iter().zip(theirs);
    pairs
        .filter(|(ours, theirs)| ours != theirs)
        .map(|(ours, theirs)| Difference {
            ours: Some(ours),
            theirs: Some(theirs),
        })
        .collect()
}

#[test]
#[ignore = "needs cmark-gfm"]
fn generated_documents_are_read_as_github_reads_them() {
    let vocabulary = vocabulary();
    let cases = env::var("FOLLOWTHROUGH_DIFFERENTIAL_DOCUMENTS");
    let config = Config {
        cases: cases
            .ok()
            .and_then(|cases| cases.parse().ok())
            .unwrap_or(5000),
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let tally = RefCell::new(Tally::default());
    let result = runner.run(&documents::document(), |text| {
        let found = unexplained(&text, &vocabulary, &mut tally.borrow_mut());
        if found.is_empty() {
            Ok(())
        } else {
            Err(TestCaseError::fail(format!("{found:#?}")))
        }
    });
    println!("tried: generated {}", tally.borrow());
    result.unwrap_or_else(|failure| panic!("{failure}"));
}

/// The Markdown files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[test]
#[ignore = "needs cmark-gfm"]
fn files_are_read_as_github_reads_them() {
    let vocabulary = vocabulary();
    let folders = env::var_os("FOLLOWTHROUGH_DIFFERENTIAL").map_or_else(
        || {
            let root = Path::new(env!("CARGO_MANIFEST_DIR"));
            vec![root.join("tests"), root.join("sample")]
        },
        |folder| vec![folder.into()],
    );
    let mut tally = Tally::default();
    let mut wrong = Vec::new();
    for path in folders.iter().flat_map(|folder| files(folder)) {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let found = unexplained(&text, &vocabulary, &mut tally);
        wrong.extend(
            found
                .iter()
                .map(|found| format!("{}: {found:#?}", path.display())),
        );
    }
    println!("tried: files, {tally}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "needs cmark-gfm"]
fn every_explanation_is_needed() {
    let vocabulary = vocabulary();
    for entry in EXPLAINED {
        let found = differences(entry.example, &vocabulary, &mut Tally::default());
        let names: Vec<_> = found
            .iter()
            .map(|found| found.explanation(entry.example).map(|entry| entry.name))
            .collect();
        assert!(
            !names.is_empty() && names.iter().all(|name| *name == Some(entry.name)),
            "the example of “{}” ({}) differs by {names:?}: {found:?}",
            entry.name,
            entry.reason,
        );
    }
}
