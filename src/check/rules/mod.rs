//! The table of rules, one file per rule.
