//! Measures the stages that every run takes, and whole runs of the binary: `cargo bench --bench budgets`.
//!
//! With `FOLLOWTHROUGH_BENCH_FOLDER` set, the postmortems of the large run are written there and stay, for measurements
//! by other programs.

#![expect(
    clippy::expect_used,
    clippy::format_push_string,
    reason = "a benchmark that cannot start has nobody to report to, and its inputs are made before the clock starts"
)]

mod hostile;
mod postmortems;

use std::{
    fs,
    hint::black_box,
    path::Path,
    process::{Command, Stdio},
};

use chrono::NaiveDate;
use criterion::{BatchSize, Criterion, Throughput};
use followthrough::{
    check::{self, Context},
    document::{self, Document, Vocabulary},
    model::{config::Config, edit::ItemEdit},
};

// The same as that of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const FEW: u64 = 200;
const MANY: u64 = 10_000;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    stages(&mut criterion);
    hostile::inputs(&mut criterion);
    runs(&mut criterion);
    criterion.final_summary();
}

fn read(vocabulary: &Vocabulary) -> Vec<Document> {
    (0..FEW)
        .map(postmortems::postmortem)
        .map(|(path, text)| Document::parse(&path, text, vocabulary))
        .collect()
}

/// Parse, check and rewrite, without disk.
fn stages(criterion: &mut Criterion) {
    let config = Config::default();
    let vocabulary = Vocabulary::new(&config);
    let texts: Vec<(String, String)> = (0..FEW).map(postmortems::postmortem).collect();
    let bytes = texts.iter().map(|(_, text)| text.len() as u64).sum();
    let documents = read(&vocabulary);
    let today = NaiveDate::from_ymd_opt(2025, 6, 1).expect("a day");

    let mut group = criterion.benchmark_group("stages");
    group.bench_function("vocabulary", |bencher| {
        bencher.iter(|| Vocabulary::new(&config));
    });
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("parse", |bencher| {
        bencher.iter_batched(
            || texts.clone(),
            |texts| -> Vec<Document> {
                let read = texts.into_iter();
                read.map(|(path, text)| Document::parse(&path, text, &vocabulary))
                    .collect()
            },
            BatchSize::LargeInput,
        );
    });
    group.bench_function("check", |bencher| {
        let context = Context::new(&config, today);
        bencher.iter(|| check::run(black_box(&documents), &context));
    });
    let edits: Vec<Vec<ItemEdit>> = documents.iter().map(every_status).collect();
    group.bench_function("rewrite", |bencher| {
        bencher.iter(|| {
            for (document, edits) in documents.iter().zip(&edits) {
                black_box(document::rewrite(document, edits, &vocabulary));
            }
        });
    });
    group.finish();
}

/// An edit of the status or the box of every item that has one.
fn every_status(document: &Document) -> Vec<ItemEdit> {
    let items = 0..document.items.len();
    items
        .map(|item| {
            let cell = document.has_status_cell(item);
            ItemEdit {
                item,
                status: cell.then(|| "Done".to_owned()),
                ..ItemEdit::default()
            }
        })
        .filter(|edit| edit.status.is_some())
        .collect()
}

/// Whole processes: one changed file, and everything.
fn runs(criterion: &mut Criterion) {
    let kept = std::env::var_os("FOLLOWTHROUGH_BENCH_FOLDER");
    let own = tempfile::tempdir().expect("a temporary folder");
    let root = kept.as_deref().map_or(own.path(), Path::new);
    let folder = root.join("postmortems");
    fs::create_dir_all(&folder).expect("made");
    let mut one = String::new();
    for number in 0..MANY {
        let (name, text) = postmortems::postmortem(number);
        one = format!("postmortems/{name}");
        fs::write(folder.join(name), text).expect("written");
    }
    let mut group = criterion.benchmark_group("runs");
    group.sample_size(10);
    group.bench_function("check of one file", |bencher| {
        bencher.iter(|| run(root, &["check", &one]));
    });
    group.bench_function("check of all", |bencher| {
        bencher.iter(|| run(root, &["check"]));
    });
    group.bench_function("plan of all", |bencher| {
        bencher.iter(|| run(root, &["plan", "--tracker", "local"]));
    });
    group.finish();
}

/// Runs the binary with nothing of the environment that could change what it does.
fn run(root: &Path, arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_followthrough"))
        .args(arguments)
        .args(["--today", "2025-06-01", "--root"])
        .arg(root)
        .current_dir(root)
        .env_clear()
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    // 1 says that there are findings.
    let code = status.expect("started").code();
    assert!(
        matches!(code, Some(0 | 1)),
        "{arguments:?} ended with {code:?}"
    );
}
