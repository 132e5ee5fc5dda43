//! Reads what went well and wrong, where it was luck, and what was learned.

use super::{
    items::leaves,
    tables::Table,
    walk::{Collect, heading_text},
    written,
};
use crate::{
    document::{Column, Source, sections::Head, sections::kind},
    model::{
        analysis::{Lesson, LessonKind},
        item::Written,
    },
};

pub(super) struct Lessons {
    found: Vec<Lesson>,
    kind: LessonKind,
    /// What counts where no list or table stands in the section: a heading that is a lesson, else the paragraphs.
    waiting: Vec<Lesson>,
    has_items: bool,
    /// Whether paragraphs explain the heading above them, which is a lesson.
    is_explained: bool,
}

impl Default for Lessons {
    fn default() -> Self {
        Self {
            found: Vec::new(),
            kind: LessonKind::Learned,
            waiting: Vec::new(),
            has_items: false,
            is_explained: false,
        }
    }
}

impl Lessons {
    /// The lessons that follow are of this kind.
    pub(super) fn of(&mut self, kind: LessonKind) -> &mut Self {
        self.kind = kind;
        self
    }

    pub(super) fn finish(mut self) -> Vec<Lesson> {
        self.settle();
        self.found
    }

    /// A section ends: what waited counts, unless a list said it better.
    fn settle(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if !self.has_items {
            self.found.extend(waiting);
        }
        self.has_items = false;
    }

    fn push(&mut self, source: &Source<'_>, text: Written<()>) {
        if !source.vocabulary.is_placeholder(&text.text) {
            self.has_items = true;
            self.found.push(Lesson {
                kind: self.kind,
                text,
            });
        }
    }
}

impl Collect for Lessons {
    fn heading(&mut self, source: &Source<'_>, head: &Head, opens: bool) {
        self.settle();
        self.is_explained = !opens && kind(head).is_none();
        if self.is_explained {
            let inline = heading_text(source, head);
            self.waiting.push(Lesson {
                kind: self.kind,
                text: written(&inline, 0..inline.text.len()),
            });
        }
    }

    fn item(&mut self, source: &Source<'_>, block: usize) {
        let (_, nodes) = leaves(source, block);
        for node in nodes {
            self.push(source, written(&node.inline, 0..node.inline.text.len()));
        }
    }

    fn table(&mut self, source: &Source<'_>, block: usize) {
        let Some(table) = Table::read(source, block) else {
            return;
        };
        let is_number = |at: usize| {
            let header = table.header.get(at);
            header.is_some_and(|header| {
                source.vocabulary.column(&header.text) == Some(Column::Number)
            })
        };
        for row in &table.rows {
            let cells = row.cells.iter().enumerate();
            let cells = cells.filter(|(at, cell)| !is_number(*at) && !cell.text.trim().is_empty());
            let parts: Vec<Written<()>> = cells
                .map(|(_, cell)| written(cell, 0..cell.text.len()))
                .collect();
            let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
            self.push(
                source,
                Written {
                    value: (),
                    text: texts.join(" · "),
                    span: row.span,
                },
            );
        }
    }

    fn paragraph(&mut self, source: &Source<'_>, block: usize) {
        let inline = source.paragraph(source.outline.blocks[block].span);
        let text = written(&inline, 0..inline.text.len());
        let introduces = text.text.ends_with([':', '：']);
        if !introduces
            && !self.is_explained
            && !inline.is_emphasised()
            && !source.vocabulary.is_placeholder(&text.text)
        {
            self.waiting.push(Lesson {
                kind: self.kind,
                text,
            });
        }
    }
}
