//! The log of a run on standard error: each call to a host, never a token or a body.

use std::io::{self, Write};

use tracing_subscriber::EnvFilter;

use crate::model::escape::terminal_lines;

/// Starts the log. `RUST_LOG` says what it holds; without it, the calls to hosts where `verbose` is set, else warnings.
pub fn start(verbose: bool) {
    let usual = if verbose {
        "warn,followthrough=debug"
    } else {
        "warn"
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    // A second start, as in tests, keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(|| Harmless(io::stderr()))
        .without_time()
        .with_target(false)
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
