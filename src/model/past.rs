//! What a ledger tells a run of the nights before; all empty without one.

use super::{History, Moment};
use std::collections::BTreeMap;

/// What a ledger tells a run of the nights before. Leads and reps are named by id, never by position.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// Whether there is a ledger at all.
    pub is_kept: bool,
    /// Clocks, turns, and what the periods of limits hold.
    pub history: History,
    /// Leads of this batch that were dealt before and stay where they are, by lead id.
    pub standing: BTreeMap<String, Standing>,
    /// Leads that are back in the pool, by lead id.
    pub returned: BTreeMap<String, Returned>,
    /// The rows of those, for the ones that no lead file holds any more.
    pub rows: Vec<PastRows>,
    /// What became of each rep's leads, by rep id; also of reps who are gone.
    pub reps: BTreeMap<String, PastRep>,
}

/// A lead that was dealt in an earlier run and stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The rep; empty where it stays with a team.
    pub rep_id: String,
    /// The team that it was dealt to by a pass to teams; empty otherwise.
    pub team: String,
    /// The moment of the run that dealt it.
    pub dealt_at: Moment,
    /// The number of that run.
    pub run: u64,
    /// The last outcome recorded, as its word; `dealt` where there is none.
    pub state: String,
}

/// How a lead came back into the pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReturnedBy {
    /// Its rep declined it.
    Declined,
    /// Its rep did not answer in time.
    Recycled,
    /// The user took it from its rep.
    Released,
}

impl ReturnedBy {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Recycled => "recycled",
            Self::Released => "released",
        }
    }
}

/// A lead that is back in the pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// How it came back the last time.
    pub by: ReturnedBy,
    /// The rep who had it last.
    pub rep_id: String,
    /// The team of that rep, or that it was dealt to; empty = none.
    pub team: String,
    /// Every rep who declined it or let it lie, in id order: none of them gets it again.
    pub refused: Vec<String>,
    /// Every rep who ever had it, in id order; an owner cell that names one of them means nothing.
    pub had: Vec<String>,
    /// How often it was declined or let lie.
    pub returns: u32,
}

/// Rows of leads as they came in once, of one file's shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PastRows {
    /// The file they came from, as the user named it then.
    pub file: String,
    /// Its headers.
    pub headers: Vec<String>,
    /// The lead's id, and its cells under those headers.
    pub rows: Vec<(String, Vec<String>)>,
}

/// What became of a rep's leads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastRep {
    /// The rep's name as the ledger saw it last.
    pub name: String,
    /// Leads that stand with the rep and are not won, lost or cancelled.
    pub open: u32,
    /// Leads dealt to the rep so far in the calendar day of the run.
    pub today: u32,
    /// Leads dealt to the rep in the days before the run that `[ledger] recent_days` bounds.
    pub recent: u32,
    /// Accepted of those accepted, declined or let lie, 0 to 1; none without any.
    pub accept_rate: Option<f64>,
    /// Won of those won or lost, 0 to 1; none without any.
    pub win_rate: Option<f64>,
    /// Median minutes from deal to first answer; none without an answer.
    pub response_minutes: Option<f64>,
}

/// What the rules say of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerSettings {
    /// `[ledger] open`: where open leads are counted; by the roster's column, if it has one, where not said.
    pub open: Option<OpenBy>,
    /// `[ledger] recent_days`: how many days `rep.recent` looks back.
    pub recent_days: u32,
    /// `[recycle] after`: a lead without an answer for so long goes back into the pool.
    pub recycle_after: Option<Patience>,
    /// `[recycle] max_returns`: a lead that came back so often stays unassigned.
    pub max_returns: u32,
    /// `[recycle] within_team`: a lead that a rep of a team in `--teams` lets go stays within that team.
    pub within_team: bool,
}

impl Default for LedgerSettings {
    fn default() -> Self {
        Self {
            open: None,
            recent_days: 7,
            recycle_after: None,
            max_returns: 3,
            within_team: true,
        }
    }
}

/// Where open leads are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenBy {
    /// In the roster's column.
    File,
    /// In the ledger.
    Ledger,
}

/// A length of time, by the clock or in working hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Seconds.
    pub seconds: i64,
    /// Whether only the rep's working time counts, without time off.
    pub is_working: bool,
}

impl Patience {
    /// What such a text should look like.
    pub const EXPECTED: &'static str = "a length of time such as `8 working hours`, `90 minutes` or `3 days`";

    /// Reads `8 working hours`, `90 minutes`, `3 days`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let digits = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let count: f64 = text[..digits].parse().ok()?;
        let words: Vec<&str> = text[digits..].split_whitespace().collect();
        let (is_working, unit) = match words[..] {
            [unit] => (false, unit),
            ["working", unit] => (true, unit),
            _ => return None,
        };
        let unit = match unit.strip_suffix('s').unwrap_or(unit) {
            "minute" | "min" => 60.0,
            "hour" | "h" => 3600.0,
            "day" if !is_working => 86_400.0,
            "week" if !is_working => 7.0 * 86_400.0,
            _ => return None,
        };
        let seconds = (count * unit).round();
        #[expect(clippy::cast_possible_truncation, reason = "it is within a century")]
        (60.0..=3.2e9).contains(&seconds).then_some(Self {
            seconds: seconds as i64,
            is_working,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(i64, bool)>) {
        let found = Patience::parse(text).map(|patience| (patience.seconds, patience.is_working));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_length_of_time_is_read_as_people_write_it() {
        check("8 working hours", Some((8 * 3600, true)));
        check("1 Working Hour", Some((3600, true)));
        check(" 90 minutes ", Some((5400, false)));
        check("1.5 days", Some((129_600, false)));
        check("2 weeks", Some((14 * 86_400, false)));
        check("8h", Some((8 * 3600, false)));
    }

    #[test]
    fn what_is_no_length_of_time_is_refused() {
        for text in [
            "",
            "8",
            "hours",
            "0 hours",
            "-3 days",
            "2 working days",
            "9e99 days",
            "3 fortnights",
        ] {
            check(text, None);
        }
    }
}
