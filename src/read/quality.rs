//! What the leads lack, for `check`.

use super::columnwise::Sheets;
use crate::model::Note;

/// Says for common fields how many leads lack them.
pub(super) fn note_quality(sheets: &Sheets<'_>, rows: &[usize], notes: &mut Vec<Note>) {
    const FIELDS: &[(&str, &[&str])] = &[
        ("name", &["name", "first_name", "last_name"]),
        ("company", &["company", "account"]),
        ("e-mail", &["email"]),
        ("phone", &["phone"]),
        ("place", &["latitude", "postal_code", "city", "state", "country"]),
        ("industry", &["industry"]),
        ("source", &["source"]),
        ("number of employees", &["employees"]),
    ];
    if rows.is_empty() {
        return;
    }
    let mut absent = Vec::new();
    for (what, fields) in FIELDS {
        let columns = fields.iter().map(|field| sheets.field(field));
        let columns: Vec<_> = columns
            .filter(|places| places.iter().any(|of| !of.is_empty()))
            .collect();
        if columns.is_empty() {
            absent.push(*what);
            continue;
        }
        let mut filled = vec![false; sheets.rows()];
        for places in &columns {
            sheets.mark_filled(places, &mut filled);
        }
        let lacking = rows.iter().filter(|row| !filled[**row]).count();
        if lacking > 0 {
            notes.push(Note::fact(format!(
                "{lacking} of {} leads have no {what}",
                rows.len()
            )));
        }
    }
    if !absent.is_empty() {
        notes.push(Note::fact(format!(
            "no column of the leads holds: {}",
            absent.join(", ")
        )));
    }
}
