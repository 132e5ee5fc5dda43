//! Makes text from documents harmless wherever it is shown: Markdown, HTML, terminals, workflow commands.
//!
//! Such text must notify nobody (`@name`), reference no issue or commit (`#1`, `GH-1`, a SHA, an address),
//! leave its place in Markdown or HTML, hold no comment or image, and start no workflow command. What
//! GitHub links by itself is broken by a zero-width space, which people do not see.

mod references;
mod truncate;

use std::{borrow::Cow, fmt::Write as _};

pub use truncate::{truncate_chars, truncate_line};

/// Invisible, and not part of any login, number, SHA or address.
const GAP: char = '\u{200b}';

/// GitHub reads seven to forty hexadecimal digits as a commit.
const LONGEST_HARMLESS_HEX: usize = 6;

/// `text` on one line, blanks collapsed, with everything broken that GitHub would turn into a mention,
/// reference or link, and nothing escaped: for titles of issues, which GitHub does not read as Markdown.
///
/// Character references (`&#64;`) are decoded first, so that none becomes a mention later.
#[must_use]
pub fn plain_line(text: &str) -> String {
    let chars: Vec<char> = one_line(&references::decoded(text)).chars().collect();
    let mut line = String::with_capacity(chars.len() + 8);
    let mut hex = 0;
    for (at, &c) in chars.iter().enumerate() {
        line.push(c);
        let rest = &chars[at + 1..];
        hex = if c.is_ascii_hexdigit() { hex + 1 } else { 0 };
        let too_long =
            hex == LONGEST_HARMLESS_HEX && rest.first().is_some_and(char::is_ascii_hexdigit);
        if too_long || links_with_next(&chars[..=at], rest) {
            line.push(GAP);
            hex = 0;
        }
    }
    line
}

/// `text` as Markdown that shows exactly its characters, on one line: inside a paragraph, heading, list item,
/// link text, table cell or HTML element, at its start or in its middle. Harmless as [`plain_line`] is.
#[must_use]
pub fn markdown_inline(text: &str) -> String {
    let line = plain_line(text);
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let digits = line.len() - number;
    let mut safe = String::with_capacity(line.len() + 16);
    for (at, c) in line.char_indices() {
        let starts_block = match c {
            '-' | '+' | '=' => at == 0,
            '.' | ')' => digits > 0 && at == digits,
            _ => false,
        };
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // A backslash would do in a table, but `\\|` is read differently by different parsers.
            '|' => safe.push_str("&#124;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' | '#' => {
                safe.push('\\');
                safe.push(c);
            }
            _ if starts_block => {
                safe.push('\\');
                safe.push(c);
            }
            _ => safe.push(c),
        }
    }
    safe
}

/// `text` as code on one line, wherever [`markdown_inline`] may stand; empty for an empty text.
///
/// The HTML element is used, since backticks cannot hold a `|` in a table, and since GitHub's e-mails
/// mention people from within backticks (dependabot/dependabot-core#2982).
#[must_use]
pub fn code_span(text: &str) -> String {
    let inner = markdown_inline(text);
    if inner.is_empty() {
        return inner;
    }
    format!("<code>{inner}</code>")
}

/// `text` as a fenced block of code, unchanged but for control characters, with a fence that no line of it can end.
#[must_use]
pub fn code_block(text: &str, language: &str) -> String {
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let shown: String = text
        .chars()
        .map(|c| {
            if c == '\n' || c == '\t' {
                c
            } else {
                visible(c)
            }
        })
        .collect();
    let end = if shown.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{shown}{end}{fence}\n")
}

/// A Markdown link; `label` is Markdown already, such as that of [`markdown_inline`]. Without an address, the label alone.
#[must_use]
pub fn markdown_link(label: &str, address: &str) -> String {
    if address.is_empty() {
        return label.to_owned();
    }
    let mut safe = String::with_capacity(address.len());
    for c in address.chars() {
        let in_the_way = c.is_control() || c.is_whitespace() || "<>()[]|\\`\"'*~".contains(c);
        if in_the_way {
            encode_percent(c, &mut safe);
        } else if c == '&' {
            safe.push_str("&amp;");
        } else {
            safe.push(c);
        }
    }
    format!("[{label}]({safe})")
}

/// `path` as the path of an address: every segment percent-encoded, the slashes kept.
#[must_use]
pub fn url_path(path: &str) -> String {
    let mut safe = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '/') {
            safe.push(c);
        } else {
            encode_percent(c, &mut safe);
        }
    }
    safe
}

