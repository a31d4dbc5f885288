//! Who can be dealt leads at all: active reps with working time that is not off.

use crate::model::Rep;

/// Tells whether a rep can be dealt leads.
pub(crate) fn is_present(rep: &Rep) -> bool {
    absent(rep).is_none()
}

/// Why a rep can be dealt none: `not active`, or until when it is away.
pub(crate) fn absent(rep: &Rep) -> Option<String> {
    if !rep.active {
        return Some("not active".to_owned());
    }
    let absence = rep.absence.as_ref()?;
    (absence.working - absence.away <= 0).then(|| absence.text())
}
