//! Reps' time zones and working hours.

use super::reps::Reader;
use crate::mistake::{Kind, Mistake, did_you_mean};
use crate::model::{Settings, WeeklyHours, zone};
use jiff::tz::TimeZone;

impl Reader<'_> {
    /// Each rep's time zone by its own cell. A text that no zone is called by is a mistake where hours are
    /// `compared`, and nothing where they are not.
    pub fn zones(&mut self, compared: bool) -> Vec<Option<TimeZone>> {
        self.each_cell("time_zone", compared, |text| {
            zone(text).ok_or_else(|| {
                let known: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
                let meant = did_you_mean(text, known.iter().map(String::as_str));
                (
                    Kind::UnknownZone,
                    format!("no time zone is called `{text}`"),
                    "a name such as `America/New_York`, an abbreviation such as `EST`, or an offset such as `+02:00`",
                    meant.map(|zone| format!("did you mean `{zone}`?")),
                )
            })
        })
    }

    /// Each rep's working hours: by its own cell, else those of the rules. What cannot be read is a mistake
    /// where the rules compare hours, and nothing where they do not.
    pub fn hours(&mut self, settings: &Settings) -> Vec<Option<WeeklyHours>> {
        let own = self.each_cell("hours", settings.reads_hours, |text| {
            WeeklyHours::parse(text).map_err(|found| {
                (
                    Kind::BadHours,
                    format!("`{text}`: {found}"),
                    WeeklyHours::EXPECTED,
                    Some("if the column is something else, write `[columns.reps] hours = \"\"`".to_owned()),
                )
            })
        });
        let or_of_rules = |hours: Option<WeeklyHours>| hours.or_else(|| settings.rep_hours.clone());
        own.into_iter().map(or_of_rules).collect()
    }

    /// Reads a field of every rep; an empty or wrong cell gives `None`, a wrong one is a mistake if it matters.
    fn each_cell<T>(
        &mut self,
        field: &str,
        matters: bool,
        read: impl Fn(&str) -> Result<T, (Kind, String, &'static str, Option<String>)>,
    ) -> Vec<Option<T>> {
        let places = self.sheets.field(field);
        let header = self.sheets.header(&places, field);
        let mut values = Vec::with_capacity(self.sheets.rows());
        for (row, text) in self.sheets.texts(&places).enumerate() {
            let value = (!text.is_empty()).then(|| read(text));
            values.push(match value {
                None => None,
                Some(Ok(value)) => Some(value),
                Some(Err(_)) if !matters => None,
                Some(Err((kind, found, expected, hint))) => {
                    let mistake = Mistake::new(kind, self.sheets.position(row, &places), found)
                        .column(header.clone())
                        .expected(expected);
                    self.mistakes.push(match hint {
                        Some(hint) => mistake.hint(hint),
                        None => mistake,
                    });
                    None
                }
            });
        }
        values
    }
}
