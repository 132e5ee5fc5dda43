//! host
//!
//! Imports: model.
