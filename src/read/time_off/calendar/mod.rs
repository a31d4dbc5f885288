//! Time off in calendars: events of iCalendar files (RFC 5545) as Google, Outlook and Apple export them.
//!
//! An event belongs to its attendees on the roster, else to its organizer, else to the one rep named in its
//! summary. Cancelled events do not count, nor do attendees who declined. The crate parses; recurring
//! events are unfolded [here](recurrence), since its own unfolding brings two megabytes of time zones.

mod event;
mod recurrence;
mod zones;

use super::people::{Strangers, Whom};
use super::{Leave, Leaves, People};
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{Note, RepIndex, TimeOffFile};
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarEntry};
use calcard::{Entry, Parser};
use event::{Event, Fault, When};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Reads the events of a calendar.
pub(super) fn read(
    name: &str,
    text: &str,
    people: &People<'_>,
    days: (Date, Date),
    strangers: &mut Strangers,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Leaves {
    let mut leaves = Leaves {
        file: TimeOffFile {
            file: name.to_owned(),
            is_calendar: true,
            ..TimeOffFile::default()
        },
        list: Vec::new(),
    };
    if is_cut(text) {
        let position = Position::File(name.to_owned());
        let mistake = Mistake::new(Kind::BadFormat, position, "the calendar is cut short");
        mistakes.push(mistake.expected("`END:VCALENDAR` at its end"));
        return leaves;
    }
    let lines = lines_of(text, "BEGIN:VEVENT");
    let mut reader = Reader {
        name,
        people,
        days,
        strangers,
        mistakes,
        odd: Oddities::default(),
    };
    let mut seen = 0;
    let mut parser = Parser::new(text);
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                let lines = lines.get(seen..).unwrap_or_default();
                seen += reader.calendar(&calendar, lines, &mut leaves);
            }
            Entry::Eof | Entry::TooManyComponents => break,
            _ => {}
        }
    }
    notes.extend(reader.odd.warnings(name));
    leaves
}

/// Whether a calendar begins that does not end: the time off after the cut would be lost in silence.
fn is_cut(text: &str) -> bool {
    lines_of(text, "END:VCALENDAR").len() < lines_of(text, "BEGIN:VCALENDAR").len()
}

/// The numbers of the lines that say something, from 1.
fn lines_of(text: &str, wanted: &str) -> Vec<u32> {
    let is_wanted = |line: &str| line.trim().eq_ignore_ascii_case(wanted);
    (1u32..)
        .zip(text.lines())
        .filter(|(_, line)| is_wanted(line))
        .map(|(number, _)| number)
        .collect()
}

/// What is read otherwise than it was meant.
#[derive(Debug, Default)]
struct Oddities {
    repeats: u64,
    zones: BTreeSet<String>,
}

impl Oddities {
    fn warnings(self, name: &str) -> Vec<Note> {
        let mut warnings = Vec::new();
        if self.repeats > 0 {
            let events = self.repeats;
            let (what, repeat) = if events == 1 {
                ("event", "repeats")
            } else {
                ("events", "repeat")
            };
            warnings.push(Note::warning(format!(
                "{name}: {events} {what} {repeat} in a way that is not understood; only the first time counts"
            )));
        }
        if !self.zones.is_empty() {
            let zones: Vec<String> = self
                .zones
                .iter()
                .take(3)
                .map(|zone| format!("`{zone}`"))
                .collect();
            warnings.push(Note::warning(format!(
                "{name}: unknown time zones are taken to be the rep's own: {}",
                zones.join(", ")
            )));
        }
        warnings
    }
}

struct Reader<'r> {
    name: &'r str,
    people: &'r People<'r>,
    /// The days that matter.
    days: (Date, Date),
    strangers: &'r mut Strangers,
    mistakes: &'r mut Mistakes,
    odd: Oddities,
}

/// Whose an event is.
enum Owners {
    Reps(Vec<RepIndex>),
    /// Nobody needs it: cancelled, or declined by all.
    Off,
    /// Nobody of the roster.
    Strangers,
}

