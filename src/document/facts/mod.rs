//! Reads what a document tells beside its promises: the meaning of its summary, its timeline, causes and lessons, who
//! took part, and what it refers to.

mod calendar;
mod days;
mod pieces;
mod scanner;
mod spans;
mod stamp;
mod times;
mod words;
mod zones;

pub(super) use words::FactWords;
