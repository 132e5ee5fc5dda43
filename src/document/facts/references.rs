//! Reads which other documents and incidents a document names.

use std::ops::Range;

use memchr::memmem;
use percent_encoding::percent_decode_str;

use super::walk::Role;
use crate::{
    document::{
        Source,
        blocks::Kind,
        fold::{fold, squeeze},
        inline::Inline,
        rows::{Cells, trim},
        sections::Sections,
        tables::row_span,
    },
    model::{
        analysis::{Reference, ReferenceTarget},
        config::FieldKind,
        span::Span,
        summary::Summary,
    },
};

/// All references, in the order written.
pub(super) fn read(
    source: &Source<'_>,
    sections: &Sections,
    roles: &[Option<Role>],
    summary: &Summary,
    path: &str,
) -> Vec<Reference> {
    let fields: Vec<Span> = summary
        .told(FieldKind::Related)
        .map(|field| field.value.span)
        .collect();
    let mut signs: Vec<usize> = [&b".md"[..], b".markdown", b"[["]
        .into_iter()
        .flat_map(|sign| memmem::find_iter(source.text.as_bytes(), sign))
        .collect();
    signs.sort_unstable();
    let has_related = !fields.is_empty() || roles.contains(&Some(Role::Related));
    let mut found = Vec::new();
    if signs.is_empty() && !has_related {
        return found;
    }
    for (block, this) in source.outline.blocks.iter().enumerate() {
        let is_text = matches!(
            this.kind,
            Kind::Paragraph | Kind::Heading(_) | Kind::Row { header: false, .. }
        );
        if this.quoted || !is_text {
            continue;
        }
        let head = sections.of_block[block];
        let is_heading = head.is_some_and(|head| sections.heads[head].block == block);
        let in_section = !is_heading && head.and_then(|head| roles[head]) == Some(Role::Related);
        let is_related = in_section || fields.iter().any(|field| this.span.contains(*field));
        let next = signs.partition_point(|sign| *sign < this.span.start);
        let may_refer = signs.get(next).is_some_and(|sign| *sign < this.span.end);
        if !(is_related || may_refer) {
            continue;
        }
        for inline in inlines(source, block) {
            let mut reader = Reader {
                source,
                path,
                inline: &inline,
                is_related,
                found: &mut found,
            };
            reader.links();
            reader.pages();
            if is_related {
                reader.ids();
            }
        }
    }
    found.sort_by_key(|reference| reference.span);
    found
}

fn inlines(source: &Source<'_>, block: usize) -> Vec<Inline> {
    let this = &source.outline.blocks[block];
    match this.kind {
        Kind::Row { .. } => {
            let row = row_span(source, this.span);
            let cells = Cells::split(source.text, row).spans.into_iter();
            cells
                .map(|cell| Inline::cell(source.text, trim(source.text, cell), &source.references))
                .collect()
        }
        Kind::Heading(_) => vec![source.heading(this.span)],
        _ => vec![source.paragraph(this.span)],
    }
}

fn is_repeat(source: &Source<'_>, text: &str) -> bool {
    source.vocabulary.lists_any_in("repeat-words", &fold(text))
}

struct Reader<'a> {
    source: &'a Source<'a>,
    path: &'a str,
    inline: &'a Inline,
    is_related: bool,
    found: &'a mut Vec<Reference>,
}

