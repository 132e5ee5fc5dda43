//! The commands: one file each, and the only place that sees every stage.
//!
//! Imports: everything above.

mod action;
mod connect;
mod convert;
mod exit;
pub mod init;
mod proposal;
mod review;
mod session;
mod sync;
#[cfg(test)]
mod tests;
mod watched;
mod write;

pub use exit::{Exit, Failure};

use crate::{
    cli::{Cli, Command, Options},
    host::{Environment, Screen},
    input::{InputError, Source},
    model::{
        config::Config,
        escape::{workflow_data, workflow_property},
    },
};

use self::session::{Place, Session, as_text};

/// Runs one command and says how it ended. Whatever goes wrong is told on standard error, on a runner as an annotation too.
///
/// Must be awaited inside a tokio runtime with timers and I/O.
pub async fn run(cli: &Cli, environment: &Environment, screen: &Screen) -> Exit {
    match dispatch(cli, environment, screen).await {
        Ok(exit) => exit,
        Err(failure) => {
            let words = failure.to_string();
            // Mistakes in a configuration are drawn with their lines, each with its own heading.
            let heading = if words.starts_with("error: ") {
                ""
            } else {
                "error: "
            };
            screen.message(&format!("{heading}{words}"));
            if environment.on_runner {
                screen.result(&annotation(&failure));
            }
            failure.exit()
        }
    }
}

/// The failure as annotations of the runner, at the line concerned where there is one.
fn annotation(failure: &Failure) -> String {
    let Failure::Input(InputError::Config(error)) = failure else {
        let words = workflow_data(&failure.to_string());
        return format!("::error title=followthrough::{words}");
    };
    let path = workflow_property(&error.path);
    let told = error.mistakes.iter().map(|mistake| {
        let place = mistake.position.map_or_else(String::new, |at| {
            format!(",line={},col={}", at.line, at.column)
        });
        let help = mistake.help.as_ref();
        let help = help.map_or_else(String::new, |help| format!(". {help}"));
        let words = workflow_data(&format!("{}{help}", mistake.message));
        format!("::error file={path}{place},title=followthrough::{words}\n")
    });
    told.collect()
}

async fn dispatch(cli: &Cli, environment: &Environment, screen: &Screen) -> Result<Exit, Failure> {
    let options = &cli.options;
    let start = || start(options, environment, screen);
    match &cli.command {
        Command::Check { rules: true, .. } => Ok(review::examples(&start()?)),
        Command::Check {
            paths,
            rules: false,
            fail_on,
            format,
        } => review::check(&start()?, &as_text(&paths.paths), *fail_on, *format),
        Command::Plan { paths, format } => {
            review::plan(&start()?, &as_text(&paths.paths), *format).await
        }
        Command::Sync { write } | Command::Sweep { write } => {
            write::sync(&start()?, &as_text(&write.paths.paths), write.write_back).await
        }
        Command::Items { paths, format } => {
            review::items(&start()?, &as_text(&paths.paths), *format)
        }
        Command::Convert { paths, write } => {
            convert::convert(&start()?, &as_text(&paths.paths), *write).await
        }
        Command::Show { paths, format } => review::show(&start()?, &as_text(&paths.paths), *format),
        Command::Explain { rule } => {
            // A rule is explained even where the configuration is broken: it may be what explains the breakage.
            let config = start().map_or_else(|_| Config::default(), |session| session.config);
            screen.result(&review::explain(rule.as_deref(), &config)?);
            Ok(Exit::Fine)
        }
        Command::Init => {
            let session = Session::start(
                options,
                environment,
                screen,
                Place::find(options)?,
                Source::Text(None),
            )?;
            init::init(&session.place, session.today, screen)
        }
        Command::Action => action::action(options, environment, screen).await,
    }
}

fn start<'a>(
    options: &Options,
    environment: &'a Environment,
    screen: &'a Screen,
) -> Result<Session<'a>, Failure> {
    let source = options
        .config
        .as_deref()
        .map_or(Source::Usual, Source::Named);
    Session::start(options, environment, screen, Place::find(options)?, source)
}
