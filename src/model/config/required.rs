//! What a postmortem must have, and the names of what it can have.

use serde::{Deserialize, Serialize};

/// What a postmortem must have, by the names of the template.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Required {
    /// Sections, by any wording that means them.
    pub sections: Vec<SectionKind>,
    /// Fields of the summary.
    pub fields: Vec<FieldKind>,
}

impl Default for Required {
    fn default() -> Self {
        Self {
            sections: SectionKind::TEMPLATE.to_vec(),
            fields: vec![
                FieldKind::Date,
                FieldKind::Duration,
                FieldKind::Impact,
                FieldKind::Severity,
            ],
        }
    }
}

/// The sections that a postmortem can have, whatever their wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// What, when, how bad, in short.
    Summary,
    /// The story.
    WhatHappened,
    /// Events with times.
    Timeline,
    /// Who felt it, and how.
    Impact,
    /// Why; contributing factors, five whys.
    Cause,
    /// How it was noticed.
    Detection,
    /// How it ended.
    Resolution,
    /// What helped.
    WentWell,
    /// What hindered.
    CouldBeImproved,
    /// Where it was mere luck that it was not worse.
    Lucky,
    /// The promises.
    ActionItems,
    /// What was learned.
    Lessons,
    /// Lists of work that was finished when the document was written; no promises, and never required.
    #[serde(skip_deserializing)]
    Finished,
}

impl SectionKind {
    /// The sections of the founding template.
    pub const TEMPLATE: [Self; 7] = [
        Self::Summary,
        Self::WhatHappened,
        Self::Timeline,
        Self::WentWell,
        Self::CouldBeImproved,
        Self::ActionItems,
        Self::Lessons,
    ];

    /// The heading in the founding template's wording.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Summary => "Incident Summary",
            Self::WhatHappened => "What Happened?",
            Self::Timeline => "Timeline",
            Self::Impact => "Impact",
            Self::Cause => "Contributing Factors",
            Self::Detection => "Detection",
            Self::Resolution => "Resolution",
            Self::WentWell => "What Went Well",
            Self::CouldBeImproved => "What Could Be Improved",
            Self::Lucky => "Where We Got Lucky",
            Self::ActionItems => "Action Items",
            Self::Lessons => "Lessons Learned",
            Self::Finished => "Actions Taken",
        }
    }
}

/// The fields of a summary, whatever their wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// Day of the incident, with its time where one is written.
    Date,
    /// When it began.
    Start,
    /// When it was noticed.
    Detected,
    /// When somebody took it on.
    Acknowledged,
    /// When its effect was gone.
    Mitigated,
    /// When it was over for good.
    Resolved,
    /// When it ended, where the document does not tell mitigated from resolved.
    End,
    /// How long it lasted.
    Duration,
    /// Who felt it, and how.
    Impact,
    /// How bad.
    Severity,
    /// Status of the incident or of the document.
    Status,
    /// How it was noticed, or by whom.
    Detection,
    /// What was affected.
    Services,
    /// Whose services they are, or who worked on it.
    Teams,
    /// Who took part, by role or together.
    Participants,
    /// Other incidents that have to do with it.
    Related,
    /// Who wrote the document.
    Authors,
    /// Owner of all items that name none.
    Owner,
    /// Stable name of the document; identity that survives a rename.
    Id,
}

impl FieldKind {
    /// All fields, in the order in which a summary tells them.
    pub const ALL: [Self; 19] = [
        Self::Date,
        Self::Start,
        Self::Detected,
        Self::Acknowledged,
        Self::Mitigated,
        Self::Resolved,
        Self::End,
        Self::Duration,
        Self::Impact,
        Self::Severity,
        Self::Status,
        Self::Detection,
        Self::Services,
        Self::Teams,
        Self::Participants,
        Self::Related,
        Self::Authors,
        Self::Owner,
        Self::Id,
    ];

    /// The name in the founding template's wording.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Start => "Start",
            Self::Detected => "Detected",
            Self::Acknowledged => "Acknowledged",
            Self::Mitigated => "Mitigated",
            Self::Resolved => "Resolved",
            Self::End => "End",
            Self::Duration => "Duration",
            Self::Impact => "Impact",
            Self::Severity => "Severity",
            Self::Status => "Status",
            Self::Detection => "Detection",
            Self::Services => "Services",
            Self::Teams => "Teams",
            Self::Participants => "Participants",
            Self::Related => "Related incidents",
            Self::Authors => "Authors",
            Self::Owner => "Owner",
            Self::Id => "Id",
        }
    }
}
