//! Takes a list of action items apart into rows and the text between them, or says why it cannot be a table.

use std::{collections::BTreeMap, ops::Range};

use super::{
    super::{Source, blocks::Kind, rows::BLANKS, sections::Sections},
    Refusal, lost,
};
use crate::model::{
    item::{ActionItem, Form},
    span::Span,
};

/// A list, or a run of headings, that is to become a table.
pub(super) struct List {
    /// Line on which it starts.
    pub(super) line: usize,
    /// The heading under which it stands.
    pub(super) head: usize,
    /// The blocks of it.
    pub(super) blocks: Range<usize>,
    /// The bytes that the table takes the place of: whole lines without the last line ending.
    pub(super) span: Span,
    /// What every line of it begins with.
    pub(super) indent: String,
    /// Whether all its items have boxes: such items are read beside a table, too.
    pub(super) boxed: bool,
    /// How many texts stand between its rows.
    pub(super) texts: usize,
    pub(super) parts: Vec<Part>,
}

/// What of a list stands on its own.
pub(super) enum Part {
    /// A paragraph that introduces what follows.
    Text(Span),
    Row(Row),
}

/// A list item or heading that becomes a row.
pub(super) struct Row {
    /// Its index among the document's items; nothing for a placeholder.
    pub(super) item: Option<usize>,
    pub(super) block: usize,
    /// Its own paragraph without the box, or the text of its heading.
    pub(super) own: Span,
    /// The code by which its heading names it.
    pub(super) code: Option<String>,
    pub(super) notes: Vec<Note>,
}

/// A paragraph or bullet below an item.
pub(super) struct Note {
    pub(super) span: Span,
    /// The bullet or number before it; nothing before a paragraph.
    pub(super) sign: String,
}

/// What stands before the notes of each level.
const BULLETS: [&str; 3] = ["• ", "◦ ", "▪ "];

/// The document's lists of items; those that cannot be tables with the reason.
pub(super) fn find(
    source: &Source<'_>,
    sections: &Sections,
    items: &[ActionItem],
) -> (Vec<List>, Vec<(List, Refusal)>) {
    let listed = items.iter().enumerate();
    let items: BTreeMap<Span, usize> = listed
        .filter(|(_, item)| matches!(item.form, Form::ListItem { .. }))
        .map(|(index, item)| (item.span, index))
        .collect();
    let (mut lists, mut refused) = (Vec::new(), Vec::new());
    let mut next = 0;
    while next < source.outline.blocks.len() {
        let block = next;
        next += 1;
        let this = &source.outline.blocks[block];
        if this.kind != Kind::List || this.quoted {
            continue;
        }
        let Some(head) = sections.action_head(block) else {
            continue;
        };
        next = this.end.max(next);
        let reader = Reader::new(source, &items, block);
        if !reader.holds[0] {
            continue;
        }
        let (list, read) = reader.read(head);
        match read {
            Ok(()) => lists.push(list),
            Err(refusal) => refused.push((list, refusal)),
        }
    }
    (lists, refused)
}

