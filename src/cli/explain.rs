//! `dealt explain`: why a lead went to its rep, and why not to another.

use super::args::ExplainOptions;
use super::progress::Bar;
use super::{Ending, finished, reconciled, say};
use dealt::proof;
use dealt::record::FolderKind;

/// Explains one lead of a finished run.
///
/// # Errors
/// A folder that holds no finished run; a lead or rep that the run does not know.
pub fn explain(options: &ExplainOptions) -> anyhow::Result<Ending> {
    if reconciled::kind(&options.out)? == FolderKind::Reconcile && options.rep.is_none() {
        return reconciled::explain(&options.out, &options.lead);
    }
    let evidence = finished::open(&options.out)?;
    let (evidence, changed) = finished::as_planned(&options.out, evidence)?;
    let edits = changed.iter().flat_map(|changed| &changed.record.ledger);
    let edit = edits
        .flat_map(|ledger| &ledger.edits)
        .find(|edit| edit.lead == options.lead.trim());
    if let Some(edit) = edit {
        let to = if edit.rep.is_empty() { "nobody" } else { &edit.rep };
        say::text(&format!(
            "changed by hand after the plan: it went to {to}; by the plan:\n\n"
        ))?;
    }
    let bar = Bar::new(false);
    let show = |done| {
        bar.share(done, "weighing");
    };
    let text = proof::explain(&evidence, &options.lead, options.rep.as_deref(), &show);
    bar.clear();
    say::text(&text?)?;
    Ok(Ending::Done)
}
