//! `init`: writes the workflows and a commented configuration, asks nothing, and overwrites nothing.

use chrono::NaiveDate;

use crate::{
    host::{Screen, disk},
    model::config::{CONFIG_PATH, CONFIG_PATHS},
};

use super::{
    exit::{Exit, Failure},
    session::Place,
};

/// The action as the workflows name it.
pub const ACTION: &str = concat!("followthrough/followthrough@v", env!("CARGO_PKG_VERSION"));

/// Path and text of every file that `init` writes, with `{{since}}` and `{{action}}` to be filled.
const TEMPLATES: [(&str, &str); 3] = [
    (CONFIG_PATH, include_str!("init/followthrough.yml")),
    (
        ".github/workflows/postmortems.yml",
        include_str!("init/postmortems.yml"),
    ),
    (
        ".github/workflows/postmortem-sweep.yml",
        include_str!("init/postmortem-sweep.yml"),
    ),
];

/// The files of a repository that adopts followthrough on `today`: path and text.
#[must_use]
pub fn files(today: NaiveDate) -> Vec<(&'static str, String)> {
    let since = today.to_string();
    TEMPLATES
        .iter()
        .map(|(path, text)| {
            (
                *path,
                text.replace("{{since}}", &since)
                    .replace("{{action}}", ACTION),
            )
        })
        .collect()
}

pub(super) fn init(place: &Place, today: NaiveDate, screen: &Screen) -> Result<Exit, Failure> {
    let mut kept = false;
    let other = CONFIG_PATHS
        .into_iter()
        .find(|path| *path != CONFIG_PATH && disk::read_text_in(&place.root, path).is_ok());
    for (path, text) in files(today) {
        // Of two configurations none could be preferred.
        if let Some(other) = other.filter(|_| path == CONFIG_PATH) {
            screen.result(&format!("kept   {other}, in place of {path}"));
        } else if disk::create(&place.root, path, &text)? {
            screen.result(&format!("wrote  {path}"));
        } else if disk::read_text(&place.root.join(path))? == text {
            screen.result(&format!("same   {path}"));
        } else {
            kept = true;
            screen.result(&format!(
                "kept   {path}, which is there already and says something else"
            ));
        }
    }
    if kept {
        screen.message(
            "To have a file written anew, move yours away and run `followthrough init` again.",
        );
    }
    screen.message(&format!(
        "Next: read {}, try `followthrough plan`, then commit the files and open a pull request.",
        other.unwrap_or(CONFIG_PATH)
    ));
    if !kept && other.is_none() {
        screen.message(&format!(
            "Postmortems dated {today} or later get issues; older ones are counted and listed, until you change `issues: since:`."
        ));
    }
    Ok(Exit::Fine)
}
