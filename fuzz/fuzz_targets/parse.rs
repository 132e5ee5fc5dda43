//! Reads any bytes as a document, as a whole and under a heading of promises.

#![no_main]
#![allow(dead_code, reason = "each target asks for a part of the laws")]

#[path = "../../tests/support/laws.rs"]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    laws::reading(&text);
    laws::reading(&format!("## Action Items\n\n{text}"));
});
