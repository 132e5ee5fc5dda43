//! Finds the headings of a document and decides which of them hold promises.

use super::{Section, Source, fold::fold, heads, wordings::Wording};
use crate::model::{
    config::SectionKind,
    item::{Due, StatusWord, Written},
    link::Link,
    span::Span,
};

/// A heading of any kind, and what it says about the items below it.
pub(super) struct Head {
    pub(super) level: u8,
    pub(super) heading: String,
    pub(super) span: Span,
    /// First byte behind the heading.
    pub(super) body: usize,
    /// The block that is the heading, or the list item that begins with it.
    pub(super) block: usize,
    /// One past the last block under it.
    pub(super) end: usize,
    /// The heading above it in the hierarchy.
    pub(super) parent: Option<usize>,
    /// Whether it is the label of a list item, whose content stands in the same item.
    pub(super) is_label: bool,
    pub(super) wording: Wording,
    /// Whether what stands under it is promises.
    pub(super) action: bool,
    /// Whether it opens the promises, and does not only group them.
    pub(super) opens: bool,
    pub(super) due: Option<Written<Due>>,
    pub(super) status: Option<Written<StatusWord>>,
    pub(super) links: Vec<Link>,
}

impl Head {
    /// Whether its words open nothing known.
    pub(super) fn is_unknown(&self) -> bool {
        self.wording == Wording::Unknown
    }
}

/// All headings, and the innermost one of each block.
pub(super) struct Sections {
    pub(super) heads: Vec<Head>,
    pub(super) of_block: Vec<Option<usize>>,
}

impl Sections {
    pub(super) fn new(source: &Source<'_>) -> Self {
        let mut sections = Self {
            heads: Vec::new(),
            of_block: Vec::with_capacity(source.outline.blocks.len()),
        };
        let mut stack: Vec<usize> = Vec::new();
        for block in 0..source.outline.blocks.len() {
            while stack
                .last()
                .is_some_and(|head| sections.heads[*head].end <= block)
            {
                stack.pop();
            }
            let is_inside = || {
                let mut open = stack.iter();
                open.any(|head| sections.heads[*head].wording == Wording::Action)
            };
            if let Some(mut head) = heads::read(source, block, is_inside) {
                if groups_under_bold(&sections.heads, &stack, &head) {
                    head.level = GROUP;
                }
                if head.end == usize::MAX {
                    while stack.last().is_some_and(|open| {
                        let open = &sections.heads[*open];
                        open.level >= head.level
                    }) {
                        if let Some(closed) = stack.pop() {
                            sections.heads[closed].end = block;
                        }
                    }
                    // A heading inside a list item ends with the item.
                    head.end = source.outline.blocks[block]
                        .parent
                        .map_or(usize::MAX, |parent| source.outline.blocks[parent].end);
                }
                head.parent = stack.last().copied();
                stack.push(sections.heads.len());
                sections.heads.push(head);
            }
            sections.of_block.push(stack.last().copied());
        }
        for head in &mut sections.heads {
            head.end = head.end.min(source.outline.blocks.len());
        }
        sections.judge(source);
        sections
    }

    /// Decides for each heading whether it holds promises: by its own words, else by those of the one above.
    fn judge(&mut self, source: &Source<'_>) {
        let title = self.title();
        // Where sections stand at level 1 too, the first heading may be one of them.
        let flat = self.heads.iter().enumerate().any(|(index, head)| {
            head.level == 1 && Some(index) != title && head.wording != Wording::Unknown
        });
        if let Some(title) = title.filter(|_| !flat && self.heads.iter().any(|head| head.level > 1))
        {
            self.heads[title].wording = Wording::Unknown;
        }
        // Corrections leave room for prevention beside them, where a list of all promises does not.
        let sure = self.heads.iter().any(|head| {
            head.wording == Wording::Action && !source.vocabulary.is_corrective(&head.heading)
        });
        // Whether a report stands around a heading, of which only a part may be promises.
        let mut reported = vec![false; self.heads.len()];
        for index in 0..self.heads.len() {
            let parent = self.heads[index].parent;
            reported[index] = parent.is_some_and(|parent| reported[parent]);
            let inherited = parent.is_some_and(|parent| self.heads[parent].action)
                && (!reported[index] || self.looks_ahead(source, index))
                && !self.is_checklist(source, index);
            let wording = self.heads[index].wording;
            let (action, opens) = match wording {
                Wording::Action => (true, true),
                Wording::Finished | Wording::Unknown
                    if !inherited
                        && self.is_finished(index)
                        && self.has_open_signs(source, index) =>
                {
                    (true, true)
                }
                Wording::WeakAction if inherited => (true, false),
                Wording::WeakAction => {
                    let has_boxes = self.has_boxes(source, index);
                    reported[index] = !has_boxes && self.is_report(source, index);
                    let promises = has_boxes
                        || !sure && (!reported[index] || self.looks_ahead_in_part(source, index));
                    (promises, promises)
                }
                Wording::Finished
                | Wording::Unknown
                | Wording::Section(
                    SectionKind::Detection | SectionKind::Resolution | SectionKind::Impact,
                ) => (inherited, false),
                Wording::Section(_) => (false, false),
            };
            let head = &mut self.heads[index];
            head.action = action;
            head.opens = opens && !inherited;
            if !action || head.opens {
                head.due = None;
                head.links.clear();
                // "To do" names the section, and says of no item how far it is.
                head.status = head.status.take().filter(|status| {
                    fold(&status.text) != fold(&head.heading) || wording == Wording::Finished
                });
            }
        }
    }

