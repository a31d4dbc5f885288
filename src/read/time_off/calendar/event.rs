//! An event: whose it is, when it begins and ends, and how it repeats.

use super::super::{Edge, Spell, moment_of};
use super::recurrence::{Rule, unfold};
use super::zones::Zones;
use crate::model::{Moment, zone};
use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendarComponent, ICalendarEntry, ICalendarParameterName, ICalendarParameterValue,
    ICalendarParticipationStatus, ICalendarPeriod, ICalendarProperty, ICalendarStatus, ICalendarValue,
};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A time on a calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum When {
    /// A whole day.
    Day(Date),
    /// A time in the zone of its event.
    Time(DateTime),
}

impl When {
    fn local(self) -> DateTime {
        match self {
            Self::Day(date) => date.to_datetime(Time::midnight()),
            Self::Time(local) => local,
        }
    }

    /// Whether a time of a series is meant.
    fn means(self, local: DateTime) -> bool {
        match self {
            Self::Day(date) => local.date() == date,
            Self::Time(time) => local == time,
        }
    }
}

/// Somebody who is invited.
#[derive(Clone, Debug)]
pub(super) struct Attendee {
    pub(super) address: String,
    pub(super) declined: bool,
}

/// What is wrong with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NoStart,
    BadEnd,
    Backward,
}

/// When an event is.
pub(super) struct Times {
    pub(super) spells: Vec<Spell>,
    /// Whether it repeats in a way that was not understood.
    pub(super) is_cut: bool,
}

/// An event of a calendar.
#[derive(Debug)]
pub(super) struct Event<'a> {
    pub(super) uid: String,
    pub(super) summary: String,
    pub(super) is_cancelled: bool,
    pub(super) attendees: Vec<Attendee>,
    pub(super) organizer: Option<String>,
    /// The time of its series whose place it takes, on the clock of the series.
    pub(super) instead_of: Option<&'a ICalendarEntry>,
    pub(super) unknown_zone: Option<String>,
    start: Option<When>,
    /// The zone; none where it is the rep's own.
    zone: Option<TimeZone>,
    length: Length,
    repeats: Repeats,
    more: Vec<When>,
    without: Vec<When>,
}

#[derive(Debug)]
enum Length {
    Unsaid,
    Until(When),
    Lasts(SignedDuration),
    Unreadable,
}

#[derive(Debug)]
enum Repeats {
    No,
    By(Rule),
    Unreadable,
}

impl<'a> Event<'a> {
    /// Reads a component.
    pub(super) fn of(component: &'a ICalendarComponent, zones: &Zones) -> Self {
        let mut event = Self {
            uid: String::new(),
            summary: String::new(),
            is_cancelled: false,
            attendees: Vec::new(),
            organizer: None,
            instead_of: None,
            unknown_zone: None,
            start: None,
            zone: None,
            length: Length::Unsaid,
            repeats: Repeats::No,
            more: Vec::new(),
            without: Vec::new(),
        };
        // all other times are told in the zone of the start
        if let Some(entry) = component.property(&ICalendarProperty::Dtstart) {
            event.begin(entry, zones);
        }
        for entry in &component.entries {
            event.take(entry, zones);
        }
        event
    }

    fn begin(&mut self, entry: &ICalendarEntry, zones: &Zones) {
        let Some(ICalendarValue::PartialDateTime(date)) = entry.values.first() else {
            return;
        };
        if let Some(name) = entry.tz_id() {
            self.zone = zones.get(name).cloned().or_else(|| zone(name));
            self.unknown_zone = Some(name.to_owned()).filter(|_| self.zone.is_none());
        }
        if date.tz_hour.is_some() {
            self.zone = Some(TimeZone::UTC);
        }
        self.start = self.when(date, entry, zones);
    }

