//! The blocks of a document as GitHub's rules see them, with their bytes.
//!
//! comrak decides what is a table, list, heading, task, fence or comment. Its tree is walked without
//! recursion, since nesting can be as deep as the text is long.

use memchr::memmem;

use comrak::{
    Arena, Options,
    nodes::{AstNode, LineColumn, NodeValue, Sourcepos},
    parse_document,
};

use super::{definitions, plain_lines::plain_lines};
use crate::model::span::{LineIndex, Span};

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Heading(u8),
    Paragraph,
    List,
    /// An item of a list; the byte between the brackets where it is a task.
    Item(Option<Span>),
    Quote,
    Code,
    Html,
    Footnote,
    Table(usize),
    /// A row and its cells, those that the parser added included.
    Row {
        header: bool,
        cells: Vec<Span>,
    },
    Rule,
    Other,
}

/// One block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// Index of the block around it.
    pub(super) parent: Option<usize>,
    /// One past the index of the last block inside it.
    pub(super) end: usize,
    /// Whether it is quoted, collapsed or a footnote: not the document's own voice.
    pub(super) quoted: bool,
}

/// Room for as many blocks is made at once; few documents have more.
const MANY: usize = 512;

/// All blocks of a document in the order of the text, each before those inside it.
pub(super) struct Outline {
    pub(super) blocks: Vec<Block>,
}

impl Outline {
    /// Reads the blocks of `text` from the byte `from`, where the front matter ends.
    pub(super) fn new(text: &str, lines: &LineIndex, from: usize) -> Self {
        let body = text.get(from..).unwrap_or_default();
        Self::of_body(text, lines, from, &plain_lines(body))
    }

    /// Reads the blocks of `body`, whose bytes stand in `text` from `from` on.
    fn of_body(text: &str, lines: &LineIndex, from: usize, body: &str) -> Self {
        let arena = Arena::new();
        let root = parse_document(&arena, body, &options(body));
        let mut walk = Walk {
            text,
            places: Places {
                lines,
                first: lines.line(from),
                from,
                length: text.len(),
            },
            blocks: Vec::with_capacity(lines.count().min(MANY)),
            open: Vec::new(),
            details: 0,
        };
        walk.inside(root);
        Self {
            blocks: walk.blocks,
        }
    }

    /// The direct children of a block.
    pub(super) fn children(&self, block: usize) -> Children<'_> {
        Children {
            outline: self,
            next: block + 1,
            end: self.blocks[block].end,
        }
    }
}

/// Walks over the direct children of a block.
pub(super) struct Children<'a> {
    outline: &'a Outline,
    next: usize,
    end: usize,
}

impl Iterator for Children<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let child = self.next;
        (child < self.end).then(|| {
            self.next = self.outline.blocks[child].end.max(child + 1);
            child
        })
    }
}

/// GitHub's extensions. Those that only concern inline text change no block, except that they can hide the reference
/// without which a footnote is dropped; each costs time, so they are left out where there is no footnote.
fn options(body: &str) -> Options<'static> {
    let has_footnotes = memmem::find(body.as_bytes(), b"[^").is_some();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = has_footnotes;
    options.extension.autolink = has_footnotes;
    options.extension.tasklist = true;
    options.extension.footnotes = has_footnotes;
    options
}

/// Turns the parser's lines and columns into bytes.
struct Places<'a> {
    lines: &'a LineIndex,
    /// Line in which the body begins.
    first: usize,
    from: usize,
    length: usize,
}