struct Reader<'a> {
    source: &'a Source<'a>,
    items: &'a BTreeMap<Span, usize>,
    list: usize,
    /// For each block of the list, whether an item is inside it.
    holds: Vec<bool>,
    parts: Vec<Part>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Source<'a>, items: &'a BTreeMap<Span, usize>, list: usize) -> Self {
        let blocks = &source.outline.blocks;
        let mut holds = vec![false; blocks[list].end - list];
        for block in (list + 1..blocks[list].end).rev() {
            let item = is_item(&blocks[block].kind) && items.contains_key(&blocks[block].span);
            if (item || holds[block - list])
                && let Some(parent) = blocks[block].parent.filter(|parent| *parent >= list)
            {
                holds[parent - list] = true;
            }
        }
        Self {
            source,
            items,
            list,
            holds,
            parts: Vec::new(),
        }
    }

    fn read(mut self, head: usize) -> (List, Result<(), Refusal>) {
        let this = &self.source.outline.blocks[self.list];
        let (text, lines) = (self.source.text, self.source.lines);
        let start = lines.span(text, lines.line(this.span.start)).start;
        let content = this.span.of(text).trim_end_matches(is_blank);
        let end = this.span.start + content.len();
        let before = Span::new(start, this.span.start).of(text);
        let nested = this.parent.is_some();
        let mut list = List {
            line: lines.line(this.span.start),
            head,
            blocks: self.list..this.end,
            span: Span::new(start, end),
            indent: if nested { before } else { "" }.to_owned(),
            boxed: false,
            texts: 0,
            parts: Vec::new(),
        };
        let read = if before.trim_matches(BLANKS).is_empty() {
            self.walk()
                .and_then(|()| lost::nothing(self.source, &list.blocks, list.span))
        } else {
            let reason = "it begins on the line of another list";
            Err(Refusal::new(list.line, reason))
        };
        list.boxed = self.is_boxed();
        let texts = self.parts.iter();
        list.texts = texts.filter(|part| matches!(part, Part::Text(_))).count();
        list.parts = self.parts;
        (list, read)
    }

    /// Whether every item of the list has a box.
    fn is_boxed(&self) -> bool {
        let blocks = &self.source.outline.blocks;
        let mut inside = blocks[self.list..blocks[self.list].end].iter();
        inside.all(|block| block.kind != Kind::Item(None) || !self.items.contains_key(&block.span))
    }

    /// Sorts the blocks of the list into rows, their notes, and texts that introduce rows.
    fn walk(&mut self) -> Result<(), Refusal> {
        let blocks = &self.source.outline.blocks;
        let end = blocks[self.list].end;
        let mut group = Group::default();
        let mut next = self.list + 1;
        while next < end {
            let block = next;
            next += 1;
            let this = &blocks[block];
            match &this.kind {
                Kind::List if !self.holds[block - self.list] && self.is_row(this.parent) => {
                    next = this.end;
                }
                Kind::List => {}
                Kind::Item(symbol) => {
                    if self.holds[block - self.list] && !self.is_row(Some(block)) {
                        let ticked =
                            symbol.is_some_and(|symbol| symbol.of(self.source.text) != " ");
                        if ticked {
                            let reason =
                                "it only introduces items, and its tick has no place in a table";
                            return Err(self.refusal(block, reason));
                        }
                        group.next = Some(block);
                        continue;
                    }
                    if !group.takes(self.introduced_by(block)) {
                        let reason =
                            "it would stand below a group of items that it does not belong to";
                        return Err(self.refusal(block, reason));
                    }
                    if let Some(item) = self.items.get(&this.span) {
                        self.row(block, Some(*item))?;
                    } else {
                        self.leftover(block)?;
                        next = this.end.max(next);
                    }
                }
                Kind::Paragraph if self.is_row(this.parent) => {}
                Kind::Paragraph => self.parts.push(Part::Text(self.text_of(block))),
                kind => return Err(self.refusal(block, unfit(kind))),
            }
        }
        Ok(())
    }

    fn refusal(&self, block: usize, reason: &str) -> Refusal {
        Refusal::at(self.source, block, reason)
    }

    fn is_row(&self, block: Option<usize>) -> bool {
        block.is_some_and(|block| {
            let block = &self.source.outline.blocks[block];
            is_item(&block.kind) && self.items.contains_key(&block.span)
        })
    }

    /// The list item around an item that introduces it and is no row itself.
    fn introduced_by(&self, item: usize) -> Option<usize> {
        let parent = |block: usize| self.source.outline.blocks[block].parent;
        let mut around = parent(item);
        while let Some(block) = around.filter(|block| *block > self.list) {
            if is_item(&self.source.outline.blocks[block].kind) && !self.is_row(Some(block)) {
                return Some(block);
            }
            around = parent(block);
        }
        None
    }

    /// The text of a paragraph that introduces items, without a box before it.
    fn text_of(&self, paragraph: usize) -> Span {
        let blocks = &self.source.outline.blocks;
        let own = blocks[paragraph]
            .parent
            .filter(|parent| *parent + 1 == paragraph);
        own.and_then(|item| self.source.own_paragraph(item))
            .unwrap_or(blocks[paragraph].span)
    }

    /// A list item that is none of the action items: a placeholder becomes a row of its own.
    fn leftover(&mut self, block: usize) -> Result<(), Refusal> {
        let own = self.source.own_paragraph(block);
        let blank = blocks_inside(self.source, block) <= usize::from(own.is_some());
        let is_placeholder = own.is_none_or(|own| {
            let text = self.source.paragraph(own).text;
            self.source.vocabulary.is_placeholder(&text)
        });
        if !blank || !is_placeholder {
            let reason = "it is no action item, and would be taken for one in a table";
            return Err(self.refusal(block, reason));
        }
        if own.is_some() {
            self.row(block, None)?;
        }
        Ok(())
    }

    fn row(&mut self, block: usize, item: Option<usize>) -> Result<(), Refusal> {
        let Some(own) = self.source.own_paragraph(block) else {
            return Err(self.refusal(block, "it has no text of its own"));
        };
        // The first block inside is the item's own paragraph.
        let below = block + 2..self.source.outline.blocks[block].end;
        let notes = notes(self.source, below, |list| self.holds[list - self.list])?;
        self.parts.push(Part::Row(Row {
            item,
            block,
            own,
            code: None,
            notes,
        }));
        Ok(())
    }
}

