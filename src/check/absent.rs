//! Reports what open items lack, without a flood: one finding an item, but one for all where none has it.

use std::collections::BTreeMap;

use super::{Context, Found, quoted};
use crate::{
    document::{Column, Document},
    model::{
        config::FieldKind,
        item::{ActionItem, Form},
    },
};

/// Checks that open items have an owner.
pub(super) fn owner(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    if document.field(FieldKind::Owner).is_none() {
        report(document, context, found, &OWNER);
    }
}

/// Checks that open items have a due date.
pub(super) fn due(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    report(document, context, found, &DUE);
}

/// A field that an item can lack, and how to speak of it.
struct Lack {
    column: Column,
    /// Name of the column in the founding template.
    label: &'static str,
    /// What is missing, without article.
    noun: &'static str,
    /// The same with its article.
    a_noun: &'static str,
    /// What to write.
    value: &'static str,
    /// The same in an example.
    example: &'static str,
    is_absent: fn(&ActionItem) -> bool,
}

const OWNER: Lack = Lack {
    column: Column::Owner,
    label: "Owner",
    noun: "owner",
    a_noun: "an owner",
    value: "a team or a login",
    example: "SRE Team or @alice",
    is_absent: |item| item.owner_list().is_empty(),
};

const DUE: Lack = Lack {
    column: Column::Due,
    label: "Due Date",
    noun: "due date",
    a_noun: "a due date",
    value: "a day as YYYY-MM-DD",
    example: "2024-02-01",
    is_absent: |item| item.due.is_none(),
};

/// Adds the findings for `lack` in `document`.
fn report(document: &Document, context: &Context<'_>, found: &mut Found<'_>, lack: &Lack) {
    let mut open: Vec<(Group<'_>, &ActionItem)> = context
        .open_items(document)
        .map(|(_, item)| (Group::of(document, item, lack), item))
        .collect();
    // Where no list of the document has the field, that is one habit and not one mistake a section.
    let listed = |(group, _): &&(Group<'_>, &ActionItem)| matches!(group, Group::List(_));
    if open
        .iter()
        .filter(listed)
        .all(|(_, item)| (lack.is_absent)(item))
    {
        let mut sections = open.iter().filter(listed).map(|(group, _)| group);
        let first = sections.next();
        if sections.any(|group| Some(group) != first) {
            for (group, _) in &mut open {
                if matches!(group, Group::List(_)) {
                    *group = Group::Lists;
                }
            }
        }
    }
    let mut groups: BTreeMap<&Group<'_>, Members> = BTreeMap::new();
    for (group, item) in &open {
        let members = groups.entry(group).or_default();
        members.open += 1;
        members.lacking += usize::from((lack.is_absent)(item));
    }
    for (group, item) in &open {
        let Some(members) = groups.get_mut(group) else {
            continue;
        };
        if !(lack.is_absent)(item) || members.are_told {
            continue;
        }
        if members.lacking == members.open && members.open >= group.least() {
            several(document, found, item, members.open, group, lack);
            members.are_told = true;
        } else {
            one(found, item, group, lack);
        }
    }
}

#[derive(Default)]
struct Members {
    open: usize,
    lacking: usize,
    are_told: bool,
}

/// Items of which one finding can speak.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Group<'a> {
    /// Rows of a table without the column.
    Table(usize),
    /// List items of a section.
    List(&'a str),
    /// All list items of the document.
    Lists,
    /// A row with a cell for it.
    Cell,
}

impl<'a> Group<'a> {
    fn of(document: &Document, item: &'a ActionItem, lack: &Lack) -> Self {
        match item.form {
            Form::ListItem { .. } | Form::Heading { .. } => Self::List(&item.section),
            Form::Row { table, .. } => {
                let has_column = document
                    .tables
                    .get(table)
                    .is_some_and(|table| table.columns.contains(&Some(lack.column)));
                if has_column {
                    Self::Cell
                } else {
                    Self::Table(table)
                }
            }
        }
    }

    /// From how many items on one finding speaks for all, where none has the field.
    const fn least(&self) -> usize {
        match self {
            Self::Table(_) | Self::List(_) | Self::Lists => 2,
            Self::Cell => usize::MAX,
        }
    }
}

fn one(found: &mut Found<'_>, item: &ActionItem, group: &Group<'_>, lack: &Lack) {
    let Lack {
        label,
        value,
        example,
        ..
    } = lack;
    let remedy = match group {
        Group::Cell => format!("Write {value} into its {label} cell, such as {example}"),
        Group::Table(_) => format!("Add a column “{label}” with {value}, such as {example}"),
        Group::List(_) | Group::Lists => {
            format!("Add “{label}: …” to the item with {value}, such as {example}")
        }
    };
    let message = format!("{} has no {}", quoted(&item.action), lack.noun);
    found.add(item.action_span, message, remedy);
}

fn several(
    document: &Document,
    found: &mut Found<'_>,
    first: &ActionItem,
    count: usize,
    group: &Group<'_>,
    lack: &Lack,
) {
    let Lack {
        label,
        a_noun,
        value,
        example,
        ..
    } = lack;
    if let Group::Table(table) = group {
        let header = document.tables.get(*table).map(|table| table.header);
        found.add(
            header.unwrap_or(first.action_span),
            format!("None of the {count} open items in this table has {a_noun}: there is no column for it"),
            format!("Add a column “{label}” with {value}, such as {example}"),
        );
    } else {
        found.add(
            first.action_span,
            match group {
                Group::Lists => format!("None of the {count} open list items has {a_noun}"),
                _ => format!(
                    "None of the {count} open items under {} has {a_noun}",
                    quoted(&first.section)
                ),
            },
            format!("Add “{label}: …” to each item with {value}, such as {example}"),
        );
    }
}
