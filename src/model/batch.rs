//! A batch: all leads and reps of a run, read, checked and typed.

use super::{
    Absence, AsOf, Cells, Country, Frame, Listing, OfficeIndex, Parties, Past, Place, Placing, Reconciled,
    RepIndex, Schedule, Source, Span, UnitIndex, WeeklyHours, Weight,
};
use crate::mistake::Position;
use jiff::tz::TimeZone;

/// Whether a note is a plain fact or something to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// Said by `check` and under `--verbose`.
    Fact,
    /// Said by every command on stderr.
    Warning,
}

/// Something that should be said of the inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How loudly.
    pub kind: NoteKind,
    /// One sentence, lower case, without a full stop.
    pub text: String,
}

impl Note {
    /// A plain fact.
    pub fn fact(text: impl Into<String>) -> Self {
        Self {
            kind: NoteKind::Fact,
            text: text.into(),
        }
    }

    /// A warning.
    pub fn warning(text: impl Into<String>) -> Self {
        Self {
            kind: NoteKind::Warning,
            text: text.into(),
        }
    }
}

/// Where a row came from: which source, and the row's own number in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The position in the list of sources.
    pub source: u16,
    /// The row's own number in the file.
    pub row: u32,
}

/// Whether a lead is free to be dealt, as far as its own row tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// Free.
    Free,
    /// The CRM says it is converted.
    Converted,
    /// It belongs to somebody; the text is the owner cell.
    Owned(String),
    /// It belongs to a rep of the roster who is inactive, so it is free; the text is the owner cell.
    FormerOwner(String),
}

/// A row that could not be read, as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Where it stood.
    pub position: Position,
    /// Which headers its cells follow: the position in the list of sources.
    pub source: u16,
    /// Why, as one phrase.
    pub reason: String,
    /// Its cells.
    pub cells: Vec<String>,
}

/// The columns of one file, and what they were taken for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileColumns {
    /// The headers exactly as in the file; the cells of a row that was set aside follow them.
    pub headers: Vec<String>,
    /// For each column that is a field: its header and the field, in the file's order.
    pub fields: Vec<(String, String)>,
}

/// The leads of a batch, in input order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leads {
    /// The files they came from.
    pub sources: Vec<Source>,
    /// The columns of each of these files.
    pub columns: Vec<FileColumns>,
    /// Each lead's id, unique.
    pub ids: Vec<String>,
    /// Where each row stood.
    pub origins: Vec<Origin>,
    /// Their own columns: the headers exactly as in the file(s), the first file's first.
    pub headers: Vec<String>,
    /// Their own cells exactly as in the file(s); a file without a column has empty cells there.
    pub cells: Cells,
    /// The typed columns that rules read.
    pub frame: Frame,
    /// Where each lead is.
    pub places: Vec<Place>,
    /// What came of looking up their addresses.
    pub placing: Placing,
    /// The distinct office hours of the leads; empty where nothing reads them.
    pub offices: Vec<Schedule>,
    /// For each lead its office hours, if its zone is known; empty where nothing reads them.
    pub office_of: Vec<Option<OfficeIndex>>,
    /// Whether each lead is free.
    pub ownership: Vec<Ownership>,
    /// For each lead the rep who owns its account, if that is one of the roster.
    pub account_owners: Vec<Option<RepIndex>>,
    /// What each lead says of a person and an organisation; absent where nothing reads it.
    pub parties: Option<Parties>,
    /// The unit that each lead is dealt in, of those with two leads at least; empty where each is dealt alone.
    pub unit_of: Vec<Option<UnitIndex>>,
    /// What each unit is called: the account or company that its leads share.
    pub units: Vec<String>,
    /// Rows that could not be read.
    pub set_aside: Vec<SetAside>,
    /// The delimiter of the first file.
    pub delimiter: u8,
    /// Whether the first file began with a byte-order mark.
    pub bom: bool,
    /// Whether the ids are `file:row` because no column holds one.
    pub ids_are_rows: bool,
}

impl Leads {
    /// How many leads there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// The most leads that a rep may have open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceiling {
    /// No ceiling.
    Unlimited,
    /// At most so many; 0 takes no lead.
    At(u32),
}

/// A rep.
#[derive(Clone, Debug, PartialEq)]
pub struct Rep {
    /// Unique id.
    pub id: String,
    /// Name as written; the id where there is none.
    pub name: String,
    /// E-mail as written; may be empty.
    pub email: String,
    /// Inactive reps never get a lead.
    pub active: bool,
    /// Team as written; empty = none.
    pub team: String,
    /// Most open leads.
    pub max_open: Ceiling,
    /// Leads open now.
    pub open: u32,
    /// Most new leads in a run; with a ledger: in a calendar day.
    pub max_new: Option<u32>,
    /// New leads that count against that already.
    pub new_today: u32,
    /// Share in rotations and of balance; empty = 1.
    pub weight: Weight,
    /// Items of the territories cell; empty = everywhere.
    pub territories: Vec<String>,
    /// The farthest lead that the rep takes, in kilometres.
    pub max_km: Option<f64>,
    /// Where the rep is.
    pub place: Place,
    /// The rep's time zone, by its own cell or its place.
    pub zone: Option<TimeZone>,
    /// Its working hours, by its own cell or the rules.
    pub hours: Option<WeeklyHours>,
    /// All its time off as read, in order and apart.
    pub off: Vec<Span>,
    /// Its time off in the next working days.
    pub absence: Option<Absence>,
    /// The row's own number in the file.
    pub row: u32,
}

