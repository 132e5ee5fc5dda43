//! observe
//!
//! Imports: model, tracker, document.
