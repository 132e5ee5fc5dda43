//! What goes wrong at any call of any run, runs that overlap, runs that are killed, and limits: after a healthy run
//! the world is that of runs which met none of it.
//!
//! What `.ci/run` alone runs is marked `#[ignore = "long"]`. Each test prints how much it has tried.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    unreachable_pub,
    clippy::format_collect,
    clippy::use_debug,
    reason = "test code: a surprise shall stop the test where it happens, and what was tried shall be seen"
)]

mod fates;
mod interleavings;
mod killed;
mod limits;
mod matrix;
mod scenes;
mod seen;
mod workers;

#[path = "../support/mod.rs"]
mod support;

use support::{
    documents::{PATH, postmortem},
    github::{
        GitHub,
        faults::{Effect, Fault, When},
    },
    runner::Runner,
    worlds::pushed,
};

/// Where the configuration lies.
const CONFIG: &str = ".github/followthrough.yml";

/// What `init` writes: the day of adoption.
const ADOPTED: &str = "issues:\n  since: 2024-01-01\n";

/// Numbers that look random and are the same in every run of a test.
struct Drawn(u64);

impl Drawn {
    /// The next one, below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        // Knuth's generator (The Art of Computer Programming, volume 2, 3.3.4).
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}
