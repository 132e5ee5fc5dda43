//! The log of a run on standard error: each call to a host, never a token or a body.

use tracing_subscriber::{
    EnvFilter,
    filter::{LevelFilter, filter_fn},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

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
        .with_writer(std::io::stderr)
        .without_time()
        .with_target(false)
        .finish()
        .with(filter_fn(|line| line.target().starts_with(OWN)))
        .try_init();
}
