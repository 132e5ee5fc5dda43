//! A block as either side sees it.

use std::fmt;

/// A block, in a form in which both sides can tell it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Seen {
    /// How many blocks are around it.
    pub(super) depth: usize,
    pub(super) kind: String,
    /// Visible text of a heading, paragraph or cell.
    pub(super) text: String,
    /// Where its links lead.
    pub(super) links: Vec<String>,
}

impl Seen {
    pub(super) fn new(depth: usize, kind: String) -> Self {
        Self {
            depth,
            kind,
            text: String::new(),
            links: Vec::new(),
        }
    }

    pub(super) fn forget_text(&mut self) {
        self.text.clear();
        self.links.clear();
    }

    /// Whether it is the same block, whatever its text, and whether or not it is a task.
    pub(super) fn is_same_block(&self, other: &Self) -> bool {
        let item = |kind: &str| kind == "item" || kind.starts_with("task");
        let same = self.kind == other.kind || item(&self.kind) && item(&other.kind);
        self.depth == other.depth && same
    }
}

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", "  ".repeat(self.depth), self.kind)?;
        if !self.text.is_empty() {
            write!(f, " {:?}", self.text)?;
        }
        self.links
            .iter()
            .try_for_each(|link| write!(f, " <{link}>"))
    }
}

/// Text on one line without doubled blanks: neither side promises more.
pub(super) fn plain(text: &str) -> String {
    let readable = readable(text);
    readable.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What XML cannot hold, as one sign.
pub(super) fn readable(text: &str) -> String {
    text.replace(
        |c: char| c.is_control() && !"\n\r\t".contains(c),
        "\u{fffd}",
    )
    .replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
