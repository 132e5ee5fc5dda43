//! Draws a finding: its message, the line concerned with a mark under the place, and the way out.

use std::{borrow::Cow, ops::Range};

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle,
};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::Look;
use crate::{
    check::rules,
    document::Document,
    model::{
        escape::{log_lines, terminal_line},
        finding::{Finding, Severity},
        span::{Position, Span},
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

/// The first line concerned, as much of it as fits. No other is shown, and looking for it in the document is the costly
/// part of drawing.
struct Excerpt<'a> {
    /// Line and column of the first marked character in the document.
    start: Position,
    line: Cow<'a, str>,
    marked: Range<usize>,
}

impl<'a> Drawing<'a> {
    /// A drawing of `finding`, which is about `place` where it is about a place in a document that was read.
    pub(super) fn of(finding: &Finding, place: Option<(&'a Document, Span)>, width: usize) -> Self {
        Self {
            severity: finding.severity,
            id: rules::title(&finding.rule),
            message: terminal_line(&finding.message),
            path: terminal_line(&finding.path),
            excerpt: place.map(|(document, span)| Excerpt::of(document, span, width)),
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
        let number = excerpt.start.line.to_string();
        let gutter = " ".repeat(number.len());
        let place = [":", &number, ":", &excerpt.start.column.to_string(), "\n"];
        add(&[&gutter, " ╭▸ ", &self.path]);
        add(&place);
        add(&[&gutter, " │\n", &number, " │ ", &excerpt.line, "\n"]);
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
                let snippet = Snippet::source(&*excerpt.line)
                    .line_start(excerpt.start.line)
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
        let drawn = renderer
            .decor_style(DecorStyle::Unicode)
            .term_width(look.width)
            .render(&[group]);
        match &self.excerpt {
            // The library counts in the line that it is given.
            Some(excerpt) if matches!(excerpt.line, Cow::Owned(_)) => {
                let Position { line, column } = excerpt.start;
                let counted = excerpt.line[..excerpt.marked.start].chars().count() + 1;
                let place = |column: usize| format!("{}:{line}:{column}", self.path);
                drawn.replacen(&place(counted), &place(column), 1)
            }
            _ => drawn,
        }
    }
}

impl<'a> Excerpt<'a> {
    fn of(document: &'a Document, span: Span, width: usize) -> Self {
        let start = document.lines.position(&document.text, span.start);
        let line = document.lines.span(&document.text, start.line);
        let marked = span.start - line.start..span.end.min(line.end).max(span.start) - line.start;
        Self::cut(line.of(&document.text), marked, start, width)
    }

    /// As much of `line` around its mark as a screen of `width` columns holds.
    fn cut(line: &'a str, marked: Range<usize>, start: Position, width: usize) -> Self {
        let room = width.saturating_sub(gutter(start.line));
        let is_short = line.len() <= room || line.len() <= 4 * room && line.width() <= room;
        if is_short {
            return Self {
                start,
                line: Cow::Borrowed(line),
                marked,
            };
        }
        // What is marked says more with the words behind it than with those before it.
        let room = room.saturating_sub(2);
        let behind = fitting(line[marked.start..].chars(), room * 3 / 4);
        let before = fitting(line[..marked.start].chars().rev(), room - behind.columns);
        let behind = fitting(line[marked.start..].chars(), room - before.columns);
        let (from, to) = (marked.start - before.bytes, marked.start + behind.bytes);
        let sign = |is_cut: bool| if is_cut { "…" } else { "" };
        let (first, last) = (sign(from > 0), sign(to < line.len()));
        let shift = |at: usize| at.min(to) - from + first.len();
        Self {
            start,
            line: Cow::Owned(format!("{first}{}{last}", &line[from..to])),
            marked: shift(marked.start)..shift(marked.end),
        }
    }

    /// The columns before the mark and those of the mark, where the line is shown as it stands on a screen of `width`
    /// columns: every character has its place, and nothing is cut off.
    fn columns(&self, width: usize) -> Option<(usize, usize)> {
        // The library's measure, from which on it cuts off blanks.
        const DEEP: usize = 20;
        let indent = self.line.len() - self.line.trim_start().len();
        let gutter = gutter(self.start.line);
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

/// Columns that stand before the text of a line.
fn gutter(number: usize) -> usize {
    number.to_string().len() + 3
}

/// How many characters fit: their bytes and columns.
struct Fitting {
    bytes: usize,
    columns: usize,
}

fn fitting(chars: impl Iterator<Item = char>, room: usize) -> Fitting {
    let mut found = Fitting {
        bytes: 0,
        columns: 0,
    };
    for c in chars {
        let columns = found.columns + c.width().unwrap_or(1).max(1);
        if columns > room {
            break;
        }
        found.columns = columns;
        found.bytes += c.len_utf8();
    }
    found
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
                excerpt: has_place.then(|| {
                    let column = line[..start].chars().count() + 1;
                    Excerpt::cut(&line, marked, Position { line: number, column }, Look::PLAIN.width)
                }),
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
            excerpt: Some(Excerpt::cut(
                "- Add an alert",
                2..14,
                Position { line: 7, column: 3 },
                Look::PLAIN.width,
            )),
            help: "Add “Owner: …”".into(),
        };
        assert!(drawing.plain(Look::PLAIN.width).is_some());
    }

    #[test]
    fn of_a_long_line_the_words_around_the_mark_are_shown() {
        let line = format!("{} THE MARK {}", "before ".repeat(9), "behind ".repeat(9));
        let marked = 64..72;
        let start = Position {
            line: 7,
            column: 65,
        };
        let excerpt = Excerpt::cut(&line, marked, start, 44);
        assert_eq!(excerpt.line, "…e before  THE MARK behind behind behin…");
        assert_eq!(&excerpt.line[excerpt.marked], "THE MARK");
        assert_eq!(excerpt.line.width(), 44 - 4);
    }
}
