//! Inputs that somebody might write to keep the reader busy, each in two sizes: twice the bytes may take twice the time.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use followthrough::{
    document::{Document, Vocabulary},
    model::config::Config,
};

type Make = fn(usize) -> String;

const INPUTS: &[(&str, usize, Make)] = &[
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
    ("headings", 100_000, |count| {
        "## Action Items\n\n- Add an alert\n\n".repeat(count)
    }),
    ("nested lists", 10_000, |count| {
        "## Action Items\n\n".to_owned() + &"- ".repeat(count) + "a\n"
    }),
    ("lists in lists", 100_000, |count| {
        "## Action Items\n\n".to_owned() + &"- a\n  - b\n    - c\n".repeat(count / 3)
    }),
    ("front matter", 5_000_000, |count| {
        "---\n".to_owned() + &"a: b # c\n".repeat(count / 9) + "---\n# x\n"
    }),
    ("front matter of many keys", 100_000, |count| {
        let keys = (0..count).map(|key| format!("k{key}: v\n"));
        "---\n".to_owned() + &keys.collect::<String>() + "---\n# x\n"
    }),
    ("front matter without an end", 5_000_000, |count| {
        "---\n".to_owned() + &"a: b\n".repeat(count / 5)
    }),
    ("definitions", 100_000, |count| {
        let lines = (0..count).map(|label| format!("[r{label}]: https://x.org/{label}\n"));
        "## Action Items\n\n- [a][r7]\n\n".to_owned() + &lines.collect::<String>()
    }),
    ("definitions in a paragraph", 100_000, |count| {
        let lines = (0..count).map(|label| format!("[r{label}]: https://x.org/{label}\n"));
        "## Action Items\n\na\n".to_owned() + &lines.collect::<String>()
    }),
    ("references", 100_000, |count| {
        "[r]: /u\n\n## Action Items\n\n- ".to_owned() + &"[a][r] ".repeat(count) + "\n"
    }),
    ("brackets around brackets", 500_000, |count| {
        let (open, close) = ("[".repeat(count), "]".repeat(count));
        format!("[r]: /u\n\n## Action Items\n\n- {open}{close}\n")
    }),
    ("brackets", 1_000_000, |count| item(&"[".repeat(count))),
    ("stars", 1_000_000, |count| item(&"*".repeat(count))),
    ("stars that open", 1_000_000, |count| {
        item(&" *a".repeat(count / 3))
    }),
    ("stars that open and close", 1_000_000, |count| {
        item(&"a**b*c_d__".repeat(count / 10))
    }),
    ("tildes", 1_000_000, |count| {
        item(&"~a ~~b".repeat(count / 6))
    }),
    ("angles", 1_000_000, |count| item(&"<".repeat(count))),
    ("tags without an end", 1_000_000, |count| {
        item(&"<a b=\"".repeat(count / 6))
    }),
    ("comments without an end", 1_000_000, |count| {
        item(&"<!-- ".repeat(count / 5))
    }),
    ("comments that are none", 1_000_000, |count| {
        item(&"<!--a-- ".repeat(count / 8))
    }),
    ("backticks", 1_000_000, |count| item(&"`".repeat(count))),
    ("runs of backticks", 1_000_000, |count| {
        item(&"` `` ".repeat(count / 5))
    }),
    ("code between stars", 1_000_000, |count| {
        item(&"*`a` ".repeat(count / 5))
    }),
    ("entities", 1_000_000, |count| {
        item(&"&rarr;".repeat(count / 6))
    }),
    ("signs of entities", 1_000_000, |count| {
        item(&"&".repeat(count))
    }),
    ("addresses", 1_000_000, |count| {
        item(&"https://x.org ".repeat(count / 14))
    }),
    ("addresses of dots", 1_000_000, |count| {
        item(&format!("https://x{}", ".".repeat(count)))
    }),
    ("starts of addresses", 1_000_000, |count| {
        item(&"http".repeat(count / 4))
    }),
    ("addresses in a word", 1_000_000, |count| {
        item(&"ahttps://x".repeat(count / 10))
    }),
    ("destinations", 1_000_000, |count| {
        item(&"[](a".repeat(count / 4))
    }),
    ("titles", 1_000_000, |count| {
        item(&"[](a \"".repeat(count / 6))
    }),
    ("footnotes", 100_000, |count| {
        let notes = (0..count / 10).map(|note| format!("[^{note}]: note\n\n"));
        item(&"[^1]".repeat(count)) + "\n" + &notes.collect::<String>()
    }),
];

/// A document of one item.
fn item(text: &str) -> String {
    format!("## Action Items\n\n- {text}\n")
}

pub(crate) fn inputs(criterion: &mut Criterion) {
    let vocabulary = Vocabulary::new(&Config::default());
    let mut group = criterion.benchmark_group("hostile");
    group.sample_size(10);
    for (name, count, make) in INPUTS {
        for count in [count / 2, *count] {
            let text = make(count);
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_function(BenchmarkId::new(*name, count), |bencher| {
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
