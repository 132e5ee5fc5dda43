//! Markdown as GitHub's site renders it, for judges of what a reader would see.

use comrak::Options;

/// Tables, bare addresses, struck text, tasks and footnotes; HTML as it is written.
pub(super) fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.render.r#unsafe = true;
    options
}
