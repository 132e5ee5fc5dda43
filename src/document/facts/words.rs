//! The words of zones, lengths of time, severities and the like.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{
    document::{
        Vocabulary,
        fold::{fold, is_wide},
        word_list::named,
        word_set::WordSet,
    },
    model::{
        analysis::Category,
        config::{Config, Zone},
        moment::Clock,
        summary::{DocumentStatus, IncidentStatus, NoticedBy},
    },
};

/// The words of everything but items and headings.
#[derive(Clone, Debug, Default)]
pub(in crate::document) struct FactWords {
    /// Abbreviations in capitals, and folded names.
    zones: FxHashMap<String, Clock>,
    /// The folded names among them.
    zone_names: WordSet,
    /// All words of which stamps are made.
    stamp_words: WordSet,
    /// Most words that the name of a zone has.
    longest_zone: usize,
    /// Seconds.
    units: BTreeMap<String, u64>,
    severities: BTreeMap<String, u8>,
    documents: BTreeMap<String, DocumentStatus>,
    incidents: BTreeMap<String, IncidentStatus>,
    noticed: Vec<(NoticedBy, WordSet)>,
    categories: BTreeMap<String, Category>,
    pub(super) default_zone: Option<Zone>,
}

impl FactWords {
    /// Takes in one table of the word list; whether it is one of these.
    pub(in crate::document) fn learn(&mut self, kind: &str, name: &str, words: &[&str]) -> bool {
        let folded = || words.iter().map(|word| fold(word));
        match kind {
            "zone" => {
                let Some(clock) = clock(name) else {
                    return false;
                };
                for word in words {
                    self.add_zone(word, clock);
                }
            }
            "unit" => {
                let Ok(seconds) = name.parse() else {
                    return false;
                };
                self.units.extend(folded().map(|word| (word, seconds)));
            }
            "severity" => {
                let Ok(level) = name.parse() else {
                    return false;
                };
                self.severities.extend(folded().map(|word| (word, level)));
            }
            "document-status" => {
                let Some(status) = named(name, &DocumentStatus::ALL) else {
                    return false;
                };
                self.documents.extend(folded().map(|word| (word, status)));
            }
            "incident-status" => {
                let Some(status) = named(name, &IncidentStatus::ALL) else {
                    return false;
                };
                self.incidents.extend(folded().map(|word| (word, status)));
            }
            "noticed" => {
                let Some(by) = named(name, &NoticedBy::ALL) else {
                    return false;
                };
                let mut spoken = WordSet::default();
                spoken.extend(folded());
                self.noticed.push((by, spoken));
            }
            "factor" => {
                let Some(category) = named(name, &Category::ALL) else {
                    return false;
                };
                self.categories
                    .extend(folded().map(|word| (word, category)));
            }
            _ => return false,
        }
        true
    }

    /// Takes in what the configuration says of zones.
    pub(in crate::document) fn configure(&mut self, config: &Config) {
        for (name, zone) in &config.reading.zone_names {
            self.add_zone(name, Clock::Of(*zone));
        }
        self.default_zone = config.reading.default_zone;
    }

    fn add_zone(&mut self, name: &str, clock: Clock) {
        let capitals = name.bytes().any(|byte| byte.is_ascii_uppercase())
            && !name.bytes().any(|byte| byte.is_ascii_lowercase());
        let key = if capitals {
            name.to_owned()
        } else {
            fold(name)
        };
        if !capitals {
            self.zone_names.extend([key.clone()]);
        }
        self.stamp_words.extend([fold(name)]);
        self.longest_zone = self.longest_zone.max(key.split(' ').count());
        self.zones.insert(key, clock);
    }

    /// The clock of an abbreviation in capitals, or of a folded name.
    pub(super) fn zone(&self, name: &str) -> Option<Clock> {
        self.zones.get(name).copied()
    }

    /// Takes in words of which stamps are made, besides the names of zones.
    pub(in crate::document) fn add_stamp_words(&mut self, folded: impl Iterator<Item = String>) {
        self.stamp_words.extend(folded);
    }

