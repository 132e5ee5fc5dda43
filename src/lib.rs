//! Postmortem action items that get done.
//!
//! Data flows one way, and the modules are the stages of that flow. A module imports only modules
//! declared above it, and of those only the ones that its own `Imports:` line names.

pub mod model;

pub mod host;

pub mod tracker;

pub mod input;

pub mod document;

pub mod observe;

pub mod check;

pub mod plan;

pub mod apply;

pub mod report;

pub mod publish;

pub mod cli;

pub mod run;
