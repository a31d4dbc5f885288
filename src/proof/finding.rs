//! What can be wrong with a finished run, and how it is said.

use crate::mistake::Position;
use std::fmt;

/// The files of a run that are checked.
pub const ASSIGNMENTS: &str = "assignments.csv";
/// Leads that were not dealt.
pub const UNASSIGNED: &str = "unassigned.csv";
/// Leads that an earlier run dealt.
pub const STANDING: &str = "standing.csv";
/// Rows that could not be read.
pub const SET_ASIDE: &str = "set_aside.csv";
/// The roster with what each rep got.
pub const WORKLOAD: &str = "workload.csv";
/// The record of the run.
pub const RECORD: &str = crate::record::FILE;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// A file is not there.
    MissingFile {
        /// Its name in the run's folder.
        file: String,
    },
    /// A file is not, byte for byte, the one that the run wrote.
    AlteredFile {
        /// Its name in the run's folder.
        file: String,
    },
    /// A file or row cannot be read.
    Unreadable {
        /// Where.
        position: Position,
        /// Why, as a phrase.
        why: String,
    },
    /// A lead of the input is in none of the files.
    LostLead {
        /// Its id.
        lead: String,
    },
    /// A lead is there more than once, or is none of the input.
    StrayLead {
        /// Where.
        position: Position,
        /// Its id.
        lead: String,
        /// What is wrong with it, as a phrase.
        why: String,
    },
    /// A lead is dealt in a way that the rules forbid.
    Illegal {
        /// Where.
        position: Position,
        /// Its id.
        lead: String,
        /// The id of the rep or the name of the team that has it.
        holder: String,
        /// The rule that forbids it, as a phrase.
        why: String,
    },
    /// A pass that deals one lead after another gave a lead to somebody whose turn it was not.
    OutOfTurn {
        /// Where.
        position: Position,
        /// Its id.
        lead: String,
        /// The pass.
        pass: String,
        /// The id of the rep that the pass gave it to, if any.
        found: Option<String>,
        /// The id of the rep whose turn it was, if anybody's.
        expected: Option<String>,
    },
    /// A rep or team has more leads than there is room for.
    OverRoom {
        /// The id of the rep or the name of the team.
        holder: String,
        /// Leads that it got.
        dealt: u64,
        /// Leads that it could take.
        room: u64,
    },
    /// Passes gave the reps whom a limit holds together more leads than it lets them.
    OverLimit {
        /// The limit.
        limit: String,
        /// Its group.
        group: String,
        /// Leads that they got.
        dealt: u64,
        /// Leads that they could get.
        max: u32,
    },
    /// Leads that go to one rep or to nobody did not.
    Parted {
        /// What the unit is called.
        unit: String,
        /// The pass.
        pass: String,
        /// How many leads of it were up for the pass.
        leads: u64,
    },
    /// A better deal may exist.
    Gap {
        /// The pass.
        pass: String,
        /// By how much, with its level: "1 lead of tier `hot`", "3.2 points".
        amount: String,
        /// A pair that says so.
        example: Option<String>,
    },
    /// A rep's stored potential is not the least that proves the pass.
    NotLeast {
        /// The pass.
        pass: String,
        /// The id of the rep.
        rep: String,
    },
    /// A rep's stored greatest potential is not the greatest that proves the pass.
    NotGreatest {
        /// The pass.
        pass: String,
        /// The id of the rep.
        rep: String,
    },
    /// A small pass has a better deal, found by a second solver.
    Bettered {
        /// The pass.
        pass: String,
        /// By how much.
        amount: String,
    },
    /// A cell is not what it comes to when it is made again.
    StrayCell {
        /// Where.
        position: Position,
        /// The column.
        column: String,
        /// What is there.
        found: String,
        /// What it should be.
        expected: String,
    },
    /// More of the same sort than are listed.
    More {
        /// How many.
        count: u64,
        /// Of what, as a phrase.
        what: String,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingFile { file } => write!(f, "{file}: the run wrote it, but it is not there"),
            Self::AlteredFile { file } => write!(f, "{file}: it is not as the run wrote it"),
            Self::Unreadable { position, why } => write!(f, "{position}: {why}"),
            Self::LostLead { lead } => write!(f, "lead `{lead}` is in none of the files"),
            Self::StrayLead { position, lead, why } => write!(f, "{position}: lead `{lead}` {why}"),
            Self::Illegal {
                position,
                lead,
                holder,
                why,
            } => write!(f, "{position}: lead `{lead}` may not be with `{holder}`: {why}"),
            Self::OutOfTurn {
                position,
                lead,
                pass,
                found,
                expected,
            } => {
                let name =
                    |rep: &Option<String>| rep.as_ref().map_or("nobody".to_owned(), |id| format!("`{id}`"));
                let (found, expected) = (name(found), name(expected));
                write!(
                    f,
                    "{position}: lead `{lead}` went to {found} in pass `{pass}`, but it was the turn of {expected}"
                )
            }
            Self::OverRoom { holder, dealt, room } => {
                write!(f, "`{holder}` got {dealt}, but has room for {room}")
            }
            Self::OverLimit {
                limit,
                group,
                dealt,
                max,
            } => {
                write!(
                    f,
                    "limit `{limit}`: `{group}` got {dealt}, which is more than {max}"
                )
            }
            Self::Gap {
                pass,
                amount,
                example,
            } => {
                write!(f, "pass `{pass}` is not proven the best: {amount} may be missing")?;
                example.iter().try_for_each(|example| write!(f, "; {example}"))
            }
            Self::NotLeast { pass, rep } => {
                write!(
                    f,
                    "{RECORD}: pass `{pass}`: the potential of `{rep}` is not the least"
                )
            }
            Self::Parted { unit, pass, leads } => {
                write!(
                    f,
                    "{ASSIGNMENTS}: pass `{pass}` parts the {leads} leads of `{unit}`, or deals them to another rep than those before"
                )
            }
            Self::NotGreatest { pass, rep } => {
                write!(
                    f,
                    "{RECORD}: pass `{pass}`: the greatest potential of `{rep}` is not the greatest"
                )
            }
            Self::Bettered { pass, amount } => {
                write!(
                    f,
                    "pass `{pass}` has a better deal: {amount} more by a second solver"
                )
            }
            Self::StrayCell {
                position,
                column,
                found,
                expected,
            } => write!(f, "{position}: `{column}` is `{found}`; it comes to `{expected}`"),
            Self::More { count, what } => write!(f, "and {count} more {what}"),
        }
    }
}

/// What a run was found to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// All that is wrong; of a sort in a file the first few, then how many more.
    pub findings: Vec<Finding>,
    /// Pairs of a lead and a rep that were scored again.
    pub pairs_checked: u64,
    /// Rows whose cells were made again.
    pub rows_checked: u64,
    /// Optimal passes that are proven the best given those before.
    pub proven: Vec<String>,
    /// Passes whose limits cross or whose units stay whole, which their bound, added up again, does not prove to be
    /// the best.
    pub bounded: Vec<String>,
    /// Whether files were altered and yet every deal is legal and every pass as good as the best.
    pub as_good: bool,
    /// How many rows were asked to be checked, where not all were.
    pub sample: Option<usize>,
}

impl Verdict {
    /// Tells whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

/// The position of a line of a file.
pub(crate) fn line_of(file: &str, line: u32) -> Position {
    Position::Line {
        file: file.to_owned(),
        line,
        column: None,
    }
}