    /// Whether a part of a stamp may begin with this word of ASCII letters.
    pub(super) fn may_begin_stamp(&self, word: &str) -> bool {
        self.stamp_words.may_go_on(&word.to_ascii_lowercase())
    }

    /// Whether the name of a zone may begin with this word.
    pub(super) fn may_begin_zone(&self, word: &str) -> bool {
        self.zone_names.may_begin(word) && self.zone_names.may_go_on(&fold(word))
    }

    /// Most words that the name of a zone has.
    pub(super) const fn longest_zone(&self) -> usize {
        self.longest_zone
    }

    /// The seconds of a unit.
    pub(super) fn unit(&self, folded: &str) -> Option<u64> {
        self.units.get(folded).copied()
    }

    /// The level of a word of severity.
    pub(super) fn severity(&self, folded: &str) -> Option<u8> {
        self.severities.get(folded).copied()
    }

    /// How far a document is by this word.
    pub(super) fn document_status(&self, folded: &str) -> Option<DocumentStatus> {
        self.documents.get(folded).copied()
    }

    /// How far an incident is by this word.
    pub(super) fn incident_status(&self, folded: &str) -> Option<IncidentStatus> {
        self.incidents.get(folded).copied()
    }

    /// What noticed an incident by these words; nothing where they speak of both.
    pub(super) fn noticed_by(&self, folded: &str) -> Option<NoticedBy> {
        let mut spoken = self
            .noticed
            .iter()
            .filter(|(_, words)| words.any_in(folded));
        let (by, _) = spoken.next()?;
        spoken.next().is_none().then_some(*by)
    }

    /// The category of a contributing factor by this word.
    pub(super) fn category(&self, folded: &str) -> Option<Category> {
        self.categories.get(folded).copied()
    }
}

impl Vocabulary {
    /// Length of the longest phrase of a plain list with which the text begins, as whole words.
    pub(super) fn begins_with(&self, list: &str, text: &str) -> Option<usize> {
        let known = self.words(list)?;
        if !known.may_begin(text) {
            return None;
        }
        let mut best = None;
        let mut words = 0;
        let mut before = None;
        let ends = text.char_indices().chain([(text.len(), ' ')]);
        for (at, c) in ends.take(40) {
            let is_word = c.is_alphanumeric() && !is_wide(c);
            let was_word = before.is_some_and(|c: char| c.is_alphanumeric());
            if was_word && (!is_word || before.is_some_and(is_wide)) {
                words += 1;
                let folded = fold(&text[..at]);
                if known.contains(&folded) {
                    best = Some(at);
                } else if !known.may_go_on(&folded) && !text[..at].contains(':') {
                    // Only a shortcode leaves less behind than its beginning.
                    break;
                }
            }
            if words == 4 && !before.is_some_and(is_wide) {
                break;
            }
            before = Some(c);
        }
        // The full stop of an abbreviation belongs to it.
        best.map(|end| end + usize::from(text[end..].starts_with('.')))
    }

    /// The half of the day that the text begins with: its length, and whether it is the later one.
    pub(super) fn half_day(&self, text: &str) -> Option<(usize, bool)> {
        let half = |list, is_late| Some((self.begins_with(list, text)?, is_late));
        half("half-day am", false).or_else(|| half("half-day pm", true))
    }
}

/// `+09:00`, `Europe/Berlin`, `+01:00 Europe/Berlin` or `ambiguous`.
fn clock(name: &str) -> Option<Clock> {
    if name == "ambiguous" {
        return Some(Clock::Ambiguous);
    }
    let (first, place) = name.split_once(' ').unwrap_or((name, ""));
    match (super::zones::offset(first), place.is_empty()) {
        (Some(offset), true) => Some(Clock::Fixed(offset)),
        (Some(offset), false) => Some(Clock::Season {
            offset,
            place: place.parse().ok()?,
        }),
        (None, _) => Some(Clock::Of(name.parse().ok()?)),
    }
}
