//! Tells sections that say something from those that hold only placeholders, instructions or blanks.

use super::{
    Source,
    blocks::Kind,
    rows::{Cells, trim},
    sections::Sections,
};

/// For each heading, whether nothing is said under it, sub-headings aside.
pub(super) fn of_heads(source: &Source<'_>, sections: &Sections) -> Vec<bool> {
    let mut said = vec![false; sections.heads.len()];
    for (block, head) in sections.of_block.iter().enumerate() {
        let Some(mut head) = *head else { continue };
        if said[head] || sections.heads[head].block == block || !says_something(source, block) {
            continue;
        }
        // What a sub-section says, its section says. Stops where that is known, so the walk stays linear.
        said[head] = true;
        while let Some(parent) = sections.heads[head].parent {
            if said[parent] {
                break;
            }
            said[parent] = true;
            head = parent;
        }
    }
    said.iter().map(|said| !said).collect()
}

/// Whether a block is content of its own.
fn says_something(source: &Source<'_>, block: usize) -> bool {
    let this = &source.outline.blocks[block];
    match &this.kind {
        Kind::Code => true,
        Kind::Row { header: false, .. } => {
            Cells::split(source.text, this.span)
                .spans
                .iter()
                .any(|cell| {
                    !source
                        .vocabulary
                        .is_placeholder(trim(source.text, *cell).of(source.text))
                })
        }
        Kind::Paragraph => {
            let span = this
                .parent
                .and_then(|parent| match source.outline.blocks[parent].kind {
                    Kind::Item(Some(_)) => source.own_paragraph(parent),
                    _ => None,
                });
            let span = span.unwrap_or(this.span);
            if begins_like_a_sentence(source, span.of(source.text)) {
                return true;
            }
            let inline = source.paragraph(span);
            let instruction = inline.is_emphasised() && !inline.is_strong();
            !instruction
                && !source.vocabulary.is_placeholder(&inline.text)
                && !is_blank_field(source, &inline.text)
        }
        Kind::Html => {
            let html = this.span.of(source.text).trim();
            !html.starts_with("<!--") && !html.is_empty() && !html.starts_with("</")
        }
        _ => false,
    }
}

/// Whether a text begins with more plain letters than any placeholder or name of a field has: most texts do, and need
/// no closer look.
pub(super) fn begins_like_a_sentence(source: &Source<'_>, text: &str) -> bool {
    let is_plain = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b' ' | b',' | b'.' | b'\'' | b'"' | b'/' | b'-' | b'%' | b';' | b'?'
            )
    };
    let begins_plainly = text
        .as_bytes()
        .first()
        .is_some_and(u8::is_ascii_alphanumeric);
    let start = text.bytes().take_while(is_plain);
    let letters = start.filter(u8::is_ascii_alphanumeric);
    // Those of which the pattern of a date is made do not count.
    let telling = letters.filter(|letter| {
        !matches!(
            letter.to_ascii_lowercase(),
            b'y' | b'm' | b'd' | b'h' | b'x'
        )
    });
    let most = source.vocabulary.longest_name();
    begins_plainly && telling.take(most + 1).count() > most
}

/// `Date:` with nothing or a placeholder behind it.
fn is_blank_field(source: &Source<'_>, text: &str) -> bool {
    text.lines().all(|line| {
        line.split_once(':').is_some_and(|(name, value)| {
            source.vocabulary.field(name).is_some() && source.vocabulary.is_placeholder(value)
        })
    })
}
