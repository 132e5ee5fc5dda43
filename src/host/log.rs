//! The log of a run on standard error: each call to a host, never a token or a body.

use std::io::{self, Write};

use tracing_subscriber::{
    Layer as _,
    filter::{LevelFilter, Targets},
    fmt,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::model::escape::terminal_lines;

/// The module whose lines are shown. Libraries that carry requests may print headers and bodies, and what they print
/// changes with their versions; so nothing of theirs is shown, whatever the filter says.
const OWN: &str = env!("CARGO_PKG_NAME");

/// Starts the log. `filter` says what it holds, as in `RUST_LOG`, else warnings alone; `verbose` adds the calls to hosts.
pub fn start(filter: Option<&str>, verbose: bool) {
    let lines = fmt::layer()
        .with_writer(|| Harmless(io::stderr()))
        .without_time()
        .with_target(false)
        .with_filter(own(filter.unwrap_or_default(), verbose));
    // A second start, as in tests, keeps the first.
    let _ = tracing_subscriber::registry().with(lines).try_init();
}

/// What is shown of our own lines; parts of `filter` that say nothing are passed over.
fn own(filter: &str, verbose: bool) -> Targets {
    let parts = filter
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse::<Targets>().ok());
    let mut level = LevelFilter::WARN;
    let mut targets = Targets::new();
    for part in parts {
        level = part.default_level().unwrap_or(level);
        let ours = part
            .into_iter()
            .filter(|(target, _)| target.starts_with(OWN));
        targets = targets.with_targets(ours);
    }
    if verbose {
        level = level.max(LevelFilter::DEBUG);
    }
    let said = targets.iter().any(|(target, _)| target == OWN);
    if said && !verbose {
        targets
    } else {
        targets.with_target(OWN, level)
    }
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
    use tracing::Level;

    use super::*;

    #[test]
    fn only_our_own_lines_are_shown_and_as_many_as_asked_for() {
        for (filter, verbose, debug, warn) in [
            ("", false, false, true),
            ("", true, true, true),
            ("trace", false, true, true),
            ("off", false, false, false),
            ("error", true, true, true),
            ("followthrough=debug", false, true, true),
            ("followthrough=error,hyper=trace", false, false, false),
            ("hyper=trace", false, false, true),
            ("not a filter=,followthrough=debug", false, true, true),
        ] {
            let own = own(filter, verbose);
            let target = "followthrough::tracker::github";
            assert_eq!(own.would_enable(target, &Level::DEBUG), debug, "{filter}");
            assert_eq!(own.would_enable(target, &Level::WARN), warn, "{filter}");
            assert!(
                !own.would_enable("hyper::client", &Level::ERROR),
                "{filter}"
            );
        }
    }

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