impl Reader<'_> {
    fn push(&mut self, target: ReferenceTarget, text: &str, range: Range<usize>, span: Span) {
        let is_known = self
            .found
            .iter()
            .rev()
            .take(8)
            .any(|known| known.span.contains(span));
        if !is_known {
            self.found.push(Reference {
                target,
                text: squeeze(text),
                span,
                is_related: self.is_related,
                is_repeat: self.is_related
                    && is_repeat(self.source, entry(&self.inline.text, range)),
            });
        }
    }

    /// Links to Markdown files of the repository.
    fn links(&mut self) {
        let inline = self.inline;
        for link in &inline.links {
            let Some(file) = file(&link.address, self.path).filter(|file| file != self.path) else {
                continue;
            };
            let text = &inline.text[link.visible.clone()];
            self.push(
                ReferenceTarget::File(file),
                text,
                link.visible.clone(),
                link.span,
            );
        }
    }

    /// `[[PM-2026-002]]`, `[[PM-2026-002|what it was]]`
    fn pages(&mut self) {
        let inline = self.inline;
        let text = inline.text.as_str();
        let mut at = 0;
        while let Some(start) = text[at..].find("[[").map(|found| at + found) {
            let Some(end) = text[start..].find("]]").map(|found| start + found) else {
                return;
            };
            at = end + 2;
            let inside = &text[start + 2..end];
            let (name, words) = inside.split_once('|').unwrap_or((inside, inside));
            let name = name.split('#').next().unwrap_or_default().trim();
            let is_name = !name.is_empty() && !name.contains(['[', ']']) && name.len() < 200;
            if is_name && !inline.in_code(&(start..at)) {
                let target = ReferenceTarget::Page(name.to_owned());
                self.push(target, words, start..at, inline.span(start..at));
            }
        }
    }

    /// `INC-123`, `PM-2026-002`, `#12`
    fn ids(&mut self) {
        let inline = self.inline;
        let text = inline.text.as_str();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '#');
        let mut at = 0;
        for word in text.split(|c: char| !is_part(c)) {
            let start = at + text[at..].find(word).unwrap_or_default();
            at = start + word.len();
            if is_id(word) {
                let target = ReferenceTarget::Id(word.to_owned());
                self.push(target, word, start..at, inline.span(start..at));
            }
        }
    }
}

/// What is said of the reference that stands at `range`: the words between the separators around it.
fn entry(text: &str, range: Range<usize>) -> &str {
    const SEPARATORS: [char; 5] = [',', ';', '、', '，', '；'];
    let start = text[..range.start].rfind(SEPARATORS).unwrap_or(0);
    let end = text[range.end..].find(SEPARATORS);
    &text[start..end.map_or(text.len(), |end| range.end + end)]
}

/// Capitals, then numbers; or a number sign and a number.
fn is_id(word: &str) -> bool {
    if let Some(number) = word.strip_prefix('#') {
        return !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    }
    let (name, number) = word.split_once(['-', '_']).unwrap_or_default();
    let is_name =
        (2..=12).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_name && is_number
}

/// The file that an address names, relative to the root, where it is a Markdown file of the repository.
fn file(address: &str, path: &str) -> Option<String> {
    let end = address.find(['#', '?']).unwrap_or(address.len());
    let decoded = percent_decode_str(&address[..end]).decode_utf8().ok()?;
    let bare = decoded.trim();
    let is_markdown = [".md", ".markdown"]
        .iter()
        .any(|ending| bare.ends_with(ending));
    if !is_markdown || bare.contains("://") || bare.starts_with("//") {
        return None;
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if bare.starts_with('/') {
        parts.clear();
    }
    for part in bare.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use crate::{
        document::{Document, Vocabulary},
        model::config::Config,
    };

    fn read(text: &str) -> Vec<String> {
        let path = "docs/postmortems/a.md";
        let vocabulary = Vocabulary::new(&Config::default());
        let document = Document::parse(path, text.to_owned(), &vocabulary);
        let show = |reference: &crate::model::analysis::Reference| {
            let mut words = vec![format!("{:?}", reference.target)];
            words.extend(reference.is_related.then(|| "related".to_owned()));
            words.extend(reference.is_repeat.then(|| "repeat".to_owned()));
            words.join(" ")
        };
        document.references.iter().map(show).collect()
    }

    #[test]
    fn files_are_told_from_the_root_of_the_repository() {
        let text = "# A\n\nSee [b](./b.md#why), [c](../c%20d.md), [e](/e.md), [out](../../../x.md), \
                    [web](https://x.org/y.md), [self](a.md), `[code](f.md)` and [[PM-2026-002|that one]].\n\n\
                    > [quoted](g.md)\n";
        assert_eq!(
            read(text),
            [
                "File(\"docs/postmortems/b.md\")",
                "File(\"docs/c d.md\")",
                "File(\"e.md\")",
                "Page(\"PM-2026-002\")"
            ]
        );
    }

    #[test]
    fn incidents_are_named_where_related_ones_are_listed() {
        let text = "# A\n\n- **Related incidents**: INC-12, PM-2026-002 (repeat)\n\n## Related incidents\n\n\
                    - [b](b.md) is a repeat\n- #17\n\n## Timeline\n\n- 14:32 INC-99 was opened, RFC-7231\n";
        assert_eq!(
            read(text),
            [
                "Id(\"INC-12\") related",
                "Id(\"PM-2026-002\") related repeat",
                "File(\"docs/postmortems/b.md\") related repeat",
                "Id(\"#17\") related"
            ]
        );
    }
}
