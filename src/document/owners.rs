//! Reads who promised: logins, teams, roles and people by name.

use std::sync::LazyLock;

use regex::Regex;

use super::{Vocabulary, fold::fold, fold::squeeze, inline::Inline};
use crate::model::{
    item::{Owner, Written},
    span::Span,
};

/// Reads the place of an owner. Words that say that nobody is named give nothing; a question mark is kept
/// as a text without an owner, since somebody asked.
pub(super) fn read(text: &str, span: Span, vocabulary: &Vocabulary) -> Option<Written<Vec<Owner>>> {
    let text = squeeze(text);
    let asks = !text.is_empty() && text.chars().all(|c| c == '?' || c == '？');
    if !asks && (vocabulary.is_placeholder(&text) || vocabulary.listed("unassigned", &fold(&text)))
    {
        return None;
    }
    let value = if asks { Vec::new() } else { split(&text) };
    Some(Written { value, text, span })
}

/// Several owners, by the usual separators.
fn split(text: &str) -> Vec<Owner> {
    static SEPARATOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\s*(?:[,;&+、，；]|\s/\s|/@|\s(?:(?i-u:and|und|et|y|with)|と)\s)\s*").ok()
    });
    let Some(separator) = SEPARATOR.as_ref() else {
        return Vec::new();
    };
    let marked = text.replace("/@", " / @");
    let mut owners = Vec::new();
    for part in separator.split(&marked) {
        let part = part.trim();
        if part.starts_with('@') || part.contains("://") {
            let logins = part.split(" @").enumerate();
            let logins = logins.map(|(at, login)| {
                if at == 0 {
                    login.to_owned()
                } else {
                    format!("@{login}")
                }
            });
            owners.extend(logins.filter_map(|login| one(login.trim())));
        } else {
            owners.extend(part.split('/').filter_map(|name| one(name.trim())));
        }
    }
    owners.dedup();
    owners
}

fn one(name: &str) -> Option<Owner> {
    if name.is_empty() || name.chars().all(|c| c == '?') {
        return None;
    }
    let Some(handle) = name.strip_prefix('@') else {
        return Some(Owner::Name(name.to_owned()));
    };
    let valid = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    Some(match handle.split_once('/') {
        Some((organisation, team)) if valid(organisation) && valid(team) => {
            Owner::Team(handle.to_owned())
        }
        None if valid(handle) => Owner::Login(handle.to_owned()),
        _ => Owner::Name(handle.to_owned()),
    })
}

/// `@login` that stands alone in a sentence: at its start or end, or in brackets of its own. Gives the
/// range of the text, the brackets excluded.
pub(super) fn mentioned(inline: &Inline) -> Option<std::ops::Range<usize>> {
    static HANDLES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"@[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:/[A-Za-z0-9._-]+)?(?-u:(?:\s*[,&/]\s*|\s+and\s+)@[A-Za-z0-9][A-Za-z0-9-]{0,38})*").ok()
    });
    let text = inline.text.as_str();
    let handles = HANDLES.as_ref().filter(|_| text.contains('@'))?;
    let end = super::links::suffix_start(inline);
    handles
        .find_iter(text)
        .map(|found| found.range())
        .find(|range| {
            let (before, after) = (
                text[..range.start].trim_end(),
                text[range.end..end.max(range.end)].trim_start(),
            );
            let glued = text[..range.start]
                .ends_with(|c: char| c.is_alphanumeric() || "._-/@".contains(c))
                || text[range.end..]
                    .starts_with(|c: char| c.is_alphanumeric() || "@_/".contains(c))
                || text[range.end..].starts_with('.')
                    && text[range.end + 1..].starts_with(|c: char| c.is_alphanumeric());
            let handle = &text[range.start + 1..range.end];
            let group = ["here", "channel", "everyone", "all", "media", "import"];
            if glued
                || group.contains(&handle.to_ascii_lowercase().as_str())
                || inline.in_code(range)
            {
                return false;
            }
            let opened = before.ends_with(['(', '[', '（']);
            let closed = after.starts_with([')', ']', '）']);
            let bracketed = opened && (closed || after.starts_with([',', ';']))
                || closed && before.ends_with([',', ';']);
            let dashed = before.ends_with(['-', '–', '—', '→', '>', ':', '|']);
            let last_before = super::links::last_words(before, 8).to_ascii_lowercase();
            let spoken = ["to", "with", "from", "for", "of", "ask", "via", "and", "or"]
                .iter()
                .any(|word| {
                    last_before.ends_with(&format!(" {word}")) || before.eq_ignore_ascii_case(word)
                });
            let last = after.trim_matches(['.', ' ', ')', ']']).is_empty() && !spoken;
            let team = handle.contains('/') && !handle.contains(['@', ',']);
            bracketed || dashed && !team || (before.is_empty() || last) && !team
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::inline::References, model::config::Config};

    fn owners(text: &str) -> Option<Vec<Owner>> {
        read(text, Span::default(), &Vocabulary::new(&Config::default())).map(|owners| owners.value)
    }

    fn mention(text: &str) -> Option<&str> {
        let inline = Inline::paragraph(text, &[Span::new(0, text.len())], &References::new());
        mentioned(&inline).map(|range| &text[range])
    }

    #[test]
    fn several_owners_are_told_apart() {
        let names = |names: &[&str]| {
            names
                .iter()
                .map(|name| Owner::Name((*name).to_owned()))
                .collect::<Vec<_>>()
        };
        assert_eq!(owners("SRE / platform"), Some(names(&["SRE", "platform"])));
        assert_eq!(owners("Ann and Bob"), Some(names(&["Ann", "Bob"])));
        assert_eq!(
            owners("@a, @o/team"),
            Some(vec![Owner::Login("a".into()), Owner::Team("o/team".into())])
        );
    }

    #[test]
    fn nobody_is_nobody() {
        for text in ["", "-", "TBD", "unassigned", "要アサイン", "N/A"] {
            assert_eq!(owners(text), None, "{text}");
        }
        assert_eq!(owners("???"), Some(Vec::new()));
    }

    #[test]
    fn a_mention_is_an_owner_only_where_it_stands_alone() {
        assert_eq!(mention("Add an alert (@ann)"), Some("@ann"));
        assert_eq!(mention("@ann: add an alert"), Some("@ann"));
        assert_eq!(mention("Add an alert - @ann, @bob"), Some("@ann, @bob"));
        assert_eq!(mention("Add an alert (@acme/sre)"), Some("@acme/sre"));
        for text in [
            "pin pkg@1.2",
            "mail user@host",
            "upgrade @babel/core",
            "ping @here",
            "ask @ann to add an alert",
            "`@ann`",
            "talk to @ann",
        ] {
            assert_eq!(mention(text), None, "{text}");
        }
    }
}