impl Reader<'_> {
    /// Reads the events of one calendar; tells how many there are.
    fn calendar(&mut self, calendar: &ICalendar, lines: &[u32], leaves: &mut Leaves) -> usize {
        let zones = zones::zones(calendar);
        let events = calendar.components.iter();
        let events = events.filter(|component| component.component_type == ICalendarComponentType::VEvent);
        let events: Vec<Event> = events.map(|component| Event::of(component, &zones)).collect();
        // an event that moved or fell out takes the place of one time of its series
        let mut moved: BTreeMap<&str, Vec<&ICalendarEntry>> = BTreeMap::new();
        for event in &events {
            moved.entry(&event.uid).or_default().extend(event.instead_of);
        }
        for (at, event) in events.iter().enumerate() {
            leaves.file.read += 1;
            let position = self.position(lines.get(at).copied());
            let reps = match self.owners(event, &position) {
                Owners::Reps(reps) if !reps.is_empty() => reps,
                Owners::Reps(_) | Owners::Strangers => {
                    leaves.file.strangers += 1;
                    continue;
                }
                Owners::Off => continue,
            };
            let series = Some(&event.uid).filter(|uid| event.instead_of.is_none() && !uid.is_empty());
            let instead = series.and_then(|uid| moved.get(uid.as_str()));
            let gone = instead.into_iter().flatten();
            let gone: Vec<When> = gone.flat_map(|entry| event.whens(entry, &zones)).collect();
            match event.spells(&gone, self.days) {
                Ok(times) => {
                    self.odd.repeats += u64::from(times.is_cut);
                    self.odd.zones.extend(event.unknown_zone.clone());
                    leaves.list.push(Leave {
                        reps,
                        spells: times.spells,
                        reason: event.summary.clone(),
                    });
                }
                Err(fault) => self.mistakes.push(fault_of(event, fault, position)),
            }
        }
        events.len()
    }

    fn owners(&mut self, event: &Event, position: &Position) -> Owners {
        if event.is_cancelled
            || (!event.attendees.is_empty() && event.attendees.iter().all(|one| one.declined))
        {
            return Owners::Off;
        }
        let before = self.mistakes.0.len();
        let coming = event.attendees.iter().filter(|one| !one.declined);
        let coming: Vec<&str> = coming.map(|one| one.address.as_str()).collect();
        let organizer: Vec<&str> = event.organizer.as_deref().into_iter().collect();
        for addresses in [&coming, &organizer] {
            let mut reps = Vec::new();
            for address in addresses {
                reps.extend(self.rep(address, event, position));
            }
            if !reps.is_empty() || self.mistakes.0.len() > before {
                reps.sort_unstable();
                reps.dedup();
                return Owners::Reps(reps);
            }
        }
        if let Some(rep) = self.people.named_in(&event.summary) {
            return Owners::Reps(vec![rep]);
        }
        match coming.first().or(organizer.first()) {
            Some(address) => self.strangers.person(address),
            None => self.strangers.event(&event.summary),
        }
        Owners::Strangers
    }

    fn rep(&mut self, address: &str, event: &Event, position: &Position) -> Option<RepIndex> {
        match self.people.find(address) {
            Whom::Rep(rep) => Some(rep),
            Whom::Stranger => None,
            Whom::Several(reps) => {
                let found = format!(
                    "event `{}` is of `{address}`, the name or e-mail of {reps} reps",
                    event.title()
                );
                let mistake = Mistake::new(Kind::AmbiguousRep, position.clone(), found);
                self.mistakes.push(mistake.expected("an e-mail that one rep has"));
                None
            }
        }
    }

    fn position(&self, line: Option<u32>) -> Position {
        match line {
            Some(line) => Position::Line {
                file: self.name.to_owned(),
                line,
                column: None,
            },
            None => Position::File(self.name.to_owned()),
        }
    }
}

fn fault_of(event: &Event, fault: Fault, position: Position) -> Mistake {
    let (kind, found) = match fault {
        Fault::NoStart => (Kind::BadDate, "has no start that can be read"),
        Fault::BadEnd => (Kind::BadDate, "has an end that cannot be read"),
        Fault::Backward => (Kind::BadTimeOff, "ends before it begins"),
    };
    Mistake::new(kind, position, format!("event `{}` {found}", event.title()))
}
