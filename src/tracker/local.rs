//! The embedded tracker: a folder in which every issue is a Markdown file.

/// Where the issues live, relative to the root of the repository.
pub const FOLDER: &str = ".followthrough/issues";
