//! What is left of a document, where its sentences end, and in which language it is.

use super::{Document, MASK};
use crate::{document::Vocabulary, model::config::Config};

fn read(text: &str) -> Document {
    Document::parse("a.md", text.into(), &Vocabulary::new(&Config::default()))
}

/// The sentences of a document, with `#` for what was left out.
fn sentences(text: &str) -> Vec<String> {
    let document = read(text);
    let voices = document
        .passages()
        .iter()
        .filter_map(|passage| document.voice(*passage));
    voices
        .flat_map(|voice| {
            let sentences = voice
                .parts()
                .flat_map(|part| voice.sentences(part))
                .map(|range| voice.text()[range].replace(MASK, "#"));
            sentences.collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn what_is_not_the_documents_own_voice_is_left_out() {
    for text in [
        "---\ntitle: It was late\n---\n",
        "# It was late\n",
        "It was late\n=======\n",
        "> It was late.\n",
        "<!-- It was late. -->\n",
        "```\nIt was late.\n```\n",
        "    It was late.\n",
        "**It was late.**\n",
        "*It was late.*\n",
        "**It was late.**  \n",
        "[a]: https://example.com/it-was-late\n",
        "<details>\n\nIt was late.\n\n</details>\n",
        "| It was late |\n| --- |\n",
    ] {
        assert_eq!(sentences(text), [""; 0], "{text}");
    }
}

#[test]
fn code_addresses_and_quoted_words_leave_a_mask() {
    for (text, left) in [
        ("Ran `rm -rf` twice.", "Ran # twice."),
        ("See https://example.com/error.", "See #."),
        ("See <https://example.com/error>.", "See #."),
        (
            "See [the page](https://example.com/error).",
            "See the page.",
        ),
        ("They said \"it was late\" twice.", "They said # twice."),
        ("They said “it was late” twice.", "They said # twice."),
        ("They said „it was late“ twice.", "They said # twice."),
        ("They said «it was late» twice.", "They said # twice."),
        ("They said ‘it’s late’ twice.", "They said # twice."),
        ("They said 'it's late' twice.", "They said # twice."),
        (
            "The users' and the team's view.",
            "The users' and the team's view.",
        ),
        ("A 5\" disk and a 3\" disk.", "A 5\" disk and a 3\" disk."),
        ("It was <!-- not --> late.", "It was late."),
        ("It **was** _late_.", "It was late."),
    ] {
        assert_eq!(sentences(text), [left], "{text}");
    }
}

#[test]
fn a_long_quotation_is_none() {
    let long = "late ".repeat(50);
    let text = format!("They said \"{long}\".");
    assert_eq!(sentences(&text).concat(), text);
}

#[test]
fn apostrophes_hyphens_and_blanks_are_plain() {
    assert_eq!(
        sentences("It\u{a0}wasn’t\n  on\u{2011}call."),
        ["It wasn't on-call."]
    );
}

#[test]
fn a_sentence_ends_with_its_sign_and_not_at_abbreviations_numbers_or_soft_line_ends() {
    for (text, expected) in [
        (
            "One. Two! Three? Four",
            &["One.", "Two!", "Three?", "Four"][..],
        ),
        ("One\ntwo.\nThree", &["One two.", "Three"]),
        ("In v1.2.3 it took 12.5 s.", &["In v1.2.3 it took 12.5 s."]),
        (
            "Some, e.g. Kafka, vs. Redis.",
            &["Some, e.g. Kafka, vs. Redis."],
        ),
        ("By J. Doe etc. It", &["By J. Doe etc. It"]),
        ("One (two.) Three", &["One (two.)", "Three"]),
        ("One...two. three", &["One...two. three"]),
        (
            "One  \nTwo\\\nThree<br>Four",
            &["One", "Two\\", "Three", "Four"],
        ),
        (
            "| a | b |\n| --- | --- |\n| One. Two | Three<br/>Four |",
            &["One.", "Two", "Three", "Four"],
        ),
        ("- [x] One\n- Two", &["One", "Two"]),
    ] {
        assert_eq!(sentences(text), expected, "{text}");
    }
}

#[test]
fn every_range_of_a_voice_stands_where_it_says() {
    let text =
        "- It\u{a0}**wasn’t** `late`,  \n  \"so\" [they](u) said\n\n| a |\n|---|\n| b\\|c  d |\n";
    let document = read(text);
    let mut cut = Vec::new();
    for passage in document.passages() {
        let voice = document.voice(*passage).expect("words");
        for (start, word) in voice
            .text()
            .match_indices(|c: char| c.is_alphanumeric() || c == '\'' || c == MASK)
        {
            cut.push(voice.span(start..start + word.len()).of(text));
        }
    }
    assert_eq!(cut.concat(), "Itwasn’tlate\"so\"theysaidbcd");
}

#[test]
fn a_promise_is_told_without_its_fields_and_with_its_places() {
    let text = "## Action Items\n\n- [ ] **Limit** (due 2024-02-01) the `queue`\n\n| Action | Owner |\n|---|---|\n| Add a\\|b | x |\n";
    let document = read(text);
    let told = document.items.iter().map(|item| {
        let voice = document.promise(item);
        let end = voice.text().len();
        (
            voice.text().replace(MASK, "#"),
            voice.span(end - 1..end).of(text).to_owned(),
        )
    });
    let told: Vec<(String, String)> = told.collect();
    let expected = [("Limit the #", "queue"), ("Add a|b", "b")];
    assert_eq!(
        told,
        expected.map(|(words, last)| (words.to_owned(), last.to_owned()))
    );
}

#[test]
fn the_language_is_that_of_the_front_matter_else_that_of_the_small_words() {
    let english = "The deploy failed and we rolled it back.";
    let german = "Die Auslieferung ist gescheitert und wurde von uns zurückgenommen.";
    for (text, is_english) in [
        (english.to_owned(), true),
        (german.to_owned(), false),
        (format!("---\nlang: de\n---\n{english}"), false),
        (format!("---\nlanguage: en-GB\n---\n{german}"), true),
        (
            "リリースが失敗し、ロールバックしました。root cause は 不明です。".to_owned(),
            false,
        ),
        (
            "Le déploiement a échoué et nous avons fait un retour arrière pour les clients."
                .to_owned(),
            false,
        ),
        ("Rolled back v2.3, root cause unknown".to_owned(), true),
        (String::new(), true),
    ] {
        assert_eq!(read(&text).is_english(), is_english, "{text}");
    }
}