/// `text` as the message of a workflow command; line breaks survive, and nothing else that steers a terminal. The older
/// `##[command]` form is broken too.
///
/// The escapes are those of the runner: `%`, carriage return and line feed.
#[must_use]
pub fn workflow_data(text: &str) -> String {
    let shown: String = text
        .chars()
        .map(|c| {
            if matches!(c, '\n' | '\r') {
                c
            } else {
                visible(c)
            }
        })
        .collect();
    break_brackets(&shown)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// `text` as a property of a workflow command, where `:` and `,` are escaped as well.
#[must_use]
pub fn workflow_property(text: &str) -> String {
    workflow_data(text).replace(':', "%3A").replace(',', "%2C")
}

/// `text` on one line of a commit's message: no reference, no keyword that closes an issue, and none such as `[skip ci]`
/// that keeps checks from running.
#[must_use]
pub fn commit_line(text: &str) -> String {
    plain_line(text).replace('[', &format!("[{GAP}"))
}

/// A finished JSON text whose strings are the same and in which nothing is a workflow command or steers a terminal.
#[must_use]
pub fn json_text(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    // Neither can stand outside strings, and inside an escape stands for the same character.
    for c in json.replace("##[", "#\\u0023[").chars() {
        if is_hidden(c) && c != '\n' {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing into a string cannot fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

/// `text` on one line for a terminal or a log: control and direction characters are shown as `�`, and no runner
/// reads a workflow command in it.
#[must_use]
pub fn terminal_line(text: &str) -> String {
    if is_harmless_line(text) {
        return text.to_owned();
    }
    log_lines(&one_line(text))
}

/// As [`terminal_line`], but for a text of several lines whose blanks stay as they are.
#[must_use]
pub fn terminal_lines(text: &str) -> String {
    let shown: String = text
        .chars()
        .map(|c| if c == '\n' { c } else { visible(c) })
        .collect();
    log_lines(&shown)
}

/// A finished text of several lines that may be coloured: no line of it is a workflow command, and of the characters
/// that steer a terminal only those that begin a colour stay. Pass what comes from documents through [`terminal_line`] first.
#[must_use]
pub fn log_lines(text: &str) -> String {
    let hidden = |c: char| is_hidden(c) && c != '\n' && c != '\u{1b}';
    let mut text = break_brackets(text);
    if text.contains(hidden) {
        text = Cow::Owned(text.replace(hidden, "\u{fffd}"));
    }
    if !text.contains("::") {
        return text.into_owned();
    }
    let mut safe = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let start = line.len() - line.trim_start().len();
        match line[start..].strip_prefix("::") {
            Some(rest) => {
                let _ = write!(safe, "{}:{GAP}:{rest}", &line[..start]);
            }
            None => safe.push_str(line),
        }
    }
    safe
}

/// Whether GitHub would make a link or mention of what `before` ends with and `rest` begins with.
fn links_with_next(before: &[char], rest: &[char]) -> bool {
    let ends_with = |word: &str| {
        let word: Vec<char> = word.chars().collect();
        before.len() >= word.len()
            && before[before.len() - word.len()..]
                .iter()
                .zip(&word)
                .all(|(have, want)| have.eq_ignore_ascii_case(want))
    };
    match before.last() {
        // The wide and small forms of both become them where a text is normalised.
        Some('@' | '\u{ff20}' | '\u{fe6b}' | '#' | '\u{ff03}' | '\u{fe5f}') => true,
        Some(':') => rest.starts_with(&['/', '/']),
        Some('w' | 'W') => rest.first() == Some(&'.') && ends_with("www"),
        // `GH-12` is an issue to GitHub.
        Some('h' | 'H') => {
            rest.first() == Some(&'-')
                && rest.get(1).is_some_and(char::is_ascii_digit)
                && ends_with("gh")
        }
        _ => false,
    }
}

/// Control characters, those that turn the direction of the text around them, and those in which a text can hide that
/// only programs read, as `�`. Joiners and the zero-width space stay: scripts and emoji are made of them.
fn visible(c: char) -> char {
    if is_hidden(c) {
        char::REPLACEMENT_CHARACTER
    } else {
        c
    }
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Blanks and line breaks of every kind collapsed to single spaces, none at the ends.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        if word.bytes().all(|byte| byte.is_ascii_graphic()) {
            line.push_str(word);
        } else {
            line.extend(word.chars().map(visible));
        }
    }
    line
}

/// Whether a text is surely one line in which a terminal and a runner see nothing but its letters, as most are.
fn is_harmless_line(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        let is_harmless = match c {
            ' ' => before != ' ',
            // Both are read in pairs only.
            '#' | ':' => before != c,
            c if c.is_ascii() => c.is_ascii_graphic(),
            c => !c.is_whitespace() && !is_hidden(c),
        };
        if !is_harmless {
            return false;
        }
        before = c;
    }
    before != ' '
}

fn break_brackets(text: &str) -> Cow<'_, str> {
    if text.contains("##[") {
        Cow::Owned(text.replace("##[", &format!("#{GAP}#[")))
    } else {
        Cow::Borrowed(text)
    }
}

fn encode_percent(c: char, out: &mut String) {
    let mut bytes = [0; 4];
    for byte in c.encode_utf8(&mut bytes).bytes() {
        // Writing into a string cannot fail.
        let _ = write!(out, "%{byte:02X}");
    }
}

#[cfg(test)]
mod tests;