    fn take(&mut self, entry: &'a ICalendarEntry, zones: &Zones) {
        let value = entry.values.first();
        let text = || value.and_then(ICalendarValue::as_text).unwrap_or_default();
        match &entry.name {
            ICalendarProperty::Uid => text().clone_into(&mut self.uid),
            ICalendarProperty::Summary => text().trim().clone_into(&mut self.summary),
            ICalendarProperty::Status => {
                let cancelled = ICalendarValue::Status(ICalendarStatus::Cancelled);
                self.is_cancelled = value == Some(&cancelled);
            }
            ICalendarProperty::Attendee => self.attendees.push(Attendee {
                address: address(entry),
                declined: has_declined(entry),
            }),
            ICalendarProperty::Organizer => self.organizer = Some(address(entry)),
            ICalendarProperty::RecurrenceId => self.instead_of = Some(entry),
            ICalendarProperty::Dtend => {
                let end = self.whens(entry, zones).pop();
                self.length = end.map_or(Length::Unreadable, Length::Until);
            }
            ICalendarProperty::Duration if !matches!(self.length, Length::Until(_)) => {
                self.length = match value {
                    Some(ICalendarValue::Duration(length)) => {
                        Length::Lasts(SignedDuration::from_secs(length.as_seconds()))
                    }
                    _ => Length::Unreadable,
                };
            }
            ICalendarProperty::Rrule => {
                self.repeats = match value {
                    Some(ICalendarValue::RecurrenceRule(rule)) => {
                        let until = rule.until.as_ref().map(|until| self.when(until, entry, zones));
                        let local = self.start.map(When::local);
                        // an end that cannot be read is not the same as none
                        match (Rule::of(rule, until.flatten(), local), until) {
                            (Some(rule), None | Some(Some(_))) => Repeats::By(rule),
                            _ => Repeats::Unreadable,
                        }
                    }
                    _ => Repeats::Unreadable,
                };
            }
            ICalendarProperty::Rdate => self.more.extend(self.whens(entry, zones)),
            ICalendarProperty::Exdate => self.without.extend(self.whens(entry, zones)),
            _ => {}
        }
    }

    /// The written times in the zone of the event.
    pub(super) fn whens(&self, entry: &ICalendarEntry, zones: &Zones) -> Vec<When> {
        let date = |value: &ICalendarValue| match value {
            ICalendarValue::PartialDateTime(date) => self.when(date, entry, zones),
            ICalendarValue::Period(
                ICalendarPeriod::Range { start, .. } | ICalendarPeriod::Duration { start, .. },
            ) => self.when(start, entry, zones),
            _ => None,
        };
        entry.values.iter().filter_map(date).collect()
    }

    /// A written time in the zone of the event.
    fn when(&self, date: &PartialDateTime, entry: &ICalendarEntry, zones: &Zones) -> Option<When> {
        let day = Date::new(
            i16::try_from(date.year?).ok()?,
            i8::try_from(date.month?).ok()?,
            i8::try_from(date.day?).ok()?,
        )
        .ok()?;
        let Some(hour) = date.hour else {
            return Some(When::Day(day));
        };
        let part = |part: Option<u8>| i8::try_from(part.unwrap_or(0)).ok();
        // a leap second is the end of its minute
        let second = part(date.second)?.min(59);
        let time = Time::new(i8::try_from(hour).ok()?, part(date.minute)?, second, 0).ok()?;
        let local = day.to_datetime(time);
        let own = if date.tz_hour.is_some() {
            let seconds = 3600 * i64::from(date.tz_hour?) + 60 * i64::from(date.tz_minute.unwrap_or(0));
            let moment = moment_of(local, &TimeZone::UTC)?.0;
            let exact = if date.tz_minus {
                moment + seconds
            } else {
                moment - seconds
            };
            Some(Moment(exact))
        } else {
            let named = entry
                .tz_id()
                .and_then(|name| zones.get(name).cloned().or_else(|| zone(name)));
            let other = named.filter(|named| Some(named) != self.zone.as_ref());
            other.and_then(|zone| moment_of(local, &zone))
        };
        match (own, &self.zone) {
            (Some(moment), Some(zone)) => {
                let stamp = Timestamp::from_second(moment.0).ok()?;
                Some(When::Time(zone.to_datetime(stamp)))
            }
            _ => Some(When::Time(local)),
        }
    }

