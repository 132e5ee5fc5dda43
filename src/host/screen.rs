//! Standard output and error, and the progress of long work. A reader that went away, such as `head`, is no error.

use std::{
    cell::Cell,
    fmt,
    io::{self, Write},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::model::escape::{terminal_line, terminal_lines};

/// How long work is silent in a log before it says where it stands, and between two such lines.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a run speaks.
pub struct Screen {
    /// One line on a terminal that is overwritten; nothing elsewhere.
    line: ProgressBar,
    /// Whether the line is on the terminal.
    shown: Cell<bool>,
    /// When a log last heard of the work.
    told: Cell<Option<Instant>>,
}

impl Screen {
    /// The standard streams of the process.
    #[must_use]
    pub fn of_process() -> Self {
        let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        // A template that were wrong would leave the library's own, which is as good.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
            line.set_style(style);
        }
        Self {
            line,
            shown: Cell::new(false),
            told: Cell::new(None),
        }
    }

    /// Writes a result to standard output, with a line end behind it where there is none.
    pub fn result(&self, text: &str) {
        self.clear();
        write_lines(&mut io::stdout().lock(), text);
    }

    /// Writes a message about the run to standard error. Names of files and words of a host stand in messages, so
    /// nothing in one steers the terminal or is a workflow command.
    pub fn message(&self, text: &str) {
        self.clear();
        write_lines(&mut io::stderr().lock(), &terminal_lines(text));
    }

    /// Says what the run is at: on a terminal in a line that the next one replaces, elsewhere only where the work
    /// takes long.
    pub fn progress(&self, text: &str) {
        let text = &terminal_line(text);
        if self.line.is_hidden() {
            let now = Instant::now();
            let since = *self.told.get().get_or_insert(now);
            let is_long = now.duration_since(since) >= PATIENCE;
            self.told.set(Some(if is_long { now } else { since }));
            if is_long {
                write_lines(&mut io::stderr().lock(), text);
            }
            return;
        }
        self.line.set_message(text.to_owned());
        if !self.shown.replace(true) {
            self.line.reset();
        }
        self.line.tick();
    }

    fn clear(&self) {
        if self.shown.replace(false) {
            self.line.finish_and_clear();
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.clear();
    }
}

impl fmt::Debug for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Screen").finish_non_exhaustive()
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
