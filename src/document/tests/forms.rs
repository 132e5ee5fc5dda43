//! Sections, groups and rows as people write them.

use super::{
    super::wordings::Wording::{self, Action, Finished, WeakAction},
    actions, items, read, vocabulary,
};
use crate::model::{item::Owner, status::Status};

#[test]
fn headings_of_promises_are_known_in_every_language() {
    let wordings: [(Wording, &[&str]); 3] = [
        (
            Action,
            &[
                "## Maßnahmenplan",
                "Folgemaßnahmen",
                "Nächste Schritte:",
                "Plan d'actions",
                "Actions préventives",
                "Prochaines étapes",
                "Acciones preventivas (para que no vuelva)",
                "Plan de acción",
                "Ações preventivas (pendentes)",
                "Itens de ação",
                "Accionables",
                "アクションアイテム",
                "5) 再発防止（提案）",
                "📝 改进措施",
                "后续行动",
                "Corrective actions (for the next shift)",
                "Actions to be taken",
                "Measures planned: corrective actions not yet done",
            ],
        ),
        (
            WeakAction,
            &[
                "预防措施",
                "Prävention",
                "Mejoras",
                "Remediation",
                "🔒 Prévention future",
                "Recomendação ao utilizador",
            ],
        ),
        (
            Finished,
            &[
                "Corrective actions applied",
                "Acciones correctivas realizadas",
                "Ações tomadas",
                "Ergriffene Maßnahmen",
                "Actions menées",
                "已采取的措施",
                "Completed actions",
            ],
        ),
    ];
    let vocabulary = vocabulary();
    for (wanted, headings) in wordings {
        for heading in headings {
            assert_eq!(vocabulary.wording(heading), wanted, "{heading}");
        }
    }
    for heading in ["Recovery actions", "Response actions", "Action required"] {
        let wording = vocabulary.wording(heading);
        assert!(!matches!(wording, Action | WeakAction), "{heading}");
    }
}

#[test]
fn bold_paragraphs_group_what_stands_under_a_bold_paragraph() {
    let document = read(
        "**Root cause:**\nA full disk.\n\n**Corrective and preventative measures:**\n\n**Improvements:**\n\
         - Add an alert\n\n**Longer work:**\n1. Split the disk\n\n**Lessons learned:**\n- Disks fill up\n",
    );
    assert_eq!(actions(&document), ["Add an alert", "Split the disk"]);
}

#[test]
fn a_bold_paragraph_behind_the_items_ends_them() {
    let document =
        read("**Action items**\n\n- Add an alert\n\n**Acknowledgements**\n\n- The whole team\n");
    assert_eq!(actions(&document), ["Add an alert"]);
}

#[test]
fn a_heading_that_is_called_to_do_says_of_no_item_how_far_it_is() {
    let document = read("# Outage\n\n## TODO\n\n- Add an alert\n\n### Done\n\n- Split the disk\n");
    let statuses: Vec<_> = document.items.iter().map(|item| &item.status).collect();
    assert!(statuses[0].is_none());
    assert_eq!(document.items[1].stated_status(), Status::Done);
}

#[test]
fn sentences_that_say_nothing_is_to_do_are_no_items() {
    for line in [
        "None required for this run.",
        "No further action needed",
        "Nothing to do",
        "No follow-ups identified",
        "特になし",
        "Not applicable here",
    ] {
        assert!(actions(&items(&format!("- {line}\n"))).is_empty(), "{line}");
    }
    for line in [
        "None of our alerts fired: add one",
        "No action should be possible without a second reviewer in the console of production",
    ] {
        assert_eq!(actions(&items(&format!("- {line}\n"))).len(), 1, "{line}");
    }
}

#[test]
fn a_date_before_the_action_tells_when_the_row_was_written() {
    let due = |table: &str| items(table).items[0].due_date().map(|day| day.to_string());
    let row = |header: &str, row: &str| due(&format!("{header}\n|-|-|-|\n{row}\n"));
    assert_eq!(
        row(
            "| Datum | Maßnahme | Status |",
            "| 2024-01-07 | Add it | offen |"
        ),
        None
    );
    assert_eq!(
        row(
            "| Acción | Owner | Fecha |",
            "| Add it | Ann | 2024-02-01 |"
        )
        .as_deref(),
        Some("2024-02-01")
    );
    assert_eq!(
        row(
            "| Date | Action | Due date |",
            "| 2024-01-07 | Add it | 2024-02-01 |"
        )
        .as_deref(),
        Some("2024-02-01")
    );
}

