//! Edits any document: the first byte says what is asked for, and of which item.

#![no_main]
#![allow(dead_code, reason = "each target asks for a part of the laws")]

#[path = "../../tests/support/laws.rs"]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let text = format!("## Action Items\n\n{}", String::from_utf8_lossy(rest));
    let (choice, item) = (first % 16, usize::from(first / 16));
    laws::editing(&text, choice);
    laws::one_edit_stays_in_its_place(&text, item, choice);
});