impl Places<'_> {
    fn offset(&self, place: LineColumn) -> usize {
        let start = place
            .line
            .checked_sub(1)
            .and_then(|line| self.lines.start(self.first + line))
            .map_or(self.length, |start| start.max(self.from));
        (start + place.column.saturating_sub(1)).min(self.length)
    }

    /// The bytes of a node; the parser's end is the last character, not one past it.
    fn span(&self, text: &str, at: Sourcepos) -> Span {
        let start = floor(text, self.offset(at.start));
        let end = ceil(
            text,
            (self.offset(at.end) + usize::from(at.end.column > 0)).min(self.length),
        );
        Span::new(start, end.max(start))
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

struct Walk<'a> {
    text: &'a str,
    places: Places<'a>,
    blocks: Vec<Block>,
    open: Vec<usize>,
    details: usize,
}

impl Walk<'_> {
    /// Notes the blocks inside `root`, without those of running text, whose nodes are by far the most.
    fn inside<'a>(&mut self, root: &'a AstNode<'a>) {
        let mut next = root.first_child();
        while let Some(node) = next {
            self.enter(node);
            let is_text = node.data().value.contains_inlines();
            next = node.first_child().filter(|_| !is_text);
            let mut last = node;
            while next.is_none() && !last.same_node(root) {
                self.leave(last);
                next = last.next_sibling();
                let Some(around) = last.parent() else { break };
                last = around;
            }
        }
    }

    fn enter<'a>(&mut self, node: &'a AstNode<'a>) {
        let data = node.data();
        let mut span = self.places.span(self.text, data.sourcepos);
        let kind = match &data.value {
            NodeValue::Document => return,
            NodeValue::TableCell => {
                if let Some(row) = self.open.last()
                    && let Kind::Row { cells, .. } = &mut self.blocks[*row].kind
                {
                    cells.push(span);
                }
                return;
            }
            NodeValue::Heading(heading) => Kind::Heading(heading.level),
            NodeValue::Paragraph => {
                span.start += self.definitions(node, span);
                Kind::Paragraph
            }
            NodeValue::List(_) => Kind::List,
            NodeValue::Item(_) => Kind::Item(None),
            NodeValue::TaskItem(task) => {
                let sign = self.places.span(self.text, task.symbol_sourcepos);
                Kind::Item(Some(sign).filter(|sign| self.is_box(*sign)))
            }
            NodeValue::BlockQuote => Kind::Quote,
            NodeValue::CodeBlock(_) => Kind::Code,
            NodeValue::HtmlBlock(html) => {
                self.count_details(&html.literal);
                Kind::Html
            }
            NodeValue::FootnoteDefinition(_) => Kind::Footnote,
            NodeValue::Table(table) => Kind::Table(table.num_columns),
            NodeValue::TableRow(header) => Kind::Row {
                header: *header,
                cells: Vec::new(),
            },
            NodeValue::ThematicBreak => Kind::Rule,
            value if value.block() => Kind::Other,
            _ => return,
        };
        let parent = self.open.last().copied();
        let quoted = self.details > 0
            || matches!(kind, Kind::Quote | Kind::Footnote)
            || parent.is_some_and(|parent| self.blocks[parent].quoted);
        self.open.push(self.blocks.len());
        self.blocks.push(Block {
            kind,
            span,
            parent,
            end: 0,
            quoted,
        });
    }

    /// Whether the sign stands in a box. Below a definition, the parser tells a wrong place.
    fn is_box(&self, sign: Span) -> bool {
        let is_sign = matches!(sign.of(self.text), " " | "\t" | "x" | "X");
        is_sign && self.text[..sign.start].ends_with('[') && self.text[sign.end..].starts_with(']')
    }

    /// Length of the definitions at the start of a paragraph. Behind a box, and above a table that interrupts the
    /// paragraph, they are text.
    fn definitions<'a>(&self, paragraph: &'a AstNode<'a>, span: Span) -> usize {
        let is_boxed = self.open.last().is_some_and(|last| {
            last + 1 == self.blocks.len() && matches!(self.blocks[*last].kind, Kind::Item(Some(_)))
        });
        if is_boxed || !span.of(self.text).starts_with('[') {
            return 0;
        }
        let interrupted = paragraph.next_sibling().is_some_and(|next| {
            let next = next.data();
            matches!(next.value, NodeValue::Table(_))
                && next.sourcepos.start.line == paragraph.data().sourcepos.end.line + 1
        });
        if interrupted {
            0
        } else {
            definitions::leading(span.of(self.text))
        }
    }

    fn leave<'a>(&mut self, node: &'a AstNode<'a>) {
        let value = &node.data().value;
        if !value.block() || matches!(value, NodeValue::Document | NodeValue::TableCell) {
            return;
        }
        if let Some(block) = self.open.pop() {
            self.blocks[block].end = self.blocks.len();
        }
    }

    /// What stands in a collapsed part belongs to the appendix.
    fn count_details(&mut self, html: &str) {
        let html = html.to_ascii_lowercase();
        let opened = html.matches("<details").count();
        let closed = html.matches("</details").count();
        self.details = (self.details + opened).saturating_sub(closed);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Signs and words of which blocks and inline Markdown are made, in any order.
    const MARKDOWN: &str = r"(\n|\n\n|\r\n|\r| |  |    |\t|- |\* |1\. |10\) |> |# |---|\*\*\*|___|===|\||\|-\|-\||```|~~~|`|\*|\*\*|_|~|!|&|&amp;|\[|\]|\[ \] |\[x\] |\[a\]: |\]:|\(|\)|\(/u\)|<|>|<b>|</b>|<div>|</div>|<!--|-->|<!\[CDATA\[|\]\]>|<a b='c`'>|<details>|</details>|\[\^1\]|\[\^1\]: |\\|'|\x22|:|a|b |foo|é|支払い|\u{feff}|\u{a0}){0,40}";

    fn cut<'a>(text: &'a str, outline: &Outline, wanted: fn(&Kind) -> bool) -> Vec<&'a str> {
        let found = outline.blocks.iter().filter(|block| wanted(&block.kind));
        found.map(|block| block.span.of(text)).collect()
    }

    #[test]
    fn blocks_are_cut_out_with_their_bytes() {
        let text = "\u{feff}# Tïtle\r\n\r\n- [x] eins\r\n- zwei\r\n\r\n|a|b|\r\n|-|-|\r\n|c|d|";
        let outline = Outline::new(text, &LineIndex::new(text), 3);
        assert_eq!(
            cut(text, &outline, |kind| matches!(kind, Kind::Heading(1))),
            ["# Tïtle"]
        );
        assert_eq!(
            cut(text, &outline, |kind| matches!(kind, Kind::Row { .. })),
            ["|a|b|", "|c|d|"]
        );
        let boxes = outline.blocks.iter().filter_map(|block| match &block.kind {
            Kind::Item(Some(symbol)) => Some(symbol.of(text)),
            _ => None,
        });
        assert_eq!(boxes.collect::<Vec<_>>(), ["x"]);
    }

    #[test]
    fn what_is_quoted_or_collapsed_is_marked() {
        let text = "> - a\n\n<details>\n\n- b\n\n</details>\n\n- c\n";
        let outline = Outline::new(text, &LineIndex::new(text), 0);
        let voices: Vec<bool> = outline
            .blocks
            .iter()
            .filter(|block| matches!(block.kind, Kind::Item(_)))
            .map(|block| block.quoted)
            .collect();
        assert_eq!(voices, [true, true, false]);
    }

    proptest! {
        #[test]
        fn blocks_are_the_same_without_inline_markdown(text in MARKDOWN) {
            let lines = LineIndex::new(&text);
            let whole = Outline::of_body(&text, &lines, 0, &text);
            prop_assert_eq!(Outline::new(&text, &lines, 0).blocks, whole.blocks);
        }
    }

    #[test]
    fn deep_nesting_is_walked() {
        let text = ">".repeat(100_000);
        let lines = LineIndex::new(&text);
        assert!(!Outline::new(&text, &lines, 0).blocks.is_empty());
    }
}
