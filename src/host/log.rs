//! The log of a run on standard error: each call to a host, never a token or a body.

use tracing_subscriber::EnvFilter;

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
        .with_writer(std::io::stderr)
        .without_time()
        .with_target(false)
        .try_init();
}