    /// The first heading of level 1.
    pub(super) fn title(&self) -> Option<usize> {
        self.heads.iter().position(|head| head.level == 1)
    }

    /// The heading that names the document: the first of level 1 that opens no known section.
    pub(super) fn name(&self) -> Option<&str> {
        self.heads
            .iter()
            .find(|head| {
                head.level == 1 && head.wording == Wording::Unknown && !head.heading.is_empty()
            })
            .map(|head| head.heading.as_str())
    }

    /// Whether the heading or one around it is of finished work.
    fn is_finished(&self, head: usize) -> bool {
        let mut around = std::iter::successors(Some(head), |head| self.heads[*head].parent);
        around.any(|head| self.heads[head].wording == Wording::Finished)
    }

    /// The heading under which the block's promises stand, where it has promises.
    pub(super) fn action_head(&self, block: usize) -> Option<usize> {
        self.of_block[block].filter(|head| self.heads[*head].action)
    }

    /// The first value that a heading gives, from the innermost outwards, within the promises.
    pub(super) fn inherited<'h, T>(
        &'h self,
        head: usize,
        value: impl Fn(&'h Head) -> Option<T>,
    ) -> Option<T> {
        let mut next = Some(head);
        while let Some(index) = next {
            let head = &self.heads[index];
            if !head.action {
                return None;
            }
            if let Some(value) = value(head) {
                return Some(value);
            }
            next = head.parent.filter(|_| !head.opens);
        }
        None
    }

    /// The sections as others see them.
    pub(super) fn finish(&self, source: &Source<'_>) -> Vec<Section> {
        let ends: Vec<usize> = self
            .heads
            .iter()
            .map(|head| {
                let next = source
                    .outline
                    .blocks
                    .get(head.end)
                    .map_or(source.text.len(), |block| block.span.start);
                next.max(head.body)
            })
            .collect();
        let empty = super::emptiness::of_heads(source, self);
        self.heads
            .iter()
            .zip(ends)
            .zip(empty)
            .map(|((head, end), is_empty)| Section {
                kind: kind(head),
                heading: head.heading.clone(),
                level: head.level,
                heading_span: head.span,
                body: Span::new(head.body.min(end), end),
                is_empty,
            })
            .collect()
    }
}

/// Level of a bold paragraph, and of one that groups what stands under another.
pub(super) const BOLD: u8 = 7;
const GROUP: u8 = 8;

/// Whether a bold paragraph only groups what stands under the bold paragraph above it: the first one right behind it,
/// and every further one that opens nothing known.
fn groups_under_bold(heads: &[Head], stack: &[usize], head: &Head) -> bool {
    let is_bold = |head: &Head| head.level == BOLD && head.end == usize::MAX;
    let groups = matches!(head.wording, Wording::Unknown | Wording::WeakAction);
    if !groups || !is_bold(head) {
        return false;
    }
    let mut open = stack.iter().rev().map(|index| &heads[*index]);
    match open.next() {
        Some(top) if top.level == GROUP => true,
        Some(top) => is_bold(top) && top.wording == Wording::Action && top.block + 1 == head.block,
        None => false,
    }
}

/// Which section a heading opens; one that only groups promises opens none.
pub(super) fn kind(head: &Head) -> Option<SectionKind> {
    match head.wording {
        _ if head.opens => Some(SectionKind::ActionItems),
        _ if head.action => None,
        Wording::Action => Some(SectionKind::ActionItems),
        Wording::WeakAction | Wording::Finished => Some(SectionKind::Finished),
        Wording::Section(section) => Some(section),
        Wording::Unknown => None,
    }
}
