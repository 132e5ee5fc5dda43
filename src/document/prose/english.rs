//! Tells English from other languages by the small words, which every sentence has.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// As many bytes say enough.
const SAMPLE: usize = 6_000;
/// A text of fewer words may have no small one.
const FEW: usize = 50;

/// Small words of English that are words of no other language below.
const ENGLISH: &str = "the of and to was is that for with by were it this not from at be an we our which had has have but \
    are when after they there because been would could should its their than then into before";
/// Small words of other languages that are no words of English.
const OTHERS: &str = "der das und nicht mit von ist auf eine wurde wir sich dem zu werden durch \
    le les des et une est pas pour dans que du au sur nous cette qui \
    el los las por para del una fue como más \
    il che di della sono stato nel gli alla \
    os uma não foi dos em mais ao pelo \
    het een van niet dat voor zijn werd \
    och att det som är på av ikke og til \
    się nie jest oraz przez był \
    yang dan untuk dengan tidak pada \
    ve bir bu için olarak ile \
    og ikke ja se ei oli \
    és az egy hogy nem";

static WORDS: LazyLock<FxHashMap<&str, bool>> = LazyLock::new(|| {
    let others = OTHERS.split_whitespace().map(|word| (word, false));
    let english = ENGLISH.split_whitespace().map(|word| (word, true));
    others.chain(english).collect()
});

/// Whether this is how English is called: `en`, `en-GB`, `English`.
pub(super) fn is_name(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    let code = name.split(['-', '_']).next();
    matches!(code, Some("en" | "eng" | "english"))
}

/// Whether the text is English, or too short to be anything else.
pub(super) fn is_text<'a>(passages: impl Iterator<Item = &'a str>) -> bool {
    let (mut letters, mut foreign_letters) = (0, 0);
    let (mut words, mut english, mut foreign) = (0, 0, 0);
    let mut left = SAMPLE;
    for passage in passages {
        let letters_of = passage.chars().filter(|c| c.is_alphabetic());
        for c in letters_of {
            letters += 1;
            // Behind Latin with all its accents.
            foreign_letters += usize::from(c > '\u{24f}');
        }
        for word in passage.split(|c: char| !c.is_alphabetic()) {
            if word.is_empty() {
                continue;
            }
            words += 1;
            match WORDS.get(word.to_lowercase().as_str()) {
                Some(true) => english += 1,
                Some(false) => foreign += 1,
                None => {}
            }
        }
        left = left.saturating_sub(passage.len());
        if left == 0 {
            break;
        }
    }
    let has_small_words = words < FEW || english * 30 >= words;
    foreign_letters * 5 <= letters && foreign <= english && has_small_words
}
