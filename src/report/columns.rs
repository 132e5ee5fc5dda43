//! Text in aligned columns, as wide as terminals show it.

use unicode_width::UnicodeWidthStr as _;

/// Two blanks between columns, the last one unpadded; `indent` before each line. Cells hold no line breaks.
pub(super) fn aligned(rows: &[Vec<String>], indent: &str) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..count)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| width(cell))
                .max()
                .unwrap_or_default()
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = indent.to_owned();
        for (cell, wanted) in row.iter().zip(&widths) {
            if *wanted == 0 {
                continue;
            }
            line.push_str(cell);
            line.push_str(&" ".repeat(wanted - width(cell) + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Columns that `text` takes on a terminal; the codes of colours take none.
fn width(text: &str) -> usize {
    if !text.contains('\u{1b}') {
        return text.width();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.width()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_for_wide_characters_and_colours() {
        let rows = [
            vec!["完了".to_owned(), "x".to_owned()],
            vec!["\u{1b}[31mab\u{1b}[0m".to_owned(), "y".to_owned()],
        ];
        assert_eq!(
            aligned(&rows, " "),
            " 完了  x\n \u{1b}[31mab\u{1b}[0m    y\n"
        );
    }

    #[test]
    fn a_column_that_is_empty_everywhere_takes_no_room() {
        let rows = [vec!["a".to_owned(), String::new(), "b".to_owned()]];
        assert_eq!(aligned(&rows, ""), "a  b\n");
    }
}
