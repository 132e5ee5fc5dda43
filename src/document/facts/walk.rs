//! Walks over the sections that hold facts, and hands each block to those who read it.

use super::{Readers, stamp};
use crate::{
    document::{
        Source,
        blocks::Kind,
        fold::{fold, without_brackets},
        inline::Inline,
        sections::{Head, Sections, kind},
    },
    model::{analysis::LessonKind, config::SectionKind},
};

/// What a section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Timeline,
    Whys,
    Factors,
    Causes,
    Lessons(LessonKind),
    People,
    Related,
}

/// Reads the blocks of sections of one role. Blocks come in order; what stands inside an item or a table is its own.
pub(super) trait Collect {
    /// A heading, or the label of a list item; whether it is the one that opens the section.
    fn heading(&mut self, _source: &Source<'_>, _head: &Head, _opens: bool) {}
    /// A list begins.
    fn list(&mut self, _source: &Source<'_>, _block: usize) {}
    /// An item of a list, with all that is nested in it.
    fn item(&mut self, _source: &Source<'_>, _block: usize) {}
    /// A table.
    fn table(&mut self, _source: &Source<'_>, _block: usize) {}
    /// A paragraph outside of lists.
    fn paragraph(&mut self, _source: &Source<'_>, _block: usize) {}
}

/// The role of each heading.
pub(super) fn roles(source: &Source<'_>, sections: &Sections) -> Vec<Option<Role>> {
    let mut roles: Vec<Option<Role>> = Vec::with_capacity(sections.heads.len());
    for head in &sections.heads {
        let inherited = head.parent.and_then(|parent| roles[parent]);
        let own = role(source, head, inherited).or_else(|| {
            // Days and times of a timeline may be headings beside its own.
            let is_time = roles.last() == Some(&Some(Role::Timeline))
                && !head.action
                && kind(head).is_none()
                && stamp::leading(&head.heading, source.vocabulary).is_some();
            is_time.then_some(Role::Timeline)
        });
        roles.push(own);
    }
    roles
}

fn role(source: &Source<'_>, head: &Head, inherited: Option<Role>) -> Option<Role> {
    if head.action {
        return None;
    }
    let own = match kind(head) {
        None => named(source, &head.heading),
        Some(SectionKind::Cause) => Some(cause(source, &head.heading)),
        Some(SectionKind::Timeline) => Some(Role::Timeline),
        Some(SectionKind::WentWell) => Some(Role::Lessons(LessonKind::WentWell)),
        Some(SectionKind::CouldBeImproved) => Some(Role::Lessons(LessonKind::WentWrong)),
        Some(SectionKind::Lucky) => Some(Role::Lessons(LessonKind::Lucky)),
        Some(SectionKind::Lessons) => Some(Role::Lessons(LessonKind::Learned)),
        // A phase of what happened, or a section of its own.
        Some(SectionKind::Detection | SectionKind::Resolution | SectionKind::Impact) => {
            return inherited.filter(|role| *role == Role::Timeline);
        }
        Some(_) => return None,
    };
    match (own, inherited) {
        // Factors and causes may be steps of the whys that they stand under.
        (Some(Role::Causes | Role::Factors), Some(Role::Whys)) => Some(Role::Whys),
        (Some(Role::Causes), Some(Role::Factors)) => Some(Role::Factors),
        (own, inherited) => own.or(inherited),
    }
}

/// The role of a heading that opens no known section.
fn named(source: &Source<'_>, heading: &str) -> Option<Role> {
    let bare = fold(&without_brackets(heading));
    let words = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let is =
        |list: &str| source.vocabulary.listed(list, &bare) || source.vocabulary.listed(list, words);
    if is("why-headings") {
        Some(Role::Whys)
    } else if is("factor-headings") {
        Some(Role::Factors)
    } else if is("people-headings") {
        Some(Role::People)
    } else if is("related-headings") {
        Some(Role::Related)
    } else {
        None
    }
}

/// What a heading of causes announces.
fn cause(source: &Source<'_>, heading: &str) -> Role {
    let folded = fold(heading);
    let has = |list: &str| source.vocabulary.lists_any_in(list, &folded);
    if has("why-headings") {
        Role::Whys
    } else if has("factor-headings") {
        Role::Factors
    } else {
        Role::Causes
    }
}

/// Hands every block of a section with a role to the reader of that role.
pub(super) fn walk(
    source: &Source<'_>,
    sections: &Sections,
    roles: &[Option<Role>],
    readers: &mut Readers,
) {
    let mut block = 0;
    while block < source.outline.blocks.len() {
        let this = &source.outline.blocks[block];
        let head = sections.of_block[block];
        let role = head.and_then(|head| roles[head]);
        let (Some(head), Some(role), false) = (head, role, this.quoted) else {
            // A section may begin inside a list.
            block += 1;
            continue;
        };
        let reader = readers.of(role);
        let own = &sections.heads[head];
        if own.block == block {
            let around = own.parent.and_then(|parent| roles[parent]);
            reader.heading(source, own, around != Some(role));
            // The line of a label says nothing more.
            block += if own.is_label { 2 } else { 1 };
            continue;
        }
        match &this.kind {
            Kind::Item(_) => reader.item(source, block),
            Kind::Table(_) => reader.table(source, block),
            Kind::Paragraph => reader.paragraph(source, block),
            kind => {
                if *kind == Kind::List {
                    reader.list(source, block);
                }
                block += 1;
                continue;
            }
        }
        block = this.end.max(block + 1);
    }
}

/// The visible text of a heading of any kind.
pub(super) fn heading_text(source: &Source<'_>, head: &Head) -> Inline {
    match source.outline.blocks[head.block].kind {
        Kind::Heading(_) => source.heading(head.span),
        _ => source.paragraph(head.span),
    }
}
