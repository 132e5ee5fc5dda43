//! A value of the configuration that has the right type and still cannot be meant.

/// What is wrong with the value, or the key, at a path of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Keys of maps and numbers of list entries, from the outside in.
    pub path: Vec<String>,
    /// Whether the key is meant and not its value.
    pub at_key: bool,
    /// What is wrong.
    pub message: String,
    /// What to do, where the message does not say it.
    pub help: Option<String>,
}
