//! Leads' office hours: each distinct combination of hours and zone once.

use super::coding::Coded;
use super::columnwise::Sheets;
use crate::model::{Note, OfficeIndex, QuickMap, Schedule, Settings, WeeklyHours, zone, zone_name};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Office hours of leads.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Offices {
    /// The distinct ones, in order of first appearance.
    pub list: Vec<Schedule>,
    /// For each lead its own, if its zone is known.
    pub of: Vec<Option<OfficeIndex>>,
}

/// Reads the office hours of some rows of the leads. `place_zones` holds for every row of the files the IANA
/// name of the zone of its place, empty where that is not known.
///
/// The zone is the row's own, else that of its place, else that of the rules; without hours of its own a lead
/// has those of the rules. A cell that cannot be read counts as empty, which is said: no lead is lost for it.
pub(super) fn offices(
    sheets: &Sheets<'_>,
    settings: &Settings,
    place_zones: &Coded<'_>,
    rows: &[usize],
    notes: &mut Vec<Note>,
) -> Offices {
    let own_zones = sheets.code(&sheets.field("time_zone"));
    let own_hours = sheets.code(&sheets.field("hours"));
    let mut zones = Zones::default();
    let of_cell: Vec<Option<u32>> = own_zones.texts.iter().map(|text| zones.number(text)).collect();
    let of_place: Vec<Option<u32>> = place_zones.texts.iter().map(|text| zones.number(text)).collect();
    let of_rules = settings.time_zone.as_ref().map(|zone| zones.number_of(zone));
    let parse = |text: &&str| (!text.is_empty()).then(|| WeeklyHours::parse(text));
    let hours: Vec<_> = own_hours.texts.iter().map(parse).collect();
    note_unread(
        &own_zones,
        rows,
        |code| of_cell[code].is_none(),
        notes,
        |count, texts| format!("the time zone of {count} cannot be read and counts as empty: {texts}"),
    );
    note_unread(
        &own_hours,
        rows,
        |code| matches!(hours[code], Some(Err(_))),
        notes,
        |count, texts| {
            let office = &settings.lead_hours;
            format!("the hours of {count} cannot be read and count as {office}: {texts}")
        },
    );
    let meant = |hours| match hours {
        Some(Ok(hours)) => hours,
        _ => settings.lead_hours.clone(),
    };
    let hours: Vec<WeeklyHours> = hours.into_iter().map(meant).collect();
    let mut numbers: BTreeMap<&WeeklyHours, usize> = BTreeMap::new();
    let same: Vec<usize> = hours
        .iter()
        .enumerate()
        .map(|(code, hours)| *numbers.entry(hours).or_insert(code))
        .collect();

    let mut known: QuickMap<(u32, usize), OfficeIndex> = QuickMap::default();
    let mut offices = Offices::default();
    let (mut by_rules, mut nowhere) = (0, 0);
    for &row in rows {
        let own = of_cell[own_zones.codes[row] as usize];
        let zone = own.or_else(|| of_place[place_zones.codes[row] as usize]);
        by_rules += usize::from(zone.is_none() && of_rules.is_some());
        let Some(zone) = zone.or(of_rules) else {
            nowhere += 1;
            offices.of.push(None);
            continue;
        };
        let hours_at = same[own_hours.codes[row] as usize];
        let office = *known.entry((zone, hours_at)).or_insert_with(|| {
            offices.list.push(Schedule {
                zone: zones.list[zone as usize].clone(),
                hours: hours[hours_at].clone(),
            });
            OfficeIndex::new(offices.list.len() - 1)
        });
        offices.of.push(Some(office));
    }
    note_zones(settings, by_rules, nowhere, notes);
    offices
}

/// Says how many leads are in the zone of the rules for want of their own, or in none at all.
fn note_zones(settings: &Settings, by_rules: usize, nowhere: usize, notes: &mut Vec<Note>) {
    if let (Some(zone), true) = (&settings.time_zone, by_rules > 0) {
        let (zone, leads) = (zone_name(zone), leads(by_rules));
        notes.push(Note::fact(format!(
            "{leads} without a time zone, taken to be in {zone}"
        )));
    }
    if nowhere > 0 {
        let leads = leads(nowhere);
        let text = format!("{leads} without a time zone: their office hours are not compared");
        notes.push(Note::fact(text));
    }
}

/// Time zones, each numbered once whatever it is called.
#[derive(Debug, Default)]
struct Zones {
    list: Vec<TimeZone>,
    numbers: BTreeMap<String, u32>,
    /// What texts were found to mean.
    known: QuickMap<String, Option<u32>>,
}

impl Zones {
    fn number(&mut self, text: &str) -> Option<u32> {
        if text.is_empty() {
            return None;
        }
        if let Some(&number) = self.known.get(text) {
            return number;
        }
        let number = zone(text).map(|zone| self.number_of(&zone));
        self.known.insert(text.to_owned(), number);
        number
    }

    fn number_of(&mut self, zone: &TimeZone) -> u32 {
        let next = u32::try_from(self.list.len()).expect("there are fewer zones than codes");
        let number = *self.numbers.entry(zone_name(zone)).or_insert(next);
        if number == next {
            self.list.push(zone.clone());
        }
        number
    }
}

fn leads(count: usize) -> String {
    format!("{count} {}", if count == 1 { "lead" } else { "leads" })
}

/// Says how many rows hold a text that cannot be read, with the commonest of these texts.
fn note_unread(
    coded: &Coded<'_>,
    rows: &[usize],
    is_unread: impl Fn(usize) -> bool,
    notes: &mut Vec<Note>,
    say: impl Fn(String, String) -> String,
) {
    const SHOWN: usize = 5;
    let mut counts = vec![0_usize; coded.texts.len()];
    for &row in rows {
        counts[coded.codes[row] as usize] += 1;
    }
    let unread = counts.iter().enumerate().skip(1);
    let mut unread: Vec<(usize, &str)> = unread
        .filter(|&(code, &count)| count > 0 && is_unread(code))
        .map(|(code, &count)| (count, coded.texts[code]))
        .collect();
    if unread.is_empty() {
        return;
    }
    unread.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let all = unread.iter().map(|(count, _)| count).sum();
    let shown = unread
        .iter()
        .take(SHOWN)
        .map(|(count, text)| format!("`{text}` {count}"));
    let more = unread.len().saturating_sub(SHOWN);
    let mut texts = shown.collect::<Vec<_>>().join(", ");
    if more > 0 {
        texts = format!("{texts} and {more} more");
    }
    notes.push(Note::warning(say(leads(all), texts)));
}

#[cfg(test)]
#[path = "offices_tests.rs"]
mod tests;
