//! What can become of a call, and of the run that makes it.

use serde_json::{Value, json};

use super::{Effect, Fault, When, support::github::Call};

/// What becomes of the k-th call of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The token may not do it.
    Forbidden,
    /// The host finds the request wrong.
    Invalid,
    CutBefore,
    CutAfter,
    BadGatewayBefore,
    BadGatewayAfter,
    UnavailableBefore,
    UnavailableAfter,
    /// Status 200 and a page for people.
    PageBefore,
    PageAfter,
    /// No answer until the call is given up.
    SlowBefore,
    SlowAfter,
    /// The hour is spent, and over in a moment.
    HourShort,
    /// The hour is spent for longer than a run waits.
    HourLong,
    BurstWithTime,
    BurstWithoutTime,
    /// "was submitted too quickly", the limit that hides among the validation errors.
    TooQuick,
    /// Status 200 and errors that are no limit.
    GraphQlErrors,
    /// The limit on bursts from this call on, for as long as the run asks.
    BurstForGood,
    /// The network is gone from this call on.
    NetworkGoneBefore,
    NetworkGoneAfter,
    KilledBefore,
    KilledAfter,
}

pub const FATES: [Fate; 23] = [
    Fate::Forbidden,
    Fate::Invalid,
    Fate::CutBefore,
    Fate::CutAfter,
    Fate::BadGatewayBefore,
    Fate::BadGatewayAfter,
    Fate::UnavailableBefore,
    Fate::UnavailableAfter,
    Fate::PageBefore,
    Fate::PageAfter,
    Fate::SlowBefore,
    Fate::SlowAfter,
    Fate::HourShort,
    Fate::HourLong,
    Fate::BurstWithTime,
    Fate::BurstWithoutTime,
    Fate::TooQuick,
    Fate::GraphQlErrors,
    Fate::BurstForGood,
    Fate::NetworkGoneBefore,
    Fate::NetworkGoneAfter,
    Fate::KilledBefore,
    Fate::KilledAfter,
];

impl Fate {
    pub fn kills(self) -> bool {
        matches!(self, Self::KilledBefore | Self::KilledAfter)
    }

    pub fn is_slow(self) -> bool {
        matches!(self, Self::SlowBefore | Self::SlowAfter)
    }

    /// Whether the host has decided, and would decide the same again.
    pub fn lasts(self) -> bool {
        matches!(self, Self::Forbidden | Self::Invalid)
    }

    /// Whether `call` can meet it. After a read there is nothing that could have taken effect.
    pub fn meets(self, call: &Call) -> bool {
        match self {
            Self::GraphQlErrors => call.operation.is_some(),
            Self::CutAfter
            | Self::BadGatewayAfter
            | Self::UnavailableAfter
            | Self::PageAfter
            | Self::SlowAfter
            | Self::NetworkGoneAfter
            | Self::KilledAfter => call.is_write,
            _ => true,
        }
    }

    /// The faults that bring it about at the `k`-th call.
    pub fn faults(self, k: usize, call: &Call) -> Vec<Fault> {
        let once = |effect| vec![Fault::nth(k, When::Any, effect)];
        let from_here = |skip, effect| Fault {
            skip,
            ..Fault::always(When::Any, effect)
        };
        match self {
            Self::Forbidden => once(Effect::Refuse(
                403,
                json!({"message": "Resource not accessible by integration"}),
            )),
            Self::Invalid => once(Effect::Refuse(422, json!({"message": "Validation Failed"}))),
            Self::CutBefore => once(Effect::CutBefore),
            Self::CutAfter => once(Effect::CutAfter),
            Self::BadGatewayBefore => once(Effect::Refuse(502, page())),
            Self::BadGatewayAfter => once(Effect::RefuseAfter(502, page())),
            Self::UnavailableBefore => once(Effect::Refuse(503, page())),
            Self::UnavailableAfter => once(Effect::RefuseAfter(503, page())),
            Self::PageBefore => once(Effect::Refuse(200, page())),
            Self::PageAfter => once(Effect::RefuseAfter(200, page())),
            Self::SlowBefore | Self::KilledBefore => once(Effect::HoldBefore),
            Self::SlowAfter | Self::KilledAfter => once(Effect::HoldAfter),
            Self::HourShort => once(Effect::PrimaryLimit(20)),
            Self::HourLong => once(Effect::PrimaryLimit(3000)),
            Self::BurstWithTime => once(Effect::SecondaryLimit(Some(20))),
            Self::BurstWithoutTime => once(Effect::SecondaryLimit(None)),
            Self::TooQuick if call.operation.is_some() => once(Effect::GraphQlErrors(json!([
                {"type": "UNPROCESSABLE", "message": "was submitted too quickly"}
            ]))),
            Self::TooQuick => once(Effect::Refuse(
                422,
                json!({"message": "Validation Failed", "errors": ["was submitted too quickly"]}),
            )),
            Self::GraphQlErrors => once(Effect::GraphQlErrors(json!([
                {"message": "Something went wrong while executing your query."}
            ]))),
            Self::BurstForGood => vec![from_here(k - 1, Effect::SecondaryLimit(None))],
            Self::NetworkGoneBefore => vec![from_here(k - 1, Effect::CutBefore)],
            Self::NetworkGoneAfter => vec![
                Fault::nth(k, When::Any, Effect::CutAfter),
                from_here(k - 1, Effect::CutBefore),
            ],
        }
    }
}

/// What a proxy in front of the host says to people.
fn page() -> Value {
    json!("<html><body><h1>This page is taking too long to load.</h1></body></html>")
}
