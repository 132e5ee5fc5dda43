//! Reads what a document tells beside its promises: the meaning of its summary, its timeline, causes and lessons, who
//! took part, and what it refers to.

mod calendar;
mod days;
mod factors;
mod items;
mod lengths;
mod lessons;
mod people;
mod pieces;
mod references;
mod scanner;
mod spans;
mod stamp;
mod summary;
mod tables;
mod timeline;
mod timeline_list;
mod timeline_table;
mod times;
mod walk;
mod whys;
mod words;
mod zones;

use std::ops::Range;

use chrono::NaiveDate;

use self::{
    calendar::Calendar,
    factors::Factors,
    lessons::Lessons,
    people::People,
    timeline::Timeline,
    walk::{Collect, Role},
    whys::Whys,
};
use super::{Source, fold::squeeze, inline::Inline, sections::Sections};
use crate::model::{
    analysis::{Factor, Lesson, Participant, Reference, TimelineEntry, WhyChain},
    item::Written,
    moment::Carried,
    span::Span,
    summary::Summary,
};

pub(super) use summary::{first_day, is_of_names, meaning};
pub(super) use words::FactWords;

/// What a document tells beside its summary and its promises.
pub(super) struct Facts {
    pub(super) timeline: Vec<TimelineEntry>,
    pub(super) whys: Vec<WhyChain>,
    pub(super) factors: Vec<Factor>,
    pub(super) lessons: Vec<Lesson>,
    pub(super) participants: Vec<Participant>,
    pub(super) references: Vec<Reference>,
}

impl Facts {
    /// Reads the sections that hold facts; `day` is that of the incident.
    pub(super) fn read(
        source: &Source<'_>,
        sections: &Sections,
        summary: &Summary,
        day: Option<Carried<NaiveDate>>,
        path: &str,
    ) -> Self {
        let roles = walk::roles(source, sections);
        let mut readers = Readers {
            timeline: Timeline::default(),
            whys: Whys::default(),
            factors: Factors::contributing(),
            causes: Factors::default(),
            lessons: Lessons::default(),
            people: People::default(),
            others: Others,
        };
        walk::walk(source, sections, &roles, &mut readers);
        let calendar = Calendar::new(day, source.vocabulary.facts.default_zone)
            .with_beginning(summary::beginning(summary));
        let is_of_people = |span: Span| {
            let block = source
                .outline
                .blocks
                .partition_point(|block| block.span.start <= span.start);
            let head = block
                .checked_sub(1)
                .and_then(|block| sections.of_block[block]);
            head.and_then(|head| roles[head]) == Some(Role::People)
        };
        let mut factors = readers.factors.found;
        factors.extend(readers.causes.found);
        factors.sort_by_key(|factor| factor.text.span);
        Self {
            timeline: readers.timeline.finish(calendar),
            whys: readers.whys.finish(),
            factors,
            lessons: readers.lessons.finish(),
            participants: readers
                .people
                .finish(summary, is_of_people, source.vocabulary),
            references: references::read(source, sections, &roles, summary, path),
        }
    }
}

/// One reader for each role.
struct Readers {
    timeline: Timeline,
    whys: Whys,
    factors: Factors,
    causes: Factors,
    lessons: Lessons,
    people: People,
    others: Others,
}

/// Reads nothing: references are read wherever they stand.
struct Others;

impl Collect for Others {}

impl Readers {
    fn of(&mut self, role: Role) -> &mut dyn Collect {
        match role {
            Role::Timeline => &mut self.timeline,
            Role::Whys => &mut self.whys,
            Role::Factors => &mut self.factors,
            Role::Causes => &mut self.causes,
            Role::Lessons(kind) => self.lessons.of(kind),
            Role::People => &mut self.people,
            Role::Related => &mut self.others,
        }
    }
}

/// A range of a text as written, without the blanks around it.
fn written(inline: &Inline, range: Range<usize>) -> Written<()> {
    let text = &inline.text[range.clone()];
    let start = range.start + text.len() - text.trim_start().len();
    let end = range.start + text.trim_end().len();
    Written {
        value: (),
        text: squeeze(text),
        span: inline.span(start..end.max(start)),
    }
}