#[test]
fn a_status_in_capitals_in_the_cell_of_the_link_is_read() {
    for (cell, status) in [
        ("n/a DONE", Some("DONE")),
        ("TODO.", Some("TODO")),
        ("Bug 12 **TODO**", Some("TODO")),
        ("[#12](https://github.com/o/r/issues/12) DONE", Some("DONE")),
        ("[DONE-12](https://example.com/DONE-12)", None),
        ("n/a", None),
    ] {
        let table = format!("| Action | Owner | Bug |\n|-|-|-|\n| Add it | Ann | {cell} |\n");
        let document = items(&table);
        let written = document.items[0].status.as_ref();
        assert_eq!(written.map(|status| status.text.as_str()), status, "{cell}");
    }
}

#[test]
fn a_link_that_is_called_done_says_so_of_its_row() {
    let document = items(
        "| Action | Owner | Reference |\n|-|-|-|\n| Add an alert | Ann | [Done](https://github.com/o/r/commit/0a1b2c3) |\n",
    );
    let item = &document.items[0];
    assert_eq!(item.stated_status(), Status::Done);
    assert_eq!(item.links.len(), 1);
    assert!(item.link().is_none(), "a commit is no place to follow it");
}

#[test]
fn an_address_as_the_text_of_a_link_ends_with_the_text() {
    let document = items("- Watch it with [https://a.org](https://b.org/watch)\n");
    let item = &document.items[0];
    assert_eq!(item.action, "Watch it with https://a.org");
    assert_eq!(item.link().unwrap().text, "https://b.org/watch");
}

#[test]
fn accents_may_be_left_out() {
    let document = read(
        "# Incidente\n\n## Acciones preventivas\n\n| Accion | Responsable | Fecha limite | Estado |\n|-|-|-|-|\n\
         | Agregar una alerta | Ana | 2024-02-01 | En ejecucion |\n",
    );
    let item = &document.items[0];
    assert_eq!(item.action, "Agregar una alerta");
    assert!(item.owners.is_some() && item.due_date().is_some());
    assert_eq!(vocabulary().wording("Plan d’actions préventives"), Action);
    assert_eq!(vocabulary().wording("Actions preventives"), Action);
}

#[test]
fn a_weak_heading_may_go_on_and_needs_two_known_words_to_do_so() {
    let vocabulary = vocabulary();
    for heading in [
        "Preventive measures going forward",
        "Immediate actions (today)",
    ] {
        assert_eq!(vocabulary.wording(heading), WeakAction, "{heading}");
    }
    for heading in [
        "Prevention tips",
        "Mitigations in the code of the parser that we wrote",
    ] {
        assert_eq!(vocabulary.wording(heading), Wording::Unknown, "{heading}");
    }
    assert_eq!(vocabulary.wording("Process improvements made"), Finished);
}

#[test]
fn boxes_under_a_weak_heading_are_promises_beside_a_surer_heading() {
    let text = |first: &str| {
        format!("# Outage\n\n## Remediation\n\n- {first}\n\n## Action items\n\n- Add an alert\n")
    };
    assert_eq!(
        actions(&read(&text("[ ] Audit the log"))),
        ["Audit the log", "Add an alert"]
    );
    assert_eq!(actions(&read(&text("Restarted it"))), ["Add an alert"]);
}

#[test]
fn a_bullet_that_is_nothing_but_code_is_a_command() {
    let document = items("- `make reset`\n- [ ] `make check` in the pipeline\n- [ ] `make fmt`\n");
    assert_eq!(
        actions(&document),
        ["make check in the pipeline", "make fmt"]
    );
}

#[test]
fn work_that_is_not_finished_below_a_heading_of_finished_work_is_a_promise() {
    let document = read(
        "# Outage\n\n## Corrective actions implemented\n\n### Alerts\n\n- ✅ Alert added\n\n\
         ### Next session\n\n- ⏳ Split the disk\n- 🚧 Rotate the logs\n\n## Lessons\n\n- ⏳ Patience helps\n",
    );
    assert_eq!(actions(&document), ["Split the disk", "Rotate the logs"]);
    assert_eq!(document.items[0].stated_status(), Status::InProgress);
    assert_eq!(document.items[0].section, "Next session");
}

