//! Draws a finding: its message, the line concerned with a mark under the place, and the way out.

use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle,
};
use unicode_width::UnicodeWidthChar as _;

use super::Look;
use crate::{
    check::rules,
    document::Document,
    model::{
        escape::{log_lines, terminal_line},
        finding::{Finding, Severity},
        span::Span,
    },
};

/// A finding in the words and the place in which it is drawn.
pub(super) struct Drawing<'a> {
    severity: Severity,
    id: String,
    message: String,
    path: String,
    excerpt: Option<Excerpt<'a>>,
    help: String,
}

/// The first line concerned. No other is shown, and looking for it in the document is the costly part of drawing.
struct Excerpt<'a> {
    number: usize,
    line: &'a str,
    marked: Range<usize>,
}

impl<'a> Drawing<'a> {
    /// A drawing of `finding`, which is about `place` where it is about a place in a document that was read.
    pub(super) fn of(finding: &Finding, place: Option<(&'a Document, Span)>) -> Self {
        Self {
            severity: finding.severity,
            id: rules::title(&finding.rule),
            message: terminal_line(&finding.message),
            path: terminal_line(&finding.path),
            excerpt: place.map(|(document, span)| Excerpt::of(document, span)),
            help: terminal_line(&finding.remedy),
        }
    }

    /// The lines of the drawing, the last one without its end, for a terminal or a log.
    pub(super) fn render(&self, look: Look) -> String {
        let by_hand = if look.colour {
            None
        } else {
            self.plain(look.width)
        };
        by_hand.unwrap_or_else(|| log_lines(&self.styled(look)))
    }

    /// What [`Drawing::styled`] draws, in a hundredth of the time: most findings are in lines that fit and have no
    /// character that needs care. Nothing for the others.
    fn plain(&self, width: usize) -> Option<String> {
        let texts = [&self.message, &self.path, &self.help];
        // NOTE: the library leaves the joiner of emoji out.
        let may_join = |text: &String| !text.is_ascii() && text.contains('\u{200d}');
        if texts.into_iter().any(may_join) {
            return None;
        }
        let level = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let mut text = String::with_capacity(1024);
        let mut add = |parts: &[&str]| parts.iter().for_each(|part| text.push_str(part));
        add(&[level, "[", &self.id, "]: ", &self.message, "\n"]);
        let Some(excerpt) = &self.excerpt else {
            add(&[" ╭▸ ", &self.path, "\n ╰ help: ", &self.help]);
            return Some(text);
        };
        let (before, marked) = excerpt.columns(width)?;
        let number = excerpt.number.to_string();
        let column = excerpt.line[..excerpt.marked.start].chars().count() + 1;
        let gutter = " ".repeat(number.len());
        let place = [":", &number, ":", &column.to_string(), "\n"];
        add(&[&gutter, " ╭▸ ", &self.path]);
        add(&place);
        add(&[&gutter, " │\n", &number, " │ ", excerpt.line, "\n"]);
        add(&[&gutter, " │ ", &" ".repeat(before)]);
        add(&[&"━".repeat(marked.max(1)), "\n", &gutter, " │\n"]);
        add(&[&gutter, " ╰ help: ", &self.help]);
        Some(text)
    }

    /// The drawing of the library, which knows what every character looks like.
    fn styled(&self, look: Look) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let title = level.primary_title(&self.message).id(&self.id);
        let help = Level::HELP.message(&self.help);
        let group: Group<'_> = match &self.excerpt {
            None => title.element(Origin::path(&self.path)).element(help),
            Some(excerpt) => {
                let snippet = Snippet::source(excerpt.line)
                    .line_start(excerpt.number)
                    .path(&self.path)
                    .annotation(AnnotationKind::Primary.span(excerpt.marked.clone()));
                title.element(snippet).element(help)
            }
        };
        let renderer = if look.colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer
            .decor_style(DecorStyle::Unicode)
            .term_width(look.width)
            .render(&[group])
    }
}

impl<'a> Excerpt<'a> {
    fn of(document: &'a Document, span: Span) -> Self {
        let number = document.lines.line(span.start);
        let line = document.lines.span(&document.text, number);
        let start = span.start - line.start;
        let end = span.end.min(line.end).max(span.start) - line.start;
        Self {
            number,
            line: line.of(&document.text),
            marked: start..end,
        }
    }

    /// The columns before the mark and those of the mark, where the line is shown as it stands on a screen of `width`
    /// columns: every character has its place, and nothing is cut off.
    fn columns(&self, width: usize) -> Option<(usize, usize)> {
        // The library's measure, from which on it cuts off blanks.
        const DEEP: usize = 20;
        let indent = self.line.len() - self.line.trim_start().len();
        let gutter = self.number.to_string().len() + 3;
        let mut columns = 0;
        let mut before = 0;
        let mut marked = 0;
        for (at, c) in self.line.char_indices() {
            let wide = c.width().filter(|wide| *wide > 0)?;
            columns += wide;
            if at < self.marked.start {
                before += wide;
            } else if at < self.marked.end {
                marked += wide;
            }
        }
        let fits = columns + gutter <= width && indent <= DEEP;
        let is_harmless = indent < self.line.len() && !self.line.contains("##[");
        (fits && is_harmless).then_some((before, marked))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_drawn_by_hand_is_what_the_library_draws(
            line in r"([ -~]{0,160}|[ -~\t]{0,40}| {0,30}[a-z ]{0,40}|.{0,40}|[a-zé支–🙂 ]{0,80})( {0,3}|##\[)",
            from in 0_usize..170,
            length in 0_usize..60,
            number in 1_usize..2000,
            message in "\\PC{1,40}",
            path in "\\PC{1,20}",
            has_place in prop::bool::weighted(0.9),
        ) {
            let mut ends: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
            ends.push(line.len());
            let start = ends[from % ends.len()];
            let end = ends[(from % ends.len() + length).min(ends.len() - 1)];
            let marked = start..end;
            let drawing = Drawing {
                severity: Severity::Warning,
                id: "FOLLOW001 owner-missing".into(),
                message: terminal_line(&message),
                path: terminal_line(&path),
                excerpt: has_place.then_some(Excerpt { number, line: &line, marked }),
                help: terminal_line(&message),
            };
            if let Some(drawn) = drawing.plain(Look::PLAIN.width) {
                prop_assert_eq!(drawn, log_lines(&drawing.styled(Look::PLAIN)));
            }
        }
    }

    #[test]
    fn most_lines_are_drawn_by_hand() {
        let drawing = Drawing {
            severity: Severity::Info,
            id: "FOLLOW001 owner-missing".into(),
            message: "“Add an alert” has no owner".into(),
            path: "postmortems/支払い.md".into(),
            excerpt: Some(Excerpt {
                number: 7,
                line: "- Add an alert",
                marked: 2..14,
            }),
            help: "Add “Owner: …”".into(),
        };
        assert!(drawing.plain(Look::PLAIN.width).is_some());
    }
}
