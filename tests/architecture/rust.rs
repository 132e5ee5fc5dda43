//! Reads Rust sources just well enough to list the paths that they name, without comments and strings.

/// A path as written, with groups taken apart and `super` resolved as far as it leaves the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Its words; `crate` first where it starts at the root of the crate.
    pub(crate) path: Vec<String>,
    /// Line, from 1.
    pub(crate) line: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    /// `::`
    Step,
    Mark(char),
}

/// All paths in `text`, a file whose own module lies `depth` below the root of the crate.
pub(crate) fn mentions(text: &str, depth: usize) -> Vec<Mention> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    // Depths of the braces inside which an inline module stands.
    let (mut braces, mut modules) = (0, Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at].0 {
            Token::Mark('{') => {
                braces += 1;
                let opens_module = at >= 2
                    && tokens[at - 2].0 == Token::Word("mod".into())
                    && matches!(tokens[at - 1].0, Token::Word(_));
                if opens_module {
                    modules.push(braces);
                }
            }
            Token::Mark('}') => {
                if modules.last() == Some(&braces) {
                    modules.pop();
                }
                braces -= 1;
            }
            Token::Word(_) => {
                at = path(&tokens, at, &[], depth + modules.len(), &mut found);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads the path at `at`, groups included; gives the place behind it.
fn path(
    tokens: &[(Token, usize)],
    mut at: usize,
    before: &[String],
    depth: usize,
    found: &mut Vec<Mention>,
) -> usize {
    let mut words = before.to_vec();
    let line = tokens[at].1;
    loop {
        match tokens.get(at).map(|(token, _)| token) {
            Some(Token::Word(word)) => words.push(word.clone()),
            Some(Token::Mark('{')) => return group(tokens, at + 1, &words, depth, found),
            _ => break,
        }
        at += 1;
        if tokens.get(at).map(|(token, _)| token) != Some(&Token::Step) {
            break;
        }
        at += 1;
    }
    found.push(Mention {
        path: resolve(words, depth),
        line,
    });
    at
}

fn group(
    tokens: &[(Token, usize)],
    mut at: usize,
    before: &[String],
    depth: usize,
    found: &mut Vec<Mention>,
) -> usize {
    while let Some((token, _)) = tokens.get(at) {
        match token {
            Token::Mark('}') => return at + 1,
            Token::Word(_) => at = path(tokens, at, before, depth, found),
            _ => at += 1,
        }
    }
    at
}

/// Turns as many `super` as lead to the root of the crate into `crate`.
fn resolve(words: Vec<String>, depth: usize) -> Vec<String> {
    let steps = words.iter().take_while(|word| *word == "super").count();
    if steps > 0 && steps == depth {
        let rest = words.into_iter().skip(steps);
        return std::iter::once("crate".to_owned()).chain(rest).collect();
    }
    words
}

/// Words, `::` and other marks with their lines.
fn tokens(text: &str) -> Vec<(Token, usize)> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let end = skip(&chars, at);
        if end > at {
            line += chars[at..end].iter().filter(|c| **c == '\n').count();
            at = end;
        } else if is_word(chars[at]) {
            let end = (at..chars.len()).find(|i| !is_word(chars[*i]));
            let end = end.unwrap_or(chars.len());
            tokens.push((Token::Word(chars[at..end].iter().collect()), line));
            at = end;
        } else if chars[at..].starts_with(&[':', ':']) {
            tokens.push((Token::Step, line));
            at += 2;
        } else {
            tokens.push((Token::Mark(chars[at]), line));
            at += 1;
        }
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The place behind the blank, comment, string or character that starts at `at`; `at` where none does.
fn skip(chars: &[char], at: usize) -> usize {
    let here = &chars[at..];
    match here {
        [c, ..] if c.is_whitespace() => at + 1,
        ['/', '/', ..] => find(chars, at, &['\n']),
        ['/', '*', ..] => block_comment(chars, at),
        ['"', ..] => string(chars, at),
        ['b' | 'c', '"', ..] if !follows_word(chars, at) => string(chars, at + 1),
        ['r', '"' | '#', ..] if !follows_word(chars, at) => raw_string(chars, at),
        ['b' | 'c', 'r', '"' | '#', ..] if !follows_word(chars, at) => raw_string(chars, at + 1),
        ['\'', '\\', ..] => find(chars, at + 3, &['\'']) + 1,
        ['\'', _, '\'', ..] => at + 3,
        _ => at,
    }
}

fn follows_word(chars: &[char], at: usize) -> bool {
    at > 0 && is_word(chars[at - 1])
}

/// The place of the next `wanted` from `at`, or the end.
fn find(chars: &[char], at: usize, wanted: &[char]) -> usize {
    let mut rest = at..chars.len();
    rest.find(|i| chars[*i..].starts_with(wanted))
        .unwrap_or(chars.len())
}

fn block_comment(chars: &[char], start: usize) -> usize {
    let (mut at, mut open) = (start, 0);
    while at < chars.len() {
        if chars[at..].starts_with(&['/', '*']) {
            open += 1;
            at += 2;
        } else if chars[at..].starts_with(&['*', '/']) {
            open -= 1;
            at += 2;
            if open == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    at
}

fn string(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// `r"…"` and `r#"…"#`; `r#word` is no string and stays.
fn raw_string(chars: &[char], start: usize) -> usize {
    let hashes = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    let quote = start + 1 + hashes;
    if chars.get(quote) != Some(&'"') {
        return start;
    }
    let mut end = vec!['"'];
    end.extend(std::iter::repeat_n('#', hashes));
    (find(chars, quote + 1, &end) + end.len()).min(chars.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let found = mentions(text, 1);
        found
            .into_iter()
            .map(|found| found.path.join("::"))
            .collect()
    }

    #[test]
    fn groups_are_taken_apart() {
        assert_eq!(
            paths("use a::{b, c::{d, e}};"),
            ["use", "a::b", "a::c::d", "a::c::e"]
        );
    }

    #[test]
    fn comments_strings_and_characters_name_nothing() {
        let text =
            "// a\n/* b /* c */ d */ \"e \\\" f\" r#\"g \" h\"# b\"i\" 'j' '\\'' '\\n' k<'l>";
        assert_eq!(paths(text), ["k", "l"]);
    }

    #[test]
    fn lines_are_counted_through_comments_and_strings() {
        let found = mentions("/*\n*/ \"\n\" // x\nword", 1);
        assert_eq!(found[0].line, 4);
    }
}
