//! Where in a YAML text each key and value stands.

use std::{fmt, ops::Range};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::{Location, Spanned};

use crate::model::span::LineIndex;

/// A YAML value without its contents: only the shape and the places.
#[derive(Debug)]
pub(super) enum Node {
    Map(Vec<(Spanned<String>, Spanned<Node>)>),
    List(Vec<Spanned<Node>>),
    Scalar,
    Null,
}

impl Node {
    /// The place of the value at `path`: keys of maps, or numbers of list entries. Where the last step
    /// is a key that does not stand in the text, the place of the value around it.
    pub(super) fn value(&self, path: &[&str]) -> Option<Location> {
        self.find(path).map(|(_, value)| value)
    }

    /// The place of the last key of `path`.
    pub(super) fn key(&self, path: &[&str]) -> Option<Location> {
        self.find(path).map(|(key, _)| key)
    }

    fn find(&self, path: &[&str]) -> Option<(Location, Location)> {
        let (step, rest) = path.split_first()?;
        let (key, value) = match self {
            Self::Map(entries) => {
                let (key, value) = entries.iter().find(|(key, _)| key.value == *step)?;
                (key.referenced, value)
            }
            Self::List(entries) => {
                let value = entries.get(step.parse::<usize>().ok()?)?;
                (value.referenced, value)
            }
            Self::Scalar | Self::Null => return None,
        };
        if rest.is_empty() {
            return Some((key, value.referenced));
        }
        value.value.find(rest).or(Some((key, value.referenced)))
    }
}

/// The bytes of `text` at `location`; at least one character where the line has any.
pub(super) fn bytes(text: &str, lines: &LineIndex, location: Location) -> Range<usize> {
    let number = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
    let line = lines.span(text, number(location.line()).clamp(1, lines.count()));
    let inside = line.of(text);
    let step = |chars: usize| {
        let found = inside.char_indices().nth(chars);
        line.start + found.map_or(inside.len(), |(at, _)| at)
    };
    let first = number(location.column()).saturating_sub(1);
    let start = step(first);
    let length = number(location.span().len()).max(1);
    start..step(first.saturating_add(length)).max(start)
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Shape)
    }
}

struct Shape;

impl<'de> Visitor<'de> for Shape {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Map(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = list.next_element()? {
            entries.push(entry);
        }
        Ok(Node::List(entries))
    }

    fn visit_str<E>(self, _: &str) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }
}
