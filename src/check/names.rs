//! Tells people from products, services and plain nouns with a capital letter.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{Context, wording::Hit};
use crate::{document::Document, model::config::Level};

/// First words of sentences that name nobody.
static NOBODY: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("names.txt").lines();
    let words = lines.filter(|line| !line.starts_with('#'));
    words.flat_map(str::split_whitespace).collect()
});

/// Endings of nouns that are no names.
const ENDINGS: [&str; 16] = [
    "tion", "sion", "ment", "ness", "ance", "ence", "ing", "ware", "ability", "ility", "base",
    "ism", "age", "ship", "ops", "tests",
];

/// Passes over what is not told of a person.
pub(super) fn judge(hit: &Hit<'_>, document: &Document, context: &Context<'_>) -> Level {
    let Some(name) = hit.group("name") else {
        return Level::Off;
    };
    let names = &context.config.names;
    let is_listed = |list: &[String]| list.iter().any(|known| is_called(name, known));
    if is_listed(&names.people) {
        Level::Error
    } else if is_listed(&names.allow)
        || is_bot(name)
        || !name.starts_with('@') && is_noun(name, document)
    {
        Level::Off
    } else {
        Level::Error
    }
}

/// Whether somebody called `name` in full, or by its first word, is called `known`.
fn is_called(name: &str, known: &str) -> bool {
    let (name, known) = (name.trim_start_matches('@'), known.trim_start_matches('@'));
    let first = name.split(' ').next().unwrap_or_default();
    [name, first]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(known))
}

fn is_bot(name: &str) -> bool {
    name.ends_with("bot") || name.ends_with("-ci")
}

/// Whether the first word is known to be no name, or is used like a noun in the document: in small letters, or with an
/// article.
fn is_noun(name: &str, document: &Document) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    let small = first.to_lowercase();
    let singular = small.strip_suffix('s').unwrap_or(&small);
    let is_known = [small.as_str(), singular]
        .iter()
        .any(|word| NOBODY.contains(word));
    is_known
        || ENDINGS.iter().any(|ending| small.ends_with(ending))
        || stands_alone(&document.text, &small)
        || ["the ", "The ", "a ", "A ", "an ", "our ", "Our "]
            .iter()
            .any(|article| stands_alone(&document.text, &format!("{article}{first}")))
}

/// Whether `words` stand in the text, and not as a part of longer ones.
fn stands_alone(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '/' | '.' | '-');
        !text[..at].ends_with(is_part)
            && !text[at + words.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
    })
}
