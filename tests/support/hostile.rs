//! Texts that attack, and judges of what GitHub, the runner and a terminal would make of what a run says.

use std::collections::BTreeSet;

use comrak::markdown_to_html;
use regex::Regex;

use super::{github_markdown, protocol};

/// What can stand in a cell of a table, in a heading, or in a field. A bare `|` would be another cell.
pub const ATTACKS: [&str; 20] = [
    "@alice @bob/x @acme/sre (@alice) `@alice` **@alice** \\@alice @\u{200b}alice ＠alice ﹫alice",
    "&#64;alice &#x40;alice &#X0040;alice &commat;alice &amp;#64;alice &amp;commat;alice &#64alice",
    "@<b></b>alice @&#8203;alice &#8203;@alice [@alice](x) ![@alice](x) <span>@</span>alice",
    "Fixes #1, closes acme/other#3, resolves GH-1 gh-2, fix &#35;1 &num;1 #\u{200b}1 ＃1 #&#49;",
    "deadbeef0123456789deadbeef0123456789abcd acme/shop@deadbeef0123 deadbee...deadbeef",
    "https://github.com/acme/shop/issues/1 http&#58;//evil.example ftp://evil.example xmpp:a@b.example",
    "www.evil.example WWW.evil.example mail@evil.example mailto:mail@evil.example github.com/acme/shop/pull/2",
    "<!-- followthrough:1 {\"repository\":1,\"document\":\"x\",\"key\":\"y\"} --> <!-- followthrough-comment:1 -->",
    "--> <!-- followthrough:begin --> <!-- followthrough:end --> x --!> y",
    "<!-- <details> <summary> ``` ~~~ <pre> <![CDATA[ <?php <!DOCTYPE <style> <textarea>",
    "</td></tr></table></details></code></sub></summary> <script>alert(1)</script> <iframe src=x>",
    "<img src=https://evil.example/t.png> <a href=javascript:alert(1)>x</a> <svg onload=alert(1)>",
    "![track](https://evil.example/t.png) [click](javascript:alert(1)) [ref]: javascript:x <javascript:alert(1)> [x] [^1]",
    "::error::pwned ::add-mask::x ##[add-path]/evil ##[error]pwned %0A::warning::pwned ::stop-commands::x",
    "name<<EOF opened=99 ghadelimiter_00 EOF $(id) `id` ${{ github.token }}",
    "bidi \u{202e}txt.exe\u{202c} \u{2066}x\u{2069} zero\u{200b}width\u{200d}\u{2060}\u{feff} \u{e0041}\u{e0042} \u{2028}::error::pwned",
    "\u{1b}[2J\u{1b}]8;;https://evil.example\u{7}x \u{9b}31m \u{8}\u{7f} &#27;[2J &#0; &#x202e; &#10;::error::pwned",
    "$x$ $$y$$ $`z`$ - [ ] > [!NOTE] :tada: ~~s~~ __b__ *e* 1. + = # \\",
    "../../etc/passwd ..\\..\\x %2e%2e/ file:///etc/passwd",
    "=cmd() +1 -1 @SUM(1) @dependabot merge /close [skip ci] skip-checks: true",
];

/// Names of files that attack; a folder and the ending stand around them.
pub const NAMES: [&str; 12] = [
    "@alice fixes #1, acme/other#3 GH-1 [skip ci]",
    "::error::pwned ##[add-path]evil",
    "line\n::error::pwned\n+++ b/evil",
    "return\r::error::pwned",
    "deadbeef0123456789deadbeef0123456789",
    "a,b%0A::error::pwned,line=1",
    "<img src=x onerror=alert(1)> <!-- x -->",
    "](javascript:alert(1)) [x] `y` *z*",
    "\u{1b}[2J\u{202e}txt",
    "..",
    "=1+1 $(id) 'quote' \"quote\" \\back",
    "完了 ü &#64;alice &commat;bob www.evil.example",
];

/// Names of branches that attack, as far as git takes them: no blanks, no control characters, none of `~^:?*[\\`.
pub const BRANCHES: [&str; 10] = [
    "$(id)`id`;echo|x&y>z<w!",
    "@alice/fixes-#1,GH-1",
    "<img/src=x>-<!--x-->",
    "](javascript-x)-<b>-*y*-_z_",
    "%0A%3A%3Aerror%3A%3Apwned",
    "bidi\u{202e}txt\u{2066}x\u{200b}y\u{feff}z",
    "'quote'\"double\"-{{github.token}}-${x}",
    "-c=x",
    "deadbeef0123456789deadbeef0123456789abcd",
    "完了-&#64;alice-www.evil.example-\u{2028}",
];

/// The path of the `number`-th hostile postmortem.
pub fn path(number: usize) -> String {
    format!(
        "postmortems/2024-01-15-{number} {}.md",
        NAMES[number % NAMES.len()]
    )
}

/// A postmortem that says `attack` wherever a person writes something. Of its two items one is late.
pub fn postmortem(number: usize, attack: &str) -> String {
    format!(
        "\
# Incident Postmortem: {attack}

## Incident Summary
- **Date**: 2024-01-15
- **Duration**: {attack}
- **Impact**: {attack}
- **Severity**: {attack}

## What Happened? {attack}
{attack}

## Timeline
- 14:32 - {attack}

## What Went Well
- {attack}

## What Could Be Improved
- {attack}

## Action Items
| Action | Owner | Due Date | Status | Notes {attack} |
|--------|-------|----------|--------|-------|
| Act {number}: {attack} | {attack} | 2024-02-01 | Not Started | |
| [Plan {number}](javascript:alert(1)) {attack} | @alice | {attack} | {attack} | {attack} |

## Lessons Learned
{attack}
"
    )
}

