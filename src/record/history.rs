//! What earlier runs left behind, as a run used it.

use super::{RunRecord, exact};
use crate::model::{Clock, History, Period};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What earlier runs left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRecord {
    /// The clock of all methods together.
    #[serde(default)]
    pub served: ServedRecord,
    /// The clock of each rotation group.
    pub clocks: Vec<ClockRecord>,
    /// Leads that limits with a period counted already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<CountedRecord>,
}

/// The clock and turns of all methods together, in turn units; nothing is written of what never moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServedRecord {
    /// The clock.
    #[serde(default, with = "exact::digits", skip_serializing_if = "is_at_start")]
    pub now: i128,
    /// Each rep's turn, by rep id.
    #[serde(
        default,
        with = "exact::digits_by_id",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub turns: BTreeMap<String, i128>,
}

fn is_at_start(now: &i128) -> bool {
    *now == 0
}

/// Leads that a limit with a period counted for a rep before the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedRecord {
    /// The limit's name.
    pub limit: String,
    /// The rep's id.
    pub rep: String,
    /// So many leads.
    pub leads: u32,
}

/// The clock and turns of a rotation group, in turn units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockRecord {
    /// The pass.
    pub pass: String,
    /// The value of `within`; empty without.
    pub group: String,
    /// The clock.
    #[serde(with = "exact::digits")]
    pub now: i128,
    /// Each rep's turn, by rep id.
    #[serde(with = "exact::digits_by_id")]
    pub turns: BTreeMap<String, i128>,
}

/// The period of a limit, written as its word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PeriodRecord(pub Period);

impl PeriodRecord {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    pub(super) fn is_run(&self) -> bool {
        self.0 == Period::Run
    }
}

impl From<PeriodRecord> for String {
    fn from(PeriodRecord(period): PeriodRecord) -> Self {
        period.name().to_owned()
    }
}

impl TryFrom<String> for PeriodRecord {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        let period = Period::of(&word).map(Self);
        period.ok_or_else(|| format!("`{word}` is not a period"))
    }
}

impl RunRecord {
    /// What earlier runs left behind, as this run used it.
    pub fn history(&self) -> History {
        let clocks = self.history.clocks.iter().map(|clock| {
            (
                (clock.pass.clone(), clock.group.clone()),
                Clock {
                    now: clock.now,
                    turns: clock.turns.clone(),
                },
            )
        });
        let counted = self.history.counted.iter();
        let counted = counted.map(|of| ((of.limit.clone(), of.rep.clone()), of.leads));
        History {
            served: Clock {
                now: self.history.served.now,
                turns: self.history.served.turns.clone(),
            },
            clocks: clocks.collect(),
            counted: counted.collect(),
        }
    }
}

impl From<&History> for HistoryRecord {
    fn from(history: &History) -> Self {
        let clocks = history.clocks.iter().map(|((pass, group), clock)| ClockRecord {
            pass: pass.clone(),
            group: group.clone(),
            now: clock.now,
            turns: clock.turns.clone(),
        });
        let counted = history
            .counted
            .iter()
            .map(|((limit, rep), &leads)| CountedRecord {
                limit: limit.clone(),
                rep: rep.clone(),
                leads,
            });
        Self {
            served: ServedRecord {
                now: history.served.now,
                turns: history.served.turns.clone(),
            },
            clocks: clocks.collect(),
            counted: counted.collect(),
        }
    }
}
