//! How the connection behaves against a host: what is sent, how often, and what is made of the answer.

mod host;
mod opening;
mod publishing;
mod reading;
mod waiting;
mod writing;
