//! The differences from `cmark-gfm` that are meant, with their reasons: the one place where they stand.

use super::{
    super::super::entities,
    seen::{Seen, plain},
};

/// A block as both sides see it; one of them may not see it at all.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) ours: Option<Seen>,
    pub(super) theirs: Option<Seen>,
}

/// A difference that is meant.
pub(super) struct Explained {
    pub(super) name: &'static str,
    pub(super) reason: &'static str,
    /// A document that differs by this and nothing else. One that does not is an error.
    pub(super) example: &'static str,
    pub(super) applies: fn(&Seen, &Seen, &str) -> bool,
}

/// Signs that end an address for us and not for GitHub.
const END_SIGNS: [char; 12] = [
    '\u{a0}', ' ', '\u{fffd}', '）', '」', '、', '。', '，', '；', '“', '”', '>',
];

pub(super) const EXPLAINED: &[Explained] = &[
    Explained {
        name: "an address ends at a sign that no address has",
        reason: "GitHub takes everything up to the next blank of ASCII into the address, which then leads nowhere. An \
                 item's issue is found by its address, so the address is taken that was meant",
        example: "見る https://github.com/o/r/issues/3。次",
        applies: |ours, theirs, _| {
            let sign = |seen: &Seen| {
                seen.links
                    .iter()
                    .any(|link| link.contains(END_SIGNS) || link.ends_with(']'))
            };
            sign(theirs) && before_address(ours) == before_address(theirs)
        },
    },
    Explained {
        name: "an address in brackets is a link",
        reason: "GitHub makes no link where a bracket is open. People put the address of an issue into brackets, and \
                 an item whose issue is overlooked gets a second one",
        example: "Done [https://github.com/o/r/issues/3]",
        applies: |ours, theirs, _| {
            ours.links != theirs.links
                && ours.text.contains('[')
                && ours
                    .links
                    .iter()
                    .any(|link| link.contains("://") && !theirs.links.contains(link))
                && before_address(ours) == before_address(theirs)
        },
    },
    Explained {
        name: "a box without text",
        reason: "GitHub shows the brackets; we see a task that nobody has filled in, and no item",
        example: "- [ ]",
        applies: |ours, theirs, _| {
            let bare = |seen: &Seen| matches!(seen.text.as_str(), "[ ]" | "[x]" | "[X]");
            theirs.kind == "paragraph" && bare(theirs)
                || ours.kind.starts_with("task") && theirs.kind == "item"
        },
    },
    Explained {
        name: "an empty numbered item at the very end",
        reason: "comrak sees a paragraph where neither text nor a line end follows the number. Such an item promises \
                 nothing",
        example: "1.",
        applies: |ours, theirs, text| {
            let number = text.trim_end_matches(['.', ')']);
            matches!(ours.kind.as_str(), "paragraph" | "row" | "nothing")
                && matches!(theirs.kind.as_str(), "list" | "item")
                && number.len() < text.len()
                && number.ends_with(|c: char| c.is_ascii_digit())
        },
    },
    Explained {
        name: "a footnote that is defined twice",
        reason: "cmark-gfm drops the second one and comrak keeps it. Nothing is read in footnotes",
        example: "a[^1]\n\n[^1]: one\n\n[^1]: two",
        applies: |ours, _, text| ours.kind == "footnote" && text.matches("[^1]:").count() > 1,
    },
    Explained {
        name: "a backslash with blanks behind it at the end of a line",
        reason: "blanks at line ends are taken off first, and what looks like a hard line break then is read as one: a \
                 backslash less in a text that nothing is written to",
        example: "a\\ \nb",
        applies: |ours, theirs, text| {
            (text.contains("\\ ") || text.contains("\\\t"))
                && words(ours) == words(theirs)
                && ours.links == theirs.links
        },
    },
    Explained {
        name: "blanks beside a line end in code",
        reason: "they are taken off with those of all lines",
        example: "a` \n| `b",
        applies: |ours, theirs, _| {
            let solid = |seen: &Seen| seen.text.replace(' ', "");
            ours.text != theirs.text && solid(ours) == solid(theirs) && ours.links == theirs.links
        },
    },
    Explained {
        name: "a declaration in small letters",
        reason: "comrak follows the specification since 0.30, by which `<!a` begins HTML; a document has none",
        example: "<!a>",
        applies: |ours, _, text| ours.kind == "html" && text.contains("<!"),
    },
    Explained {
        name: "a row whose place the parser does not tell",
        reason: "comrak gives a wrong place for the header of such tables; we see that its cells are not ours, tell that \
                 the table is torn and do not edit it",
        example: "[r]: /u\n===\n|a|\n|---|",
        applies: |ours, theirs, _| ours.kind == "torn" && theirs.kind == "cell",
    },
    Explained {
        name: "a box below a definition",
        reason: "comrak tells a wrong place for such a box, so that none is read: it could not be ticked",
        example: "- [r]: /u\n  [x] a",
        applies: |ours, theirs, text| {
            let boxed = theirs.kind.starts_with("task") && ours.kind == "item";
            text.contains("]:")
                && (boxed || ours.text.ends_with(&theirs.text) && ours.text.contains("[x] "))
        },
    },
    Explained {
        name: "a tag that HTML does not have",
        reason: "GitHub hides it. It is a placeholder that somebody shall see, and may be all that an item says",
        example: "Restart <service> now",
        applies: |ours, theirs, _| {
            let mut parts = ours.text.split('<');
            let mut shown = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                shown += part.split_once('>').map_or(part, |(_, behind)| behind);
            }
            ours.text != theirs.text && plain(&shown) == theirs.text && ours.links == theirs.links
        },
    },
    Explained {
        name: "an escaped box",
        reason: "GitHub's filter looks for boxes in the text without its backslashes, and we would tick no box that \
                 somebody has escaped",
        example: "- \\[x] a",
        applies: |ours, theirs, text| {
            let boxed = |line: &str| line.contains("\\[");
            let items = ours.kind == "item" && theirs.kind.starts_with("task");
            text.lines().any(boxed)
                && (items || ours.text.ends_with(&theirs.text) && ours.text.starts_with('['))
        },
    },
    Explained {
        name: "code behind backticks that end nothing",
        reason: "A run of backticks without an end makes cmark-gfm overlook other code behind it, which its successors \
                 mend; the specification has the code",
        example: "```a `b` c `d` e",
        applies: |_, theirs, text| theirs.text.contains('`') && text.contains("``"),
    },
    Explained {
        name: "a pipe behind backslashes in a paragraph above a table",
        reason: "cmark-gfm reads the paragraph's last line as a table's header first, and forgets the backslash of a \
                 pipe when it is none. Nobody promises anything in such a line",
        example: "a \\\\| b\n| c |\n|---|",
        applies: |ours, theirs, _| {
            ours.kind == "paragraph" && ours.text.replace("\\|", "|") == theirs.text
        },
    },
    Explained {
        name: "a table in a paragraph in which none was found before",
        reason: "Since 0.29.0.gfm.7, and so on GitHub, a paragraph with a line of dashes that does not fit the line \
                 above it is not looked through for a table again; Debian has 0.29.0.gfm.6",
        example: "| a | b |\n|---|\n| c |\n|---|",
        applies: |ours, theirs, text| {
            let is_dashes = |line: &&str| {
                let marks =
                    line.trim_matches(|c: char| "|-: \t".contains(c) || ">*+1.0)[x]".contains(c));
                marks.is_empty() && line.contains('-')
            };
            let heading = ours.kind.starts_with("heading") && theirs.kind == "paragraph";
            (theirs.kind == "table" || heading)
                && text.split(['\n', '\r']).filter(is_dashes).count() > 1
        },
    },
];

/// What is left of a text when marks are read otherwise around an address or code.
fn words(seen: &Seen) -> String {
    let text = entities::address(&seen.text);
    text.replace(|c: char| c.is_ascii_punctuation() || c == '\u{fffd}', "")
}

/// The words before the first address, which may stop being one and make marks of its own signs then.
fn before_address(seen: &Seen) -> String {
    let words = words(seen);
    let end = ["http", "www"]
        .iter()
        .filter_map(|begin| words.find(begin))
        .min();
    words[..end.unwrap_or(0)].to_owned()
}

impl Difference {
    /// What explains it, in a document.
    pub(super) fn explanation(&self, text: &str) -> Option<&'static Explained> {
        let nothing = Seen::new(0, "nothing".into());
        let ours = self.ours.as_ref().unwrap_or(&nothing);
        let theirs = self.theirs.as_ref().unwrap_or(&nothing);
        EXPLAINED
            .iter()
            .find(|entry| (entry.applies)(ours, theirs, text))
    }
}
