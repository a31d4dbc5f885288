//! Claims of reps to leads. A row that names nobody or nothing is kept, so that it comes out with its reason;
//! a cell that cannot be read stops the run.

use super::columns::{Role, header_position};
use super::columnwise::{Sheets, Typed};
use super::complaints::{ambiguous_dates, report_ragged};
use super::matching::match_columns;
use super::pins::lead_reference;
use super::typed::{Customs, How};
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::{self, Claim, Claimant, ColumnNames, Found, Note, RepDirectory, Settings, Table, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Reads claims: `lead_id, rep_id[, rank][, at]`. A row without a lead is a pull from a queue.
pub(super) fn claims(
    table: &Table,
    directory: &RepDirectory,
    settings: &Settings,
    customs: Customs<'_>,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Vec<Claim> {
    let columns = match_columns(table, Role::Claims, &ColumnNames::new(), mistakes);
    notes.extend(table.notes.iter().cloned());
    report_ragged(table, mistakes);
    if columns.field("rep_id").is_empty() {
        if !table.headers.is_empty() {
            mistakes.push(
                Mistake::new(
                    Kind::NoSuchColumn,
                    header_position(table, 0),
                    "claims have no column `rep_id`",
                )
                .expected("columns `lead_id` and `rep_id`, and `rank` and `at` if you like"),
            );
        }
        return Vec::new();
    }
    let sheets = Sheets::of_one(table, columns, &settings.read.empty);
    let claims = Reader {
        sheets: &sheets,
        mistakes,
    }
    .claims(directory, customs);
    if let Some(most) = settings.most_wishes {
        count_wishes(&sheets, &claims, most, mistakes);
    }
    claims
}

struct Reader<'r, 'a> {
    sheets: &'r Sheets<'a>,
    mistakes: &'r mut Mistakes,
}

impl Reader<'_, '_> {
    fn claims(&mut self, directory: &RepDirectory, customs: Customs<'_>) -> Vec<Claim> {
        let sheets = self.sheets;
        let [leads, reps] = ["lead_id", "rep_id"].map(|field| sheets.code(&sheets.field(field)));
        let ranks = self.typed("rank", model::Kind::Number, customs);
        let times = self.typed("at", model::Kind::Date, customs);
        let table = sheets.list[0].table;
        let mut claims = Vec::new();
        for row in 0..sheets.rows() {
            let (lead, rep) = (leads.text(row), reps.text(row));
            if lead.is_empty() && rep.is_empty() {
                continue;
            }
            let by = match directory.find(rep) {
                Found::One(rep) => Claimant::Rep(rep),
                Found::Several(_) => Claimant::Ambiguous(rep.to_owned()),
                Found::Nobody => Claimant::Unknown(rep.to_owned()),
            };
            claims.push(Claim {
                lead_id: if lead.is_empty() {
                    String::new()
                } else {
                    lead_reference(lead)
                },
                by,
                rank: self.rank(row, ranks.column.value(row)),
                at: match times.column.value(row) {
                    Value::Date(moment) => Some(*moment),
                    _ => None,
                },
                row: table.rows[row],
            });
        }
        claims
    }

    /// A column of a type; cells that do not fit are mistakes.
    fn typed(&mut self, field: &str, kind: model::Kind, customs: Customs<'_>) -> Typed {
        let places = self.sheets.field(field);
        let mut typed = self.sheets.typed(field, &places, How::Fixed(kind), customs);
        if let Some((row, text)) = typed.ambiguous_date.take() {
            self.mistakes
                .push(ambiguous_dates(self.sheets, row, &text, &places, field));
        }
        for (row, misfit) in std::mem::take(&mut typed.misfits) {
            let mistake = Mistake::new(misfit.kind, self.sheets.position(row, &places), misfit.found);
            let column = self.sheets.header(&places, field);
            self.mistakes
                .push(mistake.column(column).expected(misfit.expected));
        }
        typed
    }

    fn rank(&mut self, row: usize, value: &Value) -> Option<u32> {
        let number = value.number()?;
        if number >= 1.0 && number <= f64::from(u32::MAX) && number.fract() == 0.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it was just found to be a whole number in range"
            )]
            return Some(number as u32);
        }
        let places = self.sheets.field("rank");
        let found = format!("a rank of {number}");
        let mistake = Mistake::new(Kind::BadNumber, self.sheets.position(row, &places), found);
        self.mistakes.push(
            mistake
                .column(self.sheets.header(&places, "rank"))
                .expected("a whole number from 1, the dearest wish"),
        );
        None
    }
}

/// A mistake for each rep who wishes for more leads than ranks can tell apart.
fn count_wishes(sheets: &Sheets<'_>, claims: &[Claim], most: usize, mistakes: &mut Mistakes) {
    let mut wishes: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    let table = sheets.list[0].table;
    for claim in claims.iter().filter(|claim| !claim.lead_id.is_empty()) {
        let Some(rep) = claim.rep() else { continue };
        let of_rep = wishes.entry(rep.at()).or_default();
        if of_rep.insert(&claim.lead_id) && of_rep.len() == most + 1 {
            mistakes.push(
                Mistake::new(
                    Kind::BadClaim,
                    table.source.row(claim.row),
                    format!("one rep claims more than {most} leads"),
                )
                .expected(format!(
                    "at most {most} leads a rep where a pass has the method `cherry_pick`"
                ))
                .hint("leave out that rep's last wishes"),
            );
        }
    }
}

#[cfg(test)]
#[path = "claims_tests.rs"]
mod tests;