    /// What the event is called.
    pub(super) fn title(&self) -> String {
        let words: Vec<&str> = self.summary.split_whitespace().collect();
        if words.is_empty() {
            return "without a name".to_owned();
        }
        words.join(" ").replace('`', "'")
    }

    /// All its times but those that are gone, since other events take their place;
    /// of a series those within some days.
    pub(super) fn spells(&self, gone: &[When], (from, to): (Date, Date)) -> Result<Times, Fault> {
        let start = self.start.ok_or(Fault::NoStart)?;
        let length = self.length(start)?;
        let (mut starts, is_cut) = match &self.repeats {
            Repeats::No => (vec![start.local()], false),
            Repeats::By(_) if start.local().date() > to => (vec![start.local()], false),
            Repeats::By(rule) => {
                // what began earlier may last until then
                let from = from.checked_sub(length).unwrap_or(start.local().date());
                (unfold(rule, start.local(), (from, to)), false)
            }
            Repeats::Unreadable => (vec![start.local()], true),
        };
        starts.extend(self.more.iter().map(|more| match (more, start) {
            (When::Day(date), When::Time(time)) => date.to_datetime(time.time()),
            _ => more.local(),
        }));
        let is_gone = |local: DateTime| gone.iter().chain(&self.without).any(|when| when.means(local));
        starts.retain(|local| !is_gone(*local));
        starts.sort_unstable();
        starts.dedup();
        let spells = starts.into_iter().filter_map(|from| self.spell(from, length));
        Ok(Times {
            spells: spells.collect(),
            is_cut,
        })
    }

    /// How long it lasts on the clock; without an end the rest of its day.
    fn length(&self, start: When) -> Result<SignedDuration, Fault> {
        let from = start.local();
        let length = match self.length {
            Length::Unreadable => return Err(Fault::BadEnd),
            Length::Until(end) => from.duration_until(end.local()),
            Length::Lasts(length) => length,
            Length::Unsaid => {
                let midnight = from.date().tomorrow().map_err(|_| Fault::BadEnd)?;
                from.duration_until(midnight.to_datetime(Time::midnight()))
            }
        };
        match start {
            _ if length.is_negative() => Err(Fault::Backward),
            When::Day(_) if length.is_zero() => Ok(SignedDuration::from_hours(24)),
            _ => Ok(length),
        }
    }

    fn spell(&self, from: DateTime, length: SignedDuration) -> Option<Spell> {
        let to = from.checked_add(length).ok()?;
        let is_day = matches!(self.start, Some(When::Day(_)));
        let edge = |local| match &self.zone {
            Some(zone) if !is_day => moment_of(local, zone).map(Edge::Exact),
            _ => Some(Edge::Local(local)),
        };
        Some(Spell {
            from: edge(from)?,
            to: edge(to)?,
        })
    }
}

/// `ann@example.com` in `mailto:ann@example.com`, also where only the parameter `EMAIL` has it.
fn address(entry: &ICalendarEntry) -> String {
    let own = entry
        .values
        .first()
        .and_then(ICalendarValue::as_text)
        .unwrap_or_default();
    let own = own.trim();
    let has_scheme = own
        .get(..7)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let own = if has_scheme { &own[7..] } else { own };
    let other = entry.parameter(&ICalendarParameterName::Email);
    match other.and_then(ICalendarParameterValue::as_text) {
        Some(email) if !own.contains('@') => email.trim().to_owned(),
        _ => own.to_owned(),
    }
}

fn has_declined(entry: &ICalendarEntry) -> bool {
    let declined = ICalendarParameterValue::Partstat(ICalendarParticipationStatus::Declined);
    entry.parameter(&ICalendarParameterName::Partstat) == Some(&declined)
}