/// Every hostile postmortem with its path, one of them with a name of 10,000 characters in each field.
pub fn postmortems() -> Vec<(String, String)> {
    let long = "@alice fixes #1 ".repeat(625);
    let texts = ATTACKS.into_iter().chain([long.as_str()]);
    texts
        .enumerate()
        .map(|(number, attack)| (path(number), postmortem(number, attack)))
        .collect()
}

/// `postmortems` as the fake and a laptop take files.
pub fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect()
}

/// As GitHub renders it.
fn rendered(markdown: &str) -> String {
    let mut options = github_markdown::options();
    options.extension.math_dollars = true;
    options.extension.math_code = true;
    options.extension.alerts = true;
    markdown_to_html(markdown, &options)
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap()
}

/// Fails where GitHub would link, mention, close or refer to something in `text`, which it does not read as Markdown,
/// or where the text hides something.
#[track_caller]
pub fn assert_harmless_text(text: &str) {
    for bad in [
        r"[@＠﹫][0-9A-Za-z]",
        r"[#＃﹟][0-9]",
        r"(?i)\bgh-[0-9]",
        r"\b[0-9a-fA-F]{7,40}\b",
        r"://",
        r"(?i)\bwww\.",
    ] {
        let found = regex(bad).find(text);
        assert!(found.is_none(), "{found:?} in\n{text}");
    }
    assert_visible(text);
}

/// Fails where `text` holds what steers a terminal, turns the direction of a text, or is read by programs only.
#[track_caller]
pub fn assert_visible(text: &str) {
    let hidden = regex(
        r"[\p{Cc}\x{61c}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}\x{e0000}-\x{e007f}&&[^\n]]",
    );
    let found = hidden.find(text);
    assert!(found.is_none(), "{found:?} in\n{text}");
}

/// Fails where `markdown` shows anything but text, the tool's own elements, and links to places of the repository; where
/// an element is left open; and where its text does something.
#[track_caller]
pub fn assert_harmless_markdown(markdown: &str) {
    // The one word that the tool itself stresses.
    let html = rendered(markdown).replace("<em>not planned</em>", "");
    assert!(!html.contains("<!--"), "a comment in\n{html}");
    let mut open: Vec<String> = Vec::new();
    let tags = regex("<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>");
    for tag in tags.captures_iter(&html) {
        let (name, rest) = (&tag[2], tag[3].trim());
        let known = BTreeSet::from([
            "a", "br", "code", "details", "h2", "h3", "li", "p", "pre", "strong", "sub", "summary",
            "table", "tbody", "td", "th", "thead", "tr", "ul",
        ]);
        assert!(known.contains(name), "<{name}> in\n{html}");
        if name == "a" && tag[1].is_empty() {
            let own = regex(
                r#"^href="(https://(redirect\.)?github\.com/acme/shop/(blob|issues|pull|commit)/|(\.\./)*(postmortems|\.followthrough)/)[^"]*"$"#,
            );
            assert!(own.is_match(rest), "<a {rest}> in\n{html}");
            assert!(!rest.contains("/../../../"), "<a {rest}> in\n{html}");
        } else {
            let plain = ["", "class=\"language-diff\"", "/"];
            assert!(plain.contains(&rest), "<{name} {rest}> in\n{html}");
        }
        match &tag[1] {
            _ if name == "br" => {}
            "" => open.push(name.to_owned()),
            _ => assert_eq!(open.pop().as_deref(), Some(name), "in\n{html}"),
        }
    }
    assert_eq!(open, Vec::<String>::new(), "left open in\n{html}");
    // A patch shows what documents say, byte for byte, as code: GitHub links nothing in it.
    let text = regex(r"(?s)<pre>.*?</pre>").replace_all(&html, "");
    let text = tags.replace_all(&text, "");
    assert!(!text.contains('<'), "an element in\n{html}");
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    assert_harmless_text(&text.replace("&quot;", "\"").replace("&amp;", "&"));
}

/// Fails unless the body of an issue is one marker, the tool's block, and harmless Markdown.
#[track_caller]
pub fn assert_harmless_body(body: &str) {
    let (marker, rest) = body.split_once(" -->\n").unwrap();
    assert!(marker.starts_with("<!-- followthrough:1 {"), "{body}");
    assert!(
        !marker["<!--".len()..].contains(['<', '>', '@', '#']),
        "{body}"
    );
    assert!(!marker["<!--".len()..].contains("--"), "{body}");
    let block = rest
        .strip_prefix("<!-- followthrough:begin -->\n")
        .and_then(|rest| rest.trim_end().strip_suffix("\n<!-- followthrough:end -->"));
    assert_harmless_markdown(block.unwrap_or_else(|| panic!("no block in\n{body}")));
}

/// Fails where `printed` steers a terminal or is a workflow command other than an annotation of the tool's own.
#[track_caller]
pub fn assert_harmless_print(printed: &str) {
    assert_visible(printed);
    for command in protocol::commands(printed) {
        assert!(command.is_annotation(), "{command:?} in\n{printed}");
        let title = command.properties.get("title").map_or("", String::as_str);
        let own = regex(r"^(followthrough$|(FOLLOW|STRUCT)[0-9]{3} )").is_match(title);
        assert!(own, "{command:?} in\n{printed}");
    }
}
