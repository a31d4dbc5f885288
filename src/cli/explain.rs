//! `dealt explain`: why a lead went to its rep, and why not to another.

use super::args::ExplainOptions;
use super::progress::Bar;
use super::{Ending, finished, say};
use dealt::proof;

/// Explains one lead of a finished run.
///
/// # Errors
/// A folder that holds no finished run; a lead or rep that the run does not know.
pub fn explain(options: &ExplainOptions) -> anyhow::Result<Ending> {
    let evidence = finished::open(&options.out)?;
    let bar = Bar::new(false);
    let show = |done| {
        bar.share(done, "weighing");
    };
    let text = proof::explain(&evidence, &options.lead, options.rep.as_deref(), &show);
    bar.clear();
    say::text(&text?)?;
    Ok(Ending::Done)
}
