//! Inputs that somebody might write to keep the reader busy, each in two sizes: twice the bytes may take twice the time.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use followthrough::{
    document::{Document, Vocabulary},
    model::config::Config,
};

type Make = fn(usize) -> String;

const INPUTS: [(&str, usize, Make); 7] = [
    ("rows", 100_000, |count| {
        let head = "## Action Items\n\n| Action | Owner | Due Date | Status |\n|---|---|---|---|\n";
        head.to_owned() + &"| Add an alert | SRE | 2025-01-01 | TODO |\n".repeat(count)
    }),
    ("bullets", 100_000, |count| {
        "## Action Items\n\n".to_owned() + &"- [ ] Add an alert\n".repeat(count)
    }),
    ("nested quotes", 10_000, |count| "> ".repeat(count) + "a\n"),
    ("one large cell", 5_000_000, |count| {
        let head = "## Action Items\n\n| Action | Owner |\n|---|---|\n| ";
        head.to_owned() + &"a b ".repeat(count / 4) + " | SRE |\n"
    }),
    ("short references", 50_000, |count| {
        "## Action Items\n\n- Add an alert ".to_owned() + &"(#1)".repeat(count) + "\n"
    }),
    ("open brackets", 50_000, |count| {
        "## Action Items\n\n- ".to_owned() + &"[a](".repeat(count) + "\n"
    }),
    ("headings", 20_000, |count| {
        "## Action Items\n\n- Add an alert\n\n".repeat(count)
    }),
];

pub(crate) fn inputs(criterion: &mut Criterion) {
    let vocabulary = Vocabulary::new(&Config::default());
    let mut group = criterion.benchmark_group("hostile");
    group.sample_size(10);
    for (name, count, make) in INPUTS {
        for count in [count / 2, count] {
            let text = make(count);
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_function(BenchmarkId::new(name, count), |bencher| {
                bencher.iter_batched(
                    || text.clone(),
                    |text| Document::parse("a.md", text, &vocabulary),
                    BatchSize::LargeInput,
                );
            });
        }
    }
    group.finish();
}
