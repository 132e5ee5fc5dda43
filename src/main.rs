//! Arguments → run → exit code.

use std::process::ExitCode;

use clap::Parser;
use followthrough::{
    cli::Cli,
    host::{Environment, Screen, log},
    run::{self, Exit},
};

// Reading and drawing allocate small things by the million; the system's allocators take twice the time for that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let screen = Screen::of_process();
    let environment = match Environment::of_process() {
        Ok(environment) => environment,
        Err(error) => {
            screen.message(&format!("error: {error}"));
            return Exit::Usage.into();
        }
    };
    let verbose = cli.options.verbose || environment.debug;
    log::start(environment.log_filter.as_deref(), verbose);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime
            .block_on(run::run(&cli, &environment, &screen))
            .into(),
        Err(error) => {
            screen.message(&format!("error: the system gives no event loop: {error}"));
            Exit::World.into()
        }
    }
}
