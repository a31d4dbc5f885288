//! Outcomes: what people record of leads. A cell that cannot be read stops all of them.

use super::booleans;
use super::coding::Coded;
use super::columns::{Role, header_position};
use super::columnwise::Sheets;
use super::complaints::{ambiguous_dates, report_ragged};
use super::dates::{self, Order, Written};
use super::matching::match_columns;
use super::pins::lead_reference;
use super::{InputTable, Reading};
use crate::mistake::{Kind, Mistake, Mistakes, did_you_mean};
use crate::model::{ColumnNames, LeadOutcome, Note, OutcomeWord, Table, widened};
use jiff::tz::TimeZone;

/// Other words for outcomes.
const OTHER_WORDS: &[(&str, OutcomeWord)] = &[
    ("offer", OutcomeWord::Offered),
    ("sent", OutcomeWord::Offered),
    ("accept", OutcomeWord::Accepted),
    ("taken", OutcomeWord::Accepted),
    ("decline", OutcomeWord::Declined),
    ("reject", OutcomeWord::Declined),
    ("rejected", OutcomeWord::Declined),
    ("refused", OutcomeWord::Declined),
    ("contact", OutcomeWord::Contacted),
    ("called", OutcomeWord::Contacted),
    ("reached", OutcomeWord::Contacted),
    ("reschedule", OutcomeWord::Rescheduled),
    ("postponed", OutcomeWord::Rescheduled),
    ("cancel", OutcomeWord::Cancelled),
    ("canceled", OutcomeWord::Cancelled),
    ("closed won", OutcomeWord::Won),
    ("sold", OutcomeWord::Won),
    ("closed lost", OutcomeWord::Lost),
];

/// Reads outcomes: `lead_id, rep_id, outcome, at[, note][, credit]`; times without an offset are in a zone.
///
/// # Errors
/// Every mistake of the file.
pub fn outcomes(
    input: &InputTable,
    reading: &Reading,
    zone: &TimeZone,
) -> Result<(Vec<LeadOutcome>, Vec<Note>), Mistakes> {
    let table = super::table(&input.file, input.sheet.as_deref(), reading)?;
    let mut mistakes = Mistakes::default();
    let outcomes = of_table(&table, zone, &mut mistakes);
    mistakes.or((outcomes, table.notes.clone()))
}

fn of_table(table: &Table, zone: &TimeZone, mistakes: &mut Mistakes) -> Vec<LeadOutcome> {
    let columns = match_columns(table, Role::Outcomes, &ColumnNames::new(), mistakes);
    report_ragged(table, mistakes);
    let needed = ["lead_id", "outcome", "at"].into_iter();
    let lacking: Vec<&str> = needed.filter(|field| columns.field(field).is_empty()).collect();
    for field in &lacking {
        let found = format!("outcomes have no column `{field}`");
        mistakes.push(
            Mistake::new(Kind::NoSuchColumn, header_position(table, 0), found)
                .expected("columns `lead_id`, `rep_id`, `outcome` and `at`, and `note` if you like"),
        );
    }
    if !lacking.is_empty() {
        return Vec::new();
    }
    let sheets = Sheets::of_one(table, columns, &[]);
    let at = sheets.code(&sheets.field("at"));
    let written: Vec<Option<Written>> = at.texts.iter().map(|text| dates::read(text)).collect();
    let of_row = |row: usize| written[at.codes[row] as usize];
    let Order::Settled(order) = dates::settled(written.iter().flatten().copied(), None) else {
        let is_numeric = |row: &usize| of_row(*row).is_some_and(Written::is_numeric);
        if let Some(row) = (0..sheets.rows()).find(is_numeric) {
            let doubtful = ambiguous_dates(&sheets, row, at.text(row), &sheets.field("at"), "at");
            mistakes.push(doubtful.hint("write them as 2026-06-01"));
        }
        return Vec::new();
    };
    let mut reader = Reader {
        of: ["lead_id", "rep_id", "outcome", "note", "credit"].map(|field| sheets.code(&sheets.field(field))),
        sheets: &sheets,
        mistakes,
    };
    let mut outcomes = Vec::new();
    for row in 0..sheets.rows() {
        let when = of_row(row).and_then(|written| Some((written.moment(order, zone)?, !written.has_time())));
        if when.is_none() {
            reader.no_time(row, at.text(row));
        }
        let (lead, said) = (reader.lead(row), reader.word(row));
        let credit = reader.credit(row);
        if let (Some((at, is_day)), Some(lead_id), Some(word), Some(credit)) = (when, lead, said, credit) {
            outcomes.push(LeadOutcome {
                lead_id,
                rep: widened(reader.of[1].text(row)).into_owned(),
                word,
                at,
                is_day,
                credit: credit && word == OutcomeWord::Cancelled,
                note: reader.of[3].text(row).to_owned(),
                position: sheets.list[0].table.source.row(table.rows[row]),
            });
        }
    }
    outcomes
}

