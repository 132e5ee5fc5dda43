//! The log of a run on standard error: each call to a host, never a token or a body.

use std::io::{self, Write};

use tracing_subscriber::{
    EnvFilter,
    filter::{LevelFilter, filter_fn},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::model::escape::terminal_lines;

/// The module whose lines are shown. Libraries that carry requests may print headers and bodies, and what they print
/// changes with their versions; so nothing of theirs is shown, whatever the filter says.
const OWN: &str = env!("CARGO_PKG_NAME");

/// Starts the log. `filter` says what it holds, as in `RUST_LOG`, else warnings alone; `verbose` adds the calls to hosts.
pub fn start(filter: Option<&str>, verbose: bool) {
    let mut filter = EnvFilter::builder()
        .with_default_directive(LevelFilter::WARN.into())
        .parse_lossy(filter.unwrap_or_default());
    if verbose {
        filter = filter.add_directive(LevelFilter::DEBUG.into());
    }
    // A second start, as in tests, keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(|| Harmless(io::stderr()))
        .without_time()
        .with_target(false)
        .finish()
        .with(filter_fn(|line| line.target().starts_with(OWN)))
        .try_init();
}

/// Standard error, for texts that hold words of a host or names of files: they steer no terminal and command no runner.
struct Harmless<W>(W);

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        self.0.write_all(terminal_lines(&text).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g5_a_line_of_the_log_is_no_workflow_command_and_steers_no_terminal() {
        let mut seen = Vec::new();
        let event = "WARN \u{1b}[2Jboo\n::error::x ##[add-path]y\r::error::z\n";
        Harmless(&mut seen)
            .write_all(event.as_bytes())
            .expect("written");
        let text = String::from_utf8(seen).expect("text");
        assert!(!text.contains("\n::") && !text.contains("##["), "{text:?}");
        assert!(!text.contains(['\u{1b}', '\r']), "{text:?}");
        assert!(text.ends_with("z\n"), "{text:?}");
    }
}
