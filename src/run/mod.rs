//! run
//!
//! Imports: everything above.
