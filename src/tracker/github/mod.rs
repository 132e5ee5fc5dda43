//! The issues of a GitHub repository.
//!
//! Imports: model, host.
