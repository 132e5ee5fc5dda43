//! Reads contributing factors and causes, with the category that is written beside them.

use super::{
    items::{Node, leaves},
    tables::Table,
    walk::{Collect, heading_text},
    written,
};
use crate::{
    document::{
        Column, Source, blocks::Kind, fold::fold, inline::Inline, sections::Head, sections::kind,
        statuses,
    },
    model::{
        analysis::{Category, Factor},
        config::SectionKind,
        item::Written,
    },
};

/// A category as written, where one is.
type Stated = Option<Written<Option<Category>>>;

#[derive(Default)]
pub(super) struct Factors {
    pub(super) found: Vec<Factor>,
    is_contributing: bool,
    /// By the heading above.
    category: Stated,
    /// Whether what follows explains a factor that is a heading.
    is_detail: bool,
}

impl Factors {
    pub(super) fn contributing() -> Self {
        Self {
            is_contributing: true,
            ..Self::default()
        }
    }

    fn push(&mut self, source: &Source<'_>, text: Written<()>, category: Stated) {
        if !source.vocabulary.is_placeholder(&text.text) {
            self.found.push(Factor {
                text,
                category: category.or_else(|| self.category.clone()),
                is_contributing: self.is_contributing,
            });
        }
    }

    fn text(&mut self, source: &Source<'_>, inline: &Inline, category: Stated) {
        let (own, text) = labelled(source, inline);
        self.push(source, text, own.or(category));
    }
}

impl Collect for Factors {
    fn heading(&mut self, source: &Source<'_>, head: &Head, opens: bool) {
        self.category = None;
        self.is_detail = false;
        if opens || kind(head) == Some(SectionKind::Cause) {
            return;
        }
        let inline = heading_text(source, head);
        self.category = category(source, &inline, 0..inline.text.len());
        if self.category.is_some() {
            return;
        }
        self.is_detail = true;
        // Under a cause, headings are parts of the explanation.
        if self.is_contributing {
            let text = written(&inline, 0..inline.text.len());
            self.push(source, text, None);
        }
    }

    fn item(&mut self, source: &Source<'_>, block: usize) {
        if self.is_detail {
            return;
        }
        let (label, nodes) = leaves(source, block);
        let label = label.as_ref();
        let group = label.and_then(|label| category(source, label, 0..label.text.len()));
        match label {
            // A label that is no category is the factor, and explained below.
            Some(label) if group.is_none() => self.text(source, label, None),
            _ => {
                for Node { inline, .. } in &nodes {
                    self.text(source, inline, group.clone());
                }
            }
        }
    }

    fn table(&mut self, source: &Source<'_>, block: usize) {
        let Some(table) = Table::read(source, block) else {
            return;
        };
        let of_category = table.column(source, "category-columns");
        let is_number = |at: usize| {
            let header = table.header.get(at).map(|header| header.text.as_str());
            header.is_some_and(|header| source.vocabulary.column(header) == Some(Column::Number))
        };
        for row in &table.rows {
            let mut cells = row.cells.iter().enumerate();
            let text = cells.find(|(at, cell)| {
                Some(*at) != of_category && !is_number(*at) && !cell.text.trim().is_empty()
            });
            let Some((_, text)) = text else { continue };
            let category = of_category
                .and_then(|at| row.cells.get(at))
                .and_then(|cell| {
                    let words = written(cell, 0..cell.text.len());
                    (!source.vocabulary.is_placeholder(&words.text)).then(|| Written {
                        value: source.vocabulary.facts.category(&fold(&words.text)),
                        text: words.text,
                        span: words.span,
                    })
                });
            self.text(source, text, category);
        }
    }

    /// Paragraphs that begin with a bold name; others explain.
    fn paragraph(&mut self, source: &Source<'_>, block: usize) {
        let this = &source.outline.blocks[block];
        if self.is_detail || !self.is_contributing || this.kind != Kind::Paragraph {
            return;
        }
        let inline = source.paragraph(this.span);
        let starts_bold = inline
            .strong
            .iter()
            .any(|strong| strong.start == 0 && strong.end > 2);
        if starts_bold {
            self.text(source, &inline, None);
        }
    }
}

/// The category that a text begins with or has in brackets, and the rest.
fn labelled(source: &Source<'_>, inline: &Inline) -> (Stated, Written<()>) {
    let text = inline.text.as_str();
    let whole = || written(inline, 0..text.len());
    let bold = inline.strong.iter().find(|strong| strong.start == 0);
    let colon = text
        .char_indices()
        .take(40)
        .find(|(_, c)| matches!(c, ':' | '：'));
    let end = colon.map(|(at, _)| at).or(bold.map(|bold| bold.end));
    if let Some(end) = end
        && let Some(known) = category(source, inline, 0..end)
    {
        let rest = text[end..].trim_start_matches([':', '：', ' ', '-', '–', '—', '.']);
        if !rest.is_empty() {
            return (
                Some(known),
                written(inline, text.len() - rest.len()..text.len()),
            );
        }
    }
    for group in statuses::brackets(text) {
        let is_first = text[..group.start].trim().is_empty();
        let is_last = text[group.end..].trim_matches([' ', '.']).is_empty();
        if !is_first && !is_last {
            continue;
        }
        if let Some(known) = category(source, inline, statuses::inside(text, &group)) {
            let rest = if is_first {
                group.end..text.len()
            } else {
                0..group.start
            };
            let rest = written(inline, rest);
            let rest = Written {
                text: rest.text.trim_start_matches([':', ' ', '-']).to_owned(),
                ..rest
            };
            return (Some(known), rest);
        }
    }
    (None, whole())
}

/// The category that these words are.
fn category(source: &Source<'_>, inline: &Inline, range: std::ops::Range<usize>) -> Stated {
    let words = written(inline, range);
    let folded = fold(&words.text);
    let bare = ["factors", "factor", "causes", "issues", "gaps", "problems"]
        .iter()
        .find_map(|noun| folded.strip_suffix(noun))
        .unwrap_or(&folded);
    let known = source
        .vocabulary
        .facts
        .category(&folded)
        .or_else(|| source.vocabulary.facts.category(bare.trim()))?;
    Some(Written {
        value: Some(known),
        text: words.text.trim_end_matches([':', '：']).to_owned(),
        span: words.span,
    })
}
