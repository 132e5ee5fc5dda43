//! Which known word was meant by one that is not known.

/// From this similarity on a word is taken for a misspelling; clap draws the line there for options.
const SIMILAR: f64 = 0.7;

/// The one of `known` that is most like `word`, the first of equals; nothing where none is like it.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best = None;
    let mut most = SIMILAR;
    for candidate in known {
        let alike = strsim::jaro(word, candidate);
        if alike > most {
            most = alike;
            best = Some(candidate);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_finds_the_known_one() {
        let known = ["owner-missing", "due-missing", "time-zone", "follow001"];
        for (word, wanted) in [
            ("owner-mising", Some("owner-missing")),
            ("deu-missing", Some("due-missing")),
            ("timezone", Some("time-zone")),
            ("folow001", Some("follow001")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(closest(word, known), wanted, "{word}");
        }
    }
}