/// The paragraphs and bullets among `blocks`, which stand below an item; the lists for which `is_apart` holds are left out.
pub(super) fn notes(
    source: &Source<'_>,
    blocks: Range<usize>,
    is_apart: impl Fn(usize) -> bool,
) -> Result<Vec<Note>, Refusal> {
    let refusal = |block: usize, reason: &str| Refusal::at(source, block, reason);
    let mut notes = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut sign = String::new();
    let mut next = blocks.start;
    while next < blocks.end {
        let block = next;
        next += 1;
        let this = &source.outline.blocks[block];
        ends.retain(|end| *end > block);
        match &this.kind {
            Kind::List if is_apart(block) => next = this.end,
            Kind::List if ends.len() == BULLETS.len() => {
                return Err(refusal(block, "its notes are nested too deep for a cell"));
            }
            Kind::List => ends.push(this.end),
            Kind::Item(None) => sign = sign_of(source, block, ends.len()),
            Kind::Item(Some(_)) => {
                return Err(refusal(block, "a note with a box has no place in a cell"));
            }
            Kind::Paragraph => notes.push(Note {
                span: this.span,
                sign: std::mem::take(&mut sign),
            }),
            kind => return Err(refusal(block, unfit(kind))),
        }
    }
    Ok(notes)
}

/// What stands before a note in a cell: its number, or a bullet by its level.
fn sign_of(source: &Source<'_>, item: usize, level: usize) -> String {
    let raw = source.outline.blocks[item].span.of(source.text);
    let digits = raw.bytes().take_while(u8::is_ascii_digit).count();
    match raw.get(..=digits) {
        Some(number) if (1..=3).contains(&digits) => format!("{number} "),
        _ => BULLETS[level.clamp(1, BULLETS.len()) - 1].to_owned(),
    }
}

/// Below which of the texts that introduce items the rows stand.
#[derive(Default)]
struct Group {
    /// The list item that introduces the rows at hand.
    current: Option<usize>,
    /// One that introduces something, until a row follows.
    next: Option<usize>,
}

impl Group {
    /// Whether a row that `parent` introduces stands below its text, and below no other.
    fn takes(&mut self, parent: Option<usize>) -> bool {
        let wanted = self.next.take().or(self.current);
        self.current = wanted;
        wanted == parent
    }
}

/// Whether Markdown takes a character for blank; a blank that does not break is text.
pub(super) fn is_blank(c: char) -> bool {
    BLANKS.contains(&c) || matches!(c, '\n' | '\r')
}

fn is_item(kind: &Kind) -> bool {
    matches!(kind, Kind::Item(_))
}

fn blocks_inside(source: &Source<'_>, block: usize) -> usize {
    source.outline.blocks[block].end - block - 1
}

/// What of a block cannot stand in a cell.
fn unfit(kind: &Kind) -> &'static str {
    match kind {
        Kind::Code => "a code block has no place in a table",
        Kind::Quote => "a quotation has no place in a table",
        Kind::Html => "a block of HTML has no place in a table",
        Kind::Table(_) | Kind::Row { .. } => "a table has no place in a table",
        Kind::Heading(_) => "a heading has no place in a table",
        _ => "it holds a block that has no place in a table",
    }
}
