//! The nouns of the product: what a document promises, what an issue says, what changes.
//!
//! Imports: nothing.

pub mod analysis;
pub mod change;
pub mod choice;
pub mod config;
pub mod edit;
pub mod escape;
pub mod finding;
pub mod issue;
pub mod item;
pub mod link;
pub mod marker;
pub mod moment;
pub mod now;
pub mod span;
pub mod status;
pub mod summary;
