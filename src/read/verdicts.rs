//! Verdicts of a `reconciled.csv`, as a user may have edited them, and who has the accounts that they name.

use super::columnwise::Sheets;
use super::own_files::{VerdictColumns, verdict_columns};
use super::owners::Owners;
use super::set_aside::{Fault, Faults};
use crate::mistake::Kind;
use crate::model::{
    Batch, Clash, Holder, ImportVerdict, LeadIndex, Reconciled, ReconciledLead, RepDirectory, Settings,
};
use std::collections::BTreeMap;

/// A verdict as a row tells it.
pub(super) struct Told {
    row: usize,
    verdict: ImportVerdict,
    owner: String,
    reason: String,
}

/// Reads the verdicts of those files that have them; a row whose verdict is no word is set aside.
pub(super) fn told(sheets: &Sheets<'_>, faults: &mut Faults) -> Vec<Told> {
    let (mut told, mut before) = (Vec::new(), 0);
    for sheet in &sheets.list {
        let rows = sheet.table.rows.len();
        if let Some(columns) = verdict_columns(&sheet.table.headers) {
            for at in 0..rows {
                let cell = |column: usize| sheets.empty.content(sheet.table.cells.get(at, column));
                match read(&columns, cell) {
                    Ok((verdict, owner, reason)) => told.push(Told {
                        row: before + at,
                        verdict,
                        owner,
                        reason,
                    }),
                    Err(found) => faults.add(before + at, || Fault {
                        kind: Kind::BadValue,
                        column: Some("verdict".to_owned()),
                        found,
                    }),
                }
            }
        }
        before += rows;
    }
    told
}

fn read<'a>(
    columns: &VerdictColumns,
    cell: impl Fn(usize) -> &'a str,
) -> Result<(ImportVerdict, String, String), String> {
    let verdict = match cell(columns.verdict)
        .to_lowercase()
        .replace([' ', '-'], "_")
        .as_str()
    {
        "new" => ImportVerdict::New,
        "duplicate" => ImportVerdict::Duplicate,
        "known_account" => ImportVerdict::KnownAccount,
        // which clash it was does not matter but for an owner who has left, which the roster tells
        "conflict" => ImportVerdict::Conflict(Clash::KeysDisagree),
        _ => {
            return Err(format!(
                "`{}`; expected new, duplicate, known_account or conflict",
                cell(columns.verdict)
            ));
        }
    };
    Ok((
        verdict,
        cell(columns.owner).to_owned(),
        cell(columns.reason).to_owned(),
    ))
}

/// The verdicts of the rows that stay, as what came of these leads; absent where no file told any.
pub(super) fn reconciled(told: Vec<Told>, kept: Option<&[usize]>, leads: usize) -> Option<Reconciled> {
    if told.is_empty() {
        return None;
    }
    let mut reconciled = Reconciled {
        leads: vec![None; leads],
        ..Reconciled::default()
    };
    for told in told {
        let lead = match kept {
            None => told.row,
            Some(kept) => match kept.binary_search(&told.row) {
                Ok(lead) => lead,
                Err(_) => continue,
            },
        };
        reconciled.told.insert(LeadIndex::new(lead), told.reason);
        reconciled.leads[lead] = Some(Box::new(ReconciledLead {
            verdict: told.verdict,
            owner: told.owner,
            matches: Vec::new(),
            group: None,
        }));
    }
    Some(reconciled)
}

/// Finds out who has the accounts of leads that are of known ones, and gives those leads their account's owner.
/// A conflict that only an owner who has left makes is none.
pub fn hold_accounts(batch: &mut Batch, settings: &Settings) {
    let Some(mut reconciled) = batch.reconciled.take() else {
        return;
    };
    let directory = RepDirectory::new(&batch.reps.list);
    let owners = Owners::new(&batch.reps.list, &directory, settings);
    let mut holders = BTreeMap::new();
    for (at, of) in reconciled.leads.iter_mut().enumerate() {
        let lead = LeadIndex::new(at);
        let Some(of) = of else { continue };
        let holder = match of.verdict {
            ImportVerdict::KnownAccount | ImportVerdict::Conflict(_) => owners.holder(&of.owner),
            ImportVerdict::New | ImportVerdict::Duplicate => None,
        };
        match (of.verdict, holder) {
            (ImportVerdict::KnownAccount, Some(Holder::Left(_))) => {
                of.verdict = ImportVerdict::Conflict(Clash::OwnerLeft);
            }
            (ImportVerdict::Conflict(_), Some(Holder::Left(_))) if reconciled.told.contains_key(&lead) => {
                of.verdict = ImportVerdict::Conflict(Clash::OwnerLeft);
            }
            _ => {}
        }
        if matches!(
            of.verdict,
            ImportVerdict::KnownAccount | ImportVerdict::Conflict(Clash::OwnerLeft)
        ) && let Some(holder) = holder
        {
            holders.insert(lead, holder);
        }
    }
    for (&lead, &holder) in &holders {
        if let Holder::Rep(rep) = holder {
            batch.leads.account_owners[lead.at()] = Some(rep);
        }
    }
    reconciled.holders = holders;
    batch.reconciled = Some(reconciled);
}
