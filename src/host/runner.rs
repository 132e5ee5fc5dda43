//! The files by which a step talks to the runner
//! (<https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>).

use std::{
    fs::{self, OpenOptions},
    hash::{BuildHasher, Hasher, RandomState},
    io::Write,
    path::{Path, PathBuf},
};

use super::{Environment, HostError, disk};

/// Most bytes that the runner takes as the summary of one step; it drops a longer one whole.
const SUMMARY_LIMIT: usize = 1024 * 1024;

/// Largest payload of a webhook that GitHub sends is 25 MB; the runner's copy is indented.
const PAYLOAD_LIMIT: u64 = 64 * 1024 * 1024;

const CUT: &str = "\n\n_The rest is left out: a summary holds 1 MiB at most._\n";

/// The runner's files of one step; what the runner did not name is not written.
#[derive(Clone, Debug, Default)]
pub struct Runner {
    output: Option<PathBuf>,
    summary: Option<PathBuf>,
}

impl Runner {
    /// The files that the environment names.
    #[must_use]
    pub fn new(environment: &Environment) -> Self {
        Self {
            output: environment.output.clone(),
            summary: environment.step_summary.clone(),
        }
    }

    /// Whether the runner takes a summary.
    #[must_use]
    pub const fn has_summary(&self) -> bool {
        self.summary.is_some()
    }

    /// Sets the step's output `name`, whatever `value` holds.
    ///
    /// # Errors
    /// A refusal of the system.
    pub fn set_output(&self, name: &str, value: &str) -> Result<(), HostError> {
        let Some(path) = &self.output else {
            return Ok(());
        };
        // A text that knows the delimiter could set other outputs, hence a random one.
        let mut delimiter = delimiter();
        while value.contains(&delimiter) {
            delimiter = self::delimiter();
        }
        append(
            path,
            &format!("{name}<<{delimiter}\n{value}\n{delimiter}\n"),
        )
    }

    /// Appends to the step's summary; what does not fit is cut at the end of a line, with a notice.
    ///
    /// # Errors
    /// A refusal of the system.
    pub fn append_summary(&self, markdown: &str) -> Result<(), HostError> {
        let Some(path) = &self.summary else {
            return Ok(());
        };
        let used = fs::metadata(path).map_or(0, |meta| meta.len());
        let used = usize::try_from(used).unwrap_or(SUMMARY_LIMIT);
        append(path, &fitted(markdown, SUMMARY_LIMIT.saturating_sub(used)))
    }
}

/// The payload of the event that started the run; `None` where none did.
///
/// # Errors
/// A file that the environment names and that cannot be read.
pub fn payload(environment: &Environment) -> Result<Option<String>, HostError> {
    let path = environment.event_path.as_deref();
    path.map(|path| disk::read_text_up_to(path, PAYLOAD_LIMIT))
        .transpose()
}

/// `text` with a final line ending, cut to `room` bytes.
fn fitted(text: &str, room: usize) -> String {
    let end = if text.ends_with('\n') { "" } else { "\n" };
    if text.len() + end.len() <= room {
        return format!("{text}{end}");
    }
    let Some(room) = room.checked_sub(CUT.len()) else {
        return String::new();
    };
    let room = text.floor_char_boundary(room);
    let line = text[..room].rfind('\n').unwrap_or(0);
    format!("{}{CUT}", &text[..line])
}

fn append(path: &Path, text: &str) -> Result<(), HostError> {
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map_err(|cause| HostError::writing(path, cause))?;
    file.write_all(text.as_bytes())
        .map_err(|cause| HostError::writing(path, cause))
}

fn delimiter() -> String {
    // The standard library seeds each state from the system's randomness.
    let random = || RandomState::new().build_hasher().finish();
    format!("ghadelimiter_{:016x}{:016x}", random(), random())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runner(folder: &Path) -> Runner {
        Runner {
            output: Some(folder.join("output")),
            summary: Some(folder.join("summary")),
        }
    }

    #[test]
    fn g5_an_output_of_several_lines_cannot_set_another_output() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let runner = runner(folder.path());
        runner
            .set_output("plan", "a\nopened=99\nEOF\n")
            .expect("set");
        runner.set_output("items", "2").expect("set");
        let text = fs::read_to_string(folder.path().join("output")).expect("read");
        let lines: Vec<&str> = text.lines().collect();
        let (_, first) = lines[0].split_once("plan<<").expect("the long form");
        assert_eq!(lines[1..6], ["a", "opened=99", "EOF", "", first]);
        let (_, second) = lines[6].split_once("items<<").expect("the long form");
        assert_eq!(lines[7..], ["2", second]);
        assert_ne!(first, second);
    }

    #[test]
    fn a_summary_that_does_not_fit_ends_at_a_line_with_a_notice() {
        let long = "| 完了 |\n".repeat(200_000);
        let cut = fitted(&long, SUMMARY_LIMIT);
        assert!(cut.len() <= SUMMARY_LIMIT);
        let kept = cut.strip_suffix(CUT).expect("a notice");
        assert!(kept.ends_with("| 完了 |"));
        assert_eq!(fitted("short", 64), "short\n");
        assert_eq!(fitted("anything", 3), "");
    }

    #[test]
    fn a_summary_counts_what_earlier_steps_of_the_action_wrote() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let runner = runner(folder.path());
        let half = "x\n".repeat(SUMMARY_LIMIT / 4 + 10);
        runner.append_summary(&half).expect("written");
        runner.append_summary(&half).expect("written");
        let text = fs::read_to_string(folder.path().join("summary")).expect("read");
        assert!(text.len() <= SUMMARY_LIMIT);
        assert!(text.ends_with(CUT));
    }

    #[test]
    fn without_a_runner_nothing_is_written() {
        let runner = Runner::default();
        runner.set_output("a", "b").expect("nothing to do");
        runner.append_summary("b").expect("nothing to do");
    }
}
