//! Writes postmortems in the mix of forms that people use, the same ones every time.
//!
//! Of 615 postmortems of 56 repositories, action items are bullets in 166, a numbered list in 73, boxes in 73, a
//! table in 66, prose in 22 and headings in 4; 211 have none. They are 8 kB long on average.

/// One number after the other, always the same ones (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.roll() % limit
    }

    fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    fn one<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let index = self.below(choices.len() as u64);
        usize::try_from(index)
            .ok()
            .and_then(|index| choices.get(index))
            .copied()
            .unwrap_or_default()
    }
}

const SERVICES: [&str; 8] = [
    "checkout",
    "login",
    "the message queue",
    "image resizing",
    "the search index",
    "`billing-api`",
    "the mail relay",
    "支払いサービス",
];
const SENTENCES: [&str; 12] = [
    "A rollout at noon raised the number of open connections until the pool was empty.",
    "Two of three replicas refused writes because their disks were full, and the third one could not reach a quorum.",
    "The alert went to a channel that nobody reads at night, see [the runbook](https://wiki.example.org/runbooks/paging).",
    "Retries without a pause made it worse: every client asked **four times a second**, as the graph in #ops-graphs shows.",
    "We restarted `worker-7` and `worker-9` by hand, then drained the queue with `queue drain --older-than 10m`.",
    "Customers in two regions saw error pages; about 3,400 orders were delayed and none was lost.",
    "The certificate had been renewed, but the proxy kept the old one in memory until it was restarted.",
    "It is not clear why the health check stayed green; *its query never touched the broken table*.",
    "A change from the week before ([#4711](https://github.com/acme/shop/pull/4711)) had removed the limit by accident.",
    "The on-call person could not log in to the console, since login depended on the service that was down.",
    "障害の原因は設定ファイルの誤りであり、レビューで見落とされていた。",
    "Traffic came back slowly because the caches were cold & the database served every request itself.",
];
const ACTIONS: [&str; 14] = [
    "Add an alert on the age of the oldest message",
    "Limit retries in the client library",
    "Document how to drain a node without losing sessions",
    "Move the status page to another provider",
    "Test restoring from last night's backup every week",
    "Give the on-call person a login that works when the login service is down",
    "Remove the unused `legacy_sync` job",
    "Raise the limit of open files on the proxies",
    "Review who is paged for the search index",
    "Write a load test for the checkout path",
    "Renew certificates thirty days ahead",
    "Drop the second cache layer, see [the notes](../notes/caches.md)",
    "監視ダッシュボードにアラートを追加する",
    "Ask for two reviews on changes of limits",
];
const OWNERS: [&str; 7] = [
    "SRE Team",
    "@ada",
    "Platform",
    "Dev Team",
    "@acme/storage",
    "Grace, @ada",
    "-",
];
const STATUSES: [&str; 7] = [
    "TODO",
    "Done",
    "✅ Complete",
    "In Progress",
    "未着手",
    "完了",
    "Not Started",
];
const HEADINGS: [&str; 6] = [
    "Action Items",
    "Next steps",
    "Follow-up actions",
    "Corrective and preventative measures",
    "Preventive Actions",
    "アクションアイテム",
];

/// The name and the text of the postmortem with this number.
pub(crate) fn postmortem(number: u64) -> (String, String) {
    let mut dice = Dice(number);
    let date = format!(
        "{}-{:02}-{:02}",
        dice.between(2017, 2025),
        dice.between(1, 12),
        dice.between(1, 28)
    );
    let service = dice.one(&SERVICES);
    let mut text = String::new();
    opening(&mut text, &mut dice, &date, service);
    for heading in ["Impact", "Root Cause", "Detection", "Resolution"] {
        text.push_str(&format!("## {heading}\n\n"));
        prose(&mut text, &mut dice);
        if dice.percent(15) {
            text.push_str("```console\n$ kubectl get pods # all of them\nNAME      READY  STATUS\nworker-7  0/1    CrashLoopBackOff\n```\n\n");
        }
    }
    timeline(&mut text, &mut dice);
    text.push_str("## Lessons Learned\n\n### What went well\n\n");
    bullets(&mut text, &mut dice);
    text.push_str("### What could be improved\n\n");
    bullets(&mut text, &mut dice);
    actions(&mut text, &mut dice, &date);
    (format!("{date}-{number}.md"), text)
}

