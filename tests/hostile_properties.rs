//! Whatever mixture of attacks a postmortem holds, all that a run writes and prints stays harmless.

#![allow(
    clippy::unwrap_used,
    reason = "test code: a surprise shall stop the test where it happens"
)]

#[path = "support/mod.rs"]
mod support;

use chrono::NaiveDate;
use followthrough::{
    check::{self, Context},
    document::{Document, Vocabulary},
    model::{change::Change, config::Config, link::Repository},
    observe::Observed,
    plan::{self, Policy, Scope},
    report::{
        Report, annotations, comment, items, json, sarif, summary,
        text::{self, Look},
    },
    tracker::Home,
};
use proptest::prelude::*;
use support::hostile::{
    ATTACKS, NAMES, assert_harmless_body, assert_harmless_markdown, assert_harmless_print,
    assert_harmless_text, postmortem,
};

const BLOB: &str = "https://github.com/acme/shop/blob/0123456";

/// Attacks, and pieces of them in any order: what is harmless whole may do harm once it is cut or joined.
fn mixture() -> impl Strategy<Value = String> {
    let words: Vec<&str> = ATTACKS
        .iter()
        .flat_map(|attack| attack.split(' '))
        .collect();
    let piece = prop_oneof![
        3 => prop::sample::select(words),
        1 => prop::sample::select(&ATTACKS[..]),
        1 => prop::sample::select(&["@", "#", "<", "&", "`", "\\", ":", "[", "]", "(", "*", "_", "-", "!", "~", "$"][..]),
        1 => prop::sample::select(&[" ", "<br>", "\\|", "alice", "1", "64;", "w.", "//", "x"][..]),
    ];
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn g5_no_mixture_of_attacks_does_anything_anywhere(
        attack in mixture(), other in mixture(), name in prop::sample::select(&NAMES[..]), on_github in any::<bool>(),
    ) {
        let config = Config::default();
        let vocabulary = Vocabulary::new(&config);
        let today = NaiveDate::from_ymd_opt(2024, 3, 1).unwrap();
        let read = |attack: &str, file: &str| {
            let text = postmortem(1, attack);
            Document::parse(&format!("postmortems/{name}{file}.md"), text, &vocabulary)
        };
        let documents = [read(&attack, "a"), read(&other, "b")];
        let repository = if on_github { Repository::parse("acme/shop") } else { None };
        let home = Home {
            host: String::new(),
            server: String::new(),
            repository: repository.unwrap_or_else(Repository::embedded),
            repository_id: 1,
        };
        let scope = Scope { everything: true, ..Scope::default() };
        let policy = Policy {
            config: &config,
            today,
            home: &home,
            scope: &scope,
            blob_url: if on_github { BLOB } else { "" },
            vocabulary: &vocabulary,
            can_open: true,
            opened_before: 0,
            offering: None,
        };
        let plan = plan::plan(&documents, &Observed::default(), &policy);
        for change in &plan.changes {
            if let Change::Open { draft, .. } = change {
                assert_harmless_text(&draft.title);
                assert_harmless_body(&draft.body);
            }
        }
        let findings = check::run(&documents, &Context::new(&config, today));
        let notices = [attack];
        let report = Report {
            documents: &documents,
            findings: &findings,
            plan: &plan,
            outcomes: None,
            notices: &notices,
            blob_url: policy.blob_url,
            patch: None,
            today,
        };
        let said = comment::markdown(&report);
        assert_harmless_markdown(said.strip_prefix(comment::MARKER).unwrap());
        assert_harmless_markdown(&summary::markdown(&report));
        let printed = [
            annotations::commands(&report),
            text::findings(&report, Look::PLAIN),
            text::plan(&report, Look::PLAIN),
            items::table(&report),
            items::csv(&report).replace("\r\n", "\n"),
            json::findings(&report),
            json::items(&report),
            json::plan(&report),
            sarif::log(&report, &[]),
        ];
        for text in printed {
            assert_harmless_print(&text);
        }
    }
}
