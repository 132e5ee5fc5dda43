//! input
//!
//! Imports: model, host.