fn opening(text: &mut String, dice: &mut Dice, date: &str, service: &str) {
    let severity = dice.one(&["SEV-1", "SEV-2", "high", "🔴 Critical", "medium"]);
    let minutes = dice.between(4, 400);
    let title = format!("Outage of {service}");
    match dice.below(8) {
        0 | 1 => text.push_str(&format!(
            "---\ntitle: \"{title}\"\ndate: {date}\nseverity: {severity}\ntags: [incident]\n---\n\n# {title}\n\n## Summary\n\n"
        )),
        2 => text.push_str(&format!(
            "# {title}\n\n## Incident Summary\n\n| | |\n|---|---|\n| Date | {date} |\n| Severity | {severity} |\n| Duration | {minutes} minutes |\n| Impact | delayed orders |\n\n"
        )),
        3 | 4 => text.push_str(&format!(
            "# {date}: {title}\n\n## Incident Summary\n\n- **Date**: {date}\n- **Duration**: {minutes} minutes\n- **Impact**: delayed orders\n- **Severity**: {severity}\n\n"
        )),
        5 => text.push_str(&format!(
            "# {title}\n\n**Date**: {date}\n**Severity**: {severity}\n\n## Summary\n\n"
        )),
        _ => text.push_str(&format!("# {date} {title}\n\n## Summary\n\n")),
    }
    prose(text, dice);
}

/// A few paragraphs of a few lines each.
fn prose(text: &mut String, dice: &mut Dice) {
    for _ in 0..dice.between(2, 4) {
        for _ in 0..dice.between(2, 5) {
            text.push_str(dice.one(&SENTENCES));
            text.push('\n');
        }
        text.push('\n');
    }
}

fn bullets(text: &mut String, dice: &mut Dice) {
    for _ in 0..dice.between(2, 4) {
        text.push_str(&format!("* {}\n", dice.one(&SENTENCES)));
    }
    text.push('\n');
}

fn timeline(text: &mut String, dice: &mut Dice) {
    let table = dice.percent(45);
    text.push_str("## Timeline\n\nAll times in UTC.\n\n");
    if table {
        text.push_str("| Time | Event |\n| --- | --- |\n");
    }
    for _ in 0..dice.between(5, 15) {
        let time = format!("{:02}:{:02}", dice.below(24), dice.below(60));
        let event = dice.one(&SENTENCES);
        text.push_str(&if table {
            format!("| {time} | {event} |\n")
        } else {
            format!("- **{time}** {event}\n")
        });
    }
    text.push('\n');
}

fn actions(text: &mut String, dice: &mut Dice, date: &str) {
    let form = dice.below(615);
    if form < 211 {
        return;
    }
    text.push_str(&format!("## {}\n\n", dice.one(&HEADINGS)));
    if form < 233 {
        return prose(text, dice);
    }
    let table = form < 299;
    if table {
        text.push_str(
            "| Action | Owner | Due Date | Status |\n|--------|-------|----------|--------|\n",
        );
    } else if dice.percent(23) {
        text.push_str("### Short-term\n\n");
    }
    for number in 1..=dice.between(5, 11) {
        // Items that differ in their words, as those of people do.
        let action = format!("{} for {}", dice.one(&ACTIONS), dice.one(&SERVICES));
        text.push_str(&match form {
            0..299 => {
                let (owner, status) = (dice.one(&OWNERS), dice.one(&STATUSES));
                format!("| {action} | {owner} | {date} | {status} |\n")
            }
            299..372 => format!("{number}. {action}{}\n", ending(dice)),
            372..445 => {
                let sign = dice.one(&["x", " ", " "]);
                format!("- [{sign}] {action}{}\n", ending(dice))
            }
            445..611 => format!("- {action}{}\n", ending(dice)),
            _ => format!("### {action}\n\n{}\n\n", dice.one(&SENTENCES)),
        });
    }
}

/// What people add to an item of a list, if anything.
fn ending(dice: &mut Dice) -> &'static str {
    match dice.below(12) {
        0 => " (@ada)",
        1 => " (owner: SRE Team, due: 2025-02-01)",
        2 => "\n  so that the next one is found earlier.",
        3 => ": [ticket](https://tracker.example.org/browse/4711)",
        4 => " (Done)",
        _ => "",
    }
}
