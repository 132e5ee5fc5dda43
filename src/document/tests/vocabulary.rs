//! How words are told apart, whatever their dress.

use super::{
    super::{Column, Vocabulary, wordings::Wording},
    vocabulary,
};
use crate::model::{
    config::{Config, SectionKind},
    status::Status,
};

#[test]
fn status_words_are_read_whatever_their_dress() {
    let vocabulary = vocabulary();
    assert_eq!(
        vocabulary.status("**IN_PROGRESS**"),
        Some(Status::InProgress)
    );
    assert_eq!(vocabulary.status("✅ Complete"), Some(Status::Done));
    assert_eq!(vocabulary.status("✔️"), Some(Status::Done));
    assert_eq!(vocabulary.status("Won’t do"), Some(Status::WontDo));
    assert_eq!(vocabulary.status("未着手"), Some(Status::NotStarted));
    assert_eq!(vocabulary.status("sometime"), None);
}

#[test]
fn headings_are_told_apart() {
    let vocabulary = vocabulary();
    for heading in [
        "Action Items",
        "5. **Action items**:",
        ":mag: Follow-up tasks",
        "アクションアイテム",
        "Lessons and next steps",
    ] {
        assert_eq!(vocabulary.wording(heading), Wording::Action, "{heading}");
    }
    for heading in [
        "Actions taken",
        "Action items (completed)",
        "Completed ✅",
        "Fixes applied",
    ] {
        assert_eq!(vocabulary.wording(heading), Wording::Finished, "{heading}");
    }
    assert_eq!(
        vocabulary.wording("Remediation Actions"),
        Wording::WeakAction
    );
    assert_eq!(vocabulary.wording("Call to action"), Wording::Unknown);
    assert_eq!(
        vocabulary.wording("Follow-up timeline (UTC)"),
        Wording::Section(SectionKind::Timeline)
    );
    assert_eq!(
        vocabulary.wording("5 Whys Analysis"),
        Wording::Section(SectionKind::Cause)
    );
}

#[test]
fn words_of_the_configuration_are_added() {
    let mut config = Config::default();
    config.reading.action_headings.push("Homework".into());
    config
        .reading
        .status_words
        .insert(Status::Done, vec!["Bob's your uncle".into()]);
    let vocabulary = Vocabulary::new(&config);
    assert_eq!(vocabulary.wording("Our homework"), Wording::Action);
    assert_eq!(vocabulary.status("BOB’S YOUR UNCLE"), Some(Status::Done));
}

#[test]
fn headers_are_read_with_remarks_and_longer_wordings() {
    let vocabulary = vocabulary();
    assert_eq!(
        vocabulary.column("Type [prevent/detect]"),
        Some(Column::Type)
    );
    assert_eq!(vocabulary.column("Target due date"), Some(Column::Due));
    assert_eq!(vocabulary.column("担当"), Some(Column::Owner));
    assert_eq!(vocabulary.column("#"), Some(Column::Number));
    assert_eq!(vocabulary.column(""), None);
}

#[test]
fn placeholders_of_templates_are_no_values() {
    let vocabulary = vocabulary();
    for text in [
        "",
        "-",
        "—",
        "TBD",
        "N/A",
        "YYYY-MM-DD",
        "[Action]",
        "<owner>",
        "...",
        "{{ summary }}",
        "{{ Due Date }}",
        "{{ summary }} [link to the issue]",
    ] {
        assert!(vocabulary.is_placeholder(text), "{text}");
    }
    for text in [
        "Add an alert",
        "[a] and [b]",
        "{{ Add an alert }} [link]",
        "{{ Summary }} of it",
        "???",
        "✅",
    ] {
        assert!(!vocabulary.is_placeholder(text), "{text}");
    }
}

#[test]
fn the_words_of_a_table_are_in_the_language_of_its_heading_and_can_be_read_back() {
    let vocabulary = vocabulary();
    for (heading, first) in [
        ("Action Items", "Action"),
        ("Nächste Schritte", "Maßnahme"),
        ("Plan d’action", "Mesure"),
        ("Acciones", "Acción"),
        ("Próximos passos", "Ação"),
        ("Prossimi passi", "Azione"),
        ("Actiepunten", "Actie"),
        ("5. アクションアイテム", "アクション"),
        ("后续行动", "行动项"),
    ] {
        let [action, owner, due, status, open, done] = vocabulary.table_words(heading);
        assert_eq!(action, first);
        let columns = [action, owner, due, status].map(|word| vocabulary.column(word));
        let wanted = [Column::Action, Column::Owner, Column::Due, Column::Status];
        assert_eq!(columns, wanted.map(Some), "{heading}");
        assert_eq!(vocabulary.status(open), Some(Status::NotStarted), "{open}");
        assert_eq!(vocabulary.status(done), Some(Status::Done), "{done}");
    }
}
