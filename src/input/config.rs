//! Text → [`Config`], with every mistake shown at its place.

mod places;
mod values;
mod words;

use std::{fmt, ops::Range, path::Path};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_saphyr::{Error, Options, Spanned};

use self::{places::Node, words::Words};
use super::InputError;
use crate::{
    host::{HostError, disk},
    model::{
        config::{CONFIG_PATH, CONFIG_PATHS, Complaint, Config},
        span::{LineIndex, Position},
    },
};

/// Everything that is wrong with a configuration. Displays with the lines concerned and a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Where the configuration stands.
    pub path: String,
    /// At least one mistake, in the order found.
    pub mistakes: Vec<Mistake>,
}

/// One mistake in a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where, where that is known.
    pub position: Option<Position>,
    /// What is wrong.
    pub message: String,
    /// What to do, where the message does not say it.
    pub help: Option<String>,
    shown: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: Vec<&str> = self.mistakes.iter().map(|one| one.shown.as_str()).collect();
        f.write_str(&shown.join("\n\n"))
    }
}

impl std::error::Error for ConfigError {}

/// Where the configuration comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// The usual place under the root; defaults where nothing is there.
    Usual,
    /// A file that somebody named, relative to the working directory.
    Named(&'a Path),
    /// A text read elsewhere, such as from the base branch of a pull request; `None` where none is there.
    Text(Option<&'a str>),
}

/// What the stage of rules knows about a configuration.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The ids and names of the rules that come along.
    pub names: &'a [&'a str],
    /// Everything about the rules of the configuration itself that cannot be meant.
    pub complaints: fn(&Config) -> Vec<Complaint>,
}

/// Reads the configuration.
///
/// # Errors
/// A named file that is missing; a file that is no text; mistakes in the configuration.
pub fn load(
    root: &Path,
    working_directory: &Path,
    source: Source<'_>,
    rules: Rules<'_>,
) -> Result<Config, InputError> {
    let (path, text) = match source {
        Source::Text(None) => return Ok(Config::default()),
        Source::Text(Some(text)) => (CONFIG_PATH.to_owned(), text.to_owned()),
        Source::Named(path) => {
            let text = disk::read_text(&working_directory.join(path))?;
            (path.display().to_string(), text)
        }
        Source::Usual => match usual(root)? {
            None => return Ok(Config::default()),
            Some(found) => found,
        },
    };
    Ok(parse(&path, &text, rules)?)
}

/// Path and text of the configuration at its usual place.
fn usual(root: &Path) -> Result<Option<(String, String)>, InputError> {
    let mut found: Option<(String, String)> = None;
    for path in CONFIG_PATHS {
        // A link out of the repository is refused, since mistakes are shown with their lines.
        let inside = match disk::relative(root, root, Path::new(path)) {
            Err(HostError::Missing { .. }) => continue,
            inside => inside?,
        };
        let text = disk::read_text_in(root, &inside)?;
        if let Some((first, _)) = found {
            return Err(InputError::TwoConfigurations {
                first,
                second: path.to_owned(),
            });
        }
        found = Some((path.to_owned(), text));
    }
    Ok(found)
}

/// Reads the configuration `text` that stands at `path`.
///
/// # Errors
/// The first mistake of syntax or type, else all values that cannot be meant.
pub fn parse(path: &str, text: &str, rules: Rules<'_>) -> Result<Config, ConfigError> {
    let text = text.trim_start_matches('\u{feff}');
    let page = Page {
        path,
        text,
        lines: LineIndex::new(text),
    };
    let failed = |error: &Error| ConfigError {
        path: path.to_owned(),
        mistakes: vec![page.mistake(error)],
    };
    let shape: Option<Spanned<Node>> = read(text).map_err(|error| failed(&error))?;
    let Some(shape) = shape.filter(|shape| !matches!(shape.value, Node::Null)) else {
        return Ok(Config::default());
    };
    let config: Config = read(text).map_err(|error| failed(&error))?;
    let mut complaints = values::complaints(&config, rules.names);
    complaints.extend((rules.complaints)(&config));
    let mistakes: Vec<Mistake> = complaints
        .into_iter()
        .map(|complaint| {
            let path: Vec<&str> = complaint.path.iter().map(String::as_str).collect();
            let place = if complaint.at_key {
                shape.value.key(&path)
            } else {
                shape.value.value(&path)
            };
            let place = place.map(|place| places::bytes(text, &page.lines, place));
            let words = Words {
                message: complaint.message,
                help: complaint.help,
            };
            page.shown(words, place)
        })
        .collect();
    if mistakes.is_empty() {
        return Ok(config);
    }
    Err(ConfigError {
        path: path.to_owned(),
        mistakes,
    })
}

fn read<'de, T: serde::Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    let mut options = Options::default();
    // Else `yes` and `off` would be switches where a word is meant.
    options.strict_booleans = true;
    serde_saphyr::from_str_with_options(text, options)
}

/// The text of a configuration, to show lines of it.
struct Page<'a> {
    path: &'a str,
    text: &'a str,
    lines: LineIndex,
}

impl Page<'_> {
    fn mistake(&self, error: &Error) -> Mistake {
        let place = error.location();
        let place = place.map(|place| places::bytes(self.text, &self.lines, place));
        let rest = place.as_ref().map(|place| place.start..self.text.len());
        let rest = rest.and_then(|rest| self.text.get(rest));
        self.shown(words::of(error, rest.unwrap_or_default()), place)
    }

    fn shown(&self, words: Words, place: Option<Range<usize>>) -> Mistake {
        let title = Level::ERROR.primary_title(words.message.as_str());
        let mut group = Group::with_title(title);
        let position = place
            .as_ref()
            .map(|place| self.lines.position(self.text, place.start));
        if let (Some(place), Some(position)) = (place, position) {
            let line = self.lines.span(self.text, position.line);
            let mark = place.start - line.start..place.end.min(line.end) - line.start;
            group = group.element(
                Snippet::source(line.of(self.text))
                    .line_start(position.line)
                    .path(self.path)
                    .annotation(AnnotationKind::Primary.span(mark)),
            );
        } else {
            group = group.element(Level::NOTE.message(format!("in {}", self.path)));
        }
        if let Some(help) = &words.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let shown = Renderer::plain().render(&[group]);
        Mistake {
            position,
            shown,
            message: words.message,
            help: words.help,
        }
    }
}

#[cfg(test)]
mod tests;