#[test]
fn prevention_stands_beside_corrections_and_gives_way_to_a_list_of_all_promises() {
    let both = |heading: &str| {
        format!("# Outage\n\n## {heading}\n\n- Add an alert\n\n## Prevention\n\n- Split the disk\n")
    };
    for heading in ["Corrective actions", "3. Actions correctives"] {
        let document = read(&both(heading));
        assert_eq!(
            actions(&document),
            ["Add an alert", "Split the disk"],
            "{heading}"
        );
    }
    assert_eq!(actions(&read(&both("Action items"))), ["Add an alert"]);
}

#[test]
fn a_list_of_what_was_done_is_a_report_though_no_sentence_begins_with_the_verb() {
    let prevention = |lines: &str| read(&format!("# Outage\n\n## Remediation\n\n{lines}\n"));
    let report = prevention(
        "1. New key generated; old one kept.\n2. Old key deleted, since it leaked.\n3. Logs checked.",
    );
    assert!(report.items.is_empty());
    let promises = prevention(
        "1. Make sure that keys are rotated.\n2. Alert on pods that restarted.\n3. Page on a full disk.",
    );
    assert_eq!(promises.items.len(), 3);
}

#[test]
fn a_sentence_without_blanks_is_no_label_of_the_list_below_it() {
    let document = items(
        "- 種類を追加するときに更新する全ての箇所のチェックリストを作成:\n  1. 型に追加\n  2. 画面に追加\n",
    );
    assert_eq!(document.items.len(), 1);
    assert_eq!(
        actions(&items("- 監視:\n  - 通知を追加する\n  - 閾値を見直す\n")).len(),
        2
    );
}

#[test]
fn a_status_in_brackets_behind_the_owner_is_none_of_the_owner() {
    let document =
        items("- Add an alert. OWNER: ann@ (DONE).\n- Split the disk. Owner: Ann (team data)\n");
    let owner = |item: usize| {
        document.items[item]
            .owners
            .as_ref()
            .map(|owner| owner.text.as_str())
    };
    assert_eq!(owner(0), Some("ann@"));
    assert_eq!(document.items[0].stated_status(), Status::Done);
    assert_eq!(owner(1), Some("Ann (team data)"));
}

#[test]
fn a_status_is_read_in_the_cell_of_a_due_date_and_in_one_of_notes() {
    let document = items(
        "| Action | Due | Notes |\n|-|-|-|\n| Add an alert | DONE in v2 | |\n| Split the disk | next sprint | Done |\n\
         | Rotate the logs | 2024-02-01 | Done by hand so far |\n| Page Ann | | Open |\n",
    );
    let read = |item: usize| {
        let item = &document.items[item];
        let due = item.due.as_ref().map(|due| due.text.as_str());
        (item.status.as_ref().map(|status| status.text.as_str()), due)
    };
    assert_eq!(read(0), (Some("DONE"), None));
    assert_eq!(read(1), (Some("Done"), Some("next sprint")));
    assert_eq!(read(2), (None, Some("2024-02-01")));
    assert_eq!(read(3), (None, None));
}

#[test]
fn tables_of_promises_are_read_in_further_languages() {
    for table in [
        "## 후속 조치\n\n| # | 조치 | 담당자 | 기한 | 상태 |\n|-|-|-|-|-|\n| 1 | 알림 추가 | Ann | 2024-02-01 | 완료 |",
        "## План действий\n\n| № | Действие | Ответственный | Срок | Статус |\n|-|-|-|-|-|\n| 1 | Алерт | Ann | 2024-02-01 | Готово |",
        "## Tindakan Perbaikan\n\n| No. | Tindakan Perbaikan | Penanggung Jawab | Tenggat | Status |\n|-|-|-|-|-|\n| 1 | Alarm | Ann | 2024-02-01 | Selesai |",
        "## Aksjonspunkter\n\n| Nr | Aksjon | Eier | Frist | Status |\n|-|-|-|-|-|\n| 1 | Varsel | Ann | 2024-02-01 | Ferdig |",
    ] {
        let document = read(&format!("# X\n\n{table}\n"));
        assert_eq!(document.items.len(), 1, "{table}");
        let item = &document.items[0];
        assert_eq!(item.owner_list(), [Owner::Name("Ann".into())], "{table}");
        assert_eq!(
            item.due_date().map(|day| day.to_string()).as_deref(),
            Some("2024-02-01"),
            "{table}"
        );
        assert_eq!(item.stated_status(), Status::Done, "{table}");
    }
}
