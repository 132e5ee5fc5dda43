//! Whatever a document says, it stays text: held against a Markdown parser and over random texts.

use comrak::markdown_to_html;
use proptest::prelude::*;

use super::*;

#[path = "../../../tests/support/github_markdown.rs"]
mod github_markdown;

/// What a reader sees of HTML without tags, the gaps taken out.
fn seen(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace(GAP, "")
}

/// Texts that are likely to mean something to Markdown, HTML, GitHub or the runner.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("@alice"),
        Just("#12"),
        Just("GH-7"),
        Just("fixes "),
        Just("o/r#3"),
        Just("deadbeef0123456789"),
        Just("https://github.com/o/r/issues/1"),
        Just("www.example.com"),
        Just("a@b.example"),
        Just("&#64;bob"),
        Just("&commat;bob"),
        Just("&#x40;bob"),
        Just("&amp;#64;bob"),
        Just("<!-- followthrough:1 {} -->"),
        Just("-->"),
        Just("<img src=x>"),
        Just("![x](http://t.example/p.png)"),
        Just("[a](b)"),
        Just("[a]: b"),
        Just("|"),
        Just("\\"),
        Just("`"),
        Just("```"),
        Just("*"),
        Just("_"),
        Just("~~"),
        Just("$"),
        Just("#"),
        Just("##[error]"),
        Just("::error::"),
        Just("\n"),
        Just("\r"),
        Just("\r\n"),
        Just("\n\n"),
        Just("\t"),
        Just(" "),
        Just("    "),
        Just("- "),
        Just("+ "),
        Just("1. "),
        Just("> "),
        Just("==="),
        Just("---"),
        Just("[ ] "),
        Just("[^1]"),
        Just("%0A"),
        Just(","),
        Just("完了"),
        Just("e\u{301}"),
        Just("👩‍👩‍👧"),
        Just("\u{202e}"),
        Just("\u{1b}[31m"),
        Just("\0"),
        Just("word"),
        Just("</details>"),
    ];
    let pieces = prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 1 => any::<String>()]
}

proptest! {
    #[test]
    fn g5_text_in_a_paragraph_is_one_paragraph_of_text(text in nasty()) {
        let html = markdown_to_html(&markdown_inline(&text), &github_markdown::options());
        let line = plain_line(&text);
        let expected = if line.is_empty() { String::new() } else { format!("<p>{line}</p>\n") };
        prop_assert_eq!(seen(&html), seen(&expected));
    }

    #[test]
    fn g5_text_in_a_cell_stays_in_its_cell(text in nasty()) {
        let inner = markdown_inline(&text);
        let table = format!("| a | b |\n| --- | --- |\n| {inner} | {} |\n", code_span(&text));
        let html = markdown_to_html(&table, &github_markdown::options());
        prop_assert_eq!(html.matches("<td").count(), 2, "{}", html);
        prop_assert_eq!(html.matches("<tr").count(), 2, "{}", html);
        for tag in ["<a", "<img", "<!--", "<p", "<em", "<strong", "<del", "<input", "<script"] {
            prop_assert!(!html.contains(tag), "{} in {}", tag, html);
        }
        let line = plain_line(&text);
        prop_assert!(seen(&html).contains(&format!("<td>{}</td>", seen(&line))), "{}", html);
    }

    #[test]
    fn g5_text_in_link_text_stays_there(text in nasty(), address in nasty()) {
        let link = markdown_link(&format!("x{}", markdown_inline(&text)), &format!("https://e.example/{address}"));
        let html = markdown_to_html(&format!("- {link} end\n"), &github_markdown::options());
        prop_assert_eq!(html.matches("<a href=\"https://e.example/").count(), 1, "{}", html);
        prop_assert!(html.contains("</a> end"), "{}", html);
        prop_assert_eq!(html.matches("<li").count(), 1, "{}", html);
    }

    #[test]
    fn g5_nothing_that_github_links_is_left_whole(text in nasty()) {
        let line = plain_line(&text);
        let chars: Vec<char> = line.chars().collect();
        for (at, c) in chars.iter().enumerate() {
            if matches!(c, '@' | '#') {
                prop_assert_eq!(chars.get(at + 1), Some(&GAP));
            }
        }
        prop_assert!(!line.contains("://"));
        prop_assert!(!line.to_lowercase().contains("www."));
        prop_assert!(line.split(|c: char| !c.is_ascii_hexdigit()).all(|run| run.len() <= LONGEST_HARMLESS_HEX));
        let control = ['\n', '\r', '\0', '\u{1b}', '\u{202e}'];
        prop_assert!(!line.contains(control));
    }

    #[test]
    fn g5_a_block_of_code_ends_where_it_should(text in nasty()) {
        let html = markdown_to_html(&format!("{}\nafter\n", code_block(&text, "diff")), &github_markdown::options());
        prop_assert!(html.ends_with("</code></pre>\n<p>after</p>\n"), "{}", html);
        prop_assert_eq!(html.matches("<pre").count(), 1);
    }

    #[test]
    fn g5_a_workflow_command_gets_no_second_line_and_no_second_command(text in nasty()) {
        let command = format!("::warning title={}::{}", workflow_property(&text), workflow_data(&text));
        prop_assert_eq!(command.lines().count(), 1);
        prop_assert!(!command.contains("##["));
        let property = workflow_property(&text);
        prop_assert!(!property.contains([':', ',']));
        let back = workflow_data(&text).replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%");
        let breaks = ['\n', '\r'];
        let shown: String = text.chars().map(|c| if breaks.contains(&c) { c } else { visible(c) }).collect();
        prop_assert_eq!(back.replace(GAP, ""), shown.replace(GAP, ""));
    }

    #[test]
    fn g5_a_log_line_is_no_workflow_command(text in nasty()) {
        let logged = log_lines(&format!("{text}\n{}", terminal_line(&text)));
        prop_assert!(!logged.contains("##["));
        prop_assert!(logged.lines().all(|line| !line.trim_start().starts_with("::")), "{}", logged);
    }

    #[test]
    fn a_line_that_is_passed_on_as_it_is_has_nothing_to_break(text in nasty()) {
        if super::is_harmless_line(&text) {
            prop_assert_eq!(log_lines(&super::one_line(&text)), text);
        }
    }

    #[test]
    fn a_cut_text_keeps_the_limit(text in nasty(), limit in 0_usize..40) {
        prop_assert!(truncate_chars(&text, limit, "…cut").chars().count() <= limit);
        prop_assert!(truncate_line(&text, limit).chars().count() <= limit);
    }
}

#[test]
fn text_that_means_nothing_to_markdown_stays_as_it_is() {
    for text in [
        "Add memory monitoring",
        "完了 (10 % of all)",
        "use \"x\": 3.5 s!",
        "a-b",
    ] {
        assert_eq!(markdown_inline(text), text);
    }
}

#[test]
fn a_cut_falls_on_a_line_end() {
    let cut = truncate_chars("one\ntwo\nthree", 12, "[cut]");
    assert_eq!(cut, "one\n[cut]");
}

#[test]
fn a_cut_line_tears_no_emoji() {
    assert_eq!(truncate_line("ab👩‍👩‍👧cd", 5), "ab…");
}

#[test]
fn a_path_becomes_an_address_that_asks_for_that_path() {
    assert_eq!(url_path("docs/a#b c/ü?.md"), "docs/a%23b%20c/%C3%BC%3F.md");
}
