//! Time off: tables and calendars to what each rep misses of its next working days.

mod absences;
mod calendar;
mod people;
mod rows;
#[cfg(test)]
mod tests;

use super::InputTable;
use super::encoding::{Decoded, decode};
use super::gzip::unpack;
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{AsOf, Moment, Note, RepIndex, Settings, Span, Table, TimeOffFile};
pub(super) use absences::apply;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
pub(super) use people::People;
use people::Strangers;

/// Series of events are unfolded from so many days before the run: leads that wait for an answer are older
/// than that only where nobody recorded one.
const BEFORE: i32 = 60;
/// And to so many days after it: thirty working days and the year in which a rep is to be back.
const AHEAD: i32 = 500;

/// A file of time off, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeOff {
    /// Rows with a rep and dates.
    Table(Table),
    /// An iCalendar file.
    Calendar {
        /// The file as the user named it.
        name: String,
        /// Its text.
        text: String,
    },
}

/// Time off of one row or event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leave {
    /// Whose it is.
    reps: Vec<RepIndex>,
    spells: Vec<Spell>,
    reason: String,
}

/// A stretch of time off; `to` is the first moment after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spell {
    from: Edge,
    to: Edge,
}

/// A moment, or a time on the clock of whoever is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Exact(Moment),
    Local(DateTime),
}

impl Edge {
    fn moment(self, zone: &TimeZone) -> Option<Moment> {
        match self {
            Self::Exact(moment) => Some(moment),
            Self::Local(local) => moment_of(local, zone),
        }
    }
}

impl Spell {
    /// The stretch in a zone; none where nothing is left of it.
    fn span(self, zone: &TimeZone) -> Option<Span> {
        let (from, to) = (self.from.moment(zone)?, self.to.moment(zone)?);
        (from < to).then_some(Span { from, to })
    }
}

fn moment_of(local: DateTime, zone: &TimeZone) -> Option<Moment> {
    let stamp = zone.to_timestamp(local).ok()?;
    Some(Moment(stamp.as_second()))
}

/// The time off of a file, and how much of it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaves {
    pub(super) file: TimeOffFile,
    list: Vec<Leave>,
}

/// Opens a file argument of time off: a calendar by its extension or first bytes, else a table.
///
/// # Errors
/// Every mistake of the file as a whole.
pub(super) fn open(input: &InputTable) -> Result<TimeOff, Mistakes> {
    let name = &input.file.name;
    let bytes = unpack(name, &input.file.bytes)?;
    if !is_calendar(name, &bytes) {
        let table = super::table(&input.file, input.sheet.as_deref(), &super::Reading::default())?;
        return Ok(TimeOff::Table(table));
    }
    let Decoded { text, .. } = decode(name, &bytes)?;
    if !text.to_ascii_uppercase().contains("BEGIN:V") {
        let position = Position::File(name.clone());
        return Err(Mistake::new(Kind::BadFormat, position, "no calendar")
            .expected("iCalendar, which begins with `BEGIN:VCALENDAR`, or a table with rep, from and to")
            .into());
    }
    Ok(TimeOff::Calendar {
        name: name.clone(),
        text: text.into_owned(),
    })
}

fn is_calendar(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let beginning = text.trim_ascii_start().get(..15).unwrap_or_default();
    [".ics", ".ical", ".icalendar"]
        .iter()
        .any(|end| name.ends_with(end))
        || beginning.eq_ignore_ascii_case(b"BEGIN:VCALENDAR")
}

/// Reads every file of time off; who is not on the roster and events of nobody are counted in one warning.
pub(super) fn leaves(
    files: &[TimeOff],
    people: &People<'_>,
    settings: &Settings,
    as_of: &AsOf,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Vec<Leaves> {
    let today = Timestamp::from_second(as_of.moment.0).unwrap_or_default();
    let today = as_of.zone.to_datetime(today).date();
    let days = (
        today.checked_sub(BEFORE.days()).unwrap_or(Date::MIN),
        today.checked_add(AHEAD.days()).unwrap_or(Date::MAX),
    );
    let mut strangers = Strangers::default();
    let mut all = Vec::new();
    for file in files {
        all.push(match file {
            TimeOff::Table(table) => rows::read(table, people, settings, &mut strangers, notes, mistakes),
            TimeOff::Calendar { name, text } => {
                calendar::read(name, text, people, days, &mut strangers, notes, mistakes)
            }
        });
    }
    notes.extend(strangers.warnings());
    all
}