struct Reader<'r, 'a> {
    sheets: &'r Sheets<'a>,
    /// Lead, rep, outcome, note and credit.
    of: [Coded<'a>; 5],
    mistakes: &'r mut Mistakes,
}

impl Reader<'_, '_> {
    fn lead(&mut self, row: usize) -> Option<String> {
        let lead = self.of[0].text(row);
        if lead.is_empty() {
            self.wrong(
                row,
                "lead_id",
                Kind::EmptyId,
                "the id of the lead is empty".to_owned(),
                "",
            );
            return None;
        }
        Some(lead_reference(lead))
    }

    fn word(&mut self, row: usize) -> Option<OutcomeWord> {
        let text = self.of[2].text(row);
        let folded = text.to_lowercase().replace(['_', '-'], " ");
        let other = || OTHER_WORDS.iter().find(|(other, _)| *other == folded);
        let word = OutcomeWord::of(&folded).or_else(|| other().map(|(_, word)| *word));
        if word.is_none() {
            let found = match text {
                "" => "the outcome is empty".to_owned(),
                text => format!("`{text}` is no outcome"),
            };
            let names = OutcomeWord::ALL.map(OutcomeWord::name);
            let expected = format!("one of {}", names.join(", "));
            let meant = did_you_mean(&folded, names).map(|meant| format!("did you mean `{meant}`?"));
            self.wrong(row, "outcome", Kind::BadOutcome, found, &expected);
            if let Some(mistake) = self.mistakes.0.last_mut() {
                mistake.hint = meant;
            }
        }
        word
    }

    /// Whether a row says that the lead was bad: by the column, or else the word in the note.
    fn credit(&mut self, row: usize) -> Option<bool> {
        let text = self.of[4].text(row);
        if text.is_empty() {
            return Some(says_credit(self.of[3].text(row)));
        }
        let credit = if text.eq_ignore_ascii_case("credit") {
            Some(true)
        } else {
            booleans::read(text)
        };
        if credit.is_none() {
            let found = format!("`{text}` is neither yes nor no");
            self.wrong(row, "credit", Kind::BadBoolean, found, "yes or no");
        }
        credit
    }

    fn no_time(&mut self, row: usize, text: &str) {
        let found = match text {
            "" => "the time of the outcome is empty".to_owned(),
            text => format!("`{text}` is no time"),
        };
        self.wrong(
            row,
            "at",
            Kind::BadOutcome,
            found,
            "a date or a time such as 2026-06-01T09:30",
        );
    }

