//! Reads who took part, and in which roles.

use super::{items::leaves, tables::Table, walk::Collect};
use crate::{
    document::{Source, Vocabulary, fold::fold, inline::Inline, owners, statuses},
    model::{analysis::Participant, config::FieldKind, span::Span, summary::Summary},
};

/// More words than these are a sentence, and nobody's name.
const LONGEST: usize = 14;

#[derive(Default)]
pub(super) struct People {
    people: Vec<Participant>,
}

impl People {
    /// Those of the sections, and those of the summary outside of them, in the order written.
    pub(super) fn finish(
        mut self,
        summary: &Summary,
        is_in_section: impl Fn(Span) -> bool,
        vocabulary: &Vocabulary,
    ) -> Vec<Participant> {
        let fields = summary.told(FieldKind::Participants);
        for field in fields.filter(|field| !is_in_section(field.value.span)) {
            let is_role = !vocabulary.listed("people-headings", &fold(&field.name));
            let role = is_role.then(|| field.name.clone());
            self.add(
                &field.value.text,
                field.value.span,
                role.as_ref(),
                vocabulary,
            );
        }
        self.people.sort_by_key(|person| person.span);
        self.people.dedup();
        self.people
    }

    /// Adds the names in a text, each perhaps with a role of its own in brackets.
    fn add(&mut self, text: &str, span: Span, role: Option<&String>, vocabulary: &Vocabulary) {
        if vocabulary.is_placeholder(text) {
            return;
        }
        let mut at = 0;
        let groups = statuses::brackets(text);
        for group in &groups {
            let own = statuses::inside(text, group);
            self.named(
                &text[at..group.start],
                Some(&text[own]),
                role,
                span,
                vocabulary,
            );
            at = group.end;
        }
        self.named(&text[at..], None, role, span, vocabulary);
    }

    /// The names before a bracket; what is in it belongs to the last of them.
    fn named(
        &mut self,
        text: &str,
        bracket: Option<&str>,
        role: Option<&String>,
        span: Span,
        vocabulary: &Vocabulary,
    ) {
        let bare = text.trim().trim_matches([',', ';', '、', '.']).trim();
        let bare = bare.strip_prefix("and ").unwrap_or(bare);
        let Some(names) = owners::read(bare, span, vocabulary) else {
            return;
        };
        let last = names.value.len().saturating_sub(1);
        for (index, name) in names.value.into_iter().enumerate() {
            let own = bracket.filter(|_| index == last).map(str::to_owned);
            self.people.push(Participant {
                name,
                role: own.or_else(|| role.cloned()),
                span,
            });
        }
    }

    /// `Role: name`, `Name (role)`, `Name - role`, `@login`.
    fn text(&mut self, source: &Source<'_>, inline: &Inline, group: Option<&String>) {
        let text = inline.text.trim();
        if text.split_whitespace().count() > LONGEST {
            return;
        }
        let start = inline.text.len() - inline.text.trim_start().len();
        let span = inline.span(start..start + text.len());
        let is_role = |words: &str| {
            source.vocabulary.field(words) == Some(FieldKind::Participants)
                && !source.vocabulary.listed("people-headings", &fold(words))
        };
        if let Some((left, right)) = text.split_once([':', '：']) {
            let (left, right) = (left.trim(), right.trim());
            let (role, names) = if is_role(right) || left.starts_with('@') {
                (right, left)
            } else {
                (left, right)
            };
            self.add(names, span, Some(&role.to_owned()), source.vocabulary);
            return;
        }
        for dash in [" - ", " – ", " — "] {
            if let Some((left, right)) = text.split_once(dash) {
                let (role, names) = if is_role(left) {
                    (left, right)
                } else {
                    (right, left)
                };
                self.add(
                    names,
                    span,
                    Some(&role.trim().to_owned()),
                    source.vocabulary,
                );
                return;
            }
        }
        self.add(text, span, group, source.vocabulary);
    }
}

impl Collect for People {
    fn item(&mut self, source: &Source<'_>, block: usize) {
        let (label, nodes) = leaves(source, block);
        let role = label.map(|label| label.text.trim().trim_end_matches([':', '：']).to_owned());
        for node in nodes {
            self.text(source, &node.inline, role.as_ref());
        }
    }

    fn table(&mut self, source: &Source<'_>, block: usize) {
        let Some(table) = Table::read(source, block) else {
            return;
        };
        let of_role = table.column(source, "role-columns");
        let of_name = (0..table.header.len()).find(|at| Some(*at) != of_role);
        for row in &table.rows {
            let cell = |at: Option<usize>| {
                let cell = row.cells.get(at?)?;
                (!source.vocabulary.is_placeholder(&cell.text)).then_some(cell)
            };
            let role = cell(of_role).map(|cell| cell.text.trim().to_owned());
            if let Some(name) = cell(of_name) {
                let span = name.span(0..name.text.len());
                self.add(&name.text, span, role.as_ref(), source.vocabulary);
            }
        }
    }

    fn paragraph(&mut self, source: &Source<'_>, block: usize) {
        let span = source.outline.blocks[block].span;
        for line in source.lines_of(span) {
            let inline = Inline::paragraph(source.text, &[line], &source.references);
            // A sentence is no list of names.
            if !inline.text.trim_end().ends_with('.') {
                self.text(source, &inline, None);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::Document,
        model::{config::Config, item::Owner},
    };

    fn read(section: &str) -> Vec<String> {
        let text = format!("# Outage\n\n{section}");
        let document = Document::parse("a.md", text, &Vocabulary::new(&Config::default()));
        let show = |person: &Participant| match &person.role {
            Some(role) => format!("{} = {role}", person.name.name()),
            None => person.name.name().to_owned(),
        };
        document.participants.iter().map(show).collect()
    }

    #[test]
    fn people_are_read_with_their_roles_in_every_usual_form() {
        for section in [
            "## Participants\n\n- Ann (incident commander)\n- @ben\n",
            "## Attendees\n\n- Incident Commander: Ann\n- @ben\n",
            "## Responders\n\n- **incident commander**: Ann\n- ben\n",
            "## Roles\n\n| Role | Name |\n|-|-|\n| Incident commander | Ann |\n| | ben |\n",
            "## Participants\n\nAnn (Incident commander), ben\n",
            "- **Incident commander**: Ann\n- **Participants**: ben\n",
        ] {
            let people = read(section).join("; ").to_lowercase();
            assert_eq!(people, "ann = incident commander; ben", "{section}");
        }
    }

    #[test]
    fn a_sentence_names_nobody() {
        assert!(
            read(
                "## Participants\n\nEverybody who was on call that night took part in the call.\n"
            )
            .is_empty()
        );
        assert!(read("## Participants\n\n- TBD\n- [Name]\n").is_empty());
    }

    #[test]
    fn logins_stay_logins() {
        let text = "## Participants\n\n- @ben, @ann\n".to_owned();
        let document = Document::parse("a.md", text, &Vocabulary::new(&Config::default()));
        let names: Vec<&Owner> = document
            .participants
            .iter()
            .map(|person| &person.name)
            .collect();
        assert_eq!(
            names,
            [&Owner::Login("ben".into()), &Owner::Login("ann".into())]
        );
    }
}
