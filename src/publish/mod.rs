//! publish
//!
//! Imports: model, host, tracker, report.