    fn wrong(&mut self, row: usize, field: &str, kind: Kind, found: String, expected: &str) {
        let places = self.sheets.field(field);
        self.mistakes.push(
            Mistake::new(kind, self.sheets.position(row, &places), found)
                .column(self.sheets.header(&places, field))
                .expected(expected),
        );
    }
}

/// Tells whether a note has the word `credit` and does not deny it.
fn says_credit(note: &str) -> bool {
    let folded = note.to_lowercase();
    let words: Vec<&str> = folded.split(|letter: char| !letter.is_alphanumeric()).collect();
    let at = words.iter().position(|word| *word == "credit");
    at.is_some_and(|at| at == 0 || !matches!(words[at - 1], "no" | "not" | "without"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::table;
    use super::*;

    /// Each outcome as `lead rep word at note`, with `~` behind a day and `+` behind a word with credit.
    fn read(text: &str) -> Result<Vec<String>, String> {
        let mut mistakes = Mistakes::default();
        let outcomes = of_table(&table("outcomes.csv", text), &TimeZone::UTC, &mut mistakes);
        let told = |outcome: &LeadOutcome| {
            let stamp = jiff::Timestamp::from_second(outcome.at.0).expect("a moment");
            let day = if outcome.is_day { "~" } else { "" };
            let credit = if outcome.credit { "+" } else { "" };
            let word = outcome.word.name();
            format!("{} {} {word}{credit} {stamp}{day}", outcome.lead_id, outcome.rep)
        };
        match mistakes.or(()) {
            Ok(()) => Ok(outcomes.iter().map(told).collect()),
            Err(mistakes) => Err(mistakes.to_string()),
        }
    }

    #[test]
    fn outcomes_are_read_as_people_write_them() {
        let found = read(
            "Lead ID¦Owner¦Status¦Date¦Notes\nL1¦r1¦Closed-Won¦2026-06-02¦\nL2¦¦REJECTED¦6/13/2026 2:05 PM¦too far\n\
             L3¦r1¦canceled¦2026-06-02T09:00+02:00¦bad number, credit\nL4¦r1¦lost¦2026-06-02 09:00¦no credit",
        );
        let expected = [
            "L1 r1 won 2026-06-02T00:00:00Z~",
            "L2  declined 2026-06-13T14:05:00Z",
            "L3 r1 cancelled+ 2026-06-02T07:00:00Z",
            "L4 r1 lost 2026-06-02T09:00:00Z",
        ];
        assert_eq!(found.expect("all can be read"), expected);
    }

    #[test]
    fn credit_is_for_bad_leads_alone_and_the_column_goes_before_the_note() {
        let found = read(
            "lead_id¦outcome¦at¦note¦credit\nL1¦cancelled¦2026-06-02¦credit¦no\nL2¦won¦2026-06-02¦¦yes\n\
             L3¦cancelled¦2026-06-02¦no credit¦",
        );
        let expected =
            ["L1  cancelled", "L2  won", "L3  cancelled"].map(|row| format!("{row} 2026-06-02T00:00:00Z~"));
        assert_eq!(found.expect("all can be read"), expected);
    }

    #[test]
    fn all_bad_cells_are_told_at_once() {
        let told =
            read("lead_id¦rep_id¦outcome¦at¦credit\n¦r1¦wonn¦soon¦maybe\nL2¦r1¦¦¦").expect_err("mistakes");
        for line in [
            "outcomes.csv:2: `at`: `soon` is no time; expected a date",
            "outcomes.csv:2: `lead_id`: the id of the lead is empty [empty-id]",
            "outcomes.csv:2: `outcome`: `wonn` is no outcome; expected one of offered, accepted",
            "hint: did you mean `won`?",
            "outcomes.csv:2: `credit`: `maybe` is neither yes nor no",
            "outcomes.csv:3: `outcome`: the outcome is empty",
            "outcomes.csv:3: `at`: the time of the outcome is empty",
        ] {
            assert!(told.contains(line), "{line}\n{told}");
        }
        assert!(
            read("lead_id¦at\nL1¦2026-06-02")
                .expect_err("a column")
                .contains("no column `outcome`")
        );
        assert!(
            read("lead_id¦outcome¦at\nL1¦won¦6/4/2026")
                .expect_err("days")
                .contains("write them as 2026-06-01")
        );
    }
}
