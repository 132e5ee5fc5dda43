//! Standard output and error. A reader that went away, such as `head`, is no error.

use std::io::{self, Write};

/// Where a run speaks.
#[derive(Debug, Default)]
pub struct Screen {
    _private: (),
}

impl Screen {
    /// The standard streams of the process.
    #[must_use]
    pub const fn of_process() -> Self {
        Self { _private: () }
    }

    /// Writes a result to standard output, with a line end behind it where there is none.
    pub fn result(&self, text: &str) {
        write_lines(&mut io::stdout().lock(), text);
    }

    /// Writes a message about the run to standard error.
    pub fn message(&self, text: &str) {
        write_lines(&mut io::stderr().lock(), text);
    }
}

fn write_lines(stream: &mut impl Write, text: &str) {
    if text.is_empty() {
        return;
    }
    let end = if text.ends_with('\n') { "" } else { "\n" };
    // A stream that takes nothing more leaves nobody to tell.
    let _ = stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.write_all(end.as_bytes()))
        .and_then(|()| stream.flush());
}
