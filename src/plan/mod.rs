//! plan
//!
//! Imports: model, tracker, document, observe, check.