impl Rep {
    /// A rep of whom only id and name are known: active, nowhere, without a ceiling, a team or hours.
    pub fn named(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            email: String::new(),
            active: true,
            team: String::new(),
            max_open: Ceiling::Unlimited,
            open: 0,
            max_new: None,
            new_today: 0,
            weight: Weight::ONE,
            territories: Vec::new(),
            max_km: None,
            place: Place::NOWHERE,
            zone: None,
            hours: None,
            off: Vec::new(),
            absence: None,
            row: 0,
        }
    }

    /// Tells whether the rep can be dealt leads: active and not away.
    pub fn is_present(&self) -> bool {
        self.active && !self.is_away()
    }

    /// Tells whether the rep is away for all of the next working days.
    pub fn is_away(&self) -> bool {
        self.absence.as_ref().is_some_and(Absence::is_whole)
    }

    /// The rep's own calendar: office hours where it names none, the run's zone where none is known.
    pub fn schedule(&self, as_of: &AsOf) -> Schedule {
        Schedule {
            zone: self.zone.clone().unwrap_or_else(|| as_of.zone.clone()),
            hours: self.hours.clone().unwrap_or_else(WeeklyHours::office),
        }
    }

    /// Tells whether the rep works at some time in its next working days, so many of them.
    pub fn works_within(&self, as_of: &AsOf, days: u32) -> bool {
        let days = self.schedule(as_of).working_days(as_of.moment, days);
        days.iter().any(|day| {
            let working: Vec<Span> = (day.working.iter())
                .map(|span| Span {
                    from: span.from.max(as_of.moment),
                    to: span.to,
                })
                .filter(|span| span.from < span.to)
                .collect();
            Span::shared(&working, &self.off) < Span::shared(&working, &working)
        })
    }

    /// Free capacity: how many leads the rep can take in this run; `u32::MAX` where nothing bounds it.
    pub fn room(&self) -> u32 {
        if !self.is_present() {
            return 0;
        }
        let below_ceiling = match self.max_open {
            Ceiling::Unlimited => u32::MAX,
            Ceiling::At(most) => most.saturating_sub(self.open),
        };
        let new = self.max_new.map(|most| most.saturating_sub(self.new_today));
        below_ceiling.min(new.unwrap_or(u32::MAX))
    }
}

/// The roster, in input order.
#[derive(Clone, Debug, PartialEq)]
pub struct Reps {
    /// The file it came from.
    pub source: Source,
    /// The columns of that file.
    pub columns: FileColumns,
    /// The reps.
    pub list: Vec<Rep>,
    /// The typed columns that rules and score parts read: skills, languages, preferences,
    /// `experience_years`, performance and whatever rules name.
    pub frame: Frame,
}

/// A manual allocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The lead by its id (it may be a lead that this batch does not have).
    pub lead_id: String,
    /// The rep.
    pub rep: RepIndex,
    /// The reason that the user gave; may be empty.
    pub reason: String,
}

/// All that a run deals with.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The leads.
    pub leads: Leads,
    /// The roster.
    pub reps: Reps,
    /// Manual allocations.
    pub pins: Vec<Pin>,
    /// Claims of reps to leads, in the order of the file.
    pub claims: Vec<super::Claim>,
    /// Teams of a file of teams.
    pub teams: Vec<super::Team>,
    /// What a ledger tells of the nights before.
    pub past: Past,
    /// Lists of records that are known already, until leads were held against them.
    pub listings: Vec<Listing>,
    /// What came of holding the leads against each other and against known records; absent where all are new.
    pub reconciled: Option<Reconciled>,
    /// The moment of the run.
    pub as_of: AsOf,
    /// The country of places without one, by the rules or because a whole file agrees with it.
    pub country: Option<Country>,
    /// What the files of time off came to.
    pub time_off: Vec<TimeOffFile>,
    /// What should be said of the inputs.
    pub notes: Vec<Note>,
}

/// How many rows or events of a file of time off came to what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeOffFile {
    /// The file as the user named it.
    pub file: String,
    /// Whether it holds events of a calendar rather than rows.
    pub is_calendar: bool,
    /// All that were read.
    pub read: u64,
    /// Those that take working time out of the days that the run looks at.
    pub used: u64,
    /// Those that are over.
    pub past: u64,
    /// Those of people who are not on the roster, and events that name nobody.
    pub strangers: u64,
}

impl TimeOffFile {
    /// Those that begin later or take no working time.
    pub fn later(&self) -> u64 {
        self.read.saturating_sub(self.used + self.past + self.strangers)
    }
}
